/** What an order comes to for those who agreed on it, with the world's own decimals. */
import { sum, type Decimal } from '../decimal.ts'
import type { Order, OrderLine } from '../shop/shop.ts'
import { wholeOf } from '../shop/units.ts'

/** At purchase and after edits, before any refund. */
export function agreedTotal(order: Order): Decimal {
  const prices = [...order.lines.map((line) => agreedLine(line).subtotal), ...order.shipping.map((line) => line.discountedPrice)]
  return order.taxesIncluded ? sum(prices) : sum(prices).plus(agreedTax(order))
}

export function agreedTax(order: Order): Decimal {
  const shipping = order.shipping.flatMap((line) => line.taxLines.map((tax) => tax.amount))
  return sum([...order.lines.map((line) => agreedLine(line).tax), ...shipping])
}

/** Captured less refunded, gift cards left out: they were paid for when they were bought. */
export function netCaptured(order: Order): Decimal {
  const money = order.transactions.filter((one) => one.status === 'SUCCESS' && one.gateway !== 'gift_card')
  const of = (...kinds: readonly string[]): Decimal => sum(money.filter((one) => kinds.includes(one.kind)).map((one) => one.amount))
  return of('SALE', 'CAPTURE').minus(of('REFUND'))
}

/** What the line comes to as agreed, on the basis of the order's prices. */
export function agreedLine(line: OrderLine): { readonly quantity: number; readonly subtotal: Decimal; readonly tax: Decimal } {
  const whole = wholeOf(line)
  return {
    quantity: line.quantity - line.removed.quantity,
    subtotal: whole.subtotal.minus(line.removed.subtotal),
    tax: whole.tax.minus(line.removed.tax),
  }
}
