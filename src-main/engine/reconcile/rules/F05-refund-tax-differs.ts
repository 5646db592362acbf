/** A refund and its credit note agree in their amount and not in their tax. */
import { z } from 'zod'
import { madeAt, ratesOf } from '../../../domain/billing.ts'
import { toMinor } from '../../../domain/money.ts'
import { refundTaxCause, refundTaxOf } from '../../../domain/refund-tax.ts'
import { settlementOf } from '../../../domain/settlement.ts'
import { roundingIn } from '../difference.ts'
import { erpDocuments, tooEarlyFor } from '../lenses/chain.ts'
import { comparable, money } from '../lenses/order.ts'
import { defineRule, evidence, graceOf, patience } from '../rule.ts'

export default defineRule({
  id: 'F05-refund-tax-differs',
  title: 'Tax differs between refund and credit note',
  over: 'chain',
  severity: 'high',
  params: z.object({ graceMinutes: graceOf(null) }),
  repair: null,
  guide: [
    'The refund takes the tax back as it was charged; correct the taxes of the credit note.',
    'A credit note without taxes is often one over an amount alone: make it from the invoice’s lines.',
    'If only the rounding of a part differs, decide which side computes refunds, and take its figure.',
  ],
  absentOn: null,
  silentOnAgreement: true,
  together: {
    severity: 'low',
    says: (count, whole) => `The refunds of ${count} ${count === 1 ? 'order differ' : 'orders differ'} from their credit notes by ${whole}: the two sides round a part differently.`,
  },
  detect(seen, { params }) {
    if (!comparable(seen) || seen.shop.refunds.length === 0 || seen.creditNotes.length === 0) return null
    const { shop } = seen
    const settled = settlementOf(shop, erpDocuments(seen), seen.invoices, seen.creditNotes)
    const differing = (settled?.pairs ?? []).flatMap(({ refund, credit: { note } }) => {
      const tax = note.orderIds.length > 1 ? null : refundTaxOf(shop, refund)
      const credited = -toMinor(note.totals.tax, note.currency)
      const honest = tax !== null && credited >= tax.honest.low && credited <= tax.honest.high
      return tax === null || credited === tax.stated ? [] : [{ refund, note, tax, credited, honest }]
    })
    // what is taxed otherwise hides no cents of another
    const beyond = differing.filter((one) => !one.honest)
    const wrong = beyond.length > 0 ? beyond : differing
    const [first] = wrong
    if (first === undefined) return null
    const from = Math.max(...wrong.flatMap(({ note, refund }) => [seen.erpAxis.ours(madeAt(note)), seen.shopAxis.ours(refund.at)]))
    const early = tooEarlyFor(seen, 'creditNotes', from, patience(seen, params))
    if (early !== null) return early
    const minor = wrong.reduce((sum, { tax, credited }) => sum + tax.stated - credited, 0)
    const percent = (rates: readonly string[]): string => (rates.length === 0 ? 'no tax' : `${rates.join(' + ')} %`)
    return {
      kind: 'speaks',
      amount: { minor, currency: shop.currency },
      ...(first.honest ? { cause: 'rounding', ...roundingIn([shop], shop.currency) } : { cause: refundTaxCause(first.tax, first.note, shop.customer.vatId !== null) }),
      dueAt: from,
      says: `The refund of order ${seen.number} gives back ${money(first.tax.stated, shop.currency)} tax in ${seen.shopLabel}, its credit note ${money(first.credited, shop.currency)} in ${seen.erpLabel}.`,
      evidence: wrong.slice(0, 10).flatMap(({ refund, note, tax, credited }) => [
        evidence('Given back', money(refund.amount, shop.currency), `${money(refund.amount, shop.currency)}, ${note.number ?? note.id}`, false),
        evidence('Tax', money(tax.stated, shop.currency), money(credited, shop.currency)),
        evidence('Rates', percent(tax.rates), percent(ratesOf(note.lines))),
      ]),
    }
  },
})
