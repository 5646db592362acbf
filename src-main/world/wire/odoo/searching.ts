/** Finds and orders rows, by an index wherever the domain names one. */
import { Decimal } from '../../decimal.ts'
import type { Row } from '../../table.ts'
import { allow, modelNamed } from './access.ts'
import { type Domain, type Leaf, mentions, musts, parseDomain } from './domain.ts'
import { invalidField, type OdooFault, userError } from './faults.ts'
import type { Env, Model, Raw } from './fields.ts'
import { predicateOf } from './matching.ts'
import { isDay, parseNaive } from './times.ts'

export interface Page {
  readonly offset: number
  readonly limit: number | null
  readonly order: string | null
}

export const everything: Page = { offset: 0, limit: null, order: null }

export function search(model: Model, domain: unknown, page: Page, env: Env): readonly Row[] {
  allow(model, 'read', env)
  const asked = withActive(parseDomain(domain, env.version), model, env)
  const holds = predicateOf(asked, model, env)
  const keys = orderKeys(page.order ?? model.order, model)
  const candidates = candidatesOf(asked, model, env)
  const end = page.limit === null ? Infinity : page.offset + page.limit
  // Rows come in order already where that order is what was asked for: a page ends where it is full.
  if (candidates.by !== null && isBy(candidates.by, keys)) return take(candidates.rows, holds, end).slice(page.offset)
  const rows = take(candidates.rows, holds, Infinity)
  return rows.sort(comparatorOf(keys, model, env)).slice(page.offset, end)
}

export function count(model: Model, domain: unknown, limit: number | null, env: Env): number {
  allow(model, 'read', env)
  const asked = withActive(parseDomain(domain, env.version), model, env)
  const holds = predicateOf(asked, model, env)
  return take(candidatesOf(asked, model, env).rows, holds, limit ?? Infinity).length
}

function take(rows: Iterable<Row>, holds: (row: Row) => boolean, end: number): Row[] {
  const found: Row[] = []
  for (const row of rows) {
    if (found.length >= end) break
    if (holds(row)) found.push(row)
  }
  return found
}

/** Archived rows show only to who asks for them. */
function withActive(domain: Domain, model: Model, env: Env): Domain {
  if (model.fields['active'] === undefined || env.context['active_test'] === false || mentions(domain, 'active')) return domain
  return { kind: 'and', left: { kind: 'leaf', path: 'active', operator: '=', value: true }, right: domain }
}

interface Candidates {
  readonly rows: Iterable<Row>
  /** The order in which they come, where there is one. */
  readonly by: readonly string[] | null
}

function candidatesOf(domain: Domain, model: Model, env: Env): Candidates {
  const leaves = musts(domain)
  const source = model.rows(env)
  for (const leaf of leaves) {
    const rows = indexed(leaf, model, env)
    if (rows !== null) return { rows, by: null }
  }
  const since = leaves.find((leaf) => leaf.path === 'write_date' && (leaf.operator === '>=' || leaf.operator === '>'))
  if (since !== undefined && typeof since.value === 'string') {
    const from = parseNaive(isDay(since.value) && since.operator === '>' ? `${since.value} 23:59:59` : since.value, env.version)
    return { rows: source.eachSince(Math.floor(from)), by: ['write_date', 'id'] }
  }
  const after = leaves.find((leaf) => leaf.path === 'id' && (leaf.operator === '>' || leaf.operator === '>='))
  const bound = after === undefined ? -Infinity : Number(after.value) - (after.operator === '>=' ? 1 : 0)
  return { rows: source.eachAfter(Number.isNaN(bound) ? -Infinity : bound), by: ['id'] }
}

/** Rows that a leaf names by id or by something that is indexed; null where only looking at all of them helps. */
function indexed(leaf: Leaf, model: Model, env: Env): Iterable<Row> | null {
  if (leaf.operator !== '=' && leaf.operator !== 'in') return null
  const values: readonly unknown[] = leaf.operator === 'in' ? [leaf.value].flat() : [leaf.value]
  const found = new Map<number, Row>()
  for (const value of values) {
    const rows = leaf.path === 'id' ? byId(value, model, env) : model.find?.(leaf.path, value, env) ?? null
    if (rows === null) return null
    for (const row of rows) found.set(row.id, row)
  }
  return found.values()
}

function byId(value: unknown, model: Model, env: Env): readonly Row[] {
  const row = typeof value === 'number' ? model.rows(env).get(value) : null
  return row === null ? [] : [row]
}

interface OrderKey {
  readonly name: string
  readonly isDown: boolean
}

function orderKeys(order: string, model: Model): readonly OrderKey[] {
  return order.split(',').map((part) => {
    const match = /^\s*(\w+)(?:\s+(asc|desc))?(?:\s+nulls\s+(?:first|last))?\s*$/i.exec(part)
    const name = match?.[1]
    if (match === null || name === undefined) throw invalidOrder(order)
    if (model.fields[name] === undefined) throw invalidField(name, model.name)
    return { name, isDown: match[2]?.toLowerCase() === 'desc' }
  })
}

function invalidOrder(order: string): OdooFault {
  return userError(
    `Invalid "order" specified (${order}). A valid "order" specification is a comma-separated list of valid field names `
    + '(optionally followed by asc/desc for the direction)',
  )
}

/** What stands after the id orders nothing any more. */
function isBy(names: readonly string[], keys: readonly OrderKey[]): boolean {
  return names.every((name, at) => keys[at]?.name === name && !keys[at].isDown)
}

type Comparator = (left: Row, right: Row) => number

/** A many2one is ordered as its own model orders; what is equal comes by id, so that pages never overlap. */
function comparatorOf(keys: readonly OrderKey[], model: Model, env: Env, depth = 0): Comparator {
  const comparators = keys.map(({ name, isDown }) => {
    const compare = keyComparator(name, model, env, depth)
    return isDown ? (left: Row, right: Row) => compare(right, left) : compare
  })
  return (left, right) => {
    for (const compare of comparators) {
      const sign = compare(left, right)
      if (sign !== 0) return sign
    }
    return left.id - right.id
  }
}

function keyComparator(name: string, model: Model, env: Env, depth: number): Comparator {
  const field = model.fields[name]
  if (field === undefined) return () => 0
  if (field.type !== 'many2one' || depth > 2) {
    return (left, right) => compareRaw(field.value(left, env), field.value(right, env))
  }
  const target = modelNamed(field.relation ?? '', env)
  const rows = target.rows(env)
  const inner = comparatorOf(orderKeys(target.order, target), target, env, depth + 1)
  const rowOf = (row: Row): Row | null => {
    const id = field.value(row, env)
    return typeof id === 'number' ? rows.get(id) : null
  }
  return (left, right) => {
    const [one, other] = [rowOf(left), rowOf(right)]
    if (one === null || other === null) return Number(one === null) - Number(other === null)
    return one.id === other.id ? 0 : inner(one, other)
  }
}

/** PostgreSQL puts what is empty last. */
function compareRaw(left: Raw, right: Raw): number {
  if (left === null || right === null) return Number(left === null) - Number(right === null)
  if (left instanceof Decimal && right instanceof Decimal) return left.comparedTo(right)
  const [one, other] = [Decimal.isDecimal(left) ? Number(left) : left, Decimal.isDecimal(right) ? Number(right) : right]
  if (one === other) return 0
  return one < other ? -1 : 1
}
