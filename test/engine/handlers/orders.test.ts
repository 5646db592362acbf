/** Orders over the real contract: pages that neither skip nor repeat, verdicts that are true, and the chain of one. */
import * as fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import type { OrderRow, OrdersView } from '../../../src-main/contract/order-views.ts'
import { pairSettingsSchema } from '../../../src-main/domain/pair.ts'
import type { ErpOrder, Order } from '../../../src-main/domain/records.ts'
import { days, hours, minutes } from '../../../src-main/domain/time.ts'
import { aFinding, aPair, aShipment, anErpOrder, anInvoice, anOrder, placedAt } from '../../support/builders.ts'
import { monday } from '../../support/clock.ts'
import { cover, keep } from '../../support/store.ts'
import { type Caller, type Client, aCaller, bothSides } from './caller.ts'

let caller: Caller | null = null
afterEach(async () => {
  await caller?.close()
  caller = null
})

type Asked = Parameters<Client['orders']['list']>[0]
const everything: Asked = { pair: 'pair', filter: { verdict: null, channel: null, from: null, to: null }, search: null, sort: 'newest', limit: 50, cursor: null }

interface Given {
  readonly shop?: readonly Order[]
  readonly erp?: readonly ErpOrder[]
  readonly readTo?: number
  readonly out?: readonly string[]
}

async function aScreen({ shop = [], erp = [], readTo = monday, out = [] }: Given = {}): Promise<Caller> {
  const settings = pairSettingsSchema.parse({ graceMinutes: 0, zone: 'UTC', channels: out })
  const made = await aCaller({ at: monday, connections: bothSides, pairs: [aPair({ settings })] })
  caller = made
  const { store } = made.engine
  keep(store, 'shop', 'orders', shop, monday)
  keep(store, 'erp', 'orders', erp, monday)
  // a difference is read again on both sides before it is told
  for (const order of shop) made.shop.put('orders', order)
  for (const order of erp) made.erp.put('orders', order)
  const streams = ['orders', 'invoices', 'credit-notes', 'shipments', 'fulfilments'] as const
  if (readTo > 0) for (const side of ['shop', 'erp']) cover(store, side, streams, readTo)
  await made.engine.reconcile()
  return made
}

const booked = (number: string): ErpOrder => anErpOrder({ id: `so-${number}`, references: [number] })
const told = (rows: readonly OrderRow[]): readonly string[] => rows.map((row) => `${row.number} ${row.verdict.kind}`)

async function everyPage(client: Client, question: Asked): Promise<readonly OrdersView[]> {
  const pages: OrdersView[] = []
  for (let cursor: string | null = null, nth = 0; nth < 60; nth += 1) {
    // oxlint-disable-next-line no-await-in-loop -- a page says where the next one begins
    const page: OrdersView = await client.orders.list({ ...question, cursor })
    pages.push(page)
    if (page.next === null) return pages
    cursor = page.next
  }
  throw new Error('the pages never end')
}

describe('the list of orders', () => {
  it('comes in pages that neither skip nor repeat an order, whichever way it is sorted', async () => {
    // several of one same moment, so that the moment alone is no place
    const shop = Array.from({ length: 23 }, (_, nth) => anOrder({ number: String(1000 + ((nth * 7) % 23)), placedAt: placedAt - Math.floor(nth / 4) * 60_000 }))
    const { client } = await aScreen({ shop })
    for (const sort of ['newest', 'oldest', 'number', 'number-down'] as const) {
      for (const limit of [1, 4, 23, 50]) {
        // oxlint-disable-next-line no-await-in-loop -- one question after the other
        const rows = (await everyPage(client, { ...everything, sort, limit })).flatMap((page) => page.rows)
        expect(new Set(rows.map((row) => row.number)).size).toBe(23)
        expect(rows.length).toBe(23)
        const way = sort === 'oldest' || sort === 'number' ? 1 : -1
        const keyOf = (row: OrderRow): number => (sort === 'newest' || sort === 'oldest' ? row.placedAt : Number(row.number))
        expect(rows.every((row, nth) => nth === 0 || way * (keyOf(row) - keyOf(rows[nth - 1] ?? row)) >= 0)).toBe(true)
      }
    }
  })

  it('goes on from its place although orders came meanwhile', async () => {
    const { client, engine } = await aScreen({ shop: ['1', '2', '3', '4'].map((number, nth) => anOrder({ number, placedAt: placedAt - nth })) })
    const first = await client.orders.list({ ...everything, limit: 2 })
    keep(engine.store, 'shop', 'orders', [anOrder({ number: '0', placedAt: placedAt + 1 })], monday)
    const second = await client.orders.list({ ...everything, limit: 2, cursor: first.next })
    expect([...first.rows, ...second.rows].map((row) => row.number)).toEqual(['1', '2', '3', '4'])
  })

  it('says of each what is true of it, and of none that it is fine unseen', async () => {
    const shop = [
      anOrder({ number: '1' }),
      anOrder({ number: '2' }),
      anOrder({ number: '3', payment: { state: 'pending', captures: [], authorisedAt: null } }),
      anOrder({ number: '4', placedAt: monday + minutes(5) }),
      anOrder({ number: '5', channel: 'pos' }),
      anOrder({ number: '6' }),
    ]
    const { client, engine } = await aScreen({ shop, erp: ['1', '6'].map(booked), out: ['web'] })
    const { store } = engine
    store.transaction((tx) => store.incidents.apply(tx, 'pair', aFinding({ rule: 'F02-total-differs', severity: 'high', subject: { kind: 'order', connection: 'shop', key: '6' } }), { id: 'i', market: null, dueAt: null, parent: null, at: monday }))
    const { rows } = await client.orders.list({ ...everything, sort: 'number' })
    expect(told(rows)).toEqual(['1 fine', '2 incident', '3 not-due', '4 not-due', '5 out-of-scope', '6 incident'])
    expect(rows.map((row) => row.erp.state)).toEqual(['open', 'absent', 'not-due', 'not-due', 'not-due', 'open'])
    expect(rows[5]?.verdict).toMatchObject({ severity: 'high', incident: 'i', incidents: 1 })
    expect(rows[0]).toMatchObject({ total: { minor: 2400, currency: 'EUR' }, paid: { minor: 2400, currency: 'EUR' }, payment: 'captured', channel: 'web' })
  })

  it('calls nothing fine before both sides were read', async () => {
    const { client } = await aScreen({ shop: [anOrder({ number: '1' })], erp: [booked('1')], readTo: 0 })
    expect(told((await client.orders.list(everything)).rows)).toEqual(['1 not-judged'])
  })

  it('holds back what was read and not judged yet', async () => {
    const { client, engine } = await aScreen({ shop: [anOrder({ number: '1' })], erp: [booked('1')] })
    keep(engine.store, 'shop', 'orders', [anOrder({ number: '1', channel: 'other' }), anOrder({ number: '2' })], monday)
    expect(told((await client.orders.list({ ...everything, sort: 'number' })).rows)).toEqual(['1 not-judged', '2 not-judged'])
  })

  it('narrowed to a verdict, a channel or days, gives just those of everything that are so', async () => {
    const shop = Array.from({ length: 40 }, (_, nth) =>
      anOrder({ number: String(100 + nth), channel: nth % 3 === 0 ? 'pos' : 'web', placedAt: placedAt - days(nth % 4), payment: nth % 5 === 0 ? { state: 'pending', captures: [], authorisedAt: null } : {} }),
    )
    const { client } = await aScreen({ shop, erp: shop.flatMap(({ number }, nth) => (nth % 2 === 0 ? [booked(number)] : [])) })
    const all = (await everyPage(client, everything)).flatMap((page) => page.rows)
    const kinds = new Set(all.map((row) => row.verdict.kind))
    expect(kinds.size).toBeGreaterThan(2)
    for (const verdict of kinds) {
      for (const channel of ['pos', null]) {
        const filter = { ...everything.filter, verdict, channel, from: '2026-11-21', to: '2026-11-22' }
        // oxlint-disable-next-line no-await-in-loop -- one question after the other
        const rows = (await everyPage(client, { ...everything, filter, limit: 3 })).flatMap((page) => page.rows)
        const expected = all.filter((row) => row.verdict.kind === verdict && (channel === null || row.channel === channel))
        const inDays = expected.filter(({ placedAt: at }) => at >= Date.parse('2026-11-21') && at < Date.parse('2026-11-23'))
        expect(rows.map((row) => row.number)).toEqual(inDays.map((row) => row.number))
      }
    }
  })

  it('is searched by how a number begins, as people type it', async () => {
    const { client } = await aScreen({ shop: ['#SO-1001', '#SO-1002', '#XY-1'].map((number) => anOrder({ number, id: number })) })
    const found = async (search: string): Promise<readonly string[]> => (await client.orders.list({ ...everything, search })).rows.map((row) => row.number)
    expect([await found('#SO-100'), await found('SO-1002'), await found('#so-1'), await found('1001')]).toEqual([['#SO-1001', '#SO-1002'], ['#SO-1002'], ['#SO-1001', '#SO-1002'], []])
  })

  it.each(['', '{', '{"key":1}', '[]', '{"key":{},"row":1}'])('refuses %j as a place, in words', async (cursor) => {
    const { client } = await aScreen({ shop: [anOrder()] })
    await expect(client.orders.list({ ...everything, cursor })).rejects.toMatchObject({ data: { field: 'cursor' } })
  })
})

describe('an order’s chain', () => {
  it('shows each station where it stands, and a gap where something is missing', async () => {
    const { client, engine } = await aScreen({ shop: [anOrder({ number: '1001' }), anOrder({ number: '2' })], erp: [anErpOrder()] })
    keep(engine.store, 'erp', 'invoices', [anInvoice()], monday)
    keep(engine.store, 'erp', 'shipments', [aShipment({ tracking: ['00340434161094015902'] })], monday)
    await engine.reconcile()
    const chain = await client.orders.chain({ pair: 'pair', number: '1001', asOf: null })
    expect(chain.stations.map((one) => [one.kind, one.state, one.amount?.minor ?? null])).toEqual([
      ['order', 'there', 2400],
      ['payment', 'there', 2400],
      ['erp-order', 'there', 2400],
      ['delivery', 'there', null],
      ['parcel', expect.stringMatching(/missing|unknown|not-due/), null],
      ['invoice', 'there', 2400],
      ['refund', 'none', null],
      ['credit-note', 'none', null],
    ])
    expect(chain.stations[3]?.documents[0]).toMatchObject({ name: 'SHP1001', says: ['00340434161094015902'] })
    expect(chain.tax).toMatchObject({ kind: 'equal', shop: '4.00 EUR', erp: '4.00 EUR' })
    expect(chain.changes.map((one) => `${one.what} ${one.kind}`).toSorted()).toEqual(['Delivery SHP1001 first', 'ERP order SO1001 first', 'Invoice INV1001 first', 'Order 1001 first'])
  })

  it('calls an absence missing only once it was looked up live, and unknown until then', async () => {
    const { client, engine } = await aScreen()
    keep(engine.store, 'shop', 'orders', [anOrder({ number: '2' })], monday)
    const erpOf = async () => (await client.orders.chain({ pair: 'pair', number: '2', asOf: null })).stations.find((one) => one.kind === 'erp-order')
    expect(await erpOf()).toMatchObject({ state: 'unknown', why: 'it is not there yet, and is looked up live before it is called missing' })
    await engine.reconcile()
    expect(await erpOf()).toMatchObject({ state: 'missing', dueAt: placedAt })
  })

  it('explains a tax that differs line by line', async () => {
    const { client } = await aScreen({ shop: [anOrder()], erp: [anErpOrder({ lines: [{ ...anErpOrder().lines[0], taxes: [{ code: 'VAT10', ratePercent: '10', amount: '2.00', collectedByMarketplace: false }] } as ErpOrder['lines'][number]], totals: { net: '20.00', tax: '2.00', total: '22.00' } })] })
    const { tax, figures } = await client.orders.chain({ pair: 'pair', number: '1001', asOf: null })
    expect(tax).toMatchObject({ kind: 'explained', shop: '4.00 EUR', erp: '2.00 EUR', left: null })
    expect(tax?.lines).toMatchObject([{ title: 'Mug', shop: { tax: '4.00', rates: '20' }, erp: { tax: '2.00', rates: '10' }, differs: ['Tax rate'] }])
    expect(tax?.sets[0]?.map((one) => one.cause)).toEqual(['wrong-rate'])
    expect(figures.filter((one) => one.differs).map((one) => one.label)).toEqual(['Total', 'Tax'])
  })

  it('is told as it stood, and refused where nothing is kept', async () => {
    const { client, engine, clock } = await aScreen({ shop: [anOrder({ payment: { state: 'pending', captures: [], authorisedAt: null } })] })
    clock.jump(hours(2))
    keep(engine.store, 'shop', 'orders', [anOrder()], clock.now())
    const wordAt = async (asOf: number | null) => (await client.orders.chain({ pair: 'pair', number: '1001', asOf })).stations.find((one) => one.kind === 'payment')?.word
    expect([await wordAt(monday + 1), await wordAt(null)]).toEqual(['pending', 'captured'])
    await expect(client.orders.chain({ pair: 'pair', number: '1001', asOf: monday - 1 })).rejects.toMatchObject({ data: { says: 'Neither side had an order 1001 then.' } })
    await expect(client.orders.chain({ pair: 'pair', number: '1001', asOf: monday - days(400) })).rejects.toMatchObject({ data: { field: 'asOf' } })
    await expect(client.overview.get({ pair: null, asOf: monday + days(9) })).rejects.toMatchObject({ data: { field: 'asOf' } })
  })
})

describe('the list, over any orders and any page size', () => {
  it('is one and the same list', async () => {
    const { client, engine } = await aScreen()
    let made = 0
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.boolean()), { maxLength: 6 }), fc.integer({ min: 1, max: 7 }), async (orders, limit) => {
        const fresh = orders.map(([at, web]) => anOrder({ number: `N${(made += 1)}`, placedAt: placedAt - at * 1000, channel: web ? 'web' : 'pos' }))
        keep(engine.store, 'shop', 'orders', fresh, monday)
        const whole = (await everyPage(client, { ...everything, limit: 200 })).flatMap((page) => page.rows.map((row) => row.number))
        const paged = (await everyPage(client, { ...everything, limit: Math.max(limit, Math.ceil(made / 50)) })).flatMap((page) => page.rows.map((row) => row.number))
        expect(paged).toEqual(whole)
        expect(whole.length).toBe(made)
      }),
      { numRuns: 20 },
    )
  })
})
