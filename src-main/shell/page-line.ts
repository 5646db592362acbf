/** The shell's side of the talk with the page: states, ports and deep links, to the document that is there now. */
import { z } from 'zod'
import type { LeverBoard } from '../contract/demo.ts'
import { type FromPage, type PrintedMessage, type ShellMessage, type ToPage, fromPageSchema } from '../contract/shell-messages.ts'

export interface PageLineOptions<Port> {
  readonly post: (sent: { readonly nonce: string; readonly message: ToPage }, ports: Port[]) => void
  /** The page's end of a fresh line to the engine; null when the engine does not run. */
  readonly newPort: () => Port | null
  readonly standing: () => Omit<ShellMessage, 'plumbline'>
  /** What can be broken in the demo; null outside of it. */
  readonly board: () => LeverBoard | null
  /** What the page asks, but `ready`, which is answered here. */
  readonly asked: (message: Exclude<FromPage, { plumbline: 'ready' }>) => void
}

export interface PageLine {
  /** Takes what came over IPC from a sender that was checked; drops what is not well formed or of an old document. */
  hear(sent: unknown): void
  /** Tells the page how things stand, and hands it a new port when the engine was started anew. */
  standingChanged(): void
  boardChanged(): void
  /** Kept until a page listens. */
  open(incident: string | null): void
  /** To the document that is there; one that came after who asked knows nothing of it and drops it. */
  printed(outcome: Omit<PrintedMessage, 'plumbline'>): void
  /** The document is gone: nothing is sent until the next one is ready. Its port has ended with it. */
  gone(): void
}

const sentSchema = z.object({ nonce: z.uuid(), message: fromPageSchema })

export function openPageLine<Port>(options: PageLineOptions<Port>): PageLine {
  let nonce: string | null = null
  /** The run of the engine that the page's port belongs to. */
  let portOfRun: number | null = null
  let waiting: { readonly incident: string | null } | null = null

  function post(message: ToPage, ports: Port[] = []): void {
    if (nonce !== null) options.post({ nonce, message }, ports)
  }

  function givePort(): void {
    const { engine, restarts } = options.standing()
    if (nonce === null || engine !== 'running' || portOfRun === restarts) return
    const port = options.newPort()
    if (port === null) return
    portOfRun = restarts
    post({ plumbline: 'port' }, [port])
  }

  function showBoard(): void {
    const board = options.board()
    if (board !== null) post({ plumbline: 'levers', ...board })
  }

  function greet(fresh: string): void {
    nonce = fresh
    portOfRun = null
    post({ plumbline: 'shell', ...options.standing() })
    showBoard()
    givePort()
    if (waiting !== null) post({ plumbline: 'open', incident: waiting.incident })
    waiting = null
  }

  return {
    hear(sent) {
      const parsed = sentSchema.safeParse(sent)
      if (!parsed.success) return
      const { message } = parsed.data
      if (message.plumbline === 'ready') greet(parsed.data.nonce)
      else if (parsed.data.nonce === nonce) options.asked(message)
    },
    standingChanged() {
      post({ plumbline: 'shell', ...options.standing() })
      givePort()
    },
    boardChanged: showBoard,
    open(incident) {
      if (nonce === null) waiting = { incident }
      else post({ plumbline: 'open', incident })
    },
    printed: (outcome) => post({ plumbline: 'printed', ...outcome }),
    gone() {
      nonce = null
      portOfRun = null
    },
  }
}
