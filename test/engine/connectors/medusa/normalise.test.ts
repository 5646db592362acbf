import { describe, expect, it } from 'vitest'
import { add, compare, subtract } from '../../../../src-main/domain/decimal.ts'
import { type DomainRecord, type Order, recordSchema } from '../../../../src-main/domain/records.ts'
import {
  productRecords,
  stockRecords,
} from '../../../../src-main/engine/connectors/medusa/normalise.ts'
import { orderRecords } from '../../../../src-main/engine/connectors/medusa/normalise-order.ts'
import {
  orderRow,
  stockRow,
  variantRow,
} from '../../../../src-main/engine/connectors/medusa/wire.ts'
import { type Row, recordedLists, recordedOrder } from './platform.ts'

const settings = { orderNumber: 'metadata.shop_number' }

function recordsOf(row: Row, orderNumber = settings.orderNumber): readonly DomainRecord[] {
  const records = orderRecords(orderRow.parse(row), { orderNumber })
  for (const record of records) recordSchema.parse(record)
  return records
}

function orderOf(row: Row, orderNumber?: string): Order {
  const order = recordsOf(row, orderNumber).find((record) => record.kind === 'order')
  if (order?.kind !== 'order') throw new Error('no order')
  return order
}

const numbers = (recordedLists()['orders'] ?? []).map(
  (row) => Object(row['metadata']).shop_number as string,
)

/** Changes each line, or each shipping method, of a recorded row. */
function eachPart(row: Row, list: 'items' | 'shipping_methods', change: Row): Row {
  const parts = row[list]
  return {
    ...row,
    [list]: Array.isArray(parts) ? parts.map((part: object) => ({ ...part, ...change })) : [],
  }
}

describe('what came back to a Medusa shop', () => {
  const recorded = recordedOrder('SO-10047')
  const counted = (detail: Row | null) => orderOf(eachPart(recorded, 'items', { detail })).returns

  it('is what its lines count as received, worth the shelf or not', () => {
    const none = { return_received_quantity: '0', return_dismissed_quantity: '0' }
    expect(counted({ ...none, return_requested_quantity: '1' })).toEqual([])
    const some = counted({ return_received_quantity: '1', return_dismissed_quantity: '1' })
    expect(some?.map(({ at, lines }) => [at, lines.map(({ quantity }) => quantity)])).toEqual([
      [null, ['2']],
      [null, ['2']],
    ])
    const exactly = { value: '0.5', precision: 20 }
    expect(counted({ ...none, raw_return_received_quantity: exactly })?.[0]?.lines[0]?.quantity).toBe('0.5')
  })

  it('is not stated by lines that do not count it', () => {
    expect(orderOf(recorded).returns).toBeNull()
    expect(counted(null)).toBeNull()
    expect(counted({ return_received_quantity: null })).toBeNull()
  })
})

describe('an order of Medusa', () => {
  it('keeps what the customer agreed to when a refund lowers its total', () => {
    const whole = orderOf(recordedOrder('SO-10035'))
    expect(whole.totals).toMatchObject({
      lines: '57.8',
      discount: '0',
      shipping: '4.9',
      total: '62.7',
    })
    expect(whole.payment).toMatchObject({ state: 'refunded', captures: [{ amount: 6270 }] })
    expect(whole.refunds).toMatchObject([{ amount: 6270, tax: null, lines: [] }])
    const part = orderOf(recordedOrder('SO-10025'))
    expect([
      part.totals.total,
      part.payment.state,
      part.refunds.map((refund) => refund.amount),
    ]).toEqual(['99.8', 'partly-refunded', [150]])
  })

  it('has the price after discount in its total, and the discount beside it', () => {
    const { lines, totals } = orderOf(recordedOrder('SO-10047'))
    expect(totals).toMatchObject({
      lines: '106.65',
      discount: '11.85',
      shipping: '0',
      total: '106.65',
    })
    expect(lines.map(({ unitPrice, discount, total }) => [unitPrice, discount, total])).toEqual([
      ['24.5', '2.45', '22.05'],
      ['94', '9.4', '84.6'],
    ])
  })

  it.each(numbers)(
    '%s adds up to what Medusa says the customer owed at first, to the last digit',
    (number) => {
      const row = recordedOrder(number)
      const { lines, shipping, totals } = orderOf(row)
      expect(totals.total).toBe(Object(row['summary']).original_order_total)
      expect(add(totals.lines, totals.shipping)).toBe(totals.total)
      expect(
        add('0', ...lines.map((line) => line.total), ...shipping.map((one) => one.price)),
      ).toBe(totals.total)
      const taxes = [...lines, ...shipping].flatMap((part) =>
        part.taxes.map((tax) => tax.amount ?? '0'),
      )
      expect(add('0', ...taxes)).toBe(totals.tax)
      // Medusa states the sum as a float: ours is exact, so they agree only to its last digits.
      const apart = subtract(totals.tax, String(row['tax_total']))
      expect([compare(apart, '0.0000000001'), compare(apart, '-0.0000000001')]).toEqual([-1, 1])
    },
  )

  it('takes the exact figure where Medusa states one beside its float', () => {
    expect(orderOf(recordedOrder('SO-10001')).lines[0]?.taxes).toEqual([
      {
        code: 'BE-STD',
        ratePercent: '21',
        amount: '4.2520661157024793388',
        collectedByMarketplace: false,
      },
    ])
  })

  it('is brought to net where its prices are without tax', () => {
    const exclusive = eachPart(
      eachPart(recordedOrder('SO-10047'), 'items', { is_tax_inclusive: false }),
      'shipping_methods',
      { is_tax_inclusive: false },
    )
    const { lines, taxesIncluded, totals } = orderOf(exclusive)
    expect(taxesIncluded).toBe(false)
    expect(lines.map((line) => line.unitPrice)).toEqual(['24.5', '94'])
    const apart = subtract(add(totals.lines, totals.shipping, totals.tax), totals.total)
    expect([compare(apart, '0.0000000001'), compare(apart, '-0.0000000001')]).toEqual([-1, 1])
  })

  it('is brought to net where only its shipping is without tax', () => {
    const mixed = eachPart(recordedOrder('SO-10001'), 'shipping_methods', {
      is_tax_inclusive: false,
    })
    const { lines, shipping, taxesIncluded } = orderOf(mixed)
    expect(taxesIncluded).toBe(false)
    expect(lines[0]?.unitPrice).toBe('20.247933884297520661')
    expect(lines[0]?.total).toBe('20.247933884297520661')
    expect(shipping[0]?.price.slice(0, 6)).toBe('4.0495')
  })

  it('says where its units are held and from where they were sent, by the names of the locations', () => {
    const held = orderOf(recordedOrder('SO-10001'))
    expect(held.lines.map((line) => line.allocations)).toEqual(
      held.lines.map((line) => [{ location: 'Lyon', quantity: line.quantity }]),
    )
    const sent = recordsOf(recordedOrder('SO-10004'))
    const order = sent.find((record) => record.kind === 'order')
    expect(order).toMatchObject({
      fulfilment: {
        state: 'shipped',
        shippedAt: expect.any(Number),
        tracking: [expect.stringMatching(/^TRK/)],
      },
    })
    const places =
      order?.kind === 'order'
        ? order.lines.flatMap((line) => line.allocations.map((one) => one.location))
        : []
    expect(new Set(places)).toEqual(new Set(['Lyon']))
    const shipment = sent.find((record) => record.kind === 'shipment')
    expect(shipment).toMatchObject({
      orderIds: [order?.id],
      state: 'shipped',
      location: 'Lyon',
      tracking: [expect.stringMatching(/^TRK/)],
    })
  })

  it('does not count what a cancelled fulfilment would have sent', () => {
    const row = recordedOrder('SO-10004')
    const fulfilments = Array.isArray(row['fulfillments']) ? row['fulfillments'] : []
    const cancelled = fulfilments.map((one: object) => ({
      ...one,
      canceled_at: '2026-11-23T09:30:00.000Z',
    }))
    const records = recordsOf({ ...row, fulfillments: cancelled, fulfillment_status: 'canceled' })
    const order = records.find((record) => record.kind === 'order')
    expect(order).toMatchObject({
      fulfilment: { state: 'cancelled', shippedAt: null, tracking: [] },
    })
    expect(
      order?.kind === 'order' ? order.lines.flatMap((line) => line.allocations) : null,
    ).toEqual([])
    expect(records.find((record) => record.kind === 'shipment')).toMatchObject({
      state: 'cancelled',
    })
  })

  it('is cancelled, authorised or refunded in our words', () => {
    expect(orderOf(recordedOrder('SO-10026'))).toMatchObject({
      cancelledAt: expect.any(Number),
      payment: { state: 'voided', captures: [] },
      totals: { total: '62.9' },
    })
    expect(orderOf(recordedOrder('SO-10017'))).toMatchObject({
      cancelledAt: expect.any(Number),
      payment: { state: 'refunded' },
      totals: { total: '99.8' },
    })
    expect(orderOf(recordedOrder('SO-10050'))).toMatchObject({
      cancelledAt: null,
      payment: { state: 'authorised', captures: [], authorisedAt: expect.any(Number) },
    })
  })

  it.each([
    ['not_paid', 'none'],
    ['awaiting', 'pending'],
    ['partially_captured', 'partly-captured'],
    ['something_new', 'unknown'],
  ])('with payment status %s is %s', (status, state) => {
    expect(orderOf({ ...recordedOrder('SO-10001'), payment_status: status }).payment.state).toBe(
      state,
    )
  })

  it('counts minor units as its currency has them', () => {
    const inCurrency = (code: string): number[] => {
      const row = recordedOrder('SO-10004')
      const text = JSON.stringify(row).replaceAll(
        '"currency_code":"eur"',
        `"currency_code":"${code}"`,
      )
      return orderOf(JSON.parse(text) as Row).payment.captures.map((capture) => capture.amount)
    }
    expect([inCurrency('eur'), inCurrency('jpy'), inCurrency('kwd')]).toEqual([
      [8380],
      [84],
      [83_800],
    ])
    expect(orderOf(recordedOrder('SO-10004')).currency).toBe('EUR')
  })

  it('without lines to charge, or with nothing to pay, is a whole order all the same', () => {
    const removed = eachPart(recordedOrder('SO-10026'), 'items', {
      quantity: '0',
      raw_quantity: { value: '0' },
    })
    const free = {
      ...removed,
      shipping_methods: [],
      payment_collections: [],
      payment_status: 'captured',
    }
    expect(orderOf(free)).toMatchObject({
      lines: [],
      totals: { lines: '0', tax: '0', total: '0' },
      payment: { captures: [], method: null },
    })
  })

  it('counts a gift card as a payment, and the credit line of a refund not', () => {
    const row = recordedOrder('SO-10025', {
      credit_lines: [
        { reference: 'gift-card', amount: 20 },
        { reference: 'payment_collection', amount: 1.5 },
      ],
    })
    expect(orderOf(row).payment.giftCardPaid).toBe(2000)
  })

  it('is known by the field that was set, and visibly so where it lacks that field', () => {
    const row = recordedOrder('SO-10003')
    expect(orderOf(row).number).toBe('SO-10003')
    expect(orderOf(row, 'display_id').number).toBe('2')
    const without = orderOf(row, 'custom_display_id')
    expect([without.number, without.marks]).toEqual([
      'display:2',
      ['metadata.shop_number=SO-10003', 'number-missing:custom_display_id'],
    ])
    expect(orderOf({ ...row, custom_display_id: ' W-7 ' }, 'custom_display_id').number).toBe('W-7')
    expect(orderOf({ ...row, metadata: null }).number).toBe('display:2')
    expect(orderOf({ ...row, metadata: { shop_number: 10003 } }).number).toBe('display:2')
  })

  it('brings no person’s name, street, telephone or card along', () => {
    const row = recordedOrder('SO-10001', {
      shipping_address: {
        country_code: 'be',
        province: 'VAN',
        first_name: 'Zoë',
        address_1: 'Main Street 1',
        phone: '+3212345678',
      },
      metadata: {
        shop_number: 'SO-10001',
        gift_note: 'For Zoë with love',
        phone: '0612345678',
        card: '4111111111111111',
        vip: true,
      },
    })
    const text = JSON.stringify(row).replaceAll(
      '"data":{}',
      '"data":{"id":"pi_123","card":"4111111111111111"}',
    )
    const order = orderOf(JSON.parse(text) as Row)
    expect(order.payment.gatewayRefs).toEqual(['pi_123'])
    expect(order.marks).toEqual(['metadata.shop_number=SO-10001', 'metadata.vip=true'])
    expect(JSON.stringify(order)).not.toMatch(/Zoë|Main Street|12345678|4111/)
    expect(order.market).toEqual({ country: 'BE', region: 'VAN' })
  })
})

describe('stock and products of Medusa', () => {
  const level = {
    location_id: 'sloc_1',
    stocked_quantity: '1',
    reserved_quantity: '14',
    available_quantity: '-13',
    updated_at: '2026-11-23T09:00:00.000Z',
  }
  const item = {
    id: 'iitem_1',
    sku: 'MUG',
    location_levels: [level],
    location_names: { sloc_1: 'Lyon' },
  }
  const stockOf = (change: Row) => stockRecords(stockRow.parse({ ...item, ...change }))

  it('may be oversold: fewer on hand than reserved', () => {
    expect(
      stockOf({ variants: [{ sku: 'MUG', manage_inventory: true, allow_backorder: false }] }),
    ).toEqual([
      {
        kind: 'stock',
        id: 'MUG@Lyon',
        version: null,
        changedAt: Date.parse('2026-11-23T09:00:00.000Z'),
        changedBy: null,
        trace: null,
        sku: 'MUG',
        location: 'Lyon',
        onHand: '1',
        reserved: '14',
        available: '-13',
        tracked: true,
        backorder: false,
      },
    ])
  })

  it('is untracked where no variant manages it, and backordered where one may be', () => {
    const loose = [{ sku: 'MUG', manage_inventory: false, allow_backorder: true }]
    expect(stockOf({ variants: loose })).toMatchObject([{ tracked: false, backorder: true }])
    expect(stockOf({ variants: [null] })).toMatchObject([{ tracked: true, backorder: false }])
  })

  it('is called by its variant’s SKU where the item has none, and by nothing where neither has one', () => {
    expect(
      stockOf({
        sku: null,
        variants: [{ sku: 'CUP', manage_inventory: true, allow_backorder: false }],
      }),
    ).toMatchObject([{ id: 'CUP@Lyon' }])
    expect(stockOf({ sku: null, variants: [] })).toEqual([])
    expect(stockOf({ location_names: {} })).toMatchObject([{ id: 'MUG@sloc_1' }])
  })

  it('is a product by its SKU, active while it is published', () => {
    const variant = {
      id: 'variant_1',
      sku: 'MUG',
      title: 'White',
      manage_inventory: true,
      updated_at: '2026-11-23T09:00:00.000Z',
    }
    const productOf = (change: Row) => productRecords(variantRow.parse({ ...variant, ...change }))
    expect(
      productOf({ ean: '4006381333931', product: { title: 'Mug', status: 'published' } }),
    ).toMatchObject([
      { sku: 'MUG', title: 'Mug White', barcode: '4006381333931', active: true, tracked: true },
    ])
    expect(productOf({ product: { title: 'Mug', status: 'draft' } })).toMatchObject([
      { active: false },
    ])
    expect(productOf({ sku: '' })).toEqual([])
  })
})

describe('the discounts of a Medusa order', () => {
  it('are named by their codes, each once', () => {
    expect(orderOf(recordedOrder('SO-10047')).discountCodes).toEqual(['LESS10'])
    expect(orderOf(eachPart(recordedOrder('SO-10047'), 'items', { adjustments: [{ code: null }] })).discountCodes).toEqual([])
  })
})
