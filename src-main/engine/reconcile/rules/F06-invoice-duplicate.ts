/** The same things are billed a second time, or one number is on two invoices. */
import { z } from 'zod'
import { type BilledPart, type Billing, around, byMaking, madeAt, partsOf, stands, unitsBilled, withoutCredited } from '../../../domain/billing.ts'
import { type Decimal, add, compare, divide, isZero, larger, multiply, subtract } from '../../../domain/decimal.ts'
import { toMinor } from '../../../domain/money.ts'
import { sentOf } from '../../../domain/progress.ts'
import { type InvoiceSeen, tooEarlyToBill } from '../lenses/invoice.ts'
import { money } from '../lenses/order.ts'
import { type Verdict, defineRule, evidence, graceOf, notJudged, patience } from '../rule.ts'

export default defineRule({
  id: 'F06-invoice-duplicate',
  title: 'Billed twice',
  over: 'invoice',
  severity: 'high',
  params: z.object({ graceMinutes: graceOf(null) }),
  repair: null,
  guide: [
    'Compare both invoices with what was ordered and sent.',
    'Credit the one that is too many, before it is sent to the customer if that is still possible.',
    'Find out why it was made: a billing run that was started twice is the usual reason.',
  ],
  absentOn: null,
  detect(seen, { params }) {
    if (seen.shopOrders.length === 0) return null
    const copies = seen.copies.filter((copy) => copy.kind === 'invoice' && stands(copy)).toSorted(byMaking)
    const [invoice, ...more] = copies
    if (invoice === undefined) return null
    if (more.length > 0) return numberTwice(seen, copies, patience(seen, params))
    const standing = withoutCredited([invoice, ...seen.others])
    const { earlier } = around(invoice, standing)
    if (!standing.includes(invoice) || earlier.length === 0) return null
    const before = unitsBilled(earlier, seen.orders)
    const compared = partsOf(invoice, seen.orders)
    const back = unitsBilled(standing.filter((one) => one.kind === 'credit-note'), seen.orders)
    if (compared === null || before === null || back === null) return notJudged('an invoice bills several orders and does not say what of each', null)
    const sent = new Map((sentOf(seen.orders, seen.deliveries) ?? []).map((one) => [one.sku, one.done]))
    const twice = compared.parts.flatMap((part) => {
      const known = before.get(part.key) ?? '0'
      const over = subtract(add(known, part.billed, back.get(part.key) ?? '0'), larger(part.ordered, sent.get(part.key) ?? '0'))
      return isZero(known) || isZero(part.billed) || compare(over, '0') <= 0 ? [] : [{ part, over: compare(over, part.billed) > 0 ? part.billed : over }]
    })
    if (twice.length === 0) return null
    const from = seen.erpAxis.ours(madeAt(invoice))
    const early = tooEarlyToBill(seen, 'invoices', from, patience(seen, params))
    if (early !== null) return early
    const minor = twiceMinor(invoice, twice)
    return {
      kind: 'speaks',
      amount: { minor: -minor, currency: invoice.currency },
      dueAt: from,
      says: `Invoice ${seen.subject.key} of ${seen.erpLabel} bills ${money(minor, invoice.currency)} a second time, after ${earlier.map((one) => one.number ?? one.id).join(', ')}.`,
      evidence: twice.slice(0, 40).map(({ part, over }) =>
        evidence(part.title, `${part.ordered} ordered`, `${add(before.get(part.key) ?? '0', part.billed)} billed, ${over} too many`, true),
      ),
    }
  },
})

function numberTwice(seen: InvoiceSeen, copies: readonly Billing[], waits: number): Verdict {
  const [first, ...more] = copies
  const from = Math.max(...copies.map((copy) => seen.erpAxis.ours(madeAt(copy))))
  const early = tooEarlyToBill(seen, 'invoices', from, waits)
  if (early !== null || first === undefined) return early
  const minor = more.reduce((sum, copy) => sum + toMinor(copy.totals.total, copy.currency), 0)
  return {
    kind: 'speaks',
    amount: more.every((copy) => copy.currency === first.currency) ? { minor: -minor, currency: first.currency } : null,
    dueAt: from,
    says: `${copies.length} invoices of ${seen.erpLabel} bear the number ${seen.subject.key}.`,
    evidence: copies.slice(0, 40).map((copy) => evidence('Invoice', null, `${copy.id}: ${copy.issuedOn ?? 'no date'}, ${copy.totals.total} ${copy.currency}`, true)),
  }
}

/** The whole invoice where all of it repeats. */
function twiceMinor(invoice: Billing, twice: readonly { readonly part: BilledPart; readonly over: Decimal }[]): number {
  const lines = invoice.lines.filter((line) => !isZero(line.net)).length
  if (twice.length === lines && twice.every(({ part, over }) => compare(over, part.billed) === 0)) return toMinor(invoice.totals.total, invoice.currency)
  return twice.reduce((sum, { part, over }) => sum + toMinor(divide(multiply(part.billedGross, over), part.billed), invoice.currency), 0)
}
