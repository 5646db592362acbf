/** Money that a shop's own payments hand over to the merchant's bank: what is in it, and when the next one should come. */
import { z } from 'zod'
import { boundsOf, dayAfter, dayOf, type Day } from './business-day.ts'
import { currencySchema } from './money.ts'
import { instant, provenance, text } from './provenance.ts'
import type { Instant } from './time.ts'

export const payoutStates = ['scheduled', 'in-transit', 'paid', 'failed', 'cancelled', 'unknown'] as const
export type PayoutState = (typeof payoutStates)[number]

/** More in one payout is not read one by one: then only its sums are known. */
export const entriesMax = 5000

const entrySchema = z.object({
  /** Null for what is of no order, such as a correction. */
  orderId: text.nullable(),
  at: instant,
  /** Minor units before the fee; below nothing where money went back. */
  amount: z.int(),
  fee: z.int(),
})
export type PayoutEntry = z.infer<typeof entrySchema>

export const payoutSchema = z.object({
  kind: z.literal('payout'),
  ...provenance,
  number: text.nullable(),
  /** By which way the payments came that it hands over, as orders name it. */
  method: text.nullable(),
  state: z.enum(payoutStates),
  /** When it is sent to the bank; of one that is only scheduled, when it will be. */
  issuedAt: instant,
  currency: currencySchema,
  /** Minor units that reach the bank; below nothing where they are taken from there. */
  net: z.int(),
  /** Minor units, as the platform sums them: charges and refunds before fees, anything else, and all fees. */
  charges: z.int(),
  refunds: z.int(),
  other: z.int(),
  fees: z.int(),
  /** Null where they are too many to be read. */
  entries: z.array(entrySchema).max(entriesMax).nullable(),
})
export type Payout = z.infer<typeof payoutSchema>

/** The orders whose money is in it, each once. */
export function ordersIn({ entries }: Pick<Payout, 'entries'>): readonly string[] {
  return [...new Set((entries ?? []).flatMap((entry) => entry.orderId ?? []))]
}

/** Nobody waits longer for a payout than this, in business days: what looks so is another thing. */
const lagMax = 30

/** Until when a capture should be paid out, as the payouts before it were: after the longest that any of them took. */
export function expectedBy(capturedAt: Instant, before: readonly Pick<Payout, 'issuedAt' | 'entries'>[], zone: string): Instant | null {
  const lags = before.flatMap(({ issuedAt, entries }) => {
    const first = (entries ?? []).reduce<Instant | null>((least, { at, amount }) => (amount > 0 ? Math.min(least ?? at, at) : least), null)
    return first === null ? [] : [businessDaysBetween(dayOf(first, zone), dayOf(issuedAt, zone))]
  })
  const usual = lags.filter((lag) => lag <= lagMax)
  if (usual.length === 0) return null
  let day = businessDayFrom(dayOf(capturedAt, zone))
  for (let left = Math.max(...usual); left > 0; left -= 1) day = businessDayFrom(dayAfter(day))
  return boundsOf(day, zone).to - 1
}

/** What comes at a weekend counts as Monday's. */
function businessDaysBetween(from: Day, to: Day): number {
  let days = 0
  for (let day = businessDayFrom(from); day < to && days <= lagMax; day = businessDayFrom(dayAfter(day))) days += 1
  return days
}

function businessDayFrom(day: Day): Day {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return weekday === 0 || weekday === 6 ? businessDayFrom(dayAfter(day)) : day
}
