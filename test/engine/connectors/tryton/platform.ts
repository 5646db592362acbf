/**
 * A Tryton made of what a real one answered (fixtures/rows/, recorded by test/real/record/tryton-
 * rows.ts; returns by their documented fields, as none was there): it logs in, searches, sorts and limits as trytond 6.0 was seen to, with its traps.
 * Calls that are no searches are answered as they were recorded, word by word; another call is
 * unknown to it, and so is any write.
 */
import { readFileSync } from 'node:fs'
import { parseExact } from '../../../../src-main/engine/connectors/json.ts'
import {
  type ScriptedAnswer,
  type ScriptedPlatform,
  type SeenRequest,
  scriptPlatform,
} from '../../../support/platform.ts'

export const password = 'the integration’s password 6.0'
export const user = 'integration'

/** A little after the newest stamp of the recordings. */
export const recordedAt = Date.parse('2026-11-23T10:00:00Z')

export type Row = Readonly<Record<string, unknown>>
/** Rows by model; stock is by model and warehouse, as `product.product@5`. */
export type Tables = Readonly<Record<string, readonly Row[]>>

interface Call {
  readonly method: string
  readonly params: readonly unknown[]
  readonly answer: unknown
}

export function fixture(name: string): Row[] {
  const rows: unknown = JSON.parse(
    readFileSync(new URL(`fixtures/rows/${name}.json`, import.meta.url), 'utf8'),
  )
  // Written by the recorder as a list of records.
  return rows as Row[]
}

export function recordedTables(): Tables {
  const named = [
    'sale.sale',
    'account.invoice.line',
    'stock.shipment.out',
    'stock.shipment.out.return',
    'stock.move',
    'party.party',
    'product.product',
  ]
  return {
    ...Object.fromEntries(named.map((name) => [name, fixture(name)])),
    'account.invoice': [...fixture('account.invoice'), ...fixture('credit-note')],
    'product.product@5': fixture('stock-lyon'),
    'product.product@12': fixture('stock-gent'),
  }
}

/** A row as a stream's schema is given it: every number is a text. */
export function asRead(row: unknown): unknown {
  return parseExact(JSON.stringify(row))
}

export interface Replayed {
  readonly tables?: Tables
  /**
   * Asked before anything else: what a test wants to hear instead; null leaves it to the
   * recordings.
   */
  readonly answer?: (method: string, params: readonly unknown[]) => ScriptedAnswer | null
}

export async function replayTryton(given: Replayed = {}): Promise<ScriptedPlatform> {
  const tables = given.tables ?? recordedTables()
  // Rows of a test's own are searched, not answered as the recorded ones were.
  const calls = fixture('calls')
    .map((call): Call => call as unknown as Call)
    .filter((call) => given.tables === undefined || !looksForSales(call))
  return scriptPlatform({
    answer: (request) => answerOf(request, tables, calls, given.answer),
    isWrite: (request) =>
      /\.(?:create|write|delete|copy|quote|confirm|process|cancel|draft)$/.test(
        methodOf(request) ?? '',
      ),
    now: () => recordedAt,
  })
}

function looksForSales({ method, params }: Call): boolean {
  return method === 'model.sale.sale.search_read' && JSON.stringify(params[4]) !== '["warehouse"]'
}

export function isSignIn(request: SeenRequest): boolean {
  return methodOf(request) === 'common.db.login'
}

export function methodOf({ body }: SeenRequest): string | null {
  return typeof body === 'object' && body !== null && 'method' in body ? String(body.method) : null
}

export function paramsOf({ body }: SeenRequest): readonly unknown[] {
  return typeof body === 'object' && body !== null && 'params' in body && Array.isArray(body.params)
    ? body.params
    : []
}

const sessionHeader = `Session ${Buffer.from(`${user}:3:0123456789abcdef`).toString('base64')}`

function answerOf(
  request: SeenRequest,
  tables: Tables,
  calls: readonly Call[],
  instead: Replayed['answer'],
): ScriptedAnswer | null {
  const method = methodOf(request) ?? ''
  const params = paramsOf(request)
  if (request.path !== '/tryton/' && request.path !== '/')
    return { status: 404, headers: html, text: '<!doctype html>' }
  if (method === 'common.db.login') return loginOf(params)
  // The root answers without a login.
  if (request.path === '/tryton/' && request.headers['authorization'] !== sessionHeader)
    return { status: 401, text: '' }
  const other = instead?.(method, params) ?? null
  if (other !== null) return other
  const recorded = calls.find(
    (call) => call.method === method && JSON.stringify(call.params) === JSON.stringify(params),
  )
  if (recorded !== undefined) return { json: recorded.answer }
  const model = /^model\.(.+)\.search_read$/.exec(method)?.[1]
  return model === undefined ? null : searched(model, params, tables)
}

const html = { 'content-type': 'text/html; charset=utf-8' }

function loginOf([name, parameters]: readonly unknown[]): ScriptedAnswer {
  const given =
    typeof parameters === 'object' && parameters !== null && 'password' in parameters
      ? parameters.password
      : null
  if (name === user && given === password)
    return { json: { id: 1, result: [3, '0123456789abcdef'] } }
  return { status: 401, headers: html, text: '<!doctype html><title>401 Unauthorized</title>' }
}

function searched(
  model: string,
  params: readonly unknown[],
  tables: Tables,
): ScriptedAnswer | null {
  const [domain, offset, limit, order, fields, context] = params
  if (
    !Array.isArray(domain) ||
    !Array.isArray(fields) ||
    typeof context !== 'object' ||
    context === null
  )
    return null
  const [location] =
    'locations' in context && Array.isArray(context.locations) ? context.locations : []
  const rows = tables[location === undefined ? model : `${model}@${location}`]
  if (rows === undefined) return null
  const hidden = !('active_test' in context) || context.active_test !== false
  const met = rows
    .filter((row) => (!hidden || row['active'] !== false) && holds(row, domain))
    .sort(by(order))
  return {
    json: {
      id: 1,
      result: met.slice(
        Number(offset),
        limit === null ? undefined : Number(offset) + Number(limit),
      ),
    },
  }
}

/**
 * Domains as far as the connector words them: a list of clauses, `OR` before others, clauses on
 * parts of a row.
 */
function holds(row: Row, domain: readonly unknown[]): boolean {
  const [first, ...rest] = domain
  if (first === 'OR') return rest.some((clause) => holds(row, clause as readonly unknown[]))
  if (first === undefined) return true
  if (typeof first === 'string') return clauseHolds(row, first, domain[1], domain[2])
  return domain.every((clause) => holds(row, clause as readonly unknown[]))
}

/** Told apart in Tryton, and one in the recordings. */
const sameAs: Readonly<Record<string, string>> = {
  moves: 'outgoing_moves',
  identifiers: 'contact_mechanisms',
}

function clauseHolds(row: Row, path: string, operator: unknown, value: unknown): boolean {
  const [part = '', ...rest] = path.split('.')
  if (rest.length > 0) {
    const found = row[`${sameAs[part] ?? part}.`] ?? []
    return [found].flat().some((one) => clauseHolds(one as Row, rest.join('.'), operator, value))
  }
  // Everything that is recorded belongs to its stream.
  if (path === 'type' || path === 'template') return true
  const left = plain(row[path] ?? null)
  switch (operator) {
    case '=':
      return left === plain(value)
    case '!=':
      return left !== plain(value)
    // SQL: nothing is greater or smaller than null.
    case '>':
      return left !== null && left > (plain(value) ?? '')
    case '>=':
      return left !== null && left >= (plain(value) ?? '')
    case '<=':
      return left !== null && left <= (plain(value) ?? '')
    case '<':
      return left !== null && left < (plain(value) ?? '')
    case 'in':
      return Array.isArray(value) && value.map(plain).includes(left)
    case 'ilike':
      return like(String(value)).test(String(left ?? ''))
    case 'child_of':
      return Array.isArray(value) && value.includes(left)
    case 'not child_of':
      return Array.isArray(value) && !value.includes(left)
    default:
      throw new Error(`no domain of the recordings has the operator ${String(operator)}`)
  }
}

/** A timestamp as text that sorts; numbers and texts as they are. */
function plain(value: unknown): string | number | null {
  if (typeof value === 'number' || typeof value === 'string' || value === null) return value
  const parts = Object(value)
  const digits = (part: unknown, length = 2): string => String(part).padStart(length, '0')
  const day = [digits(parts.year, 4), digits(parts.month), digits(parts.day)].join('-')
  return `${day} ${[parts.hour, parts.minute, parts.second].map((part) => digits(part)).join(':')}.${digits(parts.microsecond, 6)}`
}

function like(pattern: string): RegExp {
  const parts = pattern.match(/\\.|[\s\S]/g) ?? []
  const source = parts.map((part) => {
    if (part === '%') return '[\\s\\S]*'
    if (part === '_') return '[\\s\\S]'
    return (part.startsWith('\\') ? part.slice(1) : part).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  })
  return new RegExp(`^${source.join('')}$`, 'i')
}

/** PostgreSQL puts nulls behind in ascending order and in front in descending. */
function by(order: unknown): (left: Row, right: Row) => number {
  const keys = Array.isArray(order) ? order : []
  return (left, right) => {
    for (const [name, direction] of keys) {
      const [a, b] = [plain(left[name] ?? null), plain(right[name] ?? null)]
      if (a === b) continue
      const ascending = a === null || (b !== null && a > b) ? 1 : -1
      return direction === 'ASC' ? ascending : -ascending
    }
    return 0
  }
}
