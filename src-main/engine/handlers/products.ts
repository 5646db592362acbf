/** Answers about products: both sides' catalogues side by side by SKU, and one product with all that is said of it. */
import type { ProductFace, ProductFilter, ProductOneView, ProductRow } from '../../contract/product-views.ts'
import { type PriceTerms, priceTermsSchema } from '../../domain/list-price.ts'
import { lookupsOf } from '../../domain/pair-maps.ts'
import type { Pair } from '../../domain/pair.ts'
import { type ProductField, productDiffers } from '../../domain/product-faces.ts'
import type { Product } from '../../domain/records.ts'
import { type ProductSeen, productKind } from '../reconcile/lenses/product.ts'
import { catalogue } from '../reconcile/registry.ts'
import { type PairSight, sightOf } from '../reconcile/sight.ts'
import type { Store } from '../store/store.ts'
import { aboutIncident } from './about-incident.ts'
import { recordsOf } from './records.ts'
import { type Rooms, asOf, os, staleAfter } from './rooms.ts'

/** SKUs looked through for one page: who asks for rare ones goes on from there. */
const lookedMax = 500
const copiesShown = 20

const priceRule = 'F08-price-differs'

/** The rules that speak of a product. */
export const productRules = [...catalogue.keys()].filter((id) => id.startsWith('F08-') || id === 'F09-product-changed-outside')

export function productHandlers(rooms: Rooms) {
  const { store } = rooms
  return {
    list: os.products.list.handler(({ input, errors }) => {
      const pair = store.pairs.get(input.pair)
      if (pair === null) throw errors.NOT_FOUND({ data: { says: `There is no pair ${input.pair}.` } })
      const sight = sightOf(store, pair)
      const begins = input.filter.search?.trim() ?? ''
      const found = pageOf(store, sight, { ...input, begins, only: input.filter.only })
      return {
        shopLabel: sight.shopLabel,
        erpLabel: sight.erpLabel,
        asOf: { at: sight.products.to, staleAfterMs: staleAfter(store, 'batch') },
        shopCount: store.streams.recordsHeld(pair.shop, 'products'),
        erpCount: store.streams.recordsHeld(pair.erp, 'products'),
        ...found,
      }
    }),
    one: os.products.one.handler(({ input, errors }) => {
      const pair = store.pairs.get(input.pair)
      if (pair === null) throw errors.NOT_FOUND({ data: { says: `There is no pair ${input.pair}.` } })
      const sight = sightOf(store, pair)
      const seen = seenUnder(store, sight, input.sku)
      if (seen === null) throw errors.NOT_FOUND({ data: { says: `Neither side has a product under ${input.sku}.` } })
      return oneOf(rooms, sight, seen)
    }),
    records: os.products.records.handler(({ input, errors }) => {
      const pair = store.pairs.get(input.pair)
      if (pair === null) throw errors.NOT_FOUND({ data: { says: `There is no pair ${input.pair}.` } })
      return recordsOf(rooms, pair)
    }),
  }
}

interface Wanted {
  readonly begins: string
  readonly only: ProductFilter
  readonly limit: number
  readonly cursor: string | null
}

function pageOf(store: Store, sight: PairSight, wanted: Wanted): { rows: ProductRow[]; next: string | null; looked: number } {
  const rows: ProductRow[] = []
  let looked = 0
  let after = wanted.cursor ?? ''
  while (rows.length < wanted.limit && looked < lookedMax) {
    const skus = skusAfter(store, sight.pair, wanted, after)
    for (const sku of skus) {
      after = sku
      looked += 1
      const row = rowOf(store, sight, sku)
      if (row !== null && isWanted(row, wanted.only)) rows.push(row)
      if (rows.length === wanted.limit || looked === lookedMax) return { rows, next: sku, looked }
    }
    if (skus.length < wanted.limit) return { rows, next: null, looked }
  }
  return { rows, next: after, looked }
}

/** In one order over both sides: whatever the shop or the ERP calls so. */
function skusAfter(store: Store, pair: Pair, { begins, only, limit }: Wanted, after: string): readonly string[] {
  const stretch = { begins, after, limit }
  if (only === 'incidents') {
    return store.productList.spokenOf({ pair: pair.id, kind: 'product', connection: pair.shop, rules: productRules }, stretch)
  }
  const both = [pair.shop, pair.erp].flatMap((connection) => store.productList.skus(connection, stretch))
  return [...new Set(both)].toSorted(byBytes).slice(0, limit)
}

/** As the store orders them; JavaScript's own order of letters beyond the first plane is another. */
function byBytes(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right))
}

function isWanted(row: ProductRow, only: ProductFilter): boolean {
  switch (only) {
    case 'all':
    case 'incidents':
      return true
    case 'differing':
      return row.differs.length > 0
    case 'shop-only':
      return row.erp === null
    case 'erp-only':
      return row.shop === null
    default:
      return only satisfies never
  }
}

/** Null for what nobody has any more, and for the ERP's name of what stands under the shop's. */
function rowOf(store: Store, sight: PairSight, sku: string): ProductRow | null {
  const { pair } = sight
  const seen = productKind.see(store, sight, sku)
  if (seen === null) return null
  const lookups = lookupsOf(pair.settings)
  if (seen.shop.length === 0 && lookups.shopSkus(sku).some((other) => other !== sku && productKind.see(store, sight, other) !== null)) return null
  const [shop] = seen.shop
  const [erp] = seen.erp
  return {
    sku,
    erpSku: seen.erpSku,
    title: shop?.title ?? erp?.title ?? '',
    shop: shop === undefined ? null : faceOf(sight, 'shop', shop),
    erp: erp === undefined ? null : faceOf(sight, 'erp', erp),
    shopCopies: seen.shop.length,
    erpCopies: seen.erp.length,
    differs: [...differsIn(pair, seen)],
    incidents: store.incidents.liveOf(pair.id, seen.subject).length,
  }
}

function differsIn(pair: Pair, seen: ProductSeen): readonly ProductField[] {
  const [shop] = seen.shop
  const [erp] = seen.erp
  if (shop === undefined || erp === undefined) return []
  return productDiffers(pair.settings, shop, erp, priceTerms(pair))
}

/** As the pair has the rule on prices, so that the two say the same. */
function priceTerms(pair: Pair): PriceTerms {
  const parsed = priceTermsSchema.safeParse(pair.settings.rules[priceRule]?.params ?? {})
  return parsed.success ? parsed.data : priceTermsSchema.parse({})
}

function faceOf(sight: PairSight, side: 'shop' | 'erp', product: Product): ProductFace {
  const { sku, id, title, unit, packSize, taxCode, barcode, active, changedAt, prices } = product
  const axis = side === 'shop' ? sight.shopAxis : sight.erpAxis
  return { sku, id, title, unit, packSize, taxCode, barcode, active, prices: [...prices], changedAt: changedAt === null ? null : axis.ours(changedAt) }
}

/** Under the shop's SKU, or under the ERP's where that is what was meant. */
function seenUnder(store: Store, sight: PairSight, sku: string): ProductSeen | null {
  const own = productKind.see(store, sight, sku)
  if (own !== null && own.shop.length > 0) return own
  const others = lookupsOf(sight.pair.settings).shopSkus(sku).filter((one) => one !== sku)
  return others.map((one) => productKind.see(store, sight, one)).find((one) => one !== null) ?? own
}

function oneOf({ store }: Rooms, sight: PairSight, seen: ProductSeen): ProductOneView {
  const { pair } = sight
  return {
    sku: seen.sku,
    erpSku: seen.erpSku,
    shopLabel: sight.shopLabel,
    erpLabel: sight.erpLabel,
    asOf: { ...asOf(store, sight.products.to), staleAfterMs: staleAfter(store, 'batch') },
    shop: seen.shop.slice(0, copiesShown).map((product) => faceOf(sight, 'shop', product)),
    erp: seen.erp.slice(0, copiesShown).map((product) => faceOf(sight, 'erp', product)),
    differs: [...differsIn(pair, seen)],
    maps: [...mapsOf(pair, seen)],
    outside: seen.outside.map(({ what, before, after, user, at, on }) => ({
      what,
      before,
      after,
      by: user,
      at: at === null ? null : (on === 'shop' ? sight.shopAxis : sight.erpAxis).ours(at),
    })),
    incidents: store.incidents.liveOf(pair.id, seen.subject).map(aboutIncident),
  }
}

function mapsOf(pair: Pair, seen: ProductSeen): readonly string[] {
  const { bundles } = pair.settings
  const parts = Object.hasOwn(bundles, seen.sku) ? Object.entries(bundles[seen.sku] ?? {}) : []
  return [
    ...(seen.erpSku === seen.sku ? [] : [`The ERP calls it ${seen.erpSku}.`]),
    ...(seen.pack === null ? [] : [`One of it is ${seen.pack.size} ${seen.pack.unit ?? 'units'} in the ERP.`]),
    ...(parts.length === 0 ? [] : [`It is made of ${parts.map(([sku, many]) => `${many} × ${sku}`).join(', ')}.`]),
    ...(seen.missingParts === null || seen.missingParts.length === 0 ? [] : [`The ERP does not know ${seen.missingParts.join(', ')}.`]),
  ].slice(0, 50)
}
