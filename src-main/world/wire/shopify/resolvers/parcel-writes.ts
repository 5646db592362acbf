/** Writes of parcels: units of an order are marked as sent, and a parcel gets its tracking numbers. */
import { unsentOf } from '../../../shop/units.ts'
import { parseGid } from '../ids.ts'
import { type Work, statusOf, workOf } from './fulfillment-orders.ts'
import type { Asking } from '../asking.ts'
import type { Resolvers } from './resolver.ts'

interface TrackingInput {
  readonly company?: string | null
  readonly number?: string | null
  readonly numbers?: readonly string[] | null
}

function trackingOf(input: TrackingInput | null | undefined) {
  const numbers = [...(input?.numbers ?? []), ...(typeof input?.number === 'string' ? [input.number] : [])]
  return numbers.map((number) => ({ company: input?.company ?? '', number }))
}

interface FulfillmentInput {
  readonly lineItemsByFulfillmentOrder: readonly {
    readonly fulfillmentOrderId: string
    readonly fulfillmentOrderLineItems?: readonly { readonly id: string; readonly quantity: number }[] | null
  }[]
  readonly trackingInfo?: TrackingInput | null
}

interface Sent {
  readonly lineId: number
  readonly quantity: number
}

function workBy(id: string, { desk }: Asking): Work | null {
  const number = parseGid(id)?.id ?? 0
  const order = desk.shop.books.orders.get(Math.floor(number / 10))
  return order === null ? null : (workOf(order).find((work) => work.place === number % 10) ?? null)
}

const wrongQuantity = 'Invalid fulfillment order line item quantity requested.'

/** The units of one fulfilment order that are asked for, all that remain where none are named; a sentence where it cannot be. */
function unitsOf(
  { order, lines }: Work,
  asked: FulfillmentInput['lineItemsByFulfillmentOrder'][number]['fulfillmentOrderLineItems'],
): readonly Sent[] | string {
  if (asked === null || asked === undefined || asked.length === 0) {
    return lines.map((line) => ({ lineId: line.id, quantity: unsentOf(order, line) })).filter(({ quantity }) => quantity > 0)
  }
  const sent = asked.map(({ id, quantity }) => ({ lineId: parseGid(id)?.id ?? 0, quantity }))
  const fits = sent.every(({ lineId, quantity }) => {
    const line = lines.find((each) => each.id === lineId)
    return line !== undefined && quantity > 0 && quantity <= unsentOf(order, line)
  })
  return fits ? sent : wrongQuantity
}

/** All of it or nothing. */
function createFulfillment(input: FulfillmentInput, asking: Asking): unknown {
  const refuse = (message: string): unknown => ({ fulfillment: null, userErrors: [{ field: ['fulfillment'], message }] })
  const { desk, at } = asking
  const works: Work[] = []
  const lines: Sent[] = []
  for (const { fulfillmentOrderId: id, fulfillmentOrderLineItems: asked } of input.lineItemsByFulfillmentOrder) {
    const work = workBy(id, asking)
    if (work === null) return refuse('Fulfillment order does not exist.')
    const status = statusOf(work, at)
    if (status !== 'OPEN' && status !== 'IN_PROGRESS') {
      return refuse(`Fulfillment order ${parseGid(id)?.id} has an unfulfillable status= ${status.toLowerCase()}.`)
    }
    const units = unitsOf(work, asked)
    if (typeof units === 'string') return refuse(units)
    works.push(work)
    lines.push(...units)
  }
  const [first] = works
  if (first === undefined || works.some((work) => work.order !== first.order || work.locationId !== first.locationId)) {
    return refuse('All fulfillment orders must belong to the same order and be assigned to the same location.')
  }
  const locationId = first.locationId ?? [...desk.shop.books.locations.all()][0]?.id ?? 0
  const fulfillment = desk.shop.fulfil(first.order.id, { lines, locationId, tracking: trackingOf(input.trackingInfo) }, at)
  return { fulfillment: { order: first.order, fulfillment }, userErrors: [] }
}

function updateTracking(id: string, input: TrackingInput, asking: Asking): unknown {
  const number = parseGid(id)?.id ?? 0
  const order = asking.desk.rowsOfOrders.orderOf('fulfillments', number)
  const fulfillment = order?.fulfillments.find((each) => each.id === number)
  if (order === null || fulfillment === undefined) {
    return { fulfillment: null, userErrors: [{ field: ['fulfillmentId'], message: 'Fulfillment does not exist.' }] }
  }
  asking.desk.shop.changeFulfilment(order.id, fulfillment.id, { tracking: trackingOf(input) }, asking.at)
  return { fulfillment: { order, fulfillment }, userErrors: [] }
}

export const parcelWrites = {
  Mutation: {
    fulfillmentCreate: (_root: unknown, { fulfillment }: { readonly fulfillment: FulfillmentInput }, asking: Asking) =>
      createFulfillment(fulfillment, asking),
    fulfillmentTrackingInfoUpdate: (
      _root: unknown,
      {
        fulfillmentId,
        trackingInfoInput,
      }: { readonly fulfillmentId: string; readonly trackingInfoInput: TrackingInput },
      asking: Asking,
    ) => updateTracking(fulfillmentId, trackingInfoInput, asking),
  } satisfies Resolvers<unknown>,
}
