/**
 * The first sync of a big shop: Shopify writes all orders into one file, which is then read piece by piece. The cursor
 * remembers the export and the byte, so that a restart goes on where it stood.
 */
import { z } from 'zod'
import { type Outcome, failed, ok } from '../../../domain/fault.ts'
import { type Instant, seconds } from '../../../domain/time.ts'
import type { Api } from '../definition.ts'
import { parseExact } from '../json.ts'
import { wireInteger, wireOptional } from '../wire.ts'
import { completed } from './bodies.ts'
import { ordersFilterOf } from './changes.ts'
import { ask, shapeFault } from './graphql.ts'
import { exportState, exportedOrders, ordersCount, startExport } from './order-queries.ts'
import { type Settings, metafieldOf } from './settings.ts'
import { type Scopes, scopes, stamped } from './wire.ts'

/** Fewer orders are sooner read page by page than exported. */
const exportedFrom = 400
const pieceBytes = 1024 * 1024
/** An order with all its lines is some ten kilobytes; one that fills this is none. */
const pieceBytesMax = 32 * pieceBytes
const pollPause = seconds(10)

export const bulkCursor = z.object({
  kind: z.literal('bulk'),
  export: z.string(),
  from: z.int().nullable(),
  until: z.int(),
  /** The first byte that is not read yet. */
  offset: z.int().min(0),
  high: z.int().nullable(),
  /** How often it was asked for and not ready. */
  asked: z.int().min(0),
})
export type BulkCursor = z.output<typeof bulkCursor>

const started = z.object({
  bulkOperationRunQuery: wireOptional(
    z.object({
      bulkOperation: wireOptional(z.object({ id: z.string() })),
      userErrors: z.array(z.object({ code: wireOptional(z.string()), message: z.string() })),
    }),
  ),
})

/** The cursor of an export that has begun; null where the shop is small, or Shopify will not export just now. */
export async function beginExport(
  api: Api,
  window: { readonly from: Instant | null; readonly until: Instant },
  settings: Settings,
): Promise<Outcome<BulkCursor | null>> {
  const filter = ordersFilterOf({ ...window, waiting: true })
  const counted = await ask(
    api,
    ordersCount,
    { query: filter },
    z.object({ ordersCount: z.object({ count: wireInteger }) }),
  )
  if (!counted.ok) return counted
  if (counted.value.data.ordersCount.count < exportedFrom) return ok(null)
  const answer = await ask(
    api,
    startExport,
    { query: exportedOrders(filter, metafieldOf(settings)) },
    started,
  )
  // some tokens may not export, and another export may be under way: pages bring the same, only slower
  if (!answer.ok) return answer.fault.class === 'permission' ? ok(null) : answer
  const { bulkOperation, userErrors } = answer.value.data.bulkOperationRunQuery ?? {
    bulkOperation: null,
    userErrors: [],
  }
  if (userErrors.length > 0 || bulkOperation === null) return ok(null)
  const { from, until } = window
  return ok({
    kind: 'bulk',
    export: bulkOperation.id,
    from,
    until,
    offset: 0,
    high: null,
    asked: 0,
  })
}

const state = z.object({
  currentAppInstallation: scopes,
  bulkOperation: wireOptional(
    z.object({
      status: z.string(),
      errorCode: wireOptional(z.string()),
      url: wireOptional(z.string()),
    }),
  ),
})

export type ExportPage =
  | { readonly kind: 'waits'; readonly next: BulkCursor }
  /** Nothing more will come of it: reading begins anew, page by page. */
  | { readonly kind: 'lost' }
  | {
      readonly kind: 'read'
      readonly rows: readonly unknown[]
      readonly next: BulkCursor | null
      readonly high: Instant | null
      readonly scopes: Scopes
    }

/** One piece of the file, or the news that it is not there yet. */
export async function readExport(api: Api, cursor: BulkCursor): Promise<Outcome<ExportPage>> {
  if (cursor.asked > 0) await api.pause(pollPause)
  const answer = await ask(api, exportState, { id: cursor.export }, state)
  if (!answer.ok) return answer
  const { bulkOperation: known, currentAppInstallation: granted } = answer.value.data
  switch (known?.status) {
    case 'CREATED':
    case 'RUNNING':
      return ok({ kind: 'waits', next: { ...cursor, asked: cursor.asked + 1 } })
    case 'COMPLETED':
      // no address: nothing met the filter
      if (known.url === null)
        return ok({ kind: 'read', rows: [], next: null, high: cursor.high, scopes: granted })
      return readPiece(api, cursor, known.url, granted)
    default:
      return ok({ kind: 'lost' })
  }
}

async function readPiece(
  api: Api,
  cursor: BulkCursor,
  url: string,
  granted: Scopes,
): Promise<Outcome<ExportPage>> {
  for (let bytesMax = pieceBytes; bytesMax <= pieceBytesMax; bytesMax *= 4) {
    const piece = await api.download({ url, from: cursor.offset, bytesMax })
    if (!piece.ok) return piece
    const { bytes, last } = piece.value
    const read = groupsIn(bytes, last)
    if (!read.ok) return read
    if (!last && read.value.groups.length === 0) continue
    const rows = await completed(api, read.value.groups.map(orderOf))
    if (!rows.ok) return rows
    const stamps = rows.value.flatMap((row) => stamped.safeParse(row).data?.updatedAt ?? [])
    const high = stamps.reduce<number | null>((most, at) => Math.max(most ?? at, at), cursor.high)
    const next = last
      ? null
      : { ...cursor, offset: cursor.offset + read.value.bytes, high, asked: 0 }
    return ok({ kind: 'read', rows: rows.value, next, high, scopes: granted })
  }
  return failed(shapeFault({ name: 'export' }, 'line'))
}

const lineShape = z.looseObject({})
type Line = z.output<typeof lineShape>

/** The names that Shopify gives to where a line belongs and what it is. */
const parentId = '__parentId'
const typename = '__typename'

interface Group {
  readonly order: Line
  readonly children: Line[]
}

/**
 * Orders with their children, which the export groups directly below them. The last group may go on behind the piece, so
 * it is left for the next one, except at the end of the file. `bytes` is where the next piece begins.
 */
export function groupsIn(
  bytes: Uint8Array,
  last: boolean,
): Outcome<{ readonly groups: readonly Group[]; readonly bytes: number }> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const groups: Group[] = []
  let begunAt = 0
  for (let at = 0; at < buffer.length; ) {
    const newline = buffer.indexOf(10, at)
    if (newline === -1 && !last) break
    const end = newline === -1 ? buffer.length : newline
    const text = buffer.toString('utf8', at, end).trim()
    if (text !== '') {
      const line = lineIn(text)
      if (line === null) return failed(shapeFault({ name: 'export' }, 'line'))
      const group = groups.at(-1)
      if (line[parentId] === undefined) {
        groups.push({ order: line, children: [] })
        begunAt = at
      } else if (group === undefined || group.order['id'] !== line[parentId]) {
        return failed(shapeFault({ name: 'export' }, parentId))
      } else {
        group.children.push(line)
      }
    }
    at = end + 1
  }
  return ok(
    last ? { groups, bytes: buffer.length } : { groups: groups.slice(0, -1), bytes: begunAt },
  )
}

function lineIn(text: string): Line | null {
  try {
    return lineShape.safeParse(parseExact(text)).data ?? null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

/** As a page would have brought it: with its connections. */
function orderOf({ order, children }: Group): unknown {
  const nodes = (type: string) => ({ nodes: children.filter((one) => one[typename] === type) })
  return {
    ...order,
    lineItems: nodes('LineItem'),
    shippingLines: nodes('ShippingLine'),
    localizedFields: nodes('LocalizedField'),
  }
}
