/** Runs a search over rows: which of them match, from which stamp on it pays to look, and what was not understood. */
import { parseSearch, type Search } from './syntax.ts'
import { momentOf } from './moment.ts'
import type { Instant } from '../../../shop/shop.ts'

/** How a term compares with a row. */
export type SearchField<R> =
  | { readonly kind: 'time'; readonly of: (row: R) => Instant | null }
  | { readonly kind: 'number'; readonly of: (row: R) => number | null }
  /** One of these numbers, or a global id that ends in one. */
  | { readonly kind: 'id'; readonly of: (row: R) => readonly (number | null)[] }
  | { readonly kind: 'flag'; readonly of: (row: R) => boolean }
  /** Whole, without regard to case; `*` at the end stands for anything, and alone for something. */
  | { readonly kind: 'text'; readonly of: (row: R) => readonly (string | null)[] }

export interface Searchable<R> {
  readonly fields: Readonly<Record<string, SearchField<R>>>
  /** Where a term without a field looks. */
  readonly everywhere: (row: R) => readonly (string | null)[]
}

export interface SearchWarning {
  readonly field: string
  readonly message: string
  readonly code: 'invalid_field' | 'invalid_value'
}

export interface Sought<R> {
  readonly matches: (row: R) => boolean
  /** Nothing that changed before can match. */
  readonly changedFrom: Instant
  /** It asks when rows changed, so that a row that the index has not taken in yet cannot match. */
  readonly asksForChanges: boolean
  readonly warnings: readonly SearchWarning[]
}

/** Up to 2026-07 `>` a whole second takes in what happened within it; later versions start after it. */
export function seek<R>(query: string | null | undefined, of: Searchable<R>, version: string, at: Instant): Sought<R> {
  if (query === null || query === undefined || query.trim() === '') {
    return { matches: () => true, changedFrom: -Infinity, asksForChanges: false, warnings: [] }
  }
  const search = parseSearch(query)
  const warnings: SearchWarning[] = []
  const matches = predicate(search, of, { version, at, warnings })
  return {
    matches: matches ?? (() => true), warnings,
    changedFrom: changedFrom(search, at),
    asksForChanges: mentions(search, 'updated_at'),
  }
}

interface Understanding {
  readonly version: string
  readonly at: Instant
  readonly warnings: SearchWarning[]
}

type Predicate<R> = (row: R) => boolean

/** Null for what was not understood: it is left out. */
function predicate<R>(search: Search, of: Searchable<R>, how: Understanding): Predicate<R> | null {
  switch (search.kind) {
    case 'all':
    case 'any': {
      const parts = search.of.map((each) => predicate(each, of, how)).filter((part) => part !== null)
      if (parts.length === 0) return null
      return search.kind === 'all' ? (row) => parts.every((part) => part(row)) : (row) => parts.some((part) => part(row))
    }
    case 'not': {
      const inner = predicate(search.of, of, how)
      return inner === null ? null : (row) => !inner(row)
    }
    case 'term': return termPredicate(search, of, how)
    default: return search satisfies never
  }
}

type Term = Extract<Search, { kind: 'term' }>

/** Of a term that is not understood the answer warns. */
function termPredicate<R>(term: Term, { fields, everywhere }: Searchable<R>, how: Understanding): Predicate<R> | null {
  if (term.field === null) return everywherePredicate(term, everywhere)
  const field = fields[term.field.toLowerCase()]
  if (field === undefined) {
    how.warnings.push({ field: term.field, message: 'Invalid search field for this query.', code: 'invalid_field' })
    return null
  }
  const understood = fieldPredicate(term, field, how)
  if (understood !== null) return understood
  how.warnings.push({ field: term.field, message: `Input \`${term.value}\` is not an accepted value.`, code: 'invalid_value' })
  return null
}

function everywherePredicate<R>(term: Term, everywhere: Searchable<R>['everywhere']): Predicate<R> {
  const wanted = term.value.toLowerCase().replace(/\*$/, '')
  return (row) => everywhere(row).some((text) => text !== null && text.toLowerCase().includes(wanted))
}

function fieldPredicate<R>(term: Term, field: SearchField<R>, how: Understanding): Predicate<R> | null {
  switch (field.kind) {
    case 'time': return timePredicate(term, field.of, how)
    case 'number': return numberPredicate(term, Number(term.value), field.of)
    case 'id': return idPredicate(term, field.of)
    case 'flag': return term.value === 'true' || term.value === 'false' ? (row) => field.of(row) === (term.value === 'true') : null
    case 'text': return textPredicate(term, field.of)
    default: return field satisfies never
  }
}

function timePredicate<R>(term: Term, of: (row: R) => Instant | null, how: Understanding): Predicate<R> | null {
  const moment = momentOf(term.value, how.at)
  if (moment === null) return null
  const { from, upTo } = moment
  const after = how.version >= '2026-10' ? upTo : from + 1
  const compare: Readonly<Record<Term['comparator'], (at: Instant) => boolean>> = {
    '=': (at) => at >= from && at < upTo,
    '>': (at) => at >= after,
    '>=': (at) => at >= from,
    '<': (at) => at < from,
    '<=': (at) => at <= from,
  }
  const fits = compare[term.comparator]
  return (row) => {
    const at = of(row)
    return at !== null && fits(at)
  }
}

function numberPredicate<R>(term: Term, wanted: number, of: (row: R) => number | null): Predicate<R> | null {
  if (term.value === '' || Number.isNaN(wanted)) return null
  const compare: Readonly<Record<Term['comparator'], (value: number) => boolean>> = {
    '=': (value) => value === wanted,
    '>': (value) => value > wanted,
    '>=': (value) => value >= wanted,
    '<': (value) => value < wanted,
    '<=': (value) => value <= wanted,
  }
  const fits = compare[term.comparator]
  return (row) => {
    const value = of(row)
    return value !== null && fits(value)
  }
}

function idPredicate<R>(term: Term, of: (row: R) => readonly (number | null)[]): Predicate<R> | null {
  const digits = /^(?:gid:\/\/shopify\/[A-Za-z]+\/)?(\d+)$/.exec(term.value)?.[1]
  const fits = digits === undefined ? null : numberPredicate({ ...term, value: digits }, Number(digits), (id: number | null) => id)
  return fits === null ? null : (row) => of(row).some((id) => fits(id))
}

/** Several values may stand side by side with commas, unless they are quoted. */
function textPredicate<R>(term: Term, of: (row: R) => readonly (string | null)[]): Predicate<R> {
  const wanted = (term.quoted ? [term.value] : term.value.split(',')).map((each) => each.trim().toLowerCase())
  const whole = new Set(wanted.filter((each) => !each.endsWith('*')))
  const starts = wanted.filter((each) => each.endsWith('*')).map((each) => each.slice(0, -1))
  return (row) => of(row).some((text) => {
    if (text === null || text === '') return false
    const lower = text.toLowerCase()
    return whole.has(lower) || starts.some((start) => lower.startsWith(start))
  })
}

/** The latest lower bound that every match keeps to. */
function changedFrom(search: Search, at: Instant): Instant {
  if (search.kind === 'all') return Math.max(-Infinity, ...search.of.map((each) => changedFrom(each, at)))
  if (search.kind === 'any') return search.of.length === 0 ? -Infinity : Math.min(...search.of.map((each) => changedFrom(each, at)))
  if (search.kind !== 'term' || search.field !== 'updated_at' || search.comparator.startsWith('<')) return -Infinity
  return momentOf(search.value, at)?.from ?? -Infinity
}

function mentions(search: Search, field: string): boolean {
  if (search.kind === 'term') return search.field === field
  return search.kind === 'not' ? mentions(search.of, field) : search.of.some((each) => mentions(each, field))
}
