/** An order is due in the ERP though nothing was captured, and the ERP has never heard of it. */
import { z } from 'zod'
import { iso } from '../../../domain/time.ts'
import { money, netCaptured, tooEarly, totalOf } from '../lenses/order.ts'
import { defineRule, evidence, graceOf, patience } from '../rule.ts'

export default defineRule({
  id: 'F02-order-missing',
  title: 'Due order never reached the ERP',
  over: 'order',
  severity: 'high',
  params: z.object({ graceMinutes: graceOf(null) }),
  repair: 'order.create',
  guide: [
    'The customer expects delivery; payment follows later (terms, cash on delivery, capture on shipment, or nothing to pay).',
    'Look for the order in the ERP under another number; if it is there, correct its reference.',
    'Otherwise create it: with the repair here, or by hand with the shop’s number as its reference.',
  ],
  absentOn: 'erp',
  silentOnAgreement: true,
  detect(seen, { params }) {
    const { shop, dueAt } = seen
    if (shop === null || shop.cancelledAt !== null || dueAt === null) return null
    if (seen.live.length + seen.cancelled.length + seen.suspect.length > 0 || seen.probable !== null) return null
    // what was paid is the paid rule's; what was paid and wholly given back before the ERP knew is due nothing
    if (seen.capturedMinor > 0 || netCaptured(seen, shop).minor !== 0) return null
    const early = tooEarly(seen, dueAt, patience(seen, params))
    if (early !== null) return early
    const total = { minor: totalOf(shop).low, currency: shop.currency }
    return {
      kind: 'speaks',
      amount: total,
      dueAt,
      says: `Order ${seen.number} (${money(total.minor, total.currency)}) is due and absent from ${seen.erpLabel}.`,
      evidence: [
        evidence('Order', seen.number, 'no document with this number'),
        evidence('Placed', iso(seen.shopAxis.ours(shop.placedAt)), null, false),
        evidence('Payment', `${shop.payment.state}${shop.payment.method === null ? '' : ` by ${shop.payment.method}`}`, null, false),
        evidence('Due in the ERP', iso(dueAt), 'not there'),
      ],
    }
  },
})
