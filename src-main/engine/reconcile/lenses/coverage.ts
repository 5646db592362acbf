/** Up to where several streams are complete together, and how a platform's moments fall on our own clock's axis. */
import type { Pair } from '../../../domain/pair.ts'
import type { StreamName } from '../../../domain/records.ts'
import { type Instant, type Span, seconds } from '../../../domain/time.ts'
import type { Store } from '../../store/store.ts'
import { type NotJudgedYet, notJudged } from '../rule.ts'

/** An interval that all the streams cover; nulls before every one was read once. */
export interface Covered {
  readonly from: Instant | null
  readonly to: Instant | null
  /** The connection that is furthest behind. */
  readonly latest: string | null
}

export function coveredBy(
  store: Store,
  streams: readonly { readonly connection: string; readonly stream: StreamName }[],
): Covered {
  let from: Instant | null = null
  let to: Instant | null = null
  let latest: string | null = null
  let unread = false
  for (const { connection, stream } of streams) {
    const one = store.streams.coverage(connection, stream)
    if (one.to === null || one.from === null) {
      if (!unread) latest = connection
      unread = true
      continue
    }
    from = from === null ? one.from : Math.max(from, one.from)
    if (to === null || one.to < to) {
      to = one.to
      if (!unread) latest = connection
    }
  }
  return unread ? { from: null, to: null, latest } : { from, to, latest }
}

/** Null when all is known from `from` on until the span is over; else why it is too early to say. `late` names who is behind. */
export function notCovered(covered: Covered, from: Instant, spanMs: Span, late: (connection: string | null) => string): NotJudgedYet | null {
  const until = from + spanMs
  if (covered.to === null || covered.to < until) return notJudged(`${late(covered.latest)} are not read that far`, until)
  if (covered.from !== null && covered.from > from) return notJudged('older than what was read from both sides', null)
  return null
}

/** The rule that tells of a side that cannot be read. */
const blind = 'F12-connection-blind'

/** Why not everything is known of what moved while a side could not be read: both must have been read past that. Null when they were. */
export function blindBefore(store: Store, { shop, erp }: Pair, { to }: Covered): string | null {
  if (to === null) return null
  for (const connection of [shop, erp]) {
    const told = store.incidents.find(null, blind, { kind: 'connection', connection, key: connection })
    if (told === null) continue
    const { state, since } = store.connections.health(connection)
    const isBlind = state === 'unreachable' || state === 'refused'
    const backAt = told.state === 'resolved' ? told.resolvedAt : since
    if (!isBlind && (backAt ?? 0) <= to) continue
    const label = store.connections.get(connection)?.label ?? connection
    return isBlind ? `${label} cannot be read` : `not both sides were read since ${label} can be read again`
  }
  return null
}

/** Turns a platform's moments into ours. */
export interface Axis {
  ours(at: Instant): Instant
}

/** Measured offsets jitter with the network and with whole-second headers: below this they mean nothing. */
const noiseMs: Span = seconds(2)

export function axisOf(store: Store, connection: string): Axis {
  const offset = store.connections.health(connection).clockOffsetMs ?? 0
  return Math.abs(offset) <= noiseMs ? { ours: (at) => at } : { ours: (at) => at + offset }
}

/** One of our moments on a platform's own clock. */
export function theirs(axis: Axis, at: Instant): Instant {
  return at - (axis.ours(at) - at)
}
