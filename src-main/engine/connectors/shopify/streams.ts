/** What is read from Shopify, and how: orders by what changed, levels per location, variants whole, customers by day. */
import { z } from 'zod'
import { type Outcome, ok } from '../../../domain/fault.ts'
import { type Instant, days } from '../../../domain/time.ts'
import type { Api, Page, StreamDefinition } from '../definition.ts'
import { readOrders } from './bodies.ts'
import { type BulkCursor, beginExport, bulkCursor, readExport } from './bulk.ts'
import {
  type ChangeCursor,
  type PageCursor,
  aheadOf,
  changeCursor,
  ordersFilterOf,
  overlapMs,
  pageCursor,
  platformNow,
  resumeCursor,
  shownFrom,
  turn,
  windowOf,
} from './changes.ts'
import { ask } from './graphql.ts'
import { lookupCustomers, lookupOrders, lookupVariants } from './lookup.ts'
import { customerRecords, productRecords } from './normalise.ts'
import { orderRecords } from './normalise-order.ts'
import { inTheMoneyOf } from './customers-money.ts'
import { orderHeads } from './order-queries.ts'
import { payouts } from './payouts.ts'
import { customersQuery, variantsQuery } from './queries.ts'
import type { Settings } from './settings.ts'
import { stock } from './stock.ts'
import {
  type CustomerRow,
  type OrderRow,
  type VariantRow,
  customerRow,
  identified,
  orderRow,
  pageInfo,
  scopes,
  stamped,
  variantRow,
} from './wire.ts'

const orderCursor = z.discriminatedUnion('kind', [resumeCursor, pageCursor, bulkCursor])
type OrderCursor = z.output<typeof orderCursor>

const orders: StreamDefinition<Settings, OrderRow, OrderCursor> = {
  name: 'orders',
  emits: ['orders', 'fulfilments', 'refunds', 'payments'],
  pace: 'near-real-time',
  raw: orderRow,
  cursor: orderCursor,
  overlapMs,
  snapshot: false,
  showsLate: true,
  async read(door, cursor, { settings, since }) {
    const api = inTheMoneyOf(door, settings)
    if (cursor?.kind === 'bulk') return readBulk(api, cursor)
    const window = await windowOf(api, cursor, since)
    if (!window.ok) return window
    if (cursor === null) {
      const begun = await beginExport(api, window.value, settings)
      if (!begun.ok) return begun
      if (begun.value !== null)
        return ok({ rows: [], next: begun.value, resumeAt: null, touched: [] })
    }
    return readHeads(api, window.value, settings)
  },
  lookup: (api, keys, settings) => lookupOrders(inTheMoneyOf(api, settings), keys, settings),
  normalise: orderRecords,
}

const headsShape = z.object({
  currentAppInstallation: scopes,
  orders: z.object({ pageInfo, nodes: z.array(stamped) }),
})

/** Which orders changed, then these whole by their ids: what is read so is newer than the search that named them. */
async function readHeads(api: Api, window: PageCursor, settings: Settings): Promise<Outcome<Page>> {
  const answer = await ask(
    api,
    orderHeads,
    { query: ordersFilterOf(window), after: window.after },
    headsShape,
  )
  if (!answer.ok) return answer
  const { data, date } = answer.value
  const ahead = aheadOf(window.high, date)
  if (!ahead.ok) return ahead
  const heads = data.orders.nodes
  const seen = new Set(window.seen)
  const rows = await readOrders(
    api,
    heads.map((head) => head.id).filter((id) => !seen.has(id)),
    settings,
  )
  if (!rows.ok) return rows
  return ok({
    rows: rows.value,
    ...turn(window, heads, data.orders.pageInfo),
    shownFrom: shownFrom(data.currentAppInstallation, date ?? window.until),
    touched: [],
  })
}

async function readBulk(api: Api, cursor: BulkCursor): Promise<Outcome<Page>> {
  const page = await readExport(api, cursor)
  if (!page.ok) return page
  const { from, until } = cursor
  switch (page.value.kind) {
    case 'waits':
      return ok({ rows: [], next: page.value.next, resumeAt: null, touched: [] })
    case 'lost': {
      const now = await platformNow(api)
      if (!now.ok) return now
      const next: PageCursor = {
        kind: 'page',
        from,
        until: now.value,
        after: null,
        high: null,
        taken: 0,
        seen: [],
        waiting: true,
      }
      return ok({ rows: [], next, resumeAt: null, touched: [] })
    }
    case 'read':
      return ok({
        rows: page.value.rows,
        next: page.value.next,
        // what changed while Shopify wrote the file may stand in it as it was before
        resumeAt: { kind: 'resume', at: Math.min(page.value.high ?? until, until) },
        shownFrom: shownFrom(page.value.scopes, until),
        touched: [],
      })
    default:
      return page.value satisfies never
  }
}

/** Where a pass over everything stands: behind which id. */
const idCursor = z.object({ behind: z.string().regex(/^\d+$/) })
type IdCursor = z.output<typeof idCursor>

/** Read whole: a product that is published or withdrawn does not move the stamp of its variants. */
const products: StreamDefinition<Settings, VariantRow, IdCursor> = {
  name: 'products',
  emits: ['products'],
  pace: 'batch',
  raw: variantRow,
  cursor: idCursor,
  overlapMs: 0,
  snapshot: true,
  async read(api, cursor) {
    // by id and not by a page number: nothing shifts when a variant goes, and there is no depth to run out of
    const query = cursor === null ? null : `id:>${cursor.behind}`
    const answer = await ask(
      api,
      variantsQuery,
      { query, after: null },
      z.object({ productVariants: z.object({ pageInfo, nodes: z.array(z.unknown()) }) }),
    )
    if (!answer.ok) return answer
    const { nodes, pageInfo: page } = answer.value.data.productVariants
    const last = identified.safeParse(nodes.at(-1)).data?.id.split('/').at(-1)
    const next = page.hasNextPage && last !== undefined ? { behind: last } : null
    return ok({ rows: nodes, next, resumeAt: null, touched: [] })
  },
  lookup: (api, keys) => lookupVariants(api, keys),
  normalise: productRecords,
}

const customers: StreamDefinition<Settings, CustomerRow, ChangeCursor> = {
  name: 'customers',
  emits: ['customers'],
  pace: 'batch',
  raw: customerRow,
  cursor: changeCursor,
  overlapMs,
  snapshot: false,
  showsLate: true,
  async read(api, cursor, { since }) {
    const window = await windowOf(api, cursor, since)
    if (!window.ok) return window
    const answer = await ask(
      api,
      customersQuery,
      { query: dayFilter(window.value.from), after: window.value.after },
      z.object({ customers: z.object({ pageInfo, nodes: z.array(z.unknown()) }) }),
    )
    if (!answer.ok) return answer
    const ahead = aheadOf(window.value.high, answer.value.date)
    if (!ahead.ok) return ahead
    const { nodes, pageInfo: page } = answer.value.data.customers
    const stamps = nodes.flatMap((node) => stamped.safeParse(node).data ?? [])
    const seen = new Set(window.value.seen)
    const from = window.value.from ?? 0
    // of the day that the filter brings whole, what is older was read before
    const old = new Set(stamps.filter((row) => row.updatedAt < from).map((row) => row.id))
    const isNew = (node: unknown): boolean => {
      const id = identified.safeParse(node).data?.id
      return id === undefined || !(seen.has(id) || old.has(id))
    }
    return ok({ rows: nodes.filter(isNew), ...turn(window.value, stamps, page), touched: [] })
  },
  lookup: (api, keys) => lookupCustomers(api, keys),
  normalise: customerRecords,
}

/** The filter of customers matches whole days (customers, 2026-07), in the shop's zone: so from the day before on. */
function dayFilter(from: Instant | null): string | null {
  if (from === null) return null
  return `updated_at:>='${new Date(from - days(1)).toISOString().slice(0, 10)}'`
}

export const streams = [orders, stock, products, customers, payouts]
