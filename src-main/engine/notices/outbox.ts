/** Keeps what is to be told in the same transaction as the change it tells of, until somebody says that it was shown. */
import type { Chance, Clock } from '../../domain/clock.ts'
import type { IncidentState, Severity } from '../../domain/incident.ts'
import { days } from '../../domain/time.ts'
import type { Tx } from '../store/database.ts'
import type { Store } from '../store/store.ts'
import { type Told, composeNotices } from './compose.ts'

export interface OutboxParts {
  readonly store: Store
  readonly clock: Clock
  readonly chance: Chance
  /** A rule's title; the rules themselves are another room's. */
  readonly titleOf: (rule: string) => string
  /** What the user wants to hear of; null: nothing. */
  readonly atLeast: () => Severity | null
}

/** Quiet states: a person has said not to be told. */
const quiet: readonly IncidentState[] = ['ignored', 'snoozed']

export function outbox(parts: OutboxParts) {
  const { store, clock, chance } = parts
  return {
    tell(tx: Tx, changes: readonly { readonly incident: string; readonly what: Told['what'] }[]): void {
      const atLeast = parts.atLeast()
      if (atLeast === null) return
      const told = changes.flatMap((change): readonly Told[] => {
        const incident = store.incidents.get(change.incident)
        if (incident === null || quiet.includes(incident.state)) return []
        const { id, rule, severity, subject, amount, cause, says } = incident
        return [{ incident: id, rule, title: parts.titleOf(rule), severity, what: change.what, subject, amount, cause, says }]
      })
      const now = clock.now()
      for (const draft of composeNotices(told, atLeast)) {
        store.notices.add(tx, { ...draft, id: chance.id(), createdAt: now, shownAt: null })
      }
      store.notices.prune(tx, now - days(30))
    },
    shown(id: string): void {
      store.transaction((tx) => store.notices.shown(tx, id, clock.now()))
    },
  }
}
