/** What a person may decide about an incident, about one or about many at once. */
import { z } from 'zod'
import { type Finding, severities } from './incident.ts'

const reason = z.string().trim().min(1).max(500)

/**
 * What was done around the evidence, by hand. `entered`: written into a system by a person. `corrected`: a record was
 * changed there. `accepted`: the difference is right as it is; it is silent until the figures change. `severity`:
 * it weighs more or less than its rule says.
 */
export const overrideKinds = ['entered', 'corrected', 'accepted', 'severity'] as const
export type OverrideKind = (typeof overrideKinds)[number]

export const overrideSchema = z.object({
  kind: z.literal('override'),
  class: z.enum(overrideKinds),
  /** What changed, in words. */
  what: reason,
  why: reason,
  /** A person's id; null: whoever sits here. */
  by: z.string().max(100).nullable(),
  /** Only with the class `severity`. */
  severity: z.enum(severities).nullable(),
})

export const decisionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('acknowledge') }),
  z.object({ kind: z.literal('snooze'), until: z.int(), why: reason }),
  z.object({ kind: z.literal('ignore'), why: reason }),
  z.object({ kind: z.literal('reopen') }),
  /** To a person or a role; null: back to whom its rule names. */
  z.object({ kind: z.literal('assign'), owner: z.string().max(100).nullable(), why: z.string().trim().max(500) }),
  z.object({ kind: z.literal('comment'), says: z.string().trim().min(1).max(2000) }),
  overrideSchema,
])
export type Decision = z.infer<typeof decisionSchema>

/** What a person accepts when they accept a difference: other figures are another difference. */
export function figuresOf({ amount, cause, says }: Pick<Finding, 'amount' | 'cause' | 'says'>): string {
  return amount === null ? says : `${amount.minor} ${amount.currency} ${cause ?? ''}`
}
