/** What the queue shows: kept while the person looks at one incident and comes back. */
import { create } from 'zustand'
import type { Cause, IncidentState, Severity } from '../../../src-main/domain/incident.ts'
import type { EngineClient } from '../../engine.ts'

export const tabs = ['todo', 'repairing', 'snoozed', 'ignored', 'resolved', 'all'] as const
export type Tab = (typeof tabs)[number]

/** The states behind a tab; null: every state. */
export const tabStates: Readonly<Record<Tab, readonly IncidentState[] | null>> = {
  todo: ['open', 'acknowledged', 'repairing'],
  repairing: ['repairing'],
  snoozed: ['snoozed'],
  ignored: ['ignored'],
  resolved: ['resolved'],
  all: null,
}

export interface QueueFilter {
  readonly tab: Tab
  /** Empty: every severity. */
  readonly severities: readonly Severity[]
  readonly rule: string | null
  /** A person's or a role's id. */
  readonly owner: string | null
  readonly pair: string | null
  /** The incident that they are a part of. */
  readonly parent: string | null
  readonly currency: string | null
  /** A country; the empty text: those of none. */
  readonly market: string | null
  readonly cause: Cause | null
  readonly search: string
  readonly offset: number
}

export const everything: QueueFilter = {
  tab: 'todo',
  severities: [],
  rule: null,
  owner: null,
  pair: null,
  parent: null,
  currency: null,
  market: null,
  cause: null,
  search: '',
  offset: 0,
}

/** What no field offers: the figure that a person came from narrows to it. */
export const narrowings = ['parent', 'currency', 'market', 'cause'] as const

export const pageRows = 100

interface Queue extends QueueFilter {
  /** A change of what is looked for begins at the first row again. */
  readonly look: (change: Partial<Omit<QueueFilter, 'offset'>>) => void
  readonly turn: (offset: number) => void
}

export const useQueue = create<Queue>((set) => ({
  ...everything,
  look: (change) => {
    set({ ...change, offset: 0 })
  },
  turn: (offset) => {
    set({ offset: Math.max(0, offset) })
  },
}))

export type QueueInput = Parameters<EngineClient['incidents']['list']>[0]

/** The question to the engine; the same for the queue and for an incident's neighbours, so that it is asked once. */
export function questionOf(filter: QueueFilter): QueueInput {
  const states = tabStates[filter.tab]
  const search = filter.search.trim().slice(0, 100)
  return {
    states: states === null ? null : [...states],
    severities: filter.severities.length === 0 ? null : [...filter.severities],
    rule: filter.rule,
    owner: filter.owner,
    pair: filter.pair,
    parent: filter.parent,
    currency: filter.currency,
    market: filter.market,
    cause: filter.cause,
    search: search === '' ? null : search,
    limit: pageRows,
    offset: filter.offset,
  }
}

/** Whether more is left out than the tab says. */
export function isNarrowed(filter: QueueFilter): boolean {
  const chosen = [filter.rule, filter.owner, filter.pair, ...narrowings.map((name) => filter[name])]
  return filter.severities.length > 0 || chosen.some((one) => one !== null) || filter.search.trim() !== ''
}
