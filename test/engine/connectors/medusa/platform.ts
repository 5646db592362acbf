/**
 * A Medusa made of what a real one answered (fixtures/): it filters, sorts and pages as the admin API of 2.21 was seen
 * to, with its traps. Filters that orders, payments and customers do not know are ignored; stock and reservations refuse
 * them; two sort keys are an error; only a secret key as HTTP Basic user is let in.
 */
import { readFileSync, readdirSync } from 'node:fs'
import { parseExact } from '../../../../src-main/engine/connectors/json.ts'
import type {
  Script,
  ScriptedAnswer,
  ScriptedPlatform,
  SeenRequest,
} from '../../../support/platform.ts'
import { scriptPlatform } from '../../../support/platform.ts'

export const secretKey = 'sk_5f1d2c3b4a59687766554433221100ffeeddccbbaa99887766554433221100ff'

const folder = new URL('fixtures/', import.meta.url)

/** The newest answer of the recordings: not before any stamp in them. */
export const recordedAt = Math.max(
  ...recordings().map((one) => Date.parse(String(field(field(one, 'headers'), 'date')))),
)

export type Row = Readonly<Record<string, unknown>>

/** Rows by the name of their list in the answer: `orders`, `payments`, … */
export type Lists = Readonly<Record<string, readonly Row[]>>

interface ListRules {
  readonly key: string
  readonly filters: readonly string[]
  /** Whether an unknown filter is an error, or ignored without a word. */
  readonly strict: boolean
}

const rules: Readonly<Record<string, ListRules>> = {
  '/admin/orders': {
    key: 'orders',
    filters: ['id', 'status', 'created_at', 'updated_at', 'q'],
    strict: false,
  },
  '/admin/payments': {
    key: 'payments',
    filters: ['id', 'created_at', 'updated_at'],
    strict: false,
  },
  '/admin/customers': {
    key: 'customers',
    filters: ['id', 'email', 'created_at', 'updated_at'],
    strict: false,
  },
  '/admin/product-variants': {
    key: 'variants',
    filters: ['id', 'sku', 'created_at', 'updated_at'],
    strict: false,
  },
  '/admin/inventory-items': { key: 'inventory_items', filters: ['id', 'sku'], strict: true },
  '/admin/reservations': {
    key: 'reservations',
    filters: ['id', 'line_item_id', 'updated_at'],
    strict: true,
  },
  '/admin/stock-locations': { key: 'stock_locations', filters: ['id'], strict: true },
  '/admin/sales-channels': { key: 'sales_channels', filters: ['id'], strict: true },
}

/** Every row that was recorded, once. */
export function recordedLists(): Lists {
  const lists: Record<string, Map<string, Row>> = {}
  for (const recorded of recordings()) {
    for (const { key } of Object.values(rules)) {
      for (const row of rowsOf(field(recorded, 'body'), key))
        (lists[key] ??= new Map()).set(String(row['id']), row)
    }
  }
  return Object.fromEntries(Object.entries(lists).map(([key, rows]) => [key, [...rows.values()]]))
}

/** A recorded order as a stream's schema is given it: every number a text, with places and reservations beside it. */
export function recordedOrder(number: string, change: Row = {}): Row {
  const lists = recordedLists()
  const order = lists['orders']?.find((row) => field(row['metadata'], 'shop_number') === number)
  if (order === undefined) throw new Error(`${number} was not recorded`)
  const names = (lists['stock_locations'] ?? []).map((row) => [row['id'], row['name']])
  const lines = new Set(rowsOf(order, 'items').map((line) => line['id']))
  const reservations = (lists['reservations'] ?? []).filter((row) => lines.has(row['line_item_id']))
  const whole = { ...order, location_names: Object.fromEntries(names), reservations, ...change }
  return rowsOf({ row: [parseExact(JSON.stringify(whole))] }, 'row')[0] ?? {}
}

/** `rowsMax` makes pages of a pass small, so that a few recorded rows fill several; Medusa itself has no maximum. */
export async function replayMedusa(
  given: { lists?: Lists; rowsMax?: number } = {},
): Promise<ScriptedPlatform> {
  const lists = given.lists ?? recordedLists()
  const script: Script = {
    answer: (request) => answerOf(request, lists, given.rowsMax ?? 5),
    isWrite: (request) => request.method !== 'GET',
    now: () => recordedAt,
  }
  return scriptPlatform(script)
}

function recordings(): readonly unknown[] {
  return readdirSync(folder)
    .sort()
    .map((file): unknown => JSON.parse(readFileSync(new URL(file, folder), 'utf8')))
}

function answerOf(request: SeenRequest, lists: Lists, rowsMax: number): ScriptedAnswer | null {
  const expected = `Basic ${Buffer.from(`${secretKey}:`).toString('base64')}`
  if (request.headers['authorization'] !== expected)
    return { status: 401, json: { message: 'Unauthorized' } }
  const rule = rules[request.path]
  if (rule === undefined || request.method !== 'GET') return null
  const query = new Map(
    [...new Set(request.query.keys())].map((name) => [name, request.query.getAll(name)]),
  )
  const unknown = [...query.keys()].filter(
    (name) => !paging.has(name) && !rule.filters.includes(bare(name)),
  )
  if (rule.strict && unknown.length > 0) {
    return {
      status: 400,
      json: {
        type: 'invalid_data',
        message: `Invalid request: Unrecognized fields: '${unknown[0]}'`,
      },
    }
  }
  const order = query.get('order')?.[0] ?? 'id'
  if (order.includes(','))
    return {
      status: 500,
      json: { code: 'unknown_error', type: 'unknown_error', message: 'An unknown error occurred.' },
    }
  const met = (lists[rule.key] ?? []).filter((row) => meets(row, query, rule)).sort(by(order))
  const offset = Number(query.get('offset')?.[0] ?? 0)
  const asked = Number(query.get('limit')?.[0] ?? 20)
  const limit = order === 'updated_at' || order === 'id' ? Math.min(asked, rowsMax) : asked
  return {
    json: { [rule.key]: met.slice(offset, offset + limit), count: met.length, offset, limit },
  }
}

const paging = new Set(['fields', 'order', 'limit', 'offset'])

/** `updated_at[$gte]` and `id[]` to the field's name. */
function bare(name: string): string {
  return name.replace(/\[.*$/, '')
}

function meets(row: Row, query: ReadonlyMap<string, readonly string[]>, rule: ListRules): boolean {
  return [...query].every(([name, values]) => {
    const filter = bare(name)
    if (paging.has(name) || !rule.filters.includes(filter)) return true
    if (filter === 'q')
      return searched(row).some((text) => text.includes((values[0] ?? '').toLowerCase()))
    const value = String(row[filter])
    if (name.endsWith('[$gte]')) return Date.parse(value) >= Date.parse(values[0] ?? '')
    if (name.endsWith('[$lte]')) return Date.parse(value) <= Date.parse(values[0] ?? '')
    return values.includes(value)
  })
}

function searched(row: Row): readonly string[] {
  return [row['display_id'], row['custom_display_id'], row['email']].map((value) =>
    String(value ?? '').toLowerCase(),
  )
}

function by(order: string): (left: Row, right: Row) => number {
  const name = order.replace(/^-/, '')
  const sign = order.startsWith('-') ? -1 : 1
  return (left, right) => {
    const [a, b] = [left[name], right[name]]
    const compared =
      typeof a === 'number' && typeof b === 'number'
        ? a - b
        : String(a) < String(b)
          ? -1
          : String(a) > String(b)
            ? 1
            : 0
    return sign * compared
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined
}

function rowsOf(body: unknown, key: string): readonly Row[] {
  const rows = field(body, key)
  return Array.isArray(rows)
    ? rows.filter((row): row is Row => typeof row === 'object' && row !== null)
    : []
}
