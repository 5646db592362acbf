/** An invoice taxes otherwise than the order that it bills. */
import { z } from 'zod'
import { type BilledPart, type Billing, atBilled, grossOf, madeAt, partsOf, ratesOf, stands } from '../../../domain/billing.ts'
import { compare, subtract } from '../../../domain/decimal.ts'
import { type TaxFact, type TaxSide, explainTax, linesOf, roundingDiffers } from '../../../domain/explanation.ts'
import { toMinor } from '../../../domain/money.ts'
import { namedDifferences } from '../../../domain/named-differences.ts'
import { admissible, exactTax } from '../../../domain/tax.ts'
import { explainedCause, explanationEvidence, priceTolerance, roundingIn } from '../difference.ts'
import { type InvoiceSeen, tooEarlyToBill } from '../lenses/invoice.ts'
import { money } from '../lenses/order.ts'
import { defineRule, evidence, graceOf, patience } from '../rule.ts'

export default defineRule({
  id: 'F05-invoice-tax-differs',
  title: 'Tax differs between order and invoice',
  over: 'invoice',
  severity: 'high',
  params: z.object({ graceMinutes: graceOf(null) }),
  repair: null,
  guide: [
    'The cause below turns the order’s tax into the invoice’s; the order is as the customer agreed to it.',
    'If the invoice was not sent yet, correct its taxes; else credit it and bill again.',
    'A tax that changes between order and invoice comes from a rule of the ERP (fiscal position, product tax): correct it there.',
  ],
  absentOn: null,
  together: {
    severity: 'low',
    says: (count, whole) => `${count} ${count === 1 ? 'invoice differs from its order' : 'invoices differ from their orders'} by ${whole}: the ERP rounds order and invoice differently.`,
  },
  detect(seen, { params }) {
    const [invoice, ...more] = seen.copies.filter(stands)
    if (invoice === undefined || more.length > 0 || invoice.kind !== 'invoice') return null
    if (seen.shopOrders.length === 0 || seen.orders.length === 0) return null
    const compared = partsOf(invoice, seen.orders)
    if (compared === null || !isWhole(seen, invoice)) return null
    const { parts, extra } = compared
    const billed = parts.filter((part) => compare(part.billed, '0') !== 0)
    if (billed.length === 0) return null
    // lines over nothing ordered are the line rule's: they are taxed here as they are
    const besides = extra.map((line, nth) => factOf(`extra ${nth}`, line.title, line.quantity, line.net, line.taxes.map((tax) => tax.ratePercent)))
    const ordered = [...billed.map((part) => factOfPart(part, part.rates)), ...besides]
    const own = [...billed.map((part) => factOfPart(part, part.billedRates)), ...besides]
    const stated = toMinor(invoice.totals.tax, invoice.currency)
    const expected = orderTax(seen, parts, invoice)
    const isRounding = extra.length === 0 && expected !== stated && roundsOtherwise(seen, parts, invoice, [expected, stated])
    const asOrdered = sideOf(invoice, ordered, admissible(linesOf(ordered).map(exactTax), invoice.currency))
    const business = seen.shopOrders.some((order) => order.customer.vatId !== null)
    const explanation = explainTax(
      asOrdered,
      sideOf(invoice, own, { low: stated, high: stated }),
      namedDifferences({ shop: ordered, erp: own, collected: new Set(), business, tolerance: priceTolerance(invoice.currency) }),
    )
    // sums that do not hold though every line is taxed as ordered are the invoice's own
    const isTaxedOtherwise = explanation.kind !== 'equal' && billed.some((part) => part.rates.join() !== part.billedRates.join())
    if (!isTaxedOtherwise && !isRounding) return null
    const from = seen.erpAxis.ours(madeAt(invoice))
    const early = tooEarlyToBill(seen, 'invoices', from, patience(seen, params))
    if (early !== null) return early
    return {
      kind: 'speaks',
      amount: { minor: expected - stated, currency: invoice.currency },
      ...(isTaxedOtherwise ? { cause: explainedCause(explanation) } : { cause: 'rounding', ...roundingIn(seen.shopOrders, invoice.currency) }),
      dueAt: from,
      says: `Invoice ${seen.subject.key} of ${seen.erpLabel} has ${money(stated, invoice.currency)} tax; by its order it is ${money(expected, invoice.currency)}.`,
      evidence: [
        evidence('Tax', money(expected, invoice.currency), money(stated, invoice.currency)),
        ...(isTaxedOtherwise ? explanationEvidence(explanation, invoice.currency) : [evidence('Why', roundingDiffers.says, null, true)]),
        evidence('Orders', seen.shopOrders.map((order) => order.number).slice(0, 20).join(', '), null, false),
      ],
    }
  },
})

/** All is billed as it was ordered, and both figures are honest roundings of the same lines, with or without the tax in their prices. */
function roundsOtherwise(seen: InvoiceSeen, parts: readonly BilledPart[], invoice: Billing, figures: readonly number[]): boolean {
  const { currency } = invoice
  const whole = parts.every((part) => compare(part.billed, part.ordered) === 0 && part.rates.join() === part.billedRates.join())
  if (!whole || seen.orders.some((order) => order.currency !== currency)) return false
  // each line was rounded alone, also where several are of one thing
  const lines = seen.orders.flatMap((order) => order.lines)
  const net = lines.map((line) => factOf(line.id, line.title, line.quantity, line.net, ratesOf([line])))
  const gross = lines.map((line) => ({ ...factOf(line.id, line.title, line.quantity, grossOf(line), ratesOf([line])), included: true }))
  const ways = [net, gross].map((facts) => admissible(linesOf(facts).map(exactTax), currency))
  const low = Math.min(...ways.map((way) => way.low))
  const high = Math.max(...ways.map((way) => way.high))
  return figures.every((minor) => minor >= low && minor <= high)
}

function factOfPart(part: BilledPart, rates: readonly string[]): TaxFact {
  return factOf(part.key, part.title, part.billed, part.billedNet, rates)
}

function factOf(key: string, title: string, quantity: string, amount: string, rates: readonly string[]): TaxFact {
  return { key, title, quantity, amount, included: false, rates }
}

function sideOf(invoice: Billing, facts: readonly TaxFact[], tax: TaxSide['tax']): TaxSide {
  const net = toMinor(invoice.totals.net, invoice.currency)
  return { facts, tax, gross: { low: net + tax.low, high: net + tax.high }, currency: invoice.currency, follows: null }
}

/** Its tax is stated for all orders together: with one of them unseen nothing can be said of it. */
function isWhole(seen: InvoiceSeen, invoice: Billing): boolean {
  return invoice.orderIds.every((id) => seen.orders.some((order) => order.id === id))
}

/** The orders' own figure where all of them is billed; else their tax on what is. */
function orderTax(seen: InvoiceSeen, parts: readonly BilledPart[], invoice: Billing): number {
  if (parts.every((part) => compare(part.billed, part.ordered) === 0)) {
    return seen.orders.reduce((sum, order) => sum + toMinor(order.totals.tax, order.currency), 0)
  }
  return parts.reduce((sum, part) => sum + toMinor(atBilled(part, subtract(part.orderedGross, part.orderedNet)), invoice.currency), 0)
}
