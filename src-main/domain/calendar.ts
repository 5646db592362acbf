/** When an SLA is due: in elapsed time, or in the working time of whoever answers, right over weekends, holidays, zones and DST. */
import { DateTime, IANAZone } from 'luxon'
import { z } from 'zod'
import { type Instant, type Span, minutes } from './time.ts'

const timeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'a time of day such as 09:00')

const hoursSchema = z
  .object({ from: timeOfDay, to: timeOfDay })
  .refine(({ from, to }) => from < to, 'must end later than it begins')

export const calendarSchema = z
  .object({
    /** IANA name, as `Europe/Paris`. */
    zone: z.string().refine((zone) => IANAZone.isValidZone(zone), 'not a time zone, such as Europe/Paris'),
    /** Working hours from Monday to Sunday; a day without any is free. */
    week: z.array(z.array(hoursSchema).max(6)).length(7),
    /** Local days without work: `2026-12-25`. */
    holidays: z.array(z.iso.date()).max(1000).default([]),
  })
  .refine(({ week }) => week.some((day) => day.length > 0), 'needs at least one working hour a week')
  .refine(({ week }) => week.every(inOrder), 'has working hours that overlap')
  .readonly()
export type Calendar = z.infer<typeof calendarSchema>

function inOrder(day: readonly { readonly from: string; readonly to: string }[]): boolean {
  const sorted = day.toSorted((a, b) => (a.from < b.from ? -1 : 1))
  return sorted.every((one, nth) => nth === 0 || (sorted[nth - 1]?.to ?? '') <= one.from)
}

/** Monday to Friday, nine to five, where the merchant is. */
export function officeHours(zone: string): Calendar {
  const day = [{ from: '09:00', to: '17:00' }]
  return { zone, week: [day, day, day, day, day, [], []], holidays: [] }
}

/** No deadline lies further ahead: a calendar of holidays only would have none. */
const daysMax = 1500

interface Shift {
  readonly from: Instant
  readonly to: Instant
}

/** When so much working time has passed since `from`; null when that is not within four years. */
export function workingDue(calendar: Calendar, from: Instant, span: Span): Instant | null {
  let left = span
  for (const shift of shiftsFrom(calendar, from)) {
    const begins = Math.max(shift.from, from)
    const length = shift.to - begins
    if (length >= left) return begins + left
    left -= length
  }
  return null
}

/** Working time between two moments, in milliseconds; 0 when the second is not later. */
export function workingBetween(calendar: Calendar, from: Instant, to: Instant): Span {
  let worked = 0
  for (const shift of shiftsFrom(calendar, from)) {
    if (shift.from >= to) break
    worked += Math.max(0, Math.min(shift.to, to) - Math.max(shift.from, from))
  }
  return worked
}

/** Shifts that end after `from`, in order. A day's hours are local: over a change of clocks it is an hour shorter or longer. */
function* shiftsFrom(calendar: Calendar, from: Instant): Generator<Shift> {
  const first = DateTime.fromMillis(from, { zone: calendar.zone }).startOf('day')
  for (let nth = 0; nth < daysMax; nth += 1) {
    const day = first.plus({ days: nth })
    if (calendar.holidays.includes(day.toISODate() ?? '')) continue
    const hours = calendar.week[day.weekday - 1] ?? []
    for (const { from: begins, to: ends } of hours.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
      const shift = { from: at(day, begins), to: at(day, ends) }
      if (shift.to > from && shift.to > shift.from) yield shift
    }
  }
}

/** A local time that a change of clocks skips is the moment after it. */
function at(day: DateTime, time: string): Instant {
  if (time === '24:00') return day.plus({ days: 1 }).startOf('day').toMillis()
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  return day.set({ hour, minute, second: 0, millisecond: 0 }).toMillis()
}

/** What an incident must be resolved within: critical in elapsed time, others in the owner's working time (DESIGN §8). */
export function slaDue(
  incident: { readonly severity: 'critical' | 'high' | 'medium' | 'low'; readonly openedAt: Instant },
  slaMinutes: number,
  calendar: Calendar,
): Instant | null {
  const span = minutes(slaMinutes)
  return incident.severity === 'critical' ? incident.openedAt + span : workingDue(calendar, incident.openedAt, span)
}
