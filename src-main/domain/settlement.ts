/** What became of an order's money on both sides: billed, credited, given back, and what of it meets nothing on the other side. */
import { type Billing, shareOver, stands, withoutCorrections } from './billing.ts'
import { toMinor } from './money.ts'
import type { CreditNote, ErpOrder, Invoice, Order } from './records.ts'

export interface Credit {
  readonly note: CreditNote
  /** Minor units that it gives back of this order. */
  readonly amount: number
}

type Refund = Order['refunds'][number]

/** Minor units of the order's currency. */
export interface Settlement {
  readonly agreed: number
  readonly received: number
  /** Given back of what was agreed: what was paid too much and went back is no part of it. */
  readonly refunded: number
  /** Invoices less credit notes. */
  readonly billed: number
  readonly pairs: readonly { readonly refund: Refund; readonly credit: Credit }[]
  /** Without a counterpart of the same amount. */
  readonly refunds: readonly Refund[]
  readonly credits: readonly Credit[]
}

/** Null where an invoice over several orders does not say what of each, or is in another currency. */
export function settlementOf(
  order: Order,
  documents: readonly ErpOrder[],
  invoices: readonly Invoice[],
  creditNotes: readonly CreditNote[],
): Settlement | null {
  const standing = [...invoices, ...creditNotes].filter(stands)
  if (standing.some((one) => one.currency !== order.currency)) return null
  const shares = standing.map((one) => shareOver(one, documents))
  const billed = shares.reduce<number | null>((sum, one) => (sum === null || one === null ? null : sum + one), 0)
  if (billed === null) return null
  const agreed = toMinor(order.totals.total, order.currency)
  const captured = order.payment.captures.reduce((sum, one) => sum + one.amount, 0)
  const received = captured + order.payment.giftCardPaid
  const refunds = beyondOverpaid(order.refunds, Math.max(0, received - agreed))
  const credits = withoutCorrections(standing).flatMap((one) => creditOf(one, documents))
  return {
    agreed,
    received,
    refunded: refunds.reduce((sum, one) => sum + one.amount, 0),
    billed,
    ...matched(refunds, credits),
  }
}

function creditOf(billing: Billing, documents: readonly ErpOrder[]): readonly Credit[] {
  return billing.kind === 'credit-note' ? [{ note: billing, amount: -(shareOver(billing, documents) ?? 0) }] : []
}

/** Refunds without what only gives back what was paid too much: the one of just that amount, else the first ones. */
function beyondOverpaid(refunds: readonly Refund[], overpaid: number): readonly Refund[] {
  const whole = refunds.find((one) => one.amount === overpaid)
  if (whole !== undefined) return refunds.filter((one) => one !== whole)
  let left = overpaid
  return refunds.flatMap((one) => {
    const off = Math.min(left, one.amount)
    left -= off
    return off === one.amount ? [] : [{ ...one, amount: one.amount - off }]
  })
}

/** Each refund with a credit note of its amount. */
function matched(refunds: readonly Refund[], credits: readonly Credit[]): Pick<Settlement, 'pairs' | 'refunds' | 'credits'> {
  const left = [...credits]
  const pairs: { readonly refund: Refund; readonly credit: Credit }[] = []
  const open = refunds.filter((refund) => {
    const at = left.findIndex((credit) => credit.amount === refund.amount)
    const [credit] = at < 0 ? [] : left.splice(at, 1)
    if (credit !== undefined) pairs.push({ refund, credit })
    return credit === undefined
  })
  return { pairs, refunds: open, credits: left }
}

/** Minor units given back in the shop that the ERP still counts as sold; never more than the refunds that meet no credit note. */
export function uncredited({ agreed, billed, refunded, refunds, credits }: Settlement): number {
  const open = sumOf(refunds) - sumOf(credits)
  // billed beyond what was agreed is another rule's: then only the refunds themselves can be counted
  return Math.max(0, billed > agreed ? open : Math.min(open, billed - (agreed - refunded)))
}

/** Minor units credited in the ERP that the shop has not given back; never more than the credit notes that meet no refund. */
export function unreturned({ agreed, billed, refunded, refunds, credits }: Settlement): number {
  return Math.max(0, Math.min(sumOf(credits) - sumOf(refunds), agreed - refunded - billed))
}

function sumOf(amounts: readonly { readonly amount: number }[]): number {
  return amounts.reduce((sum, one) => sum + one.amount, 0)
}
