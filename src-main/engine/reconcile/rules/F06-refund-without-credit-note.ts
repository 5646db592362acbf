/** The customer has the money back, and the ERP still counts it as sold. */
import { z } from 'zod'
import { madeAt, stands } from '../../../domain/billing.ts'
import { settlementOf, uncredited } from '../../../domain/settlement.ts'
import { iso } from '../../../domain/time.ts'
import { erpDocuments, tooEarlyFor } from '../lenses/chain.ts'
import { comparable, money } from '../lenses/order.ts'
import { defineRule, evidence, graceOf, notJudged, patience } from '../rule.ts'

export default defineRule({
  id: 'F06-refund-without-credit-note',
  title: 'Refund without a credit note',
  over: 'chain',
  severity: 'high',
  params: z.object({
    /** Credit notes that people make are made the next day. */
    graceMinutes: graceOf(1440),
  }),
  repair: null,
  guide: [
    'Make a credit note over the refunded amount, for the invoice below.',
    'If goods came back, take them in as well.',
    'If refunds of one kind never become credit notes (goodwill, shipping), map that kind in the integration.',
  ],
  absentOn: null,
  silentOnAgreement: true,
  detect(seen, { params }) {
    if (!comparable(seen) || seen.shop.refunds.length === 0) return null
    const { shop } = seen
    const settled = settlementOf(shop, erpDocuments(seen), seen.invoices, seen.creditNotes)
    if (settled === null) return notJudged('its invoices do not say what of them is this order’s', null)
    // with a credit note of another amount it is that note's error
    const minor = settled.credits.length > 0 ? 0 : uncredited(settled)
    if (minor <= 0) return null
    const refundedAt = Math.max(...settled.refunds.map((refund) => seen.shopAxis.ours(refund.at)))
    const invoices = seen.invoices.filter(stands)
    const from = Math.max(refundedAt, ...invoices.map((one) => seen.erpAxis.ours(madeAt(one))))
    const early = tooEarlyFor(seen, 'creditNotes', from, patience(seen, params)) ?? tooEarlyFor(seen, 'invoices', from)
    if (early !== null) return early
    return {
      kind: 'speaks',
      amount: { minor: -minor, currency: shop.currency },
      dueAt: from,
      says: `${money(minor, shop.currency)} of order ${seen.number} went back in ${seen.shopLabel}, without a credit note in ${seen.erpLabel}.`,
      evidence: [
        ...settled.refunds.slice(0, 30).map((refund) => evidence('Refunded', `${money(refund.amount, shop.currency)}, ${iso(seen.shopAxis.ours(refund.at))}`, 'no credit note')),
        evidence('Invoiced less credited', null, money(settled.billed, shop.currency), false),
        evidence('To be paid in the end', money(settled.agreed - settled.refunded, shop.currency), null, false),
        evidence('Invoices', null, invoices.map((one) => one.number ?? one.id).join(', '), false),
      ],
    }
  },
})
