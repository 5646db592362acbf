/** Keeps what is to be told in the same transaction as the change it tells of, until somebody says that it was shown. */
import type { Chance, Clock } from '../../domain/clock.ts'
import type { IncidentState, Severity } from '../../domain/incident.ts'
import { days } from '../../domain/time.ts'
import type { Tx } from '../store/database.ts'
import type { Store } from '../store/store.ts'
import { type NoticeDraft, type Told, composeNotices, joined, recoveryRules } from './compose.ts'

export interface OutboxParts {
  readonly store: Store
  readonly clock: Clock
  readonly chance: Chance
  /** A rule's title; the rules themselves are another room's. */
  readonly titleOf: (rule: string) => string
  /** What the user wants to hear of; null: nothing. */
  readonly atLeast: () => Severity | null
}

/** A person has said not to be told. */
const quiet: readonly string[] = ['ignored', 'snoozed'] satisfies readonly IncidentState[]

/** Lines of a timeline after which an incident is in another state than before. */
const moves: readonly string[] = ['opened', 'reopened', 'open', 'acknowledged', 'repairing', 'ignored', 'snoozed']

export function outbox(parts: OutboxParts) {
  const { store, clock, chance } = parts

  /** An outage that was put aside ends as quietly. */
  function wasQuiet(incident: string): boolean {
    const before = store.incidents.timeline(incident).find((entry) => moves.includes(entry.what))
    return before !== undefined && quiet.includes(before.what)
  }

  function toldOf(change: { readonly incident: string; readonly what: Told['what'] }): readonly Told[] {
    const incident = store.incidents.get(change.incident)
    if (incident === null || quiet.includes(incident.state)) return []
    if (change.what === 'resolved' && (!recoveryRules.includes(incident.rule) || wasQuiet(incident.id))) return []
    const { id, rule, severity, subject, amount, cause, says } = incident
    return [{ incident: id, rule, title: parts.titleOf(rule), severity, what: change.what, subject, amount, cause, says }]
  }

  /**
   * A rule speaks in many transactions, and perhaps for weeks with nobody there: while a notice of it was not shown,
   * what comes joins it. It takes another id, so that whoever is just showing the earlier one does not answer for it.
   */
  function opened(tx: Tx, draft: NoticeDraft, told: readonly Told[], atLeast: Severity): NoticeDraft {
    const { rule } = draft.group
    const [standing] = store.notices.standing('opened', rule)
    if (standing === undefined) return draft
    store.notices.remove(tx, standing.notice.id)
    const known = new Set(standing.notice.incidents)
    const fresh = told.filter((one) => one.rule === rule && !known.has(one.incident))
    const [more] = composeNotices(fresh, atLeast)
    const before = { ...standing.notice, group: standing.group }
    if (more !== undefined) return joined(before, more, parts.titleOf(rule))
    // all of it opened once more: what it says now counts, unless the notice speaks of others too
    return standing.group.count === draft.group.count ? draft : before
  }

  /** A side that came back, went, and came back again before anybody looked is one recovery. */
  function recovered(tx: Tx, draft: NoticeDraft): NoticeDraft {
    for (const { notice } of store.notices.standing('recovered', draft.group.rule)) {
      if (draft.incidents.some((incident) => notice.incidents.includes(incident))) store.notices.remove(tx, notice.id)
    }
    return draft
  }

  return {
    tell(tx: Tx, changes: readonly { readonly incident: string; readonly what: Told['what'] }[]): void {
      const atLeast = parts.atLeast()
      if (atLeast === null) return
      const told = changes.flatMap(toldOf)
      for (const draft of composeNotices(told, atLeast)) {
        const { kind, severity, title, body, incidents, group } =
          draft.kind === 'recovered' ? recovered(tx, draft) : opened(tx, draft, told.filter((one) => one.what !== 'resolved'), atLeast)
        const notice = { id: chance.id(), kind, severity, title, body, incidents, createdAt: clock.now(), shownAt: null }
        store.notices.add(tx, notice, group)
      }
      store.notices.prune(tx, clock.now() - days(30))
    },
  }
}
