/** Reads Medusa's lists page by page without losing a row: only one sort key is allowed, and unknown filters are ignored. */
import { z } from 'zod'
import { clockOffsetMaxMs } from '../../../domain/connection.ts'
import { type Outcome, failed, fault, ok } from '../../../domain/fault.ts'
import { type Instant, type Span, iso } from '../../../domain/time.ts'
import type { Answer, Api } from '../definition.ts'
import { identifiedRow, listCount, stampedRow } from './wire.ts'

const timeoutMs = 60_000

/** A list of the admin API: `GET /admin/<path>` answers `{[key]: rows, count, offset, limit}`. */
export interface List {
  readonly path: string
  readonly key: string
  readonly fields: string
  /** Rows asked for at once in a pass; Medusa has no maximum of its own. */
  readonly pageRows: number
}

export interface Rows {
  readonly rows: readonly unknown[]
  /** Of all rows that the filter meets, as Medusa counts them. */
  readonly count: number
  readonly date: Instant | null
}

type Query = Readonly<Record<string, string | number | readonly string[] | undefined>>

export async function list(api: Api, from: List, query: Query): Promise<Outcome<Rows>> {
  const answer = await api.request({
    method: 'GET',
    path: from.path,
    query: { fields: from.fields, ...query },
    reads: true,
    timeoutMs,
  })
  return answer.ok ? rowsIn(answer.value, from) : answer
}

function rowsIn(answer: Answer, from: List): Outcome<Rows> {
  const outer = listCount.safeParse(answer.json)
  const rows = z.array(z.unknown()).safeParse(outer.data?.[from.key])
  if (!outer.success || !rows.success)
    return failed(shapeFault(from, outer.success ? from.key : 'count'))
  return ok({ rows: rows.data, count: outer.data.count, date: answer.date })
}

export function shapeFault(from: List, path: string): ReturnType<typeof fault> {
  return fault(
    'unexpected-shape',
    'Medusa answered something that this version of Plumbline does not understand. Check that the address is that of a Medusa 2 server.',
    { path, detail: `GET ${from.path}: unexpected shape at "${path}"` },
  )
}

/** Medusa answers the whole list where it does not know a filter: never take rows that were not asked for. */
export function ignoredFilterFault(from: List, filter: string): ReturnType<typeof fault> {
  return fault(
    'unexpected-shape',
    'Medusa ignored part of a question, so its answer was not used. Its version may differ from those we know; tell support.',
    { path: filter, detail: `GET ${from.path}: rows that ${filter} should have kept out` },
  )
}

/**
 * `resume` begins a pass: `at` is the highest stamp that the platform wrote. `page` is inside one: `seen` are the rows
 * already taken of the stamp `at`, and `until` the platform's time when the pass began.
 */
export const stampCursor = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('resume'), at: z.int() }),
  z.object({
    kind: z.literal('page'),
    at: z.int(),
    seen: z.array(z.string()).max(20_000),
    until: z.int().nullable(),
  }),
])
export type StampCursor = z.output<typeof stampCursor>

export interface StampedPage {
  readonly rows: readonly unknown[]
  readonly next: StampCursor | null
  readonly resumeAt: StampCursor | null
}

/**
 * One page of what changed, by rising `updated_at`. The next page begins at the last stamp again and leaves out the rows
 * it already has of it: so equal stamps lose nothing, and a row that moves meanwhile moves to the end, never over a gap.
 */
export async function readChanged(
  api: Api,
  from: List,
  cursor: StampCursor | null,
  since: Instant | null,
  overlapMs: Span,
): Promise<Outcome<StampedPage>> {
  const seen = cursor?.kind === 'page' ? cursor.seen : []
  const lower =
    cursor === null ? since : cursor.kind === 'resume' ? cursor.at - overlapMs : cursor.at
  const upper = cursor?.kind === 'page' ? cursor.until : null
  const answer = await list(api, from, {
    order: 'updated_at',
    limit: from.pageRows + seen.length,
    ...(lower === null ? {} : { 'updated_at[$gte]': iso(lower) }),
    ...(upper === null ? {} : { 'updated_at[$lte]': iso(upper) }),
  })
  if (!answer.ok) return answer
  const { count, date, rows } = answer.value
  if (cursor !== null && date !== null && cursor.at > date + clockOffsetMaxMs)
    return failed(futureFault(cursor.at, date))

  const stamped = z.array(stampedRow).safeParse(rows)
  if (!stamped.success)
    return failed(shapeFault(from, stamped.error.issues[0]?.path.join('.') ?? ''))
  const stamps = stamped.data.map((row) => row.updated_at)
  if (!rising(stamps)) return failed(ignoredFilterFault(from, 'order'))
  const [first, last] = [stamps.at(0), stamps.at(-1)]
  const below = lower !== null && first !== undefined && first < lower
  const above = upper !== null && last !== undefined && last > upper
  if (below || above) return failed(ignoredFilterFault(from, 'updated_at'))

  const known = new Set(seen)
  const fresh = rows.filter((_, index) => !known.has(stamped.data[index]?.id ?? ''))
  const end = Math.max(cursor?.at ?? last ?? 0, last ?? 0)
  const resumeAt: StampCursor | null =
    cursor === null && last === undefined ? null : { kind: 'resume', at: end }
  if (rows.length >= count) return ok({ rows: fresh, next: null, resumeAt })
  if (last === undefined || fresh.length === 0) return failed(shapeFault(from, 'count'))
  const seenNext = stamped.data.filter((row) => row.updated_at === last).map((row) => row.id)
  return ok({
    rows: fresh,
    next: { kind: 'page', at: last, seen: seenNext, until: upper ?? date },
    resumeAt,
  })
}

function rising(stamps: readonly Instant[]): boolean {
  return stamps.every((stamp, index) => index === 0 || stamp >= (stamps[index - 1] ?? stamp))
}

function futureFault(at: Instant, date: Instant): ReturnType<typeof fault> {
  return fault(
    'validation',
    'Medusa was read up to a moment that its own clock has not reached yet. Reading goes back to the last good place; check the clock of the shop server.',
    { path: 'cursor', detail: `cursor ${iso(at)}, platform ${iso(date)}` },
  )
}

/** Inside a pass over everything: how many rows are read, and the last of them, which must come first again. */
export const offsetCursor = z.object({ offset: z.int().min(1), last: z.string() })
export type OffsetCursor = z.output<typeof offsetCursor>

export interface WholePage {
  readonly rows: readonly unknown[]
  readonly next: OffsetCursor | null
}

/**
 * One page of everything, by id. Each page begins with the last row of the one before: where that row has moved, rows
 * were deleted meanwhile, and going on would call others gone that are not.
 */
export async function readWhole(
  api: Api,
  from: List,
  cursor: OffsetCursor | null,
): Promise<Outcome<WholePage>> {
  const offset = cursor === null ? 0 : cursor.offset - 1
  const answer = await list(api, from, { order: 'id', limit: from.pageRows + 1, offset })
  if (!answer.ok) return answer
  const ids = z.array(identifiedRow).safeParse(answer.value.rows)
  if (!ids.success) return failed(shapeFault(from, ids.error.issues[0]?.path.join('.') ?? ''))
  if (cursor !== null && ids.data[0]?.id !== cursor.last) {
    return failed(
      fault(
        'temporary',
        'The list changed while it was read. It is read again from its beginning by itself.',
        {
          detail: `GET ${from.path}: row ${cursor.offset} is no longer ${cursor.last}`,
        },
      ),
    )
  }
  const rows = cursor === null ? answer.value.rows : answer.value.rows.slice(1)
  const read = offset + answer.value.rows.length
  const last = ids.data.at(-1)?.id
  if (read >= answer.value.count || last === undefined) return ok({ rows, next: null })
  if (rows.length === 0) return failed(shapeFault(from, 'count'))
  return ok({ rows, next: { offset: read, last } })
}
