/** What the list of orders is narrowed to: verdict, channel, days and how a number begins. */
import { SegmentedControl, Select, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { type OrderVerdict, orderVerdicts } from '../../../src-main/contract/order-views.ts'
import { StateShape } from '../../parts/state.tsx'
import { TypedSearch } from '../../parts/typed-search.tsx'
import { type OrdersInput, useOrders } from './filter.ts'
import { verdictLooks } from './looks.ts'

const sortWords: Readonly<Record<OrdersInput['sort'], string>> = {
  newest: 'Newest first',
  oldest: 'Oldest first',
  number: 'Number, rising',
  'number-down': 'Number, falling',
}
const sorts = ['newest', 'oldest', 'number', 'number-down'] as const

export function Filters({ channels }: { readonly channels: readonly string[] }): ReactNode {
  const { filter, look } = useOrders()
  const known = filter.channel === null || channels.includes(filter.channel) ? channels : [filter.channel, ...channels]
  return (
    <div className="filters" role="search" aria-label="Narrow the orders">
      <SegmentedControl
        aria-label="Verdict"
        value={filter.verdict ?? 'all'}
        onChange={(next) => look({ verdict: orderVerdicts.find((each) => each === next) ?? null })}
        data={[{ value: 'all', label: 'All' }, ...orderVerdicts.map((each) => ({ value: each, label: <VerdictLabel verdict={each} /> }))]}
      />
      <TypedSearch id="order-search" label="Search orders by how their number begins" placeholder="Number begins with" value={filter.search} onTyped={(search) => look({ search })} />
      <span className="filter-break" />
      <Select
        className="filter-channel"
        aria-label="Channel"
        placeholder="Every channel"
        clearable
        value={filter.channel}
        onChange={(channel) => look({ channel })}
        data={[...known]}
        comboboxProps={{ width: 320, position: 'bottom-start' }}
      />
      <TextInput className="filter-day" type="date" aria-label="Placed from" value={filter.from} max={filter.to} onChange={(event) => look({ from: event.currentTarget.value })} />
      <span className="small faint" aria-hidden="true">
        –
      </span>
      <TextInput className="filter-day" type="date" aria-label="Placed up to" value={filter.to} min={filter.from} onChange={(event) => look({ to: event.currentTarget.value })} />
      <Select
        className="filter-sort"
        aria-label="Order of rows"
        allowDeselect={false}
        value={filter.search.trim() === '' || filter.sort.startsWith('number') ? filter.sort : 'number'}
        onChange={(next) => look({ sort: sorts.find((each) => each === next) ?? 'newest' })}
        data={sorts.map((each) => ({ value: each, label: sortWords[each] }))}
      />
    </div>
  )
}

function VerdictLabel({ verdict }: { readonly verdict: OrderVerdict }): ReactNode {
  const look = verdictLooks[verdict]
  return (
    <span className="state">
      <StateShape look={look} />
      {look.word}
    </span>
  )
}
