/** How far stock is behind, noted once a run for the line that a room draws of it. */
import { type Instant, days } from '../../domain/time.ts'
import type { Store } from '../store/store.ts'
import { stalenessOf } from './staleness.ts'

export function noteStaleness(store: Store, pair: string, at: Instant): void {
  const staleness = stalenessOf(store.stock.recent(pair, at - days(1)), at)
  const behind = store.stock.states(pair).filter((state) => state.behindSince !== null).length
  store.transaction((tx) => store.stock.addPoint(tx, pair, { at, p50Ms: staleness.p50Ms, p95Ms: staleness.p95Ms, behind }))
}
