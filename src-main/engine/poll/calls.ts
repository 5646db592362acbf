/** Counts the exchanges with each platform as they end, and writes the counts down: a fault at once, what goes well by the minute. */
import type { Clock } from '../../domain/clock.ts'
import { type Instant, minutes } from '../../domain/time.ts'
import type { ApiLogLine } from '../connectors/api.ts'
import { type CallEnd, minuteOf } from '../store/calls.ts'
import type { Store } from '../store/store.ts'

/** Counts of one connection that are not written down yet. */
interface Open {
  readonly minutes: Map<Instant, Map<CallEnd, number>>
  failed: boolean
  keptAt: Instant
}

export interface CallBook {
  note(connection: string, line: Pick<ApiLogLine, 'fault' | 'timedOut' | 'again'>): void
  /** After a pass: what happened is written down, unless all went well and less than a minute passed. */
  keep(connection: string): void
}

/** Minutes held back while the file cannot be written; what is older is not worth more. */
const minutesMax = 30

export function newCallBook(store: Pick<Store, 'calls' | 'connections' | 'transaction'>, clock: Clock): CallBook {
  const open = new Map<string, Open>()

  return {
    note(connection, { fault, timedOut, again }) {
      const now = clock.now()
      const book = open.get(connection) ?? { minutes: new Map(), failed: false, keptAt: now }
      open.set(connection, book)
      const minute = minuteOf(now)
      const counts = book.minutes.get(minute) ?? new Map<CallEnd, number>()
      book.minutes.set(minute, counts)
      for (const what of [fault ?? 'ok', ...(timedOut ? ['time-out' as const] : []), ...(again ? ['again' as const] : [])]) {
        counts.set(what, (counts.get(what) ?? 0) + 1)
      }
      if (fault !== null) book.failed = true
      const [oldest] = book.minutes.keys()
      if (book.minutes.size > minutesMax && oldest !== undefined) book.minutes.delete(oldest)
    },
    keep(connection) {
      const book = open.get(connection)
      const now = clock.now()
      if (book === undefined || (!book.failed && Math.abs(now - book.keptAt) < minutes(1))) return
      open.delete(connection)
      // removed while it was read: there is nothing to count for any more
      if (store.connections.get(connection) === null) return
      store.transaction((tx) => {
        for (const [minute, counts] of book.minutes) store.calls.note(tx, connection, minute, counts)
      })
    },
  }
}
