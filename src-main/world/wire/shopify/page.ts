/** Pages of rows: cursors that only this server reads, `first` and `last`, and the depth beyond which nobody pages. */
import { GraphQLError } from 'graphql'
import type { Asking } from './asking.ts'

export interface PageArguments {
  readonly first?: number | null
  readonly last?: number | null
  readonly after?: string | null
  readonly before?: string | null
  readonly reverse?: boolean | null
}

/** How rows are sorted, and told apart. */
export interface Order<R> {
  readonly name: string
  readonly keyOf: (row: R) => number | string
  readonly idOf: (row: R) => number
}

export interface Connection {
  readonly edges: () => { readonly cursor: string; readonly node: unknown }[]
  readonly nodes: () => readonly unknown[]
  readonly pageInfo: () => unknown
}

const rowsMax = 250
/** "Shopify limits pagination of arrays of objects to 25,000 objects." (shopify.dev, API limits) */
const depthMax = 25_000

interface Cursor {
  readonly key: string
  readonly value: number | string
  readonly id: number
  /** How many rows lie before it, it included. */
  readonly seen: number
}

/** Rows that are sorted by `order` already, ascending. */
export function pageOf<R>(
  sorted: readonly R[],
  args: PageArguments,
  order: Order<R>,
  asking: Asking,
  nodeOf: (row: R) => unknown = (row) => row,
): Connection {
  const rows = args.reverse === true ? sorted.toReversed() : sorted
  const { from, upTo } = asking.inBulk ? { from: 0, upTo: rows.length } : boundsOf(rows, args, order)
  const page = rows.slice(from, upTo)
  const seenBefore = decode(args.after, order.name)?.seen ?? 0
  const cursorAt = (row: R, at: number): string =>
    encode({
      key: order.name,
      value: order.keyOf(row),
      id: order.idOf(row),
      seen: seenBefore + at + 1,
    })
  return {
    edges: () => page.map((row, at) => ({ cursor: cursorAt(row, at), node: nodeOf(row) })),
    nodes: () => page.map(nodeOf),
    pageInfo: () => {
      const [first] = page
      const last = page.at(-1)
      return {
        hasNextPage: upTo < rows.length,
        hasPreviousPage: from > 0,
        startCursor: first === undefined ? null : cursorAt(first, 0),
        endCursor: last === undefined ? null : cursorAt(last, page.length - 1),
      }
    },
  }
}

/** Rows by their ids, as most nested connections have them. */
export function pageById<R extends { readonly id: number }>(
  rows: readonly R[],
  args: PageArguments,
  asking: Asking,
  nodeOf?: (row: R) => unknown,
): Connection {
  return pageOf(rows, args, { name: 'id', keyOf: (row) => row.id, idOf: (row) => row.id }, asking, nodeOf)
}

/** Rows in the places that they have in their list. */
export function pageInPlace<R>(rows: readonly R[], args: PageArguments, asking: Asking): Connection {
  const placed = rows.map((row, place) => ({ row, id: place + 1 }))
  return pageById(placed, args, asking, ({ row }) => row)
}

function boundsOf<R>(
  rows: readonly R[],
  args: PageArguments,
  order: Order<R>,
): { readonly from: number; readonly upTo: number } {
  const { first, last } = sizesOf(args)
  const after = decode(args.after, order.name)
  const before = decode(args.before, order.name)
  if (after !== null && after.seen + (first ?? 0) > depthMax) {
    throw refusal(`Pagination is limited to ${depthMax} objects; narrow the query down by adding filters.`)
  }
  const down = args.reverse === true
  let from = after === null ? 0 : rows.findIndex((row) => compare(row, after, order) * (down ? -1 : 1) > 0)
  if (from === -1) from = rows.length
  const end = before === null ? -1 : rows.findIndex((row) => compare(row, before, order) * (down ? -1 : 1) >= 0)
  let upTo = end === -1 ? rows.length : end
  if (first !== null) upTo = Math.min(upTo, from + first)
  if (last !== null) from = Math.max(from, upTo - last)
  return { from, upTo }
}

function sizesOf({ first, last }: PageArguments): { readonly first: number | null; readonly last: number | null } {
  if ((first ?? null) === null && (last ?? null) === null) throw refusal('you must provide one of first or last')
  if ((first ?? null) !== null && (last ?? null) !== null) throw refusal('providing both first and last is not supported')
  for (const [name, size] of [
    ['first', first ?? 0],
    ['last', last ?? 0],
  ] as const) {
    if (size > rowsMax) throw refusal(`${name} cannot exceed ${rowsMax}`)
    if (size < 0) throw refusal(`${name} cannot be less than zero`)
  }
  return { first: first ?? null, last: last ?? null }
}

function compare<R>(row: R, cursor: Cursor, { keyOf, idOf }: Order<R>): number {
  const value = keyOf(row)
  if (value !== cursor.value) return value < cursor.value ? -1 : 1
  return idOf(row) - cursor.id
}

function encode(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64')
}

function decode(text: string | null | undefined, key: string): Cursor | null {
  if (text === null || text === undefined) return null
  const cursor = read(text)
  if (cursor === null || cursor.key !== key) throw refusal('Invalid cursor for current pagination sort.')
  return cursor
}

function read(text: string): Cursor | null {
  let cursor: unknown
  try {
    cursor = JSON.parse(Buffer.from(text, 'base64').toString())
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
  return isCursor(cursor) ? cursor : null
}

function isCursor(cursor: unknown): cursor is Cursor {
  return (
    typeof cursor === 'object' &&
    cursor !== null &&
    'key' in cursor &&
    'value' in cursor &&
    'id' in cursor &&
    'seen' in cursor &&
    typeof cursor.key === 'string' &&
    typeof cursor.id === 'number' &&
    typeof cursor.seen === 'number'
  )
}

function refusal(says: string): GraphQLError {
  return new GraphQLError(says, { extensions: { code: 'BAD_REQUEST' } })
}
