/**
 * The values of Odoo's JSON, in both directions: `false` for what is empty, pairs for links, stamps
 * without a zone.
 */
import { z } from 'zod'
import { type Instant, iso } from '../../../domain/time.ts'
import { wireDecimal } from '../wire.ts'
import { wireId } from '../walk.ts'

/**
 * A timestamp of Odoo as text that sorts: `2026-11-23 03:55:03`, UTC. The database keeps microseconds and compares by
 * them, so the second is only ever asked for with `>=`.
 */
export type Stamp = string

export const stampSchema = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/, 'not a timestamp')

export function instantOf(stamp: Stamp): Instant {
  return Date.parse(`${stamp.replace(' ', 'T')}Z`)
}

/** The second in which the instant lies. */
export function stampOf(at: Instant): Stamp {
  return iso(at).slice(0, 19).replace('T', ' ')
}

export const stamping = { schema: stampSchema, instantOf, stampOf }

/**
 * For a field that may be empty, which Odoo writes as `false`, or not be there in this version or
 * for this user.
 */
export function orNone<T extends z.ZodType>(schema: T): z.ZodType<z.output<T> | null> {
  return z.union([
    z.literal(false).transform(() => null),
    schema.nullish().transform((value) => value ?? null),
  ])
}

export const wireText = orNone(z.string())
export const wireStamp = orNone(stampSchema)
export const wireDay = orNone(z.iso.date())
export const wireFlag = z
  .boolean()
  .nullish()
  .transform((value) => value === true)
export const wireFigure = orNone(wireDecimal)
/** Where a figure cannot be empty: Odoo's zero is 0. */
export const wireAmount = wireDecimal

/** A link to one record: `[7, "Large Desk"]`. */
export const wireLink = orNone(
  z.tuple([wireId, z.string()]).transform(([id, label]) => ({ id, label })),
)
/** Links to many: `[7, 8]`. */
export const wireIds = z
  .array(wireId)
  .nullish()
  .transform((value) => value ?? [])
