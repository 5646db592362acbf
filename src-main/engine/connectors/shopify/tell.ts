/** Tells Shopify of a parcel that the ERP sent: a fulfilment with its units and tracking numbers, and no mail to the customer. */
import { z } from 'zod'
import { compare, round } from '../../../domain/decimal.ts'
import { type Fault, type Outcome, failed, fault, ok } from '../../../domain/fault.ts'
import { minutes } from '../../../domain/time.ts'
import type { ActionDefinition, ActionPreview, Api, StatusPushInput, Verification } from '../definition.ts'
import { type Refused, refused } from '../wanted.ts'
import { wireInteger, wireOptional } from '../wire.ts'
import { type Allotment, type Units, allot, waitingWork } from './allot.ts'
import { batches } from './bodies.ts'
import { sizes } from './document.ts'
import { ask, shapeFault } from './graphql.ts'
import { fulfilmentBodies } from './order-queries.ts'
import { parcelDesk, parcelsMax, parcelsNow, tellParcel } from './parcel-queries.ts'
import type { Settings } from './settings.ts'
import { listOf, pageInfo, scopes } from './wire.ts'

export const tellScope = 'write_merchant_managed_fulfillment_orders'

/**
 * Probe, then create: Shopify knows no key here. It marks no more units than are left, so a second sending of a whole
 * order is refused by itself; of a part it would not be, and so the order's parcels are asked for before and after.
 */
export const statusPush: ActionDefinition<Settings, 'status.push'> = {
  id: 'status.push',
  guarantee: 'probe-then-create',
  // it is read by the order's id, past the search; a request that we gave up on may still be at work for a while
  visibilityLagMs: minutes(1),
  priceOfBeingWrong:
    'If the integration tells the same parcel at the same moment, the shop may show more units as sent than have left. A fulfilment can be cancelled in Shopify; a payment that is taken on shipment may have been taken by then.',
  preview,
  send,
  verify,
}

const payloadSchema = z.object({
  order: z.object({ id: z.string(), name: z.string() }),
  /** Every parcel that it has already, in whatever state: none of these is ours. */
  parcelsBefore: z.array(z.string()),
  units: z.array(z.object({ sku: z.string(), quantity: z.int().positive() })).min(1),
  tracking: z.array(z.string()),
  /** As Shopify takes it. */
  fulfillment: z.object({
    lineItemsByFulfillmentOrder: z.array(
      z.object({
        fulfillmentOrderId: z.string(),
        fulfillmentOrderLineItems: z.array(z.object({ id: z.string(), quantity: z.int().positive() })),
      }),
    ),
    notifyCustomer: z.literal(false),
    trackingInfo: z.object({ numbers: z.array(z.string()) }).optional(),
  }),
})
type Payload = z.output<typeof payloadSchema>

const desk = z.object({
  currentAppInstallation: scopes,
  order: wireOptional(
    z.object({
      id: z.string(),
      name: z.string(),
      cancelledAt: wireOptional(z.string()),
      fulfillments: z.array(z.object({ id: z.string() })),
      fulfillmentOrders: listOf(waitingWork).and(z.object({ pageInfo: z.object({ hasNextPage: z.boolean() }) })),
    }),
  ),
})
type Waiting = NonNullable<z.output<typeof desk>['order']>

async function preview(api: Api, input: StatusPushInput): Promise<Outcome<ActionPreview>> {
  const answer = await ask(api, parcelDesk, { id: input.order.id }, desk)
  if (!answer.ok) return answer
  const { currentAppInstallation: held, order } = answer.value.data
  if (!held.has(tellScope)) {
    return ok(
      refused(
        `Shopify does not let this app mark parcels as sent: it lacks ${tellScope}.`,
        'Add it to the app’s scopes in Shopify and install the app anew.',
        'Then repair again.',
      ),
    )
  }
  if (order === null) return ok(refused('Shopify has no such order any more.', 'It is compared again at the next reading.'))
  return ok(readyOr(input, order))
}

function readyOr({ order: known, parcel, more }: StatusPushInput, order: Waiting): ActionPreview {
  const byHand = 'Mark the parcel as sent in Shopify by hand.'
  if (order.cancelledAt !== null) return refused(`${order.name} is cancelled in the shop.`, 'Call the parcel back, or settle it with the customer.')
  const works = order.fulfillmentOrders
  if (order.fulfillments.length >= parcelsMax || works.pageInfo.hasNextPage || works.nodes.some((one) => one.lineItems.pageInfo.hasNextPage)) {
    return refused(`${order.name} has more lines or parcels than can be told apart from here.`, byHand)
  }
  const units = unitsOf(parcel.lines)
  if ('kind' in units) return units
  const allotted = allot(works.nodes, units, parcel.location)
  if (allotted.kind === 'refused') return allotted
  const { tracking } = parcel
  const payload: Payload = {
    order: { id: order.id, name: order.name },
    parcelsBefore: order.fulfillments.map((one) => one.id),
    units: [...units],
    tracking: [...tracking],
    fulfillment: {
      lineItemsByFulfillmentOrder: allotted.works.map(({ id, lines }) => ({ fulfillmentOrderId: id, fulfillmentOrderLineItems: [...lines] })),
      notifyCustomer: false,
      ...(tracking.length > 0 && { trackingInfo: { numbers: [...tracking] } }),
    },
  }
  const titleOf = (sku: string): string => known.lines.find((line) => line.sku === sku)?.title ?? sku
  return {
    kind: 'ready',
    payload,
    facts: [
      { label: 'Order in the shop', value: order.name },
      { label: 'Parcel in the ERP', value: parcel.name },
      ...units.map(({ sku, quantity }) => ({ label: `${quantity} × ${titleOf(sku)}`, value: sku })),
      { label: 'Sent from', value: allotted.place },
      { label: 'Tracking', value: tracking.length === 0 ? 'none' : tracking.join(', ') },
      { label: 'Mail to the customer', value: 'not asked for' },
    ],
    warnings: warningsOf({ order: known, parcel, more }, allotted),
  }
}

/** Whole units by SKU. */
function unitsOf(lines: StatusPushInput['parcel']['lines']): readonly Units[] | Refused {
  const units = new Map<string, number>()
  for (const { sku, quantity } of lines) {
    if (compare(quantity, '0') <= 0 || compare(round(quantity, 0, 'half-away'), quantity) !== 0) {
      return refused(`${quantity} of ${sku} left the ERP, and Shopify counts whole units.`, 'Mark the parcel as sent in Shopify by hand.')
    }
    units.set(sku, (units.get(sku) ?? 0) + Number(quantity))
  }
  if (units.size > sizes.fulfilmentLines) return refused('The parcel holds more articles than can be told apart from here.', 'Mark it as sent in Shopify by hand.')
  return [...units].map(([sku, quantity]) => ({ sku, quantity }))
}

function warningsOf({ order, parcel, more }: StatusPushInput, { place }: Allotment): readonly string[] {
  const { location, tracking } = parcel
  return [
    'Shopify is asked to write no mail to the customer. An app of yours that follows parcels may write one all the same.',
    ...(order.payment.state === 'authorised' ? ['Its payment is authorised and not taken. Where the shop takes payment on shipment, Shopify charges the customer by this.'] : []),
    ...(tracking.length === 0 ? ['The ERP has no tracking number of it. One that comes later must be written on the parcel in the shop.'] : []),
    ...(location !== null && location !== place ? [`It left ${location}, and the shop plans it from ${place}: Shopify takes its stock from ${place}.`] : []),
    ...(more > 0 ? [`${more === 1 ? 'Another parcel of this order is' : `${more} more parcels of this order are`} not told either: repair again after this one.`] : []),
  ]
}

const parcelRow = z.object({
  id: z.string(),
  name: z.string(),
  status: z.string(),
  trackingInfo: z.array(z.object({ number: wireOptional(z.string()) })),
})
type ParcelRow = z.output<typeof parcelRow>
const parcelsShape = z.object({ order: wireOptional(z.object({ fulfillments: z.array(parcelRow) })) })

const written = z.object({
  fulfillmentCreate: wireOptional(
    z.object({
      fulfillment: wireOptional(z.object({ id: z.string() })),
      userErrors: z.array(z.object({ message: z.string() })),
    }),
  ),
})

/** Asks once more which parcels there are, then makes one. Neither is ever repeated. */
async function send(api: Api, payload: unknown): Promise<Outcome<{ readonly targetId: string | null }>> {
  const { fulfillment, order, parcelsBefore } = payloadSchema.parse(payload)
  // as a write: a probe that is tried again could lie seconds before the write that it is there for
  const held = await ask(api, { ...parcelsNow, writes: true }, { id: order.id }, parcelsShape)
  if (!held.ok) return held
  if ((held.value.data.order?.fulfillments ?? []).some(({ id }) => !parcelsBefore.includes(id))) {
    return failed(fault('validation', 'The shop was told of another parcel of this order since the preview, so nothing was sent. Look at a new preview.', { detail: 'probe before create' }))
  }
  const answer = await ask(api, tellParcel, { fulfillment }, written)
  if (!answer.ok) return answer
  const made = answer.value.data.fulfillmentCreate
  if (made === null) return failed(shapeFault(tellParcel, 'fulfillmentCreate'))
  const [error] = made.userErrors
  return error === undefined ? ok({ targetId: made.fulfillment?.id ?? null }) : failed(faultOfUser(error.message))
}

/** Its errors carry no code, so they are known by their words. */
function faultOfUser(message: string): Fault {
  const says = /unfulfillable status/.test(message)
    ? 'The units cannot be marked as sent any more: they were sent, held or cancelled meanwhile. Nothing was written; look at a new preview.'
    : /quantity requested/.test(message)
      ? 'Fewer units are left to be sent than the parcel holds. Nothing was written; look at a new preview.'
      : 'Shopify refused to mark the parcel as sent. Nothing was written.'
  return fault('validation', says, { detail: message })
}

const contents = z.object({
  nodes: z.array(
    wireOptional(
      z.object({
        id: z.string(),
        fulfillmentLineItems: listOf(z.object({ quantity: wireOptional(wireInteger), lineItem: z.object({ sku: wireOptional(z.string()) }) })).and(z.object({ pageInfo })),
      }),
    ),
  ),
})

/** Parcels that were not there before and are this one: by a tracking number where both have any, else by what is in them. */
async function verify(api: Api, payload: unknown): Promise<Outcome<Verification>> {
  const sent = payloadSchema.parse(payload)
  const held = await ask(api, parcelsNow, { id: sent.order.id }, parcelsShape)
  if (!held.ok) return held
  const { order } = held.value.data
  if (order === null) return failed(fault('not-found', `Shopify does not show order ${sent.order.name} any more, so nothing can be said of its parcels.`))
  const since = order.fulfillments.filter(({ id }) => !sent.parcelsBefore.includes(id))
  const units = new Map<string, readonly Units[]>()
  for (const some of batches(since.map(({ id }) => id), sizes.fulfilments)) {
    // oxlint-disable-next-line no-await-in-loop -- a few questions, one after the other
    const answer = await ask(api, fulfilmentBodies, { ids: some }, contents)
    if (!answer.ok) return answer
    for (const one of answer.value.data.nodes) {
      if (one !== null) units.set(one.id, one.fulfillmentLineItems.nodes.map(({ quantity, lineItem }) => ({ sku: lineItem.sku ?? '', quantity: quantity ?? 0 })))
    }
  }
  return ok({ found: since.flatMap((one) => foundOf(one, units.get(one.id) ?? [], sent)) })
}

const dead = new Set(['CANCELLED', 'ERROR', 'FAILURE'])

function foundOf({ id, name, status, trackingInfo }: ParcelRow, units: readonly Units[], sent: Payload): Verification['found'] {
  const numbers = trackingInfo.flatMap(({ number }) => (number === null || number === '' ? [] : [number]))
  const alike = keyOf(units) === keyOf(sent.units)
  const shared = numbers.some((number) => sent.tracking.includes(number))
  if (numbers.length > 0 && sent.tracking.length > 0 ? !shared : !alike) return []
  const cancelled = dead.has(status)
  const words = [...sum(units)].map(([sku, quantity]) => `${quantity} × ${sku}`).join(', ')
  return [
    {
      id,
      number: name,
      matches: alike && !cancelled && sent.tracking.every((number) => numbers.includes(number)),
      cancelled,
      says: `Parcel ${name}, ${status.toLowerCase()}: ${words}${numbers.length === 0 ? ', without a tracking number' : `, tracking ${numbers.join(', ')}`}.`,
    },
  ]
}

function sum(units: readonly Units[]): ReadonlyMap<string, number> {
  const total = new Map<string, number>()
  for (const { sku, quantity } of units) total.set(sku, (total.get(sku) ?? 0) + quantity)
  return total
}

function keyOf(units: readonly Units[]): string {
  return [...sum(units)].map(([sku, quantity]) => `${sku} ${quantity}`).toSorted().join('\n')
}
