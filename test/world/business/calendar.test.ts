/** The merchant's wall clock, over the days on which it is changed. */
import { describe, expect, it } from 'vitest'
import { calendarOf } from '../../../src-main/world/business/calendar.ts'

const paris = calendarOf('Europe/Paris')
const at = (text: string): number => Date.parse(text)
const hour = 3_600_000

describe('a calendar', () => {
  it.each([
    ['an evening in summer', '2026-07-01T22:30:00Z', { date: '2026-07-02', hour: 0, weekday: 4, dayOfMonth: 2 }],
    ['an evening in winter', '2026-12-31T22:30:00Z', { date: '2026-12-31', hour: 23, weekday: 4, dayOfMonth: 31 }],
  ])('tells the time on the wall in %s', (_what, text, local) => {
    expect(paris.local(at(text))).toEqual(local)
  })

  it.each([
    ['a Monday at noon stays', '2026-11-23T11:00:00Z', '2026-11-23T11:00:00Z'],
    ['an evening waits for the morning', '2026-11-23T20:00:00Z', '2026-11-24T07:00:00Z'],
    ['a Friday evening waits for Monday', '2026-11-27T18:00:00Z', '2026-11-30T07:00:00Z'],
    ['the clocks go back on the Sunday between', '2026-10-23T18:00:00Z', '2026-10-26T07:00:00Z'],
    ['the clocks go forward on the Sunday between', '2026-03-27T18:00:00Z', '2026-03-30T06:00:00Z'],
  ])('finds working time: %s', (_what, from, to) => {
    expect(new Date(paris.working(at(from))).toISOString()).toBe(new Date(at(to)).toISOString())
  })

  it('counts twenty-five hours on the day the clocks go back, and twenty-three when they go forward', () => {
    const length = (from: string): number => (paris.nextAtHour(at(from), 0) - at(from)) / hour
    expect(length('2026-10-24T22:00:00Z')).toBe(25)
    expect(length('2026-03-28T23:00:00Z')).toBe(23)
  })

  it.each([
    ['a Wednesday at noon', '2026-11-25T11:00:00Z', 0, '2026-11-24T23:00:00Z'],
    ['two after a Wednesday', '2026-11-25T11:00:00Z', 2, '2026-11-26T23:00:00Z'],
    ['its first moment', '2026-11-24T23:00:00Z', 0, '2026-11-24T23:00:00Z'],
    ['two after a Friday evening', '2026-11-27T22:59:00Z', 2, '2026-11-30T23:00:00Z'],
    ['a Saturday counts as Monday', '2026-11-28T11:00:00Z', 0, '2026-11-29T23:00:00Z'],
    ['one after a Sunday', '2026-11-29T11:00:00Z', 1, '2026-11-30T23:00:00Z'],
    ['over the Sunday on which the clocks go forward', '2026-03-27T11:00:00Z', 1, '2026-03-29T22:00:00Z'],
  ])('counts in business days: %s', (_what, from, later, to) => {
    expect(new Date(paris.businessDay(at(from), later)).toISOString()).toBe(new Date(at(to)).toISOString())
  })

  it('knows the last day of a month', () => {
    expect([paris.endsMonth(at('2026-11-30T19:00:00Z')), paris.endsMonth(at('2026-11-29T19:00:00Z'))]).toEqual([true, false])
  })

  it('refuses a zone that nobody knows', () => {
    expect(() => calendarOf('Europe/Atlantis')).toThrow()
  })
})
