/** Tax over the real contract: variance rolled up, the orders behind a figure, and one order explained to the cent. */
import { afterEach, describe, expect, it } from 'vitest'
import { hours } from '../../../src-main/domain/time.ts'
import type { Order } from '../../../src-main/domain/records.ts'
import { aPair, aTax, anErpLine, anErpOrder, anInvoice, anOrder, anOrderLine } from '../../support/builders.ts'
import { monday } from '../../support/clock.ts'
import { cover, keep } from '../../support/store.ts'
import { type Caller, aCaller, bothSides } from './caller.ts'

let caller: Caller | null = null
afterEach(async () => {
  await caller?.close()
  caller = null
})

async function aSeam(): Promise<Caller> {
  const made = await aCaller({ at: monday + hours(1), connections: bothSides, pairs: [aPair()] })
  caller = made
  for (const side of ['shop', 'erp']) cover(made.engine.store, side, ['orders'], monday + hours(1))
  return made
}

/** Booked at 21 % where the shop took 20 %: 20 cents more. */
function atAnotherRate(number: string, given: Parameters<typeof anOrder>[0] = {}) {
  const lines = [anErpLine({ taxes: [aTax({ ratePercent: '21', amount: '4.20' })] })]
  return { shop: anOrder({ number, ...given }), erp: anErpOrder({ references: [number], lines, totals: { tax: '4.20', total: '24.20' } }) }
}

/** 1.96 per line in the shop, 1.97 per document in the ERP. */
function roundedOtherwise(number: string) {
  const nets = ['5.92', '1.52', '1.54', '0.39']
  const taxes = [aTax({ code: null, ratePercent: '21', amount: null })]
  const line = (net: string, nth: number) => ({ id: `l${nth}`, sku: `S${nth}`, quantity: '1', unitPrice: net, taxes })
  return {
    shop: anOrder({ number, lines: nets.map((net, nth) => anOrderLine({ ...line(net, nth), total: net })), totals: { tax: '1.96', total: '11.33' } }),
    erp: anErpOrder({ references: [number], lines: nets.map((net, nth) => anErpLine({ ...line(net, nth), net })), totals: { net: '9.37', tax: '1.97', total: '11.33' } }),
  }
}

async function judged(made: Caller, orders: readonly { readonly shop: Order; readonly erp: ReturnType<typeof anErpOrder> }[]): Promise<void> {
  keep(made.engine.store, 'shop', 'orders', orders.map(({ shop }) => shop), monday)
  keep(made.engine.store, 'erp', 'orders', orders.map(({ erp }) => erp), monday)
  // a difference is read again on both sides before it is told
  for (const { shop, erp } of orders) {
    made.shop.put('orders', shop)
    made.erp.put('orders', erp)
  }
  await made.engine.reconcile()
}

describe('the variance of tax', () => {
  it('is rolled up by market, product type, shipping, exemption and cause, with what is a cent an order among it', async () => {
    const made = await aSeam()
    const post = { shipping: [{ method: 'Post', price: '0', taxes: [] }] }
    await judged(made, [atAnotherRate('1001', post), atAnotherRate('1002', { market: { country: 'FR' } }), roundedOtherwise('1003'), roundedOtherwise('1004')])
    const tax = await made.client.tax.get({ pair: 'pair' })
    expect(tax.whole).toEqual([{ value: '', currency: 'EUR', over: 0, under: -42, count: 4 }])
    const told = Object.fromEntries(tax.rollUps.map(({ by, sums }) => [by, sums.map(({ value, under, count }) => `${value}: ${under} in ${count}`)]))
    expect(told).toEqual({
      market: ['DE: -22 in 3', 'FR: -20 in 1'],
      productType: ['20 % VAT20: -40 in 2', '21 %: -2 in 2'],
      shipping: [': -22 in 3', 'Post: -20 in 1'],
      exemption: ['none: -42 in 4'],
      cause: ['wrong-rate: -40 in 2', 'rounding: -2 in 2'],
    })
  })

  it('leads to the orders behind each figure, those of one incident to that incident', async () => {
    const made = await aSeam()
    await judged(made, [atAnotherRate('1001'), roundedOtherwise('1003'), roundedOtherwise('1004')])
    const { store } = made.engine
    const idOf = (kind: string) => store.incidents.live(10).find((one) => one.rule === 'F05-tax-differs' && one.subject.kind === kind)?.id
    const asked = { pair: 'pair', currency: 'EUR', only: null, limit: 2, cursor: null }
    const first = await made.client.tax.orders(asked)
    expect(first.rows.map(({ number, minor, incident }) => [number, minor, incident])).toEqual([['1001', -20, idOf('order')], ['1003', -1, idOf('stream')]])
    expect((await made.client.tax.orders({ ...asked, cursor: first.next })).rows.map((row) => row.number)).toEqual(['1004'])
    const rounding = await made.client.tax.orders({ ...asked, only: { by: 'cause', value: 'rounding' } })
    expect(rounding.rows.map((row) => row.number)).toEqual(['1003', '1004'])
  })

  it('goes when both sides agree, also that of an order that had no incident of its own', async () => {
    const made = await aSeam()
    await judged(made, [atAnotherRate('1001'), roundedOtherwise('1003')])
    const healed = roundedOtherwise('1003')
    await judged(made, [
      { shop: atAnotherRate('1001').shop, erp: anErpOrder() },
      { ...healed, erp: { ...healed.erp, totals: { ...healed.erp.totals, tax: '1.96' } } },
    ])
    expect(await made.client.tax.get({ pair: 'pair' })).toMatchObject({ whole: [], notJudged: 0 })
  })

  it('shows how each side rounds by market, with the support it has', async () => {
    const made = await aSeam()
    await judged(made, Array.from({ length: 6 }, (_, nth) => roundedOtherwise(String(1000 + nth))))
    expect((await made.client.tax.get({ pair: 'pair' })).methods).toEqual([
      { market: 'DE', shop: { says: 'per line, half up', agrees: 6, of: 6 }, erp: { says: 'per document, half up', agrees: 6, of: 6 } },
    ])
  })
})

describe('the tax of documents', () => {
  it('counts what an invoice rounds otherwise than its order', async () => {
    const made = await aSeam()
    cover(made.engine.store, 'erp', ['invoices'], monday + hours(1))
    const { shop, erp } = roundedOtherwise('1001')
    const booked = { ...erp, totals: { ...erp.totals, tax: '1.96' } }
    keep(made.engine.store, 'erp', 'invoices', [anInvoice({ orderIds: [booked.id], number: 'INV1', lines: booked.lines.map((line) => anErpLine(line)), totals: erp.totals, taxes: [{ code: null, ratePercent: '21', base: '9.37', amount: '1.97' }] })], monday)
    await judged(made, [{ shop, erp: booked }])
    const { documents } = await made.client.tax.get({ pair: 'pair' })
    expect(documents.filter((one) => one.rule === 'F05-invoice-tax-differs').map(({ currency, minor, count }) => [currency, minor, count])).toEqual([['EUR', -1, 1]])
  })
})

describe('one order', () => {
  it('is shown line by line, with the way from the shop’s tax to the ERP’s', async () => {
    const made = await aSeam()
    await judged(made, [atAnotherRate('1001')])
    const order = await made.client.tax.order({ pair: 'pair', number: '1001' })
    expect(order).toMatchObject({ shop: { minor: 400, low: 400, high: 400 }, erp: 420, kind: 'explained', incomparable: null, residual: 0 })
    expect(order.lines).toEqual([
      {
        key: 'MUG',
        title: 'Mug',
        shop: { quantity: '2', net: '20', rates: ['20'], tax: '4' },
        erp: { quantity: '2', net: '20', rates: ['21'], tax: '4.2' },
        differs: ['rate'],
      },
    ])
    expect(order.ways).toEqual([[{ cause: 'wrong-rate', says: expect.stringContaining('21 %') as string, minor: 20 }]])
  })

  it('names what no known difference explains as its own figure', async () => {
    const made = await aSeam()
    await judged(made, [{ shop: anOrder(), erp: anErpOrder({ totals: { tax: '4.77', total: '24.77' } }) }])
    expect(await made.client.tax.order({ pair: 'pair', number: '1001' })).toMatchObject({ kind: 'unexplained', ways: [], residual: expect.any(Number) as number })
  })

  it.each([
    ['of an order that the ERP does not have', [], 'ERP has no order for it that stands.'],
    ['of one that it has twice', [anErpOrder(), anErpOrder({ id: 'again' })], 'ERP has it more than once; first one of them must go.'],
  ])('says why nothing is compared %s', async (_what, documents, incomparable) => {
    const made = await aSeam()
    keep(made.engine.store, 'shop', 'orders', [anOrder()], monday)
    keep(made.engine.store, 'erp', 'orders', documents, monday)
    await made.engine.reconcile()
    expect(await made.client.tax.order({ pair: 'pair', number: '1001' })).toMatchObject({ incomparable, lines: [] })
  })

  it('is refused in words when nobody knows it', async () => {
    const made = await aSeam()
    await expect(made.client.tax.order({ pair: 'pair', number: '9' })).rejects.toMatchObject({ data: { says: 'Order 9 is not known on either side.' } })
  })
})
