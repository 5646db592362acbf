/** Locations, stock and products, answered from the shop's books. */
import { GraphQLError } from 'graphql'
import { duplicatesOf, levelsOf, productsOf, type Asking } from '../asking.ts'
import { gid, numberOf } from '../ids.ts'
import { list, type ListArguments, type Listing } from '../listing.ts'
import { pageById, type PageArguments } from '../page.ts'
import { dateTime, price } from '../scalars.ts'
import { metafieldResolvers } from './owners.ts'
import type { Resolvers } from './resolver.ts'
import type { Instant, Level, Location, Variant } from '../../../shop/shop.ts'

/** A product is its variants; their rows say when each of them changed. */
export type Product = readonly Variant[]

export const levelListing: Listing<Level> = {
  rowsSince: (from, { desk }) => desk.shop.books.levels.changedSince(from),
  createdAt: () => 0,
  everywhere: () => [],
  sortKeys: {},
  fields: {
    id: { kind: 'id', of: (level) => [level.id] },
    inventory_item_id: { kind: 'id', of: (level) => [level.variantId] },
    created_at: { kind: 'time', of: (level) => level.changedAt },
    updated_at: { kind: 'time', of: (level) => level.changedAt },
  },
}

export const locationListing: Listing<Location> = {
  rowsSince: (from, { desk }) => desk.shop.books.locations.changedSince(from),
  createdAt: () => 0,
  everywhere: (location) => [location.name],
  sortKeys: { NAME: (location) => location.name },
  fields: {
    id: { kind: 'id', of: (location) => [location.id] },
    location_id: { kind: 'id', of: (location) => [location.id] },
    name: { kind: 'text', of: (location) => [location.name] },
    active: { kind: 'flag', of: (location) => location.active },
  },
}

/** An inventory item is its variant, under the same number. */
export const variantListing: Listing<Variant> = {
  rowsSince: (from, { desk }) => desk.shop.books.variants.changedSince(from),
  createdAt: (variant) => variant.createdAt,
  everywhere: (variant) => [variant.productTitle, variant.title, variant.sku, variant.barcode],
  sortKeys: { SKU: (variant) => variant.sku ?? '', TITLE: (variant) => variant.title, FULL_TITLE: (variant) => variant.productTitle },
  fields: {
    id: { kind: 'id', of: (variant) => [variant.id] },
    sku: { kind: 'text', of: (variant) => [variant.sku] },
    barcode: { kind: 'text', of: (variant) => [variant.barcode] },
    title: { kind: 'text', of: (variant) => [variant.title] },
    product_id: { kind: 'id', of: (variant) => [variant.productId] },
    product_status: { kind: 'text', of: (variant) => [variant.status] },
    gift_card: { kind: 'flag', of: (variant) => variant.giftCard },
    taxable: { kind: 'flag', of: (variant) => variant.taxable },
    created_at: { kind: 'time', of: (variant) => variant.createdAt },
    updated_at: { kind: 'time', of: (variant) => variant.changedAt },
  },
}

export interface ProductRow {
  readonly id: number
  readonly changedAt: Instant
  readonly variants: Product
}

export const productListing: Listing<ProductRow> = {
  rowsSince: (from, asking) => [...productsOf(asking)]
    .map(([id, variants]) => ({ id, variants, changedAt: changedAt(variants) }))
    .filter((row) => row.changedAt >= from)
    .sort((one, other) => one.changedAt - other.changedAt || one.id - other.id),
  createdAt: (row) => createdAt(row.variants),
  everywhere: (row) => row.variants.flatMap((variant) => [variant.productTitle, variant.sku]),
  sortKeys: {
    CREATED_AT: (row) => createdAt(row.variants), UPDATED_AT: (row) => row.changedAt, TITLE: (row) => row.variants[0]?.productTitle ?? '',
  },
  fields: {
    id: { kind: 'id', of: (row) => [row.id] },
    title: { kind: 'text', of: (row) => [row.variants[0]?.productTitle ?? null] },
    sku: { kind: 'text', of: (row) => row.variants.map((variant) => variant.sku) },
    barcode: { kind: 'text', of: (row) => row.variants.map((variant) => variant.barcode) },
    status: { kind: 'text', of: (row) => [row.variants[0]?.status ?? null] },
    gift_card: { kind: 'flag', of: (row) => row.variants.some((variant) => variant.giftCard) },
    created_at: { kind: 'time', of: (row) => createdAt(row.variants) },
    updated_at: { kind: 'time', of: (row) => row.changedAt },
  },
}

function changedAt(variants: Product): Instant {
  return Math.max(...variants.map((variant) => variant.changedAt))
}

function createdAt(variants: Product): Instant {
  return Math.min(...variants.map((variant) => variant.createdAt))
}

const quantityNames = ['available', 'on_hand', 'committed', 'incoming', 'reserved', 'damaged', 'safety_stock', 'quality_control']

interface QuantityOf {
  readonly level: Level
  readonly name: string
}

export function quantityOf(level: Level, name: string): number {
  if (name === 'available') return level.available
  if (name === 'committed') return level.committed
  return name === 'on_hand' ? level.available + level.committed : 0
}

function quantitiesOf(level: Level, { names }: { readonly names: readonly string[] }): readonly QuantityOf[] {
  return names.map((name) => {
    if (!quantityNames.includes(name)) {
      throw new GraphQLError(`The specified quantity name is invalid: ${name}.`, { extensions: { code: 'INVALID_QUANTITY_NAME' } })
    }
    return { level, name }
  })
}

/** Null for a state that was never written. */
function quantityAt({ level, name }: QuantityOf): string | null {
  if (name === 'available') return dateTime(level.availableAt)
  if (name === 'committed') return dateTime(level.committedAt)
  return name === 'on_hand' ? dateTime(level.changedAt) : null
}

function levelAt(variantId: number | null, locationId: number | null, asking: Asking): Level | null {
  return variantId === null ? null : levelsOf(variantId, asking).find((level) => level.locationId === locationId) ?? null
}

function availableOf(variant: Variant, asking: Asking): number {
  return levelsOf(variant.id, asking).reduce((units, level) => units + level.available, 0)
}

const locationFields = {
  id: (location) => gid('Location', location.id),
  legacyResourceId: (location) => String(location.id),
  isActive: (location) => location.active,
  isPrimary: (location, _args, { desk }) => [...desk.shop.books.locations.all()][0]?.id === location.id,
  fulfillsOnlineOrders: (location) => location.active,
  isFulfillmentService: () => false,
  shipsInventory: (location) => location.active,
  hasActiveInventory: (location, _args, { desk }) => [...desk.shop.books.levels.all()].some((level) => level.locationId === location.id),
  hasUnfulfilledOrders: (location, _args, { desk }) => [...desk.shop.books.levels.all()].some((level) => level.locationId === location.id && level.committed > 0),
  createdAt: (location) => dateTime(location.changedAt),
  updatedAt: (location) => dateTime(location.changedAt),
  deactivatedAt: (location) => location.active ? null : dateTime(location.changedAt),
  address: () => ({ address1: null, city: null, country: null, countryCode: null, zip: null, formatted: [] }),
  inventoryLevel: (location: Location, { inventoryItemId }: { readonly inventoryItemId: string }, asking: Asking) =>
    levelAt(numberOf('InventoryItem', inventoryItemId), location.id, asking),
  inventoryLevels: (location: Location, args: ListArguments, asking: Asking) =>
    list({ ...levelListing, isVisible: (level) => level.locationId === location.id }, args, asking, 'inventoryLevels'),
  ...metafieldResolvers((location: Location) => gid('Location', location.id)),
} satisfies Resolvers<Location>

const levelFields = {
  id: (level) => `${gid('InventoryLevel', level.id)}?inventory_item_id=${level.variantId}`,
  createdAt: (level) => dateTime(level.availableAt),
  updatedAt: (level) => dateTime(level.changedAt),
  isActive: () => true,
  canDeactivate: (level) => level.committed === 0,
  item: (level, _args, { desk }) => desk.shop.books.variants.get(level.variantId),
  location: (level, _args, { desk }) => desk.shop.books.locations.get(level.locationId),
  quantities: quantitiesOf,
} satisfies Resolvers<Level>

const itemFields = {
  id: (variant) => gid('InventoryItem', variant.id),
  legacyResourceId: (variant) => String(variant.id),
  duplicateSkuCount: (variant, _args, asking) => duplicatesOf(variant.sku, asking),
  createdAt: (variant) => dateTime(variant.createdAt),
  updatedAt: (variant) => dateTime(variant.changedAt),
  countryCodeOfOrigin: () => null,
  harmonizedSystemCode: () => null,
  unitCost: () => null,
  inventoryLevel: (variant: Variant, { locationId }: { readonly locationId: string }, asking: Asking) =>
    levelAt(variant.id, numberOf('Location', locationId), asking),
  inventoryLevels: (variant: Variant, args: ListArguments, asking: Asking) =>
    list({ ...levelListing, rowsSince: () => levelsOf(variant.id, asking) }, args, asking, 'inventoryLevels'),
  locationsCount: (variant, _args, asking) => ({ count: levelsOf(variant.id, asking).length, precision: 'EXACT' }),
  variant: (variant) => variant,
  variants: (variant: Variant, args: PageArguments, asking: Asking) => pageById([variant], args, asking),
} satisfies Resolvers<Variant>

const variantFields = {
  id: (variant) => gid('ProductVariant', variant.id),
  legacyResourceId: (variant) => String(variant.id),
  displayName: (variant) => `${variant.productTitle} - ${variant.title}`,
  price: (variant, _args, { desk }) => price(variant.price, desk.shop.books.currency),
  compareAtPrice: () => null,
  inventoryPolicy: (variant) => variant.sellsWithoutStock ? 'CONTINUE' : 'DENY',
  inventoryQuantity: (variant, _args, asking) => variant.tracked ? availableOf(variant, asking) : 0,
  sellableOnlineQuantity: (variant, _args, asking) => variant.tracked ? Math.max(0, availableOf(variant, asking)) : 0,
  availableForSale: (variant, _args, asking) => !variant.tracked || variant.sellsWithoutStock || availableOf(variant, asking) > 0,
  requiresComponents: () => false,
  position: (variant, _args, asking) => (productsOf(asking).get(variant.productId) ?? []).indexOf(variant) + 1,
  createdAt: (variant) => dateTime(variant.createdAt),
  updatedAt: (variant) => dateTime(variant.changedAt),
  inventoryItem: (variant) => variant,
  product: (variant, _args, asking) => productsOf(asking).get(variant.productId),
  ...metafieldResolvers((variant: Variant) => gid('ProductVariant', variant.id)),
} satisfies Resolvers<Variant>

function firstOf<T>(of: (variant: Variant) => T) {
  return ([variant]: Product): T | null => variant === undefined ? null : of(variant)
}

const productFields = {
  id: firstOf((variant) => gid('Product', variant.productId)),
  legacyResourceId: firstOf((variant) => String(variant.productId)),
  title: firstOf((variant) => variant.productTitle),
  handle: firstOf((variant) => variant.productTitle.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')),
  status: firstOf((variant) => variant.status),
  vendor: (_product, _args, { desk }) => desk.shop.books.domain.split('.')[0],
  productType: () => '',
  tags: () => [],
  description: () => '',
  isGiftCard: firstOf((variant) => variant.giftCard),
  createdAt: (product) => dateTime(createdAt(product)),
  updatedAt: (product) => dateTime(changedAt(product)),
  publishedAt: (product) => product[0]?.status === 'ACTIVE' ? dateTime(createdAt(product)) : null,
  totalInventory: (product, _args, asking) => product.reduce((units, variant) => units + availableOf(variant, asking), 0),
  tracksInventory: (product) => product.some((variant) => variant.tracked),
  hasOnlyDefaultVariant: (product) => product.length === 1 && product[0]?.title === 'Default Title',
  hasOutOfStockVariants: (product, _args, asking) => product.some((variant) => variant.tracked && availableOf(variant, asking) <= 0),
  variants: (product: Product, args: PageArguments, asking: Asking) => pageById(product, args, asking),
  variantsCount: (product) => ({ count: product.length, precision: 'EXACT' }),
  ...metafieldResolvers(([variant]: Product) => gid('Product', variant?.productId ?? 0)),
} satisfies Resolvers<Product>

export const goodsResolvers = {
  Location: locationFields,
  InventoryLevel: levelFields,
  InventoryItem: itemFields,
  InventoryQuantity: {
    id: ({ level, name }) => `${gid('InventoryQuantity', level.id)}?inventory_item_id=${level.variantId}&name=${name}`,
    quantity: ({ level, name }) => quantityOf(level, name),
    updatedAt: quantityAt,
  } satisfies Resolvers<QuantityOf>,
  Product: productFields,
  ProductVariant: variantFields,
}
