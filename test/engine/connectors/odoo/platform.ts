/**
 * An Odoo of any of its versions, made of rows: it logs in, searches, hides and refuses as the external API documents
 * it, by JSON-RPC up to 18 and by JSON-2 from 19 on. A call that it does not know is unexpected, and so is any write.
 */
import { parseExact } from '../../../../src-main/engine/connectors/json.ts'
import {
  type ScriptedAnswer,
  type ScriptedPlatform,
  type SeenRequest,
  scriptPlatform,
} from '../../../support/platform.ts'
import { type Row, type Tables, type Version, recordedAt, relations, tablesOf } from './tables.ts'

export const apiKey = 'f00dfacecafe0000f00dfacecafe0000f00dface'
export const user = 'plumbline'
export const database = 'atelier'
const uid = 7

export interface Called {
  readonly model: string
  readonly method: string
  readonly named: Row
}

export interface Played {
  readonly version?: Version
  readonly tables?: Tables
  /** Fields that the user's groups may not see, as `sale.order/client_order_ref`. */
  readonly hidden?: readonly string[]
  /** Models that the user may not read. */
  readonly refused?: readonly string[]
  /**
   * Asked before anything else: a result, or an exception by its name; undefined leaves it to the
   * rows.
   */
  readonly answer?: (call: Called) => { readonly result: unknown } | Exception | undefined
}

interface Exception {
  readonly name: string
  readonly message: string
}

export async function playOdoo(given: Played = {}): Promise<ScriptedPlatform> {
  const version = given.version ?? 17
  const tables = given.tables ?? tablesOf(version)
  return scriptPlatform({
    answer: (request) => answerOf(request, { ...given, version, tables }),
    isWrite: (request) =>
      ['load', 'create', 'write', 'unlink'].includes(calledIn(request)?.method ?? ''),
    now: () => recordedAt,
  })
}

/** A row as a stream's schema is given it: every number is a text. */
export function asRead(row: unknown): unknown {
  return parseExact(JSON.stringify(row))
}

/** Which method of which model was asked for, whatever way. */
export function calledIn({ body, path }: SeenRequest): Called | null {
  const json2 = /^\/json\/2\/([^/]+)\/([^/]+)$/.exec(path)
  if (json2 !== null)
    return { model: json2[1] ?? '', method: json2[2] ?? '', named: Object(body) as Row }
  const args: unknown = Object(Object(body).params).args
  if (path !== '/jsonrpc' || !Array.isArray(args)) return null
  return { model: String(args[3]), method: String(args[4]), named: Object(args[6]) as Row }
}

type Stage = Required<Pick<Played, 'version' | 'tables'>> & Played

const page: ScriptedAnswer = {
  status: 404,
  headers: { 'content-type': 'text/html' },
  text: '<!doctype html><title>404: Not Found</title>',
}

function answerOf(request: SeenRequest, stage: Stage): ScriptedAnswer | null {
  const { path } = request
  if (stage.version >= 19) {
    if (path === '/web/version')
      return { json: { version_info: [19, 0, 0, 'final', 0, ''], version: '19.0' } }
    const call = calledIn(request)
    if (!path.startsWith('/json/2/') || call === null) return page
    if (request.headers['authorization'] !== `bearer ${apiKey}`)
      return raised(401, { name: 'werkzeug.exceptions.Unauthorized', message: 'Invalid apikey' })
    if (request.headers['x-odoo-database'] !== database) return page
    const outcome = outcomeOf(call, stage)
    if (outcome === null) return null
    return 'result' in outcome ? { json: outcome.result } : raised(statusOf(outcome.name), outcome)
  }
  return path === '/jsonrpc' ? rpcAnswer(request, stage) : page
}

function raised(status: number, exception: Exception): ScriptedAnswer {
  return {
    status,
    json: {
      ...exception,
      arguments: [exception.message],
      context: {},
      debug: 'Traceback (most recent call last): …',
    },
  }
}

function statusOf(name: string): number {
  if (/AccessError|AccessDenied/.test(name)) return 403
  if (/NotFound|MissingError/.test(name)) return 404
  if (/UserError|ValidationError/.test(name)) return 422
  return 500
}

function rpcAnswer(request: SeenRequest, stage: Stage): ScriptedAnswer | null {
  const { args, method, service } = Object(Object(request.body).params)
  const told = (result: unknown): ScriptedAnswer => ({ json: { jsonrpc: '2.0', id: 1, result } })
  const failed = (data: Exception): ScriptedAnswer => ({
    json: {
      jsonrpc: '2.0',
      id: 1,
      error: {
        code: 200,
        message: 'Odoo Server Error',
        data: { ...data, arguments: [data.message], context: {}, debug: 'Traceback …' },
      },
    },
  })
  if (service === 'common' && method === 'version') {
    const serie = `${stage.version}.0`
    return told({
      server_version: serie,
      server_version_info: [stage.version, 0, 0, 'final', 0, ''],
      server_serie: serie,
      protocol_version: 1,
    })
  }
  if (args[0] !== database) {
    return failed({
      name: 'psycopg2.OperationalError',
      message: `FATAL:  database "${args[0]}" does not exist`,
    })
  }
  if (service === 'common' && method === 'authenticate')
    return told(args[1] === user && args[2] === apiKey ? uid : false)
  if (args[1] !== uid || args[2] !== apiKey)
    return failed({ name: 'odoo.exceptions.AccessDenied', message: 'Access Denied' })
  const call = calledIn(request)
  const outcome = call === null ? null : outcomeOf(call, stage)
  if (outcome === null) return null
  return 'result' in outcome ? told(outcome.result) : failed(outcome)
}

function outcomeOf(call: Called, stage: Stage): { readonly result: unknown } | Exception | null {
  const { method, model, named } = call
  const other = stage.answer?.(call)
  if (other !== undefined) return other
  const rows = stage.tables[model]
  if (rows === undefined) {
    return stage.version >= 19
      ? { name: 'werkzeug.exceptions.NotFound', message: `the model '${model}' does not exist` }
      : { name: 'odoo.exceptions.UserError', message: `Object ${model} doesn't exist` }
  }
  if (method === 'context_get') return { result: { lang: 'en_US', tz: 'UTC', uid } }
  if (method === (stage.version >= 18 ? 'has_access' : 'check_access_rights'))
    return { result: true }
  // Reads by a group of its own, as the check asks for.
  if (method === 'has_group') return { result: false }
  if (method === 'fields_get') return { result: fieldsOf(model, stage) }
  if (method !== 'search_read') return null
  if (stage.refused?.includes(model) === true) return noAccess(model)
  return searched(model, named, stage)
}

function noAccess(model: string): Exception {
  return {
    name: 'odoo.exceptions.AccessError',
    message: `You are not allowed to access 'Something' (${model}) records.\n\nContact your administrator.`,
  }
}

const documented: Readonly<Record<Version, Tables>> = {
  16: tablesOf(16),
  17: tablesOf(17),
  18: tablesOf(18),
  19: tablesOf(19),
}

function fieldsOf(model: string, { hidden = [], tables, version }: Stage): Row {
  // A model has its fields whether it has rows or not.
  const rows = [
    ...(tables[model]?.slice(0, 10) ?? []),
    ...(documented[version][model]?.slice(0, 10) ?? []),
  ]
  const own = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const inverse = Object.keys(relations).flatMap((path) =>
    path.startsWith(`${model}/`) ? [path.slice(model.length + 1)] : [],
  )
  const names = [...new Set([...own, ...inverse])].filter(
    (name) => !hidden.includes(`${model}/${name}`),
  )
  const priced = version < 19 ? { digits: [16, 2] } : {}
  return Object.fromEntries(
    names.map((name) => [name, { type: 'char', ...(name === 'price_unit' ? priced : {}) }]),
  )
}

function searched(
  model: string,
  named: Row,
  stage: Stage,
): { readonly result: unknown } | Exception {
  const { context, domain, fields, limit, order } = named
  const known = fieldsOf(model, stage)
  const all = Object.values(stage.tables[model] ?? [])
  const asked = fields as readonly string[]
  const strange =
    all.length > 0 ? asked.find((name) => name !== 'id' && !(name in known)) : undefined
  if (strange !== undefined)
    return {
      name: 'builtins.ValueError',
      message: `Invalid field '${strange}' on model '${model}'`,
    }
  const shown =
    Object(context).active_test === false ? all : all.filter((row) => row['active'] !== false)
  const behind = indexed(stage.tables)
  const met = shown
    .filter((row) => holds(model, row, [...(domain as readonly unknown[])], behind))
    .sort(by(String(order ?? 'id asc')))
  const result = met
    .slice(0, limit === undefined ? undefined : Number(limit))
    .map((row) => Object.fromEntries(['id', ...asked].map((name) => [name, row[name]])))
  return { result }
}

/** Conditions in front of which stands `|` (either of the next two) or nothing (all). */
function holds(model: string, row: Row, domain: unknown[], behind: Behind): boolean {
  const next = (): boolean => {
    const term = domain.shift()
    if (term === '|') {
      const [left, right] = [next(), next()]
      return left || right
    }
    const [path, operator, value] = term as [string, string, unknown]
    return clauseHolds(model, row, path.split('.'), operator, value, behind)
  }
  let all = true
  while (domain.length > 0) all = next() && all
  return all
}

function clauseHolds(
  model: string,
  row: Row,
  [field = '', ...rest]: readonly string[],
  operator: string,
  value: unknown,
  behind: Behind,
): boolean {
  if (rest.length === 0) return compares(row[field], operator, value)
  const relation = relations[`${model}/${field}`]
  if (relation === undefined) throw new Error(`nothing is known behind ${model}/${field}`)
  const { back, model: target } = relation
  const others = behind(target, back ?? 'id').get(back === null ? plain(row[field]) : row['id'])
  return (others ?? []).some((one) => clauseHolds(target, one, rest, operator, value, behind))
}

/** The rows of a model by what one of their fields holds. */
type Behind = (model: string, field: string) => ReadonlyMap<unknown, readonly Row[]>

/** For one search: each index is made once. */
function indexed(tables: Tables): Behind {
  const made = new Map<string, ReadonlyMap<unknown, readonly Row[]>>()
  return (model, field) => {
    const name = `${model}/${field}`
    const index = made.get(name) ?? Map.groupBy(tables[model] ?? [], (row) => plain(row[field]))
    made.set(name, index)
    return index
  }
}

/** A link counts by its id. */
function plain(value: unknown): unknown {
  return Array.isArray(value) && value.length === 2 && typeof value[1] === 'string'
    ? value[0]
    : value
}

function compares(left: unknown, operator: string, right: unknown): boolean {
  const own = plain(left)
  switch (operator) {
    case '=':
      return own === right
    case '!=':
      return own !== right
    case '>':
      return Number(own) > Number(right)
    case '>=':
      return typeof own === 'string' && own >= String(right)
    case '<=':
      return typeof own === 'string' && own <= String(right)
    case 'in':
      return (right as readonly unknown[]).includes(own)
    case 'ilike':
      return typeof own === 'string' && like(String(right)).test(own)
    default:
      throw new Error(`no domain of ours has the operator ${operator}`)
  }
}

function like(pattern: string): RegExp {
  const source = [...pattern].map((one) =>
    one === '%' ? '.*' : one === '_' ? '.' : one.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'),
  )
  return new RegExp(source.join(''), 'i')
}

function by(order: string): (left: Row, right: Row) => number {
  const keys = order.split(', ').map((key) => key.split(' '))
  return (left, right) => {
    for (const [name = '', direction] of keys) {
      const [a, b] = [left[name] as string | number, right[name] as string | number]
      if (a !== b) return (a > b ? 1 : -1) * (direction === 'asc' ? 1 : -1)
    }
    return 0
  }
}
