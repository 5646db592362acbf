/** Walks over a shop's orders, newest or by number, from wherever the last page ended, and tells what is said of each. */
import type { Database } from 'better-sqlite3'
import type { Subject } from '../../domain/incident.ts'
import type { DomainRecord, StreamName } from '../../domain/records.ts'
import type { Instant } from '../../domain/time.ts'
import type { BodyStore } from './bodies.ts'

/** Where a page ended: the last row of it, by what it is sorted by. */
export interface OrderPlace {
  readonly key: string | Instant
  readonly row: number
}

export interface OrderWalk {
  readonly pair: string
  readonly shop: string
  readonly sort: 'newest' | 'oldest' | 'number' | 'number-down'
  /** Placed in [from, to), on the shop's own clock. */
  readonly from: Instant
  readonly to: Instant
  /** Numbers that begin so; only in the order of numbers. */
  readonly prefix: string
  readonly after: OrderPlace | null
  readonly limit: number
}

/** An order met on the way. */
export interface OrderStep {
  readonly row: number
  readonly at: Instant
  /** The key that it is sorted by. */
  readonly key: string | Instant
}

/** What stands in the file about an order: enough to pass over those that nobody asked for. */
export interface OrderMarks {
  readonly isIncident: boolean
  readonly isNotJudged: boolean
  readonly isOut: boolean
  readonly isDirty: boolean
}

interface MarksRow {
  incident: number
  unjudged: number
  out: number
  dirty: number
}

/** The greatest code point: whatever begins with a prefix lies below it. */
const last = '\u{10FFFF}'

/** So many numbers at most are found from what is said of them, and not by walking. */
export const fewMax = 10_000

const subject = `pair = @pair AND subject_kind = 'order' AND subject_connection = @shop`

const columns = `snapshot.row, snapshot.happened_at AS at`
const placed = `snapshot.gone_at IS NULL AND snapshot.happened_at >= @from AND snapshot.happened_at < @to`

/** Along the index alone: no record is read on the way. */
function byMoment(way: 'DESC' | 'ASC'): string {
  const beyond = way === 'DESC' ? '<' : '>'
  return `
    SELECT ${columns}, snapshot.happened_at AS key FROM snapshot INDEXED BY snapshot_by_moment
    WHERE snapshot.stream = @stream AND ${placed} AND snapshot.happened_at ${beyond}= @key
      AND (snapshot.happened_at ${beyond} @key OR snapshot.row ${beyond} @row)
    ORDER BY snapshot.happened_at ${way}, snapshot.row ${way} LIMIT @limit`
}

function byNumber(way: 'DESC' | 'ASC'): string {
  const beyond = way === 'DESC' ? '<' : '>'
  return `
    SELECT ${columns}, snapshot_key.value AS key FROM snapshot_key CROSS JOIN snapshot ON snapshot.row = snapshot_key.snapshot
    WHERE snapshot_key.stream = @stream AND snapshot_key.name = 'number' AND snapshot_key.value >= @prefix AND snapshot_key.value < @prefixEnd
      AND snapshot_key.value ${beyond}= @key AND (snapshot_key.value ${beyond} @key OR snapshot_key.snapshot ${beyond} @row) AND ${placed}
    ORDER BY snapshot_key.value ${way}, snapshot_key.snapshot ${way} LIMIT @limit`
}

export function orderStore(db: Database, rowOf: (connection: string, stream: StreamName) => number, bodies: BodyStore) {
  const walks = {
    newest: db.prepare<[Record<string, unknown>], OrderStep>(byMoment('DESC')),
    oldest: db.prepare<[Record<string, unknown>], OrderStep>(byMoment('ASC')),
    number: db.prepare<[Record<string, unknown>], OrderStep>(byNumber('ASC')),
    'number-down': db.prepare<[Record<string, unknown>], OrderStep>(byNumber('DESC')),
  } as const
  const troubled = db.prepare<[Record<string, unknown>], { number: string }>(`
    SELECT subject_key AS number FROM incident INDEXED BY incident_live_subject WHERE ${subject} AND state != 'resolved'
    UNION SELECT subject_key FROM incident_part WHERE pair = @pair LIMIT ${fewMax + 1}`)
  const overdue = db.prepare<[Record<string, unknown>], { number: string }>(`
    SELECT subject_key AS number FROM not_judged INDEXED BY not_judged_until WHERE ${subject} AND until <= @dueBefore
    UNION SELECT subject_key FROM not_judged INDEXED BY not_judged_until WHERE ${subject} AND until IS NULL LIMIT ${fewMax + 1}`)
  const named = db.prepare<[Record<string, unknown>], OrderStep>(`
    SELECT ${columns}, iif(@byNumber, claim.number, snapshot.happened_at) AS key
    FROM json_each(@numbers) AS wanted CROSS JOIN claim ON claim.pair = @pair AND claim.number = wanted.value AND claim.side = 0
    CROSS JOIN snapshot ON snapshot.row = claim.snapshot
    WHERE ${placed} AND claim.number >= @prefix AND claim.number < @prefixEnd`)
  // a record not yet taken up claims nothing: it has no number here, and waits to be judged
  const marks = db.prepare<[Record<string, unknown>], MarksRow>(`
    WITH one AS (SELECT (SELECT number FROM claim INDEXED BY claim_of WHERE snapshot = @row AND pair = @pair AND side = 0 LIMIT 1) AS number)
    SELECT
      EXISTS (SELECT 1 FROM incident INDEXED BY incident_live_subject WHERE ${subject} AND subject_key = one.number AND state != 'resolved')
        OR EXISTS (SELECT 1 FROM incident_part WHERE pair = @pair AND subject_key = one.number) AS incident,
      EXISTS (SELECT 1 FROM not_judged WHERE ${subject} AND subject_key = one.number) AS unjudged,
      EXISTS (SELECT 1 FROM out_of_scope WHERE ${subject} AND subject_key = one.number) AS out,
      one.number IS NULL OR EXISTS (SELECT 1 FROM dirty WHERE pair = @pair AND snapshot = @row) AS dirty
    FROM one`)
  const bodyOf = db.prepare<[number], { body: Buffer }>(`SELECT body FROM snapshot WHERE row = ?`)
  const begins = db.prepare<[Record<string, unknown>], { found: number }>(`
    SELECT 1 AS found FROM snapshot_key WHERE stream = @stream AND name = 'number' AND value >= @prefix AND value < @prefixEnd LIMIT 1`)
  const scope = db.prepare<[Record<string, unknown>], { why: string }>(`
    SELECT why FROM out_of_scope WHERE pair = @pair AND subject_kind = @kind AND subject_connection = @connection AND subject_key = @key`)

  const asked = ({ prefix, after, sort, ...walk }: OrderWalk) => ({
    ...walk,
    stream: rowOf(walk.shop, 'orders'),
    prefix,
    prefixEnd: prefix + last,
    key: after?.key ?? beginningOf(sort, walk),
    row: after?.row ?? (isDown(sort) ? Number.MAX_SAFE_INTEGER : -1),
  })

  return {
    /** The next orders on the way, at most `limit`; whoever asks goes on from the last of them. */
    walk: (walk: OrderWalk): readonly OrderStep[] => walks[walk.sort].all(asked(walk)),
    /** Those of these numbers that lie on the way, all at once: for a few. */
    among(walk: OrderWalk, numbers: readonly string[]): readonly OrderStep[] {
      const byNumbers = walk.sort === 'number' || walk.sort === 'number-down'
      const rows = named.all({ ...asked(walk), byNumber: byNumbers ? 1 : 0, numbers: JSON.stringify(numbers) })
      const way = isDown(walk.sort) ? -1 : 1
      const order = (one: OrderPlace, other: OrderPlace): number =>
        one.key === other.key ? way * (one.row - other.row) : one.key < other.key ? -way : way
      const { after } = walk
      return rows.filter((row) => after === null || order(row, after) > 0).toSorted(order).slice(0, walk.limit)
    },
    /** Numbers of which an incident speaks; more than `fewMax` of them: too many for `among`. */
    troubled: (pair: string, shop: string): readonly string[] => troubled.all({ pair, shop }).map((row) => row.number),
    /** Numbers that should have been judged by then and were not. */
    overdue: (pair: string, shop: string, dueBefore: Instant): readonly string[] =>
      overdue.all({ pair, shop, dueBefore }).map((row) => row.number),
    /** Whether any number begins so. */
    begins: (shop: string, prefix: string): boolean =>
      begins.get({ stream: rowOf(shop, 'orders'), prefix, prefixEnd: prefix + last }) !== undefined,
    marksOf(pair: string, shop: string, { row }: OrderStep): OrderMarks {
      const found = marks.get({ pair, shop, row })
      return { isIncident: found?.incident === 1, isNotJudged: found?.unjudged === 1, isOut: found?.out === 1, isDirty: found?.dirty !== 0 }
    },
    recordOf({ row }: OrderStep): DomainRecord | null {
      const found = bodyOf.get(row)
      return found === undefined ? null : bodies.unpack(found.body)
    },
    /** Why a subject is not the pair's business; null when it is, as far as it was judged. */
    outOfScope: (pair: string, of: Subject): string | null => scope.get({ pair, ...of })?.why ?? null,
  }
}

function isDown(sort: OrderWalk['sort']): boolean {
  return sort === 'newest' || sort === 'number-down'
}

/** Before the first row of all. */
function beginningOf(sort: OrderWalk['sort'], { from, to }: Pick<OrderWalk, 'from' | 'to'>): string | Instant {
  switch (sort) {
    case 'newest':
      return to
    case 'oldest':
      return from
    case 'number':
      return ''
    case 'number-down':
      return last
    default:
      return sort satisfies never
  }
}
