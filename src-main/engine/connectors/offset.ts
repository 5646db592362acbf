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

export function newOffsetMeter(): OffsetMeter {
  let best: { readonly offset: Span; readonly delay: Span; readonly at: Instant } | null = null
  return {
    note(sentAt, answeredAt, platformDate) {
      const delay = Math.max(0, answeredAt - sentAt)
      const stale = best !== null && Math.abs(answeredAt - best.at) > measurementLife
      if (best !== null && !stale && delay > best.delay) return
      // A header of whole seconds was written half a second after its moment, on average.
      const offset = Math.round(sentAt + delay / 2 - (platformDate + 500))
      best = { offset, delay, at: answeredAt }
    },
    offset: () => best?.offset ?? null,
  }
}
