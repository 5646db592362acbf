/** What is still to be done for an order at each place, and when: the platform's fulfilment orders. */
import { unsentOf } from '../../../shop/units.ts'
import { gid } from '../ids.ts'
import { pageInPlace, type PageArguments } from '../page.ts'
import { dateTime, dateTimeOrNull } from '../scalars.ts'
import type { Asking } from '../asking.ts'
import type { Resolvers } from './resolver.ts'
import type { Instant, Order, OrderLine } from '../../../shop/shop.ts'

export interface Work {
  readonly order: Order
  readonly place: number
  readonly locationId: number | null
  readonly lines: readonly OrderLine[]
}

interface WorkLine {
  readonly work: Work
  readonly line: OrderLine
}

/** A pre-order whose day has not come. */
export function isScheduled(order: Order, at: Instant): boolean {
  return (
    order.promisedAt !== null && order.promisedAt > at && order.cancelledAt === null && order.fulfillments.length === 0
  )
}

export function workOf(order: Order): readonly Work[] {
  return [...Map.groupBy(order.lines, (line) => line.locationId)].map(([locationId, lines], place) => ({
    order,
    place,
    locationId,
    lines,
  }))
}

export function statusOf({ order, lines }: Work, at: Instant): string {
  if (order.cancelledAt !== null) return 'CANCELLED'
  if (lines.every((line) => unsentOf(order, line) === 0)) return 'CLOSED'
  if (isScheduled(order, at)) return 'SCHEDULED'
  return lines.some((line) => unsentOf(order, line) < line.currentQuantity) ? 'IN_PROGRESS' : 'OPEN'
}

export const fulfillmentOrderResolvers = {
  FulfillmentOrder: {
    id: ({ order, place }) => gid('FulfillmentOrder', order.id * 10 + place),
    orderId: ({ order }) => gid('Order', order.id),
    orderName: ({ order }) => order.name,
    orderProcessedAt: ({ order }) => dateTime(order.processedAt),
    status: (work, _args, { at }) => statusOf(work, at),
    requestStatus: () => 'UNSUBMITTED',
    fulfillAt: ({ order }) => dateTime(order.promisedAt ?? order.createdAt),
    fulfillBy: ({ order }) => dateTimeOrNull(order.promisedAt),
    createdAt: ({ order }) => dateTime(order.createdAt),
    updatedAt: ({ order }) => dateTime(order.changedAt),
    assignedLocation({ locationId }, _args, { desk }) {
      const location = locationId === null ? null : desk.shop.books.locations.get(locationId)
      return { location, name: location?.name ?? '' }
    },
    lineItems: (work: Work, args: PageArguments, asking: Asking) =>
      pageInPlace(
        work.lines.map((line) => ({ work, line })),
        args,
        asking,
      ),
  } satisfies Resolvers<Work>,
  FulfillmentOrderLineItem: {
    id: ({ line }) => gid('FulfillmentOrderLineItem', line.id),
    lineItem: ({ work, line }) => ({ order: work.order, line }),
    sku: ({ line }) => line.sku,
    productTitle: ({ line }) => line.title,
    totalQuantity: ({ line }) => line.currentQuantity,
    remainingQuantity: ({ work, line }) => unsentOf(work.order, line),
    requiresShipping: ({ line }) => line.requiresShipping,
    inventoryItemId: ({ line }) => (line.variantId === null ? null : gid('InventoryItem', line.variantId)),
  } satisfies Resolvers<WorkLine>,
}
