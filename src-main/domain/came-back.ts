/** What of an order came back, as each side knows it: in shares of what went, so that their units and packs need not be alike. */
import { type Decimal, add, compare, divide, isZero, multiply, subtract } from './decimal.ts'
import { type Currency, toMinor } from './money.ts'
import { type Progress, byTime, sentOf } from './progress.ts'
import type { ErpOrder, GoodsReturn, Order, OrderLine, Shipment } from './records.ts'
import type { Instant } from './time.ts'

/**
 * Whether an ERP's order takes back what another one sold, as a sale with negative quantities under the same reference:
 * no part of what was ordered, however often the number stands on it.
 */
export function takesBack({ lines, totals }: ErpOrder): boolean {
  if (compare(totals.total, '0') < 0) return true
  const goods = lines.filter((line) => line.goods && !isZero(line.quantity))
  // given in exchange, or for nothing
  return isZero(totals.total) && goods.length > 0 && goods.every((line) => compare(line.quantity, '0') < 0)
}

interface Came {
  readonly at: Instant
  readonly lines: readonly { readonly sku: string | null; readonly quantity: Decimal }[]
}

/** What the shop says it has back. Null: it does not state it. */
export function backInShop(order: Order): readonly Progress[] | null {
  // a body kept before returns were read does not name them at all
  const returns = order.returns ?? null
  if (returns === null) return null
  const moment = order.changedAt ?? order.placedAt
  return withReturns(wholesOf(order.lines), returns.map(({ at, lines }) => ({ at: at ?? moment, lines })))
}

/**
 * What the shop may know to be back: beyond what it says so of, the units that it gave the money back for, whether
 * they went on the shelf again or were not worth it.
 */
export function perhapsBackInShop(order: Order, back: readonly Progress[]): readonly Progress[] {
  const refunded = withReturns(wholesOf(order.lines), order.refunds.map(({ at, lines }) => ({ at, lines })))
  return back.map((one) => {
    const paid = refunded.find(({ sku }) => sku === one.sku)
    return paid !== undefined && compare(paid.done, one.done) > 0 ? paid : one
  })
}

/**
 * What the ERP took back of the goods that it sent; SKUs that it never sent are left out. Null where a delivery or a
 * return serves several orders and does not say which units are whose. `orders` holds those that take back, too: a return
 * may name either.
 */
export function backInErp(
  orders: readonly ErpOrder[],
  deliveries: readonly Shipment[],
  returns: readonly GoodsReturn[],
): readonly Progress[] | null {
  const ids = new Set(orders.map((order) => order.id))
  const received = returns.filter(({ state }) => state === 'received')
  if (received.some((one) => one.orderIds.some((id) => !ids.has(id)) && one.lines.some((line) => line.orderId === null))) return null
  const came = received.map((one) => ({
    at: one.receivedAt ?? one.changedAt ?? 0,
    lines: one.lines.filter((line) => line.orderId === null || ids.has(line.orderId)),
  }))
  // what is sent anew in place of what came back is not more of the order
  const first = Math.min(...came.map(({ at }) => at))
  const before = deliveries.filter((one) => (one.shippedAt ?? one.changedAt ?? 0) <= first)
  const sent = sentOf(orders.filter((order) => !takesBack(order)), before.length > 0 ? before : deliveries)
  return sent === null ? null : withReturns(sent.filter(({ steps }) => steps.length > 0), came)
}

type Whole = Pick<Progress, 'sku' | 'title' | 'ordered' | 'of'>

function wholesOf(lines: readonly OrderLine[]): readonly Whole[] {
  const wholes = new Map<string, Whole>()
  for (const { sku, title, quantity } of lines) {
    if (sku === null) continue
    const ordered = add(wholes.get(sku)?.ordered ?? '0', quantity)
    if (compare(ordered, '0') > 0) wholes.set(sku, { sku, title, ordered, of: ordered })
  }
  return [...wholes.values()]
}

function withReturns(wholes: readonly Whole[], came: readonly Came[]): readonly Progress[] {
  const inOrder = came.toSorted(byTime)
  return wholes.map(({ sku, title, ordered, of }) => {
    const unitsIn = ({ lines }: Came): Decimal => add('0', ...lines.flatMap((line) => (line.sku === sku ? [line.quantity] : [])))
    const own = inOrder.filter((one) => compare(unitsIn(one), '0') > 0)
    const steps = own.map(({ at }, nth) => ({ at, done: add('0', ...own.slice(0, nth + 1).map(unitsIn)) }))
    return { sku, title, ordered, of, done: steps.at(-1)?.done ?? '0', waits: false, steps }
  })
}

/** What the units that one side has back, and the other has not, cost in the order, with their tax. */
export function worthOf(order: Order, one: Progress, other: Progress, currency: Currency): number {
  const lines = order.lines.filter(({ sku }) => sku === one.sku)
  const gross = add('0', ...lines.map((line) => grossOf(line, order.taxesIncluded)))
  const ahead = subtract(multiply(one.done, other.of), multiply(other.done, one.of))
  return toMinor(divide(multiply(gross, ahead), multiply(one.of, other.of)), currency)
}

function grossOf(line: OrderLine, taxesIncluded: boolean): Decimal {
  if (taxesIncluded) return line.total
  return add(line.total, ...line.taxes.map((tax) => tax.amount ?? divide(multiply(line.total, tax.ratePercent), '100')))
}
