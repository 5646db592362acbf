/** The ERP has credited the customer, and the shop has given nothing back. */
import { z } from 'zod'
import { madeAt } from '../../../domain/billing.ts'
import { settlementOf, unreturned } from '../../../domain/settlement.ts'
import { iso } from '../../../domain/time.ts'
import { erpDocuments, tooEarlyFor } from '../lenses/chain.ts'
import { comparable, money } from '../lenses/order.ts'
import { defineRule, evidence, graceOf, notJudged, patience } from '../rule.ts'

export default defineRule({
  id: 'F07-refund-not-told',
  title: 'Credited in the ERP, not refunded in the shop',
  over: 'chain',
  severity: 'high',
  params: z.object({
    /** The payment provider takes a refund within a day of the credit note. */
    graceMinutes: graceOf(1440),
  }),
  repair: null,
  guide: [
    'Refund the credited amount in the shop, through the payment it came by.',
    'If it was paid back another way, by bank transfer or voucher, note it on the order in the shop.',
    'If the credit note was a mistake, cancel it or bill anew.',
  ],
  absentOn: null,
  silentOnAgreement: true,
  detect(seen, { params }) {
    if (!comparable(seen) || seen.shop.refunds.length > 0 || seen.creditNotes.length === 0) return null
    const { currency } = seen.shop
    const settled = settlementOf(seen.shop, erpDocuments(seen), seen.invoices, seen.creditNotes)
    if (settled === null) return notJudged('its invoices do not say what of them is this order’s', null)
    // who has paid nothing gets nothing back
    const minor = Math.min(unreturned(settled), settled.received)
    if (minor <= 0) return null
    const from = Math.max(...settled.credits.map(({ note }) => seen.erpAxis.ours(madeAt(note))))
    const early = tooEarlyFor(seen, 'creditNotes', from, patience(seen, params)) ?? tooEarlyFor(seen, 'invoices', from)
    if (early !== null) return early
    return {
      kind: 'speaks',
      amount: { minor, currency },
      dueAt: from,
      says: `${seen.erpLabel} has credited ${money(minor, currency)} of order ${seen.number}; ${seen.shopLabel} has given nothing back.`,
      evidence: [
        ...settled.credits.slice(0, 30).map(({ note, amount }) =>
          evidence('Credited', 'no refund', `${money(amount, currency)}, ${note.number ?? note.id}, ${iso(seen.erpAxis.ours(madeAt(note)))}`),
        ),
        evidence('Received', money(settled.received, currency), null, false),
        evidence('Invoiced less credited', null, money(settled.billed, currency), false),
      ],
    }
  },
})
