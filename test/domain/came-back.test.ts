/** What of an order came back, in shares of what went. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backInErp, backInShop, perhapsBackInShop, takesBack, worthOf } from '../../src-main/domain/came-back.ts'
import { aheadSince, inBoth } from '../../src-main/domain/progress.ts'
import { anErpLine, anErpOrder, anOrder, anOrderLine, aReturn, aShipment, placedAt } from '../support/builders.ts'
import { hours } from '../../src-main/domain/time.ts'

const units = (quantity: string | number) => ({ sku: 'MUG', quantity: String(quantity), orderId: null })
const moments = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 })

describe('what came back', () => {
  it('is alike on both sides however each counts its units, and in however many parts each books it', () => {
    fc.assert(
      fc.property(moments, fc.integer({ min: 0, max: 20 }), fc.constantFrom(1, 2, 12), (parts, kept, pack) => {
        const total = parts.reduce((sum, one) => sum + one, 0)
        const ordered = total + kept
        const order = anOrder({
          lines: [anOrderLine({ quantity: String(ordered) })],
          returns: [{ id: 'r', at: placedAt + hours(5), lines: [{ sku: 'MUG', quantity: String(total) }] }],
        })
        const erp = backInErp(
          [anErpOrder({ lines: [anErpLine({ quantity: String(ordered * pack) })] })],
          [aShipment({ lines: [units(ordered * pack)] })],
          parts.map((part, nth) => aReturn({ id: `r${nth}`, receivedAt: placedAt + hours(1 + nth), lines: [units(part * pack)] })),
        )
        for (const [one, other] of inBoth(backInShop(order) ?? [], erp ?? [])) {
          expect([aheadSince(one, other), aheadSince(other, one), worthOf(order, one, other, 'EUR')]).toEqual([null, null, 0])
        }
        expect(inBoth(backInShop(order) ?? [], erp ?? [])).toHaveLength(1)
      }),
    )
  })

  it('is ahead from the return on that the other side does not have', () => {
    const order = anOrder({ returns: [{ id: 'r', at: placedAt, lines: [{ sku: 'MUG', quantity: '1' }] }] })
    const twice = [aReturn({ lines: [units(1)] }), aReturn({ id: 'b', receivedAt: placedAt + hours(9), lines: [units(1)] })]
    const [[shop, erp] = []] = inBoth(backInShop(order) ?? [], backInErp([anErpOrder()], [aShipment()], twice) ?? [])
    if (shop === undefined || erp === undefined) throw new Error('both sides know it')
    expect([aheadSince(erp, shop), worthOf(order, erp, shop, 'EUR')]).toEqual([placedAt + hours(9), 1200])
  })

  it('is perhaps what was paid back, and never less than is stated', () => {
    const order = (paid: string) => anOrder({
      returns: [{ id: 'r', at: placedAt, lines: [{ sku: 'MUG', quantity: '1' }] }],
      refunds: [{ id: 'm', at: placedAt, amount: 1, tax: null, lines: [{ sku: 'MUG', quantity: paid }], reason: null }],
    })
    const perhaps = (paid: string) => perhapsBackInShop(order(paid), backInShop(order(paid)) ?? []).map(({ done }) => done)
    expect([perhaps('2'), perhaps('0')]).toEqual([['2'], ['1']])
  })

  it('is not told by a body that was kept before returns were read', () => {
    const { returns: _returns, ...before } = anOrder()
    expect(backInShop(JSON.parse(JSON.stringify(before)))).toBeNull()
  })

  it.each<[string, boolean, readonly (readonly [quantity: string, goods: boolean])[], string]>([
    ['gives back all', true, [['-2', true], ['-1', false]], '-24.00'],
    ['keeps a fee', true, [['-2', true], ['1', false]], '-20.00'],
    ['takes back what was free', true, [['-2', true]], '0'],
    ['gives back the shipping alone', true, [['-1', false]], '-4.00'],
    ['is an order with a discount for a line', false, [['2', true], ['-1', false]], '20.00'],
    ['is an order for nothing', false, [['2', true], ['-1', false]], '0'],
    ['exchanges goods for more', false, [['-1', true], ['2', true]], '12.00'],
    ['has no lines yet', false, [], '0'],
  ])('by an ERP order that %s: %s', (_what, expected, lines, total) => {
    expect(takesBack(anErpOrder({ lines: lines.map(([quantity, goods]) => anErpLine({ quantity, goods })), totals: { total } }))).toBe(expected)
  })

  it('is of nothing that never left, and of no one’s where a return of several orders does not say', () => {
    expect(backInErp([anErpOrder()], [aShipment({ state: 'open', shippedAt: null })], [aReturn()])).toEqual([])
    expect(backInErp([anErpOrder()], [aShipment()], [aReturn({ orderIds: ['so-1001', 'so-9'] })])).toBeNull()
  })
})
