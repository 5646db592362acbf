/** Gathers one SKU from both sides' catalogues, with every copy under it. */
import type { Subject } from '../../../domain/incident.ts'
import type { Product, StreamName } from '../../../domain/records.ts'
import type { Store } from '../../store/store.ts'
import type { Kind } from '../kinds.ts'
import type { PairSight } from '../sight.ts'
import type { Covered } from './coverage.ts'

export interface ProductSeen {
  readonly subject: Subject
  readonly sku: string
  readonly shopLabel: string
  readonly erpLabel: string
  /** More than one where a SKU was given twice. */
  readonly shop: readonly Product[]
  readonly erp: readonly Product[]
  /** Products of the same side that carry one of their barcodes under another SKU. */
  readonly shopBarcodeTwins: readonly Product[]
  readonly erpBarcodeTwins: readonly Product[]
  /** Up to where the products of both sides are complete. */
  readonly covered: Covered
}

const stream: StreamName = 'products'

function productsOf(store: Store, connection: string, name: 'sku' | 'barcode', value: string): readonly Product[] {
  return store.snapshots
    .byKey(connection, stream, name, value)
    .flatMap(({ record, goneAt }) => (goneAt === null && record.kind === 'product' ? [record] : []))
}

function twinsOf(store: Store, connection: string, products: readonly Product[]): readonly Product[] {
  return products.flatMap((product) =>
    product.barcode === null ? [] : productsOf(store, connection, 'barcode', product.barcode).filter((one) => one.sku !== product.sku),
  )
}

function see(store: Store, sight: PairSight, sku: string): ProductSeen | null {
  const { pair } = sight
  const shop = productsOf(store, pair.shop, 'sku', sku)
  const erp = productsOf(store, pair.erp, 'sku', sku)
  if (shop.length + erp.length === 0) return null
  return {
    subject: { kind: 'product', connection: pair.shop, key: sku },
    sku,
    shopLabel: sight.shopLabel,
    erpLabel: sight.erpLabel,
    shop,
    erp,
    shopBarcodeTwins: twinsOf(store, pair.shop, shop),
    erpBarcodeTwins: twinsOf(store, pair.erp, erp),
    covered: sight.products,
  }
}

export const productKind: Kind<'product'> = {
  over: 'product',
  subjectKind: 'product',
  see,
  touched(store, _pair, snapshot) {
    const { record, connection } = snapshot
    if (record.kind !== 'product') return []
    const before = store.snapshots.previous(snapshot.row)
    const known = before?.kind === 'product' ? [before] : []
    return [record, ...known].flatMap((one) => [one.sku, ...twinsOf(store, connection, [one]).map((twin) => twin.sku)])
  },
  *every(store, pair) {
    for (const connection of [pair.shop, pair.erp]) {
      for (let page = store.snapshots.page(connection, stream, 0, 500); page.length > 0; ) {
        yield page.flatMap(({ record }) => (record.kind === 'product' ? [record.sku] : []))
        page = store.snapshots.page(connection, stream, page.at(-1)?.row ?? 0, 500)
      }
    }
  },
  closing: (seen) => `${seen.shopLabel} has ${seen.shop.length} under this SKU, ${seen.erpLabel} ${seen.erp.length}.`,
}
