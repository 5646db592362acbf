/** Decides whether a row satisfies a domain, with SQL's idea of what is empty. */
import { Decimal } from '../../decimal.ts'
import type { Row } from '../../table.ts'
import type { Domain, Leaf, Operator } from './domain.ts'
import { parseDomain } from './domain.ts'
import { modelNamed, readable } from './access.ts'
import { databaseError, type OdooFault, typeError, valueError } from './faults.ts'
import type { Env, Field, Model, Raw, Version } from './fields.ts'
import { isTruthy, repr, tuple, typeName } from './python-json.ts'
import { decimalOf, integerOf } from './taking.ts'
import { isDay, parseDay, parseNaive } from './times.ts'

export type Predicate = (row: Row) => boolean

/** Compiled once for a call, run for each row. */
export function predicateOf(domain: Domain, model: Model, env: Env): Predicate {
  switch (domain.kind) {
    case 'always': return () => domain.holds
    case 'not': {
      const inner = predicateOf(domain.inner, model, env)
      return (row) => !inner(row)
    }
    case 'and': {
      const [left, right] = [predicateOf(domain.left, model, env), predicateOf(domain.right, model, env)]
      return (row) => left(row) && right(row)
    }
    case 'or': {
      const [left, right] = [predicateOf(domain.left, model, env), predicateOf(domain.right, model, env)]
      return (row) => left(row) || right(row)
    }
    case 'leaf': return leafPredicate(domain, model, env)
  }
}

function leafPredicate(leaf: Leaf, model: Model, env: Env): Predicate {
  const [name = '', ...rest] = leaf.path.split('.')
  const field = model.fields[name]
  if (field === undefined) throw invalidIn(leaf, name, model, env)
  readable(model, [name], env)
  if (rest.length > 0) {
    if (field.relation === null) throw invalidIn(leaf, leaf.path, model, env)
    const inner = { ...leaf, path: rest.join('.') }
    return relatedPredicate(field, (target) => leafPredicate(inner, target, env), env)
  }
  if (leaf.operator === 'any' || leaf.operator === 'not any') {
    const some = relatedPredicate(field, (target) => predicateOf(parseDomain(leaf.value, env.version), target, env), env)
    return leaf.operator === 'any' ? some : (row) => !some(row)
  }
  if (field.options.unsearchable === true) return unsearchable(leaf, model, env)
  return fieldPredicate(leaf, field, env)
}

function fieldPredicate(leaf: Leaf, field: Field, env: Env): Predicate {
  if (leaf.operator === '=?') {
    if (leaf.value === false || leaf.value === null) return () => true
    return fieldPredicate({ ...leaf, operator: '=' }, field, env)
  }
  if (field.relation !== null) return relationPredicate(leaf, field, env)
  const isOfMany = leaf.operator === 'in' || leaf.operator === 'not in'
  if (isOfMany && env.version < 19 && !Array.isArray(leaf.value) && !isEmpty(leaf.value) && leaf.value !== true) {
    throw valueError(`Invalid domain term ${tuple([leaf.path, leaf.operator, leaf.value])}`)
  }
  const holds = comparison(field, leaf.operator, leaf.value, env.version)
  return (row) => holds(field.value(row, env))
}

function invalidIn({ path, operator, value }: Leaf, field: string, model: Model, env: Env): Error {
  const shown = tuple([path, operator, value])
  return valueError(`Invalid field ${model.name}.${field} in ${env.version >= 19 ? 'condition' : 'leaf'} ${shown}`)
}

/** Older versions warn in the log and let every row through. */
function unsearchable(leaf: Leaf, model: Model, env: Env): Predicate {
  if (env.version < 19) return () => true
  throw valueError(`Cannot convert ${model.name}.${leaf.path} to SQL because it is not stored`)
}

/** Through a relation a row satisfies what one of its related rows satisfies. */
function relatedPredicate(field: Field, innerOf: (target: Model) => Predicate, env: Env): Predicate {
  const target = modelNamed(field.relation ?? '', env)
  const inner = innerOf(target)
  const rows = target.rows(env)
  return (row) => idsIn(field.value(row, env)).some((id) => {
    const related = rows.get(id)
    return related !== null && inner(related)
  })
}

function idsIn(raw: Raw): readonly number[] {
  if (typeof raw === 'number') return [raw]
  return isList(raw) ? raw : []
}

function isList(raw: Raw): raw is readonly number[] {
  return Array.isArray(raw)
}

const negations: Partial<Record<Operator, Operator>> = {
  '!=': '=', 'not in': 'in', 'not like': 'like', 'not ilike': 'ilike',
}

/** By id, by nothing, or by a name that is searched in the related model. */
function relationPredicate(leaf: Leaf, field: Field, env: Env): Predicate {
  const positive = negations[leaf.operator]
  if (positive !== undefined) {
    const holds = relationPredicate({ ...leaf, operator: positive }, field, env)
    return (row) => !holds(row)
  }
  if (leaf.operator === 'child_of' || leaf.operator === 'parent_of') return treePredicate(leaf, field, env)
  const wanted = leaf.operator === 'in' ? [leaf.value].flat() : [leaf.value]
  const ids = new Set(wanted.filter((each) => typeof each === 'number'))
  const orNone = wanted.some((each) => each === false || each === null)
  const names = wanted.filter((each) => typeof each === 'string')
  const named = names.map((name) => relatedPredicate(field, (target) => namePredicate(target, leaf.operator, name, env), env))
  return (row) => {
    const held = idsIn(field.value(row, env))
    return (orNone && held.length === 0) || held.some((id) => ids.has(id)) || named.some((holds) => holds(row))
  }
}

/** `name_search`. */
export function namePredicate(target: Model, operator: Operator, name: string, env: Env): Predicate {
  const by = operator === 'in' ? '=' : operator
  const parts = target.names.map((path) => {
    const hasField = target.fields[path.split('.')[0] ?? ''] !== undefined
    return hasField ? leafPredicate({ kind: 'leaf', path, operator: by, value: name }, target, env) : () => false
  })
  return (row) => parts.some((holds) => holds(row))
}

function treePredicate(leaf: Leaf, field: Field, env: Env): Predicate {
  const target = modelNamed(field.relation ?? '', env)
  const parent = target.fields['parent_id'] ?? target.fields['location_id']
  const rows = target.rows(env)
  const parentOf = (id: number): number | null => {
    const row = rows.get(id)
    const raw = row === null || parent === undefined ? null : parent.value(row, env)
    return typeof raw === 'number' ? raw : null
  }
  const lineage = (id: number): number[] => {
    const line = [id]
    for (let at = parentOf(id); at !== null && !line.includes(at); at = parentOf(at)) line.push(at)
    return line
  }
  const roots = [leaf.value].flat().filter((id) => typeof id === 'number')
  const above = new Set(roots.flatMap(lineage))
  return (row) => idsIn(field.value(row, env)).some((id) => (
    leaf.operator === 'child_of' ? lineage(id).some((each) => roots.includes(each)) : above.has(id)
  ))
}

function comparison(field: Field, operator: Operator, value: unknown, version: Version): (raw: Raw) => boolean {
  const positive = negations[operator]
  if (positive !== undefined) {
    const holds = comparison(field, positive, value, version)
    return (raw) => !holds(raw)
  }
  if (operator === 'in' || operator === '=') {
    const wanted = operator === 'in' ? [value].flat() : [value]
    const plain = new Set(wanted.filter((each) => !isEmpty(each)).map((each) => plainWanted(field, each, operator, version)))
    const orEmpty = wanted.some(isEmpty)
    return (raw) => (raw === null || raw === false ? orEmpty : plain.has(plainRaw(raw)))
  }
  if (operator === '<' || operator === '<=' || operator === '>' || operator === '>=') {
    const bound = plainWanted(field, value, operator, version)
    return (raw) => raw !== null && ordered(plainRaw(raw), bound, operator)
  }
  const pattern = likeness(operator, typeof value === 'string' ? value : String(value ?? ''))
  return (raw) => typeof raw === 'string' && pattern.test(raw)
}

function isEmpty(value: unknown): boolean {
  return value === false || value === null
}

function plainRaw(raw: Raw): string | number | boolean {
  if (raw instanceof Decimal) return Number(raw)
  return typeof raw === 'string' || typeof raw === 'number' ? raw : raw === true
}

function plainWanted(field: Field, value: unknown, operator: Operator, version: Version): string | number | boolean {
  switch (field.type) {
    case 'datetime': {
      if (typeof value !== 'string') throw noMoment(value, operator, 'timestamp without time zone', version)
      // A day alone stands for its end where the end is meant.
      const isEnd = operator === '<=' || operator === '>'
      return parseNaive(isDay(value) && isEnd ? `${value} 23:59:59` : value, version)
    }
    case 'date':
      if (typeof value !== 'string') throw noMoment(value, operator, 'date', version)
      return parseDay(value, version)
    case 'integer': return integerOf(value)
    case 'float':
    case 'monetary': return Number(decimalOf(value))
    case 'boolean': return isTruthy(value)
    default: return typeof value === 'boolean' ? value : String(value)
  }
}

function noMoment(value: unknown, operator: Operator, type: string, version: Version): OdooFault {
  if (version >= 19) return typeError(`Failed to cast ${repr(value)} into a ${type === 'date' ? 'date' : 'datetime'}`)
  const other = { bool: 'boolean', int: 'integer', float: 'numeric' }[typeName(value)] ?? 'text[]'
  return databaseError('UndefinedFunction', `operator does not exist: ${type} ${operator === 'in' ? '=' : operator} ${other}\n`)
}

function ordered(left: string | number | boolean, right: string | number | boolean, operator: Operator): boolean {
  if (operator === '<') return left < right
  if (operator === '<=') return left <= right
  return operator === '>' ? left > right : left >= right
}

function likeness(operator: Operator, value: string): RegExp {
  const body = [...value].map((each) => {
    if (each === '%') return '[^]*'
    return each === '_' ? '[^]' : each.replace(/[\\^$.*+?()[\]{}|]/, '\\$&')
  }).join('')
  const isWhole = operator === '=like' || operator === '=ilike'
  return new RegExp(isWhole ? `^${body}$` : body, operator === 'ilike' || operator === '=ilike' ? 'i' : '')
}
