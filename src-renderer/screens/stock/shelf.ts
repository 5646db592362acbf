/** What the list of stock shows: kept while the person looks at one SKU and comes back. */
import type { StockCursor } from '../../../src-main/contract/stock-views.ts'
import type { EngineClient } from '../../engine.ts'
import { newPages } from '../../stores/pages.ts'

export interface ShelfFilter {
  readonly standing: 'all' | 'behind'
  readonly sort: 'worst' | 'sku'
  readonly location: string | null
  readonly search: string
}

export const wholeShelf: ShelfFilter = { standing: 'all', sort: 'worst', location: null, search: '' }
export const pageRows = 100

export const useShelf = newPages<ShelfFilter, StockCursor>(wholeShelf)

export function questionOf(pair: string, { standing, sort, location, search }: ShelfFilter, cursor: StockCursor | null): Parameters<EngineClient['stock']['list']>[0] {
  const typed = search.trim()
  return { pair, filter: { standing, location, search: typed === '' ? null : typed }, sort, limit: pageRows, cursor }
}
