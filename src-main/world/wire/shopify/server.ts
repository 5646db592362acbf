/** Shopify's Admin API of a simulated shop: GraphQL, tokens for an app's secret, and the files of bulk operations. */
import { BulkOperations } from './bulk/operations.ts'
import { Bucket } from './bucket.ts'
import { IdempotentAnswers } from './idempotency.ts'
import { Metafields } from './metafields.ts'
import { nothingFound, type Desk } from './asking.ts'
import { RowsOfOrders } from './rows-of-orders.ts'
import { SteadyOrders } from './steady-orders.ts'
import { Tokens, type App } from './tokens.ts'
import { answer, type GraphQLRequest } from './requests.ts'
import type { Server, WireReply, WireRequest } from '../exchange.ts'
import type { Instant, Shop } from '../../shop/shop.ts'

export interface ShopifyServing {
  readonly shop: Shop
  /** The platform's own clock: its stamps and its `Date` header. */
  readonly now: () => Instant
  /** Tokens that a merchant was shown once, with what they may do. */
  readonly accessTokens?: Readonly<Record<string, readonly string[]>>
  /** Apps that ask for a token of a day with their id and secret. */
  readonly apps?: readonly App[]
  /** Supported ones, oldest first; a request for another is served by the oldest. */
  readonly versions?: readonly string[]
  /** Points a second: 100, 200, 1000 or 2000 by plan. */
  readonly restoreRate?: number
  readonly plan?: string
  /** How long lists do not see what was written. */
  readonly indexLagMs?: number
  /** Names, e-mail and the like are given out. */
  readonly customerData?: boolean
  /** What a bulk operation gets done in a second. */
  readonly bulkRowsPerSecond?: number
  /** Where this server is reached; the shop's own domain when left out. */
  readonly origin?: string
  /** Whether the shop is open now, frozen for its bills, or locked. */
  readonly state?: () => 'open' | 'frozen' | 'locked'
}

const closed = { frozen: 402, locked: 423 }
const graphqlPath = /^\/admin\/api\/([^/?]+)\/graphql\.json(?:\?|$)/

export function shopifyServer(serving: ShopifyServing): Server {
  const { shop, now, restoreRate = 100, versions = ['2025-10', '2026-01', '2026-04', '2026-07'] } = serving
  const desk: Desk = {
    shop,
    origin: serving.origin ?? `https://${shop.books.domain}`,
    indexLagMs: serving.indexLagMs ?? 0,
    customerData: serving.customerData ?? true,
    plan: serving.plan ?? 'Basic',
    bulk: new BulkOperations(serving.bulkRowsPerSecond ?? 1000),
    idempotent: new IdempotentAnswers(),
    metafields: new Metafields(),
    rowsOfOrders: new RowsOfOrders(shop.books),
    steadyOrders: new SteadyOrders(shop.books),
    balanceOf: shop.books.balance.index((entry) => [entry.transactionId]),
    supportedVersions: versions,
  }
  const tokens = new Tokens(serving.accessTokens ?? {}, serving.apps ?? [])
  const buckets = new Map<string, Bucket>()
  let requests = 0

  return (request) => {
    requests += 1
    const at = now()
    const headers = { date: new Date(at).toUTCString(), 'x-request-id': requestId(requests), 'x-shopid': '1' }
    const state = serving.state?.() ?? 'open'
    if (state !== 'open') return reply(closed[state], { errors: 'Unavailable Shop' }, headers)
    const [path] = request.path.split('?')
    if (path === '/admin/oauth/access_token') return token(request, at, headers)
    const version = graphqlPath.exec(request.path)?.[1]
    if (version !== undefined && request.method === 'POST') return graphql(request, served(version), at, headers)
    const file = request.method === 'GET' && path !== undefined ? desk.bulk.fileAt(path, at) : null
    if (file !== null) return download(file, request.headers['range'] ?? '', headers)
    return reply(404, { errors: 'Not Found' }, headers)
  }

  function graphql(request: WireRequest, version: string, at: Instant, given: Record<string, string>): WireReply {
    const headers = { ...given, 'x-shopify-api-version': version }
    const holder = tokens.holder(request.headers['x-shopify-access-token'] ?? '', at)
    if (holder === null) {
      return reply(
        401,
        { errors: '[API] Invalid API key or access token (unrecognized login or wrong password)' },
        headers,
      )
    }
    const asked = requestOf(request.body)
    if (asked === null) return reply(400, { errors: { query: 'Required parameter missing or invalid' } }, headers)
    const bucket = buckets.get(holder.app) ?? new Bucket(restoreRate, at)
    buckets.set(holder.app, bucket)
    const asking = {
      desk,
      at,
      app: holder.app,
      scopes: holder.scopes,
      version,
      inBulk: false,
      warnings: [],
      found: nothingFound(),
    }
    return reply(200, answer(asked, asking, bucket), headers)
  }

  function token(request: WireRequest, at: Instant, headers: Record<string, string>): WireReply {
    const given = tokens.grant(request, at)
    return 'error' in given ? reply(400, given, headers) : reply(200, given, headers)
  }

  /** A version that is not supported (any more) falls forward to the oldest that is. */
  function served(version: string): string {
    return version === 'unstable' || versions.includes(version) ? version : (versions[0] ?? version)
  }
}

function requestOf(body: string): GraphQLRequest | null {
  let given: unknown
  try {
    given = JSON.parse(body)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
  if (!isRecord(given) || typeof given['query'] !== 'string' || given['query'].trim() === '') return null
  const { variables, operationName } = given
  return {
    query: given['query'],
    variables: isRecord(variables) ? variables : {},
    operationName: typeof operationName === 'string' ? operationName : null,
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function reply(status: number, body: unknown, headers: Readonly<Record<string, string>>): WireReply {
  return {
    kind: 'answer',
    status,
    headers: { ...headers, 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(body),
  }
}

/** The whole file, or the bytes that are asked for: it holds nothing but ASCII, so each byte is a character. */
function download(file: string, range: string, given: Readonly<Record<string, string>>): WireReply {
  const headers = { ...given, 'content-type': 'application/jsonl', 'accept-ranges': 'bytes' }
  const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(range) ?? []
  if (first === undefined) return { kind: 'answer', status: 200, headers, body: file }
  const from = Number(first)
  const upTo = last === undefined || last === '' ? file.length : Math.min(file.length, Number(last) + 1)
  if (from >= file.length)
    return { kind: 'answer', status: 416, headers: { ...headers, 'content-range': `bytes */${file.length}` }, body: '' }
  return {
    kind: 'answer',
    status: 206,
    headers: { ...headers, 'content-range': `bytes ${from}-${upTo - 1}/${file.length}` },
    body: file.slice(from, upTo),
  }
}

/** Looks like a real one, and counts. */
function requestId(count: number): string {
  const digits = count.toString(16).padStart(12, '0')
  return `00000000-0000-4000-8000-${digits}`
}
