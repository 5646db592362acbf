/** Keeps what is to be told in the same transaction as the change it tells of, until somebody says that it was shown. */
import type { Chance, Clock } from '../../domain/clock.ts'
import type { Quiet } from '../../domain/channel.ts'
import { type IncidentState, type Severity, severities } from '../../domain/incident.ts'
import { type Instant, type Span, days, minutes } from '../../domain/time.ts'
import type { Tx } from '../store/database.ts'
import type { IncidentRecord } from '../store/incidents.ts'
import type { Store } from '../store/store.ts'
import { quietUntil } from './quiet.ts'
import { type NoticeDraft, type Told, composeNotices, joined, outageRules, recoveryRules } from './compose.ts'
import { toldAs, withdrawOpenings } from './withdraw.ts'

export interface OutboxParts {
  readonly store: Store
  readonly clock: Clock
  readonly chance: Chance
  /** A rule's title; the rules themselves are another room's. */
  readonly titleOf: (rule: string) => string
  /** What the user wants to hear of; null: nothing. */
  readonly atLeast: () => Severity | null
  /** When nobody is to be disturbed; left out: never. */
  readonly quiet?: () => Quiet
}

/** A person has said not to be told. */
const quiet: readonly string[] = ['ignored', 'snoozed'] satisfies readonly IncidentState[]

/** Lines of a timeline after which an incident is in another state than before. */
const moves: readonly string[] = ['opened', 'reopened', 'open', 'acknowledged', 'repairing', 'ignored', 'snoozed']

/** What opens so often within the window flaps: that is told once, and its end only after it has held. */
const flapsAt = 4
const flapWindow: Span = minutes(60)
const holdsFor: Span = minutes(30)

export function outbox(parts: OutboxParts) {
  const { store, clock, chance } = parts

  /** An outage that was put aside ends as quietly. */
  function wasQuiet(incident: string): boolean {
    const before = store.incidents.timeline(incident).find((entry) => moves.includes(entry.what))
    return before !== undefined && quiet.includes(before.what)
  }

  /** Whether its end is waited for: of what stood still nobody waits who has not heard of it. */
  function isMissed({ id, rule }: IncidentRecord): boolean {
    if (outageRules.includes(rule)) return true
    return recoveryRules.includes(rule) && ['opened', 'flapping'].includes(store.notices.lastShown(id, rule) ?? 'none')
  }

  /** What explains it is told instead, where anybody is to hear of that. */
  function isExplained(parent: string | null, atLeast: Severity): boolean {
    const by = parent === null ? null : store.incidents.get(parent)
    return by !== null && severities.indexOf(by.severity) <= severities.indexOf(atLeast)
  }

  function toldOf(change: { readonly incident: string; readonly what: Told['what'] }, least: Severity): readonly Told[] {
    const incident = store.incidents.get(change.incident)
    if (incident === null || quiet.includes(incident.state) || isExplained(incident.parent, least)) return []
    const openings = store.notices.openings(incident.id, clock.now() - flapWindow)
    if (change.what !== 'resolved' && openings > flapsAt) return []
    // what nobody looks at any more has not come back
    if (change.what === 'resolved' && (!isMissed(incident) || incident.closedAs !== 'evidence' || wasQuiet(incident.id))) return []
    return [toldAs(incident, parts.titleOf(incident.rule), change.what, openings >= flapsAt)]
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
    for (const { notice } of store.notices.standing(draft.kind, draft.group.rule)) {
      if (draft.incidents.some((incident) => notice.incidents.includes(incident))) store.notices.remove(tx, notice.id)
    }
    return draft
  }

  /** Until when it is kept back: over quiet hours, and a recovery of what flaps until it has held. */
  function heldUntil(draft: NoticeDraft, told: readonly Told[]): Instant | null {
    const now = clock.now()
    const settings = parts.quiet?.()
    const quietEnd = settings === undefined ? null : quietUntil(settings, now, draft.severity)
    const flaps = draft.kind === 'recovered' && told.some((one) => one.flaps && draft.incidents.includes(one.incident))
    return flaps ? Math.max(now + holdsFor, quietEnd ?? 0) : quietEnd
  }

  /** It is back before its end was told: then that end was none. */
  function forgetRecovery(tx: Tx, changes: readonly { readonly incident: string; readonly what: Told['what'] }[]): void {
    for (const { incident, what } of changes) {
      const rule = what === 'reopened' ? store.incidents.get(incident)?.rule : undefined
      if (rule === undefined || !recoveryRules.includes(rule) || store.notices.openings(incident, clock.now() - flapWindow) < flapsAt) continue
      for (const { notice } of store.notices.standing('recovered', rule)) {
        if (notice.incidents.includes(incident)) store.notices.remove(tx, notice.id)
      }
    }
  }

  /** Nobody was told of it, and it is over: what is left of the notice is told, or nothing. The end of an outage is told itself. */
  function withdraw(tx: Tx, changes: readonly { readonly incident: string; readonly what: Told['what'] }[]): void {
    const ended = new Set(changes.flatMap(({ incident, what }) => (what === 'resolved' ? [incident] : [])))
    const over = [...ended].flatMap((id) => store.incidents.get(id) ?? [])
    for (const rule of new Set(over.map((one) => one.rule))) {
      const isUnproven = over.some((one) => one.rule === rule && one.closedAs !== 'evidence')
      if (isUnproven || !outageRules.includes(rule)) withdrawOpenings(parts, tx, rule, ended)
    }
  }

  return {
    tell(tx: Tx, changes: readonly { readonly incident: string; readonly what: Told['what'] }[]): void {
      withdraw(tx, changes)
      const atLeast = parts.atLeast()
      if (atLeast === null) return
      forgetRecovery(tx, changes)
      const told = changes.flatMap((change) => toldOf(change, atLeast))
      for (const draft of composeNotices(told, atLeast)) {
        const { kind, severity, title, body, incidents, group } =
          draft.kind === 'opened' ? opened(tx, draft, told.filter((one) => one.what !== 'resolved' && !one.flaps), atLeast) : recovered(tx, draft)
        const notice = { id: chance.id(), kind, severity, title, body, incidents, createdAt: clock.now(), shownAt: null }
        store.notices.add(tx, notice, group, heldUntil(draft, told))
      }
      store.notices.prune(tx, clock.now() - days(30))
    },
  }
}
