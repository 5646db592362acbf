/** The merchant's clock on the wall: days, hours and working time in one zone, daylight saving included. */
import type { Instant } from '../world.ts'

export const second = 1000
export const minute = 60 * second
export const hour = 60 * minute
export const day = 24 * hour

export interface LocalTime {
  /** "2026-11-23". */
  readonly date: string
  readonly hour: number
  /** 0 is Sunday. */
  readonly weekday: number
  readonly dayOfMonth: number
}

export interface Calendar {
  local(at: Instant): LocalTime
  /** The start of the next full hour. */
  nextHour(at: Instant): Instant
  /** The moment itself in working time (Monday to Friday, 8 to 18), else the next morning at 8. */
  working(at: Instant): Instant
  /** Whether it is the last day of its month. */
  endsMonth(at: Instant): boolean
  /** The first moment of the business day (Monday to Friday) so many after its own; a weekend's own is the Monday after. */
  businessDay(at: Instant, later: number): Instant
  /** The next time that the wall clock shows this hour. */
  nextAtHour(at: Instant, wallHour: number): Instant
}

const opensAt = 8
const closesAt = 18

/** Throws for a zone that nobody knows. */
export function calendarOf(zone: string): Calendar {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit',
  })
  /** Offsets change on a quarter of an hour at the earliest: one look-up each, as formatting is slow. */
  const offsets = new Map<number, number>()

  function offsetOf(at: Instant): number {
    const quarter = Math.floor(at / (15 * minute))
    const known = offsets.get(quarter)
    if (known !== undefined) return known
    const start = quarter * 15 * minute
    const parts = Object.fromEntries(format.formatToParts(start).map((part) => [part.type, part.value]))
    const wall = Date.parse(`${parts['year']}-${parts['month']}-${parts['day']}T${parts['hour']}:${parts['minute']}:${parts['second']}Z`)
    if (offsets.size > 10_000) offsets.clear()
    offsets.set(quarter, wall - start)
    return wall - start
  }

  function local(at: Instant): LocalTime {
    const wall = new Date(at + offsetOf(at))
    return {
      date: wall.toISOString().slice(0, 10),
      hour: wall.getUTCHours(),
      weekday: wall.getUTCDay(),
      dayOfMonth: wall.getUTCDate(),
    }
  }

  function nextHour(at: Instant): Instant {
    const offset = offsetOf(at)
    return Math.floor((at + offset) / hour + 1) * hour - offset
  }

  /** Asked for each hour of a weekend: by figures alone, as dates are slow. */
  function isWorking(at: Instant): boolean {
    const wall = at + offsetOf(at)
    const wallHour = Math.floor(wall / hour) % 24
    // the first of January 1970 was a Thursday
    const weekday = (Math.floor(wall / day) + 4) % 7
    return weekday !== 0 && weekday !== 6 && wallHour >= opensAt && wallHour < closesAt
  }

  function working(at: Instant): Instant {
    let moment = at
    while (!isWorking(moment)) moment = nextHour(moment)
    return moment
  }

  function nextAtHour(at: Instant, wallHour: number): Instant {
    let moment = nextHour(at)
    while (local(moment).hour !== wallHour) moment = nextHour(moment)
    return moment
  }

  function businessDay(at: Instant, later: number): Instant {
    const isBusiness = (moment: Instant): boolean => ![0, 6].includes(local(moment).weekday)
    let moment = nextAtHour(at - 25 * hour, 0)
    while (nextAtHour(moment, 0) <= at) moment = nextAtHour(moment, 0)
    for (let left = later; left > 0 || !isBusiness(moment);) {
      if (isBusiness(moment)) left -= 1
      moment = nextAtHour(moment, 0)
    }
    return moment
  }

  return { local, nextHour, working, businessDay, nextAtHour, endsMonth: (at) => local(at + day).dayOfMonth === 1 }
}
