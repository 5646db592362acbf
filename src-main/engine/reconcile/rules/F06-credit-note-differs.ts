/** The ERP has credited another amount than the customer got back. */
import { z } from 'zod'
import { madeAt } from '../../../domain/billing.ts'
import { settlementOf, uncredited, unreturned } from '../../../domain/settlement.ts'
import { erpDocuments, tooEarlyFor } from '../lenses/chain.ts'
import { comparable, money } from '../lenses/order.ts'
import { defineRule, evidence, graceOf, notJudged, patience } from '../rule.ts'

export default defineRule({
  id: 'F06-credit-note-differs',
  title: 'Credit note and refund differ',
  over: 'chain',
  severity: 'medium',
  params: z.object({ graceMinutes: graceOf(null) }),
  repair: null,
  guide: [
    'Compare what came back with what was credited, line by line.',
    'Credited too much: bill the rest again. Credited too little: add a credit note over what is missing.',
    'If a refund was credited twice, look for a job that was run again without looking for its first result.',
  ],
  absentOn: null,
  silentOnAgreement: true,
  detect(seen, { params }) {
    if (!comparable(seen) || seen.shop.refunds.length === 0 || seen.creditNotes.length === 0) return null
    const { currency } = seen.shop
    const settled = settlementOf(seen.shop, erpDocuments(seen), seen.invoices, seen.creditNotes)
    if (settled === null) return notJudged('its invoices do not say what of them is this order’s', null)
    const minor = settled.credits.length === 0 ? 0 : unreturned(settled) - uncredited(settled)
    if (minor === 0) return null
    const credited = settled.credits.map(({ note }) => seen.erpAxis.ours(madeAt(note)))
    const from = Math.max(...credited, ...seen.shop.refunds.map((refund) => seen.shopAxis.ours(refund.at)))
    const early = tooEarlyFor(seen, 'creditNotes', from, patience(seen, params)) ?? tooEarlyFor(seen, 'invoices', from)
    if (early !== null) return early
    return {
      kind: 'speaks',
      amount: { minor, currency },
      dueAt: from,
      says: `${seen.erpLabel} has credited ${money(Math.abs(minor), currency)} ${minor > 0 ? 'more' : 'less'} than ${seen.shopLabel} gave back of order ${seen.number}.`,
      evidence: [
        ...settled.pairs.slice(0, 20).map(({ refund, credit }) => evidence('Refund and credit note', money(refund.amount, currency), `${money(credit.amount, currency)}, ${credit.note.number ?? credit.note.id}`, false)),
        ...settled.refunds.slice(0, 20).map((refund) => evidence('Refund alone', money(refund.amount, currency), null, true)),
        ...settled.credits.slice(0, 20).map(({ note, amount }) => evidence('Credit note alone', null, `${money(amount, currency)}, ${note.number ?? note.id}`, true)),
      ],
    }
  },
})
