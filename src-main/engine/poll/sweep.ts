/** The slow sweep: everything is read again from the beginning, a stretch at a time beside the ordinary passes. */
import type { Pass } from '../../domain/connection.ts'
import type { Fault } from '../../domain/fault.ts'
import type { StreamName } from '../../domain/records.ts'
import { type Instant, hours } from '../../domain/time.ts'
import { type Sweep, placeOf, savePlace } from './place.ts'
import { type PassOrder, asked, isCursorFault, markGone, shownSince } from './poller.ts'
import { keepQuarantine, keepRows, readRows } from './rows.ts'

/** Where a row that was deleted or hidden would otherwise be believed in for ever (DESIGN §3). */
const swept: readonly StreamName[] = ['orders', 'stock']
const sweepEvery = hours(24)
const stretchPagesMax = 20

export interface SweepEnd {
  /** What the stretch brought, worded like a pass; it is not noted as one, and coverage ends where it ended before. */
  readonly pass: Pass
  readonly gone: number
  readonly done: boolean
  readonly fault: Fault | null
}

/** Due once a day, and when what is to be read reaches further back than what was read. */
export function sweepDue(order: PassOrder): boolean {
  const { stream, clock, since } = order
  if (stream.snapshot) return false
  const place = placeOf(order)
  // a reading from the beginning that is under way does the same
  if (place.walk !== null || place.cursor === null) return false
  if (place.sweep !== null || reachesTooShort(order, since)) return true
  const age = clock.now() - (place.sweptAt ?? 0)
  return swept.includes(stream.name) && (age >= sweepEvery || age < 0)
}

function reachesTooShort({ store, connection, stream, settings }: PassOrder, since: Instant | null): boolean {
  const shown = placeOf({ store, connection, stream, settings }).shownFrom ?? 0
  return stream.emits.some((name) => {
    const { from } = store.streams.coverage(connection.id, name)
    // what the platform keeps to itself no sweep would bring
    return from !== null && from > Math.max(since ?? 0, shown)
  })
}

/** Reads a stretch of the sweep on, or begins one; the passes' own cursor is not touched. */
export async function sweepOn(order: PassOrder): Promise<SweepEnd> {
  const { store, connection, stream, settings, clock, api, since } = order
  const startedAt = clock.now()
  const going = placeOf(order).sweep
  const begun: Sweep = { cursor: null, startedAt, since, flawed: false }
  let sweep = going === null || (going.since ?? 0) > (since ?? 0) ? begun : going
  let records = 0
  let changed = 0
  let gone = 0
  const ended = (done: boolean, because: Fault | null): SweepEnd => ({
    pass: {
      stream: stream.name,
      startedAt,
      endedAt: Math.max(startedAt, clock.now()),
      records,
      changed: changed + gone,
      complete: done,
      faults: because === null ? {} : { [because.class]: 1 },
      clockOffsetMs: api.clockOffsetMs(),
    },
    gone,
    done,
    fault: because,
  })

  for (let pages = 0; pages < stretchPagesMax && !order.signal.aborted; pages += 1) {
    const { cursor } = sweep
    const read = { settings, since: sweep.since }
    // oxlint-disable-next-line no-await-in-loop -- a page says where the next one begins
    const page = await asked(api, () => stream.read(api, cursor, read))
    if (page === null) break
    if (!page.ok) {
      if (isCursorFault(page.fault)) giveUp(order)
      return ended(false, page.fault)
    }
    const rows = readRows(stream, page.value.rows, settings)
    const at = Math.max(clock.now(), sweep.startedAt)
    const { next } = page.value
    const now: Sweep = { ...sweep, cursor: next, flawed: sweep.flawed || rows.bad.length > 0 }
    sweep = now
    store.transaction((tx) => {
      changed += keepRows(store, tx, connection.id, rows.placed, at)
      keepQuarantine(store, tx, connection.id, stream.name, rows, at)
      const place = placeOf(order)
      if (next !== null) {
        savePlace(store, tx, connection.id, stream.name, { ...place, sweep: now })
        return
      }
      const shownFrom = page.value.shownFrom ?? null
      savePlace(store, tx, connection.id, stream.name, { ...place, sweep: null, sweptAt: now.startedAt, shownFrom })
      for (const name of stream.emits) {
        const { to } = store.streams.coverage(connection.id, name)
        if (to !== null) store.streams.cover(tx, connection.id, name, { from: shownSince(now.since, shownFrom) ?? 0, to, at })
      }
      store.quarantine.dropBefore(tx, connection.id, stream.name, now.startedAt)
      if (!now.flawed) gone = markGone(order, tx, { ...now, shownFrom }, at)
    })
    records += rows.placed.length
    if (next === null) return ended(true, null)
  }
  return ended(false, null)
}

/** The next one begins at the beginning. */
function giveUp(order: PassOrder): void {
  const { store, connection, stream } = order
  store.transaction((tx) => savePlace(store, tx, connection.id, stream.name, { ...placeOf(order), sweep: null }))
}
