/**
 * What of a Tryton decides how it is read: who we are there, which modules it has, how it rounds.
 */
import { z } from 'zod'
import { type Outcome, failed, fault, ok } from '../../../domain/fault.ts'
import { type Instant, minutes } from '../../../domain/time.ts'
import type { Api } from '../definition.ts'
import { wireId } from '../walk.ts'
import { type Context, type Desk, type Told, ask, askAt, searchAt } from './calls.ts'
import type { TrytonSettings } from './settings.ts'

export interface Facts {
  readonly context: Context
  /** Whether we may learn who wrote a record. */
  readonly readsUsers: boolean
  /** Whether sales carry a `web_id` (module web_shop), unique in the whole database. */
  readonly webId: boolean
  readonly taxRounding: 'line' | 'document' | null
}

/** Asked once, then kept for a while: an administrator may change any of it. */
const factsKept = minutes(10)
const factsOf = new WeakMap<Api, { readonly until: Instant; readonly facts: Facts }>()

export async function learnFacts(api: Api, settings: TrytonSettings): Promise<Outcome<Facts>> {
  const kept = factsOf.get(api)
  if (kept !== undefined && kept.until > api.now()) return ok(kept.facts)
  const preferences = z.object({ company: wireId.nullish() })
  const mine = await ask(api, settings, 'model.res.user.get_preferences', [true, {}], preferences)
  if (!mine.ok) return mine
  const company = mine.value.result.company ?? null
  if (company === null) {
    const says =
      'The Tryton user has no company, so it sees no sales. Give it one in its preferences.'
    return failed(fault('permission', says, { path: 'company' }))
  }
  const context: Context = { company: Number(company), language: 'en' }
  const facts = await askFacts({ api, settings, context })
  if (facts.ok) factsOf.set(api, { until: api.now() + factsKept, facts: facts.value })
  return facts
}

async function askFacts(desk: Desk): Promise<Outcome<Facts>> {
  const one = { model: 'res.user', domain: [], limit: 1, order: null, fields: ['login'] }
  const users = await optional(searchAt(desk, one))
  if (!users.ok) return users
  const known = z.record(z.string(), z.unknown())
  const fields = await askAt(desk, 'model.sale.sale.fields_get', [['web_id'], 0], known)
  if (!fields.ok) return fields
  const roundings = z.array(z.object({ tax_rounding: z.enum(['line', 'document']) }))
  const params = [[1], ['tax_rounding']]
  const rounding = await optional(
    askAt(desk, 'model.account.configuration.read', params, roundings),
  )
  if (!rounding.ok) return rounding
  return ok({
    context: desk.context,
    readsUsers: users.value !== null,
    webId: 'web_id' in fields.value.result,
    taxRounding: rounding.value?.[0]?.tax_rounding ?? null,
  })
}

/**
 * Null where this user may not know, or this Tryton has no such thing; any other fault stays one.
 */
async function optional<T>(asked: Promise<Outcome<Told<T>>>): Promise<Outcome<T | null>> {
  const outcome = await asked
  if (outcome.ok) return ok(outcome.value.result)
  const { class: faultClass, path, status } = outcome.fault
  // A 200 with a refusal, or with the name of what is unknown, is Tryton's own word; anything else
  // may pass.
  const unknown = faultClass === 'unexpected-shape' && path !== null && path !== ''
  return status === 200 && (faultClass === 'permission' || unknown) ? ok(null) : outcome
}
