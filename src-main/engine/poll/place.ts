/** Where reading of one stream stands: the platform's cursor, the walk it belongs to, and the slow sweep beside it. */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { StreamName } from '../../domain/records.ts'
import { type Instant, minutes } from '../../domain/time.ts'
import type { StreamDefinition } from '../connectors/definition.ts'
import type { Tx } from '../store/database.ts'
import type { Store } from '../store/store.ts'

const cursor = z.unknown().transform((value): unknown => value ?? null)

/** A walk is one reading from a cursor to the end; it may take several passes and outlive the engine. */
const walkSchema = z.object({
  /** Our clock when it began: up to here the stream is complete once it ends. */
  startedAt: z.int(),
  /** When its last page was kept. */
  readAt: z.int(),
  /** True when it began at the beginning: then what it does not meet is gone. */
  whole: z.boolean(),
  since: z.int().nullable(),
  /** True when it met a row that could not be read: what it did not meet may be that row, so nothing is called gone. */
  flawed: z.boolean(),
  /** How late it met what had changed before the reading before it; null: nothing says so much. */
  lateMs: z.number().nullable().default(null),
})
export type Walk = z.infer<typeof walkSchema>

const sweepSchema = z.object({ cursor, startedAt: z.int(), since: z.int().nullable(), flawed: z.boolean() })
export type Sweep = z.infer<typeof sweepSchema>

const placeSchema = z.object({
  cursor,
  walk: walkSchema.nullable(),
  sweep: sweepSchema.nullable(),
  /** When everything was last read from the beginning to the end. */
  sweptAt: z.int().nullable(),
  /** From when on the platform showed its rows at that reading; null where it showed all. */
  shownFrom: z.int().nullable().default(null),
  /** The latest reading that came to its end, and how late the latest of them met what had changed (lateness.ts). */
  walked: z.object({ startedAt: z.int(), clockOffsetMs: z.number().nullable() }).nullable().default(null),
  lateMs: z.array(z.number()).readonly().default([]),
  /** Under which settings: other settings may mean other rows, other words or another server. */
  settings: z.string(),
})

/** What the store keeps as the stream's cursor. */
export type Place = z.infer<typeof placeSchema>

export function beginning(settings: unknown): Place {
  return { cursor: null, walk: null, sweep: null, sweptAt: null, shownFrom: null, walked: null, lateMs: [], settings: markOf(settings) }
}

/** Settings as parsed by the connector's schema have one order of names, so equal ones have equal text. */
export function markOf(settings: unknown): string {
  return createHash('sha256').update(JSON.stringify(settings) ?? '').digest('base64url').slice(0, 22)
}

// oxlint-disable-next-line typescript/no-explicit-any -- each stream has its own row and cursor types; they are parsed by the stream's own schemas
export type AnyStream = StreamDefinition<any, any, any>

/** The beginning before the first page, and for a cursor that this version of the connector cannot read any more. */
export function placeOf(reading: {
  readonly store: Store
  readonly connection: { readonly id: string }
  readonly stream: AnyStream
  readonly settings: unknown
}): Place {
  const { store, connection, stream, settings } = reading
  const stored = placeSchema.safeParse(store.streams.cursor(connection.id, stream.name))
  if (!stored.success || !readable(stream, stored.data.cursor)) return beginning(settings)
  const place = stored.data
  return place.sweep === null || readable(stream, place.sweep.cursor) ? place : { ...place, sweep: null }
}

export function savePlace(store: Store, tx: Tx, connection: string, stream: StreamName, place: Place): void {
  store.streams.saveCursor(tx, connection, stream, place)
}

/** The longest rest within which the pages of a snapshot still belong together. */
const restMax = minutes(15)

/** The walk to go on with, or a new one. A snapshot that rested too long begins anew: its pages would not fit. */
export function walkFrom(
  place: Place,
  stream: AnyStream,
  now: Instant,
  since: Instant | null,
): { readonly walk: Walk; readonly cursor: unknown } {
  const { walk } = place
  const rested = walk !== null && stream.snapshot && Math.abs(now - walk.readAt) > restMax
  if (walk !== null && !rested) return { walk, cursor: place.cursor }
  const from = stream.snapshot ? null : place.cursor
  return { walk: { startedAt: now, readAt: now, whole: from === null, since, flawed: false, lateMs: null }, cursor: from }
}

function readable(stream: AnyStream, value: unknown): boolean {
  return value === null || stream.cursor.safeParse(value).success
}
