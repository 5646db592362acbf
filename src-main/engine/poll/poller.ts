/** One pass of one stream: page after page is read, kept with its cursor in one transaction, and honestly dated. */
import type { Clock } from '../../domain/clock.ts'
import type { Connection, Pass } from '../../domain/connection.ts'
import { type Fault, type FaultClass, type Outcome, fault } from '../../domain/fault.ts'
import { type Instant, days } from '../../domain/time.ts'
import type { AnyConnector, Api, Page } from '../connectors/definition.ts'
import type { Tx } from '../store/database.ts'
import type { Store } from '../store/store.ts'
import { latenessIn, shownTo, withLateness } from './lateness.ts'
import { type AnyStream, type Place, type Walk, beginning, markOf, placeOf, savePlace, walkFrom } from './place.ts'
import { type ReadRows, keepQuarantine, keepRows, readRows } from './rows.ts'
import { readTouched } from './touched.ts'

/** Pages of one pass; what is left is read in the next. */
export const pagesMax = 2000

/** So many rows that cannot be read, and none that can, are no bad rows but another language. */
const badRowsMax = 10

/** A pass reads from this much before the instant it is asked to, so that clocks and late papers lose nothing. */
export const sinceMargin = days(1)

export interface PassOrder {
  readonly store: Store
  readonly connector: AnyConnector
  readonly connection: Connection
  readonly stream: AnyStream
  /** As parsed by the connector's own schema. */
  readonly settings: unknown
  readonly api: Api
  readonly clock: Clock
  /** Nothing older needs to be read; null: everything. */
  readonly since: Instant | null
  /** Aborted: the page at hand is finished and no other begun. The Api has its own signal, which cuts requests. */
  readonly signal: AbortSignal
  readonly pagesMax?: number
}

/** How a pass ended. */
export interface PassEnd {
  readonly pass: Pass
  /** What ended it; null when it came to its end, its page cap, or was stopped. */
  readonly fault: Fault | null
  /** There is more to read at once: pages behind the cap. */
  readonly goesOn: boolean
  /** When the walk began that the pass went on with; once it is complete, the stream is, up to here. */
  readonly walkStartedAt: Instant
}

interface Tally {
  records: number
  changed: number
  badRows: number
}

export async function passOver(order: PassOrder): Promise<PassEnd> {
  const { store, connection, stream, clock } = order
  const startedAt = clock.now()
  const tally: Tally = { records: 0, changed: 0, badRows: 0 }
  const begun = walkFrom(placeUnderSettings(order), stream, startedAt, order.since)
  let walk = begun.walk
  let cursor = begun.cursor

  function note(tx: Tx, complete: boolean, because: Fault | null): Pass {
    const pass: Pass = {
      stream: stream.name,
      startedAt,
      endedAt: Math.max(startedAt, clock.now()),
      records: tally.records,
      changed: tally.changed,
      complete,
      faults: countFaults(tally.badRows, because),
      clockOffsetMs: order.api.clockOffsetMs(),
    }
    store.streams.notePass(tx, connection.id, pass)
    return pass
  }

  for (let pages = 0; pages < (order.pagesMax ?? pagesMax) && !order.signal.aborted; pages += 1) {
    // oxlint-disable-next-line no-await-in-loop -- a page says where the next one begins
    const read = await readPage(order, walk, cursor)
    if (read.end === 'stopped') break
    if (read.end === 'fault') {
      const pass = keepFault(order, read, walk, tally, note)
      return { pass, fault: read.fault, goesOn: false, walkStartedAt: walk.startedAt }
    }
    const { page, rows } = read
    const at = Math.max(clock.now(), walk.startedAt)
    walk = { ...walk, readAt: at, flawed: walk.flawed || rows.bad.length > 0, lateMs: lateIn(order, walk, rows) }
    cursor = page.next
    const complete = page.next === null
    const pass = store.transaction((tx) => {
      keepPage(order, tx, rows, tally, at)
      if (!complete) {
        savePlace(store, tx, connection.id, stream.name, { ...placeOf(order), cursor, walk })
        return null
      }
      completeWalk(order, tx, walk, page, at)
      return note(tx, true, null)
    })
    if (pass !== null) return { pass, fault: null, goesOn: false, walkStartedAt: walk.startedAt }
  }
  const pass = store.transaction((tx) => note(tx, false, null))
  return { pass, fault: null, goesOn: true, walkStartedAt: walk.startedAt }
}

/**
 * What was read under other settings (another server, another field for the number) says nothing about what there is
 * under these: reading begins anew, and until it is through the streams are not covered.
 */
function placeUnderSettings(order: PassOrder): Place {
  const { store, connection, stream, settings, clock } = order
  const place = placeOf(order)
  if (place.settings === markOf(settings)) return place
  const anew = beginning(settings)
  store.transaction((tx) => {
    for (const name of stream.emits) store.streams.uncover(tx, connection.id, name, clock.now())
    savePlace(store, tx, connection.id, stream.name, anew)
  })
  return anew
}

type ReadPage =
  | { readonly end: 'page'; readonly page: Page; readonly rows: ReadRows }
  /** `rows`: what was read before the fault; it is kept, and its cursor is not. */
  | { readonly end: 'fault'; readonly fault: Fault; readonly rows: ReadRows | null }
  | { readonly end: 'stopped' }

/** Reads a page and what it touched; nothing is kept yet. */
async function readPage(order: PassOrder, walk: Walk, cursor: unknown): Promise<ReadPage> {
  const { stream, settings, api } = order
  const page = await asked(api, () => stream.read(api, cursor, { settings, since: walk.since }))
  if (page === null) return { end: 'stopped' }
  if (!page.ok) return { end: 'fault', fault: page.fault, rows: null }
  const rows = readRows(stream, page.value.rows, settings)
  if (rows.bad.length >= badRowsMax && rows.good.length === 0) {
    return { end: 'fault', fault: unreadable(order, rows.bad[0]?.path ?? ''), rows: null }
  }
  if (page.value.next !== null && JSON.stringify(page.value.next) === JSON.stringify(cursor)) {
    return { end: 'fault', fault: standingStill(order), rows }
  }
  const touched = await asked(api, () => readTouched(order, page.value, rows))
  if (touched === null) return { end: 'stopped' }
  if (!touched.ok) return { end: 'fault', fault: touched.fault, rows }
  const { placed, bad, good } = rows
  return { end: 'page', page: page.value, rows: { placed: [...placed, ...touched.value], bad, good } }
}

/** Null when the Api was closed meanwhile: then the request was cut and says nothing about the platform. */
export async function asked<T>(api: Api, ask: () => Promise<Outcome<T>>): Promise<Outcome<T> | null> {
  try {
    return await ask()
  } catch (error) {
    if (api.signal.aborted) return null
    throw error
  }
}

function keepPage(order: PassOrder, tx: Tx, rows: ReadRows, tally: Tally, at: Instant): void {
  const { store, connection, stream } = order
  tally.changed += keepRows(store, tx, connection.id, rows.placed, at)
  tally.records += rows.placed.length
  tally.badRows += rows.bad.length
  keepQuarantine(store, tx, connection.id, stream.name, rows, at)
}

/** Before its rows are kept. */
function lateIn(order: PassOrder, walk: Walk, { placed }: ReadRows): Walk['lateMs'] {
  const late = walk.whole ? null : latenessIn(order, placed, placeOf(order).walked, order.api.clockOffsetMs())
  return late === null ? walk.lateMs : Math.max(walk.lateMs ?? 0, late)
}

/** The stream was read to its end: what it fills is complete up to the moment at which the walk began, less what lists show late. */
function completeWalk(order: PassOrder, tx: Tx, walk: Walk, page: Page, at: Instant): void {
  const { store, connection, stream } = order
  const place = placeOf(order)
  const lateMs = withLateness(place.lateMs, walk.lateMs)
  const whole = walk.whole || stream.snapshot
  const shownFrom = page.shownFrom ?? null
  savePlace(store, tx, connection.id, stream.name, {
    ...place,
    cursor: page.resumeAt ?? null,
    walk: null,
    sweptAt: whole ? walk.startedAt : place.sweptAt,
    shownFrom: whole ? shownFrom : place.shownFrom,
    walked: { startedAt: walk.startedAt, clockOffsetMs: order.api.clockOffsetMs() },
    lateMs,
  })
  for (const name of stream.emits) {
    const before = store.streams.coverage(connection.id, name)
    const from = whole ? Math.max(walk.since ?? 0, shownFrom ?? 0) : (before.from ?? walk.startedAt)
    // that lists are late is learnt late: what was said to be read is not taken back, and nothing beyond it is said
    const to = Math.min(walk.startedAt, Math.max(before.to ?? 0, shownTo(walk.startedAt, lateMs, stream)))
    const covered = { from, to, at }
    if (name === stream.name) store.streams.complete(tx, connection.id, name, covered)
    else store.streams.cover(tx, connection.id, name, covered)
  }
  if (!whole) return
  store.quarantine.dropBefore(tx, connection.id, stream.name, walk.startedAt)
  if (!walk.flawed) markGone(order, tx, { ...walk, shownFrom }, at)
}

/** The later of what was asked for and what the platform shows: only from there on must a reading have met all. */
export function shownSince(since: Instant | null, shownFrom: Instant | null): Instant | null {
  return shownFrom === null ? since : Math.max(since ?? 0, shownFrom)
}

/**
 * What a reading from the beginning did not meet is gone; with a `since`, only what it must have met. Where the platform
 * keeps older rows to itself, nothing is said of what only came along with them: a late refund is hidden with its order.
 */
export function markGone(
  order: Pick<PassOrder, 'store' | 'connection' | 'stream'>,
  tx: Tx,
  walk: { readonly startedAt: Instant; readonly since: Instant | null; readonly shownFrom: Instant | null },
  at: Instant,
): number {
  const { store, connection, stream } = order
  const { startedAt, shownFrom } = walk
  const since = shownSince(walk.since, shownFrom)
  const placedFrom = since === null || stream.snapshot ? null : since + sinceMargin
  let gone = 0
  for (const name of stream.emits) {
    if (shownFrom !== null && name !== stream.name) continue
    gone += store.snapshots.markGone(tx, connection.id, name, startedAt, at, placedFrom)
  }
  return gone
}

/** A fault ends the pass: coverage stays where it was, and so does what was read before it. */
function keepFault(
  order: PassOrder,
  ended: { readonly fault: Fault; readonly rows: ReadRows | null },
  walk: Walk,
  tally: Tally,
  note: (tx: Tx, complete: boolean, because: Fault) => Pass,
): Pass {
  const { store, stream, clock } = order
  return store.transaction((tx) => {
    if (ended.rows !== null) keepPage(order, tx, ended.rows, tally, Math.max(clock.now(), walk.startedAt))
    if (isCursorFault(ended.fault)) fallBack(order, tx)
    // the pages of a snapshot belong together: after a fault it is read again from its beginning
    else if (stream.snapshot) forgetWalk(order, tx)
    return note(tx, false, ended.fault)
  })
}

export function isCursorFault(because: Fault): boolean {
  return because.class === 'validation' && because.path === 'cursor'
}

/** To the last good cursor; where that is the very one that turned out wrong, to the beginning. */
function fallBack(order: PassOrder, tx: Tx): void {
  const { store, connection, stream } = order
  const wrong = placeOf(order)
  store.streams.fallBack(tx, connection.id, stream.name)
  const good = placeOf(order)
  if (JSON.stringify(good.cursor) !== JSON.stringify(wrong.cursor)) return
  savePlace(store, tx, connection.id, stream.name, beginning(order.settings))
}

function forgetWalk(order: PassOrder, tx: Tx): void {
  const { store, connection, stream } = order
  const place = placeOf(order)
  if (place.walk !== null) savePlace(store, tx, connection.id, stream.name, { ...place, cursor: null, walk: null })
}

function countFaults(badRows: number, because: Fault | null): Pass['faults'] {
  const counts: Partial<Record<FaultClass, number>> = badRows > 0 ? { 'unexpected-shape': badRows } : {}
  if (because !== null) counts[because.class] = (counts[because.class] ?? 0) + 1
  return counts
}

function unreadable({ connector, stream }: PassOrder, path: string): Fault {
  return fault(
    'unexpected-shape',
    `${connector.label} describes its ${stream.name} in a way that this version of Plumbline does not know, so none were kept. Update Plumbline, or tell support which version of ${connector.label} you run.`,
    { path, detail: `no row of a page of ${stream.name} could be read; the first failed at "${path}"` },
  )
}

function standingStill({ connector, stream }: PassOrder): Fault {
  return fault(
    'unexpected-shape',
    `${connector.label} answered the same page of its ${stream.name} twice. Reading is tried again by itself; if it stays so, tell support.`,
    { path: 'next', detail: `the next page of ${stream.name} begins where this one did` },
  )
}
