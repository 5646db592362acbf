/** When a customer's deliveries are billed: each with its parcel, or many at once at the end of a period. */
import { type Instant, days, hours } from './time.ts'

export const billingCycles = ['shipment', 'daily', 'weekly', 'monthly'] as const
export type BillingCycle = (typeof billingCycles)[number]

/**
 * The cycle that a customer's invoices over several orders show, by their days. One alone says only that it is not per
 * parcel: then the longest is assumed, so that nobody is told too early. Null without any.
 */
export function cycleShown(issuedOn: readonly string[]): BillingCycle | null {
  const at = [...new Set(issuedOn)].map((day) => Date.parse(day)).toSorted((a, b) => a - b)
  if (at.length === 0) return null
  const gaps = at.slice(1).map((day, nth) => day - (at[nth] ?? day)).toSorted((a, b) => a - b)
  const usual = gaps[Math.floor(gaps.length / 2)]
  if (usual === undefined || usual > days(10)) return 'monthly'
  return usual > days(3) ? 'weekly' : 'daily'
}

/** The end of the period in which what was sent is billed, in UTC. What leaves shortly before an end may fall into the next. */
export function billedBy(cycle: BillingCycle, sentAt: Instant): Instant {
  switch (cycle) {
    case 'shipment':
      return sentAt
    case 'daily':
      return midnightAfter(sentAt + hours(12))
    case 'weekly': {
      const end = midnightAfter(sentAt + days(1))
      // ISO weeks end on Sunday
      return end + days((8 - new Date(end).getUTCDay()) % 7)
    }
    case 'monthly': {
      const late = new Date(sentAt + days(2))
      return Date.UTC(late.getUTCFullYear(), late.getUTCMonth() + 1, 1)
    }
    default:
      return cycle satisfies never
  }
}

function midnightAfter(at: Instant): Instant {
  return Math.floor(at / days(1)) * days(1) + days(1)
}
