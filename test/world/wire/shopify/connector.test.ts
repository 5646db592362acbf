/** Plumbline's own connector reads the simulated shop over HTTP, and finds in it what the books hold. */
import { describe, expect, it } from 'vitest'
import { shopify } from '../../../../src-main/engine/connectors/shopify/index.ts'
import { sum as addUp, type Decimal } from '../../../../src-main/world/decimal.ts'
import { figuresOf } from '../../../../src-main/world/shop/figures.ts'
import type { BalanceEntry } from '../../../../src-main/world/shop/payouts.ts'
import type { Order } from '../../../../src-main/world/shop/shop.ts'
import { ordersIn, pagesOf, recordsIn, streamOf, value } from '../../../engine/connectors/shopify/read.ts'
import { type Sample, aCheckout, aShop, d, noon } from '../../shop/a-shop.ts'
import { everyScope } from './a-server.ts'
import { connected } from './connected.ts'

type Connected = Awaited<ReturnType<typeof connected<Sample>>>

/** What matters of an order, from its record and from the books. */
async function compared(shop: Connected): Promise<{ readonly read: unknown; readonly booked: unknown }> {
  const rows = (await pagesOf(shop, 'orders')).flatMap((page) => page.rows)
  const read = ordersIn(recordsIn('orders', rows)).map(({ number, totals, payment }) => ({
    number,
    total: totals.total,
    tax: totals.tax,
    captured: payment.captures.reduce((sum, { amount }) => sum + amount, 0),
  }))
  const booked = [...shop.shop.books.orders.changedSince(0)].map((order) => {
    const figures = figuresOf(order)
    return {
      number: String(order.number),
      total: figures.total.toString(),
      tax: figures.tax.toString(),
      captured: figures.received.times(100).toNumber(),
    }
  })
  const byNumber = (one: { readonly number: string }, other: { readonly number: string }): number =>
    one.number < other.number ? -1 : 1
  return { read: read.sort(byNumber), booked: booked.sort(byNumber) }
}

function place(shop: Connected, count: number): Order {
  const order = shop.shop.place(
    aCheckout(
      [
        { variantId: shop.mug, quantity: 1 + (count % 3) },
        { variantId: shop.tea, quantity: 2 },
      ],
      {
        at: noon + count * 1000,
        source: 'Amazon',
        shipping: [{ title: 'Post', price: d('4.90') }],
        cartDiscount: { amount: d(count % 4), code: 'CART' },
      },
    ),
  )
  shop.shop.capture(order.id, order.originalTotal, 'paypal', noon + count * 1000 + 300)
  return order
}

describe('the connector', () => {
  it('is let in, and finds every right it needs', async () => {
    const shop = await connected(aShop())
    const { steps, locations } = value(await shopify.check(shop.api, shop.settings))
    expect([steps.filter(({ state }) => state !== 'ok'), locations]).toEqual([[], ['Graz', 'Vienna']])
  })

  it.each([
    ['page by page', 60],
    ['by an export', 430],
  ])(
    'reads orders %s as they are booked',
    async (_how, orders) => {
      const shop = await connected(aShop())
      for (let count = 0; count < orders; count += 1) place(shop, count)
      const { read, booked } = await compared(shop)
      expect(read).toEqual(booked)
      expect(shop.platform.seen.some(({ path }) => path.startsWith('/bulk/'))).toBe(orders > 400)
    },
    30_000,
  )

  it.each([
    ['page by page', 10],
    ['by an export', 430],
  ])(
    'reads, first %s, of what moved before its beginning only what still waits to be sent',
    async (_how, later) => {
      const shop = await connected(aShop())
      const [sent, waits] = [place(shop, 0), place(shop, 1)]
      const lines = sent.lines.map(({ id, quantity }) => ({ lineId: id, quantity }))
      shop.shop.fulfil(sent.id, { lines, locationId: shop.vienna, tracking: [] }, noon + 2000)
      for (let count = 0; count < later; count += 1) place(shop, 600 + count)
      const rows = (await pagesOf(shop, 'orders', null, noon + 600_000)).flatMap((page) => page.rows)
      const numbers = ordersIn(recordsIn('orders', rows)).map(({ number }) => number)
      expect([numbers.includes(String(sent.number)), numbers.includes(String(waits.number)), numbers.length]).toEqual([false, true, later + 1])
    },
    30_000,
  )

  it('reads what a refund took back, and a parcel that was sent', async () => {
    const shop = await connected(aShop())
    const order = place(shop, 0)
    const lineId = order.lines[0]?.id ?? 0
    shop.shop.fulfil(
      order.id,
      { lines: [{ lineId, quantity: 1 }], locationId: shop.vienna, tracking: [{ company: 'DHL', number: '00340' }] },
      noon + 5000,
    )
    shop.shop.refund(
      order.id,
      { lines: [{ lineId, quantity: 1, restock: true }], adjustment: { amount: d(-2), reason: 'customer' } },
      noon + 6000,
    )
    const rows = (await pagesOf(shop, 'orders')).flatMap((page) => page.rows)
    const [read] = ordersIn(recordsIn('orders', rows))
    expect(read?.refunds).toMatchObject([{ amount: figuresOf(order).refunded.times(100).toNumber() }])
    expect(read?.fulfilment).toMatchObject({ tracking: ['00340'] })
  })

  it.each([
    ['reads what came back by a return and by a refund, each once', everyScope, [1, 2]],
    ['reads an order whole whose returns it may not see, and does not state them', everyScope.filter((one) => one !== 'read_returns'), null],
  ])('%s', async (_what, scopes, expected) => {
    const shop = await connected(aShop(), scopes)
    const order = place(shop, 1)
    const [mugs, tea] = order.lines
    const lines = [mugs, tea].map((line) => ({ lineId: line?.id ?? 0, quantity: line?.quantity ?? 0 }))
    shop.shop.fulfil(order.id, { lines, locationId: shop.vienna, tracking: [] }, noon + 5000)
    shop.shop.refund(order.id, { lines: [{ lineId: mugs?.id ?? 0, quantity: 1, restock: true }] }, noon + 6000)
    shop.shop.takeBack(order.id, [{ lineId: tea?.id ?? 0, quantity: 2 }], noon + 7000)
    const rows = (await pagesOf(shop, 'orders')).flatMap((page) => page.rows)
    const [read] = ordersIn(recordsIn('orders', rows))
    expect(read?.totals.total).toBe(figuresOf(order).total.toString())
    const units = read?.returns?.map(({ lines: back }) => back.reduce((sum, { quantity }) => sum + Number(quantity), 0)) ?? null
    expect(units).toEqual(expected)
  })

  it('reads an order of a hundred and ten lines whole, and what was sent and given back of each', async () => {
    const shop = await connected(aShop())
    const order = shop.shop.place(aCheckout(Array.from({ length: 110 }, (_, at) => ({ variantId: at % 2 === 0 ? shop.mug : shop.tea, quantity: 1 })), { source: 'Amazon' }))
    shop.shop.capture(order.id, order.originalTotal, 'paypal', noon + 300)
    const lines = order.lines.map(({ id }) => ({ lineId: id, quantity: 1 }))
    shop.shop.fulfil(order.id, { lines, locationId: shop.vienna, tracking: [{ company: 'DHL', number: '00341' }] }, noon + 5000)
    for (const part of [lines.slice(0, 30), lines.slice(30, 37)]) {
      shop.shop.refund(order.id, { lines: part.map((line) => ({ ...line, restock: true })) }, noon + 6000)
    }
    const rows = (await pagesOf(shop, 'orders')).flatMap((page) => page.rows)
    const [read] = ordersIn(recordsIn('orders', rows))
    expect(read?.lines).toHaveLength(110)
    expect(read?.totals.total).toBe(figuresOf(order).total.toString())
    expect(read?.refunds.reduce((sum, { amount }) => sum + amount, 0)).toBe(figuresOf(order).refunded.times(100).toNumber())
    expect(read?.returns?.map((back) => back.lines.length)).toEqual([30, 7])
    expect(read?.fulfilment).toMatchObject({ tracking: ['00341'] })
  })

  it('finds nothing of a deleted order, and reads an order whose variant was deleted by the SKU that it was bought under', async () => {
    const shop = await connected(aShop())
    const [gone, stays] = [0, 1].map((count) => place(shop, count))
    shop.shop.archive(gone?.id ?? 0, true, noon + 2000)
    shop.shop.deleteOrder(gone?.id ?? 0)
    shop.shop.deleteVariant(shop.mug)
    const rows = (await pagesOf(shop, 'orders')).flatMap((page) => page.rows)
    expect(ordersIn(recordsIn('orders', rows)).map(({ number, lines }) => [number, lines.map(({ sku }) => sku)])).toEqual([[String(stays?.number), ['MUG', 'TEA']]])
    const asked = await streamOf('orders').lookup?.(shop.api, { by: 'number', values: [String(gone?.number)] }, shop.settings)
    expect(asked).toMatchObject({ ok: true, value: { rows: [], complete: true } })
    const products = (await pagesOf(shop, 'products')).flatMap((page) => page.rows)
    expect(recordsIn('products', products)).toMatchObject([{ sku: 'TEA' }])
  })

  it('finds orders by their numbers', async () => {
    const shop = await connected(aShop())
    for (let count = 0; count < 5; count += 1) place(shop, count)
    const found = await streamOf('orders').lookup?.(
      shop.api,
      { by: 'number', values: ['1002', '1004', '9'] },
      shop.settings,
    )
    const rows = found?.ok === true ? found.value.rows : []
    expect(
      ordersIn(recordsIn('orders', rows))
        .map(({ number }) => number)
        .sort(),
    ).toEqual(['1002', '1004'])
  })

  it('reads stock where it lies, products and customers', async () => {
    const shop = await connected(aShop())
    shop.shop.addCustomer({ email: 'ada@example.com', name: 'Ada', company: null, vatId: null, taxExempt: false }, noon)
    const records = async (name: 'stock' | 'products' | 'customers') =>
      recordsIn(
        name,
        (await pagesOf(shop, name)).flatMap((page) => page.rows),
      )
    expect(await records('stock')).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ sku: 'MUG', location: 'Vienna' }),
        expect.objectContaining({ sku: 'TEA', location: 'Vienna' }),
      ]),
    )
    expect(await records('products')).toHaveLength(2)
    expect(await records('customers')).toHaveLength(1)
  })
})

describe('payments that end badly', () => {
  it.each<[string, (shop: Connected, order: Order) => void, object]>([
    [
      'refused once and paid then: paid once, by one payment',
      ({ shop }, order) => {
        shop.decline(order.id, d('12.9'), 'shopify_payments', 'CARD_DECLINED', noon)
        shop.capture(order.id, d('12.9'), 'shopify_payments', noon + 1000)
      },
      { state: 'captured', captures: [{ at: noon + 1000, amount: 1290 }], method: 'shopify_payments', payments: 1, cancelled: false },
    ],
    [
      'refused and not tried again: nothing came',
      ({ shop }, order) => void shop.decline(order.id, d('12.9'), 'shopify_payments', 'EXPIRED_CARD', noon),
      { state: 'pending', captures: [], payments: 0, cancelled: false },
    ],
    [
      'voided with its order: nothing came',
      ({ shop }, order) => {
        shop.authorise(order.id, d('12.9'), 'klarna', noon)
        shop.cancel(order.id, 'CUSTOMER', noon + 1000)
      },
      { state: 'voided', captures: [], authorisedAt: noon, payments: 1, cancelled: true },
    ],
    [
      'run out: nothing came, and nothing can',
      ({ shop, clock }, order) => {
        const { expiresAt } = shop.authorise(order.id, d('12.9'), 'shopify_payments', noon)
        shop.lapse(order.id, expiresAt ?? 0)
        clock.advance(8 * 24 * 3_600_000)
      },
      { state: 'voided', captures: [], authorisedAt: noon, payments: 1, cancelled: false },
    ],
  ])('are read as %s', async (_what, happens, expected) => {
    const shop = await connected(aShop())
    happens(shop, shop.shop.place(aCheckout([{ variantId: shop.mug, quantity: 1 }])))
    const records = recordsIn('orders', (await pagesOf(shop, 'orders')).flatMap((page) => page.rows))
    const [order] = ordersIn(records)
    const payments = records.filter((record) => record.kind === 'payment').length
    expect({ ...order?.payment, payments, cancelled: order?.cancelledAt !== null }).toMatchObject(expected)
  })
})

describe('payouts', () => {
  it('are read as the books have them, less fees, each with its orders', async () => {
    const shop = await connected(aShop())
    shop.shop.setAvailable(shop.mug, shop.vienna, 230, noon)
    const sell = (count: number, currency: string) => {
      const order = shop.shop.place(aCheckout([{ variantId: shop.mug, quantity: 1 }], { at: noon + count, currency }))
      shop.shop.capture(order.id, order.originalTotal, 'shopify_payments', noon + count)
      return order
    }
    const orders = Array.from({ length: 230 }, (_, count) => sell(count, 'EUR'))
    shop.shop.refund(orders[0]?.id ?? 0, { lines: [{ lineId: orders[0]?.lines[0]?.id ?? 0, quantity: 1, restock: true }] }, noon + 1000)
    shop.clock.advance(3 * 24 * 3_600_000)
    const rows = (await pagesOf(shop, 'payouts')).flatMap((page) => page.rows)
    const { balance } = shop.shop.books
    const cents = (figure: (entry: BalanceEntry) => Decimal): number => addUp([...balance.all()].map(figure)).times(100).toNumber()
    const read = recordsIn('payouts', rows)
    expect(read).toMatchObject([{ state: 'paid', currency: 'EUR', net: cents(({ amount, fee }) => amount.minus(fee)), fees: cents(({ fee }) => fee) }])
    const [payout] = read
    if (payout?.kind !== 'payout') throw new Error('no payout')
    expect(payout.net).toBe(payout.charges + payout.refunds + payout.other - payout.fees)
    expect(payout.entries?.reduce((left, { amount, fee }) => left + amount - fee, 0)).toBe(payout.net)
    expect(new Set(payout.entries?.map(({ orderId }) => orderId))).toEqual(new Set(orders.map(({ id }) => `gid://shopify/Order/${id}`)))
  })
})
