/** What the window shows: the person's own connections or the demo, each watched by an engine of its own. */
import type { LeverBoard } from '../contract/demo.ts'
import type { Demo } from './demo.ts'
import type { Watch } from './watch.ts'

export interface ViewsOptions<Port> {
  readonly startOwn: (opened: (incident: string | null) => void) => Watch<Port>
  readonly startDemo: (opened: (incident: string | null) => void) => Demo<Port>
  /** The demo is all that a person wants who begins with it: their own connections are read once they leave it. */
  readonly begin: 'own' | 'demo'
  /** The page must be loaded anew: nothing of the one view may stand in the other. */
  readonly switched: () => void
  /** A notice of the view that is shown now was clicked. */
  readonly open: (incident: string | null) => void
}

export interface Views<Port> {
  shown(): Watch<Port>
  /** The person's own, read on unseen while the demo is shown; null when they are shown, or are not read yet. */
  behind(): Watch<Port> | null
  inDemo(): boolean
  /** Null outside of the demo. */
  board(): LeverBoard | null
  pull(lever: string): void
  enterDemo(): void
  leaveDemo(): void
  tell(message: Parameters<Watch<Port>['tell']>[0]): void
  /** Resolves when every process is gone. */
  stop(): Promise<void>
}

export function openViews<Port>(options: ViewsOptions<Port>): Views<Port> {
  let own: Watch<Port> | null = null
  let demo: Demo<Port> | null = null
  /** Demos that were left and are still ending. */
  let ending: Promise<unknown> = Promise.resolve()

  function startOwn(): Watch<Port> {
    return options.startOwn((incident) => {
      leaveDemo()
      options.open(incident)
    })
  }

  function startDemo(): Demo<Port> {
    const started: Demo<Port> = options.startDemo((incident) => {
      // A notice may outlive the demo that it told of.
      if (started === demo) options.open(incident)
    })
    return started
  }

  function leaveDemo(): void {
    if (demo === null) return
    ending = Promise.all([ending, demo.stop()])
    demo = null
    own ??= startOwn()
    options.switched()
  }

  if (options.begin === 'demo') demo = startDemo()
  else own = startOwn()

  function shown(): Watch<Port> {
    const watch = demo ?? own
    if (watch === null) throw new Error('the window shows nothing')
    return watch
  }

  return {
    shown,
    behind: () => (demo === null ? null : own),
    inDemo: () => demo !== null,
    board: () => demo?.board() ?? null,
    pull: (lever) => demo?.pull(lever),
    enterDemo() {
      if (demo !== null) return
      demo = startDemo()
      options.switched()
    },
    leaveDemo,
    tell(message) {
      own?.tell(message)
      demo?.tell(message)
    },
    async stop() {
      await Promise.all([ending, own?.stop(), demo?.stop()])
    },
  }
}
