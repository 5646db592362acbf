/** What answers a field: from the row it belongs to, its arguments, and what the request knows. */
import type { GraphQLResolveInfo } from 'graphql'
import type { Asking } from '../asking.ts'

export type Resolvers<S> = Readonly<Record<string, (source: S, args: never, asking: Asking, info: GraphQLResolveInfo) => unknown>>

export interface FirstOnly {
  readonly first?: number | null
}

/** Plain lists are cut, not paged. */
export function cut<T>(rows: readonly T[], { first }: FirstOnly): readonly T[] {
  return first === null || first === undefined ? rows : rows.slice(0, first)
}
