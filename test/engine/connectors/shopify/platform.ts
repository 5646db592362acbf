/**
 * A Shopify made of the real schema: each question is validated and executed by graphql-js over a small shop, with the
 * traps that are documented: a search with quoted dates, cursors, THROTTLED with status 200, the cost beside each answer,
 * an export in a file on another origin, and stock that is only set where nobody moved it.
 */
import { type GraphQLFieldResolver, execute, parse, validate } from 'graphql'
import { exportedOrders } from '../../../../src-main/engine/connectors/shopify/order-queries.ts'
import { endpoint } from '../../../../src-main/engine/connectors/shopify/graphql.ts'
import {
  type ScriptedAnswer,
  type ScriptedPlatform,
  type SeenRequest,
  scriptPlatform,
} from '../../../support/platform.ts'
import { shopifySchema } from '../../../support/shopify-schema.ts'
import { costOf } from './cost.ts'
import { accountOf, somePayouts } from './payout-rows.ts'
import {
  type Row,
  gid,
  locations,
  shopNow,
  someCustomers,
  someItems,
  someOrders,
  someVariants,
} from './shop.ts'

export const accessToken = 'shpat_0123456789abcdef0123456789abcdef'
export const client = {
  clientId: 'a1b2c3d4e5f60718293a4b5c6d7e8f90',
  clientSecret: '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',
}
export const grantedToken = 'shpat_granted_fedcba9876543210fedcba98'

export interface Shop {
  readonly orders: readonly Row[]
  readonly items: readonly Row[]
  readonly variants: readonly Row[]
  readonly customers: readonly Row[]
  /** Of Shopify Payments, each with what is in it; null where the shop takes its cards otherwise. */
  readonly payouts: readonly Row[] | null
  readonly scopes: readonly string[]
  /** What the search has not seen yet, by id. */
  readonly hidden: ReadonlySet<string>
  /** As `ordersCount` tells it; left out: as many as there are. */
  readonly counted?: number
  /** The file of an export, and how often it is still being written. */
  readonly exported?: { readonly url: string; readonly status: string; running: number }
  /** Rows that a question may bring at once, so that a small shop has several pages. */
  readonly pageMax: number
  readonly stockErrors: readonly Row[]
}

export const allScopes = [
  'read_orders',
  'read_all_orders',
  'read_products',
  'write_inventory',
  'read_locations',
  'read_customers',
  'write_merchant_managed_fulfillment_orders',
  'read_returns',
  'read_shopify_payments_accounts',
  'read_shopify_payments_payouts',
]

export function aShop(given: Partial<Shop> = {}): Shop {
  return {
    orders: someOrders(),
    items: someItems(),
    variants: someVariants(),
    customers: someCustomers(),
    payouts: somePayouts(),
    scopes: allScopes,
    hidden: new Set(),
    pageMax: 1000,
    stockErrors: [],
    ...given,
  }
}

export async function playShopify(shop: Shop = aShop()): Promise<ScriptedPlatform> {
  return scriptPlatform({
    answer: (request) => answerOf(request, shop),
    isWrite: (request) => /inventorySetQuantities|fulfillmentCreate/.test(JSON.stringify(request.body)),
    now: () => shopNow,
  })
}

/** For `isSignIn` of the laws. */
export function isSignIn(request: SeenRequest): boolean {
  return request.path === '/admin/oauth/access_token'
}

function answerOf(request: SeenRequest, shop: Shop): ScriptedAnswer | null {
  if (isSignIn(request)) {
    const given = rowOf(request.body)
    const known =
      given['client_id'] === client.clientId && given['client_secret'] === client.clientSecret
    return known && given['grant_type'] === 'client_credentials'
      ? { json: { access_token: grantedToken, scope: shop.scopes.join(','), expires_in: 86_399 } }
      : {
          status: 400,
          json: { error: 'invalid_client', error_description: 'Client authentication failed' },
        }
  }
  if (request.path !== `/${endpoint}`) return null
  const token = request.headers['x-shopify-access-token']
  if (token !== accessToken && token !== grantedToken)
    return {
      status: 401,
      json: {
        errors: '[API] Invalid API key or access token (unrecognized login or wrong password)',
      },
    }
  const body = rowOf(request.body)
  const document = parse(String(body['query']))
  const wrong = validate(shopifySchema(), document)
  if (wrong.length > 0) return null
  const variables = rowOf(body['variables'])
  const cost = costOf(document, variables)
  if (cost > 1000) return null
  const result = execute({
    schema: shopifySchema(),
    document,
    variableValues: variables,
    rootValue: rootOf(shop),
    fieldResolver: fieldIn(shop),
    typeResolver: typeOf,
  })
  if (result instanceof Promise) throw new Error('the shop answers at once')
  const throttleStatus = { maximumAvailable: 2000, currentlyAvailable: 1990, restoreRate: 100 }
  return {
    json: {
      ...result,
      extensions: { cost: { requestedQueryCost: cost, actualQueryCost: cost, throttleStatus } },
    },
  }
}

function typeOf(value: unknown): string {
  const { __typename: named, id } = rowOf(value)
  return typeof named === 'string'
    ? named
    : (/^gid:\/\/shopify\/(\w+)\//.exec(String(id))?.[1] ?? '')
}

function rowOf(value: unknown): Row {
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value))
    : {}
}

function listed(value: unknown): readonly Row[] {
  return Array.isArray(value) ? value.map(rowOf) : []
}

/** A list of rows becomes a connection or a list, as the schema's type of the field says. */
function fieldIn(shop: Shop): GraphQLFieldResolver<unknown, unknown> {
  return (source, args, _context, info) => {
    const row = rowOf(source)
    const given: Row = args
    const held = row[info.fieldName]
    const own: unknown = typeof held === 'function' ? held(given) : held
    const type = String(info.returnType)
    if (info.fieldName === 'metafield') {
      const value = rowOf(row['metafields'])[
        `${String(given['namespace'])}.${String(given['key'])}`
      ]
      return value === undefined ? null : { value }
    }
    if (info.fieldName === 'quantities')
      return listed(own).filter(
        (one) => Array.isArray(given['names']) && given['names'].includes(one['name']),
      )
    if (info.fieldName === 'inventoryLevels' || info.fieldName === 'inventoryLevel')
      return levelsOf(shop, info.fieldName, row, given)
    if (/Connection!?$/.test(type) && Array.isArray(own))
      return connectionOf(listed(own), given, shop.pageMax)
    if (Array.isArray(own) && typeof given['first'] === 'number')
      return own.slice(0, given['first'])
    return own
  }
}

/** The levels of an item, or those at a location. */
function levelsOf(shop: Shop, field: string, row: Row, args: Row): unknown {
  const all = shop.items.flatMap((item) =>
    listed(item['levels']).map(
      (level): Row => ({
        ...level,
        item,
        location: locations.find((one) => one['id'] === level['locationId']) ?? null,
      }),
    ),
  )
  const isAt = typeOf(row) === 'Location'
  const mine = all.filter(
    (level) => (isAt ? level['locationId'] : rowOf(level['item'])['id']) === row['id'],
  )
  if (field === 'inventoryLevel')
    return mine.find((level) => level['locationId'] === args['locationId']) ?? null
  return connectionOf(
    mine.filter((level) => meets(level, args['query'])),
    args,
    shop.pageMax,
  )
}

export function connectionOf(rows: readonly Row[], args: Row, pageMax: number): Row {
  const after =
    typeof args['after'] === 'string' ? Number(Buffer.from(args['after'], 'base64').toString()) : 0
  const size = Math.min(Number(args['first']), pageMax)
  const nodes = rows.slice(after, after + size)
  const end = after + nodes.length
  return {
    nodes,
    edges: nodes.map((node) => ({ node })),
    pageInfo: {
      hasNextPage: end < rows.length,
      endCursor: nodes.length === 0 ? null : Buffer.from(String(end)).toString('base64'),
    },
  }
}

const names: Readonly<Record<string, string>> = {
  updated_at: 'updatedAt',
  created_at: 'createdAt',
  name: 'name',
  sku: 'sku',
  po_number: 'poNumber',
  issued_at: 'issuedAt',
  id: 'id',
}

/** `a:>='…' a:<='…'` are both meant; `x:"1" OR x:"2"` either. Names are searched without their `#` too. */
function meets(row: Row, query: unknown): boolean {
  if (typeof query !== 'string' || query === '') return true
  const isMet = (term: string): boolean => {
    const [, field = '', sign = '', value = ''] =
      /^([\w.]+):(>=|<=|>)?["']?(.*?)["']?$/.exec(term.trim()) ?? []
    if (field.startsWith('metafields.'))
      return rowOf(row['metafields'])[field.slice('metafields.'.length)] === value
    const held = String(row[names[field] ?? ''] ?? '')
    if (sign === '')
      return held.replace(/^#/, '').toLowerCase() === value.replace(/^#/, '').toLowerCase()
    if (field === 'id') return Number(held.split('/').at(-1)) > Number(value)
    const [left, right] = [Date.parse(held), Date.parse(value)]
    return sign === '>=' ? left >= right : left <= right
  }
  return query
    .split(' OR ')
    .some((all) => (all.match(/[\w.]+:(?:>=|<=|>)?(?:"[^"]*"|'[^']*'|\S+)/g) ?? []).every(isMet))
}

function rootOf(shop: Shop): Row {
  const everything = (): readonly Row[] => [
    ...shop.orders,
    ...shop.orders.flatMap((order) => [
      ...listed(order['refunds']),
      ...listed(order['fulfillments']),
    ]),
    ...shop.variants,
    ...shop.customers,
    ...shop.items,
    ...locations,
  ]
  const byId = (id: unknown): Row | null => everything().find((row) => row['id'] === id) ?? null
  const searched = (rows: readonly Row[], args: Row): readonly Row[] => {
    const met = rows.filter(
      (row) => !shop.hidden.has(String(row['id'])) && meets(row, args['query']),
    )
    const sorted = [...met].sort(by(String(args['sortKey'] ?? 'ID')))
    return args['reverse'] === true ? sorted.toReversed() : sorted
  }
  return {
    shop: {
      id: gid('Shop', 1),
      name: 'Mugs & More',
      myshopifyDomain: 'mugs.myshopify.com',
      currencyCode: 'EUR',
    },
    currentAppInstallation: { accessScopes: shop.scopes.map((handle) => ({ handle })) },
    publicApiVersions: [{ handle: '2026-07', supported: true }],
    orders: (args: Row) => searched(shop.orders, args),
    ordersCount: (args: Row) => ({ count: shop.counted ?? searched(shop.orders, args).length }),
    order: ({ id }: Row) => byId(id),
    node: ({ id }: Row) => byId(id),
    nodes: ({ ids }: Row) => (Array.isArray(ids) ? ids.map(byId) : []),
    locations: () => locations,
    location: ({ id }: Row) => ({ ...byId(id), __typename: 'Location' }),
    inventoryItems: (args: Row) => searched(shop.items, args),
    inventoryItem: ({ id }: Row) => byId(id),
    productVariants: (args: Row) => searched(shop.variants, args),
    customers: (args: Row) => searched(shop.customers, args),
    shopifyPaymentsAccount: () => accountOf(shop.payouts, searched),
    bulkOperationRunQuery: (args: Row) => startedExport(shop, args),
    bulkOperation: () => stateOfExport(shop),
    inventorySetQuantities: ({ input }: Row) => setStockIn(shop, rowOf(input)),
  }
}

function by(sortKey: string): (left: Row, right: Row) => number {
  const value = (row: Row): number =>
    sortKey === 'UPDATED_AT'
      ? Date.parse(String(row['updatedAt']))
      : sortKey === 'ISSUED_AT'
      ? Date.parse(String(row['issuedAt']))
      : sortKey === 'CREATED_AT'
        ? Date.parse(String(row['createdAt']))
        : sortKey === 'ORDER_NUMBER'
          ? Number(row['number'])
          : Number(String(row['id']).split('/').at(-1))
  return (left, right) => value(left) - value(right)
}

function startedExport(shop: Shop, { query, groupObjects }: Row): Row {
  if (shop.exported === undefined)
    return {
      bulkOperation: null,
      userErrors: [
        {
          code: 'OPERATION_IN_PROGRESS',
          message: 'A bulk query operation for this app and shop is already in progress',
        },
      ],
    }
  const wrong = validate(shopifySchema(), parse(String(query)))
  if (wrong.length > 0 || groupObjects !== true)
    throw new Error(`no export of ours: ${String(wrong[0])}`)
  return { bulkOperation: { id: gid('BulkOperation', 1), status: 'CREATED' }, userErrors: [] }
}

function stateOfExport({ exported }: Shop): Row | null {
  if (exported === undefined) return null
  exported.running -= 1
  if (exported.running >= 0)
    return { id: gid('BulkOperation', 1), status: 'RUNNING', errorCode: null, url: null }
  const done = exported.status === 'COMPLETED'
  return {
    id: gid('BulkOperation', 1),
    status: exported.status,
    errorCode: done ? null : 'TIMEOUT',
    url: done ? exported.url : null,
  }
}

/** The export itself: one line an order, then its children, each naming its parent. */
export function exportOf(orders: readonly Row[]): string {
  const document = parse(
    exportedOrders('', null)
      .replace(/\(query: ""\)/, '(first: 1000)')
      .replaceAll(/\b(localizedFields)\(/g, '$1(first: 50, ')
      .replaceAll(/\b(shippingLines|lineItems) \{/g, '$1(first: 250) {'),
  )
  const shop = aShop({ orders })
  const result = execute({
    schema: shopifySchema(),
    document,
    rootValue: rootOf(shop),
    fieldResolver: fieldIn(shop),
    typeResolver: typeOf,
  })
  if (result instanceof Promise) throw new Error('the shop answers at once')
  const nodes = listed(rowOf(rowOf(result.data)['orders'])['edges']).map((edge) =>
    rowOf(edge['node']),
  )
  const lines = nodes.flatMap((order) => {
    const own = Object.entries(order)
    const children = own.flatMap(([, value]) =>
      listed(rowOf(value)['edges']).map((edge) => ({
        ...rowOf(edge['node']),
        __parentId: order['id'],
      })),
    )
    return [
      Object.fromEntries(own.filter(([, value]) => !Array.isArray(rowOf(value)['edges']))),
      ...children,
    ]
  })
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('')
}

function setStockIn(shop: Shop, input: Row): Row {
  if (shop.stockErrors.length > 0)
    return { inventoryAdjustmentGroup: null, userErrors: shop.stockErrors }
  const [asked] = listed(input['quantities'])
  const item = shop.items.find((one) => one['id'] === asked?.['inventoryItemId'])
  const level = listed(item?.['levels']).find((one) => one['locationId'] === asked?.['locationId'])
  const available = listed(level?.['quantities']).find((one) => one['name'] === 'available')
  if (available?.['quantity'] !== asked?.['changeFromQuantity'])
    return {
      inventoryAdjustmentGroup: null,
      userErrors: [
        {
          code: 'CHANGE_FROM_QUANTITY_STALE',
          message: 'The changeFromQuantity value does not match persisted value.',
        },
      ],
    }
  return { inventoryAdjustmentGroup: { id: gid('InventoryAdjustmentGroup', 1) }, userErrors: [] }
}
