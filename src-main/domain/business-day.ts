/** A merchant's business day: from midnight to midnight where the merchant is, 23 or 25 hours long when clocks change. */
import { DateTime } from 'luxon'
import type { Instant } from './time.ts'

/** `2026-11-23`. */
export type Day = string

export interface DayBounds {
  readonly from: Instant
  /** Exclusive. */
  readonly to: Instant
}

export function dayOf(at: Instant, zone: string): Day {
  return DateTime.fromMillis(at, { zone }).toFormat('yyyy-MM-dd')
}

export function boundsOf(day: Day, zone: string): DayBounds {
  const start = DateTime.fromISO(day, { zone }).startOf('day')
  return { from: start.toMillis(), to: start.plus({ days: 1 }).startOf('day').toMillis() }
}

export function dayAfter(day: Day): Day {
  return DateTime.fromISO(day, { zone: 'utc' }).plus({ days: 1 }).toFormat('yyyy-MM-dd')
}
