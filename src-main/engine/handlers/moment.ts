/** The moment that a person asks about: now, or one within the retention, for which the store answers as it was known then. */
import { type Instant, days, iso } from '../../domain/time.ts'
import { storeAsOf, storeAsRead } from '../reconcile/as-of.ts'
import type { Store } from '../store/store.ts'
import { type Rooms, settingsOf } from './rooms.ts'

export interface Moment {
  /** The store as it was read, or as it was known then. */
  readonly store: Store
  readonly at: Instant
  readonly isPast: boolean
}

/** Why a moment cannot be told, in words, or the moment. */
export function momentOf({ store, clock }: Pick<Rooms, 'store' | 'clock'>, asOf: Instant | null): Moment | { readonly refused: string } {
  const now = clock.now()
  if (asOf === null) return { store: storeAsRead(store), at: now, isPast: false }
  const kept = settingsOf(store).retentionDays
  const first = now - days(kept)
  if (asOf > now) return { refused: `${iso(asOf)} has not come yet.` }
  if (asOf < first) return { refused: `What was known is kept for ${kept} days, back to ${iso(first)}.` }
  return { store: storeAsOf(store, asOf), at: asOf, isPast: true }
}
