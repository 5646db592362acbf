/** Keeps one engine process running: starts it, restarts it with back-off, says how it stands, stops it gently. */
import type { FromEngine, ToEngine } from '../contract/wires.ts'
import type { EngineState } from '../contract/shell-messages.ts'
import type { Clock } from '../domain/clock.ts'
import { type Instant, minutes, seconds } from '../domain/time.ts'

/** A started process, whichever way Electron can start one; `Port` is what it takes for a client. */
export interface EngineHost<Port> {
  post(message: ToEngine): void
  /** The client's line ends by itself when the process does. */
  connect(client: string, port: Port): void
  kill(): void
}

export interface EngineHostEvents {
  message(message: FromEngine): void
  /** Comes exactly once, after which the host is of no use. */
  exit(code: number | null): void
}

export interface EngineStanding {
  readonly engine: EngineState
  readonly restarts: number
  readonly says: string | null
}

export interface EngineProcess<Port> {
  standing(): EngineStanding
  /** Gives a client its line; false when the engine does not run now, and the port is left to the caller. */
  connect(client: string, port: Port): boolean
  tell(message: ToEngine): void
  /** Starts a stopped engine again, or one that waits for its next turn at once; a running one is left alone. */
  restart(): void
  /** Resolves when the process is gone: by itself, or killed after `stopMax`. */
  stop(): Promise<void>
}

/** Pauses before the restarts in a row; after the last the engine stays stopped until somebody asks. */
export const restartPauses = [seconds(1), seconds(5), seconds(30)] as const
/** Having run this long, the next failure counts as the first again. */
export const steadyAfter = minutes(1)
export const stopMax = seconds(5)

export interface EngineProcessOptions<Port> {
  readonly start: (events: EngineHostEvents) => EngineHost<Port>
  readonly first: Extract<ToEngine, { kind: 'start' }>
  readonly clock: Clock
  /** Everything the engine says but what is handled here. */
  readonly heard: (message: FromEngine) => void
  readonly changed: (standing: EngineStanding) => void
}

export function keepEngine<Port>(options: EngineProcessOptions<Port>): EngineProcess<Port> {
  const { clock } = options
  let host: EngineHost<Port> | null = null
  let standing: EngineStanding = { engine: 'starting', restarts: 0, says: null }
  let failuresInARow = 0
  let runningSince: Instant | null = null
  let pause: AbortController | null = null
  let stopping = false
  let gone: (() => void) | null = null

  function stand(next: Partial<EngineStanding>): void {
    standing = { ...standing, ...next }
    options.changed(standing)
  }

  function startHost(): void {
    runningSince = null
    host = options.start({ message: hear, exit: mourn })
    host.post(options.first)
  }

  function hear(message: FromEngine): void {
    if (message.kind === 'running') {
      runningSince = clock.now()
      stand({ engine: 'running', says: null })
    } else if (message.kind === 'failed') {
      stand({ says: message.says })
      host?.kill()
    } else {
      options.heard(message)
    }
  }

  function mourn(): void {
    host = null
    if (stopping) {
      gone?.()
      return
    }
    if (runningSince !== null && clock.now() - runningSince >= steadyAfter) failuresInARow = 0
    const span = restartPauses[failuresInARow]
    failuresInARow += 1
    if (span === undefined) {
      stand({ engine: 'stopped' })
      return
    }
    stand({ engine: 'restarting' })
    const waiting = new AbortController()
    pause = waiting
    // Aborted by a stop, or by a person who does not want to wait: both see to what comes next.
    clock.sleep(span, waiting.signal).then(startAgain, () => undefined)
  }

  function startAgain(): void {
    pause = null
    stand({ engine: 'restarting', restarts: standing.restarts + 1 })
    startHost()
  }

  startHost()

  return {
    standing: () => standing,
    connect(client, port) {
      if (host === null || standing.engine !== 'running') return false
      host.connect(client, port)
      return true
    },
    tell: (message) => host?.post(message),
    restart() {
      if (host !== null || stopping) return
      pause?.abort()
      failuresInARow = 0
      startAgain()
    },
    async stop() {
      stopping = true
      pause?.abort()
      if (host === null) return
      const exited = new Promise<void>((resolve) => {
        gone = resolve
      })
      host.post({ kind: 'stop' })
      const limit = new AbortController()
      const tooLong = clock.sleep(stopMax, limit.signal).then(
        () => host?.kill(),
        () => undefined,
      )
      await exited
      limit.abort()
      await tooLong
    },
  }
}
