/** Where several authorities tax one line, each tax is raised on the same price and rounded by itself. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sum } from '../../../src-main/world/decimal.ts'
import { figuresOf } from '../../../src-main/world/shop/figures.ts'
import type { ShopTaxes } from '../../../src-main/world/shop/checkout.ts'
import { aCheckout, aShop, aVariant, d, lineId, noon, taxes } from './a-shop.ts'

const birmingham = [{ title: 'State', rate: d('0.04') }, { title: 'County', rate: d('0.02') }, { title: 'City', rate: d('0.04') }]

function bought(price: string, over: Partial<ShopTaxes> = {}, quantity = 1) {
  const sample = aShop({ taxes: taxes({ taxesIncluded: false, raisedOn: (_country, id) => (id === 'shipping' ? [] : birmingham), ...over }) })
  const variant = sample.shop.addVariant(aVariant({ sku: 'S', price: d(price) }), noon)
  sample.shop.setAvailable(variant.id, sample.vienna, 50, noon)
  return { ...sample, order: sample.shop.place(aCheckout([{ variantId: variant.id, quantity }])) }
}

function raised({ order }: Pick<ReturnType<typeof bought>, 'order'>): Record<string, string> {
  return Object.fromEntries(order.lines.flatMap((line) => line.taxLines).map(({ title, amount }) => [title, String(amount)]))
}

describe('a line of several taxes', () => {
  it('has each of them in a line of its own, rounded by itself', () => {
    // 4 % of 10.12 is 0.4048, and 2 % is 0.2024: together 10 % would be 1.01
    const sample = bought('10.12')
    expect([raised(sample), String(figuresOf(sample.order).tax), String(figuresOf(sample.order).total)]).toEqual([
      { State: '0.4', County: '0.2', City: '0.4' }, '1', '11.12',
    ])
  })

  it('takes each out of a price that holds all of them', () => {
    expect(raised(bought('11.00', { taxesIncluded: true }))).toEqual({ State: '0.4', County: '0.2', City: '0.4' })
  })

  it('keeps its taxes apart when an edit brings more units, and never has one twice', () => {
    const sample = bought('10.12', {}, 2)
    sample.shop.edit(sample.order.id, { lines: [{ lineId: lineId(sample.order), quantity: 5 }] }, noon)
    expect(raised(sample)).toEqual({ State: '2.02', County: '1.01', City: '2.02' })
  })

  it('gives all of its tax back with its last unit, however it was rounded', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99_999 }), fc.integer({ min: 1, max: 7 }), fc.constantFrom('per-line', 'per-total'), (cents, units, rounding) => {
        const sample = bought(String(cents / 100), { rounding }, units)
        const whole = figuresOf(sample.order).tax
        for (let unit = 0; unit < units; unit += 1) sample.shop.refund(sample.order.id, { lines: [{ lineId: lineId(sample.order), quantity: 1, restock: false }] }, noon)
        expect(String(sum(sample.order.refunds.flatMap((refund) => refund.lines.map((line) => line.tax))))).toBe(String(whole))
      }),
      { numRuns: 60 },
    )
  })
})
