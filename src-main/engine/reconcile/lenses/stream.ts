/** Gathers one stream of one connection: how fresh it is, how its passes went, what failed; judged at every round. */
import type { Connection, Pass } from '../../../domain/connection.ts'
import type { Subject } from '../../../domain/incident.ts'
import type { StreamName } from '../../../domain/records.ts'
import { type Instant, hours } from '../../../domain/time.ts'
import type { Store } from '../../store/store.ts'

export interface StreamSeen {
  readonly subject: Subject
  readonly label: string
  readonly role: Connection['role']
  readonly stream: StreamName
  readonly coveredTo: Instant | null
  /** Passes of the last 24 hours, oldest first. */
  readonly passes: readonly Pass[]
  /** When it is judged, on our own clock. */
  readonly now: Instant
}

export function seeStreams(store: Store, connection: Connection, now: Instant): readonly StreamSeen[] {
  const passes = store.streams.passesSince(connection.id, now - hours(24))
  return store.streams.coverages(connection.id).map(({ stream, to }) => ({
    subject: { kind: 'stream', connection: connection.id, key: stream },
    label: connection.label,
    role: connection.role,
    stream,
    coveredTo: to,
    passes: passes.filter((pass) => pass.stream === stream),
    now,
  }))
}
