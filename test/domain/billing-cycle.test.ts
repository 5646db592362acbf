/** When a customer's deliveries are billed. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { billedBy, billingCycles, cycleShown } from '../../src-main/domain/billing-cycle.ts'
import { days, iso } from '../../src-main/domain/time.ts'

describe('the cycle that collective invoices show', () => {
  it.each([
    ['none', [], null],
    ['one', ['2026-10-31'], 'monthly'],
    ['two on one day', ['2026-10-31', '2026-10-31'], 'monthly'],
    ['one a month', ['2026-08-31', '2026-09-30', '2026-10-31'], 'monthly'],
    ['one a week', ['2026-10-02', '2026-10-09', '2026-10-16'], 'weekly'],
    ['one a day, but for the weekend', ['2026-10-01', '2026-10-02', '2026-10-05', '2026-10-06'], 'daily'],
  ])('with %s', (_what, days_, cycle) => {
    expect(cycleShown(days_)).toBe(cycle)
  })
})

describe('the end of the period in which something is billed', () => {
  it.each([
    ['shipment', '2026-11-23T08:30:00Z', '2026-11-23T08:30:00.000Z'],
    ['daily', '2026-11-23T08:30:00Z', '2026-11-24T00:00:00.000Z'],
    ['daily', '2026-11-23T20:00:00Z', '2026-11-25T00:00:00.000Z'],
    ['weekly', '2026-11-23T08:30:00Z', '2026-11-30T00:00:00.000Z'],
    ['weekly', '2026-11-29T10:00:00Z', '2026-12-07T00:00:00.000Z'],
    ['monthly', '2026-11-05T08:30:00Z', '2026-12-01T00:00:00.000Z'],
    // what leaves after the month's run is billed with the next
    ['monthly', '2026-11-30T21:00:00Z', '2027-01-01T00:00:00.000Z'],
  ] as const)('%s, sent at %s', (cycle, sentAt, due) => {
    expect(iso(billedBy(cycle, Date.parse(sentAt)))).toBe(due)
  })

  it('is never before it was sent, and at most a month and two days after', () => {
    fc.assert(
      fc.property(fc.constantFrom(...billingCycles), fc.integer({ min: 0, max: Date.parse('2040-01-01T00:00:00Z') }), (cycle, at) => {
        const due = billedBy(cycle, at)
        expect(due).toBeGreaterThanOrEqual(at)
        expect(due - at).toBeLessThanOrEqual(days(33))
      }),
    )
  })
})
