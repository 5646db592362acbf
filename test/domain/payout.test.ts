/** By when money should be paid out: as the payouts before it were, over weekends. */
import { describe, expect, it } from 'vitest'
import { expectedBy, ordersIn } from '../../src-main/domain/payout.ts'

const at = (text: string): number => Date.parse(text)
function took(from: string, to: string) {
  return { issuedAt: at(to), entries: [{ orderId: null, at: at(from), amount: 100, fee: 0 }] }
}
/** From a Monday to a Wednesday. */
const twoDays = took('2026-11-16T10:00:00Z', '2026-11-18T06:00:00Z')

describe('a payout that is to come', () => {
  it.each([
    ['of a Wednesday, on Friday', '2026-11-25T10:00:00Z', '2026-11-27'],
    ['of a Friday, on Tuesday', '2026-11-27T10:00:00Z', '2026-12-01'],
    ['of a Saturday, on Wednesday', '2026-11-28T10:00:00Z', '2026-12-02'],
    ['of a Thursday evening that is Friday there, on Tuesday', '2026-11-26T23:30:00Z', '2026-12-01'],
  ])('is expected two business days later: %s', (_what, captured, day) => {
    expect(expectedBy(at(captured), [twoDays], 'Europe/Paris')).toBe(at(`${day}T22:59:59.999Z`))
  })

  it('is expected after the longest that any of them took, a weekend not counted', () => {
    const overWeekend = took('2026-11-20T10:00:00Z', '2026-11-25T06:00:00Z')
    expect(expectedBy(at('2026-11-30T10:00:00Z'), [twoDays, overWeekend], 'UTC')).toBe(at('2026-12-03T23:59:59.999Z'))
  })

  it('is expected by no day where none was ever paid out, or only refunds, or out of all proportion', () => {
    const onlyBack = { issuedAt: at('2026-11-18T06:00:00Z'), entries: [{ orderId: null, at: at('2026-11-16T06:00:00Z'), amount: -100, fee: 0 }] }
    const years = took('2024-11-20T10:00:00Z', '2026-11-25T06:00:00Z')
    const unread = { issuedAt: at('2026-11-18T06:00:00Z'), entries: null }
    expect([[], [onlyBack], [years], [unread]].map((before) => expectedBy(at('2026-11-30T10:00:00Z'), before, 'UTC'))).toEqual([null, null, null, null])
  })

  it('names the orders in it once each, and what is of no order not at all', () => {
    const entry = (orderId: string | null) => ({ orderId, at: 0, amount: 1, fee: 0 })
    expect(ordersIn({ entries: ['a', null, 'b', 'a'].map(entry) })).toEqual(['a', 'b'])
  })
})
