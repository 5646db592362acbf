/** What the list of stock is narrowed to: those behind, a location, how a SKU begins; and in which order. */
import { SegmentedControl, Select } from '@mantine/core'
import type { ReactNode } from 'react'
import type { StockSummaryView } from '../../../src-main/contract/stock-views.ts'
import { count } from '../../parts/numbers.ts'
import { TypedSearch } from '../../parts/typed-search.tsx'
import { useShelf } from './shelf.ts'

/** Null: not answered yet. */
export function ShelfFilters({ counts }: { readonly counts: Pick<StockSummaryView, 'watched' | 'behind' | 'locations'> | null }): ReactNode {
  const { filter, look } = useShelf()
  const locations = counts?.locations ?? []
  return (
    <div className="filters" role="search" aria-label="Narrow the stock">
      <SegmentedControl
        aria-label="Standing"
        value={filter.standing}
        onChange={(next) => look({ standing: next })}
        data={[
          { value: 'all', label: <Counted word="All" many={counts?.watched ?? null} /> },
          { value: 'behind', label: <Counted word="Behind" many={counts?.behind ?? null} /> },
        ]}
      />
      <SegmentedControl
        aria-label="Order"
        value={filter.sort}
        disabled={filter.standing === 'behind'}
        onChange={(next) => look({ sort: next })}
        data={[
          { value: 'worst', label: 'Worst first' },
          { value: 'sku', label: 'By SKU' },
        ]}
      />
      {locations.length < 2 ? null : (
        <Select
          className="filter-rule"
          aria-label="Location"
          placeholder="Every location"
          clearable
          searchable={locations.length > 12}
          value={filter.location}
          onChange={(next) => look({ location: next })}
          data={[...locations]}
          comboboxProps={{ width: 320, position: 'bottom-start' }}
        />
      )}
      <TypedSearch id="stock-search" label="Find a SKU by how it begins" placeholder="SKU begins with" value={filter.search} onTyped={(text) => look({ search: text })} />
    </div>
  )
}

function Counted({ word, many }: { readonly word: string; readonly many: number | null }): ReactNode {
  return (
    <>
      {word}
      {many === null ? null : <span className="filter-count"> {count(many)}</span>}
    </>
  )
}
