/** Gathers one connection: whether it can be read, since when not, how far its clock is off, and how much waits for it. */
import type { Connection, ConnectionState } from '../../../domain/connection.ts'
import type { Subject } from '../../../domain/incident.ts'
import type { Instant, Span } from '../../../domain/time.ts'
import type { Store } from '../../store/store.ts'

export interface ConnectionSeen {
  readonly subject: Subject
  readonly label: string
  readonly state: ConnectionState
  readonly since: Instant | null
  /** In words, as the poll room put it. */
  readonly says: string | null
  readonly clockOffsetMs: Span | null
  /** Subjects of all its pairs that could not be judged by now. */
  readonly notJudged: number
}

export function seeConnection(store: Store, connection: Connection, now: Instant): ConnectionSeen {
  const health = store.connections.health(connection.id)
  const pairs = store.pairs.list().filter((pair) => pair.shop === connection.id || pair.erp === connection.id)
  return {
    subject: { kind: 'connection', connection: connection.id, key: connection.id },
    label: connection.label,
    state: health.state,
    since: health.since,
    says: health.says,
    clockOffsetMs: health.clockOffsetMs,
    notJudged: pairs.reduce(
      (sum, pair) =>
        sum + store.judgements.notJudged(pair.id, now).reduce((count, row) => count + row.count, 0),
      0,
    ),
  }
}
