/** Odoo's domains: lists in Polish notation, read into a tree. */
import { type OdooFault, valueError } from './faults.ts'
import { repr } from './python-json.ts'

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
export function parseDomain(value: unknown): Domain {
  if (value === null || value === undefined || value === false) return all
  if (!Array.isArray(value)) throw valueError(`Domain() invalid item in domain: ${repr(value)}`)
  let at = 0
  const next = (): Domain => {
    if (at >= value.length) throw malformed(value)
    const item: unknown = value[at]
    at += 1
    if (item === '&' || item === '|') return { kind: item === '&' ? 'and' : 'or', left: next(), right: next() }
    if (item === '!') return { kind: 'not', inner: next() }
    return parseLeaf(item, value)
  }
  let domain: Domain | null = null
  while (at < value.length) {
    const part = next()
    domain = domain === null ? part : { kind: 'and', left: domain, right: part }
  }
  return domain ?? all
}

function malformed(domain: unknown): OdooFault {
  return valueError(`Malformed domain ${repr(domain)}`)
}

function parseLeaf(item: unknown, domain: unknown): Domain {
  if (!Array.isArray(item) || item.length !== 3) throw valueError(`Invalid leaf ${repr(item)} in domain ${repr(domain)}`)
  const [path, operator, value]: unknown[] = item
  if ((path === 1 || path === 0) && operator === '=' && value === 1) return { kind: 'always', holds: path === 1 }
  const named = operatorNamed(operator)
  if (typeof path !== 'string' || named === null) throw valueError(`Invalid leaf ${repr(item)} in domain ${repr(domain)}`)
  return { kind: 'leaf', path, operator: named, value }
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
