/** How the shell and its engine process talk: control messages, and ports behind the one face that oRPC asks for. */
import type { DemoSeam } from './demo.ts'

/** What an end of a conversation needs of a port: the face that oRPC's message-port adapter takes. */
export interface Wire {
  postMessage(message: unknown): void
  addEventListener(kind: 'message', listener: (event: { readonly data: unknown }) => void): void
  addEventListener(kind: 'close', listener: () => void): void
}

/** Where the engine keeps its file, and what only the shell can know of the machine. */
export interface EngineStart {
  readonly databasePath: string
  readonly version: string
  /** Watch this simulated seam and nothing else, with its secrets in memory; null: the person's own connections. */
  readonly demo: DemoSeam | null
}

/** From the shell to the engine process. */
export type ToEngine =
  | { readonly kind: 'start'; readonly start: EngineStart }
  /** Comes with a port where the host can pass one; else the client's messages follow as `relay`. */
  | { readonly kind: 'connect'; readonly client: string }
  | { readonly kind: 'relay'; readonly client: string; readonly data: unknown }
  | { readonly kind: 'hang-up'; readonly client: string }
  /** Answers the question of that number: a proxy's URL, or null for a direct way. */
  | { readonly kind: 'proxy'; readonly question: number; readonly proxy: string | null }
  | { readonly kind: 'suspended' }
  | { readonly kind: 'resumed' }
  /** Finish the page, refuse new work, exit. */
  | { readonly kind: 'stop' }

/** From the engine process to the shell. */
export type FromEngine =
  | { readonly kind: 'running' }
  /** It could not open; `says` is a sentence for an owner. The shell ends the process then. */
  | { readonly kind: 'failed'; readonly says: string }
  | { readonly kind: 'relay'; readonly client: string; readonly data: unknown }
  /** How is this URL reached on this machine? Asked per origin, because a machine may send each elsewhere. */
  | { readonly kind: 'proxy-of'; readonly question: number; readonly url: string }

/** One client's line where no port can be passed: each end posts through `send` and is fed by `deliver`. */
export interface RelayedWire extends Wire {
  deliver(data: unknown): void
  close(): void
}

export function relayedWire(send: (data: unknown) => void): RelayedWire {
  const onMessage: ((event: { readonly data: unknown }) => void)[] = []
  const onClose: (() => void)[] = []

  function addEventListener(kind: 'message' | 'close', listener: (event: { readonly data: unknown }) => void): void {
    if (kind === 'message') onMessage.push(listener)
    else onClose.push(() => listener({ data: null }))
  }

  return {
    postMessage: send,
    addEventListener,
    deliver(data) {
      for (const listener of onMessage) listener({ data })
    },
    close() {
      for (const listener of onClose.splice(0)) listener()
    },
  }
}
