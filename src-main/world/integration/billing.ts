/** Bills what was delivered, at once or by the month, and gives credit for what was given back. */
import { booked, Decimal, sum } from '../decimal.ts'
import type { Move, MoveLine, SaleLine } from '../erp/erp.ts'
import type { Refund } from '../shop/shop.ts'
import { agreedTotal, netCaptured } from '../business/figures.ts'
import { second } from '../business/calendar.ts'
import { type Case, passed, type Stage, take } from '../business/stage.ts'
import { through } from './gate.ts'

export function bill(stage: Stage, one: Case): void {
  if (one.sale === null || one.sale.state !== 'sale') return
  take(one, 'invoice', () => {
    billNow(stage, one)
    creditWaiting(stage, one)
    passed(one, 'invoiced')
  })
}

/** What was given back before the invoice is credited soon after it. */
function creditWaiting(stage: Stage, one: Case): void {
  for (const refund of one.uncredited.splice(0)) {
    stage.agenda.after(one.dice.int(60, 240) * second, () => through(stage, 'credits', () => credit(stage, one, refund)))
  }
}

type Asked = Parameters<Stage['erp']['invoice']>[0]

/** What was delivered and not billed, and with the first of it what is no goods. */
export function openLines(stage: Stage, one: Case): Asked {
  const lines = one.sale?.lineIds.map((id) => stage.erp.books.saleLines.must(id)) ?? []
  return lines.flatMap((line) => {
    const quantity = (isGoods(stage, line) ? line.delivered : line.quantity).minus(line.invoiced)
    return quantity.greaterThan(0) ? [{ saleLineId: line.id, quantity }] : []
  })
}

function isGoods(stage: Stage, line: SaleLine): boolean {
  return stage.erp.books.products.must(line.productId).kind === 'goods'
}

/** Null when there is nothing to bill. */
export function billNow(stage: Stage, one: Case, lines: Asked = openLines(stage, one)): Move | null {
  if (lines.length === 0) return null
  const { integration } = stage.house.staff
  const move = stage.erp.invoice(lines, integration, stage.erpNow())
  stage.erp.post(move.id, today(stage), integration, stage.erpNow())
  one.invoices.push(move)
  settle(stage, one)
  return move
}

/** Invoices of an order that was paid are paid. */
export function settle(stage: Stage, one: Case): void {
  if (!isPaid(one)) return
  for (const move of one.invoices) {
    if (move.state === 'posted' && move.residual.greaterThan(0)) stage.erp.pay(move.id, stage.house.staff.integration, stage.erpNow())
  }
}

export function isPaid(one: Case): boolean {
  const gifts = one.order.transactions.filter((each) => each.gateway === 'gift_card' && each.status === 'SUCCESS' && each.kind !== 'REFUND')
  const given = sum(one.order.transactions.filter((each) => each.kind === 'REFUND' && each.status === 'SUCCESS').map((each) => each.amount))
  return netCaptured(one.order).plus(given).plus(sum(gifts.map((each) => each.amount))).greaterThanOrEqualTo(agreedTotal(one.order))
}

export function today(stage: Stage): string {
  return stage.calendar.local(stage.agenda.now()).date
}

/** All orders of a customer's month on one invoice. */
export function billMonth(stage: Stage, cases: readonly Case[]): void {
  const { integration } = stage.house.staff
  const asked: { readonly saleLineId: number; readonly quantity?: Decimal }[] = []
  const billed: Case[] = []
  for (const one of cases) {
    take(one, 'invoice', () => {
      asked.push(...openLines(stage, one))
      billed.push(one)
    })
  }
  if (asked.length === 0) return
  const move = stage.erp.invoice(asked, integration, stage.erpNow())
  stage.erp.post(move.id, today(stage), integration, stage.erpNow())
  for (const one of billed) {
    one.invoices.push(move)
    creditWaiting(stage, one)
    passed(one, 'invoiced')
  }
}

/** Waits for an invoice when there is none yet: what was never billed needs no credit. */
export function credit(stage: Stage, one: Case, refund: Refund): void {
  if (!one.invoices.some((move) => move.state === 'posted')) {
    one.uncredited.push(refund)
    return
  }
  take(one, 'credit', () => {
    creditNow(stage, one, refund)
    passed(one, 'credited')
  })
}

export function creditNow(stage: Stage, one: Case, refund: Refund, amount: Decimal = refundAmount(one, refund)): Move | null {
  const invoices = one.invoices.filter((move) => move.state === 'posted' && move.moveType === 'out_invoice')
  const [first] = invoices
  if (first === undefined || amount.isZero()) return null
  const lines = refund.adjustments.length > 0 ? [] : creditedLines(stage, one, refund, first)
  const isExact = lines.length > 0 && sum(lines.map((each) => lineTotal(stage, each.line, each.quantity, first.currency))).equals(amount)
  const asked = {
    // also where it is a cent apart, as each of a line's taxes is rounded by itself: only what came back is credited
    ...(lines.length === 0 ? {} : { lines: lines.map(({ line, quantity }) => ({ lineId: line.id, quantity })) }),
    ...(isExact ? {} : { amount }),
    invoiceDate: today(stage),
  }
  const note = stage.erp.credit(first.id, asked, stage.house.staff.integration, stage.erpNow())
  one.credits.push(note)
  return note
}

export function refundAmount(one: Case, refund: Refund): Decimal {
  return sum(one.order.transactions.filter((each) => refund.transactionIds.includes(each.id)).map((each) => each.amount))
}

interface CreditedLine {
  readonly line: MoveLine
  readonly quantity: Decimal
}

/** The invoice's lines for what came back; shipping with it when it was given back whole. */
function creditedLines(stage: Stage, one: Case, refund: Refund, invoice: Move): readonly CreditedLine[] {
  const goods = refund.lines.flatMap((back) => {
    const line = one.order.lines.find((each) => each.id === back.lineId)
    const article = stage.house.ofVariant(line?.variantId ?? null)
    const billed = invoice.lines.find((each) => each.productId === article?.product.id)
    return article === null || billed === undefined ? [] : [{ line: billed, quantity: new Decimal(back.quantity * article.facts.pack) }]
  })
  const parcel = refund.shipping === null ? [] : invoice.lines.filter((each) => each.productId === stage.house.parcel.id)
  return [...goods, ...parcel.map((line) => ({ line, quantity: line.quantity }))]
}

function lineTotal(stage: Stage, line: MoveLine, quantity: Decimal, currency: string): Decimal {
  const stated = booked(line.priceUnit.times(quantity), currency)
  const taxes = line.taxIds.map((id) => stage.erp.books.taxes.must(id)).filter((tax) => !tax.priceInclude)
  return stated.plus(sum(taxes.map((tax) => booked(stated.times(tax.amount).div(100), currency))))
}
