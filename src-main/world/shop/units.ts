/** How many units of a line were sent, taken back, or are still to be sent, and what they come to. */
import { sum, zero } from '../decimal.ts'
import { partOf } from './spread.ts'
import type { Order, OrderLine, Portion, RefundLine } from './shop.ts'

/** What a line comes to with all its units, its own tax beside it. */
export function wholeOf(line: OrderLine): Portion {
  return {
    quantity: line.quantity,
    subtotal: line.unitPrice.times(line.quantity).minus(sum(line.discounts.map((discount) => discount.amount))),
    tax: sum(line.taxLines.map((tax) => tax.amount)),
  }
}

export function refundsOf(order: Order, lineId: number): RefundLine[] {
  return order.refunds.flatMap((refund) => refund.lines.filter((line) => line.lineId === lineId))
}

/** What is left of a line when edits and refunds have taken theirs. */
export function remainderOf(order: Order, line: OrderLine): Portion {
  const gone = [line.removed, ...refundsOf(order, line.id)]
  const whole = wholeOf(line)
  return {
    quantity: line.currentQuantity,
    subtotal: whole.subtotal.minus(sum(gone.map((portion) => portion.subtotal))),
    tax: whole.tax.minus(sum(gone.map((portion) => portion.tax))),
  }
}

/** Takes units off what is left of a line: what they come to, by their share of it. */
export function portionOf(order: Order, line: OrderLine, quantity: number): Portion {
  const left = remainderOf(order, line)
  return {
    quantity,
    subtotal: partOf(left.subtotal, quantity, left.quantity, order.currency),
    tax: partOf(left.tax, quantity, left.quantity, order.currency),
  }
}

/** Units still to be sent. */
export function unsentOf(order: Order, line: OrderLine): number {
  const takenBack = refundsOf(order, line.id).filter((each) => !each.sent)
  return line.quantity - line.removed.quantity - unitsOf(takenBack) - deliveredOf(order, line.id)
}

/** Units that were sent and not taken back. */
export function sentOf(order: Order, line: OrderLine): number {
  return deliveredOf(order, line.id) - unitsOf(refundsOf(order, line.id).filter((each) => each.sent))
}

export const nothing: Portion = { quantity: 0, subtotal: zero, tax: zero }

function deliveredOf(order: Order, lineId: number): number {
  return unitsOf(order.fulfillments
    .filter((fulfillment) => fulfillment.status === 'SUCCESS')
    .flatMap((fulfillment) => fulfillment.lines.filter((line) => line.lineId === lineId)))
}

function unitsOf(lines: readonly { readonly quantity: number }[]): number {
  return lines.reduce((units, line) => units + line.quantity, 0)
}
