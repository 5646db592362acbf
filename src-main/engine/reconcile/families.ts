/** Which incidents others explain: what a stopped flow holds up is shown under it, and speaks for itself again once it runs. */
import type { Subject } from '../../domain/incident.ts'
import type { Pair } from '../../domain/pair.ts'
import { type Instant, type Span, minutes } from '../../domain/time.ts'
import type { Tx } from '../store/database.ts'
import type { IncidentRecord } from '../store/incidents.ts'
import type { Store } from '../store/store.ts'
import { missingRules } from './lenses/flow.ts'

interface Family {
  readonly rule: string
  readonly children: readonly string[]
  readonly stream: 'orders' | 'stock' | 'fulfilments' | 'invoices'
}

/** The first that fits is the parent. */
const families: readonly Family[] = [
  { rule: 'F11-flow-stopped', children: missingRules, stream: 'orders' },
  { rule: 'F11-batch-rhythm', children: missingRules, stream: 'orders' },
  { rule: 'F11-documents-stopped', children: ['F07-shipped-not-told'], stream: 'fulfilments' },
  { rule: 'F11-documents-stopped', children: ['F06-invoice-missing'], stream: 'invoices' },
  { rule: 'F01-stock-sync-stopped', children: ['F01-stock-behind'], stream: 'stock' },
]

/** A parent that stands, or stood until a moment ago. */
interface Parent {
  readonly id: string
  readonly children: readonly string[]
  /** It explains what was due from here on, up to when it ended. */
  readonly from: Instant
  readonly to: Instant | null
}

export interface Families {
  parentOf(rule: string, dueAt: Instant | null): string | null
}

export const noFamilies: Families = { parentOf: () => null }

/** Of one subject two rules may speak for one reason: who is past a deadline is also there for long, and hears it once. */
const saidAlreadyBy: Readonly<Record<string, string>> = { 'F12-aged': 'F12-past-sla' }

/** What says something first, so that it is there when what says the same again asks for it. */
export function sayingFirst<Found extends { readonly finding: { readonly rule: string } }>(found: readonly Found[]): readonly Found[] {
  return found.length < 2 ? found : found.toSorted((one, other) => Number(one.finding.rule in saidAlreadyBy) - Number(other.finding.rule in saidAlreadyBy))
}

/** The incident of the same subject that says it already; null where none is open. */
export function saidAlready(store: Store, pair: string | null, rule: string, subject: Subject): string | null {
  const by = saidAlreadyBy[rule]
  const incident = by === undefined ? null : store.incidents.find(pair, by, subject)
  return incident === null || incident.state === 'resolved' ? null : incident.id
}

/** A flow that runs again is given this long, at least, to bring what it held up. */
const catchUpMin: Span = minutes(5)

/**
 * Brings a pair's families up to date: what a parent explains is put under it, and what it does not explain any more is
 * let go and returned, so that it is told like anything that opens.
 */
export function settleFamilies(tx: Tx, store: Store, pair: Pair, now: Instant): { readonly families: Families; readonly released: readonly string[] } {
  const parents: Parent[] = []
  const released: string[] = []
  for (const family of families) {
    const incident = store.incidents.find(pair.id, family.rule, { kind: 'stream', connection: pair.shop, key: family.stream })
    if (incident === null || incident.dueAt === null) continue
    const parent = { id: incident.id, children: family.children, from: incident.dueAt, to: incident.resolvedAt }
    const strays = mayExplain(pair, incident, now) ? store.families.strays(parent.id, parent.from) : store.families.children(parent.id)
    for (const { id } of strays) {
      store.families.release(tx, id, now)
      released.push(id)
    }
    if (!mayExplain(pair, incident, now)) continue
    parents.push(parent)
    if (incident.state !== 'resolved') store.families.adopt(tx, { parent: parent.id, pair: pair.id, rules: family.children, from: parent.from })
  }
  const explains = (parent: Parent, rule: string, dueAt: Instant): boolean =>
    parent.children.includes(rule) && dueAt >= parent.from && (parent.to === null || dueAt <= parent.to)
  return {
    families: {
      parentOf: (rule, dueAt) => (dueAt === null ? null : (parents.find((parent) => explains(parent, rule, dueAt))?.id ?? null)),
    },
    released,
  }
}

function mayExplain(pair: Pair, { state, resolvedAt }: IncidentRecord, now: Instant): boolean {
  if (state !== 'resolved') return true
  return resolvedAt !== null && now < resolvedAt + Math.max(catchUpMin, minutes(pair.settings.graceMinutes))
}
