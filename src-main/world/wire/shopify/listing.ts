/** Searched lists: they see a row only when the index has taken it in, and what a merchant's app may see at all. */
import { pageOf, type Connection, type PageArguments } from './page.ts'
import { seek, type Searchable } from './search/search.ts'
import type { Asking } from './asking.ts'
import type { Instant } from '../../shop/shop.ts'

export interface Listed {
  readonly id: number
  readonly changedAt: Instant
}

export interface Listing<R extends Listed> extends Searchable<R> {
  /** Sorted by (changedAt, id). */
  readonly rowsSince: (from: Instant, asking: Asking) => readonly R[]
  readonly createdAt: (row: R) => Instant
  /** By the names of the platform's sort keys; a name that is not here sorts by id. */
  readonly sortKeys: Readonly<Record<string, (row: R) => number | string>>
  readonly isVisible?: (row: R, asking: Asking) => boolean
}

export interface ListArguments extends PageArguments {
  readonly query?: string | null
  readonly sortKey?: string | null
}

export function list<R extends Listed>(
  listing: Listing<R>, args: ListArguments, asking: Asking, path: string, nodeOf?: (row: R) => unknown,
): Connection {
  const sortKey = args.sortKey ?? 'ID'
  const valueOf = listing.sortKeys[sortKey] ?? ((row: R) => row.id)
  const rows = found(listing, args.query, asking, path)
  if (sortKey !== 'UPDATED_AT') rows.sort((one, other) => compare(valueOf(one), valueOf(other)) || one.id - other.id)
  return pageOf(rows, args, { name: sortKey, valueOf, idOf: (row) => row.id }, asking, nodeOf)
}

export function count<R extends Listed>(
  listing: Listing<R>, args: { readonly query?: string | null; readonly limit?: number | null }, asking: Asking, path: string,
): { readonly count: number; readonly precision: 'EXACT' | 'AT_LEAST' } {
  const { length } = found(listing, args.query, asking, path)
  const limit = args.limit ?? Infinity
  return length > limit ? { count: limit, precision: 'AT_LEAST' } : { count: length, precision: 'EXACT' }
}

function found<R extends Listed>(listing: Listing<R>, query: string | null | undefined, asking: Asking, path: string): R[] {
  const { at, desk, version, inBulk } = asking
  const sought = seek(query, listing, version, at)
  if (sought.warnings.length > 0) asking.warnings.push({ path: [path], query: query ?? '', warnings: sought.warnings })
  // A bulk operation reads the books themselves, everybody else an index.
  const indexedUpTo = inBulk ? Infinity : at - desk.indexLagMs
  return listing.rowsSince(sought.changedFrom, asking).filter((row) =>
    (sought.asksForChanges ? row.changedAt : listing.createdAt(row)) <= indexedUpTo &&
    (listing.isVisible === undefined || listing.isVisible(row, asking)) &&
    sought.matches(row))
}

function compare(one: number | string, other: number | string): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}
