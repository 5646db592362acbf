/** Answers the list of orders: a page from wherever the last one ended, never counted and never skipped through. */
import { z } from 'zod'
import type { ErpStanding, OrderRow, OrderVerdict, OrdersView } from '../../contract/order-views.ts'
import { boundsOf } from '../../domain/business-day.ts'
import { toMinor } from '../../domain/money.ts'
import type { Order } from '../../domain/records.ts'
import type { Instant } from '../../domain/time.ts'
import { wholes } from '../reconcile/registry.ts'
import { type Cluster, gatherCluster } from '../reconcile/match.ts'
import { dueMoment, orderSubject } from '../reconcile/lenses/order.ts'
import { type PairSight, sightOf } from '../reconcile/sight.ts'
import { type OrderMarks, type OrderPlace, type OrderStep, type OrderWalk, fewMax } from '../store/orders.ts'
import { chainOf } from './chain.ts'
import { type Said, verdictOf } from './order-verdict.ts'
import { type Rooms, asOf, os, staleAfter } from './rooms.ts'

/** Orders passed over in one answer: a page that is not full by then is given as it is, with where to go on. */
const walkedMax = 4000
/** Orders looked at one by one in one answer, which costs more. */
const gatheredMax = 500
const strideMax = 1000
/** Orders of the newest from which channels are offered. */
const channelsFrom = 200
const everBefore = 0
const everAfter = Number.MAX_SAFE_INTEGER

type Question = Parameters<Parameters<typeof os.orders.list.handler>[0]>[0]['input']

const placeSchema = z.object({ key: z.union([z.string().max(300), z.number()]), row: z.int() })

export function orderHandlers(rooms: Rooms) {
  const { store } = rooms
  const noPair = (id: string) => ({ data: { says: `There is no pair ${id}; it was removed meanwhile.` } })
  return {
    list: os.orders.list.handler(({ input, errors }) => {
      const pair = store.pairs.get(input.pair)
      if (pair === null) throw errors.NOT_FOUND(noPair(input.pair))
      const after = placeOf(input.cursor)
      if (after === 'unreadable') throw errors.REFUSED({ data: { says: 'This page cannot be found again. Begin at the first one.', field: 'cursor' } })
      return store.read(() => ordersOf(rooms, sightOf(store, pair), input, after))
    }),
    chain: os.orders.chain.handler(({ input, errors }) => {
      const pair = store.pairs.get(input.pair)
      if (pair === null) throw errors.NOT_FOUND(noPair(input.pair))
      const chain = store.read(() => chainOf(rooms, pair, input.number, input.asOf))
      if ('refused' in chain) throw errors.REFUSED({ data: { says: chain.refused, field: 'asOf' } })
      if ('missing' in chain) throw errors.NOT_FOUND({ data: { says: chain.missing } })
      return chain
    }),
  }
}

/** A cursor is our own word, and comes back by way of a page: it may be anything. */
export function placeOf(cursor: string | null): OrderPlace | null | 'unreadable' {
  if (cursor === null) return null
  try {
    const place = placeSchema.safeParse(JSON.parse(cursor))
    return place.success ? place.data : 'unreadable'
  } catch (error) {
    if (error instanceof SyntaxError) return 'unreadable'
    throw error
  }
}

/** Where the next page begins. */
export function cursorOf(place: OrderPlace | null): string | null {
  return place === null ? null : JSON.stringify({ key: place.key, row: place.row })
}

function ordersOf(rooms: Rooms, sight: PairSight, question: Question, after: OrderPlace | null): OrdersView {
  const { store } = rooms
  const { pair } = sight
  const walk = walkOf(rooms, sight, question, after)
  const { rows, next, through } = pageOf(rooms, sight, question, walk)
  return {
    rows: [...rows],
    next: cursorOf(next),
    through: through === null ? null : { number: recordOf(rooms, through)?.number ?? '', placedAt: sight.shopAxis.ours(through.at) },
    sort: walk.sort,
    held: store.streams.recordsHeld(pair.shop, 'orders'),
    channels: channelsOf(rooms, sight),
    asOf: asOf(store, sight.orders.to),
  }
}

function walkOf(rooms: Rooms, sight: PairSight, { filter, search, sort, limit }: Question, after: OrderPlace | null): Omit<OrderWalk, 'limit'> & { readonly want: number } {
  const { pair, shopAxis } = sight
  const zone = pair.settings.zone ?? rooms.zone
  // days are the merchant's, and records keep the shop's own clock
  const late = shopAxis.ours(0)
  const typed = search?.trim() ?? ''
  const byNumber = sort === 'number' || sort === 'number-down'
  return {
    pair: pair.id,
    shop: pair.shop,
    sort: typed === '' || byNumber ? sort : 'number',
    from: filter.from === null ? everBefore : boundsOf(filter.from, zone).from - late,
    to: filter.to === null ? everAfter : boundsOf(filter.to, zone).to - late,
    prefix: typed === '' ? '' : writtenAs(rooms, pair.shop, typed),
    after,
    want: limit,
  }
}

/** As the shop writes its numbers: people leave out capitals, and the # before them. */
function writtenAs({ store }: Rooms, shop: string, typed: string): string {
  const ways = [typed, typed.toUpperCase(), typed.toLowerCase(), `#${typed}`]
  return ways.find((way) => store.orders.begins(shop, way)) ?? typed
}

interface Page {
  readonly rows: readonly OrderRow[]
  readonly next: OrderPlace | null
  readonly through: OrderStep | null
}

function pageOf(rooms: Rooms, sight: PairSight, { filter }: Question, { want, ...walk }: ReturnType<typeof walkOf>): Page {
  const dueBefore = rooms.clock.now() - staleAfter(rooms.store)
  const few = fewOf(rooms, sight, filter.verdict, dueBefore)
  const isNarrowed = filter.verdict !== null || filter.channel !== null
  const rows: OrderRow[] = []
  let { after } = walk
  let walked = 0
  let gathered = 0
  for (;;) {
    const limit = isNarrowed ? strideMax : want + 1
    const place = { ...walk, after, limit }
    const steps = few === null ? rooms.store.orders.walk(place) : rooms.store.orders.among(place, few)
    for (const step of steps) {
      if (rows.length === want || walked === walkedMax || gathered === gatheredMax) {
        return { rows, next: after === null ? null : after, through: rows.length === want ? null : stepBefore(steps, step) }
      }
      walked += 1
      after = { key: step.key, row: step.row }
      const order = filter.channel === null ? null : recordOf(rooms, step)
      if (filter.channel !== null && order?.channel !== filter.channel) continue
      const marks = rooms.store.orders.marksOf(walk.pair, walk.shop, step)
      const met = mayBe(marks, filter.verdict) ? (order ?? recordOf(rooms, step)) : null
      if (met === null) continue
      gathered += 1
      const row = orderRowOf(rooms, sight, { order: met, marks }, dueBefore)
      if (filter.verdict === null || row.verdict.kind === filter.verdict) rows.push(row)
    }
    if (steps.length < limit) return { rows, next: null, through: null }
  }
}

function stepBefore(steps: readonly OrderStep[], step: OrderStep): OrderStep {
  return steps[Math.max(0, steps.indexOf(step) - 1)] ?? step
}

/** Orders that are known by what is said of them, where these are few; null: they are met by walking. */
function fewOf({ store }: Rooms, { pair, orders }: PairSight, verdict: OrderVerdict | null, dueBefore: Instant): readonly string[] | null {
  if (verdict !== 'incident' && verdict !== 'not-judged') return null
  const numbers = verdict === 'incident' ? store.orders.troubled(pair.id, pair.shop) : store.orders.overdue(pair.id, pair.shop, dueBefore)
  // nothing is judged before both sides were read, and what waits to be taken up is in no list
  const isWhole = verdict === 'incident' || (store.snapshots.backlog() === 0 && orders.to !== null)
  return numbers.length > fewMax || !isWhole ? null : numbers
}

/** What can be told from the file without gathering the order. */
function mayBe(step: OrderMarks, verdict: OrderVerdict | null): boolean {
  switch (verdict) {
    case 'incident':
      return step.isIncident
    case 'out-of-scope':
      return step.isOut
    case 'fine':
      return !step.isIncident && !step.isOut && !step.isDirty
    case 'not-judged':
    case 'not-due':
      return !step.isIncident && !step.isOut
    case null:
      return true
    default:
      return verdict satisfies never
  }
}

function recordOf({ store }: Rooms, step: OrderStep): Order | null {
  const record = store.orders.recordOf(step)
  return record?.kind === 'order' ? record : null
}

export function orderRowOf(rooms: Rooms, sight: PairSight, { order, marks }: { readonly order: Order; readonly marks: OrderMarks }, dueBefore: Instant): OrderRow {
  const { store } = rooms
  const cluster = gatherCluster(store, sight, order.number)
  const said = saidOf(rooms, sight, order, marks, cluster)
  const verdict = verdictOf(said, dueBefore)
  const { currency, payment } = order
  const captured = payment.captures.reduce((sum, one) => sum + one.amount, 0)
  const refunded = order.refunds.reduce((sum, one) => sum + one.amount, 0)
  return {
    number: order.number,
    placedAt: sight.shopAxis.ours(order.placedAt),
    channel: order.channel,
    total: { minor: toMinor(order.totals.total, currency), currency },
    payment: payment.state,
    paid: { minor: captured + payment.giftCardPaid - refunded, currency },
    erp: { state: standingOf(cluster, verdict.kind), numbers: [...cluster.live, ...cluster.cancelled, ...cluster.suspect].slice(0, 5).map((one) => one.number ?? one.id) },
    verdict,
  }
}

function saidOf({ store }: Rooms, { pair, orders, shopAxis }: PairSight, order: Order, marks: OrderMarks, { live }: Cluster): Said {
  const subject = orderSubject(pair, order.number)
  const whole = [...wholes].flatMap(([rule, { of }]) => {
    const name = marks.isIncident && of === 'order' ? store.judgements.partOf(pair.id, rule, order.number) : null
    return (name === null ? null : store.incidents.find(pair.id, rule, { kind: 'stream', connection: pair.shop, key: name })) ?? []
  })
  const own = marks.isIncident ? store.incidents.liveOf(pair.id, subject) : []
  const unread = orders.to === null ? 'both sides were not read to their end yet' : marks.isDirty ? 'waits to be judged' : null
  return {
    outOfScope: marks.isOut ? store.orders.outOfScope(pair.id, subject) : null,
    incidents: [...own, ...whole.filter((one) => one.state !== 'resolved')],
    notJudged: marks.isNotJudged ? store.judgements.whyNot(pair.id, subject) : [],
    unread,
    isBooked: live.length > 0,
    isAwaited: order.cancelledAt === null && dueMoment(order, pair, shopAxis) === null,
  }
}

/** An absence is said only where it is proven. */
function standingOf({ live, cancelled, suspect }: Cluster, verdict: OrderVerdict): ErpStanding {
  const [first] = live
  if (live.length > 1) return 'several'
  if (first !== undefined) return first.state === 'draft' || first.state === 'done' ? first.state : 'open'
  if (cancelled.length > 0) return 'cancelled'
  if (suspect.length > 0) return 'suspect'
  if (verdict === 'incident') return 'absent'
  return verdict === 'not-judged' ? 'unknown' : 'not-due'
}

function channelsOf({ store }: Rooms, { pair }: PairSight): string[] {
  const found = store.snapshots.newest(pair.shop, 'orders', channelsFrom).flatMap(({ record }) => (record.kind === 'order' ? (record.channel ?? []) : []))
  return [...new Set([...found, ...pair.settings.channels])].toSorted()
}
