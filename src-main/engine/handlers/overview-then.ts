/** The first screen as it stood at a moment: incidents, coverage and ages as they were, and in words what is not kept of then. */
import type { ConnectionView, OverviewView } from '../../contract/views.ts'
import type { Connection } from '../../domain/connection.ts'
import type { IncidentState, Severity } from '../../domain/incident.ts'
import type { Pair } from '../../domain/pair.ts'
import { type Instant, days, hours, minutes, seconds } from '../../domain/time.ts'
import { sightOf } from '../reconcile/sight.ts'
import { stalenessOf } from '../reconcile/staleness.ts'
import { stockSubject } from '../reconcile/lenses/stock.ts'
import { type IncidentThen, countedStates } from '../store/incident-past.ts'
import type { StockChange } from '../store/stock.ts'
import { connectionViewOf } from './connections.ts'
import { type Moment, momentOf } from './moment.ts'
import { type IncidentSums, curveFrom, earliest, flowOf, pointsMax, readsOf, stockRules, taxOf, topMax, unmatchedOf } from './overview-parts.ts'
import { type Shown, asOf, settingsOf } from './rooms.ts'

/** Of a thousand passes that are kept of each stream, those of the last hour before a moment are there so long. */
const passesKept = 900
/** States that ask for something now: what is put aside does not count. */
const asking: readonly IncidentState[] = ['open', 'acknowledged', 'repairing']
const blindRule = 'F12-connection-blind'

const untoldAlways = [
  'How many were not judged then, and why, and what was out of scope.',
  'How many SKUs were watched; stock ages are those of the changes known today.',
]
const untoldReads = 'Reads and failed reads: passes are not kept that far.'
const untoldCurve = 'The whole curve of stock ages: its points are not kept that far.'

export function overviewThen(rooms: Shown, only: string | null, at: Instant): OverviewView | { readonly refused: string } {
  const moment = momentOf(rooms, at)
  if ('refused' in moment) return moment
  const pairs = rooms.store.pairs.list().filter((pair) => only === null || pair.id === only)
  return rooms.store.read(() => toldOf(rooms, pairs, only, moment))
}

function toldOf(rooms: Shown, pairs: readonly Pair[], only: string | null, moment: Moment): OverviewView {
  const { store, at } = moment
  const sights = pairs.map((pair) => sightOf(store, pair))
  const ordersTo = earliest(sights.map((sight) => sight.orders.to))
  const stockTo = earliest(sights.map((sight) => sight.stock.to))
  const incidents = incidentsThen(rooms, at)
  const reads = readsThen(rooms, at)
  return {
    at,
    untold: [...untoldAlways, ...(reads === null ? [untoldReads] : []), ...(isCurveCut(rooms, pairs, at) ? [untoldCurve] : [])],
    judgedAt: ordersTo,
    hasConnections: store.connections.list().length > 0,
    hasPairs: pairs.length > 0,
    unmatched: { ...unmatchedOf(incidents, only), asOf: asOf(rooms.store, ordersTo), notJudged: null },
    stock: { ...stockThen(rooms, pairs, moment), asOf: asOf(rooms.store, stockTo), notJudged: null },
    tax: { ...taxOf(incidents, only), asOf: asOf(rooms.store, ordersTo), notJudged: null },
    strip: {
      ...flowOf(pairs, at, (connection) => rooms.store.past.flow(connection, 'orders', { since: at - hours(24), until: at, span: hours(1) })),
      ...(reads ?? { apiErrors1h: null, reads1h: null }),
      openIncidents: bySeverity(rooms.store.past.incidents.at(at, { rules: null, pair: null, states: asking })),
      backlog: null,
    },
    connections: rooms.store.connections.list().map((one) => connectionThen(rooms, one, moment)),
    notJudged: [],
    outOfScope: [],
  }
}

function isCurveCut({ store }: Shown, pairs: readonly Pair[], at: Instant): boolean {
  const from = curveFrom(store, pairs)
  return from !== null && from > at - days(1)
}

/** The store's own sums, over incidents as they stood. */
function incidentsThen({ store }: Shown, at: Instant): IncidentSums {
  const open = (rules: readonly string[], pair: string | null): readonly IncidentThen[] => store.past.incidents.at(at, { rules, pair, states: countedStates })
  return {
    sums(rules, pair) {
      const groups = new Map<string, { readonly of: IncidentThen; minor: number; count: number; oldestAt: Instant }>()
      for (const one of open(rules, pair)) {
        const key = JSON.stringify([one.pair, one.amount?.currency ?? null, one.cause, one.market])
        const due = one.dueAt ?? one.openedAt
        const group = groups.get(key) ?? { of: one, minor: 0, count: 0, oldestAt: due }
        groups.set(key, { ...group, minor: group.minor + (one.amount?.minor ?? 0), count: group.count + 1, oldestAt: Math.min(group.oldestAt, due) })
      }
      return [...groups].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, group]) => group).map(({ of, minor, count, oldestAt }) => ({
        currency: of.amount?.currency ?? null,
        cause: of.cause,
        market: of.market,
        minor,
        count,
        oldestAt,
      }))
    },
    oldest: (rules, pair, limit) => open(rules, pair).slice(0, limit),
  }
}

function bySeverity(incidents: readonly IncidentThen[]): Partial<Record<Severity, number>> {
  const counts: Partial<Record<Severity, number>> = {}
  for (const { severity } of incidents) counts[severity] = (counts[severity] ?? 0) + 1
  return counts
}

/** Null where they are not kept that far. */
function readsThen({ store, clock }: Shown, at: Instant): Pick<OverviewView['strip'], 'apiErrors1h' | 'reads1h'> | null {
  const from = at - hours(1)
  if (clock.now() - from > passesKept * seconds(settingsOf(store).pollSeconds)) return null
  return readsOf(store.connections.list().flatMap((one) => store.streams.passesSince(one.id, from).filter((pass) => pass.endedAt <= at)))
}

function stockThen(rooms: Shown, pairs: readonly Pair[], { store, at }: Moment) {
  const changes = pairs.flatMap((pair) => changesThen(rooms, pair, at).map((change) => ({ ...change, pair })))
  const behind = changes.filter((change) => change.settledAt === null && change.observed)
  const worst = [...firstOfEach(behind).values()].toSorted((one, other) => one.at - other.at)
  const points = pairs.flatMap((pair) => rooms.store.stock.points(pair.id, at - days(1), Number.MAX_SAFE_INTEGER)).filter((point) => point.at <= at)
  return {
    targetMs: Math.min(...pairs.map((pair) => minutes(pair.settings.stockTargetMinutes)), days(7)),
    ...stalenessOf(changes, at),
    resolutionMs: null,
    watched: null,
    behind: points.at(-1)?.behind ?? worst.length,
    seriesFrom: curveFrom(rooms.store, pairs),
    series: points.toSorted((one, other) => one.at - other.at).slice(-pointsMax),
    worst: worst.slice(0, topMax).map(({ pair, sku, location, at: since }) => {
      const shown = store.snapshots.get(pair.shop, 'stock', `${sku}@${location}`)
      const said = changes.findLast((one) => one.pair === pair && one.sku === sku && one.location === location)
      const incident = rooms.store.past.incidents.about(pair.id, stockSubject(pair, sku, location), at).find((one) => stockRules.includes(one.rule) && one.state !== 'resolved')
      return {
        incident: incident?.id ?? null,
        sku,
        location,
        stalenessMs: at - since,
        shop: shown?.record.kind === 'stock' && shown.goneAt === null ? shown.record.available : null,
        expected: said?.expected ?? null,
      }
    }),
  }
}

type PlacedChange = StockChange & { readonly sku: string; readonly location: string; readonly pair: Pair }

/** Changes that had been made by then, open where the shop showed them only later. */
function changesThen({ store }: Shown, pair: Pair, at: Instant): readonly (StockChange & { readonly sku: string; readonly location: string })[] {
  return store.stock
    .recent(pair.id, at - days(1))
    .filter((change) => change.at <= at)
    .map((change) => (change.settledAt !== null && change.settledAt > at ? { ...change, settledAt: null } : change))
}

function firstOfEach(changes: readonly PlacedChange[]): ReadonlyMap<string, PlacedChange> {
  const first = new Map<string, PlacedChange>()
  for (const change of changes) {
    const key = `${change.pair.id} ${change.sku}@${change.location}`
    if ((first.get(key)?.at ?? Number.POSITIVE_INFINITY) > change.at) first.set(key, change)
  }
  return first
}

/** How a connection stood is told by what was said of it, and by how far its streams were read. */
function connectionThen(rooms: Shown, connection: Connection, { store, at }: Moment): ConnectionView {
  const now = connectionViewOf(rooms, connection)
  const coverages = store.streams.coverages(connection.id)
  const reads = coverages.flatMap((one) => one.to ?? [])
  const blind = rooms.store.past.incidents.at(at, { rules: [blindRule], pair: null, states: asking }).find((one) => one.subject.connection === connection.id)
  return {
    ...now,
    state: blind !== undefined ? 'unreachable' : reads.length === 0 ? 'new' : 'ok',
    says: blind?.says ?? null,
    since: blind?.openedAt ?? null,
    lastReadAt: reads.length === 0 ? null : Math.max(...reads),
    nextReadAt: null,
    streams: now.streams.map((stream) => {
      const then = coverages.find((one) => one.stream === stream.stream)
      return { ...stream, coveredFrom: then?.from ?? null, coveredTo: then?.to ?? null }
    }),
  }
}
