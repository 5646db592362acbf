/** What may be asked for at the root. */
import { gid, numberOf, parseGid } from '../ids.ts'
import { count, list, type ListArguments } from '../listing.ts'
import { pageById, pageOf, type PageArguments } from '../page.ts'
import { productsOf, type Asking } from '../asking.ts'
import { customerListing } from './buyers.ts'
import { locationListing, productListing, variantListing, type ProductRow } from './goods.ts'
import { orderListing, seesOrder } from './order-listing.ts'
import type { BulkOperation } from '../bulk/operations.ts'
import type { Hanging } from '../rows-of-orders.ts'
import type { Resolvers } from './resolver.ts'

interface ById {
  readonly id: string
}

interface CountArguments {
  readonly query?: string | null
  readonly limit?: number | null
}

type Finder = (id: number, asking: Asking) => unknown

/** What hangs on an order, with its order, under the name by which its resolvers know it. */
function onOrder(kind: Hanging, name: string): Finder {
  return (id, asking) => {
    const order = asking.desk.rowsOfOrders.orderOf(kind, id)
    if (order === null || !seesOrder(order, asking)) return null
    return { order, [name]: order[kind].find((row) => row.id === id) }
  }
}

/** How a row is found by its number, by the type that its global id names. */
const finders: Readonly<Record<string, Finder>> = {
  Order(id, asking) {
    const order = asking.desk.shop.books.orders.get(id)
    return order !== null && seesOrder(order, asking) ? order : null
  },
  Customer: (id, { desk }) => desk.shop.books.customers.get(id),
  Location: (id, { desk }) => desk.shop.books.locations.get(id),
  InventoryItem: (id, { desk }) => desk.shop.books.variants.get(id),
  ProductVariant: (id, { desk }) => desk.shop.books.variants.get(id),
  Product: (id, asking) => productsOf(asking).get(id) ?? null,
  InventoryLevel: (id, { desk }) => desk.shop.books.levels.get(id),
  BulkOperation: (id, asking) => operationsOf(asking).find((operation) => operation.id === id) ?? null,
  LineItem: onOrder('lines', 'line'),
  OrderTransaction: onOrder('transactions', 'transaction'),
  Refund: onOrder('refunds', 'refund'),
  Fulfillment: onOrder('fulfillments', 'fulfillment'),
}

function find(type: string) {
  return (_root: unknown, { id }: ById, asking: Asking): unknown => {
    const number = numberOf(type, id)
    return number === null ? null : (finders[type]?.(number, asking) ?? null)
  }
}

/** A row of any type, with the name of its type where it is an object that can bear it. */
export function nodeOf(id: string, asking: Asking): unknown {
  const parsed = parseGid(id)
  if (parsed === null) return numberOf('Node', id)
  const row = finders[parsed.type]?.(parsed.id, asking) ?? null
  return row === null ? null : new NodeOf(parsed.type, row)
}

/** A row that has forgotten its type: an interface is resolved by the global id it was asked for with. */
export class NodeOf {
  readonly type: string
  readonly row: unknown

  constructor(type: string, row: unknown) {
    this.type = type
    this.row = row
  }
}

function operationsOf({ desk, app }: Asking): readonly BulkOperation[] {
  return desk.bulk.of(app)
}

const tenderKinds = new Set(['SALE', 'CAPTURE', 'REFUND'])

function tendersOf(asking: Asking) {
  return [...asking.desk.shop.books.orders.all()]
    .filter((order) => seesOrder(order, asking))
    .flatMap((order) =>
      order.transactions
        .filter((transaction) => transaction.status === 'SUCCESS' && tenderKinds.has(transaction.kind))
        .map((transaction) => ({ id: transaction.id, order, transaction })),
    )
}

export const queryResolvers = {
  QueryRoot: {
    node: (_root: unknown, { id }: ById, asking: Asking) => nodeOf(id, asking),
    nodes: (_root: unknown, { ids }: { readonly ids: readonly string[] }, asking: Asking) =>
      ids.map((id) => nodeOf(id, asking)),
    shop: () => ({}),
    shopifyPaymentsAccount: () => ({}),
    currentAppInstallation: () => ({}),
    publicApiVersions: (_root, _args, { desk }) =>
      desk.supportedVersions.map((handle) => ({ handle, displayName: handle, supported: true })),
    order: find('Order'),
    orderByIdentifier: (
      _root: unknown,
      { identifier }: { readonly identifier: { readonly id?: string | null } },
      asking: Asking,
    ) => (typeof identifier.id === 'string' ? find('Order')(null, { id: identifier.id }, asking) : null),
    orders: (_root: unknown, args: ListArguments, asking: Asking) => list(orderListing, args, asking, 'orders'),
    ordersCount: (_root: unknown, args: CountArguments, asking: Asking) =>
      count(orderListing, args, asking, 'ordersCount'),
    refund: find('Refund'),
    fulfillment: find('Fulfillment'),
    tenderTransactions: (_root: unknown, args: PageArguments, asking: Asking) =>
      pageById(tendersOf(asking), args, asking),
    customer: find('Customer'),
    customers: (_root: unknown, args: ListArguments, asking: Asking) =>
      list(customerListing, args, asking, 'customers'),
    customersCount: (_root: unknown, args: CountArguments, asking: Asking) =>
      count(customerListing, args, asking, 'customersCount'),
    product: find('Product'),
    products: (_root: unknown, args: ListArguments, asking: Asking) =>
      list(productListing, args, asking, 'products', (row: ProductRow) => row.variants),
    productsCount: (_root: unknown, args: CountArguments, asking: Asking) =>
      count(productListing, args, asking, 'productsCount'),
    productVariant: find('ProductVariant'),
    productVariants: (_root: unknown, args: ListArguments, asking: Asking) =>
      list(variantListing, args, asking, 'productVariants'),
    productVariantsCount: (_root: unknown, args: CountArguments, asking: Asking) =>
      count(variantListing, args, asking, 'productVariantsCount'),
    inventoryItem: find('InventoryItem'),
    inventoryItems: (_root: unknown, args: ListArguments, asking: Asking) =>
      list(variantListing, args, asking, 'inventoryItems'),
    inventoryLevel: find('InventoryLevel'),
    location: (_root: unknown, { id }: { readonly id?: string | null }, asking: Asking) =>
      find('Location')(
        null,
        { id: id ?? gid('Location', [...asking.desk.shop.books.locations.all()][0]?.id ?? 0) },
        asking,
      ),
    locations: (_root: unknown, args: ListArguments & { readonly includeInactive?: boolean | null }, asking: Asking) =>
      list(
        { ...locationListing, isVisible: (location) => location.active || args.includeInactive === true },
        args,
        asking,
        'locations',
      ),
    locationsCount: (_root: unknown, args: CountArguments, asking: Asking) =>
      count(locationListing, args, asking, 'locationsCount'),
    bulkOperation: find('BulkOperation'),
    bulkOperations: (_root: unknown, args: ListArguments, asking: Asking) =>
      pageOf(
        operationsOf(asking),
        args,
        {
          name: args.sortKey ?? 'CREATED_AT',
          keyOf: (operation) => operation.createdAt,
          idOf: (operation) => operation.id,
        },
        asking,
      ),
    currentBulkOperation: (_root, _args, asking) => operationsOf(asking).at(-1) ?? null,
  } satisfies Resolvers<unknown>,
}
