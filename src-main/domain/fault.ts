/** What went wrong with an API call, as data: the closed list of DESIGN §6 and who must act on each class. */
import { z } from 'zod'
import { type Severity, severities } from './incident.ts'

export const faultClasses = [
  'credentials',
  'permission',
  'unreachable',
  'temporary',
  'rate-limited',
  'validation',
  'not-found',
  'tax',
  'payment-mismatch',
  'erp-rejection',
  'unexpected-shape',
] as const

export type FaultClass = (typeof faultClasses)[number]

export const faultSchema = z
  .object({
    class: z.enum(faultClasses),
    /** A sentence for a shop owner: what happened and what to do. Never holds a secret or a customer's data. */
    says: z.string().max(500),
    /** What a developer needs: status, path, the platform's own words, redacted. */
    detail: z.string().max(2000),
    status: z.int().nullable(),
    /** How long the platform asked us to wait; only with `rate-limited` and `temporary`. */
    retryAfterMs: z.int().min(0).nullable(),
    /** Where in an answer the shape was off; only with `unexpected-shape`. */
    path: z.string().nullable(),
  })
  .readonly()

export type Fault = z.infer<typeof faultSchema>

/** What the poller does next: wait and read again by itself, or stop until a person has acted. */
export type Reaction = 'retry' | 'wait' | 'ask'

export const reactionTo: Readonly<Record<FaultClass, Reaction>> = {
  credentials: 'ask',
  permission: 'ask',
  unreachable: 'retry',
  temporary: 'retry',
  'rate-limited': 'wait',
  validation: 'ask',
  'not-found': 'ask',
  tax: 'ask',
  'payment-mismatch': 'ask',
  'erp-rejection': 'ask',
  'unexpected-shape': 'retry',
}

/** Who acts on a class of faults: a role, because a company may be one person or fifty. */
export type FaultOwner = 'whoever keeps the connections' | 'whoever runs the platform' | 'whoever runs the integration' | 'finance'

/** When faults of a class are an incident, how bad it is, and how long it may take. */
export interface FaultPolicy {
  readonly owner: FaultOwner
  /** So many in the window are an incident, where they are also this share of all calls, in percent. */
  readonly countMin: number
  readonly shareMin: number
  readonly windowMinutes: number
  readonly severity: Severity
  /** Within which it is to be put right, and after which without a reaction the next one is told. */
  readonly slaMinutes: number
  readonly escalateMinutes: number
}

/** How an installation wants a class: in place of all that it comes with. */
export const faultSettingSchema = z
  .strictObject({
    /** A person's or a role's id; null: whoever answers by default. */
    person: z.string().max(100).nullable(),
    countMin: z.int().min(1).max(10_000),
    shareMin: z.int().min(0).max(100),
    /** Calls are kept for two days. */
    windowMinutes: z.int().min(5).max(1440),
    severity: z.enum(severities),
    slaMinutes: z.int().min(1).max(525_600),
    escalateMinutes: z.int().min(1).max(525_600),
  })
  .readonly()
export type FaultSetting = z.infer<typeof faultSettingSchema>

/** A class as it holds here: by whom it is met, and the setting where there is one. */
export interface HeldPolicy extends FaultPolicy {
  readonly person: string | null
}

const hour = 60
const day = 24 * hour

/** What passes by itself is judged by its share of a quarter of an hour; a refusal stands until somebody acts, so few are enough. */
export const faultPolicies: Readonly<Record<FaultClass, FaultPolicy>> = {
  credentials: { owner: 'whoever keeps the connections', countMin: 5, shareMin: 0, windowMinutes: 15, severity: 'high', slaMinutes: 4 * hour, escalateMinutes: hour },
  permission: { owner: 'whoever keeps the connections', countMin: 10, shareMin: 0, windowMinutes: day, severity: 'medium', slaMinutes: day, escalateMinutes: 4 * hour },
  unreachable: { owner: 'whoever runs the platform', countMin: 5, shareMin: 15, windowMinutes: 15, severity: 'high', slaMinutes: 4 * hour, escalateMinutes: hour },
  temporary: { owner: 'whoever runs the platform', countMin: 5, shareMin: 15, windowMinutes: 15, severity: 'high', slaMinutes: 4 * hour, escalateMinutes: hour },
  'rate-limited': { owner: 'whoever runs the integration', countMin: 5, shareMin: 30, windowMinutes: 15, severity: 'medium', slaMinutes: day, escalateMinutes: 4 * hour },
  validation: { owner: 'whoever runs the integration', countMin: 5, shareMin: 0, windowMinutes: day, severity: 'medium', slaMinutes: day, escalateMinutes: 4 * hour },
  'not-found': { owner: 'whoever keeps the connections', countMin: 5, shareMin: 15, windowMinutes: 15, severity: 'medium', slaMinutes: day, escalateMinutes: 4 * hour },
  tax: { owner: 'finance', countMin: 1, shareMin: 0, windowMinutes: day, severity: 'high', slaMinutes: day, escalateMinutes: 4 * hour },
  'payment-mismatch': { owner: 'finance', countMin: 1, shareMin: 0, windowMinutes: day, severity: 'high', slaMinutes: day, escalateMinutes: 4 * hour },
  'erp-rejection': { owner: 'whoever runs the integration', countMin: 2, shareMin: 0, windowMinutes: day, severity: 'high', slaMinutes: day, escalateMinutes: 4 * hour },
  'unexpected-shape': { owner: 'whoever keeps the connections', countMin: 5, shareMin: 15, windowMinutes: 15, severity: 'medium', slaMinutes: 2 * day, escalateMinutes: day },
}

/** Words of tax and of payment in the languages that ERPs answer in; whole words only, so that "syntax" is neither. */
const ofTax = /(?<!\p{L})(?:tax(?:es|ed|ation)?|vat|gst|fiscal position|tva|taxe|iva|impuesto|imposta|steuer\p{L}*|mwst|ust|btw|moms)(?!\p{L})/iu
const ofPayment =
  /(?<!\p{L})(?:payments?|paid amount|amount paid|overpaid|refund(?:ed)? amount|reconcil\p{L}*|zahlung\p{L}*|paiements?|pagos?|pagament[io]|betaling\p{L}*)(?!\p{L})/iu

/** What an ERP's refusal by one of its own rules is about, from the platform's words. */
export function rejectionClass(words: string): FaultClass {
  if (ofTax.test(words)) return 'tax'
  return ofPayment.test(words) ? 'payment-mismatch' : 'erp-rejection'
}

export function fault(
  faultClass: FaultClass,
  says: string,
  more: { detail?: string; status?: number; retryAfterMs?: number; path?: string } = {},
): Fault {
  return {
    class: faultClass,
    says: says.slice(0, 500),
    detail: (more.detail ?? '').slice(0, 2000),
    status: more.status ?? null,
    retryAfterMs: more.retryAfterMs === undefined ? null : Math.max(0, Math.round(more.retryAfterMs)),
    path: more.path ?? null,
  }
}

/** The outcome of anything that the world can refuse. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: Fault }

export function ok<T>(value: T): Outcome<T> {
  return { ok: true, value }
}

export function failed(because: Fault): Outcome<never> {
  return { ok: false, fault: because }
}
