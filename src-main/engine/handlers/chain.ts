/** Answers the whole chain of one order: its stations, both sides' figures, its tax explained, and what changed when. */
import type { ChainView } from '../../contract/order-views.ts'
import type { Pair } from '../../domain/pair.ts'
import type { StreamName } from '../../domain/records.ts'
import type { Instant } from '../../domain/time.ts'
import { figuresOf, taxOf } from '../reconcile/chain-figures.ts'
import { zoneOf } from '../reconcile/close/looks.ts'
import { type Judgement, judgeOrder } from '../reconcile/judge.ts'
import { type ChainSeen, erpDocuments, seeChain } from '../reconcile/lenses/chain.ts'
import { dueMoment, seeOrder } from '../reconcile/lenses/order.ts'
import { changesBetween } from '../reconcile/record-changes.ts'
import { catalogue } from '../reconcile/registry.ts'
import { type PairSight, sightOf } from '../reconcile/sight.ts'
import { stationsOf } from '../reconcile/stations.ts'
import type { IncidentThen } from '../store/incident-past.ts'
import { type Moment, momentOf } from './moment.ts'
import { paidOut } from './paid-out.ts'
import { verdictOf } from './order-verdict.ts'
import { type Rooms, staleAfter } from './rooms.ts'

type Answering = Pick<Rooms, 'store' | 'clock' | 'zone'>

const incidentsMax = 100
const ticketsMax = 50
const changesMax = 200
const versionsMax = 50

const untoldThen = [
  'It is judged by the pair’s settings of today, and by how each side rounds as far as that is known today.',
  'How far a replay was on its way is not kept, only how it ended.',
]

export function chainOf(rooms: Answering, pair: Pair, number: string, at: Instant | null): ChainView | { readonly refused: string } | { readonly missing: string } {
  const moment = momentOf(rooms, at)
  if ('refused' in moment) return moment
  const { store } = moment
  const sight = sightOf(store, pair)
  const order = seeOrder(store, sight, number)
  if (order === null) return { missing: `Neither side ${moment.isPast ? 'had' : 'has'} an order ${number}${moment.isPast ? ' then' : ''}.` }
  const seen = seeChain(store, sight, order)
  const judgement = judgeOrder(store, sight, number)
  const incidents = incidentsOf(rooms, pair, { seen, judgement }, moment.at)
  const open = incidents.filter((one) => one.state !== 'resolved')
  const staleAfterMs = staleAfter(rooms.store)
  const dueBefore = moment.at - staleAfterMs
  return {
    pair: pair.id,
    number,
    at,
    untold: moment.isPast ? untoldThen : [],
    shopLabel: sight.shopLabel,
    erpLabel: sight.erpLabel,
    shopAsOf: { at: store.streams.coverage(pair.shop, 'orders').to, staleAfterMs },
    erpAsOf: { at: store.streams.coverage(pair.erp, 'orders').to, staleAfterMs },
    channel: seen.shop?.channel ?? null,
    market: seen.shop?.market.country ?? null,
    verdict: verdictOf(saidOf(sight, seen, judgement, open), dueBefore),
    stations: stationsOf({ seen, judgement, believed: new Set(open.map((one) => one.rule)), dueBefore }).map((one) => ({
      ...one,
      documents: one.documents.map((document) => ({ ...document, says: [...document.says] })),
    })),
    figures: [...figuresOf(seen)],
    payouts: paidOut(store, sight, seen.shop, zoneOf(pair, rooms.zone)),
    tax: taxViewOf(seen),
    incidents: incidents.slice(0, incidentsMax).map((one) => ({
      id: one.id,
      title: catalogue.get(one.rule)?.title ?? one.rule,
      severity: one.severity,
      state: one.state,
      amount: one.amount,
      says: one.says,
      openedAt: one.openedAt,
    })),
    replays: replaysOf(rooms, incidents, moment),
    tickets: rooms.store.tickets.of(pair.id, number, moment.at, ticketsMax).map(({ id, openedAt, reason, link }) => ({ id, openedAt, reason, link })),
    changes: changesOf(rooms, sight, seen, moment.at),
  }
}

function saidOf({ orders, pair, shopAxis }: PairSight, seen: ChainSeen, judgement: Judgement, incidents: readonly IncidentThen[]) {
  const { shop, live } = seen
  const alleged = judgement.found.find((one) => one.absentOn !== null && !incidents.some(({ rule }) => rule === one.finding.rule))
  return {
    outOfScope: judgement.outOfScope,
    incidents,
    notJudged: alleged === undefined ? judgement.notJudged : [...judgement.notJudged, { rule: '', why: 'it is looked up live before it is called missing', until: null }],
    unread: orders.to === null ? 'both sides were not read to their end yet' : null,
    isBooked: live.length > 0,
    isAwaited: shop !== null && shop.cancelledAt === null && dueMoment(shop, pair, shopAxis) === null,
  }
}

/** What speaks of the order, of its invoices, or of a whole that it is a part of. */
function incidentsOf({ store }: Answering, pair: Pair, { seen, judgement }: { readonly seen: ChainSeen; readonly judgement: Judgement }, at: Instant): readonly IncidentThen[] {
  const about = (kind: 'order' | 'invoice' | 'stream', key: string) => store.past.incidents.about(pair.id, { kind, connection: pair.shop, key }, at)
  const whole = judgement.found.flatMap(({ partOf, finding }) => (partOf === null ? [] : about('stream', partOf).filter((one) => one.rule === finding.rule)))
  return [...about('order', seen.number), ...seen.invoices.flatMap((one) => about('invoice', one.id)), ...whole]
}

function taxViewOf(seen: ChainSeen): ChainView['tax'] {
  const tax = taxOf(seen)
  if (tax === null) return null
  return {
    ...tax,
    lines: tax.lines.map((line) => ({ ...line, differs: [...line.differs] })),
    sets: tax.sets.map((set) => [...set]),
    methods: { ...tax.methods },
  }
}

function replaysOf({ store }: Answering, incidents: readonly IncidentThen[], { at }: Moment): ChainView['replays'] {
  const intents = incidents.flatMap((one) => store.intents.ofIncident(one.id)).filter((one) => one.createdAt <= at)
  return intents.slice(0, incidentsMax).map((one) => {
    const isTold = one.movedAt <= at
    const says = isTold ? one.says : 'It was on its way then.'
    return { id: one.id, incident: one.incident, action: one.action, state: isTold ? one.state : null, says, at: isTold ? one.movedAt : one.createdAt }
  })
}

/** Every version of every document that is kept, each told by what was other in it. */
function changesOf({ store }: Answering, { pair }: PairSight, seen: ChainSeen, at: Instant): ChainView['changes'] {
  const documents: readonly (readonly [side: 'shop' | 'erp', stream: StreamName, id: string, what: string])[] = [
    ...(seen.shop === null ? [] : [['shop', 'orders', seen.shop.id, `Order ${seen.shop.number}`] as const]),
    ...[...erpDocuments(seen), ...seen.suspect].map((one) => ['erp', 'orders', one.id, `ERP order ${one.number ?? one.id}`] as const),
    ...seen.invoices.map((one) => ['erp', 'invoices', one.id, `Invoice ${one.number ?? one.id}`] as const),
    ...seen.creditNotes.map((one) => ['erp', 'credit-notes', one.id, `Credit note ${one.number ?? one.id}`] as const),
    ...seen.deliveries.map((one) => ['erp', 'shipments', one.id, `Delivery ${one.number ?? one.id}`] as const),
    ...seen.returns.map((one) => ['erp', 'returns', one.id, `Return ${one.number ?? one.id}`] as const),
    ...seen.fulfilments.map((one) => ['shop', 'fulfilments', one.id, `Parcel ${one.number ?? one.id}`] as const),
  ]
  const told = documents.flatMap(([side, stream, id, what]) => {
    const snapshot = store.snapshots.get(side === 'shop' ? pair.shop : pair.erp, stream, id)
    if (snapshot === null) return []
    const versions = store.snapshots.toldUntil(snapshot.row, at, versionsMax)
    return versions.flatMap((version, nth) => changeOf({ side, what, first: snapshot.firstSeenAt }, version, versions[nth + 1]) ?? [])
  })
  return told.toSorted((one, other) => other.at - one.at).slice(0, changesMax)
}

type Version = ReturnType<Rooms['store']['snapshots']['toldUntil']>[number]

function changeOf(of: { readonly side: 'shop' | 'erp'; readonly what: string; readonly first: Instant }, version: Version, before: Version | undefined): ChainView['changes'][number] | null {
  const { side, what } = of
  const told = { at: version.from, side, what, changes: [] }
  if (version.record === null) return { ...told, kind: 'gone' }
  // the oldest version that is kept says nothing new, unless it is the first of all
  if (before === undefined) return version.from === of.first ? { ...told, kind: 'first' } : null
  if (before.record === null) return { ...told, kind: 'back' }
  const changes = changesBetween(before.record, version.record).map((one) => ({ ...one }))
  return changes.length === 0 ? null : { ...told, kind: 'changed', changes }
}
