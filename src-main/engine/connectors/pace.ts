/** How fast one connection may ask: the platform's limits, kept before they are hit and obeyed when they are stated. */
import type { Clock } from '../../domain/clock.ts'
import { type Instant, type Span, hours, minutes } from '../../domain/time.ts'

/** Behind this many requests at once the rest is spaced evenly. */
const burstMax = 10
const retryAfterMax = hours(24)

export interface Pace {
  /** Waits for this request's turn. Rejects with the signal's reason when it is aborted first. */
  turn(signal: AbortSignal): Promise<void>
  /** Nothing is sent before this span is over. */
  hold(span: Span): void
  /** How long the platform asked us to stay away, from now on; 0 when it did not. */
  held(): Span
}

export function newPace(clock: Clock, perMinute: number): Pace {
  const interval = minutes(1) / perMinute
  const burst = Math.min(burstMax, Math.max(1, Math.floor(perMinute / 6)))
  // The moment at which the bucket would be full again (the generic cell rate algorithm): one number instead of a timer.
  let fullAt: Instant = 0
  let heldUntil: Instant = 0

  return {
    async turn(signal) {
      const now = clock.now()
      fullAt = Math.max(now, fullAt) + interval
      const wait = Math.max(fullAt - burst * interval - now, heldUntil - now)
      if (wait > 0) await clock.sleep(Math.ceil(wait), signal)
    },
    hold(span) {
      heldUntil = Math.max(heldUntil, clock.now() + span)
    },
    held: () => Math.max(0, heldUntil - clock.now()),
  }
}

/**
 * `Retry-After` in either of its forms (RFC 9110 §10.2.3), at most a day; null when absent or unreadable. A date is
 * read against the platform's own `Date`, so that a wrong clock on either side does not stretch the wait.
 */
export function retryAfterOf(
  header: string | null,
  dateHeader: string | null,
  now: Instant,
): Span | null {
  if (header === null) return null
  const text = header.trim()
  if (/^\d+(?:\.\d+)?$/.test(text)) return Math.min(Math.ceil(Number(text) * 1000), retryAfterMax)
  // `Date.parse` alone would take "-5" for a year.
  const until = /\bGMT$/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(until)) return null
  const stated = dateHeader === null ? Number.NaN : Date.parse(dateHeader)
  return Math.min(Math.max(0, until - (Number.isNaN(stated) ? now : stated)), retryAfterMax)
}

/**
 * How long to hold when the platform says that nothing is left: `RateLimit-Remaining: 0` with `RateLimit-Reset`
 * (IETF draft, seconds) or the common `X-` spelling, whose reset may be an epoch second. At most an hour; else 0.
 */
export function holdFromHeaders(header: (name: string) => string | null, now: Instant): Span {
  for (const prefix of ['ratelimit', 'x-ratelimit']) {
    const remaining = header(`${prefix}-remaining`)
    const reset = header(`${prefix}-reset`)
    if (remaining === null || reset === null || Number(remaining) > 0) continue
    const stated = Number(reset)
    if (!Number.isFinite(stated) || stated < 0) continue
    const span = stated > 1_000_000_000 ? stated * 1000 - now : stated * 1000
    return Math.min(Math.max(0, span), hours(1))
  }
  return 0
}
