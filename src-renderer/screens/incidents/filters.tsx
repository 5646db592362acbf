/** What the queue is narrowed to: state, severity, rule, owner, pair and words, and by the figure that led here. */
import { CloseButton, SegmentedControl, Select } from '@mantine/core'
import type { ReactNode } from 'react'
import { type IncidentState, type Severity, severities } from '../../../src-main/domain/incident.ts'
import { useAnswer } from '../../ask.ts'
import { count } from '../../parts/numbers.ts'
import { SeverityShape, severityWords } from '../../parts/severity.tsx'
import { TypedSearch } from '../../parts/typed-search.tsx'
import { causeWords } from '../../../src-main/domain/cause-words.ts'
import { marketWords } from '../markets.ts'
import { ownerChoices } from '../rules/owners.ts'
import { type QueueFilter, type Tab, narrowings, tabStates, tabs, useQueue } from './filter.ts'

const tabWords: Readonly<Record<Tab, string>> = {
  todo: 'To do',
  repairing: 'Repairing',
  snoozed: 'Snoozed',
  ignored: 'Ignored',
  resolved: 'Resolved',
  all: 'All',
}

type Counts = Partial<Record<IncidentState, number>>

interface FiltersProps {
  /** Null: not answered yet. */
  readonly counts: Counts | null
  readonly rules: readonly { readonly id: string; readonly title: string; readonly count: number }[]
}

export function Filters({ counts, rules }: FiltersProps): ReactNode {
  const { tab, rule, look } = useQueue()
  const known =
    rules.some(({ id }) => id === rule) || rule === null
      ? rules
      : [...rules, { id: rule, title: rule, count: 0 }]
  return (
    <div className="filters" role="search" aria-label="Narrow the queue">
      <SegmentedControl
        aria-label="State"
        value={tab}
        onChange={(next) => look({ tab: next })}
        data={tabs.map((each) => ({ value: each, label: <TabLabel tab={each} counts={counts} /> }))}
      />
      <SeverityToggles />
      <Select
        className="filter-rule"
        aria-label="Rule"
        placeholder="Every rule"
        clearable
        value={rule}
        onChange={(next) => look({ rule: next })}
        data={known.map(({ id, title, count: many }) => ({
          value: id,
          label: `${title} (${count(many)})`,
        }))}
        comboboxProps={{ width: 320, position: 'bottom-start' }}
      />
      <OwnerChoice />
      <PairChoice />
      <Search />
      <Narrowed />
    </div>
  )
}

function OwnerChoice(): ReactNode {
  const { owner, look } = useQueue()
  const people = useAnswer(['people'], ['people.list'], (client, options) => client.people.list(undefined, options))
  if (people.state !== 'known') return null
  return (
    <Select
      className="filter-owner"
      aria-label="Owner"
      placeholder="Every owner"
      clearable
      value={owner}
      onChange={(next) => look({ owner: next })}
      data={ownerChoices(people.value)}
      comboboxProps={{ width: 240, position: 'bottom-start' }}
    />
  )
}

/** Nothing where there is nothing to choose. */
function PairChoice(): ReactNode {
  const { pair, look } = useQueue()
  const pairs = useAnswer(['pairs'], ['pairs.list'], (client, options) => client.pairs.list(undefined, options))
  if (pairs.state !== 'known' || (pairs.value.length < 2 && pair === null)) return null
  return (
    <Select
      className="filter-owner"
      aria-label="Pair"
      placeholder="Every pair"
      clearable
      value={pair}
      onChange={(next) => look({ pair: next })}
      data={pairs.value.map(({ id, shopLabel, erpLabel }) => ({ value: id, label: `${shopLabel} → ${erpLabel}` }))}
      comboboxProps={{ width: 420, position: 'bottom-start' }}
    />
  )
}

/** What a link narrowed the queue to, each with a way to let go of it. */
function Narrowed(): ReactNode {
  const filter = useQueue()
  return narrowings.flatMap((name) => {
    const says = narrowedWords(filter, name)
    if (says === null) return []
    return (
      <span key={name} className="narrowed small">
        {says}
        <CloseButton size="xs" aria-label={`Show more than: ${says}`} onClick={() => filter.look({ [name]: null })} />
      </span>
    )
  })
}

function narrowedWords({ parent, currency, market, cause }: QueueFilter, name: (typeof narrowings)[number]): string | null {
  switch (name) {
    case 'parent':
      return parent === null ? null : 'Parts of one incident'
    case 'currency':
      return currency
    case 'market':
      return market === null ? null : market === '' ? 'No country named' : marketWords(market)
    case 'cause':
      return cause === null ? null : causeWords[cause]
    default:
      return name satisfies never
  }
}

function TabLabel({
  tab,
  counts,
}: {
  readonly tab: Tab
  readonly counts: Counts | null
}): ReactNode {
  return (
    <>
      {tabWords[tab]}
      {counts === null ? null : (
        <span className="filter-count"> {count(countOf(tab, counts))}</span>
      )}
    </>
  )
}

function countOf(tab: Tab, counts: Counts): number {
  const states = tabStates[tab]
  return Object.entries(counts).reduce(
    (sum, [state, many]) =>
      states === null || states.some((each) => each === state) ? sum + many : sum,
    0,
  )
}

function SeverityToggles(): ReactNode {
  const { severities: chosen, look } = useQueue()
  const toggle = (level: Severity): void => {
    const next = chosen.includes(level)
      ? chosen.filter((each) => each !== level)
      : [...chosen, level]
    look({ severities: severities.filter((each) => next.includes(each)) })
  }
  return (
    <div className="toggles" role="group" aria-label="Severity">
      {severities.map((level) => (
        <button
          key={level}
          type="button"
          className="toggle"
          aria-pressed={chosen.includes(level)}
          onClick={() => toggle(level)}
        >
          <SeverityShape level={level} />
          {severityWords[level]}
        </button>
      ))}
    </div>
  )
}

function Search(): ReactNode {
  const { search, look } = useQueue()
  return (
    <TypedSearch
      id="queue-search"
      label="Search order numbers, SKUs and sentences"
      placeholder="Order, SKU or words"
      value={search}
      onTyped={(text) => look({ search: text })}
    />
  )
}
