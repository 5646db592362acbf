/** Reads what changed since a stamp: the one way in which all streams of Odoo are read. */
import { z } from 'zod'
import { type Outcome, ok } from '../../../domain/fault.ts'
import type { Instant } from '../../../domain/time.ts'
import type { Api, StreamDefinition } from '../definition.ts'
import type { StreamName } from '../../../domain/records.ts'
import { type WalkCursor, changedFrom, overlapMs, walkCursor, walkOn } from '../walk.ts'
import { stamping, wireStamp } from './classes.ts'
import { type Desk, takeDesk } from './desk.ts'
import { type KeyFields, find } from './lookup.ts'
import { type Asked, type Domain, anyOf, idsOf, readable, search } from './rows.ts'
import type { OdooSettings } from './settings.ts'

export interface Changes {
  readonly asked: Asked
  /** What belongs to the stream at all. */
  domain(desk: Desk): Domain
  /**
   * Fields that link to what a row consists of besides its own, such as `order_line`: a change there leaves the row's
   * own stamp as it was, so their stamps are asked for as well. One that this version does not have is left out.
   */
  readonly parts: readonly string[]
  readonly pageSize: number
  readonly keys: KeyFields
}

/** Rows as they are handed on: with what belongs to them, and when any of it was written. */
export interface Completed {
  readonly rows: readonly unknown[]
  /** By the position of the row. */
  readonly stamps: readonly (readonly string[])[]
}

/**
 * Completes rows. `changedSince` is the stamp from which on the page asks for changes; null: all
 * there is.
 */
export type Complete = (
  desk: Desk,
  rows: readonly unknown[],
  changedSince: string | null,
) => Promise<Outcome<Completed>>

type ChangesStream<Raw> = StreamDefinition<OdooSettings, Raw, WalkCursor>

export function changesStream<Raw>(given: {
  readonly stream: Pick<ChangesStream<Raw>, 'name' | 'emits' | 'pace' | 'raw' | 'normalise'>
  readonly changes: Changes
  readonly complete: Complete
  /** The orders that a row tells of: they do not move with it, so they are looked up. */
  readonly ordersIn?: (raw: Raw) => readonly string[]
}): ChangesStream<Raw> {
  const { changes, complete, ordersIn, stream } = given
  return {
    ...stream,
    cursor: walkCursor(stamping),
    overlapMs,
    snapshot: false,
    async read(api, cursor, { settings, since }) {
      const desk = await takeDesk(api, settings)
      if (!desk.ok) return desk
      const page = await readPage(desk.value, given, cursor, since)
      if (!page.ok) return page
      const ids =
        ordersIn === undefined
          ? []
          : page.value.rows.flatMap((row) => stream.raw.safeParse(row).data ?? []).flatMap(ordersIn)
      const orders: StreamName = 'orders'
      return ok({
        ...page.value,
        touched: ids.length === 0 ? [] : [{ stream: orders, ids: [...new Set(ids)] }],
      })
    },
    async lookup(api: Api, keys, settings) {
      const desk = await takeDesk(api, settings)
      if (!desk.ok) return desk
      const found = await find(desk.value, changes, keys)
      if (!found.ok) return found
      const completed = await complete(desk.value, found.value.rows, null)
      return completed.ok
        ? ok({ rows: completed.value.rows, complete: found.value.complete })
        : completed
    },
  }
}

async function readPage(
  desk: Desk,
  { changes, complete }: { readonly changes: Changes; readonly complete: Complete },
  cursor: WalkCursor | null,
  since: Instant | null,
) {
  const { asked, pageSize } = changes
  const fields = await readable(desk, asked)
  if (!fields.ok) return fields
  const from = changedFrom(stamping, cursor, since)
  const page = cursor?.page ?? null
  const parts = from === null ? ok([]) : await shownParts(desk, changes)
  if (!parts.ok) return parts
  const told = await search(desk, {
    model: asked.model,
    domain: [
      ...changes.domain(desk),
      ...(from === null
        ? []
        : anyOf(['write_date', ...parts.value].map((path) => [path, '>=', from]))),
      ...(page === null ? [] : [['id', '>', Number(page.after)]]),
      ...(page === null || page.bound === null ? [] : [['create_date', '<=', page.bound]]),
    ],
    limit: pageSize,
    order: 'id asc',
    fields: fields.value,
  })
  if (!told.ok) return told
  const { date, result } = told.value
  const ids = idsOf(asked.model, result)
  if (!ids.ok) return ids
  const completed = await complete(desk, result, from)
  if (!completed.ok) return completed
  const rows = ids.value.map((id, index) => ({ id, stamps: completed.value.stamps[index] ?? [] }))
  const walked = walkOn(stamping, {
    platform: 'Odoo',
    cursor,
    since,
    rows,
    more: rows.length >= pageSize,
    date,
  })
  return walked.ok ? ok({ rows: completed.value.rows, ...walked.value }) : walked
}

/** The paths to the stamps of the parts that there are. */
async function shownParts(
  desk: Desk,
  { asked, parts }: Changes,
): Promise<Outcome<readonly string[]>> {
  const own = await readable(desk, { model: asked.model, required: [], optional: parts })
  if (!own.ok) return own
  return ok(own.value.map((field) => `${field}.write_date`))
}

const stamped = z.object({ write_date: wireStamp, create_date: wireStamp })

/** When a row, and what belongs to it, was written. */
export function stampsOf(...rows: readonly unknown[]): readonly string[] {
  return rows.flatMap((row) => {
    const { create_date = null, write_date = null } = stamped.safeParse(row).data ?? {}
    return [write_date ?? create_date ?? []].flat()
  })
}
