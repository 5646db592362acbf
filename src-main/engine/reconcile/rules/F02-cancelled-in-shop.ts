/** The shop has cancelled the order and the ERP goes on with it. */
import { z } from 'zod'
import { iso } from '../../../domain/time.ts'
import { erpTotal, money, tooEarly } from '../lenses/order.ts'
import { defineRule, evidence, graceOf, patience } from '../rule.ts'

export default defineRule({
  id: 'F02-cancelled-in-shop',
  title: 'Cancelled in the shop, alive in the ERP',
  over: 'order',
  severity: 'high',
  params: z.object({ graceMinutes: graceOf(null) }),
  repair: null,
  guide: [
    'Stop the delivery in the ERP if it has not left yet.',
    'Cancel the ERP document; where it was billed, make a credit note.',
    'If it has been sent, agree with the customer on a return.',
  ],
  absentOn: null,
  rereads: 'both',
  silentOnAgreement: true,
  detect(seen, { params }) {
    const { shop } = seen
    if (shop === null || shop.cancelledAt === null || seen.live.length === 0) return null
    const cancelledAt = seen.shopAxis.ours(shop.cancelledAt)
    const early = tooEarly(seen, cancelledAt, patience(seen, params))
    if (early !== null) return early
    const booked = erpTotal(seen.live, shop.currency)
    const shipped = seen.live.some((order) => order.state === 'done')
    return {
      kind: 'speaks',
      amount: booked === null ? null : { minor: -booked, currency: shop.currency },
      dueAt: cancelledAt,
      says: `Order ${seen.number} is cancelled in ${seen.shopLabel} and alive in ${seen.erpLabel}.`,
      evidence: [
        evidence('State', `cancelled ${iso(cancelledAt)}`, seen.live.map((order) => order.platformState).join(', ')),
        evidence('Total', money(0, shop.currency), booked === null ? 'several currencies' : money(booked, shop.currency)),
        ...(shipped ? [evidence('Delivery', null, 'finished in the ERP', true)] : []),
      ],
    }
  },
})
