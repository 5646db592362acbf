/** The ERP has one shop order several times: it will be shipped and billed more than once. */
import { z } from 'zod'
import { iso } from '../../../domain/time.ts'
import { duplicated, erpTotal, money, tooEarly, totalOf } from '../lenses/order.ts'
import { defineRule, evidence, graceOf, patience } from '../rule.ts'

export default defineRule({
  id: 'F02-duplicate-erp-order',
  title: 'Order stands more than once in the ERP',
  over: 'order',
  severity: 'critical',
  params: z.object({ graceMinutes: graceOf(null) }),
  repair: null,
  guide: [
    'Stop the delivery of all but one of the documents.',
    'Keep the one that is furthest on its way; cancel the others in the ERP, with a credit note where one was billed.',
    'Find out why it was sent twice: a retry without a key is the usual reason.',
  ],
  absentOn: null,
  rereads: 'drafts',
  silentOnAgreement: true,
  detect(seen, { params }) {
    const { shop } = seen
    if (shop === null || shop.cancelledAt !== null || !duplicated(seen)) return null
    const newest = Math.max(...seen.live.map((order) => seen.erpAxis.ours(order.createdAt)))
    const early = tooEarly(seen, newest, patience(seen, params))
    if (early !== null) return early
    const booked = erpTotal(seen.live, shop.currency)
    const stated = totalOf(shop).low
    return {
      kind: 'speaks',
      amount: booked === null ? null : { minor: stated - booked, currency: shop.currency },
      dueAt: newest,
      says: `Order ${seen.number} stands ${seen.live.length} times in ${seen.erpLabel}.`,
      evidence: [
        evidence('Total', money(stated, shop.currency), booked === null ? 'several currencies' : money(booked, shop.currency)),
        ...seen.live.slice(0, 40).map((order, index) =>
          evidence(
            `Document ${index + 1}`,
            null,
            `${order.number ?? order.id}: ${order.platformState}, ${order.totals.total} ${order.currency}, ${iso(seen.erpAxis.ours(order.createdAt))}`,
            true,
          ),
        ),
      ],
    }
  },
})
