/** What may be done in the simulated shop, and what each move does to stock, payment and stamps. */
import { describe, expect, it } from 'vitest'
import { figuresOf, financialStatusOf, fulfillmentStatusOf } from '../../../src-main/world/shop/figures.ts'
import type { Order } from '../../../src-main/world/shop/shop.ts'
import { aCheckout, aShop, aVariant, d, noon, taxes, type Sample } from './a-shop.ts'

function stock({ shop, vienna }: Sample, variantId: number, locationId = vienna) {
  const level = [...shop.books.levels.all()].find((each) => each.variantId === variantId && each.locationId === locationId)
  return level === undefined ? null : { available: level.available, committed: level.committed }
}

function lineId(order: Order, at = 0): number {
  const line = order.lines[at]
  if (line === undefined) throw new Error('no such line')
  return line.id
}

describe('stock', () => {
  it('is promised when it is ordered, leaves when it is sent, and comes back to where it was sent from', () => {
    const sample = aShop()
    const { shop, mug, vienna } = sample
    const order = shop.place(aCheckout([{ variantId: mug, quantity: 5 }]))
    expect(stock(sample, mug)).toEqual({ available: 95, committed: 5 })
    shop.fulfil(order.id, { lines: [{ lineId: lineId(order), quantity: 2 }], locationId: vienna, tracking: [] }, noon + 1)
    expect(stock(sample, mug)).toEqual({ available: 95, committed: 3 })
    shop.refund(order.id, { lines: [{ lineId: lineId(order), quantity: 4, restock: true }] }, noon + 2)
    expect(stock(sample, mug)).toEqual({ available: 99, committed: 0 })
    expect(order.refunds[0]?.lines.map(({ quantity, sent, locationId }) => ({ quantity, sent, locationId }))).toEqual([
      { quantity: 3, sent: false, locationId: vienna }, { quantity: 1, sent: true, locationId: vienna },
    ])
  })

  it('is written off when units that were never sent are refunded and not restocked', () => {
    const sample = aShop()
    const order = sample.shop.place(aCheckout([{ variantId: sample.mug, quantity: 5 }]))
    sample.shop.refund(order.id, { lines: [{ lineId: lineId(order), quantity: 2, restock: false }] }, noon)
    expect(stock(sample, sample.mug)).toEqual({ available: 95, committed: 3 })
  })

  it('leaves from another place than it was promised at', () => {
    const sample = aShop()
    const { shop, mug, vienna, graz } = sample
    shop.setAvailable(mug, graz, 10, noon)
    const order = shop.place(aCheckout([{ variantId: mug, quantity: 4 }]))
    shop.fulfil(order.id, { lines: [{ lineId: lineId(order), quantity: 4 }], locationId: graz, tracking: [] }, noon)
    expect([stock(sample, mug, vienna), stock(sample, mug, graz)]).toEqual([{ available: 100, committed: 0 }, { available: 6, committed: 0 }])
  })

  it('is promised again when a parcel is called back, and given back when the order is cancelled, once', () => {
    const sample = aShop()
    const { shop, mug, vienna } = sample
    const order = shop.place(aCheckout([{ variantId: mug, quantity: 3 }]))
    const parcel = shop.fulfil(order.id, { lines: [{ lineId: lineId(order), quantity: 3 }], locationId: vienna, tracking: [] }, noon)
    expect(() => shop.cancel(order.id, 'CUSTOMER', noon)).toThrow('was sent')
    shop.changeFulfilment(order.id, parcel.id, { status: 'CANCELLED' }, noon)
    expect(stock(sample, mug)).toEqual({ available: 97, committed: 3 })
    shop.cancel(order.id, 'CUSTOMER', noon)
    shop.refund(order.id, { lines: [{ lineId: lineId(order), quantity: 3, restock: true }] }, noon)
    expect(stock(sample, mug)).toEqual({ available: 100, committed: 0 })
  })

  it('is taken from the first place that has enough', () => {
    const sample = aShop()
    sample.shop.setAvailable(sample.mug, sample.vienna, 2, noon)
    sample.shop.setAvailable(sample.mug, sample.graz, 9, noon)
    const order = sample.shop.place(aCheckout([{ variantId: sample.mug, quantity: 3 }]))
    expect(order.lines[0]?.locationId).toBe(sample.graz)
  })

  it('is not sold twice by the online store, and then nothing of the cart is promised; other channels oversell', () => {
    const sample = aShop()
    const lines = [{ variantId: sample.tea, quantity: 1 }, { variantId: sample.mug, quantity: 60 }, { variantId: sample.mug, quantity: 60 }]
    expect(() => sample.shop.place(aCheckout(lines))).toThrow('only 100 are left')
    expect(stock(sample, sample.tea)).toEqual({ available: 100, committed: 0 })
    sample.shop.place(aCheckout(lines, { source: 'Amazon' }))
    expect(stock(sample, sample.mug)).toEqual({ available: -20, committed: 120 })
  })

  it('has no levels where nothing is counted', () => {
    const sample = aShop()
    const voucher = sample.shop.addVariant(aVariant({ sku: 'GIFT', giftCard: true, taxable: false, tracked: false, requiresShipping: false }), noon)
    const order = sample.shop.place(aCheckout([{ variantId: voucher.id, quantity: 1 }]))
    expect([stock(sample, voucher.id), order.lines[0]?.locationId]).toEqual([null, null])
  })
})

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

  it('comes partly by gift card and goes back the way it came, in the order it came', () => {
    const { shop, order } = placed()
    shop.capture(order.id, d(29), 'gift_card', noon)
    shop.capture(order.id, d(100), 'paypal', noon)
    const refund = shop.refund(order.id, { lines: [{ lineId: lineId(order), quantity: 4, restock: true }] }, noon)
    const back = order.transactions.filter((each) => refund.transactionIds.includes(each.id))
    expect(back.map(({ gateway, amount }) => `${gateway} ${amount.toString()}`)).toEqual(['gift_card 29', 'paypal 22.6'])
    shop.refund(order.id, { lines: [{ lineId: lineId(order), quantity: 1, restock: true }], gateway: 'bank_deposit' }, noon)
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
    expect([order.cashRounding?.toString(), figuresOf(order).received.toString(), financialStatusOf(order)]).toEqual(['0.02', '12.93', 'PAID'])
  })
})

describe('an order', () => {
  it('is stamped by every move with its instant, and its customer by being bought for', () => {
    const { shop, mug, vienna } = aShop()
    const customer = shop.addCustomer({ email: null, name: 'Ada', company: null, vatId: null, taxExempt: false }, noon)
    const order = shop.place(aCheckout([{ variantId: mug, quantity: 2 }], { at: noon + 1, customerId: customer.id }))
    const stamps = [customer.changedAt, order.changedAt]
    const parcel = { current: 0 }
    const moves: ((at: number) => void)[] = [
      (at) => shop.authorise(order.id, d('25.80'), 'paypal', at),
      (at) => shop.capture(order.id, d('25.80'), 'paypal', at),
      (at) => { parcel.current = shop.fulfil(order.id, { lines: [{ lineId: lineId(order), quantity: 1 }], locationId: vienna, tracking: [] }, at).id },
      (at) => shop.changeFulfilment(order.id, parcel.current, { tracking: [{ company: 'DHL', number: '1' }] }, at),
      (at) => shop.tag(order.id, ['seen'], at),
      (at) => shop.annotate(order.id, { note: 'hello' }, at),
      (at) => shop.edit(order.id, { lines: [{ lineId: lineId(order), quantity: 1 }] }, at),
      (at) => shop.refund(order.id, { lines: [] }, at),
    ]
    for (const [count, move] of moves.entries()) {
      move(noon + 10 + count)
      stamps.push(order.changedAt)
    }
    expect(stamps).toEqual([noon + 1, noon + 1, ...moves.map((_move, count) => noon + 10 + count)])
    expect(shop.books.orders.changedSince(noon + 17)).toEqual([order])
  })

  it('keeps counting what an edit took off, and owes only what is left', () => {
    const sample = aShop({ taxes: taxes({ taxesIncluded: false }) })
    const { shop, mug, tea } = sample
    const order = shop.place(aCheckout([{ variantId: mug, quantity: 3 }]))
    shop.edit(order.id, { lines: [{ lineId: lineId(order), quantity: 1 }], added: [{ variantId: tea, quantity: 2 }] }, noon)
    expect(order.lines.map(({ quantity, currentQuantity }) => [quantity, currentQuantity])).toEqual([[3, 1], [2, 2]])
    // Three mugs and two teas with twenty percent on top; owed are one mug and the teas.
    const { total, currentTotal, currentTax } = figuresOf(order)
    expect([total, currentTotal, currentTax, order.originalTotal].map(String)).toEqual(['56.88', '25.92', '4.32', '46.44'])
    expect([stock(sample, mug), order.edited]).toEqual([{ available: 99, committed: 1 }, true])
  })

  it('is archived when it is paid and sent, and comes out when something is added', () => {
    const { shop, mug, tea, vienna } = aShop()
    const order = shop.place(aCheckout([{ variantId: mug, quantity: 1 }]))
    shop.capture(order.id, d('12.90'), 'paypal', noon + 1)
    expect([order.closedAt, fulfillmentStatusOf(order)]).toEqual([null, 'UNFULFILLED'])
    shop.fulfil(order.id, { lines: [{ lineId: lineId(order), quantity: 1 }], locationId: vienna, tracking: [] }, noon + 2)
    expect([order.closedAt, fulfillmentStatusOf(order)]).toEqual([noon + 2, 'FULFILLED'])
    shop.edit(order.id, { added: [{ variantId: tea, quantity: 1 }] }, noon + 3)
    expect([order.closedAt, fulfillmentStatusOf(order), financialStatusOf(order)]).toEqual([null, 'PARTIALLY_FULFILLED', 'PARTIALLY_PAID'])
  })

  it('is taxed by its marketplace, or not at all', () => {
    const { shop, mug } = aShop()
    const lines = [{ variantId: mug, quantity: 1 }]
    expect(shop.place(aCheckout(lines, { channelLiable: true })).lines[0]?.taxLines).toMatchObject([{ channelLiable: true, amount: d('2.15') }])
    expect(shop.place(aCheckout(lines, { taxExempt: true })).lines[0]?.taxLines).toEqual([])
    expect(shop.place(aCheckout(lines, { shipTo: { country: 'CH', region: null } })).lines[0]?.taxLines).toEqual([])
  })

  it('is numbered on, also after a number that was given, and another shop may give the same', () => {
    const { shop, mug } = aShop()
    const lines = [{ variantId: mug, quantity: 1 }]
    const numbers = [shop.place(aCheckout(lines)), shop.place(aCheckout(lines, { number: 2000 })), shop.place(aCheckout(lines))].map(({ name }) => name)
    expect(numbers).toEqual(['#1001', '#2000', '#2001'])
    const other = aShop({ idsAfter: 500 })
    const same = other.shop.place(aCheckout([{ variantId: other.mug, quantity: 1 }]))
    expect([same.name, shop.books.orders.get(same.id), shop.books.orders.get(same.id - 500)?.name]).toEqual(['#1001', null, '#1001'])
  })

  it.each([
    ['nothing', () => aCheckout([]), 'at least one line'],
    ['half a mug', ({ mug }: Sample) => aCheckout([{ variantId: mug, quantity: 0.5 }]), 'no quantity'],
    ['what is not on sale', ({ shop, mug }: Sample) => {
      shop.changeVariant(mug, { status: 'ARCHIVED' }, noon)
      return aCheckout([{ variantId: mug, quantity: 1 }])
    }, 'not on sale'],
    ['more off than it costs', ({ mug }: Sample) => aCheckout([{ variantId: mug, quantity: 1, discount: { amount: d(20), code: null } }]), 'never more'],
    ['another currency than the shop’s', ({ mug }: Sample) => aCheckout([{ variantId: mug, quantity: 1 }], { currency: 'JPY' }), 'sells in EUR alone'],
  ])('cannot be placed for %s', (_what, checkout, says) => {
    const sample = aShop()
    expect(() => sample.shop.place(checkout(sample))).toThrow(says)
    expect(sample.shop.books.orders.size).toBe(0)
  })
})
