/** Answers the first screen and the wall: the three headline panels, the strip, and what is not judged. */
import type { OverviewView } from '../../contract/views.ts'
import type { Subject } from '../../domain/incident.ts'
import type { Pair } from '../../domain/pair.ts'
import { type Instant, days, hours, minutes } from '../../domain/time.ts'
import { latencyOf } from '../reconcile/latency.ts'
import { partsOfKey, stockSubject } from '../reconcile/lenses/stock.ts'
import { sightOf } from '../reconcile/sight.ts'
import { stalenessOf } from '../reconcile/staleness.ts'
import type { StockState } from '../store/stock.ts'
import { connectionViewOf } from './connections.ts'
import { curveFrom, earliest, flowOf, pointsMax, readsOf, stockRules, taxOf, taxRules, topMax, unmatchedOf, unmatchedRules } from './overview-parts.ts'
import { overviewThen } from './overview-then.ts'
import { type Rooms, type Shown, asOf, os, staleAfter } from './rooms.ts'

export function overviewHandlers(rooms: Rooms) {
  return {
    get: os.overview.get.handler(({ input, errors }) => {
      const at = input.asOf ?? null
      if (at === null) return overviewOf(rooms, input.pair)
      const then = overviewThen(rooms, input.pair, at)
      if ('refused' in then) throw errors.REFUSED({ data: { says: then.refused, field: 'asOf' } })
      return then
    }),
    latency: os.overview.latency.handler(({ input, errors }) => {
      const pair = rooms.store.pairs.get(input.pair)
      if (pair === null) throw errors.NOT_FOUND({ data: { says: `There is no pair ${input.pair}.` } })
      return latencyOf(rooms.store, pair, rooms.clock.now())
    }),
  }
}

export function overviewOf(rooms: Shown, only: string | null): OverviewView {
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
    at: null,
    untold: [],
    judgedAt: ordersTo,
    hasConnections: store.connections.list().length > 0,
    hasPairs: pairs.length > 0,
    unmatched: { ...unmatchedOf(store.incidents, only), asOf: asOf(store, ordersTo), notJudged: countOf(unmatchedRules) },
    stock: { ...stockOf(rooms, pairs, now), asOf: asOf(store, stockTo), notJudged: countOf(stockRules) },
    tax: { ...taxOf(store.incidents, only), asOf: asOf(store, ordersTo), notJudged: countOf(taxRules) },
    strip: stripOf(rooms, pairs, now),
    connections: store.connections.list().map((one) => connectionViewOf(rooms, one)),
    notJudged: byWhy(overdue),
    outOfScope: [...store.judgements.outOfScope(only)],
  }
}

function byWhy(rows: readonly { why: string; count: number }[]): { why: string; count: number }[] {
  const sums = new Map<string, number>()
  for (const row of rows) sums.set(row.why, (sums.get(row.why) ?? 0) + row.count)
  return [...sums].map(([why, count]) => ({ why, count })).toSorted((a, b) => b.count - a.count)
}

function stockOf({ store }: Shown, pairs: readonly Pair[], now: Instant) {
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
    seriesFrom: curveFrom(store, pairs),
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

function stripOf({ store }: Shown, pairs: readonly Pair[], now: Instant): OverviewView['strip'] {
  const since = now - hours(24)
  const passes = store.connections.list().flatMap((one) => store.streams.passesSince(one.id, now - hours(1)))
  return {
    ...flowOf(pairs, now, (connection) => store.snapshots.flow(connection, 'orders', since, hours(1))),
    ...readsOf(passes),
    openIncidents: store.incidents.countsBySeverity(),
    backlog: store.snapshots.backlog(),
  }
}
