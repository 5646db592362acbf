/** Gathers one stream of one connection: how fresh it is beside the others, and how its passes went; judged at every round. */
import type { Connection, ConnectionState, Pass } from '../../../domain/connection.ts'
import type { Subject } from '../../../domain/incident.ts'
import type { StreamName } from '../../../domain/records.ts'
import { type Instant, type Span, days, hours } from '../../../domain/time.ts'
import type { Store } from '../../store/store.ts'
import type { PassHour } from '../../store/streams.ts'
import { callsFail } from './connection.ts'

export interface StreamSeen {
  readonly subject: Subject
  readonly label: string
  readonly role: Connection['role']
  readonly stream: StreamName
  readonly state: ConnectionState
  /** It is told of the whole connection that too many calls fail: a late or slow stream is what comes of it. */
  readonly callsFail: boolean
  readonly coveredTo: Instant | null
  /** When another stream of the connection was last read to its end before this one failed; null where it did not fail. */
  readonly answeredAt: Instant | null
  /** Since when this monitor is awake without a break; null where that is not noted. */
  readonly awakeSince: Instant | null
  readonly lastPass: Pass | null
  /** The age at which its reading is late by its own pace. */
  readonly staleAfterMs: Span
  /** Passes that came to their end in this hour and the one before, and in each hour of the week before those. */
  readonly lately: PassHour
  readonly before: readonly PassHour[]
  /** Calls to the whole connection in this hour and the one before that were cut for want of an answer. */
  readonly timeOuts: number
  /** When it is judged, on our own clock. */
  readonly now: Instant
}

export type StaleAfter = (connection: Connection, stream: StreamName) => Span

export function seeStreams(store: Store, connection: Connection, staleAfter: StaleAfter, now: Instant): readonly StreamSeen[] {
  const coverages = store.streams.coverages(connection.id)
  const { state } = store.connections.health(connection.id)
  const shared = {
    label: connection.label,
    role: connection.role,
    state,
    callsFail: callsFail(store, connection.id),
    awakeSince: store.watch.latest()[0]?.from ?? null,
    now,
  }
  const hour = Math.floor(now / hours(1)) * hours(1)
  const timeOuts = store.calls.since(connection.id, hour - hours(1)).get('time-out') ?? 0
  return coverages.map(({ stream, to }) => {
    const byHour = store.streams.byHour(connection.id, stream, hour - days(7))
    const recent = byHour.filter((one) => one.hour >= hour - hours(1))
    const lastPass = store.streams.lastPass(connection.id, stream)
    const others = coverages.filter((one) => one.stream !== stream)
    return {
      ...shared,
      subject: { kind: 'stream', connection: connection.id, key: stream },
      stream,
      coveredTo: to,
      lastPass,
      answeredAt: lastPass === null || lastPass.complete ? null : answeredBefore(store, connection, others, lastPass.startedAt),
      staleAfterMs: staleAfter(connection, stream),
      lately: {
        hour: hour - hours(1),
        passes: recent.reduce((sum, one) => sum + one.passes, 0),
        tookMs: recent.reduce((sum, one) => sum + one.tookMs, 0),
      },
      before: byHour.filter((one) => one.hour < hour - hours(1)),
      timeOuts,
    }
  })
}

function answeredBefore(store: Store, connection: Connection, others: readonly { readonly stream: StreamName }[], before: Instant): Instant | null {
  const read = others.flatMap(({ stream }) => store.streams.completeBefore(connection.id, stream, before) ?? [])
  return read.length === 0 ? null : Math.max(...read)
}
