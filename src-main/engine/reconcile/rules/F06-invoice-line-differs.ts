/** An invoice bills otherwise than was ordered and delivered. */
import { z } from 'zod'
import { type Billing, around, madeAt, partsOf, stands, unitsBilled, withoutCredited } from '../../../domain/billing.ts'
import { type BillingDifference, billingDifferences } from '../../../domain/billing-differences.ts'
import { type Decimal, add } from '../../../domain/decimal.ts'
import { toMinor } from '../../../domain/money.ts'
import { type Progress, sentOf } from '../../../domain/progress.ts'
import type { Instant } from '../../../domain/time.ts'
import { asOrdered } from '../../../domain/unbilled.ts'
import { priceTolerance, short } from '../difference.ts'
import { type InvoiceSeen, tooEarlyToBill } from '../lenses/invoice.ts'
import { money } from '../lenses/order.ts'
import { defineRule, evidence, graceOf, notJudged, patience } from '../rule.ts'

const words: Readonly<Record<BillingDifference['kind'], string>> = {
  price: 'Price',
  discount: 'Discount',
  quantity: 'Quantity',
  lines: 'Line',
  shipping: 'Shipping not invoiced',
}

export default defineRule({
  id: 'F06-invoice-line-differs',
  title: 'Invoice and order differ',
  over: 'invoice',
  severity: 'high',
  params: z.object({ graceMinutes: graceOf(null) }),
  repair: null,
  guide: [
    'Compare the lines below: the invoice, beside what was ordered and sent.',
    'If the invoice was not sent yet, correct it; else credit it and bill again.',
    'If it happens to many of one kind (discounts, shipping, kits, gift cards), the mapping of that kind is wrong: correct it there.',
  ],
  absentOn: null,
  detect(seen, { params }) {
    const [invoice, ...more] = seen.copies.filter(stands)
    if (invoice === undefined || more.length > 0 || invoice.kind !== 'invoice') return null
    if (seen.shopOrders.length === 0 || seen.orders.length === 0) return null
    const standing = withoutCredited([invoice, ...seen.others])
    if (!standing.includes(invoice)) return null
    const { earlier, later } = around(invoice, standing)
    const compared = partsOf(invoice, seen.orders)
    const before = unitsBilled(earlier, seen.orders)
    if (compared === null || before === null) return notJudged('an invoice bills several orders and does not say what of each', null)
    const sent = sentOf(seen.orders, seen.deliveries)
    const found = billingDifferences(compared, {
      before,
      delivered: unitsBy(sent ?? [], null),
      due: sent === null || later.length > 0 || invoice.createdAt === null ? null : unitsBy(sent, invoice.createdAt),
      shopOrders: seen.shopOrders,
      tolerance: priceTolerance(invoice.currency),
    })
    const [first] = found
    if (first === undefined) return null
    const from = seen.erpAxis.ours(madeAt(invoice))
    const waits = patience(seen, params)
    const early = tooEarlyToBill(seen, 'invoices', from, waits) ?? tooEarlyToBill(seen, 'shipments', from, waits)
    if (early !== null) return early
    const minor = toMinor(add('0', ...found.map((one) => one.moved)), invoice.currency)
    return {
      kind: 'speaks',
      amount: { minor, currency: invoice.currency },
      cause: first.kind,
      dueAt: from,
      says: `Invoice ${seen.subject.key} of ${seen.erpLabel} bills ${money(Math.abs(minor), invoice.currency)} ${minor > 0 ? 'less' : 'more'} than was ordered and sent: ${words[first.kind].toLowerCase()}, ${first.title}.`,
      evidence: [
        ...found.slice(0, 40).map((one) => evidence(`${words[one.kind]}, ${one.title}`, short(one.ordered), short(one.billed), true)),
        evidence('Orders', seen.shopOrders.map((order) => order.number).slice(0, 20).join(', '), namesOf(seen), false),
        evidence('Invoice', null, totalWords(invoice), false),
      ],
    }
  },
})

/** Units as ordered that had left by a moment of the ERP's; null: by now. */
function unitsBy(sent: readonly Progress[], at: Instant | null): ReadonlyMap<string, Decimal> {
  return new Map(sent.map((one) => [one.sku, asOrdered(one, one.steps.findLast((step) => at === null || step.at <= at)?.done ?? '0')]))
}

function namesOf(seen: InvoiceSeen): string {
  return seen.orders.slice(0, 20).map((order) => order.number ?? order.id).join(', ')
}

function totalWords(invoice: Billing): string {
  return `${invoice.totals.total} ${invoice.currency}${invoice.issuedOn === null ? '' : `, ${invoice.issuedOn}`}`
}
