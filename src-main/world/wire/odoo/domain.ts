/** Odoo's domains: lists in Polish notation, read into a tree. */
import { assertionError, type OdooFault, typeError, valueError } from './faults.ts'
import type { Version } from './fields.ts'
import { repr, tuple } from './python-json.ts'

export type Domain =
  | { readonly kind: 'and' | 'or'; readonly left: Domain; readonly right: Domain }
  | { readonly kind: 'not'; readonly inner: Domain }
  | { readonly kind: 'always'; readonly holds: boolean }
  | Leaf

export interface Leaf {
  readonly kind: 'leaf'
  readonly path: string
  readonly operator: Operator
  readonly value: unknown
}

const operators = [
  '=', '!=', '<', '<=', '>', '>=', '=?', 'in', 'not in', 'like', 'not like', 'ilike', 'not ilike', '=like', '=ilike',
  'child_of', 'parent_of', 'any', 'not any',
] as const
export type Operator = (typeof operators)[number]

const all: Domain = { kind: 'always', holds: true }

/** What is left over at the end of a domain is joined by "and", as Odoo normalises it. */
export function parseDomain(value: unknown, version: Version): Domain {
  if (value === null || value === undefined || value === false) return all
  if (version >= 19 && value === true) return all
  if (!Array.isArray(value)) throw noDomain(value, version)
  let at = 0
  const next = (): Domain => {
    if (at >= value.length) throw malformed(value, version)
    const item: unknown = value[at]
    at += 1
    if (item === '&' || item === '|') return { kind: item === '&' ? 'and' : 'or', left: next(), right: next() }
    if (item === '!') return { kind: 'not', inner: next() }
    return parseLeaf(item, version)
  }
  let domain: Domain | null = null
  while (at < value.length) {
    const part = next()
    domain = domain === null ? part : { kind: 'and', left: domain, right: part }
  }
  return domain ?? all
}

function noDomain(value: unknown, version: Version): OdooFault {
  if (version >= 19) return typeError(`Domain() invalid argument type for domain: ${repr(value)}`)
  return assertionError("Domains to normalize must have a 'domain' form: a list or tuple of domain components")
}

function malformed(domain: unknown, version: Version): OdooFault {
  if (version >= 19) return valueError(`Domain() malformed domain ${repr(domain)}`)
  if (version === 18) return valueError(`Domain ${repr(domain)} is syntactically not correct.`)
  return assertionError(`This domain is syntactically not correct: ${repr(domain)}`)
}

function parseLeaf(item: unknown, version: Version): Domain {
  if (!Array.isArray(item) || item.length !== 3) throw noLeaf(item, version)
  const [path, operator, value]: unknown[] = item
  if ((path === 1 || path === 0) && operator === '=' && value === 1) return { kind: 'always', holds: path === 1 }
  const named = operatorNamed(operator)
  if (typeof path === 'string' && path !== '' && named !== null && hasOperator(named, version)) {
    return { kind: 'leaf', path, operator: named, value }
  }
  if (version < 19) throw noLeaf(item, version)
  if (typeof path !== 'string') throw typeError(`Domain() invalid arguments: ${tuple(item)}`)
  throw path === '' ? typeError(`Empty field name in condition ${tuple(item)}`) : valueError(`Invalid operator in condition ${tuple(item)}`)
}

/** Until 18 every item is shown as the tuple that it was made. */
function noLeaf(item: unknown, version: Version): OdooFault {
  if (version >= 19) return valueError(`Domain() invalid item in domain: ${repr(item)}`)
  return valueError(`Invalid leaf ${Array.isArray(item) ? tuple(item) : String(item)}`)
}

/** What is said of related rows came with 17. */
function hasOperator(operator: Operator, version: Version): boolean {
  return version >= 17 || (operator !== 'any' && operator !== 'not any')
}

function operatorNamed(operator: unknown): Operator | null {
  if (operator === '==') return '='
  if (operator === '<>') return '!='
  if (typeof operator !== 'string') return null
  const lower = operator.toLowerCase()
  return operators.find((each) => each === lower) ?? null
}

/** Leaves that every row must satisfy, whatever else is asked. */
export function musts(domain: Domain): readonly Leaf[] {
  if (domain.kind === 'leaf') return [domain]
  return domain.kind === 'and' ? [...musts(domain.left), ...musts(domain.right)] : []
}

export function mentions(domain: Domain, path: string): boolean {
  switch (domain.kind) {
    case 'leaf': return domain.path === path
    case 'not': return mentions(domain.inner, path)
    case 'and':
    case 'or': return mentions(domain.left, path) || mentions(domain.right, path)
    case 'always': return false
  }
}
