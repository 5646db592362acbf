/** A connection: one account on one platform, its health, and up to where each of its streams is complete. */
import { z } from 'zod'
import { faultClasses } from './fault.ts'
import { streamNames } from './records.ts'

export const roles = ['shop', 'erp', 'payments', 'middleware', 'warehouse', 'pim', 'crm', 'tax', 'carrier'] as const
export type Role = (typeof roles)[number]

export const idSchema = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,63}$/i, 'letters, digits, - and _, at most 64')

/**
 * The first secret that is still wanted, by name; null when one of the sets is whole. Of several the set counts that
 * lacks least, so that who has begun with one is asked for its rest.
 */
export function missingSecret(
  sets: readonly (readonly string[])[],
  given: ReadonlySet<string>,
): string | null {
  const lacking = sets.map((names) => names.filter((name) => !given.has(name)))
  const begun = lacking.filter((names, index) => names.length < (sets[index]?.length ?? 0))
  const [nearest] = [...(begun.length > 0 ? begun : lacking)].sort((left, right) => left.length - right.length)
  return nearest?.[0] ?? null
}

export const connectionSchema = z
  .object({
    id: idSchema,
    platform: z.string().min(1),
    role: z.enum(roles),
    label: z.string().min(1).max(120),
    /** Parsed by the connector's own schema; holds no secret. */
    settings: z.record(z.string(), z.unknown()),
    /** Under which the secrets room keeps the passwords; null while there are none. */
    secretRef: z.string().nullable(),
    createdAt: z.int(),
  })
  .readonly()
export type Connection = z.infer<typeof connectionSchema>

/** ok: every stream read to its end; partial: some were; unreachable: no answer; refused: it answered no to our credentials or rights. */
export const connectionStates = ['ok', 'partial', 'unreachable', 'refused', 'new'] as const
export type ConnectionState = (typeof connectionStates)[number]

/** Where a stream is complete: [from, to] on our own clock's axis, null before the first complete pass. */
export const coverageSchema = z
  .object({ stream: z.enum(streamNames), from: z.int().nullable(), to: z.int().nullable() })
  .readonly()
export type Coverage = z.infer<typeof coverageSchema>

/** What one pass over a stream brought. */
export const passSchema = z
  .object({
    stream: z.enum(streamNames),
    startedAt: z.int(),
    endedAt: z.int(),
    /** Rows read in this pass, changed or not. */
    records: z.int().min(0),
    changed: z.int().min(0),
    complete: z.boolean(),
    faults: z.partialRecord(z.enum(faultClasses), z.int().min(1)),
    /** Our clock less the platform's, as measured; null where the platform states no time. */
    clockOffsetMs: z.int().nullable(),
  })
  .readonly()
export type Pass = z.infer<typeof passSchema>

/** An offset beyond this is an incident of the connection (DESIGN §3). */
export const clockOffsetMaxMs = 120_000
