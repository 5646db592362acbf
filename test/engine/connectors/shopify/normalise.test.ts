/** Shopify's orders in our words: what was agreed, paid, sent and given back, to the cent. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { DomainRecord, Order } from '../../../../src-main/domain/records.ts'
import { productRecords } from '../../../../src-main/engine/connectors/shopify/normalise.ts'
import { variantRow } from '../../../../src-main/engine/connectors/shopify/wire.ts'
import { openShop, ordersIn, pagesOf, recordsIn } from './read.ts'
import { gid, shopNow } from './shop.ts'
import { shopifySchemaMissing } from '../../../support/shopify-schema.ts'

let records: readonly DomainRecord[] = []
const order = (number: string): Order => {
  const found = ordersIn(records).find((one) => one.number === number)
  if (found === undefined) throw new Error(`no order ${number}`)
  return found
}

beforeAll(async () => {
  const shop = await openShop()
  const pages = await pagesOf(shop, 'orders')
  records = recordsIn(
    'orders',
    pages.flatMap((page) => page.rows),
  )
  await shop.platform.close()
})

describe.skipIf(shopifySchemaMissing)('an order of Shopify', () => {
  it('is known by its name without the mark, in the currency of the books', () => {
    expect(order('1001')).toMatchObject({
      id: gid('Order', 5_001_001),
      number: '1001',
      currency: 'EUR',
      taxesIncluded: true,
      channel: 'web',
      market: { country: 'DE', region: null },
      totals: { lines: '11.9', discount: '0', shipping: '4.9', tax: '2.68', total: '16.8' },
      payment: {
        state: 'captured',
        method: 'shopify_payments',
        giftCardPaid: 0,
        captures: [{ amount: 1680 }],
      },
      fulfilment: { state: 'none', shippedAt: null, tracking: [] },
      cancelledAt: null,
      test: false,
    })
  })

  it('takes what every discount took off a line, and keeps no telephone number as a mark', () => {
    expect(order('1002')).toMatchObject({
      lines: [
        {
          unitPrice: '11.9',
          discount: '2.38',
          total: '9.52',
          taxes: [{ ratePercent: '19', amount: '1.52' }],
        },
      ],
      totals: { discount: '2.38', total: '14.42' },
      marks: ['wholesale'],
      discountCodes: ['WELCOME10'],
    })
  })

  it('keeps what was refunded as agreed', () => {
    expect(order('1003')).toMatchObject({
      lines: [{ quantity: '3', total: '35.7' }],
      totals: { total: '40.6' },
      refunds: [
        {
          id: gid('Refund', 300),
          amount: 1190,
          tax: '1.9',
          lines: [{ sku: 'MUG-BLK', quantity: '1' }],
        },
      ],
    })
    expect(records).toContainEqual(
      expect.objectContaining({
        kind: 'refund',
        id: gid('Refund', 300),
        orderId: gid('Order', 5_001_003),
        amount: 1190,
      }),
    )
  })

  it('says what the smallest coin added to payments and refunds in cash', () => {
    expect([order('1001').cashRounding, order('1003').cashRounding]).toEqual([{ paid: 0, refunded: 0 }, { paid: -2, refunded: 1 }])
  })

  it('leaves out what an edit removed, which Shopify notes as a refund without money', () => {
    expect(order('1004')).toMatchObject({
      lines: [{ quantity: '1', total: '11.9', taxes: [{ amount: '1.9' }] }],
      totals: { tax: '2.68', total: '16.8' },
      refunds: [],
    })
    expect(records.some((record) => record.id === gid('Refund', 400))).toBe(false)
  })

  it('counts a gift card as payment and not as a capture', () => {
    expect(order('1005').payment).toMatchObject({
      captures: [],
      giftCardPaid: 1680,
      method: 'gift_card',
      gatewayRefs: [],
    })
  })

  it('counts only transactions that succeeded, and groups captures under their authorisation', () => {
    expect(order('1006').payment).toMatchObject({
      state: 'partly-captured',
      authorisedAt: Date.parse('2026-11-20T10:00:05Z'),
      captures: [{ at: Date.parse('2026-11-21T09:05:00Z'), amount: 1000 }],
    })
    const payments = records.filter(
      (record) => record.kind === 'payment' && record.orderId === gid('Order', 5_001_006),
    )
    expect(payments).toMatchObject([
      { id: gid('OrderTransaction', 61), amount: 1680, captures: [{ amount: 1000 }] },
    ])
  })

  it('keeps what a cancelled order was for', () => {
    expect(order('1007')).toMatchObject({
      cancelledAt: Date.parse('2026-11-23T10:00:00Z'),
      cancelReason: 'inventory',
      lines: [{ quantity: '1' }],
      totals: { total: '16.8' },
    })
  })

  it('has all its lines, however many pages they take', () => {
    expect(order('1008').lines.map((line) => line.sku)).toEqual(
      Array.from({ length: 23 }, (_, index) => `PART-${index}`),
    )
  })

  it('tells which units left from where, without a parcel that was cancelled', () => {
    expect(order('1009')).toMatchObject({
      fulfilment: { state: 'partly', tracking: ['JJD901'] },
      lines: [{ quantity: '2', allocations: [{ location: 'Hamburg', quantity: '1' }] }],
    })
    const parcels = records.filter(
      (record) => record.kind === 'shipment' && record.orderIds.includes(gid('Order', 5_001_009)),
    )
    expect(parcels).toMatchObject([
      { state: 'shipped', lines: [{ sku: 'MUG-BLK', quantity: '1' }] },
      { state: 'cancelled', shippedAt: null },
    ])
  })

  it('tells where units are held that are still to be sent', () => {
    expect(order('1011').lines).toMatchObject([
      { quantity: '1', allocations: [{ location: 'Hamburg', quantity: '1' }] },
    ])
  })

  it('tells the lines of an only parcel from the order, without asking for them', () => {
    expect(order('1013')).toMatchObject({
      fulfilment: { state: 'delivered' },
      lines: [{ allocations: [{ location: 'Hamburg', quantity: '1' }] }],
    })
  })

  it('says whose tax it is, and takes the rate from where it is stated', () => {
    expect(order('1010')).toMatchObject({
      channel: 'amazon-us',
      taxesIncluded: false,
      lines: [
        {
          taxes: [
            { code: 'New York State Tax', ratePercent: '8.25', collectedByMarketplace: true },
          ],
        },
      ],
    })
  })

  it('is promised when Shopify says so of a scheduled order, and never else', () => {
    expect(order('1011').promisedAt).toBe(Date.parse('2026-12-15T00:00:00Z'))
    expect(ordersIn(records).filter((one) => one.promisedAt !== null)).toHaveLength(1)
  })

  it('carries a company’s tax number, and only attributes that look like marks', () => {
    expect(order('1012')).toMatchObject({
      customer: { vatId: 'DE123456789', taxExempt: true },
      marks: ['attribute.erp=A-1012'],
    })
  })

  it.each([
    ['number', '1012'],
    ['poNumber', 'PO-77'],
    ['metafield.custom.erp_number', 'M-1012'],
    ['customAttribute.erp', 'A-1012'],
  ])('is known by %s where the settings say so', async (setting, number) => {
    const shop = await openShop({}, setting)
    const pages = await pagesOf(shop, 'orders')
    await shop.platform.close()
    const all = ordersIn(
      recordsIn(
        'orders',
        pages.flatMap((page) => page.rows),
        setting,
      ),
    )
    expect(all.find((one) => one.id === gid('Order', 5_001_012))?.number).toBe(number)
    const nameless = all.filter((one) => one.number.startsWith('name:#'))
    expect(nameless.every((one) => one.marks.includes(`number-missing:${setting}`))).toBe(true)
    expect(nameless).toHaveLength(setting === 'number' ? 0 : 44)
  })

  it('is dated by when it was placed, not by when it was touched', () => {
    expect(ordersIn(records).every((one) => one.placedAt < shopNow)).toBe(true)
  })
})

describe.skipIf(shopifySchemaMissing)('stock of Shopify', () => {
  it('judges nothing by an item that is not counted or whose SKU several carry, and knows what may be sold below zero', async () => {
    const shop = await openShop()
    const pages = await pagesOf(shop, 'stock')
    await shop.platform.close()
    const levels = recordsIn(
      'stock',
      pages.flatMap((page) => page.rows),
    )
    const known = (id: string) => levels.find((level) => level.id === id)
    expect(known('MUG-BLK@Hamburg')).toMatchObject({
      available: '11',
      onHand: '13',
      reserved: '2',
      tracked: true,
      backorder: false,
    })
    expect(known('PRE-1@Leipzig')).toMatchObject({ available: '12', backorder: true })
    expect(known('FREE@Hamburg')).toMatchObject({ tracked: false })
    expect(known('TWICE@Hamburg')).toMatchObject({ tracked: false })
    expect(levels.filter((level) => level.kind === 'stock' && level.sku === '')).toEqual([])
  })
})

describe('a product of Shopify', () => {
  const variant = (displayName: string) =>
    productRecords(
      variantRow.parse({ id: gid('ProductVariant', 1), sku: 'MUG', barcode: '', price: '12.50', displayName, updatedAt: '2026-11-20T10:00:00Z', inventoryItem: { tracked: true, requiresShipping: true }, product: { status: 'ACTIVE' } }),
    )

  it('is called by its own name where it has no variants, and by both where it has', () => {
    expect(['Mug - Default Title', 'Mug - Black'].flatMap(variant).map((product) => product.title)).toEqual(['Mug', 'Mug - Black'])
  })
})
