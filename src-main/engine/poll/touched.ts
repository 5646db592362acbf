/** Records of other streams that moved with a page's rows: looked up and kept in the same pass. */
import { type Outcome, ok } from '../../domain/fault.ts'
import type { StreamName } from '../../domain/records.ts'
import type { Instant } from '../../domain/time.ts'
import { type Page, lookupMax } from '../connectors/definition.ts'
import type { PassOrder } from './poller.ts'
import { type Placed, type ReadRows, readRows } from './rows.ts'

/** What a page touched, as it is now; less what was read late enough to tell it already. */
export async function readTouched(order: PassOrder, page: Page, rows: ReadRows): Promise<Outcome<readonly Placed[]>> {
  const found: Placed[] = []
  const latest = latestOf(order, page, rows)
  for (const touched of page.touched) {
    const stream = order.connector.streams.find((one) => one.name === touched.stream)
    const lookup = stream?.lookup
    if (stream === undefined || lookup === undefined) {
      throw new Error(`${touched.stream} is touched but cannot be looked up`)
    }
    const wanted = [...new Set(touched.ids)].filter((id) => !knownSince(order, touched.stream, id, latest))
    for (let start = 0; start < wanted.length; start += lookupMax) {
      const keys = { by: 'id', values: wanted.slice(start, start + lookupMax) } as const
      // oxlint-disable-next-line no-await-in-loop -- one look-up after the other, at the platform's pace
      const answer = await lookup(order.api, keys, order.settings)
      if (!answer.ok) return answer
      // a row that cannot be read is met again, and noted, when its own stream is read
      found.push(...readRows(stream, answer.value.rows, order.settings).placed)
    }
  }
  return ok(found)
}

/**
 * After this moment, on our clock, whatever the page tells of was there for everybody to see. Null where that cannot be
 * told. Without it each pass would look up anew what the overlap repeats, and the first reading of a shop would read
 * each of its orders once more per payment.
 */
function latestOf({ api, stream }: PassOrder, page: Page, rows: ReadRows): Instant | null {
  if (stream.snapshot || rows.bad.length > 0 || rows.placed.length < page.rows.length) return null
  let latest = 0
  for (const { record } of rows.placed) {
    if (record.changedAt === null) return null
    latest = Math.max(latest, record.changedAt)
  }
  return latest + (api.clockOffsetMs() ?? 0) + stream.overlapMs
}

function knownSince({ store, connection }: PassOrder, stream: StreamName, id: string, latest: Instant | null): boolean {
  if (latest === null) return false
  const kept = store.snapshots.get(connection.id, stream, id)
  return kept !== null && kept.goneAt === null && kept.lastSeenAt > latest
}
