/** What the queue shows: kept while the person looks at one incident and comes back. */
import { create } from 'zustand'
import type { IncidentState, Severity } from '../../../src-main/domain/incident.ts'
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
  readonly search: string
  readonly offset: number
}

export const everything: QueueFilter = {
  tab: 'todo',
  severities: [],
  rule: null,
  search: '',
  offset: 0,
}

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
    search: search === '' ? null : search,
    limit: pageRows,
    offset: filter.offset,
  }
}

/** Whether more is left out than the tab says. */
export function isNarrowed(filter: QueueFilter): boolean {
  return filter.severities.length > 0 || filter.rule !== null || filter.search.trim() !== ''
}
