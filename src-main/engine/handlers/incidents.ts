/** Answers about incidents: the queue, and one with its evidence, its owner and what happened to it. */
import type { IncidentRow, IncidentView } from '../../contract/views.ts'
import { workingBetween } from '../../domain/calendar.ts'
import type { Decision } from '../../domain/decision.ts'
import type { Subject } from '../../domain/incident.ts'
import type { ActionId } from '../../domain/intent.ts'
import type { Pair } from '../../domain/pair.ts'
import type { Instant, Span } from '../../domain/time.ts'
import { connectorFor } from '../connectors/registry.ts'
import { copiesOf } from '../reconcile/lenses/invoice.ts'
import { numbersOf } from '../reconcile/match.ts'
import { catalogue } from '../reconcile/registry.ts'
import { nameOf } from './sitting.ts'
import type { IncidentRecord } from '../store/incidents.ts'
import { sideOf } from '../replay/undertaking.ts'
import { decide } from './decisions.ts'
import { intentViewOf } from './replays.ts'
import { type Rooms, asOf, os } from './rooms.ts'

export function incidentRowOf(rooms: Pick<Rooms, 'store'>, incident: IncidentRecord): IncidentRow {
  const rule = catalogue.get(incident.rule)
  const owner = incident.owner === null ? null : rooms.store.people.owner(incident.owner)
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
    owner: owner === null ? null : { id: owner.id, name: owner.name },
    slaDueAt: incident.slaDueAt,
    parent: incident.parent,
    repair: offeredRepair(rooms, incident, rule?.repair ?? null),
  }
}

/** What its platform cannot do is no repair of it; one of a platform that is not known any more says so when it is previewed. */
function offeredRepair({ store }: Pick<Rooms, 'store'>, incident: IncidentRecord, repair: ActionId | null): ActionId | null {
  const pair = incident.pair === null ? null : store.pairs.get(incident.pair)
  if (repair === null || pair === null) return repair
  const written = store.connections.get(sideOf(repair) === 'the shop' ? pair.shop : pair.erp)
  const connector = written === null ? null : connectorFor(written.platform)
  return connector === null || connector.actions.some((action) => action.id === repair) ? repair : null
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
  const isOwn = incident.subject.kind === 'connection' || incident.subject.kind === 'stream'
  const own = pair === null && isOwn ? incident.subject.connection : undefined
  const shop = side(pair?.shop ?? own)
  const erp = side(pair?.erp)
  return {
    ...incidentRowOf(rooms, incident),
    evidence: incident.evidence,
    resolvedBy: incident.resolvedBy,
    closedAs: incident.closedAs,
    ownedBy: incident.ownedBy,
    slaLeftMs: slaLeft(rooms, incident, rooms.clock.now()),
    snoozedUntil: incident.snoozedUntil,
    order: pair === null ? null : orderOf(store, pair, incident.subject),
    children: store.families.count(incident.id),
    parentSays: incident.parent === null ? null : (store.incidents.get(incident.parent)?.says ?? null),
    shopAsOf: shop.asOf,
    erpAsOf: erp.asOf,
    shopLabel: shop.label,
    erpLabel: erp.label,
    timeline: store.incidents.timeline(incident.id).map((entry) => ({ ...entry, who: nameOf(store, entry.who) })),
    replays: store.intents.ofIncident(incident.id).map(intentViewOf),
    guide: [...(catalogue.get(incident.rule)?.guide ?? [])],
  }
}

/** The number in the shop: of the order itself, or of the first that an invoice bills. */
function orderOf(store: Rooms['store'], pair: Pair, { kind, key }: Subject): string | null {
  if (kind === 'order') return key
  if (kind !== 'invoice') return null
  const orders = copiesOf(store, pair, key).flatMap(({ orderIds }) => orderIds.flatMap((id) => store.snapshots.get(pair.erp, 'orders', id) ?? []))
  return orders.flatMap(({ record }) => numbersOf(pair, pair.erp, record))[0] ?? null
}

/** In the time that counts for it: elapsed for a critical one, else the working hours of its owner. */
function slaLeft({ store }: Pick<Rooms, 'store'>, incident: IncidentRecord, now: Instant): Span | null {
  const { slaDueAt, severity } = incident
  if (slaDueAt === null || incident.state === 'resolved' || incident.state === 'ignored') return null
  const calendar = incident.owner === null ? undefined : store.people.owner(incident.owner)?.calendar
  if (severity === 'critical' || calendar === undefined) return slaDueAt - now
  return now <= slaDueAt ? workingBetween(calendar, now, slaDueAt) : -workingBetween(calendar, slaDueAt, now)
}

export function incidentHandlers(rooms: Rooms) {
  const { store } = rooms
  const refused = (says: string, field: string | null = null) => ({ data: { says, field } })
  const missing = (id: string) => ({ data: { says: `There is no incident ${id}; it may belong to another database.` } })

  interface Errors {
    NOT_FOUND(options: { data: { says: string } }): Error
    REFUSED(options: { data: { says: string; field: string | null } }): Error
  }

  /** One person's move about one incident: a screen may be older than the incident, so it may be refused. */
  function one(id: string, decision: Decision, errors: Errors): IncidentView {
    if (store.incidents.get(id) === null) throw errors.NOT_FOUND(missing(id))
    const outcome = decide(rooms, [id], decision)
    if (outcome.problem !== null) throw errors.REFUSED({ data: outcome.problem })
    const [refusal] = outcome.refused
    if (refusal !== undefined) throw errors.REFUSED(refused(refusal.says))
    const after = store.incidents.get(id)
    if (after === null) throw errors.NOT_FOUND(missing(id))
    return incidentViewOf(rooms, after)
  }

  return {
    list: os.incidents.list.handler(({ input }) => {
      const { limit, offset, ...filter } = input
      return {
        rows: store.incidents.list(filter, limit, offset).map((incident) => incidentRowOf(rooms, incident)),
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
    acknowledge: os.incidents.acknowledge.handler(({ input, errors }) => one(input.id, { kind: 'acknowledge' }, errors)),
    snooze: os.incidents.snooze.handler(({ input, errors }) => one(input.id, { kind: 'snooze', until: input.until, why: input.why }, errors)),
    ignore: os.incidents.ignore.handler(({ input, errors }) => one(input.id, { kind: 'ignore', why: input.why }, errors)),
    reopen: os.incidents.reopen.handler(({ input, errors }) => one(input.id, { kind: 'reopen' }, errors)),
    decide: os.incidents.decide.handler(({ input, errors }) => {
      const { done, refused: no, problem } = decide(rooms, input.ids, input.decision)
      if (problem !== null) throw errors.REFUSED({ data: problem })
      return { done: [...done], refused: [...no] }
    }),
  }
}
