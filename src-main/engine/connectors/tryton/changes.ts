/**
 * Reads what changed since a stamp, page by page and without a gap: the one way in which all
 * streams but stock are read.
 */
import { z } from 'zod'
import { type Outcome, failed, fault, ok } from '../../../domain/fault.ts'
import type { Instant } from '../../../domain/time.ts'
import type { Api } from '../definition.ts'
import { type WalkCursor, changedFrom, walkCursor, walkOn, wireId } from '../walk.ts'
import { type Domain, search } from './calls.ts'
import { type Stamp, instantOf, stampFor, stampOf, stampSchema, wireStamp } from './classes.ts'
import { type Facts, learnFacts } from './facts.ts'
import type { TrytonSettings } from './settings.ts'

const stamping = { schema: stampSchema, instantOf, stampOf }

/** A cursor as it is saved: where reading goes on. */
export const changesCursor = walkCursor(stamping)
export type ChangesCursor = WalkCursor

export interface Changes {
  readonly model: string
  /** What belongs to the stream at all. */
  readonly domain: Domain
  readonly fields: readonly string[]
  /**
   * Paths to what a row consists of besides its own fields, such as `lines.`: a change there leaves
   * the row's own stamp as it was (measured: ERP.md §4.5), so their stamps are asked as well.
   */
  readonly parts: readonly string[]
  readonly pageSize: number
}

export interface ChangesPage {
  readonly rows: readonly unknown[]
  readonly next: ChangesCursor | null
  readonly resumeAt: ChangesCursor | null
  readonly facts: Facts
}

/** One page of the rows that changed, themselves or in their parts. */
export async function readChanges(
  api: Api,
  settings: TrytonSettings,
  changes: (facts: Facts) => Changes,
  cursor: ChangesCursor | null,
  since: Instant | null,
): Promise<Outcome<ChangesPage>> {
  const learned = await learnFacts(api, settings)
  if (!learned.ok) return learned
  const { model, domain, fields, parts, pageSize } = changes(learned.value)
  const from = changedFrom(stamping, cursor, since)
  const page = cursor?.page ?? null
  const told = await search(api, settings, {
    model,
    domain: [
      ...domain,
      ...(from === null ? [] : [changedSince(from, parts)]),
      ...(page === null ? [] : [['id', '>', Number(page.after)]]),
      ...(page === null || page.bound === null
        ? []
        : [['create_date', '<=', stampFor(page.bound)]]),
    ],
    limit: pageSize,
    order: [['id', 'ASC']],
    fields,
    context: { ...learned.value.context, active_test: false },
  })
  if (!told.ok) return told
  const { date, result } = told.value
  const ids = z.array(z.object({ id: wireId })).safeParse(result)
  if (!ids.success) return failed(nameless())
  const rows = ids.data.map(({ id }, index) => ({ id, stamps: stampsOf(result[index]) }))
  const more = rows.length >= pageSize
  const walked = walkOn(stamping, { platform: 'Tryton', cursor, since, rows, more, date })
  return walked.ok ? ok({ rows: result, ...walked.value, facts: learned.value }) : walked
}

/**
 * A row counts as changed by its own stamps or by those of its parts. Both stamps, as a write stamp
 * is null at first.
 */
function changedSince(stamp: Stamp, parts: readonly string[]): Domain {
  return [
    'OR',
    ...['', ...parts].flatMap((part) =>
      ['write_date', 'create_date'].map((name) => [`${part}${name}`, '>=', stampFor(stamp)]),
    ),
  ]
}

function nameless() {
  return fault(
    'unexpected-shape',
    'Tryton answered with a row that has no id. If it stays so, tell support.',
    { path: 'id' },
  )
}

const stamps = z.object({ create_date: wireStamp.nullish(), write_date: wireStamp.nullish() })

/** The stamps of a row and of what was asked with it under dotted names. */
function stampsOf(row: unknown): readonly Stamp[] {
  const nested =
    typeof row !== 'object' || row === null
      ? []
      : Object.entries(row).filter(([name]) => name.endsWith('.'))
  return [
    row,
    ...nested.flatMap(([, found]): unknown[] => (Array.isArray(found) ? found : [found])),
  ].flatMap((one) => {
    const parsed = stamps.safeParse(one)
    return parsed.success
      ? [parsed.data.create_date ?? [], parsed.data.write_date ?? []].flat()
      : []
  })
}
