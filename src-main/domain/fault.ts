/** What went wrong with an API call, as data: the closed list of DESIGN §6 and who must act on each class. */
import { z } from 'zod'

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
