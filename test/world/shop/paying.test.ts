/** How money comes into the simulated shop, and goes back. */
import { describe, expect, it } from 'vitest'
import { figuresOf, financialStatusOf } from '../../../src-main/world/shop/figures.ts'
import { aCheckout, aShop, d, lineId, noon } from './a-shop.ts'

describe('payment', () => {
  function placed() {
    const sample = aShop()
    // Ten mugs: 129.00.
    return { ...sample, order: sample.shop.place(aCheckout([{ variantId: sample.mug, quantity: 10 }])) }
  }

  it('is captured in parts, up to what was authorised', () => {
    const { shop, order } = placed()
    expect(financialStatusOf(order)).toBe('PENDING')
    const authorised = shop.authorise(order.id, d(129), 'shopify_payments', noon)
    expect(financialStatusOf(order)).toBe('AUTHORIZED')
    const captured = shop.capture(order.id, d(100), 'shopify_payments', noon + 1)
    expect(captured).toMatchObject({ kind: 'CAPTURE', parentId: authorised.id })
    expect(financialStatusOf(order)).toBe('PARTIALLY_PAID')
    expect(() => shop.capture(order.id, d(30), 'shopify_payments', noon + 2)).toThrow('Only 29 is authorised')
    shop.capture(order.id, d(29), 'shopify_payments', noon + 2)
    expect([financialStatusOf(order), figuresOf(order).capturable.toString()]).toEqual(['PAID', '0'])
  })

  it('is let go when it is voided, and by cancelling', () => {
    const { shop, order } = placed()
    expect(() => shop.void(order.id, noon)).toThrow('Nothing is authorised')
    shop.authorise(order.id, d(129), 'shopify_payments', noon)
    shop.cancel(order.id, 'FRAUD', noon)
    expect(order.transactions.map(({ kind }) => kind)).toEqual(['AUTHORIZATION', 'VOID'])
    expect(financialStatusOf(order)).toBe('VOIDED')
    expect(() => shop.capture(order.id, d(1), 'shopify_payments', noon)).toThrow('cancelled')
  })

  it('counts for nothing when the bank refuses it, and the next one pays the order once', () => {
    const { shop, order } = placed()
    const refused = shop.decline(order.id, d(129), 'shopify_payments', 'INSUFFICIENT_FUNDS', noon)
    expect(refused).toMatchObject({ kind: 'SALE', status: 'FAILURE', errorCode: 'INSUFFICIENT_FUNDS' })
    expect(financialStatusOf(order)).toBe('PENDING')
    shop.capture(order.id, d(129), 'shopify_payments', noon + 1)
    expect([financialStatusOf(order), figuresOf(order).received.toString()]).toEqual(['PAID', '129'])
  })

  it('cannot be captured when its authorisation has run out, and leaves nothing to void', () => {
    const { shop, order } = placed()
    const { expiresAt } = shop.authorise(order.id, d(129), 'shopify_payments', noon)
    expect(expiresAt).toBe(noon + 7 * 24 * 3_600_000)
    expect(() => shop.lapse(order.id, noon + 1)).toThrow('has run out')
    shop.lapse(order.id, expiresAt ?? 0)
    expect([financialStatusOf(order), figuresOf(order).capturable.toString()]).toEqual(['EXPIRED', '0'])
    expect(() => shop.void(order.id, expiresAt ?? 0)).toThrow('Nothing is authorised')
    shop.cancel(order.id, 'DECLINED', expiresAt ?? 0)
    expect(order.transactions.map(({ kind }) => kind)).toEqual(['AUTHORIZATION'])
  })

  it('comes partly by gift card and goes back the way it came, in the order it came', () => {
    const { shop, order } = placed()
    shop.capture(order.id, d(29), 'gift_card', noon)
    shop.capture(order.id, d(100), 'paypal', noon)
    const refund = shop.refund(order.id, { lines: [{ lineId: lineId(order), quantity: 4, restock: true }] }, noon)
    const back = order.transactions.filter((each) => refund.transactionIds.includes(each.id))
    expect(back.map(({ gateway, amount }) => `${gateway} ${amount.toString()}`)).toEqual([
      'gift_card 29',
      'paypal 22.6',
    ])
    shop.refund(
      order.id,
      { lines: [{ lineId: lineId(order), quantity: 1, restock: true }], gateway: 'bank_deposit' },
      noon,
    )
    expect(order.transactions.at(-1)).toMatchObject({ kind: 'REFUND', gateway: 'bank_deposit', parentId: null })
  })

  it('is refused above what is outstanding, below nothing, and in parts of a cent', () => {
    const { shop, order } = placed()
    expect(() => shop.capture(order.id, d('129.01'), 'manual', noon)).toThrow('Only 129 is outstanding')
    expect(() => shop.capture(order.id, d(0), 'manual', noon)).toThrow('cannot be paid')
    expect(() => shop.capture(order.id, d('1.001'), 'manual', noon)).toThrow('cannot be paid')
  })

  it('goes back as goodwill without any goods, and owes nothing afterwards', () => {
    const { shop, order } = placed()
    shop.capture(order.id, d(129), 'paypal', noon)
    const refund = shop.refund(order.id, { lines: [], adjustment: { amount: d(-10), reason: 'customer' } }, noon)
    expect(order.transactions.find((each) => each.id === refund.transactionIds[0])?.amount.toString()).toBe('10')
    expect(figuresOf(order)).toMatchObject({ currentTotal: d(119), refunded: d(10), outstanding: d(0) })
    expect(financialStatusOf(order)).toBe('PARTIALLY_REFUNDED')
  })

  it('brings nothing back of an order that nobody paid', () => {
    const { shop, order } = placed()
    const refund = shop.refund(order.id, { lines: [{ lineId: lineId(order), quantity: 10, restock: true }] }, noon)
    expect([refund.transactionIds, figuresOf(order).outstanding.toString()]).toEqual([[], '0'])
    expect(() => shop.refund(order.id, { lines: [] }, noon)).toThrow('nothing to refund')
  })

  it('is rounded at a till that has no small coins', () => {
    const { shop, mug } = aShop({ cashStep: d('0.05') })
    const order = shop.place(aCheckout([{ variantId: mug, quantity: 1, unitPrice: d('12.93') }], { source: 'pos' }))
    shop.capture(order.id, d('12.95'), 'cash', noon)
    expect([order.cashRounding?.toString(), figuresOf(order).received.toString(), financialStatusOf(order)]).toEqual([
      '0.02',
      '12.93',
      'PAID',
    ])
  })
})
