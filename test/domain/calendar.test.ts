/** SLA clocks over weekends, holidays, zones and changes of clocks. */
import * as fc from 'fast-check'
import { DateTime } from 'luxon'
import { describe, expect, it } from 'vitest'
import { calendarSchema, officeHours, slaDue, workingBetween, workingDue } from '../../src-main/domain/calendar.ts'
import { hours, minutes } from '../../src-main/domain/time.ts'

const paris = officeHours('Europe/Paris')

function at(text: string, zone = 'Europe/Paris'): number {
  return DateTime.fromISO(text, { zone }).toMillis()
}

describe('working time', () => {
  it.each([
    ['within a day', '2026-11-23T10:00', 2, '2026-11-23T12:00'],
    ['over a night', '2026-11-23T16:00', 2, '2026-11-24T10:00'],
    ['over a weekend', '2026-11-27T16:00', 2, '2026-11-30T10:00'],
    ['from before the morning', '2026-11-23T05:00', 1, '2026-11-23T10:00'],
    ['from a Sunday', '2026-11-29T12:00', 8, '2026-11-30T17:00'],
    ['for a whole week', '2026-11-23T09:00', 40, '2026-11-27T17:00'],
  ])('passes %s', (_what, from, worked, due) => {
    expect(workingDue(paris, at(from), hours(worked))).toBe(at(due))
  })

  it('stands still on a holiday', () => {
    const calendar = { ...paris, holidays: ['2026-12-25'] }
    expect(workingDue(calendar, at('2026-12-24T16:00'), hours(2))).toBe(at('2026-12-28T10:00'))
  })

  it('is the owner’s: a night in Paris is a day in Tokyo', () => {
    const tokyo = officeHours('Asia/Tokyo')
    expect(workingDue(tokyo, at('2026-11-24T02:00'), hours(1))).toBe(at('2026-11-24T03:00'))
  })

  it.each([
    // who works nights works seven hours when clocks go forward, nine when they go back
    ['Europe/Paris', '2026-03-28T22:00', 7],
    ['Europe/Paris', '2026-10-24T22:00', 9],
    ['America/New_York', '2026-03-07T22:00', 7],
    ['America/New_York', '2026-10-31T22:00', 9],
    ['Asia/Tokyo', '2026-03-28T22:00', 8],
  ])('counts the hours that there are when clocks change in %s', (zone, from, worked) => {
    const night = [{ from: '00:00', to: '06:00' }, { from: '22:00', to: '24:00' }]
    const calendar = { zone, week: [night, night, night, night, night, night, night], holidays: [] }
    const begins = at(from, zone)
    const ends = DateTime.fromMillis(begins, { zone }).plus({ days: 1 }).set({ hour: 6 }).toMillis()
    expect(workingBetween(calendar, begins, ends)).toBe(hours(worked))
  })

  it('has no deadline where nobody works for years', () => {
    const days = Array.from({ length: 990 }, (_, nth) => DateTime.fromISO('2026-01-01', { zone: 'utc' }).plus({ days: nth }).toISODate() ?? '')
    expect(workingDue({ ...officeHours('UTC'), holidays: days }, at('2026-01-01T00:00', 'utc'), hours(8000))).toBeNull()
  })
})

describe('the laws of working time', () => {
  const zones = fc.constantFrom('Europe/Paris', 'America/New_York', 'Asia/Tokyo', 'Australia/Lord_Howe', 'UTC')
  const moment = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 11, 31) })
  const span = fc.integer({ min: 1, max: 20_000 }).map(minutes)

  it('what was due after a span is a span of work away', () => {
    fc.assert(
      fc.property(zones, moment, span, (zone, from, worked) => {
        const due = workingDue(officeHours(zone), from, worked)
        expect(due === null ? null : workingBetween(officeHours(zone), from, due)).toBe(worked)
      }),
    )
  })

  it('a longer span is never due earlier, and two spans add up', () => {
    fc.assert(
      fc.property(zones, moment, span, span, (zone, from, first, then) => {
        const calendar = officeHours(zone)
        const half = workingDue(calendar, from, first) ?? Number.NaN
        const whole = workingDue(calendar, from, first + then)
        expect(workingDue(calendar, half, then)).toBe(whole)
        expect(whole).toBeGreaterThan(half)
      }),
    )
  })

  it('nothing is due outside of working hours', () => {
    fc.assert(
      fc.property(zones, moment, span, (zone, from, worked) => {
        const due = DateTime.fromMillis(workingDue(officeHours(zone), from, worked) ?? 0, { zone })
        const minute = due.hour * 60 + due.minute + due.second / 60
        expect([due.weekday <= 5, minute > 9 * 60 || due.hour === 9, minute <= 17 * 60]).toEqual([true, true, true])
      }),
    )
  })
})

describe('an SLA', () => {
  const friday = at('2026-11-27T16:30')

  it('of a critical incident runs through nights and weekends', () => {
    expect(slaDue({ severity: 'critical', openedAt: friday }, 60, paris)).toBe(friday + hours(1))
  })

  it('of any other waits for its owner’s hours', () => {
    expect(slaDue({ severity: 'high', openedAt: friday }, 60, paris)).toBe(at('2026-11-30T09:30'))
  })
})

describe('a calendar', () => {
  it.each([
    ['an unknown zone', { ...paris, zone: 'Europe/Atlantis' }, /time zone/],
    ['no hour of work', { ...paris, week: [[], [], [], [], [], [], []] }, /working hour/],
    ['hours that overlap', { ...paris, week: [[{ from: '09:00', to: '12:00' }, { from: '11:00', to: '13:00' }], [], [], [], [], [], []] }, /overlap/],
    ['hours that end before they begin', { ...paris, week: [[{ from: '17:00', to: '09:00' }], [], [], [], [], [], []] }, /end later/],
  ])('is refused with %s', (_what, calendar, says) => {
    expect(calendarSchema.safeParse(calendar).error?.issues[0]?.message).toMatch(says)
  })
})
