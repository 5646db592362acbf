/** When a snoozed incident comes back: in the person's own working day, whatever the clocks do that night. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromField, snoozeChoices, toField } from '../../../src-renderer/screens/incident/snooze.ts'

const moments = fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2040, 0) })

describe('snoozing', () => {
  it('offers only moments that lie ahead, each once', () => {
    fc.assert(
      fc.property(moments, (now) => {
        const untils = snoozeChoices(now).map((choice) => choice.until)
        expect(untils.every((until) => until > now)).toBe(true)
        expect(new Set(untils).size).toBe(untils.length)
      }),
    )
  })

  it('until tomorrow ends at nine in the morning of the next day on the calendar', () => {
    fc.assert(
      fc.property(moments, (now) => {
        const until =
          snoozeChoices(now).find((choice) => choice.words.startsWith('Tomorrow'))?.until ?? 0
        const next = new Date(now)
        next.setDate(next.getDate() + 1)
        expect([new Date(until).toDateString(), new Date(until).getHours()]).toEqual([
          next.toDateString(),
          9,
        ])
      }),
    )
  })

  it('until Monday ends on the Monday that comes, at nine, a week ahead at most', () => {
    fc.assert(
      fc.property(moments, (now) => {
        const monday = snoozeChoices(now).find(
          (choice) =>
            new Date(choice.until).getDay() === 1 &&
            new Date(choice.until).getHours() === 9 &&
            choice.words.endsWith('09:00'),
        )
        expect(monday).toBeDefined()
        expect((monday?.until ?? 0) - now).toBeLessThan(7.5 * 86_400_000)
      }),
    )
  })

  it('until a moment of one’s own takes exactly what the field says', () => {
    const at = new Date(2026, 6, 14, 14, 2).getTime()
    expect(toField(at)).toBe('2026-07-14T14:02')
    expect(fromField('2026-07-14T14:02')).toBe(at)
    expect(fromField('')).toBeNull()
  })
})
