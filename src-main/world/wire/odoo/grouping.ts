/** `read_group`: rows counted and summed by what they have in common. */
import { Decimal, sum } from '../../decimal.ts'
import type { Row } from '../../table.ts'
import { readable } from './access.ts'
import type { Env, Model, Raw } from './fields.ts'
import { Float, type Json } from './python-json.ts'
import { readRows } from './reading.ts'
import { everything, search } from './searching.ts'
import { naive } from './times.ts'

interface Group {
  readonly rows: Row[]
  readonly keys: { [by: string]: Json }
  readonly domain: Json[]
}

export interface Grouping {
  readonly domain: unknown
  readonly by: readonly string[]
  readonly sums: readonly string[]
}

/** Groups in the order of their first row. */
function groupsOf(model: Model, { domain: asked, by, sums }: Grouping, env: Env): readonly Group[] {
  readable(model, [...by.map(fieldIn), ...sums.map(fieldIn)], env)
  const groups = new Map<string, Group>()
  for (const row of search(model, asked, everything, env)) {
    const keys: { [by: string]: Json } = {}
    for (const each of by) keys[each] = keyOf(model, row, each, env)
    const name = JSON.stringify(keys)
    const domain = by.map((each) => [fieldIn(each), '=', idOrValue(keys[each] ?? false)])
    const group = groups.get(name) ?? { rows: [], keys, domain }
    group.rows.push(row)
    groups.set(name, group)
  }
  return [...groups.values()]
}

export function readGroup(model: Model, grouping: Grouping, isLazy: boolean, env: Env): readonly Json[] {
  const by = isLazy ? grouping.by.slice(0, 1) : grouping.by
  return groupsOf(model, { ...grouping, by }, env).map(({ rows, keys, domain }) => ({
    ...keys,
    ...Object.fromEntries(grouping.sums.map((each) => [fieldIn(each), total(model, rows, fieldIn(each), env)])),
    [isLazy && by[0] !== undefined ? `${fieldIn(by[0])}_count` : '__count']: rows.length,
    __domain: domain,
  }))
}

export function formattedReadGroup(model: Model, grouping: Grouping, env: Env): readonly Json[] {
  const sums = grouping.sums.filter((each) => each !== '__count')
  return groupsOf(model, { ...grouping, sums }, env).map(({ rows, keys, domain }) => ({
    ...keys,
    ...Object.fromEntries(sums.map((each) => [each, total(model, rows, fieldIn(each), env)])),
    ...(grouping.sums.includes('__count') ? { __count: rows.length } : {}),
    __extra_domain: domain,
  }))
}

/** `amount_total:sum`, `date_order:month`. */
function fieldIn(spec: string): string {
  return spec.split(':')[0] ?? spec
}

const granularities: Readonly<Record<string, number>> = { year: 4, month: 7, day: 10 }

function keyOf(model: Model, row: Row, by: string, env: Env): Json {
  const field = model.fields[fieldIn(by)]
  const raw: Raw = field?.value(row, env) ?? null
  const digits = granularities[by.split(':')[1] ?? 'month'] ?? 7
  if (field?.type === 'datetime' && typeof raw === 'number') return naive(raw).slice(0, digits)
  if (field?.type === 'date' && typeof raw === 'string') return raw.slice(0, digits)
  return readRows(model, [row], [fieldIn(by)], true, env)[0]?.[fieldIn(by)] ?? false
}

function idOrValue(key: Json): Json {
  return Array.isArray(key) ? key[0] ?? false : key
}

function total(model: Model, rows: readonly Row[], name: string, env: Env): Json {
  const amounts = rows.map((row) => model.fields[name]?.value(row, env) ?? 0)
  const isFigure = (amount: Raw): amount is number | Decimal => typeof amount === 'number' || amount instanceof Decimal
  return new Float(Number(sum(amounts.filter(isFigure).map((amount) => new Decimal(amount)))))
}
