/** Findings, incidents and what could not be judged (DESIGN §8): one row per (rule, subject), closed by evidence. */
import { z } from 'zod'
import { moneySchema } from './money.ts'

export const severities = ['critical', 'high', 'medium', 'low'] as const
export type Severity = (typeof severities)[number]

export const subjectKinds = ['order', 'sku', 'invoice', 'product', 'customer', 'stream', 'connection', 'incident', 'day'] as const

/** What a rule judges. `connection` is the shop's id for orders and SKUs; `key` is an order number, `SKU@location`, an ERP invoice's id, a SKU, what names a customer, a stream's or a connection's name, an incident's id, a business day. */
export const subjectSchema = z
  .object({ kind: z.enum(subjectKinds), connection: z.string(), key: z.string() })
  .readonly()
export type Subject = z.infer<typeof subjectSchema>

/** One line of what both sides say; drawn side by side. `at` dates what was seen. */
export const evidenceSchema = z
  .object({
    label: z.string().max(120),
    shop: z.string().max(500).nullable(),
    erp: z.string().max(500).nullable(),
    differs: z.boolean(),
  })
  .readonly()
export type Evidence = z.infer<typeof evidenceSchema>

/** Why a difference is there; a closed list, shared by all rules that explain money or stock. */
export const causes = [
  'wrong-rate',
  'rounding',
  'quantity-differs',
  'shipping-missing',
  'line-missing',
  'discount',
  'exempt',
  'reverse-charge',
  'marketplace-tax',
  'shipping-rate',
  'gross-as-net',
  'discount-after-tax',
  'bundle-split',
  'refund-recomputed',
  'several',
  'ambiguous',
  'unexplained',
  'tax',
  'quantity',
  'shipping',
  'lines',
  'price',
  'currency',
  'oversell',
  'undersell',
] as const
export type Cause = (typeof causes)[number]

export const findingSchema = z
  .object({
    rule: z.string(),
    severity: z.enum(severities),
    subject: subjectSchema,
    /** Shop less ERP, signed; net captured for a missing order; null where no money is in question. */
    amount: moneySchema.nullable(),
    cause: z.enum(causes).nullable(),
    /** The sentence that the user reads. */
    says: z.string().max(500),
    evidence: z.array(evidenceSchema).max(60),
  })
  .readonly()
export type Finding = z.infer<typeof findingSchema>

export const incidentStates = ['open', 'acknowledged', 'repairing', 'resolved', 'snoozed', 'ignored'] as const
export type IncidentState = (typeof incidentStates)[number]

/**
 * What closed an incident. `evidence`: both sides show that it is over. `rule-off`: its rule is switched off, and nobody
 * looks any more. `removed`: what it was about is not watched any more.
 */
export const closings = ['evidence', 'rule-off', 'removed'] as const
export type Closing = (typeof closings)[number]

export const incidentSchema = findingSchema.unwrap().extend({
  id: z.string(),
  pair: z.string().nullable(),
  state: z.enum(incidentStates),
  openedAt: z.int(),
  /** When a finding last spoke for it. */
  seenAt: z.int(),
  resolvedAt: z.int().nullable(),
  /** What closed it, in words. */
  resolvedBy: z.string().nullable(),
  /** Null while it is not resolved. */
  closedAs: z.enum(closings).nullable(),
  reopenedCount: z.int().min(0),
  /** The incident that explains this one: shown under it, with no notice of its own. */
  parent: z.string().nullable(),
})
export type Incident = z.infer<typeof incidentSchema>

/** A subject that a rule could not judge, and why: shown and counted, never an alarm and never "fine". */
export const notJudgedSchema = z
  .object({
    pair: z.string(),
    rule: z.string(),
    subject: subjectSchema,
    why: z.string().max(300),
    /** When both sides are covered up to here it is judged again; null: only when its records change. */
    until: z.int().nullable(),
  })
  .readonly()
export type NotJudged = z.infer<typeof notJudgedSchema>
