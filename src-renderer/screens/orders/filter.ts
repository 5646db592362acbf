/** What the list of orders shows: kept while the person looks at one order and comes back. */
import type { OrderVerdict } from '../../../src-main/contract/order-views.ts'
import type { EngineClient } from '../../engine.ts'
import { newPages } from '../../stores/pages.ts'

export type OrdersInput = Parameters<EngineClient['orders']['list']>[0]

export interface OrderFilter {
  readonly verdict: OrderVerdict | null
  readonly channel: string | null
  /** Days as a date field writes them; empty: from the first, up to the last. */
  readonly from: string
  readonly to: string
  readonly search: string
  readonly sort: OrdersInput['sort']
}

export const everyOrder: OrderFilter = { verdict: null, channel: null, from: '', to: '', search: '', sort: 'newest' }

export const useOrders = newPages<OrderFilter, string>(everyOrder)

export const pageRows = 100

export function questionOf(pair: string, filter: OrderFilter, cursor: string | null): OrdersInput {
  const search = filter.search.trim().slice(0, 100)
  return {
    pair,
    filter: { verdict: filter.verdict, channel: filter.channel, from: dayIn(filter.from), to: dayIn(filter.to) },
    search: search === '' ? null : search,
    sort: filter.sort,
    limit: pageRows,
    cursor,
  }
}

/** A date field may hold half a date while it is typed. */
function dayIn(text: string): string | null {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : null
}

export function isNarrowed(filter: OrderFilter): boolean {
  return filter.verdict !== null || filter.channel !== null || filter.from !== '' || filter.to !== '' || filter.search.trim() !== ''
}
