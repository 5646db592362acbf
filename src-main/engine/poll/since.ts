/** How far back a connection is read: to the earliest instant that any of its pairs judges, and a margin. */
import type { Pair } from '../../domain/pair.ts'
import { type Instant, parseInstant } from '../../domain/time.ts'
import { sinceMargin } from './poller.ts'

/** Null: from the beginning. So is a connection of no pair, as nobody knows yet what will be asked of it. */
export function sinceOf(pairs: readonly Pair[], connection: string): Instant | null {
  const using = pairs.filter(
    (pair) => pair.shop === connection || pair.erp === connection || pair.with.some((one) => one.connection === connection),
  )
  let earliest: Instant | null = null
  for (const { settings } of using) {
    const since = settings.since === null ? null : parseInstant(settings.since)
    if (since === null) return null
    earliest = Math.min(earliest ?? since, since)
  }
  return earliest === null ? null : earliest - sinceMargin
}
