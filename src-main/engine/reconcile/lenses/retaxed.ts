/** Gathers what a product of the ERP was sold at since its tax became another one: from the orders that both sides have. */
import { type Sold, type TaxChange, followed, hasRates, taxesOf } from '../../../domain/product-tax.ts'
import type { ErpOrder, Order, Product, ProductTaxes } from '../../../domain/records.ts'
import { type Decimal, add, isZero } from '../../../domain/decimal.ts'
import type { Instant } from '../../../domain/time.ts'
import type { Store } from '../../store/store.ts'
import { numbersOf } from '../match.ts'
import type { PairSight } from '../sight.ts'
import { taxChangeOf } from '../tax-changes.ts'
import { scopeOfOrder } from './order.ts'

/** An order that follows the product's tax of before, or of now. */
export interface SoldAt {
  readonly number: string
  /** On our axis. */
  readonly placedAt: Instant
  /** The country that it went to, as only like is compared with like; null where the shop names none. */
  readonly country: string | null
  readonly follows: ProductTaxes
  readonly isFormer: boolean
  /** Of its lines together, and whether their tax is in it. */
  readonly total: Decimal
  readonly taxesIncluded: boolean
  readonly currency: string
}

export interface Retaxed extends Pick<TaxChange, 'now' | 'before'> {
  /** On our axis: by then it had become so. */
  readonly since: Instant
  /** Orders placed since that tell, the newest first; of many the newest alone. */
  readonly sold: readonly SoldAt[]
  /** False where more was sold since, of it or of everything, than is looked through. */
  readonly isInView: boolean
  /** An incident stands that speaks of it. */
  readonly isTold: boolean
}

/** So many orders of one product tell enough, and a law may change every product. */
const ordersMax = 50

export const retaxedRule = 'F08-tax-code-differs'

interface Of {
  readonly sku: string
  readonly erpSku: string
  readonly erp: readonly Product[]
}

/** Null where its rates have been what they are, as long as is known. */
export function retaxedOf(store: Store, sight: PairSight, { sku, erpSku, erp }: Of): Retaxed | null {
  const { pair, shopAxis, erpAxis } = sight
  const [product] = erp
  const change = taxChangeOf(store, pair.erp, erpSku)
  // another product may stand under the SKU than the one that was changed
  if (change === null || product === undefined || !hasRates(taxesOf(product), change.now)) return null
  const since = change.changedAt === null ? change.metAt : erpAxis.ours(change.changedAt)
  const lately = sight.soldLately()
  const orders = lately.ofSku(sku).filter((order) => shopAxis.ours(order.placedAt) >= since)
  const sold = orders.slice(0, ordersMax).flatMap((order) => soldAt(store, sight, { sku, erpSku, order, change }))
  const told = store.incidents.find(pair.id, retaxedRule, { kind: 'product', connection: pair.shop, key: sku })
  return {
    now: change.now,
    before: change.before,
    since,
    sold,
    isInView: orders.length <= ordersMax && (lately.since === null || shopAxis.ours(lately.since) < since),
    isTold: told !== null && told.state !== 'resolved',
  }
}

interface Line extends Pick<Of, 'sku' | 'erpSku'> {
  readonly order: Order
  readonly change: TaxChange
}

function soldAt(store: Store, { pair, shopAxis }: PairSight, { sku, erpSku, order, change }: Line): readonly SoldAt[] {
  const placedAt = shopAxis.ours(order.placedAt)
  // who is not taxed follows no product
  if (order.customer.taxExempt === true || scopeOfOrder(order, pair, placedAt) !== null) return []
  const lines = order.lines.filter((line) => line.sku === sku && !isZero(line.total))
  const sold = soldIn(lines, bookedUnder(store, pair, order), erpSku)
  const follows = sold === null ? null : followed(change, sold)
  if (sold === null || follows === null) return []
  return [
    {
      number: order.number,
      placedAt,
      country: order.market.country,
      follows,
      isFormer: follows !== change.now,
      total: add('0', ...lines.map((line) => line.total)),
      taxesIncluded: order.taxesIncluded,
      currency: order.currency,
    },
  ]
}

/** Null where the lines differ, or somebody else takes the tax. */
function soldIn(lines: Order['lines'], documents: readonly ErpOrder[], erpSku: string): Sold | null {
  const [charged] = lines.map((line) => line.taxes)
  if (charged === undefined || documents.length === 0) return null
  if (lines.some(({ taxes }) => !hasRates(taxes, charged) || taxes.some((tax) => tax.collectedByMarketplace))) return null
  return { charged, booked: documents.flatMap((document) => document.lines.filter((line) => line.sku === erpSku).map((line) => line.taxes)) }
}

/** Cancelled or not: it was taxed when it was booked. */
function bookedUnder(store: Store, pair: PairSight['pair'], order: Order): readonly ErpOrder[] {
  return numbersOf(pair, pair.shop, order)
    .flatMap((number) => store.claims.records(pair.id, number))
    .flatMap(({ record, connection }) => (record.kind === 'erp-order' && connection === pair.erp ? [record] : []))
}
