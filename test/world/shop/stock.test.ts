/** Where the simulated shop's units lie, and what is promised of them. */
import { describe, expect, it } from 'vitest'
import { aCheckout, aShop, aVariant, lineId, noon, stock } from './a-shop.ts'

describe('stock', () => {
  it('is promised when it is ordered, leaves when it is sent, and comes back to where it was sent from', () => {
    const sample = aShop()
    const { shop, mug, vienna } = sample
    const order = shop.place(aCheckout([{ variantId: mug, quantity: 5 }]))
    expect(stock(sample, mug)).toEqual({ available: 95, committed: 5 })
    shop.fulfil(
      order.id,
      { lines: [{ lineId: lineId(order), quantity: 2 }], locationId: vienna, tracking: [] },
      noon + 1,
    )
    expect(stock(sample, mug)).toEqual({ available: 95, committed: 3 })
    shop.refund(order.id, { lines: [{ lineId: lineId(order), quantity: 4, restock: true }] }, noon + 2)
    expect(stock(sample, mug)).toEqual({ available: 99, committed: 0 })
    expect(order.refunds[0]?.lines.map(({ quantity, sent, locationId }) => ({ quantity, sent, locationId }))).toEqual([
      { quantity: 3, sent: false, locationId: vienna },
      { quantity: 1, sent: true, locationId: vienna },
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
    expect([stock(sample, mug, vienna), stock(sample, mug, graz)]).toEqual([
      { available: 100, committed: 0 },
      { available: 6, committed: 0 },
    ])
  })

  it('is promised again when a parcel is called back, and given back when the order is cancelled, once', () => {
    const sample = aShop()
    const { shop, mug, vienna } = sample
    const order = shop.place(aCheckout([{ variantId: mug, quantity: 3 }]))
    const parcel = shop.fulfil(
      order.id,
      { lines: [{ lineId: lineId(order), quantity: 3 }], locationId: vienna, tracking: [] },
      noon,
    )
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
    const lines = [
      { variantId: sample.tea, quantity: 1 },
      { variantId: sample.mug, quantity: 60 },
      { variantId: sample.mug, quantity: 60 },
    ]
    expect(() => sample.shop.place(aCheckout(lines))).toThrow('only 100 are left')
    expect(stock(sample, sample.tea)).toEqual({ available: 100, committed: 0 })
    sample.shop.place(aCheckout(lines, { source: 'Amazon' }))
    expect(stock(sample, sample.mug)).toEqual({ available: -20, committed: 120 })
  })

  it('has no levels where nothing is counted', () => {
    const sample = aShop()
    const voucher = sample.shop.addVariant(
      aVariant({ sku: 'GIFT', giftCard: true, taxable: false, tracked: false, requiresShipping: false }),
      noon,
    )
    const order = sample.shop.place(aCheckout([{ variantId: voucher.id, quantity: 1 }]))
    expect([stock(sample, voucher.id), order.lines[0]?.locationId]).toEqual([null, null])
  })
})
