/** When what was sent is to be billed: by the customer's earlier invoices, or by how they pay. */
import { type BillingCycle, billedBy, cycleShown } from '../../../domain/billing-cycle.ts'
import { madeAt } from '../../../domain/billing.ts'
import type { Instant } from '../../../domain/time.ts'
import type { ChainSeen } from './chain.ts'

/** Who has paid nothing yet is a customer on account: billed by the month, until their invoices show otherwise. */
export function billingDue(seen: ChainSeen, since: Instant, wanted: BillingCycle | 'inferred'): { readonly cycle: BillingCycle; readonly due: Instant } {
  const onAccount = seen.capturedMinor === 0 && (seen.shop?.payment.giftCardPaid ?? 0) === 0
  const shown = cycleShown(seen.together.flatMap((one) => one.issuedOn ?? []))
  const cycle = wanted === 'inferred' ? (shown ?? (onAccount ? 'monthly' : 'shipment')) : wanted
  const after = seen.together.map(madeAt).filter((at) => at > since)
  // a collective invoice that was made after it was sent has passed it over
  const passedOver = cycle === 'shipment' ? [] : after
  return { cycle, due: seen.erpAxis.ours(Math.min(billedBy(cycle, since), ...passedOver)) }
}
