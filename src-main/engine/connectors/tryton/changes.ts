/**
 * Reads what changed since a stamp, page by page and without a gap: the one way in which all
 * streams but stock are read.
 */
import { z } from 'zod'
import { clockOffsetMaxMs } from '../../../domain/connection.ts'
import { type Outcome, failed, fault, ok } from '../../../domain/fault.ts'
import { type Instant, minutes } from '../../../domain/time.ts'
import type { Api } from '../definition.ts'
import { type Domain, type Told, search } from './calls.ts'
import { type Facts, learnFacts } from './facts.ts'
import type { TrytonSettings } from './settings.ts'
import {
  type Stamp,
  instantOf,
  stampFor,
  stampOf,
  stampSchema,
  wireId,
  wireStamp,
} from './classes.ts'

/**
 * Tryton stamps a row with the START of its transaction, so a row can appear behind a cursor that
 * has passed it (ERP.md §0.1, §4.5). No transaction of a business lasts this long.
 */
export const overlapMs = minutes(15)

/** A cursor as it is saved: where reading goes on. */
export const changesCursor = z
  .object({
    /** Everything stamped up to here was read by a complete pass; null: from the beginning. */
    from: stampSchema.nullable(),
    /** Within a pass; null between two. */
    page: z
      .object({
        /** The last id of the page before. */
        after: wireId,
        /**
         * The platform's time at the first page: rows made later belong to the next pass, so that
         * every pass ends.
         */
        bound: stampSchema.nullable(),
        /** The newest stamp that was read, not beyond the bound. */
        newest: stampSchema.nullable(),
      })
      .nullable(),
  })
  .readonly()
export type ChangesCursor = z.output<typeof changesCursor>

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

/**
 * One page, by ascending id over the frozen set of rows that match. Ids never move, so nothing is
 * skipped: a row that is changed while the pass runs still matches, because its stamp only grows,
 * and is read again by the next pass.
 */
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
  const from = cursor?.from ?? (since === null ? null : stampOf(since))
  const page = cursor?.page ?? null
  const told = await search(api, settings, {
    model,
    domain: [
      ...domain,
      ...(from === null ? [] : [changedSince(stampOf(instantOf(from) - overlapMs), parts)]),
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
  if (isAhead(from, told.value)) return failed(aheadFault())
  return pageOf(told.value, { from, page, pageSize, facts: learned.value })
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

/**
 * A cursor that the platform's clock has not reached: it was set back, or the cursor is another
 * database's.
 */
export function isAhead(from: Stamp | null, told: Pick<Told<unknown>, 'date'>): boolean {
  return from !== null && told.date !== null && instantOf(from) > told.date + clockOffsetMaxMs
}

export function aheadFault() {
  return fault(
    'validation',
    "What was last read of Tryton is dated after Tryton's own clock. Its clock was set back, or a backup was restored; reading starts again from the last good point.",
    { path: 'cursor' },
  )
}

const stamps = z.object({ create_date: wireStamp.nullish(), write_date: wireStamp.nullish() })
const identified = z.object({ id: wireId })

function pageOf(
  told: Told<readonly unknown[]>,
  given: Pick<Changes, 'pageSize'> &
    Pick<ChangesCursor, 'from' | 'page'> & { readonly facts: Facts },
): Outcome<ChangesPage> {
  const { from, page, pageSize, facts } = given
  const bound = page?.bound ?? (told.date === null ? null : stampOf(told.date))
  let newest = page?.newest ?? null
  let after = page?.after ?? '0'
  for (const row of told.result) {
    const parsed = identified.safeParse(row)
    if (!parsed.success) {
      return failed(
        fault(
          'unexpected-shape',
          'Tryton answered with a row that has no id. If it stays so, tell support.',
          { path: 'id' },
        ),
      )
    }
    after = parsed.data.id
    for (const stamp of stampsOf(row)) {
      if ((bound === null || stamp <= bound) && (newest === null || stamp > newest)) newest = stamp
    }
  }
  // What Tryton wrote, never a clock; and never back, as an overlap may hold nothing new.
  const reached = newest === null || (from !== null && from > newest) ? from : newest
  const more = told.result.length >= pageSize
  return ok({
    rows: told.result,
    next: more ? { from, page: { after, bound, newest } } : null,
    // Within a pass the stamps of later pages are unknown, so it resumes at this very page.
    resumeAt: more
      ? { from, page: { after, bound, newest } }
      : reached === null
        ? null
        : { from: reached, page: null },
    facts,
  })
}

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
