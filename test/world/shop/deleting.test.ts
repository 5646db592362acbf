/** What leaves the shop for good, and what goes on speaking of it. */
import { describe, expect, it } from 'vitest'
import { aCheckout, aShop, aVariant, lineId, noon } from './a-shop.ts'

describe('a deleted order', () => {
  it('answers nobody any more, and its number is not given again', () => {
    const { shop, mug } = aShop()
    const order = shop.place(aCheckout([{ variantId: mug, quantity: 2 }]))
    shop.cancel(order.id, 'CUSTOMER', noon)
    shop.deleteOrder(order.id)
    expect([shop.books.orders.get(order.id), shop.books.orders.changedSince(0)]).toEqual([null, []])
    expect(shop.place(aCheckout([{ variantId: mug, quantity: 1 }])).number).toBe(order.number + 1)
  })

  it('was a test, or cancelled or archived before: an open one cannot be deleted', () => {
    const { shop, mug } = aShop()
    const [open, test, archived] = [{}, { test: true }, {}].map((facts) => shop.place(aCheckout([{ variantId: mug, quantity: 1 }], facts)))
    shop.archive(archived?.id ?? 0, true, noon)
    expect(() => shop.deleteOrder(open?.id ?? 0)).toThrow('is open and cannot be deleted')
    for (const one of [test, archived]) shop.deleteOrder(one?.id ?? 0)
    expect([...shop.books.orders.all()]).toEqual([open])
  })
})

describe('a deleted variant', () => {
  it('takes its levels with it; what was bought of it can be sent and given back all the same', () => {
    const { shop, mug, tea, vienna } = aShop()
    const order = shop.place(aCheckout([{ variantId: mug, quantity: 2 }]))
    shop.deleteVariant(mug)
    expect([...shop.books.levels.all()].map(({ variantId }) => variantId)).toEqual([tea])
    shop.capture(order.id, order.originalTotal, 'paypal', noon)
    shop.fulfil(order.id, { lines: [{ lineId: lineId(order), quantity: 2 }], locationId: vienna, tracking: [] }, noon)
    shop.refund(order.id, { lines: [{ lineId: lineId(order), quantity: 1, restock: true }] }, noon)
    expect(order.lines.map(({ sku, currentQuantity }) => [sku, currentQuantity])).toEqual([['MUG', 1]])
  })

  it('may be made anew under its SKU, and is another one then, with nothing on its shelves', () => {
    const { shop, mug } = aShop()
    shop.deleteVariant(mug)
    const anew = shop.addVariant(aVariant({ sku: 'MUG' }), noon)
    expect(anew.id).not.toBe(mug)
    expect([...shop.books.levels.all()].filter(({ variantId }) => variantId === anew.id)).toEqual([])
  })
})
