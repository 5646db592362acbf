/** What came back of an order, answered from the shop's books: a return is closed, and its units are on the shelf. */
import type { Order, Return } from '../../../shop/shop.ts'
import { gid } from '../ids.ts'
import { pageById, pageInPlace, type PageArguments } from '../page.ts'
import { dateTime } from '../scalars.ts'
import type { Asking } from '../asking.ts'
import type { Resolvers } from './resolver.ts'

interface ReturnOf {
  readonly order: Order
  readonly one: Return
}

interface PartOf extends ReturnOf {
  readonly place: number
  readonly lineId: number
  readonly quantity: number
}

export function returnStatusOf(order: Order): string {
  return order.returns.length === 0 ? 'NO_RETURN' : 'RETURNED'
}

/** Of an order: whether anything came back, and what. */
export const returnFields = {
  returnStatus: returnStatusOf,
  returns: (order: Order, args: PageArguments, asking: Asking) => pageById(order.returns, args, asking, (one) => ({ order, one })),
}

function partsOf({ order, one }: ReturnOf): readonly PartOf[] {
  return one.lines.map((line, place) => ({ order, one, place, ...line }))
}

/** The parcel that a unit left in. */
function sentOf({ order, lineId }: PartOf) {
  for (const fulfillment of order.fulfillments) {
    const place = fulfillment.lines.findIndex((line) => line.lineId === lineId)
    const part = fulfillment.lines[place]
    if (part !== undefined && fulfillment.status === 'SUCCESS') return { order, fulfillment, place, ...part }
  }
  return null
}

export const returnResolvers = {
  Return: {
    id: ({ one }) => gid('Return', one.id),
    name: ({ order, one }) => `${order.name}-R${order.returns.indexOf(one) + 1}`,
    status: () => 'CLOSED',
    createdAt: ({ one }) => dateTime(one.createdAt),
    closedAt: ({ one }) => dateTime(one.createdAt),
    order: ({ order }) => order,
    totalQuantity: ({ one }) => one.lines.reduce((units, line) => units + line.quantity, 0),
    refunds: (_return: ReturnOf, args: PageArguments, asking: Asking) => pageInPlace([], args, asking),
    reverseFulfillmentOrders: (source: ReturnOf, args: PageArguments, asking: Asking) => pageInPlace([source], args, asking),
  } satisfies Resolvers<ReturnOf>,
  ReverseFulfillmentOrder: {
    id: ({ one }) => gid('ReverseFulfillmentOrder', one.id),
    order: ({ order }) => order,
    lineItems: (source: ReturnOf, args: PageArguments, asking: Asking) => pageInPlace(partsOf(source), args, asking),
  } satisfies Resolvers<ReturnOf>,
  ReverseFulfillmentOrderLineItem: {
    id: ({ one, place }) => gid('ReverseFulfillmentOrderLineItem', one.id * 100 + place),
    totalQuantity: ({ quantity }) => quantity,
    fulfillmentLineItem: (part) => sentOf(part),
    dispositions: (part) => [part],
  } satisfies Resolvers<PartOf>,
  ReverseFulfillmentOrderDisposition: {
    id: ({ one, place }) => gid('ReverseFulfillmentOrderDisposition', one.id * 100 + place),
    type: () => 'RESTOCKED',
    quantity: ({ quantity }) => quantity,
    createdAt: ({ one }) => dateTime(one.createdAt),
    location: ({ one }, _args, { desk }) => desk.shop.books.locations.get(one.locationId),
  } satisfies Resolvers<PartOf>,
}
