/**
 * A walk over what changed since a stamp, page by page and without a gap, for platforms that stamp each row and number
 * it: by ascending id over the frozen set of rows that match. Ids never move, so nothing is skipped: a row that is
 * changed while the pass runs still matches, because its stamp only grows, and is read again by the next pass. A walk
 * in the order of the stamps could do neither, as many rows share one.
 */
import { z } from 'zod'
import { clockOffsetMaxMs } from '../../domain/connection.ts'
import { type Fault, type Outcome, failed, fault, ok } from '../../domain/fault.ts'
import { type Instant, type Span, minutes } from '../../domain/time.ts'

/**
 * Where a row is stamped with the START of its transaction, it can appear behind a cursor that has passed it. No
 * transaction of a business lasts this long.
 */
export const overlapMs: Span = minutes(15)

/** An id as our records and requests carry it: digits. */
export const wireId = z.string().regex(/^\d{1,15}$/, 'not an id')

/** How a platform writes stamps: texts that sort, kept as they are, as a cursor that lost digits would stand still. */
export interface Stamping {
  readonly schema: z.ZodType<string>
  instantOf(stamp: string): Instant
  stampOf(at: Instant): string
}

/** A cursor as it is saved: where reading goes on. */
export interface WalkCursor {
  /** Everything stamped up to here was read by a complete pass; null: from the beginning. */
  readonly from: string | null
  /** Within a pass; null between two. */
  readonly page: {
    /** The last id of the page before. */
    readonly after: string
    /** The platform's time at the first page: rows made later belong to the next pass, so that every pass ends. */
    readonly bound: string | null
    /** The newest stamp that was read, not beyond the bound. */
    readonly newest: string | null
  } | null
}

export function walkCursor({ schema }: Stamping): z.ZodType<WalkCursor> {
  const page = z.object({ after: wireId, bound: schema.nullable(), newest: schema.nullable() })
  return z.object({ from: schema.nullable(), page: page.nullable() }).readonly()
}

/** From which stamp on a row counts as changed: the cursor's, or `since`, less the overlap. Null: every row. */
export function changedFrom(
  { instantOf, stampOf }: Stamping,
  cursor: WalkCursor | null,
  since: Instant | null,
): string | null {
  const from = fromOf({ stampOf }, cursor, since)
  return from === null ? null : stampOf(instantOf(from) - overlapMs)
}

function fromOf(
  { stampOf }: Pick<Stamping, 'stampOf'>,
  cursor: WalkCursor | null,
  since: Instant | null,
): string | null {
  return cursor?.from ?? (since === null ? null : stampOf(since))
}

interface WalkedRow {
  readonly id: string
  /** Its own, and those of its parts. */
  readonly stamps: readonly string[]
}

export interface Walked {
  readonly next: WalkCursor | null
  readonly resumeAt: WalkCursor | null
}

/** Where reading goes on behind a page; a fault where the cursor lies ahead of the platform. */
export function walkOn(
  stamping: Stamping,
  page: {
    readonly platform: string
    readonly cursor: WalkCursor | null
    readonly since: Instant | null
    readonly rows: readonly WalkedRow[]
    readonly more: boolean
    /** The platform's clock at the answer. */
    readonly date: Instant | null
  },
): Outcome<Walked> {
  const { cursor, date, more, rows, since } = page
  const from = fromOf(stamping, cursor, since)
  if (isAhead(stamping, from, date)) return failed(aheadFault(page.platform))
  const at = cursor?.page ?? null
  const bound = at?.bound ?? (date === null ? null : stamping.stampOf(date))
  let newest = at?.newest ?? null
  for (const stamp of rows.flatMap(({ stamps }) => stamps)) {
    if ((bound === null || stamp <= bound) && (newest === null || stamp > newest)) newest = stamp
  }
  if (more) {
    const next = { from, page: { after: rows.at(-1)?.id ?? at?.after ?? '0', bound, newest } }
    // Within a pass the stamps of later pages are unknown, so it resumes at this very page.
    return ok({ next, resumeAt: next })
  }
  // What the platform wrote, never a clock; and never back, as an overlap may hold nothing new.
  const reached = newest === null || (from !== null && from > newest) ? from : newest
  return ok({ next: null, resumeAt: reached === null ? null : { from: reached, page: null } })
}

/** A cursor that the platform's clock has not reached: it was set back, or the cursor is another database's. */
function isAhead({ instantOf }: Stamping, from: string | null, date: Instant | null): boolean {
  return from !== null && date !== null && instantOf(from) > date + clockOffsetMaxMs
}

function aheadFault(platform: string): Fault {
  return fault(
    'validation',
    `What was last read of ${platform} is dated after ${platform}'s own clock. Its clock was set back, or a backup was restored; reading starts again from the last good point.`,
    { path: 'cursor' },
  )
}
