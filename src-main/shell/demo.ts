/** Keeps the demo: a process with the simulated shop and ERP, and an engine of its own that watches them once they serve. */
import type { DemoSeam, FromWorld, LeverBoard, ToWorld } from '../contract/demo.ts'
import type { Clock } from '../domain/clock.ts'
import { type EngineStanding, stopMax } from './engine-process.ts'
import type { Watch } from './watch.ts'

export interface WorldEvents {
  message(message: FromWorld): void
  /** Comes exactly once. */
  exit(): void
}

export interface WorldHost {
  post(message: ToWorld): void
  kill(): void
}

export interface DemoOptions<Port> {
  readonly startWorld: (events: WorldEvents) => WorldHost
  /** Begins from nothing: what an earlier demo has kept is gone. */
  readonly startWatch: (seam: DemoSeam) => Watch<Port>
  readonly seed: number
  readonly clock: Clock
  readonly changed: () => void
  readonly boardChanged: () => void
}

/** To the window it is a watch like the person's own, with levers. */
export interface Demo<Port> extends Watch<Port> {
  board(): LeverBoard
  pull(lever: string): void
}

const emptyBoard: LeverBoard = { levers: [], pulls: [] }
const ended = 'The simulated shop and ERP have stopped.'

export function keepDemo<Port>(options: DemoOptions<Port>): Demo<Port> {
  let world: WorldHost | null = null
  let watch: Watch<Port> | null = null
  let watchEnds: Promise<void> = Promise.resolve()
  let board = emptyBoard
  let says: string | null = null
  /** Runs of engines in earlier worlds: a page must see that a later one is another. */
  let runsBefore = 0
  let stopping = false
  let gone: (() => void) | null = null

  function begin(): void {
    says = null
    board = emptyBoard
    world = options.startWorld({ message: hear, exit: mourn })
    world.post({ kind: 'start', seed: options.seed })
  }

  function hear(message: FromWorld): void {
    if (stopping) return
    switch (message.kind) {
      case 'running':
        watch ??= options.startWatch(message.seam)
        options.changed()
        return
      case 'failed':
        says = message.says
        world?.kill()
        return
      case 'board':
        board = message.board
        options.boardChanged()
        return
      default:
        message satisfies never
    }
  }

  function mourn(): void {
    world = null
    if (stopping) {
      gone?.()
      return
    }
    says ??= ended
    endWatch()
    options.changed()
  }

  /** Without a world there is nothing to watch. */
  function endWatch(): void {
    if (watch === null) return
    runsBefore += watch.standing().restarts + 1
    watchEnds = Promise.all([watchEnds, watch.stop()]).then(() => undefined)
    watch = null
  }

  async function endWorld(): Promise<void> {
    if (world === null) return
    const exited = new Promise<void>((resolve) => {
      gone = resolve
    })
    world.post({ kind: 'stop' })
    const limit = new AbortController()
    const tooLong = options.clock.sleep(stopMax, limit.signal).then(
      () => world?.kill(),
      () => undefined,
    )
    await exited
    limit.abort()
    await tooLong
  }

  function standing(): EngineStanding {
    if (world === null) return { engine: 'stopped', restarts: runsBefore, says }
    if (watch === null) return { engine: 'starting', restarts: runsBefore, says: null }
    const of = watch.standing()
    return { ...of, restarts: runsBefore + of.restarts }
  }

  begin()

  return {
    standing,
    board: () => board,
    pull: (lever) => world?.post({ kind: 'pull', lever }),
    newPort: () => watch?.newPort() ?? null,
    critical: () => watch?.critical() ?? null,
    readNow: () => watch?.readNow(),
    restart() {
      if (stopping) return
      if (world !== null) watch?.restart()
      else begin()
      options.changed()
    },
    tell: (message) => watch?.tell(message),
    async stop() {
      stopping = true
      // The engine first: an engine whose platforms end before it would tell of an outage.
      endWatch()
      await watchEnds
      await endWorld()
    },
  }
}
