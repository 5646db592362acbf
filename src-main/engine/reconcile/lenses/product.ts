/** Gathers one SKU of the shop from both sides' catalogues, under the names that the pair's maps give it, with every copy. */
import type { Subject } from '../../../domain/incident.ts'
import type { Pair } from '../../../domain/pair.ts'
import { type Lookups, lookupsOf } from '../../../domain/pair-maps.ts'
import { wantedTaxCode } from '../../../domain/product-faces.ts'
import type { Product, StreamName } from '../../../domain/records.ts'
import { type Instant, type Span, minutes } from '../../../domain/time.ts'
import type { Snapshot } from '../../store/snapshots.ts'
import type { Store } from '../../store/store.ts'
import type { Kind } from '../kinds.ts'
import { type NotJudgedYet, notJudged } from '../rule.ts'
import type { PairSight } from '../sight.ts'
import type { Axis, Covered } from './coverage.ts'
import { type OutsideChange, outsideChanges } from './outside.ts'
import { type Retaxed, retaxedOf } from './retaxed.ts'

export interface ProductSeen {
  readonly subject: Subject
  /** The shop's; the ERP's own where the shop has nothing that is mapped to it. */
  readonly sku: string
  /** What the ERP calls it. */
  readonly erpSku: string
  readonly shopLabel: string
  readonly erpLabel: string
  /** More than one where a SKU was given twice. */
  readonly shop: readonly Product[]
  readonly erp: readonly Product[]
  /** Products of the same side that carry one of their barcodes under another SKU. */
  readonly shopBarcodeTwins: readonly Product[]
  readonly erpBarcodeTwins: readonly Product[]
  /** What a bundle is made of, by the ERP's SKUs, that the ERP does not know; null for what is no bundle. */
  readonly missingParts: readonly string[] | null
  /** One of it in the ERP's units, as the pair says; null where it says nothing. */
  readonly pack: Pair['settings']['packs'][string] | null
  readonly lookups: Pick<Lookups, 'unitsIn'>
  /** What was changed by somebody who does not own it. */
  readonly outside: readonly OutsideChange[]
  /** The ERP's code for the tax class that the shop states; null where it states none, or the pair maps none to it. */
  readonly wantedTaxCode: string | null
  /** What it was sold at since its tax became another one in the ERP; null where it did not. */
  readonly retaxed: Retaxed | null
  readonly graceMs: Span
  readonly axes: { readonly shop: Axis; readonly erp: Axis }
  /** Up to where the products of both sides are complete. */
  readonly covered: Covered
}

const stream: StreamName = 'products'

function snapshotsOf(store: Store, connection: string, name: 'sku' | 'barcode', value: string): readonly Snapshot<Product>[] {
  return store.snapshots
    .byKey(connection, stream, name, value)
    .flatMap((one) => (one.goneAt === null && one.record.kind === 'product' ? [{ ...one, record: one.record }] : []))
}

function twinsOf(store: Store, connection: string, products: readonly Product[]): readonly Product[] {
  return products.flatMap(({ barcode, sku }) =>
    barcode === null
      ? []
      : snapshotsOf(store, connection, 'barcode', barcode).flatMap(({ record }) => (record.sku === sku ? [] : [record])),
  )
}

function see(store: Store, sight: PairSight, sku: string): ProductSeen | null {
  const { pair } = sight
  const lookups = lookupsOf(pair.settings)
  const erpSku = lookups.erpSku(sku)
  const shopRows = snapshotsOf(store, pair.shop, 'sku', sku)
  const erpRows = snapshotsOf(store, pair.erp, 'sku', erpSku)
  if (shopRows.length + erpRows.length === 0) return null
  const shop = shopRows.map(({ record }) => withBasis(record, sight.shopPricesWithTax))
  const erp = erpRows.map(({ record }) => record)
  const parts = lookups.bundle(sku) === null ? null : [...new Set(lookups.takes(sku).map((one) => one.erpSku))]
  return {
    subject: { kind: 'product', connection: pair.shop, key: sku },
    sku,
    erpSku,
    shopLabel: sight.shopLabel,
    erpLabel: sight.erpLabel,
    shop,
    erp,
    shopBarcodeTwins: twinsOf(store, pair.shop, shop),
    erpBarcodeTwins: twinsOf(store, pair.erp, erp),
    missingParts: parts?.filter((part) => snapshotsOf(store, pair.erp, 'sku', part).length === 0) ?? null,
    pack: Object.hasOwn(pair.settings.packs, sku) ? (pair.settings.packs[sku] ?? null) : null,
    lookups,
    outside: [...outsideOf(store, pair, shopRows, erpRows), ...outsideOf(store, pair, erpRows, shopRows)],
    wantedTaxCode: wantedTaxCode(pair.settings, shop[0]?.taxCode ?? null),
    retaxed: retaxedOf(store, sight, { sku, erpSku, erp }),
    graceMs: minutes(pair.settings.graceMinutes),
    axes: { shop: sight.shopAxis, erp: sight.erpAxis },
    covered: sight.products,
  }
}

/** A shop that does not say of a list price whether tax is in it says so of its orders. */
function withBasis(product: Product, included: boolean | null): Product {
  return { ...product, prices: product.prices.map((price) => ({ ...price, taxesIncluded: price.taxesIncluded ?? included })) }
}

const kept = [
  { domain: 'price', name: 'Price of', wordsOf: (product: Product) => product.prices.map((one) => [one.market, one.amount, one.currency].filter((part) => part !== null).join(' ')).toSorted().join(', ') || null },
  { domain: 'content', name: 'Title of', wordsOf: (product: Product) => product.title },
  { domain: 'tax', name: 'Tax code of', wordsOf: (product: Product) => product.taxCode },
] as const

/** Only of a SKU that both sides have, once each: else nobody can say whose word it was. */
function outsideOf(store: Store, pair: Pair, rows: readonly Snapshot<Product>[], others: readonly Snapshot<Product>[]): readonly OutsideChange[] {
  const [row] = rows
  const [other] = others
  if (Object.keys(pair.settings.owners).length === 0 || row === undefined || other === undefined) return []
  if (rows.length > 1 || others.length > 1) return []
  const said = [other.record, ...store.snapshots.versions(other.row, 50)].filter((one): one is Product => one.kind === 'product')
  return outsideChanges(
    store,
    pair,
    row,
    kept.map(({ domain, name, wordsOf }) => ({
      domain,
      what: `${name} ${row.record.sku}`,
      wordsOf,
      // the two sides have other words for one tax: there a deed needs a doer
      ...(domain === 'tax' ? {} : { agreed: new Set(said.flatMap((one) => wordsOf(one) ?? [])) }),
    })),
  )
}

/** Null once the products of both sides are read past a moment and the grace; else why it is too early to say. */
export function tooEarlyForProduct(seen: ProductSeen, from: Instant): NotJudgedYet | null {
  const until = from + seen.graceMs
  if (seen.covered.to !== null && seen.covered.to >= until) return null
  return notJudged(`products of ${seen.covered.latest === seen.subject.connection ? seen.shopLabel : seen.erpLabel} are not read that far`, until)
}

/** Since when both sides have stood as they do: the later of their last changes, on our axis; 0 where neither says. */
export function standsSince(seen: ProductSeen): Instant {
  const of = (products: readonly Product[], axis: Axis) => products.map((one) => (one.changedAt === null ? 0 : axis.ours(one.changedAt)))
  return Math.max(0, ...of(seen.shop, seen.axes.shop), ...of(seen.erp, seen.axes.erp))
}

/** The shop's and the ERP's one product, both on sale; null where a side has none, or several. */
export function bothOf(seen: ProductSeen): { readonly shop: Product; readonly erp: Product } | null {
  const [shop] = seen.shop
  const [erp] = seen.erp
  if (shop === undefined || erp === undefined || seen.shop.length > 1 || seen.erp.length > 1) return null
  return shop.active && erp.active ? { shop, erp } : null
}

export const productKind: Kind<'product'> = {
  over: 'product',
  subjectKind: 'product',
  see,
  touched(store, pair, snapshot) {
    const { record, connection } = snapshot
    if (record.kind !== 'product') return []
    const before = store.snapshots.previous(snapshot.row)
    const known = before?.kind === 'product' ? [before] : []
    const skus = [record, ...known].flatMap((one) => [one.sku, ...twinsOf(store, connection, [one]).map((twin) => twin.sku)])
    return connection === pair.erp ? skus.flatMap((sku) => lookupsOf(pair.settings).takers(sku)) : skus
  },
  *every(store, pair) {
    const { shopSkus } = lookupsOf(pair.settings)
    for (const connection of [pair.shop, pair.erp]) {
      for (let page = store.snapshots.page(connection, stream, 0, 500); page.length > 0; ) {
        yield page.flatMap(({ record }) =>
          record.kind !== 'product' ? [] : connection === pair.erp ? shopSkus(record.sku) : [record.sku],
        )
        page = store.snapshots.page(connection, stream, page.at(-1)?.row ?? 0, 500)
      }
    }
  },
  closing: (seen) => `${seen.shopLabel} has ${seen.shop.length} under this SKU, ${seen.erpLabel} ${seen.erp.length}.`,
  lookUp: {
    stream,
    by: 'number',
    keysOf(pair, sku) {
      const lookups = lookupsOf(pair.settings)
      return [...new Set([lookups.erpSku(sku), ...lookups.takes(sku).map((one) => one.erpSku)])]
    },
  },
}
