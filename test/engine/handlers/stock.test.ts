/** Stock over the real contract: the list and its pages, one figure with all that it is made of, and what was oversold. */
import * as fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { type Decimal, add, compare, divide, multiply, round, subtract } from '../../../src-main/domain/decimal.ts'
import { type PairSettings, pairSettingsSchema } from '../../../src-main/domain/pair.ts'
import { hours, minutes } from '../../../src-main/domain/time.ts'
import type { StockOneView } from '../../../src-main/contract/stock-views.ts'
import { aPair, aProduct, aStockLevel, anErpOrder, anOrder, anOrderLine } from '../../support/builders.ts'
import { monday } from '../../support/clock.ts'
import { cover, keep } from '../../support/store.ts'
import { type Caller, aCaller, bothSides } from './caller.ts'

let caller: Caller | null = null
afterEach(async () => {
  await caller?.close()
  caller = null
})

const shown = (sku: string, units: string, location = 'Lyon') => aStockLevel({ sku, location, onHand: units, available: units })
const held = (sku: string, units: string, warehouse = 'WH') => aStockLevel({ sku, location: warehouse, onHand: units, available: units })
const ordered = (number: string, sku: string, quantity: string) => anOrder({ number, lines: [anOrderLine({ sku, quantity })] })

async function aShelf(settings: Partial<PairSettings> = {}): Promise<Caller> {
  const made = await aCaller({ at: monday + hours(1), connections: bothSides, pairs: [aPair({ settings: pairSettingsSchema.parse({ locations: { WH: 'Lyon', WH2: 'Lyon' }, stockTargetMinutes: 0, ...settings }) })] })
  caller = made
  const { store } = made.engine
  for (const side of ['shop', 'erp']) cover(store, side, ['orders', 'stock', 'products'], monday + hours(1))
  return made
}

const everything = { pair: 'pair', filter: { standing: 'all', location: null, search: null }, sort: 'worst', limit: 50, cursor: null } as const

/** The figure as a person adds it up from what is drawn. */
function addedUp(one: StockOneView): Decimal | null {
  const most = one.parts.map((part) => {
    const available = add('0', ...part.warehouses.map((warehouse) => warehouse.available))
    const waiting = add('0', ...part.waiting.map((order) => order.quantity))
    const free = subtract(subtract(available, waiting), part.buffer)
    const offers = round(divide(multiply(free, part.share), part.takes), 0, 'floor')
    return compare(offers, '0') < 0 ? '0' : offers
  })
  const scarcest = most.toSorted(compare)[0]
  if (scarcest === undefined) return null
  return one.cap !== null && compare(scarcest, one.cap) > 0 ? one.cap : scarcest
}

describe('the stock of a pair', () => {
  it('lists the most outdated first, with both sides’ figures and the incident', async () => {
    const { client, engine } = await aShelf()
    keep(engine.store, 'shop', 'stock', [shown('MUG', '9'), shown('CUP', '4'), shown('TEA', '7')], monday)
    keep(engine.store, 'shop', 'products', [aProduct({ sku: 'CUP', title: 'Cup' })], monday)
    keep(engine.store, 'erp', 'stock', [held('MUG', '5'), held('MUG', '1', 'WH2'), held('CUP', '4'), held('TEA', '7')], monday)
    await engine.reconcile()
    const { rows, next, total } = await client.stock.list(everything)
    expect(rows.map(({ sku, title, shop, erp, expected }) => [sku, title, shop, erp, expected])).toEqual([
      ['MUG', null, '9', '6', '6'],
      ['CUP', 'Cup', '4', '4', '4'],
      ['TEA', null, '7', '7', '7'],
    ])
    expect(rows.map((row) => [row.behindSince !== null, row.incident !== null])).toEqual([[true, true], [false, false], [false, false]])
    expect([next, total]).toEqual([null, 3])
    expect(await client.stock.about({ pair: 'pair' })).toMatchObject({ watched: 3, behind: 1, locations: ['Lyon'], oversold: { count: 0, rows: [] } })
  })

  it('goes on from where a page ended, and finds a SKU by how it begins, in whatever case it was typed', async () => {
    const { client, engine } = await aShelf()
    const skus = ['MUG', 'MUG-2', 'cup', 'TEA']
    keep(engine.store, 'shop', 'stock', skus.map((sku) => shown(sku, '4')), monday)
    keep(engine.store, 'erp', 'stock', skus.map((sku) => held(sku, sku === 'TEA' ? '1' : '4')), monday)
    await engine.reconcile()
    const first = await client.stock.list({ ...everything, limit: 2 })
    const second = await client.stock.list({ ...everything, limit: 2, cursor: first.next })
    expect([...first.rows, ...second.rows].map((row) => row.sku)).toEqual(['TEA', 'MUG', 'MUG-2', 'cup'])
    const found = async (search: string) => (await client.stock.list({ ...everything, filter: { ...everything.filter, search } })).rows.map((row) => row.sku)
    expect([await found('mug'), await found('CU'), await found('x')]).toEqual([['MUG', 'MUG-2'], ['cup'], []])
    const behind = await client.stock.list({ ...everything, filter: { ...everything.filter, standing: 'behind' } })
    expect([behind.rows.map((row) => row.sku), behind.total]).toEqual([['TEA'], 1])
  })
})

describe('one figure', () => {
  it('is drawn as the sum that it is: warehouses, orders on their way by number, buffer, pack', async () => {
    const { client, engine } = await aShelf({ stockBuffer: 1, packs: { SIX: { size: '6', unit: null } }, skuMap: { SIX: 'CUP' } })
    keep(engine.store, 'shop', 'stock', [shown('SIX', '9')], monday)
    keep(engine.store, 'erp', 'stock', [held('CUP', '20'), held('CUP', '10', 'WH2')], monday)
    keep(engine.store, 'shop', 'orders', [ordered('1001', 'SIX', '1'), ordered('1002', 'SIX', '1')], monday)
    await engine.reconcile()
    const one = await client.stock.one({ pair: 'pair', sku: 'SIX', location: null })
    expect(one).toMatchObject({ location: 'Lyon', expected: '2', blind: null, shop: { available: '9' }, incidents: [{ rule: 'F01-stock-behind' }] })
    expect(one.parts).toMatchObject([
      { erpSku: 'CUP', takes: '6', available: '30', waitingUnits: '12', waitingCount: 2, buffer: '1', free: '17', offers: '2', scarcest: true },
    ])
    expect(one.parts[0]?.waiting).toEqual([{ number: '1001', quantity: '6' }, { number: '1002', quantity: '6' }])
  })

  it('adds up to what it is judged by, whatever the pair’s buffers, shares, packs and caps', async () => {
    const units = fc.integer({ min: 0, max: 40 }).map(String)
    const settings = fc.record({
      stockBuffer: fc.integer({ min: 0, max: 5 }),
      stockShare: fc.constantFrom('1', '0.5', '0.3'),
      stockCap: fc.option(fc.integer({ min: 0, max: 9 }), { nil: null }),
      packs: fc.constantFrom({}, { MUG: { size: '3', unit: null } }),
      bundles: fc.constantFrom({}, { MUG: { CUP: '2', TEA: '1' } }),
    })
    await fc.assert(
      fc.asyncProperty(settings.filter(({ packs, bundles }) => Object.keys(packs).length + Object.keys(bundles).length < 2), units, units, units, fc.integer({ min: 0, max: 3 }), async (given, shop, here, there, sold) => {
        const { client, engine } = await aShelf(given)
        const parts = Object.keys(given.bundles).length === 0 ? ['MUG'] : ['CUP', 'TEA']
        keep(engine.store, 'shop', 'stock', [shown('MUG', shop)], monday)
        keep(engine.store, 'erp', 'stock', parts.flatMap((sku) => [held(sku, here), held(sku, there, 'WH2')]), monday)
        keep(engine.store, 'shop', 'orders', Array.from({ length: sold }, (_, nth) => ordered(String(nth), 'MUG', '1')), monday)
        await engine.reconcile()
        const one = await client.stock.one({ pair: 'pair', sku: 'MUG', location: 'Lyon' })
        expect([addedUp(one), one.expected]).toEqual([engine.store.stock.state('pair', 'MUG', 'Lyon')?.expected, one.most])
        await caller?.close()
        caller = null
      }),
      { numRuns: 12 },
    )
  })

  it('tells its history on both sides, and how long changes took to show', async () => {
    const { client, engine, clock } = await aShelf()
    keep(engine.store, 'shop', 'stock', [shown('MUG', '9')], monday)
    keep(engine.store, 'erp', 'stock', [held('MUG', '9')], monday)
    await engine.reconcile()
    for (const [nth, figures] of [['9', '5'], ['5', '5']].entries()) {
      await clock.advance(minutes(10))
      const [shop = '', erp = ''] = figures
      keep(engine.store, 'erp', 'stock', [{ ...held('MUG', erp), changedAt: monday + hours(1) + minutes(5) }], clock.now())
      keep(engine.store, 'shop', 'stock', [{ ...shown('MUG', shop), changedAt: monday + hours(1) + minutes(5 + nth * 12) }], clock.now())
      for (const side of ['shop', 'erp']) cover(engine.store, side, ['orders', 'stock'], clock.now())
      await engine.reconcile()
    }
    const { history, staleness, behindSince } = await client.stock.one({ pair: 'pair', sku: 'MUG', location: 'Lyon' })
    expect(history.expected.map(({ figure, observed }) => [figure, observed])).toEqual([['9', false], ['5', true]])
    expect(history.shop.map(({ figure }) => figure)).toEqual(['9', '9', '5'])
    expect([staleness.maxMs, staleness.oldestOpenMs, behindSince]).toEqual([minutes(12), null, null])
  })

  it('says what was sold that was not there, and in which orders', async () => {
    const { client, engine } = await aShelf()
    keep(engine.store, 'shop', 'stock', [shown('MUG', '3')], monday)
    keep(engine.store, 'erp', 'stock', [{ ...held('MUG', '0'), changedAt: monday - hours(3) }], monday)
    keep(engine.store, 'shop', 'orders', [ordered('1001', 'MUG', '2')], monday)
    await engine.reconcile()
    const one = await client.stock.one({ pair: 'pair', sku: 'MUG', location: 'Lyon' })
    expect(one.oversold).toMatchObject({ units: '2', orders: ['1001'], orderCount: 1, worth: { minor: 2000, currency: 'EUR' } })
    const { oversold } = await client.stock.about({ pair: 'pair' })
    expect(oversold).toMatchObject({ count: 1, byCurrency: [{ minor: 2000, currency: 'EUR' }], rows: [{ sku: 'MUG', location: 'Lyon', units: '2', orders: 1 }] })
  })

  it.each([
    ['a location that is mapped to no warehouse', 'Paris', 'Location Paris is mapped to no ERP warehouse.'],
    ['a SKU that the ERP keeps no figure of', 'Lyon', 'The ERP has no stock figure for the SKU.'],
  ])('says why of %s nothing is expected', async (_what, location, blind) => {
    const { client, engine } = await aShelf()
    keep(engine.store, 'shop', 'stock', [shown('MUG', '3', location)], monday)
    await engine.reconcile()
    expect(await client.stock.one({ pair: 'pair', sku: 'MUG', location })).toMatchObject({ blind, expected: null, parts: [] })
  })

  it('is refused in words for what the shop does not have', async () => {
    const { client, engine } = await aShelf()
    keep(engine.store, 'erp', 'orders', [anErpOrder()], monday)
    await expect(client.stock.one({ pair: 'pair', sku: 'NONE', location: null })).rejects.toMatchObject({ data: { says: 'NONE was not read from the shop.' } })
    await expect(client.stock.about({ pair: 'gone' })).rejects.toMatchObject({ data: { says: 'There is no pair gone.' } })
  })
})
