/** The shop has the money and the ERP still asks for it, or the other way round. */
import { z } from 'zod'
import { madeAt, openOf, stands } from '../../../domain/billing.ts'
import { toMinor } from '../../../domain/money.ts'
import { type ChainSeen, tooEarlyFor } from '../lenses/chain.ts'
import { comparable, money, totalOf } from '../lenses/order.ts'
import { defineRule, evidence, graceOf, patience } from '../rule.ts'

export default defineRule({
  id: 'F02-paid-state-differs',
  title: 'Paid on one side only',
  over: 'chain',
  severity: 'high',
  params: z.object({
    /** Payments are booked in the ERP once a day in most houses. */
    graceMinutes: graceOf(1440),
    exceptMethods: z.array(z.string().max(100)).max(100).default([]).meta({ title: 'Payment methods left out', description: 'Payment methods of the shop whose payments only one of the sides is told of.' }),
  }),
  repair: null,
  guide: [
    'Paid in the shop only: book the payment in the ERP before its customer is reminded of it.',
    'Paid in the ERP only: look at the bank statement; a payment may have been booked on the wrong invoice.',
    'If payments of this method are told to one side only, name the method in this rule’s settings.',
  ],
  absentOn: null,
  silentOnAgreement: true,
  detect(seen, { params }) {
    if (!comparable(seen)) return null
    const { shop } = seen
    if (params.exceptMethods.includes(shop.payment.method ?? '')) return null
    // of an invoice over several orders nobody can say which of them was paid
    const invoices = seen.invoices.filter((one) => stands(one) && one.orderIds.length <= 1 && one.currency === shop.currency)
    if (invoices.length === 0) return null
    const received = seen.capturedMinor + shop.payment.giftCardPaid
    const open = received >= totalOf(shop).low && received > 0 ? stillAsked(seen) : 0
    const booked = received === 0 ? bookedAlone(seen) : 0
    if (open <= 0 && booked <= 0) return null
    const paidAt = Math.max(0, ...shop.payment.captures.map((capture) => seen.shopAxis.ours(capture.at)))
    // a payment moves the invoice's own stamp
    const changed = open > 0 ? invoices.map(madeAt) : invoices.map((one) => one.changedAt ?? madeAt(one))
    const from = Math.max(paidAt, ...changed.map((at) => seen.erpAxis.ours(at)))
    const early = tooEarlyFor(seen, 'invoices', from, patience(seen, params))
    if (early !== null) return early
    const numbers = invoices.map((one) => one.number ?? one.id).join(', ')
    const minor = open > 0 ? open : -booked
    return {
      kind: 'speaks',
      amount: { minor, currency: shop.currency },
      dueAt: from,
      says:
        open > 0
          ? `Order ${seen.number} is paid in ${seen.shopLabel}, and ${seen.erpLabel} still asks ${money(open, shop.currency)} for it (${numbers}).`
          : `${seen.erpLabel} has booked ${money(booked, shop.currency)} for order ${seen.number} (${numbers}); ${seen.shopLabel} has no money of it.`,
      evidence: [
        evidence('Paid', money(received, shop.currency), invoices.map((one) => `${one.number ?? one.id}: ${one.state}, ${money(openOf(one), one.currency)} open`).join('; '), true),
        evidence('Refunded', money(seen.refundedMinor, shop.currency), null, false),
        evidence('Payment', shop.payment.method ?? shop.payment.state, null, false),
      ],
    }
  },
})

/** What the ERP asks for beyond what was given back in the shop, and is yet to be credited. */
function stillAsked(seen: ChainSeen): number {
  const standing = [...seen.invoices, ...seen.creditNotes].filter((one) => stands(one) && one.orderIds.length <= 1)
  const open = standing.reduce((sum, one) => sum + openOf(one), 0)
  const credited = seen.creditNotes.filter(stands).reduce((sum, one) => sum - toMinor(one.totals.total, one.currency), 0)
  return open - Math.max(0, seen.refundedMinor - credited)
}

/** Paid by money, and not by a credit note. */
function bookedAlone(seen: ChainSeen): number {
  if (seen.creditNotes.some(stands)) return 0
  const paid = seen.invoices.filter((one) => one.state === 'paid' && one.orderIds.length <= 1)
  return paid.reduce((sum, one) => sum + toMinor(one.totals.total, one.currency) - openOf(one), 0)
}
