/** The ERP has cancelled an order that the shop still owes to its customer. */
import { z } from 'zod'
import { iso } from '../../../domain/time.ts'
import { money, netCaptured, tooEarly } from '../lenses/order.ts'
import { defineRule, evidence, graceOf, patience } from '../rule.ts'

export default defineRule({
  id: 'F02-cancelled-in-erp',
  title: 'Cancelled in the ERP, alive in the shop',
  over: 'order',
  severity: 'critical',
  params: z.object({ graceMinutes: graceOf(null) }),
  repair: null,
  guide: [
    'Ask who cancelled it in the ERP and why: out of stock, blocked customer, a mistake.',
    'If it should be delivered, make the order anew in the ERP with the same reference.',
    'If not, cancel and refund it in the shop, so that the customer knows.',
  ],
  absentOn: 'erp',
  silentOnAgreement: true,
  detect(seen, { params }) {
    const { shop, dueAt } = seen
    if (shop === null || shop.cancelledAt !== null || dueAt === null) return null
    if (seen.live.length > 0 || seen.cancelled.length === 0) return null
    const owed = netCaptured(seen, shop)
    if (seen.capturedMinor > 0 && owed.minor <= 0) return null
    const stamps = seen.cancelled.map((order) => seen.erpAxis.ours(order.changedAt ?? order.createdAt))
    // made anew within the grace is the ordinary way to correct one
    const early = tooEarly(seen, Math.max(dueAt, ...stamps), patience(seen, params))
    if (early !== null) return early
    return {
      kind: 'speaks',
      severity: owed.minor > 0 ? 'critical' : 'high',
      amount: owed,
      dueAt,
      says: `Order ${seen.number} is cancelled in ${seen.erpLabel} and alive in ${seen.shopLabel}, with ${money(owed.minor, owed.currency)} captured.`,
      evidence: [
        evidence('State', shop.payment.state, seen.cancelled.map((order) => order.platformState).join(', '), true),
        evidence('Captured less refunded', money(owed.minor, owed.currency), 'nothing booked'),
        ...seen.cancelled.slice(0, 20).map((order) =>
          evidence('Cancelled document', null, `${order.number ?? order.id}, last changed ${iso(seen.erpAxis.ours(order.changedAt ?? order.createdAt))}`, true),
        ),
      ],
    }
  },
})
