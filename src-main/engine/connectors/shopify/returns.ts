/** Pure: what came back. A return that is only announced has brought nothing yet. */
import type { Order } from '../../../domain/records.ts'
import type { Instant } from '../../../domain/time.ts'
import type { OrderRow, WireRefund, WireReturn } from './wire.ts'

type Back = NonNullable<Order['returns']>[number]

/** Units of one line of the order. */
interface Units {
  readonly lineId: string
  readonly sku: string | null
  readonly quantity: number
  readonly at: Instant
}

/**
 * Goods come back by a return, which says what was made of each unit, or by a refund alone whose units went on the shelf
 * again (RefundLineItemRestockType: RETURN, "use this when restocking line items that were fulfilled"). Null where
 * there are returns that we may not read, or an old refund that says of its units only that they are on the shelf.
 */
export function returnsOf(row: OrderRow): Order['returns'] {
  const { refunds, returns } = row
  const isOld = refunds.some((refund) =>
    refund.refundLineItems.nodes.some(({ restockType }) => restockType === 'LEGACY_RESTOCK'),
  )
  if (returns === null || isOld) return null
  const linked = new Set(returns.flatMap((one) => one.refunds.nodes.map(({ id }) => id)))
  return [
    ...refunds.filter(({ id }) => !linked.has(id)).map((refund) => backOf(refund.id, restocked(refund))),
    ...returns
      .filter(({ status }) => status !== 'CANCELED' && status !== 'DECLINED')
      .map((one) => backOf(one.id, broughtBy(one, refunds))),
  ].flatMap((one) => one ?? [])
}

function restocked(refund: WireRefund): readonly Units[] {
  return refund.refundLineItems.nodes
    .filter(({ restockType }) => restockType === 'RETURN')
    .map(({ lineItem, quantity }) => ({
      lineId: lineItem.id,
      sku: lineItem.sku,
      quantity,
      at: refund.processedAt,
    }))
}

/** Units that are not on the shelf came back as well; those that were MISSING did not. */
function disposed({ reverseFulfillmentOrders }: WireReturn): readonly Units[] {
  return reverseFulfillmentOrders.nodes
    .flatMap(({ lineItems }) => lineItems.nodes)
    .flatMap(({ fulfillmentLineItem, dispositions }) =>
      fulfillmentLineItem === null
        ? []
        : dispositions
            .filter(({ type }) => type !== 'MISSING')
            .map(({ createdAt, quantity }) => ({
              lineId: fulfillmentLineItem.lineItem.id,
              sku: fulfillmentLineItem.lineItem.sku,
              quantity,
              at: createdAt,
            })),
    )
}

/** A refund of the return may have put its units on the shelf by itself: of each line the one that says more. */
function broughtBy(one: WireReturn, refunds: readonly WireRefund[]): readonly Units[] {
  const own = new Set(one.refunds.nodes.map(({ id }) => id))
  const told = [disposed(one), refunds.filter(({ id }) => own.has(id)).flatMap(restocked)]
  const lines = new Set(told.flat().map(({ lineId }) => lineId))
  return [...lines].flatMap((lineId) => {
    const [first = [], second = []] = told.map((units) => units.filter((each) => each.lineId === lineId))
    return sumOf(first) >= sumOf(second) ? first : second
  })
}

function sumOf(units: readonly Units[]): number {
  return units.reduce((sum, { quantity }) => sum + quantity, 0)
}

function backOf(id: string, units: readonly Units[]): Back | null {
  if (sumOf(units) === 0) return null
  return {
    id,
    at: Math.max(...units.map(({ at }) => at)),
    lines: units.map(({ quantity, sku }) => ({ sku, quantity: String(quantity) })),
  }
}
