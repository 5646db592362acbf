/** Answers the first screen and the wall: the three headline panels, the strip, and what is not judged. */
import type { OverviewView } from '../../contract/views.ts'
import type { Cause, Subject } from '../../domain/incident.ts'
import type { Pair } from '../../domain/pair.ts'
import { type Instant, days, hours, minutes } from '../../domain/time.ts'
import { partsOfKey, stockSubject } from '../reconcile/lenses/stock.ts'
import { sightOf } from '../reconcile/sight.ts'
import { stalenessOf } from '../reconcile/staleness.ts'
import type { StockState } from '../store/stock.ts'
import { connectionViewOf } from './connections.ts'
import { type Rooms, asOf, os, staleAfter } from './rooms.ts'

const unmatchedRules = ['F02-paid-order-missing', 'F02-order-missing']
const taxRules = ['F05-tax-differs']
const stockRules = ['F01-stock-behind']

/** As many as fit a large screen; the contract's bound. */
const topMax = 20
/** Points of the stock chart: more than a screen has pixels for would only cost. */
const pointsMax = 300

export function overviewHandlers(rooms: Rooms) {
  return { get: os.overview.get.handler(({ input }) => overviewOf(rooms, input.pair)) }
}

export function overviewOf(rooms: Rooms, only: string | null): OverviewView {
  const { store, clock } = rooms
  const now = clock.now()
  const pairs = store.pairs.list().filter((pair) => only === null || pair.id === only)
  const sights = pairs.map((pair) => sightOf(store, pair))
  const ordersTo = earliest(sights.map((sight) => sight.orders.to))
  const stockTo = earliest(sights.map((sight) => sight.stock.to))
  // what fell due within the promised age of the reading is on its way, not unjudged
  const overdue = store.judgements.notJudged(only, now - staleAfter(store))
  const countOf = (rules: readonly string[]) =>
    overdue.filter((row) => rules.includes(row.rule)).reduce((sum, row) => sum + row.count, 0)
  return {
    judgedAt: ordersTo,
    hasConnections: store.connections.list().length > 0,
    hasPairs: pairs.length > 0,
    unmatched: { ...unmatchedOf(rooms, only), asOf: asOf(store, ordersTo), notJudged: countOf(unmatchedRules) },
    stock: { ...stockOf(rooms, pairs, now), asOf: asOf(store, stockTo), notJudged: countOf(stockRules) },
    tax: { ...taxOf(rooms, only), asOf: asOf(store, ordersTo), notJudged: countOf(taxRules) },
    strip: stripOf(rooms, pairs, now),
    connections: store.connections.list().map((one) => connectionViewOf(rooms, one)),
    notJudged: byWhy(overdue),
    outOfScope: [...store.judgements.outOfScope(only)],
  }
}

function earliest(instants: readonly (Instant | null)[]): Instant | null {
  const known = instants.flatMap((at) => at ?? [])
  return known.length < instants.length || known.length === 0 ? null : Math.min(...known)
}

function byWhy(rows: readonly { why: string; count: number }[]): { why: string; count: number }[] {
  const sums = new Map<string, number>()
  for (const row of rows) sums.set(row.why, (sums.get(row.why) ?? 0) + row.count)
  return [...sums].map(([why, count]) => ({ why, count })).toSorted((a, b) => b.count - a.count)
}

function unmatchedOf({ store }: Rooms, pair: string | null) {
  const sums = store.incidents.sums(unmatchedRules, pair)
  return {
    count: sums.reduce((total, row) => total + row.count, 0),
    byCurrency: byCurrency(sums),
    oldestDueAt: sums.length === 0 ? null : Math.min(...sums.flatMap((row) => row.oldestAt ?? [])),
    // Oldest first: amounts of several currencies have no order among each other.
    top: store.incidents
      .oldest(unmatchedRules, pair, topMax)
      .map((one) => ({ incident: one.id, number: one.subject.key, amount: one.amount, openedAt: one.dueAt ?? one.openedAt })),
  }
}

interface Sum {
  readonly currency: string | null
  readonly minor: number
  readonly count: number
}

function byCurrency(sums: readonly Sum[]): { currency: string; minor: number; count: number }[] {
  return grouped(sums, (row) => row.currency ?? '').map(({ rows, minor, count }) => ({
    currency: rows[0].currency ?? '',
    minor,
    count,
  }))
}

/** Sums by a key, the greatest first; rows without a currency have no sum. */
function grouped<Row extends Sum>(rows: readonly Row[], keyOf: (row: Row) => string) {
  const groups = new Map<string, [Row, ...Row[]]>()
  for (const row of rows) {
    if (row.currency === null) continue
    const group = groups.get(keyOf(row))
    if (group === undefined) groups.set(keyOf(row), [row])
    else group.push(row)
  }
  return [...groups.values()]
    .map((group) => ({
      rows: group,
      minor: group.reduce((sum, row) => sum + row.minor, 0),
      count: group.reduce((sum, row) => sum + row.count, 0),
    }))
    .toSorted((a, b) => Math.abs(b.minor) - Math.abs(a.minor))
}

function taxOf({ store }: Rooms, pair: string | null) {
  const sums = store.incidents.sums(taxRules, pair)
  return {
    byCurrency: byCurrency(sums),
    byMarket: grouped(sums, (row) => `${row.market} ${row.currency}`)
      .slice(0, 20)
      .map(({ rows, minor, count }) => ({ market: rows[0].market ?? 'unknown', currency: rows[0].currency ?? '', minor, count })),
    byCause: grouped(sums, (row) => `${row.cause} ${row.currency}`)
      .slice(0, 20)
      .map(({ rows, minor, count }) => ({
        cause: rows[0].cause ?? ('unexplained' satisfies Cause),
        currency: rows[0].currency ?? '',
        minor,
        count,
      })),
  }
}

function stockOf({ store }: Rooms, pairs: readonly Pair[], now: Instant) {
  const changes = pairs.flatMap((pair) => store.stock.recent(pair.id, now - days(1)))
  const states = pairs.flatMap((pair) => store.stock.states(pair.id).map((state) => ({ ...state, pair })))
  const behind = states.filter((state) => state.behindSince !== null)
  const ageOf = (state: StockState) => now - (state.behindSince ?? now)
  const points = pairs.flatMap((pair) => store.stock.points(pair.id, now - days(1), pointsMax))
  const resolutions = behind.flatMap((state) => state.resolutionMs ?? [])
  return {
    targetMs: Math.min(...pairs.map((pair) => minutes(pair.settings.stockTargetMinutes)), days(7)),
    ...stalenessOf(changes, now),
    resolutionMs: resolutions.length === 0 ? null : Math.max(...resolutions),
    watched: states.length,
    behind: behind.length,
    series: points.toSorted((a, b) => a.at - b.at).slice(-pointsMax),
    worst: behind
      .toSorted((a, b) => ageOf(b) - ageOf(a))
      .slice(0, topMax)
      .map((state) => ({
        incident: openAbout(store, state.pair, stockSubject(state.pair, state.sku, state.location)),
        ...partsOfKey(`${state.sku}@${state.location}`),
        stalenessMs: Math.max(0, ageOf(state)),
        shop: state.shop,
        expected: state.expected,
      })),
  }
}

/** The id of what a stock rule says of a SKU now; null while none says anything. */
function openAbout(store: Rooms['store'], pair: Pair, subject: Subject): string | null {
  const found = stockRules.map((rule) => store.incidents.find(pair.id, rule, subject))
  return found.find((incident) => incident !== null && incident.state !== 'resolved')?.id ?? null
}

function stripOf({ store }: Rooms, pairs: readonly Pair[], now: Instant): OverviewView['strip'] {
  const since = now - hours(24)
  const flowOf = (connections: readonly string[]) => {
    const counts = new Map<Instant, number>()
    for (const connection of new Set(connections)) {
      for (const { at, count } of store.snapshots.flow(connection, 'orders', since, hours(1))) {
        counts.set(at, (counts.get(at) ?? 0) + count)
      }
    }
    return counts
  }
  const shop = flowOf(pairs.map((pair) => pair.shop))
  const erp = flowOf(pairs.map((pair) => pair.erp))
  const firstHour = Math.floor(since / hours(1)) * hours(1)
  const passes = store.connections.list().flatMap((one) => store.streams.passesSince(one.id, now - hours(1)))
  return {
    flow: Array.from({ length: 25 }, (_, index) => {
      const at = firstHour + index * hours(1)
      return { at, shop: shop.get(at) ?? 0, erp: erp.get(at) ?? 0 }
    }),
    orders24h: [...shop.values()].reduce((sum, count) => sum + count, 0),
    openIncidents: store.incidents.countsBySeverity(),
    apiErrors1h: passes.reduce((sum, pass) => sum + Object.values(pass.faults).reduce((all, count) => all + (count ?? 0), 0), 0),
    reads1h: passes.length,
    backlog: store.snapshots.backlog(),
  }
}
