/** What happens to an order of the simulated shop from its placing to its archive, and what each move stamps. */
import { describe, expect, it } from 'vitest'
import { figuresOf, financialStatusOf, fulfillmentStatusOf } from '../../../src-main/world/shop/figures.ts'
import { aCheckout, aShop, d, lineId, noon, stock, taxes, type Sample } from './a-shop.ts'

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
      (at) => {
        parcel.current = shop.fulfil(
          order.id,
          { lines: [{ lineId: lineId(order), quantity: 1 }], locationId: vienna, tracking: [] },
          at,
        ).id
      },
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
    shop.edit(
      order.id,
      { lines: [{ lineId: lineId(order), quantity: 1 }], added: [{ variantId: tea, quantity: 2 }] },
      noon,
    )
    expect(order.lines.map(({ quantity, currentQuantity }) => [quantity, currentQuantity])).toEqual([
      [3, 1],
      [2, 2],
    ])
    // Three mugs and two teas with twenty percent on top; owed are one mug and the teas.
    const { total, currentTotal, currentTax } = figuresOf(order)
    expect([total, currentTotal, currentTax, order.originalTotal].map(String)).toEqual([
      '56.88',
      '25.92',
      '4.32',
      '46.44',
    ])
    expect([stock(sample, mug), order.edited]).toEqual([{ available: 99, committed: 1 }, true])
  })

  it('is archived when it is paid and sent, and comes out when something is added', () => {
    const { shop, mug, tea, vienna } = aShop()
    const order = shop.place(aCheckout([{ variantId: mug, quantity: 1 }]))
    shop.capture(order.id, d('12.90'), 'paypal', noon + 1)
    expect([order.closedAt, fulfillmentStatusOf(order)]).toEqual([null, 'UNFULFILLED'])
    shop.fulfil(
      order.id,
      { lines: [{ lineId: lineId(order), quantity: 1 }], locationId: vienna, tracking: [] },
      noon + 2,
    )
    expect([order.closedAt, fulfillmentStatusOf(order)]).toEqual([noon + 2, 'FULFILLED'])
    shop.edit(order.id, { added: [{ variantId: tea, quantity: 1 }] }, noon + 3)
    expect([order.closedAt, fulfillmentStatusOf(order), financialStatusOf(order)]).toEqual([
      null,
      'PARTIALLY_FULFILLED',
      'PARTIALLY_PAID',
    ])
  })

  it('is taxed by its marketplace, or not at all', () => {
    const { shop, mug } = aShop()
    const lines = [{ variantId: mug, quantity: 1 }]
    expect(shop.place(aCheckout(lines, { channelLiable: true })).lines[0]?.taxLines).toMatchObject([
      { channelLiable: true, amount: d('2.15') },
    ])
    expect(shop.place(aCheckout(lines, { taxExempt: true })).lines[0]?.taxLines).toEqual([])
    expect(shop.place(aCheckout(lines, { shipTo: { country: 'CH', region: null } })).lines[0]?.taxLines).toEqual([])
  })

  it('is numbered on, also after a number that was given, and another shop may give the same', () => {
    const { shop, mug } = aShop()
    const lines = [{ variantId: mug, quantity: 1 }]
    const numbers = [
      shop.place(aCheckout(lines)),
      shop.place(aCheckout(lines, { number: 2000 })),
      shop.place(aCheckout(lines)),
    ].map(({ name }) => name)
    expect(numbers).toEqual(['#1001', '#2000', '#2001'])
    const other = aShop({ idsAfter: 500 })
    const same = other.shop.place(aCheckout([{ variantId: other.mug, quantity: 1 }]))
    expect([same.name, shop.books.orders.get(same.id), shop.books.orders.get(same.id - 500)?.name]).toEqual([
      '#1001',
      null,
      '#1001',
    ])
  })

  it.each([
    ['nothing', () => aCheckout([]), 'at least one line'],
    ['half a mug', ({ mug }: Sample) => aCheckout([{ variantId: mug, quantity: 0.5 }]), 'no quantity'],
    [
      'what is not on sale',
      ({ shop, mug }: Sample) => {
        shop.changeVariant(mug, { status: 'ARCHIVED' }, noon)
        return aCheckout([{ variantId: mug, quantity: 1 }])
      },
      'not on sale',
    ],
    [
      'more off than it costs',
      ({ mug }: Sample) => aCheckout([{ variantId: mug, quantity: 1, discount: { amount: d(20), code: null } }]),
      'never more',
    ],
    [
      'another currency than the shop’s',
      ({ mug }: Sample) => aCheckout([{ variantId: mug, quantity: 1 }], { currency: 'JPY' }),
      'sells in EUR alone',
    ],
  ])('cannot be placed for %s', (_what, checkout, says) => {
    const sample = aShop()
    expect(() => sample.shop.place(checkout(sample))).toThrow(says)
    expect(sample.shop.books.orders.size).toBe(0)
  })
})
