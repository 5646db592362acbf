/** What the screens of stock, tax, products and customers ask, over as many SKUs, differences and duplicates as a busy merchant has. */
import type { RouterClient } from '@orpc/server'
import { minutes } from '../../src-main/domain/time.ts'
import type { Engine } from '../../src-main/engine/engine.ts'
import { type Store, openStore } from '../../src-main/engine/store/store.ts'
import { aCustomer, aFinding, aProduct, aStockLevel } from '../support/builders.ts'
import { monday } from '../support/clock.ts'
import { benchOrder } from './business.ts'

/** As many as the orders are made of, at either size. */
const skus = 5000
/** As many orders differ as there are incidents in the budget. */
const differing = 5000
const duplicates = 500

const skuOf = (nth: number): string => `SKU-${nth}`

export function addMasters(path: string): void {
  const store = openStore(path, monday)
  store.transaction((tx) => {
    for (let nth = 0; nth < skus; nth += 1) {
      const sku = skuOf(nth)
      const behind = nth % 20 === 0
      for (const side of ['shop', 'erp']) {
        store.snapshots.save(tx, side, 'products', aProduct({ sku, unit: side === 'erp' && nth % 10 === 0 ? 'Box' : 'Unit' }), monday)
        store.snapshots.save(tx, side, 'stock', aStockLevel({ sku, available: behind && side === 'shop' ? '12' : '10' }), monday)
      }
      store.stock.addChange(tx, 'pair', sku, 'WH', { at: monday - minutes(nth), expected: '10', observed: true, settledAt: behind ? null : monday, resolutionMs: 1000 })
      store.stock.saveState(tx, 'pair', { sku, location: 'WH', shop: behind ? '12' : '10', expected: '10', behindSince: behind ? monday - minutes(nth) : null, resolutionMs: 1000, judgedAt: monday })
    }
    for (let nth = 0; nth < differing; nth += 1) {
      const facets = { market: `${'DFAC'[nth % 4]}E`, productType: 'VAT20', shipping: `Method ${nth % 7}`, exemption: 'none' } as const
      store.taxVariance.save(tx, 'pair', { number: benchOrder(nth).number, currency: 'EUR', minor: (nth % 99) - 40, cause: 'rounding', ...facets })
    }
    for (let nth = 0; nth < duplicates; nth += 1) {
      for (const twin of [0, 1]) store.snapshots.save(tx, 'erp', 'customers', aCustomer({ id: `${nth * 2 + twin}`, email: `twin${nth}@shop.test` }), monday)
      const finding = aFinding({ rule: 'F04-duplicate-customer', severity: 'medium', amount: null, subject: { kind: 'customer', connection: 'shop', key: `email of ${nth * 2}` } })
      store.incidents.apply(tx, 'pair', finding, { id: `twin-${nth}`, market: null, dueAt: null, parent: null, at: monday })
    }
  })
  store.close()
}

export function panelStoreQuestions(store: Store): readonly (() => unknown)[] {
  const shelf = { pair: 'pair', location: null, begins: '', after: null, limit: 100 }
  return [
    () => store.stockList.worst(shelf),
    () => store.stockList.bySku({ ...shelf, after: { behindSince: null, sku: skuOf(2500), location: 'WH' } }),
    () => store.stockList.bySku({ ...shelf, begins: 'SKU-49' }),
    () => store.stockList.counts('pair', null),
    () => store.stockList.locations('pair'),
    () => store.productList.skus('shop', { begins: '', after: skuOf(2500), limit: 100 }),
    () => store.taxVariance.list({ pair: 'pair', currency: 'EUR', only: { by: 'market', value: 'FE' }, after: { weight: 20, number: '' }, limit: 100 }),
    () => store.taxVariance.sums('pair', 'shipping'),
  ]
}

export function panelQuestions(client: RouterClient<Engine['router']>): readonly (() => Promise<unknown>)[] {
  const pair = 'pair'
  const shelf = { pair, filter: { standing: 'all', location: null, search: null }, sort: 'worst', limit: 100 } as const
  const catalogue = { pair, limit: 100, cursor: skuOf(2500) }
  return [
    () => client.stock.about({ pair }),
    () => client.stock.list({ ...shelf, cursor: null }),
    () => client.stock.list({ ...shelf, cursor: { behindSince: null, sku: skuOf(2500), location: 'WH' } }),
    () => client.stock.one({ pair, sku: skuOf(20), location: null }),
    () => client.tax.get({ pair }),
    () => client.tax.orders({ pair, currency: 'EUR', only: null, limit: 100, cursor: { weight: 20, number: '' } }),
    () => client.tax.order({ pair, number: benchOrder(17).number }),
    () => client.products.list({ ...catalogue, filter: { only: 'all', search: null } }),
    () => client.products.list({ ...catalogue, filter: { only: 'differing', search: null } }),
    () => client.products.one({ pair, sku: skuOf(20) }),
    () => client.products.records({ pair }),
    () => client.customers.list({ pair, limit: 100, cursor: null }),
  ]
}
