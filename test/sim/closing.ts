/** Closes each business day of a simulated run, as a clerk would, and says what has no place. */
import { type Day, boundsOf, dayAfter, dayOf } from '../../src-main/domain/business-day.ts'
import type { Pair } from '../../src-main/domain/pair.ts'
import type { Instant } from '../../src-main/domain/time.ts'
import { closeDay } from '../../src-main/engine/reconcile/close/close.ts'
import { sightOf } from '../../src-main/engine/reconcile/sight.ts'
import type { Store } from '../../src-main/engine/store/store.ts'
import type { Unexplained } from './score.ts'

/** Days that are over; the one that goes on where none is. */
export function unexplainedIn(store: Store, pair: Pair, startedAt: Instant, endedAt: Instant): readonly Unexplained[] {
  const zone = pair.settings.zone ?? 'UTC'
  const days: Day[] = []
  for (let day = dayOf(startedAt, zone); day <= dayOf(endedAt, zone); day = dayAfter(day)) days.push(day)
  const over = days.filter((day) => boundsOf(day, zone).to <= endedAt)
  const sight = sightOf(store, pair)
  return (over.length > 0 ? over : days).flatMap((day) =>
    closeDay(store, sight, day, zone).flatMap(({ unexplained, currency, steps }) => {
      if (unexplained === 0) return []
      const rows = steps.filter(({ place }) => place.kind === 'unexplained').flatMap((step) => step.rows)
      return [{ day, ...boundsOf(day, zone), currency, minor: unexplained, orders: rows.map(({ number, minor }) => `${number} (${minor})`) }]
    }),
  )
}
