/** What a room may ask of time; the real one lives in `engine/clock.ts`, tests and simulation pass their own. */
import type { Instant, Span } from './time.ts'

export interface Clock {
  now(): Instant
  /** Resolves after the span, or rejects with the signal's reason when it is aborted first. */
  sleep(span: Span, signal?: AbortSignal): Promise<void>
  /** Aborts after the span. Left out by a clock that goes beside real sockets: those are bound by the machine's time. */
  timeout?(span: Span): AbortSignal
}

/** Randomness is passed in like time, so that one seed replays a run. */
export interface Chance {
  /** In [0, 1). */
  fraction(): number
  /** A fresh identifier: sortable by the clock's time, unique for ever (a ULID). */
  id(): string
}
