/** A simulated shop behind its Admin API, and a client that asks it. */
import { shopifyServer, type ShopifyServing } from '../../../../src-main/world/wire/shopify/server.ts'
import type { WireReply } from '../../../../src-main/world/wire/exchange.ts'
import { aShop, noon, type Sample } from '../../shop/a-shop.ts'

export const everyScope = [
  'read_orders',
  'read_all_orders',
  'read_products',
  'read_customers',
  'read_locations',
  'read_merchant_managed_fulfillment_orders',
  'read_payment_terms',
  'read_returns',
  'read_shopify_payments_accounts',
  'read_shopify_payments_payouts',
  'write_inventory',
  'write_orders',
]

export interface Answer {
  readonly data: unknown
  readonly errors:
    | readonly {
        readonly message: string
        readonly path?: unknown
        readonly locations?: unknown
        readonly extensions?: Readonly<Record<string, unknown>>
      }[]
    | undefined
  readonly extensions: {
    readonly cost: {
      readonly requestedQueryCost: number
      readonly actualQueryCost: number | null
      readonly throttleStatus: {
        readonly maximumAvailable: number
        readonly currentlyAvailable: number
        readonly restoreRate: number
      }
    }
    readonly search?: unknown
  }
}

export interface Client extends Sample {
  /** Moves the platform's clock. */
  readonly later: (ms: number) => void
  readonly at: () => number
  readonly send: (request: {
    readonly method?: string
    readonly path?: string
    readonly headers?: Readonly<Record<string, string>>
    readonly body?: string
  }) => Extract<WireReply, { kind: 'answer' }>
  readonly ask: (query: string, variables?: Readonly<Record<string, unknown>>, version?: string) => Answer
}

export function aServer(serving: Partial<ShopifyServing> = {}, sample: Sample = aShop()): Client {
  let at = noon
  const server = shopifyServer({ shop: sample.shop, now: () => at, accessTokens: { token: everyScope }, ...serving })
  const send: Client['send'] = ({
    method = 'POST',
    path = '/admin/api/2026-07/graphql.json',
    headers = { 'x-shopify-access-token': 'token' },
    body = '',
  }) => {
    const reply = server({ method, path, headers, body })
    if (reply.kind !== 'answer') throw new Error(`The server answers ${reply.kind}.`)
    return reply
  }
  return {
    ...sample,
    send,
    later: (ms) => {
      at += ms
    },
    at: () => at,
    ask: (query, variables = {}, version = '2026-07') =>
      JSON.parse(send({ path: `/admin/api/${version}/graphql.json`, body: JSON.stringify({ query, variables }) }).body),
  }
}

/** What lies at dotted keys of an answer. */
export function within(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce(
      (inner: unknown, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
      value,
    )
}

/** The rows that lie there; none when there is no list. */
export function rowsWithin(value: unknown, path: string): readonly unknown[] {
  const rows = within(value, path)
  return Array.isArray(rows) ? rows : []
}
