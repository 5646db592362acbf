/** The ERP works on an order that the shop does not have. */
import { z } from 'zod'
import { iso } from '../../../domain/time.ts'
import { erpTotal, money, tooEarly } from '../lenses/order.ts'
import { defineRule, evidence, graceOf, patience } from '../rule.ts'

export default defineRule({
  id: 'F02-erp-order-without-shop-order',
  title: 'ERP order without a shop order',
  over: 'order',
  severity: 'high',
  params: z.object({ graceMinutes: graceOf(null) }),
  repair: null,
  guide: [
    'Hold the delivery: nobody has bought this, or it was bought elsewhere.',
    'If the cart was never paid, cancel the document in the ERP and stop the integration from sending carts.',
    'If it is another shop’s or an order by phone, correct its reference or the pair’s reference pattern.',
  ],
  absentOn: 'shop',
  silentOnAgreement: true,
  detect(seen, { params }) {
    const first = seen.live[0]
    if (seen.shop !== null || seen.shopCopies > 0 || first === undefined) return null
    const createdAt = Math.max(...seen.live.map((order) => seen.erpAxis.ours(order.createdAt)))
    const early = tooEarly(seen, createdAt, patience(seen, params))
    if (early !== null) return early
    const booked = erpTotal(seen.live, first.currency)
    return {
      kind: 'speaks',
      amount: booked === null ? null : { minor: -booked, currency: first.currency },
      dueAt: createdAt,
      says: `${seen.erpLabel} has order ${seen.number}${booked === null ? '' : ` (${money(booked, first.currency)})`}, which ${seen.shopLabel} does not know.`,
      evidence: [
        evidence('Order', 'no such number', seen.live.map((order) => order.number ?? order.id).join(', ')),
        evidence('State', null, seen.live.map((order) => order.platformState).join(', '), false),
        evidence('Total', null, booked === null ? 'several currencies' : money(booked, first.currency), true),
        evidence('Made', null, iso(createdAt), false),
      ],
    }
  },
})
