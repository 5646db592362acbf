/** One complete pass as one JSON object, for `check`: what was read, what is wrong, what could not be judged. */
import { type Instant, iso, isoOrNull } from '../domain/time.ts'
import type { Pass } from '../domain/connection.ts'
import { partsOfKey } from './reconcile/lenses/stock.ts'
import { stalenessOf } from './reconcile/staleness.ts'
import type { StockChange } from './store/stock.ts'
import type { Store } from './store/store.ts'

const incidentsMax = 100_000
const subjectsMax = 100

export type Report = ReturnType<typeof reportOf>

/** `startedAt`: our clock when the pass began; what fell due before it and is not judged is reported so. */
export function reportOf(store: Store, passes: ReadonlyMap<string, readonly Pass[]>, startedAt: Instant) {
  return {
    judgedAt: iso(startedAt),
    connections: store.connections.list().map((connection) => {
      const health = store.connections.health(connection.id)
      const own = passes.get(connection.id) ?? []
      return {
        id: connection.id,
        platform: connection.platform,
        state: health.state === 'new' ? ('unreachable' as const) : health.state,
        clockOffsetMs: health.clockOffsetMs,
        says: health.says,
        streams: store.streams.coverages(connection.id).map((coverage) => {
          const pass = own.find((one) => one.stream === coverage.stream)
          return {
            name: coverage.stream,
            coveredFrom: isoOrNull(coverage.from),
            coveredTo: isoOrNull(coverage.to),
            // a stream that is filled beside another has no pass of its own
            records: pass?.records ?? store.streams.recordsHeld(connection.id, coverage.stream),
            faults: pass?.faults ?? {},
          }
        }),
      }
    }),
    incidents: store.incidents.live(incidentsMax).map((incident) => ({
      rule: incident.rule,
      severity: incident.severity,
      subject: incident.subject,
      openedAt: iso(incident.openedAt),
      amount: incident.amount,
      cause: incident.cause,
      says: incident.says,
      evidence: incident.evidence,
    })),
    notJudged: store.judgements.notJudged(null, startedAt).map((row) => ({
      ...row,
      subjects: store.judgements.notJudgedSubjects(null, startedAt, row, subjectsMax),
    })),
    outOfScope: store.judgements.outOfScope(null),
    stock: store.pairs.list().flatMap((pair) => stockOf(store, pair.id, startedAt)),
  }
}

function stockOf(store: Store, pair: string, now: Instant) {
  const changes = new Map<string, StockChange[]>()
  for (const change of store.stock.recent(pair, 0)) {
    const key = `${change.sku}@${change.location}`
    changes.set(key, [...(changes.get(key) ?? []), change])
  }
  return store.stock.states(pair).map((state) => {
    const { p50Ms, p95Ms, maxMs, oldestOpenMs } = stalenessOf(changes.get(`${state.sku}@${state.location}`) ?? [], now)
    return {
      ...partsOfKey(`${state.sku}@${state.location}`),
      stalenessMs: state.behindSince === null ? 0 : Math.max(0, now - state.behindSince),
      p50Ms,
      p95Ms,
      maxMs,
      oldestOpenMs,
      resolutionMs: state.resolutionMs,
    }
  })
}
