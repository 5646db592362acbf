/** What one request knows while it is answered: who asks, when, and of which shop. */
import { figuresOf, type OrderFigures } from '../../shop/figures.ts'
import type { BalanceEntry } from '../../shop/payouts.ts'
import type { Customer, Instant, Level, Order, Shop, Variant } from '../../shop/shop.ts'
import type { BulkOperations } from './bulk/operations.ts'
import type { IdempotentAnswers } from './idempotency.ts'
import type { Metafields } from './metafields.ts'
import type { RowsOfOrders } from './rows-of-orders.ts'
import type { SteadyOrders } from './steady-orders.ts'
import type { SearchWarning } from './search/search.ts'

/** What lives as long as the server does. */
export interface Desk {
  readonly shop: Shop
  /** Where files lie that a finished bulk operation points to, as `https://plum.myshopify.com`. */
  readonly origin: string
  /** How long a written row is missing from lists. */
  readonly indexLagMs: number
  /** Names, e-mail and the like are given out. */
  readonly customerData: boolean
  readonly plan: string
  readonly bulk: BulkOperations
  readonly idempotent: IdempotentAnswers
  readonly metafields: Metafields
  readonly rowsOfOrders: RowsOfOrders
  readonly steadyOrders: SteadyOrders
  /** What Shopify Payments entered for a transaction. */
  readonly balanceOf: (transactionId: number) => readonly BalanceEntry[]
  readonly supportedVersions: readonly string[]
}

export interface Asking {
  readonly desk: Desk
  readonly at: Instant
  readonly app: string
  readonly scopes: ReadonlySet<string>
  readonly version: string
  /** A bulk operation asks: its connections have no pages. */
  readonly inBulk: boolean
  readonly warnings: SearchNote[]
  readonly found: Found
}

/** What of a list's search was not understood. */
export interface SearchNote {
  readonly path: readonly string[]
  readonly query: string
  readonly warnings: readonly SearchWarning[]
}

/** What was computed once for this request. */
export interface Found {
  readonly figures: Map<number, OrderFigures>
  skus: ReadonlyMap<string, number> | null
  levels: ReadonlyMap<number, readonly Level[]> | null
  products: ReadonlyMap<number, readonly Variant[]> | null
  orders: ReadonlyMap<number, readonly Order[]> | null
}

export function nothingFound(): Found {
  return { figures: new Map(), skus: null, levels: null, products: null, orders: null }
}

export function figuresFor(order: Order, { found }: Asking): OrderFigures {
  const known = found.figures.get(order.id)
  if (known !== undefined) return known
  const figures = figuresOf(order)
  found.figures.set(order.id, figures)
  return figures
}

export function levelsOf(variantId: number, { desk, found }: Asking): readonly Level[] {
  found.levels ??= Map.groupBy(desk.shop.books.levels.all(), (level) => level.variantId)
  return found.levels.get(variantId) ?? []
}

export function productsOf({ desk, found }: Asking): ReadonlyMap<number, readonly Variant[]> {
  found.products ??= Map.groupBy(desk.shop.books.variants.all(), (variant) => variant.productId)
  return found.products
}

export function ordersOf(customer: Customer, { desk, found }: Asking): readonly Order[] {
  found.orders ??= Map.groupBy(desk.shop.books.orders.all(), (order) => order.customerId ?? 0)
  return found.orders.get(customer.id) ?? []
}

/** How many other items bear the same SKU. */
export function duplicatesOf(sku: string | null, { desk, found }: Asking): number {
  if (sku === null || sku === '') return 0
  if (found.skus === null) {
    const skus = new Map<string, number>()
    for (const variant of desk.shop.books.variants.all()) {
      if (variant.sku !== null) skus.set(variant.sku, (skus.get(variant.sku) ?? 0) + 1)
    }
    found.skus = skus
  }
  return (found.skus.get(sku) ?? 1) - 1
}

/** A write scope holds its read scope. */
export function hasScope(scope: string, scopes: ReadonlySet<string>): boolean {
  return scopes.has(scope) || scopes.has(scope.replace(/^read_/, 'write_'))
}
