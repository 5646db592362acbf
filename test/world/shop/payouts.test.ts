/** What the simulated Shopify Payments keeps for the merchant, and when it pays it out. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { calendarOf } from '../../../src-main/world/business/calendar.ts'
import { sum } from '../../../src-main/world/decimal.ts'
import { payoutStatusAt, sumsOf } from '../../../src-main/world/shop/payouts.ts'
import type { Order } from '../../../src-main/world/shop/shop.ts'
import { aCheckout, aShop, d, lineId, noon } from './a-shop.ts'

const hour = 3_600_000
const at = (text: string): number => Date.parse(text)

function selling(opening: Parameters<typeof aShop>[0] = {}) {
  const sample = aShop({ zone: 'Europe/Paris', shopRate: () => d('0.9'), ...opening })
  const { shop, mug } = sample
  const sell = (moment: number, gateway = 'shopify_payments', over: Parameters<typeof aCheckout>[1] = {}): Order => {
    const order = shop.place(aCheckout([{ variantId: mug, quantity: 1 }], { at: moment, ...over }))
    shop.capture(order.id, d('12.9'), gateway, moment)
    return order
  }
  return { ...sample, sell }
}

describe('a payout', () => {
  it.each([
    ['a Wednesday is paid on Friday', '2026-11-25T12:00:00Z', '2026-11-27'],
    ['a Wednesday ends at midnight where the shop is', '2026-11-25T22:59:00Z', '2026-11-27'],
    ['and Thursday begins there, which is paid on Monday', '2026-11-25T23:00:00Z', '2026-11-30'],
    ['a Friday waits over the weekend for Tuesday', '2026-11-27T12:00:00Z', '2026-12-01'],
    ['a Saturday is gathered with Monday', '2026-11-28T12:00:00Z', '2026-12-02'],
    ['a Sunday is gathered with Monday', '2026-11-29T12:00:00Z', '2026-12-02'],
    ['a Monday is paid on Wednesday', '2026-11-30T12:00:00Z', '2026-12-02'],
    ['over the Sunday on which the clocks go back', '2026-10-23T12:00:00Z', '2026-10-27'],
  ])('is issued two business days later: %s', (_what, moment, issued) => {
    const { shop, sell } = selling()
    sell(at(moment))
    const [payout] = [...shop.books.payouts.all()]
    const offset = issued < '2026-10-25' ? 2 * hour : hour
    expect(payout?.issuedAt).toBe(at(`${issued}T06:00:00Z`) - offset)
  })

  it('gathers what comes on one business day in one currency, and is another one for the next', () => {
    const { shop, sell } = selling()
    sell(noon)
    sell(noon + hour)
    sell(noon, 'shopify_payments', { currency: 'USD' })
    sell(noon + 24 * hour)
    const held = Map.groupBy(shop.books.balance.all(), (entry) => entry.payoutId)
    expect([...held.values()].map((entries) => [entries[0]?.currency, entries.length])).toEqual([['EUR', 2], ['USD', 1], ['EUR', 1]])
  })

  it('takes a fee off each charge and gives none of it back with a refund', () => {
    const { shop, sell } = selling()
    const order = sell(noon)
    shop.refund(order.id, { lines: [{ lineId: lineId(order), quantity: 1, restock: true }] }, noon + hour)
    const entries = [...shop.books.balance.all()]
    // 12.90 × 1.5 % = 0.1935, and 0.25
    expect(entries.map(({ kind, amount, fee }) => `${kind} ${amount.toFixed(2)} ${fee.toFixed(2)}`)).toEqual([
      'CHARGE 12.90 0.44',
      'REFUND -12.90 0.00',
    ])
    expect(sumsOf(entries).net.toString()).toBe('-0.44')
  })

  it('holds only what came by card: no cash, no gift card, no bank, no marketplace, no test', () => {
    const { shop, mug, sell } = selling()
    for (const gateway of ['cash', 'cash_on_delivery', 'gift_card', 'bank_deposit', 'amazon', 'paypal', 'klarna']) sell(noon, gateway)
    sell(noon, 'shopify_payments', { test: true })
    const order = shop.place(aCheckout([{ variantId: mug, quantity: 1 }]))
    shop.authorise(order.id, d('12.9'), 'shopify_payments', noon)
    shop.decline(order.id, d('12.9'), 'shopify_payments', 'CARD_DECLINED', noon)
    expect([shop.books.balance.size, shop.books.payouts.size]).toEqual([0, 0])
  })

  it('changes into the shop’s currency what there is no bank account for', () => {
    const { shop, sell } = selling()
    sell(noon, 'shopify_payments', { currency: 'KWD' })
    expect([...shop.books.balance.all()].map(({ currency, amount }) => `${amount.toString()} ${currency}`)).toEqual(['11.61 EUR'])
  })

  it('gathers, waits to be sent, is on its way, and has come', () => {
    const { shop, sell } = selling()
    sell(noon)
    const [payout] = [...shop.books.payouts.all()]
    const status = (text: string) => (payout === undefined ? null : payoutStatusAt(payout, at(text)))
    expect(['2026-11-25T22:59:00Z', '2026-11-25T23:00:00Z', '2026-11-27T05:00:00Z', '2026-11-27T17:00:00Z'].map(status)).toEqual([
      'PENDING', 'SCHEDULED', 'IN_TRANSIT', 'PAID',
    ])
  })

  it('holds whatever came before it closed, pays on a business day and loses no cent, whenever and in whatever money people buy', () => {
    const sale = fc.record({ after: fc.integer({ min: 0, max: 60 * 24 * 60 }), currency: fc.constantFrom('EUR', 'USD', 'GBP'), back: fc.boolean() })
    const zone = fc.constantFrom('Europe/Paris', 'America/New_York', 'Asia/Tokyo')
    fc.assert(fc.property(fc.array(sale, { maxLength: 30 }), zone, (sales, where) => {
      const { shop, mug, vienna, sell } = selling({ zone: where })
      shop.setAvailable(mug, vienna, 1000, noon)
      for (const { after, currency, back } of sales) {
        const moment = noon - 40 * 24 * hour + after * 60_000
        const order = sell(moment, 'shopify_payments', { currency })
        if (back) shop.refund(order.id, { lines: [{ lineId: lineId(order), quantity: 1, restock: true }] }, moment + hour)
      }
      const calendar = calendarOf(where)
      const entries = [...shop.books.balance.all()]
      for (const { payoutId, at: moment, currency } of entries) {
        const payout = shop.books.payouts.must(payoutId)
        expect([payout.currency, moment < payout.closedAt, payout.closedAt < payout.issuedAt, payout.issuedAt < payout.paidAt]).toEqual([currency, true, true, true])
        expect([1, 2, 3, 4, 5]).toContain(calendar.local(payout.issuedAt).weekday)
        expect(payout.issuedAt - moment).toBeLessThan(5.5 * 24 * hour)
      }
      const held = [...Map.groupBy(entries, (entry) => entry.payoutId).values()].map(sumsOf)
      expect(sum(held.map(({ net }) => net)).toString()).toBe(sum(entries.map(({ amount, fee }) => amount.minus(fee))).toString())
      expect(entries.length).toBe(sales.length + sales.filter(({ back }) => back).length)
    }))
  })
})
