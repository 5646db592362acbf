/** What the audit page is told: each point with the answer that counts, where it comes from, and the way to its evidence. */
import { z } from 'zod'
import { auditAnswers, auditParts, auditPointSchema, declarationSchema } from '../domain/audit-points.ts'

export const auditPointView = z
  .object({
    id: auditPointSchema,
    part: z.enum(auditParts),
    group: z.string(),
    asks: z.string(),
    /** Data's word where they have one, else a person's; null while neither has. */
    answer: z.enum(auditAnswers).nullable(),
    by: z.enum(['data', 'person']).nullable(),
    /** What data say, also where they cannot settle it; null where they say nothing. */
    evidence: z.object({ says: z.string(), link: z.object({ screen: z.string(), rule: z.string().nullable() }).nullable() }).nullable(),
    /** The latest of them; null while nobody declared anything. */
    declared: declarationSchema.unwrap().omit({ point: true }).nullable(),
    /** How often somebody declared it. */
    declarations: z.int(),
  })
  .readonly()
export type AuditPointView = z.infer<typeof auditPointView>

export const auditPageView = z.object({ at: z.int(), points: z.array(auditPointView) }).readonly()
export type AuditPageView = z.infer<typeof auditPageView>

export const declarationView = declarationSchema.unwrap().omit({ point: true })

export const auditRow = z
  .object({
    seq: z.int(),
    at: z.int(),
    who: z.string(),
    what: z.string(),
    subject: z.string(),
    why: z.string().nullable(),
    hash: z.string(),
  })
  .readonly()
export type AuditRow = z.infer<typeof auditRow>
