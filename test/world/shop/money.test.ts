/** Laws of the shop's money: no cent is lost or made, whatever is bought, edited, sent and given back. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { booked, digitsOf, sum, zero, type Decimal } from '../../../src-main/world/decimal.ts'
import { figuresOf } from '../../../src-main/world/shop/figures.ts'
import { spread } from '../../../src-main/world/shop/spread.ts'
import { wholeOf } from '../../../src-main/world/shop/units.ts'
import type { ShopTaxes } from '../../../src-main/world/shop/checkout.ts'
import type { Order } from '../../../src-main/world/shop/shop.ts'
import { aCheckout, aShop, aVariant, d, noon, taxes } from './a-shop.ts'

const currencies = fc.constantFrom('EUR', 'JPY', 'KWD')
const methods = fc.record({
  taxesIncluded: fc.boolean(),
  rounding: fc.constantFrom('per-line' as const, 'per-total' as const),
})
const rates = fc.constantFrom('0', '0.055', '0.077', '0.19', '0.2', '0.25')
const cart = fc.record({
  currency: currencies,
  method: methods,
  rate: rates,
  lines: fc.array(fc.record({ units: fc.integer({ min: 1, max: 7 }), minor: fc.integer({ min: 1, max: 99_999 }) }), {
    minLength: 1,
    maxLength: 6,
  }),
  discount: fc.integer({ min: 0, max: 5_000 }),
  shipping: fc.integer({ min: 0, max: 2_000 }),
})
type Cart = typeof cart extends fc.Arbitrary<infer T> ? T : never

function minor(units: number, currency: string): Decimal {
  return d(units).div(d(10).pow(digitsOf(currency)))
}

function ordered({ currency, method, rate, lines, discount, shipping }: Cart) {
  const rule: ShopTaxes = taxes({ ...method, raisedOn: () => [{ title: 'VAT', rate: d(rate) }] })
  const { shop, vienna } = aShop({ currency, taxes: rule })
  const bought = lines.map(({ units, minor: price }, at) => {
    const variant = shop.addVariant(aVariant({ sku: `S${at}`, price: minor(price, currency) }), noon)
    shop.setAvailable(variant.id, vienna, units, noon)
    return { variantId: variant.id, quantity: units }
  })
  const order = shop.place(
    aCheckout(bought, {
      currency,
      cartDiscount: { amount: minor(discount, currency), code: 'CART' },
      shipping: [{ title: 'Post', price: minor(shipping, currency) }],
    }),
  )
  return { shop, order, vienna }
}

/** Plain numbers, so that a failure reads well. */
function plain(figures: object): Record<string, string> {
  return Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, String(value)]))
}

describe('an order', () => {
  it('allocates a discount on the cart to the cent, and to no line more than it costs', () => {
    fc.assert(
      fc.property(cart, (given) => {
        const { order } = ordered(given)
        const goods = sum(order.lines.map((line) => line.unitPrice.times(line.quantity)))
        const asked = minor(given.discount, given.currency)
        const taken = sum(order.lines.flatMap((line) => line.discounts.map((each) => each.amount)))
        expect(taken.toString()).toBe((asked.lessThan(goods) ? asked : goods).toString())
        for (const line of order.lines) expect(wholeOf(line).subtotal.isNegative()).toBe(false)
      }),
    )
  })

  it('taxes each line by itself, or all of them together, and its total says no more than its parts', () => {
    fc.assert(
      fc.property(cart, (given) => {
        const { order } = ordered(given)
        const bases = [
          ...order.lines.map((line) => wholeOf(line).subtotal),
          ...order.shipping.map((line) => line.discountedPrice),
        ]
        const rate = d(given.rate)
        const exact = bases.map((base) =>
          given.method.taxesIncluded ? base.minus(base.div(rate.plus(1))) : base.times(rate),
        )
        const expected =
          given.method.rounding === 'per-line'
            ? sum(exact.map((each) => booked(each, given.currency)))
            : booked(sum(exact), given.currency)
        const figures = figuresOf(order)
        expect(figures.tax.toString()).toBe(expected.toString())
        const parts = sum(bases).plus(given.method.taxesIncluded ? zero : expected)
        expect(figures.total.toString()).toBe(parts.toString())
        expect(figures.total.decimalPlaces()).toBeLessThanOrEqual(digitsOf(given.currency))
      }),
    )
  })

  it('is owed what was not given back, and nothing when all of it was, in however many parts', () => {
    fc.assert(
      fc.property(cart, fc.infiniteStream(fc.nat()), (given, chance) => {
        const { shop, order, vienna } = ordered(given)
        const total = figuresOf(order).total
        if (total.greaterThan(0)) shop.capture(order.id, total, 'shopify_payments', noon)
        const first = order.lines[0]
        if (first !== undefined)
          shop.fulfil(order.id, { lines: [{ lineId: first.id, quantity: 1 }], locationId: vienna, tracking: [] }, noon)
        for (const line of order.lines) {
          while (line.currentQuantity > 0) {
            const quantity = 1 + (chance.next().value % line.currentQuantity)
            shop.refund(order.id, { lines: [{ lineId: line.id, quantity, restock: quantity % 2 === 0 }] }, noon)
            expectBalance(order)
          }
        }
        if (given.shipping > 0)
          shop.refund(order.id, { lines: [], shipping: minor(given.shipping, given.currency) }, noon)
        const figures = figuresOf(order)
        expect(plain(figures)).toMatchObject({
          currentTotal: '0',
          currentTax: '0',
          outstanding: '0',
          received: total.toString(),
          refunded: total.toString(),
        })
      }),
    )
  })

  it('keeps its balance through edits', () => {
    const steps = fc.array(
      fc.record({ line: fc.nat(), quantity: fc.integer({ min: 0, max: 9 }), refund: fc.boolean() }),
      { maxLength: 8 },
    )
    fc.assert(
      fc.property(cart, steps, (given, edits) => {
        const { shop, order } = ordered(given)
        order.source = 'pos'
        for (const { line: pick, quantity, refund } of edits) {
          const line = order.lines[pick % order.lines.length]
          if (line === undefined) continue
          if (refund && line.currentQuantity > 0)
            shop.refund(order.id, { lines: [{ lineId: line.id, quantity: 1, restock: true }] }, noon)
          else shop.edit(order.id, { lines: [{ lineId: line.id, quantity }] }, noon)
          const { outstanding } = figuresOf(order)
          if (outstanding.greaterThan(0)) shop.capture(order.id, outstanding, 'manual', noon)
          expectBalance(order)
          expect(line.currentQuantity).toBeLessThanOrEqual(line.quantity)
        }
      }),
    )
  })

  /** All that came in and went out is what is owed, less what is outstanding. */
  function expectBalance(order: Order): void {
    const { currentTotal, received, refunded, outstanding, total } = figuresOf(order)
    expect(received.minus(refunded).plus(outstanding).toString()).toBe(currentTotal.toString())
    expect(currentTotal.isNegative() && !currentTotal.isZero()).toBe(false)
    expect(currentTotal.lessThanOrEqualTo(total)).toBe(true)
  }
})

it('spreads an amount so that the parts add up and none is off by a unit or more', () => {
  fc.assert(
    fc.property(
      currencies,
      fc.nat(1_000_000),
      fc.array(fc.nat(100_000), { minLength: 1, maxLength: 20 }),
      (currency, units, weights) => {
        fc.pre(weights.some((weight) => weight > 0))
        const amount = minor(units, currency)
        const parts = spread(
          amount,
          weights.map((weight) => d(weight)),
          currency,
        )
        expect(sum(parts).toString()).toBe(amount.toString())
        const whole = weights.reduce((one, other) => one + other, 0)
        for (const [at, part] of parts.entries()) {
          expect(
            part
              .minus(amount.times(weights[at] ?? 0).div(whole))
              .abs()
              .lessThan(minor(1, currency)),
          ).toBe(true)
        }
      },
    ),
  )
})
