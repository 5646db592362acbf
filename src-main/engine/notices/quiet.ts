/** When a person is not to be disturbed, in their own zone and right over changes of clocks. Pure. */
import { DateTime } from 'luxon'
import type { Digest, Quiet } from '../../domain/channel.ts'
import type { Severity } from '../../domain/incident.ts'
import type { Instant } from '../../domain/time.ts'

/** Until when something of this severity must wait; null when it may be told now. */
export function quietUntil(quiet: Quiet, now: Instant, severity: Severity): Instant | null {
  if (!quiet.enabled || (severity === 'critical' && quiet.exceptCritical)) return null
  const local = DateTime.fromMillis(now, { zone: quiet.zone })
  const time = local.toFormat('HH:mm')
  const over = quiet.from > quiet.to
  const inside = over ? time >= quiet.from || time < quiet.to : time >= quiet.from && time < quiet.to
  if (!inside) return null
  const day = over && time >= quiet.from ? local.plus({ days: 1 }) : local
  const end = at(day, quiet.to)
  // an hour that the clocks repeat comes twice: the later one is meant
  return end > now ? end : at(day.plus({ days: 1 }), quiet.to)
}

/** The day whose digest is due by now, as `2026-11-25`; null before its hour. */
export function digestDay(digest: Digest, now: Instant): string | null {
  if (!digest.enabled) return null
  const local = DateTime.fromMillis(now, { zone: digest.zone })
  return now >= at(local, digest.at) ? local.toISODate() : null
}

function at(day: DateTime, time: string): Instant {
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  return day.set({ hour, minute, second: 0, millisecond: 0 }).toMillis()
}
