/** Answers about incidents, and the moves that a person makes with one. */
import type { IncidentRow, IncidentView } from '../../contract/views.ts'
import type { IncidentState } from '../../domain/incident.ts'
import type { Instant } from '../../domain/time.ts'
import { catalogue } from '../reconcile/registry.ts'
import type { IncidentRecord } from '../store/incidents.ts'
import { intentViewOf } from './replays.ts'
import { type Rooms, asOf, os } from './rooms.ts'

export function incidentRowOf(incident: IncidentRecord): IncidentRow {
  const rule = catalogue.get(incident.rule)
  return {
    id: incident.id,
    rule: incident.rule,
    title: rule?.title ?? incident.rule,
    severity: incident.severity,
    state: incident.state,
    pair: incident.pair,
    subject: incident.subject,
    amount: incident.amount,
    cause: incident.cause,
    says: incident.says,
    openedAt: incident.openedAt,
    seenAt: incident.seenAt,
    resolvedAt: incident.resolvedAt,
    reopenedCount: incident.reopenedCount,
    repair: rule?.repair ?? null,
  }
}

function incidentViewOf(rooms: Rooms, incident: IncidentRecord): IncidentView {
  const { store } = rooms
  const pair = incident.pair === null ? null : store.pairs.get(incident.pair)
  const stream = incident.subject.kind === 'sku' ? 'stock' : 'orders'
  const side = (id: string | undefined) => ({
    // what is over keeps the evidence it had when it was last seen; it does not go stale
    asOf:
      incident.state === 'resolved'
        ? { at: incident.seenAt, staleAfterMs: Number.MAX_SAFE_INTEGER }
        : asOf(store, id === undefined ? null : store.streams.coverage(id, stream).to),
    label: id === undefined ? '' : (store.connections.get(id)?.label ?? id),
  })
  const own = incident.subject.kind === 'connection' ? incident.subject.connection : undefined
  const shop = side(pair?.shop ?? own)
  const erp = side(pair?.erp)
  return {
    ...incidentRowOf(incident),
    evidence: incident.evidence,
    resolvedBy: incident.resolvedBy,
    shopAsOf: shop.asOf,
    erpAsOf: erp.asOf,
    shopLabel: shop.label,
    erpLabel: erp.label,
    timeline: [...store.incidents.timeline(incident.id)],
    replays: store.intents.ofIncident(incident.id).map(intentViewOf),
    guide: [...(catalogue.get(incident.rule)?.guide ?? [])],
  }
}

/** Why a person cannot move an incident that is in this state; null when they can. */
function decidedElsewhere(state: IncidentState): string | null {
  switch (state) {
    case 'resolved':
      return 'This incident was closed by what both sides show. It opens again by itself if they show it again.'
    case 'repairing':
      return 'A repair is on its way; how it ends decides about this incident.'
    case 'open':
    case 'acknowledged':
    case 'snoozed':
    case 'ignored':
      return null
    default:
      return state satisfies never
  }
}

export function incidentHandlers(rooms: Rooms) {
  const { store, clock } = rooms

  /**
   * A person's move, with a line in the timeline and in the audit trail. Null when there is no such incident; a
   * sentence where the move is not a person's to make: a screen may be older than the incident.
   */
  function move(id: string, to: { state: IncidentState; until: Instant | null; says: string }): IncidentView | string | null {
    const before = store.incidents.get(id)
    if (before === null) return null
    const closed = decidedElsewhere(before.state)
    if (closed !== null) return closed
    store.transaction((tx) => {
      store.incidents.move(tx, id, { ...to, who: 'you', at: clock.now() })
      rooms.audit(tx, {
        what: `incident ${to.state}`,
        subject: `incident ${id}`,
        before: { state: before.state },
        after: { state: to.state, until: to.until },
        why: to.says,
      })
    })
    rooms.publish(['incidents', 'overview', 'audit'])
    const after = store.incidents.get(id)
    return after === null ? null : incidentViewOf(rooms, after)
  }

  const refused = (says: string) => ({ data: { says, field: null } })
  const missing = (id: string) => ({ data: { says: `There is no incident ${id}; it may belong to another database.` } })

  return {
    list: os.incidents.list.handler(({ input }) => {
      const { limit, offset, ...filter } = input
      return {
        rows: store.incidents.list(filter, limit, offset).map(incidentRowOf),
        total: store.incidents.count(filter),
        counts: store.incidents.countsByState(),
        rules: store.incidents
          .countsByRule()
          .map((row) => ({ id: row.rule, title: catalogue.get(row.rule)?.title ?? row.rule, count: row.count })),
      }
    }),
    get: os.incidents.get.handler(({ input, errors }) => {
      const incident = store.incidents.get(input.id)
      if (incident === null) throw errors.NOT_FOUND(missing(input.id))
      return incidentViewOf(rooms, incident)
    }),
    acknowledge: os.incidents.acknowledge.handler(({ input, errors }) => {
      const moved = move(input.id, { state: 'acknowledged', until: null, says: 'Seen; somebody is on it.' })
      if (moved === null) throw errors.NOT_FOUND(missing(input.id))
      if (typeof moved === 'string') throw errors.REFUSED(refused(moved))
      return moved
    }),
    snooze: os.incidents.snooze.handler(({ input, errors }) => {
      if (input.until <= clock.now()) {
        throw errors.REFUSED({ data: { says: 'Snooze until a moment that is still to come.', field: 'until' } })
      }
      const moved = move(input.id, { state: 'snoozed', until: input.until, says: input.why })
      if (moved === null) throw errors.NOT_FOUND(missing(input.id))
      if (typeof moved === 'string') throw errors.REFUSED(refused(moved))
      return moved
    }),
    ignore: os.incidents.ignore.handler(({ input, errors }) => {
      const moved = move(input.id, { state: 'ignored', until: null, says: input.why })
      if (moved === null) throw errors.NOT_FOUND(missing(input.id))
      if (typeof moved === 'string') throw errors.REFUSED(refused(moved))
      return moved
    }),
    reopen: os.incidents.reopen.handler(({ input, errors }) => {
      const moved = move(input.id, { state: 'open', until: null, says: 'Opened again by a person.' })
      if (moved === null) throw errors.NOT_FOUND(missing(input.id))
      if (typeof moved === 'string') throw errors.REFUSED(refused(moved))
      return moved
    }),
  }
}
