/** What a person decides about incidents: checked, done and written down in one transaction, however many there are. */
import { type Decision, figuresOf } from '../../domain/decision.ts'
import type { IncidentState } from '../../domain/incident.ts'
import type { Tx } from '../store/database.ts'
import type { IncidentRecord } from '../store/incidents.ts'
import type { Rooms } from './rooms.ts'

export interface Decided {
  readonly done: readonly string[]
  readonly refused: readonly { readonly id: string; readonly says: string }[]
  /** Why the decision itself cannot be made, about whatever incident; null when it can. */
  readonly problem: { readonly says: string; readonly field: string | null } | null
}

type DecisionParts = Pick<Rooms, 'store' | 'clock' | 'audit' | 'publish' | 'duty' | 'who'>

export function decide(rooms: DecisionParts, ids: readonly string[], decision: Decision): Decided {
  const { store } = rooms
  const problem = problemOf(rooms, decision)
  if (problem !== null) return { done: [], refused: [], problem }
  const done: string[] = []
  const refused: { id: string; says: string }[] = []
  store.transaction((tx) => {
    for (const id of new Set(ids)) {
      const incident = store.incidents.get(id)
      const says = incident === null ? `There is no incident ${id}.` : refusalOf(incident.state, decision)
      if (incident === null || says !== null) {
        refused.push({ id, says: says ?? '' })
        continue
      }
      apply(rooms, tx, incident, decision)
      done.push(id)
    }
    rooms.duty.settle(tx)
  })
  if (done.length > 0) rooms.publish(['incidents', 'overview', 'people', 'audit'])
  return { done, refused, problem: null }
}

function problemOf({ store, clock }: DecisionParts, decision: Decision): Decided['problem'] {
  if (decision.kind === 'snooze' && decision.until <= clock.now()) {
    return { says: 'Snooze until a moment that is still to come.', field: 'until' }
  }
  if (decision.kind === 'assign' && decision.owner !== null && store.people.owner(decision.owner) === null) {
    return { says: 'Whoever this was given to is not among the people and roles any more.', field: 'owner' }
  }
  if (decision.kind !== 'override') return null
  if (decision.class === 'severity' && decision.severity === null) {
    return { says: 'Say how much it weighs.', field: 'severity' }
  }
  if (decision.by !== null && store.people.owner(decision.by) === null) {
    return { says: 'Whoever did this by hand is not among the people any more.', field: 'by' }
  }
  return null
}

/** Why a person cannot decide this about an incident in this state; null when they can. */
function refusalOf(state: IncidentState, decision: Decision): string | null {
  // what was said about it stays worth saying, whatever state it is in
  if (decision.kind === 'comment') return null
  switch (state) {
    case 'resolved':
      return 'This incident was closed by what both sides show. It opens again by itself if they show it again.'
    case 'repairing':
      return decision.kind === 'assign' ? null : 'A repair is on its way; how it ends decides about this incident.'
    case 'open':
    case 'acknowledged':
    case 'snoozed':
    case 'ignored':
      return null
    default:
      return state satisfies never
  }
}

function apply(rooms: DecisionParts, tx: Tx, incident: IncidentRecord, decision: Decision): void {
  switch (decision.kind) {
    case 'acknowledge':
      return move(rooms, tx, incident, 'acknowledged', 'Seen; somebody is on it.')
    case 'snooze':
      return move(rooms, tx, incident, 'snoozed', decision.why, decision.until)
    case 'ignore':
      rooms.store.duties.accept(tx, incident.id, null)
      return move(rooms, tx, incident, 'ignored', decision.why)
    case 'reopen':
      rooms.store.duties.accept(tx, incident.id, null)
      return move(rooms, tx, incident, 'open', 'Opened again by a person.')
    case 'assign':
      return assign(rooms, tx, incident, decision.owner, decision.why)
    case 'comment':
      return comment(rooms, tx, incident, decision.says)
    case 'override':
      return override(rooms, tx, incident, decision)
    default:
      return decision satisfies never
  }
}

function move(rooms: DecisionParts, tx: Tx, incident: IncidentRecord, state: IncidentState, says: string, until: number | null = null): void {
  const { store, clock } = rooms
  store.incidents.move(tx, incident.id, { state, until, who: rooms.who().id, says, at: clock.now() })
  rooms.audit(tx, {
    what: `incident ${state}`,
    subject: `incident ${incident.id}`,
    before: { state: incident.state },
    after: { state, until },
    why: says,
  })
}

function assign(rooms: DecisionParts, tx: Tx, incident: IncidentRecord, owner: string | null, why: string): void {
  const { store, clock } = rooms
  const name = owner === null ? null : (store.people.owner(owner)?.name ?? owner)
  const given = name === null ? 'Given back to whom its rule names.' : `Given to ${name}.`
  store.duties.assign(tx, incident.id, owner)
  store.incidents.note(tx, incident.id, { at: clock.now(), what: 'assigned', who: rooms.who().id, says: `${given} ${why}`.trim() })
  rooms.audit(tx, {
    what: 'incident assigned',
    subject: `incident ${incident.id}`,
    before: { owner: incident.owner },
    after: { owner },
    why: why === '' ? null : why,
  })
}

/** The words themselves may be about customers, so that the audit trail holds only that there are some. */
function comment(rooms: DecisionParts, tx: Tx, incident: IncidentRecord, says: string): void {
  rooms.store.incidents.note(tx, incident.id, { at: rooms.clock.now(), what: 'comment', who: rooms.who().id, says })
  rooms.audit(tx, { what: 'incident commented', subject: `incident ${incident.id}`, before: null, after: { letters: says.length }, why: null })
}

type OverrideDecision = Extract<Decision, { kind: 'override' }>

function override(rooms: DecisionParts, tx: Tx, incident: IncidentRecord, decision: OverrideDecision): void {
  const { store, clock } = rooms
  const at = clock.now()
  const who = decision.by ?? rooms.who().id
  const { what, why, severity } = decision
  store.duties.override(tx, { incident: incident.id, at, class: decision.class, who, what, why })
  store.incidents.note(tx, incident.id, { at, what: 'override', who, says: `${what} — ${why}` })
  rooms.audit(tx, {
    what: `incident overridden: ${decision.class}`,
    subject: `incident ${incident.id}`,
    before: { state: incident.state, severity: incident.severity },
    after: { by: who, what, severity: severity ?? incident.severity },
    why,
  })
  switch (decision.class) {
    case 'entered':
    case 'corrected':
      // what was done by hand closes nothing: the next reading of both sides does
      if (incident.state !== 'acknowledged') move(rooms, tx, incident, 'acknowledged', 'Put right by hand; the next reading of both sides closes it.')
      return
    case 'accepted':
      store.duties.accept(tx, incident.id, figuresOf(incident))
      return move(rooms, tx, incident, 'ignored', 'Accepted as it is, until the figures change.')
    case 'severity':
      if (severity !== null) store.duties.weigh(tx, incident.id, severity, at)
      return
    default:
      return decision.class satisfies never
  }
}
