/** A customer has paid and the ERP has never heard of the order. */
import { z } from 'zod'
import { iso } from '../../../domain/time.ts'
import { money, netCaptured, tooEarly } from '../lenses/order.ts'
import { defineRule, evidence, graceOf, patience } from '../rule.ts'

export default defineRule({
  id: 'F02-paid-order-missing',
  title: 'Paid order never reached the ERP',
  over: 'order',
  severity: 'critical',
  params: z.object({ graceMinutes: graceOf(null) }),
  repair: 'order.create',
  guide: [
    'Check the payment in the shop: the money is with you, the goods are not on their way.',
    'Look for the order in the ERP under another number; if it is there, correct its reference.',
    'Otherwise create it: with the repair here, or by hand with the shop’s number as its reference.',
  ],
  absentOn: 'erp',
  silentOnAgreement: true,
  detect(seen, { params }) {
    const { shop, dueAt } = seen
    if (shop === null || shop.cancelledAt !== null || dueAt === null) return null
    // a document under its number is judged by the rules on cancelled and suspect ones: one cause, one incident
    if (seen.live.length + seen.cancelled.length + seen.suspect.length > 0 || seen.probable !== null) return null
    const owed = netCaptured(seen, shop)
    if (owed.minor <= 0) return null
    const early = tooEarly(seen, dueAt, patience(seen, params))
    if (early !== null) return early
    return {
      kind: 'speaks',
      amount: owed,
      dueAt,
      says: `Order ${seen.number} is paid in ${seen.shopLabel} (${money(owed.minor, owed.currency)}) and absent from ${seen.erpLabel}.`,
      evidence: [
        evidence('Order', seen.number, 'no document with this number'),
        evidence('Placed', iso(seen.shopAxis.ours(shop.placedAt)), null, false),
        evidence('Captured', money(seen.capturedMinor, shop.currency), 'nothing booked'),
        ...(seen.refundedMinor === 0 ? [] : [evidence('Refunded', money(seen.refundedMinor, shop.currency), null, false)]),
        evidence('Due in the ERP', iso(dueAt), 'not there'),
      ],
    }
  },
})
