/** How far our clock is from a platform's, measured from the answers that took the least time. */
import { type Instant, type Span, minutes } from '../../domain/time.ts'

/** A measurement is replaced after this even by a slower one, so that a clock that is set right is seen to be. */
const measurementLife = minutes(15)

export interface OffsetMeter {
  /** One round trip on our clock, and the `Date` header that came back with it. */
  note(sentAt: Instant, answeredAt: Instant, platformDate: Instant): void
  /** Our clock less the platform's in milliseconds, null before the first. `Date` has whole seconds: ±1 s means nothing. */
  offset(): Span | null
}

interface Measurement {
  readonly offset: Span
  readonly delay: Span
  readonly at: Instant
}

/** `Date` has whole seconds. */
const headerStep: Span = 1000

/** Each may be off by half of what its round trip took: what lies further apart is of a clock that was moved between the two. */
function areOfOneClock(one: Measurement, other: Measurement): boolean {
  return Math.abs(one.offset - other.offset) <= (one.delay + other.delay) / 2 + headerStep
}

export function newOffsetMeter(): OffsetMeter {
  let best: Measurement | null = null
  /** The first that the best one contradicts: one answer may be old, as from a cache, and two that say the same are not. */
  let moved: Measurement | null = null
  return {
    note(sentAt, answeredAt, platformDate) {
      const delay = Math.max(0, answeredAt - sentAt)
      const stale = best !== null && Math.abs(answeredAt - best.at) > measurementLife
      // A header of whole seconds was written half a second after its moment, on average.
      const offset = Math.round(sentAt + delay / 2 - (platformDate + 500))
      const now = { offset, delay, at: answeredAt }
      const isApart = best !== null && !areOfOneClock(now, best)
      const isMoved = isApart && moved !== null && areOfOneClock(now, moved)
      moved = isApart && !isMoved ? now : null
      if (best === null || stale || isMoved || delay <= best.delay) best = now
    },
    offset: () => best?.offset ?? null,
  }
}
