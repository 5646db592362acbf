/** Stock page by page: whoever reads on meets every SKU once, in the order that was asked for. */
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import type { StockState } from '../../../src-main/engine/store/stock.ts'
import type { StockWanted } from '../../../src-main/engine/store/stock-list.ts'
import type { Store } from '../../../src-main/engine/store/store.ts'
import { aStockLevel } from '../../support/builders.ts'
import { monday } from '../../support/clock.ts'
import { aStore, keep } from '../../support/store.ts'

const stateOf = (sku: string, location: string, behindSince: number | null): StockState => ({
  sku,
  location,
  shop: '1',
  expected: behindSince === null ? '1' : '0',
  behindSince,
  resolutionMs: null,
  judgedAt: monday,
})

function kept(states: readonly StockState[]): Store {
  const store = aStore()
  store.transaction((tx) => states.forEach((state) => store.stock.saveState(tx, 'pair', state)))
  return store
}

/** Every page until one is not full. */
function walk(list: (wanted: StockWanted) => readonly StockState[], wanted: Omit<StockWanted, 'pair' | 'after'>): readonly string[] {
  const met: string[] = []
  for (let after: StockWanted['after'] = null; met.length < 1000; ) {
    const page = list({ pair: 'pair', ...wanted, after })
    met.push(...page.map(named))
    const last = page.at(-1)
    if (last === undefined || page.length < wanted.limit) return met
    after = last
  }
  return met
}

const named = (state: StockState): string => `${state.sku}@${state.location}`
const text = (left: string, right: string): number => Buffer.compare(Buffer.from(left), Buffer.from(right))
const bySku = (a: StockState, b: StockState): number => text(a.sku, b.sku) || text(a.location, b.location)
const byAge = (a: StockState, b: StockState): number => (a.behindSince ?? Infinity) - (b.behindSince ?? Infinity) || bySku(a, b)

const someStock = fc.uniqueArray(
  fc.record({
    sku: fc.stringMatching(/^[AaBé𝔹-]{1,3}$/u),
    location: fc.constantFrom('Hamburg', 'Leipzig', '東京'),
    behindSince: fc.option(fc.integer({ min: 1, max: 4 }), { nil: null }),
  }),
  { selector: ({ sku, location }) => `${sku}@${location}`, maxLength: 30 },
)

it('meets each of what is asked for once, whatever the size of a page', () => {
  fc.assert(
    fc.property(someStock, fc.integer({ min: 1, max: 7 }), fc.constantFrom(null, 'Leipzig', 'nowhere'), fc.constantFrom('', 'A', 'Aa', 'é', 'zz'), (given, limit, location, begins) => {
      const states = given.map(({ sku, location: place, behindSince }) => stateOf(sku, place, behindSince))
      const { stockList } = kept(states)
      const wanted = states.filter((state) => state.sku.startsWith(begins) && (location === null || state.location === location))
      const late = wanted.filter((state) => state.behindSince !== null)
      expect(walk(stockList.bySku, { limit, location, begins })).toEqual(wanted.toSorted(bySku).map(named))
      expect(walk(stockList.behind, { limit, location, begins })).toEqual(late.toSorted(byAge).map(named))
      expect(walk(stockList.worst, { limit, location, begins })).toEqual(wanted.toSorted((a, b) => byAge(a, b) || bySku(a, b)).map(named))
    }),
    { numRuns: 50 },
  )
})

it('counts what is watched and behind, at one location or at all, and names the locations', () => {
  const { stockList } = kept([stateOf('A', 'Hamburg', null), stateOf('A', 'Leipzig', 1), stateOf('B', 'Leipzig', null)])
  expect([stockList.counts('pair', null), stockList.counts('pair', 'Hamburg')]).toEqual([{ watched: 3, behind: 1 }, { watched: 1, behind: 0 }])
  expect([stockList.locations('pair'), stockList.locations('another')]).toEqual([['Hamburg', 'Leipzig'], []])
})

it('tells what a level said before, and for how long', () => {
  const store = aStore()
  for (const [nth, units] of ['10', '8', '5'].entries()) keep(store, 'shop', 'stock', [aStockLevel({ onHand: units, available: units })], monday + nth)
  const row = store.snapshots.get('shop', 'stock', 'MUG@WH')?.row ?? 0
  expect(store.stockList.said(row, 10).map(({ from, to, record }) => [from - monday, to - monday, record.kind === 'stock' && record.available])).toEqual([
    [1, 2, '8'],
    [0, 1, '10'],
  ])
})
