/** What is judged because time passes and not because a record changed: connections, their streams, business days, incidents, this monitor. */
import { type Instant, minutes } from '../../domain/time.ts'
import type { Store } from '../store/store.ts'
import { type Judgement, judgeConnection, judgeDay, judgeIncident, judgeStreams, judgeWatch } from './judge.ts'
import { daysInQuestion } from './lenses/day.ts'
import type { StaleAfter } from './lenses/stream.ts'

/** Judgements that are kept together; `pair` is null for what belongs to no pair. */
export interface Round {
  readonly pair: string | null
  readonly judgements: readonly Judgement[]
}

export interface RoundParts {
  readonly store: Store
  readonly staleAfter: StaleAfter
  /** Where this computer is: the business day of a pair that names no zone. */
  readonly zone: string
  /** A bug of ours met while one thing was judged: the others are judged all the same. */
  readonly failed: (error: unknown) => void
}

/** The worst of them; who has more open than this has other worries than their age. */
const incidentsMax = 1000
/** What is counted in hours need not be asked at every reading. */
const incidentsEvery = minutes(1)
const daysEvery = minutes(1)

export function newRounds(parts: RoundParts) {
  const { store } = parts
  let incidentsAt: Instant | null = null
  /** By pair: when its days were judged, and when anybody had last signed one. */
  const daysAt = new Map<string, { readonly at: Instant; readonly signedAt: Instant | null }>()

  /** One connection at a time: each is a short transaction of its own. */
  function* ofConnections(now: Instant): Generator<Round> {
    const connections = store.connections.list()
    yield { pair: null, judgements: connections.flatMap((one) => safely(() => [judgeConnection(store, one, now)])) }
    for (const one of connections) {
      yield { pair: null, judgements: safely(() => judgeStreams(store, one, parts.staleAfter, now)) }
    }
    if (connections.length > 0) yield { pair: null, judgements: safely(() => [judgeWatch(store, now)]) }
  }

  function* ofDays(now: Instant, all: boolean): Generator<Round> {
    for (const pair of store.pairs.list()) {
      const before = daysAt.get(pair.id)
      const signedAt = store.signOffs.latestAt(pair.id)
      const lately = before !== undefined && now >= before.at && now - before.at < daysEvery
      if (!all && lately && before.signedAt === signedAt) continue
      daysAt.set(pair.id, { at: now, signedAt })
      const judgements = daysInQuestion(store, pair).flatMap((subject) => safely(() => [judgeDay(store, pair, subject, parts.zone, now)]))
      yield { pair: pair.id, judgements }
    }
  }

  /** `ended`: only of those that are over, and are spoken of all the same. */
  function* ofIncidents(now: Instant, ended: boolean): Generator<Round> {
    const heads = new Map((ended ? [] : store.heads.worst(incidentsMax)).map((head) => [head.id, head]))
    const subjects = [
      ...[...heads.values()].map((head) => ({ id: head.id, pair: head.pair, connection: head.subject.connection })),
      ...store.heads.spokenOf(incidentsMax).filter(({ id }) => !heads.has(id) && (!ended || store.heads.get(id) === null)),
    ]
    const pairs = new Map(store.pairs.list().map((pair) => [pair.id, pair]))
    for (const key of new Set(subjects.map((one) => one.pair))) {
      const pair = key === null ? null : (pairs.get(key) ?? null)
      const judgements = subjects
        .filter((one) => one.pair === key)
        .flatMap(({ id, connection }) => {
          const subject = { kind: 'incident', connection, key: id } as const
          const head = heads.get(id) ?? store.heads.get(id)
          return safely(() => [judgeIncident(store, { subject, head: head?.parent === null ? head : null, pair }, now)])
        })
      yield { pair: key, judgements }
    }
  }

  function safely(judge: () => readonly Judgement[]): readonly Judgement[] {
    try {
      return judge()
    } catch (error) {
      parts.failed(error)
      return []
    }
  }

  return {
    /** `all`: also what was judged a moment ago. */
    *judge(now: Instant, all: boolean): Generator<Round> {
      yield* ofConnections(now)
      yield* ofDays(now, all)
      const lately = !all && incidentsAt !== null && now >= incidentsAt && now - incidentsAt < incidentsEvery
      if (!lately) incidentsAt = now
      // what was mended a moment ago is not spoken of until the next reading
      yield* ofIncidents(now, lately)
    },
  }
}
