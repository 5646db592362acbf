/** Pure: which units of an order's fulfilment orders a parcel is, or why that cannot be told. */
import { z } from 'zod'
import { type Refused, refused } from '../wanted.ts'
import { wireInteger, wireOptional } from '../wire.ts'
import { listOf } from './wire.ts'

/** Units that wait to be sent from one place. */
export const waitingWork = z.object({
  id: z.string(),
  status: z.string(),
  requestStatus: z.string(),
  assignedLocation: z.object({ name: z.string(), location: wireOptional(z.object({ name: z.string() })) }),
  lineItems: listOf(
    z.object({ id: z.string(), remainingQuantity: wireInteger, lineItem: z.object({ sku: wireOptional(z.string()) }) }),
  ).and(z.object({ pageInfo: z.object({ hasNextPage: z.boolean() }) })),
})
export type WaitingWork = z.output<typeof waitingWork>

/** Units of a SKU in a parcel. */
export interface Units {
  readonly sku: string
  readonly quantity: number
}

export interface Allotment {
  readonly kind: 'allotted'
  readonly place: string
  readonly works: readonly {
    readonly id: string
    readonly lines: readonly { readonly id: string; readonly quantity: number }[]
  }[]
}

/** With these Shopify keeps nothing that could still be sent. */
const over = new Set(['CLOSED', 'CANCELLED', 'INCOMPLETE'])
/** A fulfilment service was asked to send it, and tells the shop by itself. */
const withService = new Set(['SUBMITTED', 'ACCEPTED', 'CANCELLATION_REQUESTED', 'CANCELLATION_REJECTED'])

/** One parcel leaves from one place: Shopify takes no fulfilment over several. `from` is where the ERP says it left. */
export function allot(all: readonly WaitingWork[], parcel: readonly Units[], from: string | null): Allotment | Refused {
  const works = all.filter((work) => !over.has(work.status))
  const ready = works.filter((work) => hindrance(work) === null)
  const covering = placesOf(ready).filter((place) => covers(at(ready, place), parcel))
  const [only, ...others] = covering
  const place = from !== null && covering.includes(from) ? from : only
  if (place === undefined) return whyNone(works, ready, parcel)
  if (place !== from && others.length > 0) {
    return refused(
      `Its units wait at ${covering.join(' and at ')}, and the ERP does not say which of them it left from.`,
      'Map the ERP’s warehouse to the shop’s location in the pair’s settings.',
      'Or mark the parcel as sent in the shop by hand.',
    )
  }
  return { kind: 'allotted', place, works: takeFrom(at(ready, place), parcel) }
}

/** In words that follow "are"; null where it can be sent. */
function hindrance({ status, requestStatus }: WaitingWork): string | null {
  if (withService.has(requestStatus)) return 'with a fulfilment service, which tells the shop itself'
  if (status === 'OPEN' || status === 'IN_PROGRESS') return null
  if (status === 'ON_HOLD') return 'on hold'
  if (status === 'SCHEDULED') return 'scheduled for a later day'
  return `${status.toLowerCase().replaceAll('_', ' ')}`
}

function whyNone(works: readonly WaitingWork[], ready: readonly WaitingWork[], parcel: readonly Units[]): Refused {
  const byHand = 'Look at the order in Shopify, and mark there what has left.'
  if (works.every((work) => left([work], null) === 0)) return refused('The shop has nothing of this order left to be sent.', byHand)
  if (covers(ready, parcel)) {
    return refused(`Its units wait at several places (${placesOf(ready).join(', ')}), and one parcel leaves from one.`, byHand)
  }
  const held = works.map(hindrance).find((words) => words !== null)
  if (held !== undefined && covers(works, parcel)) return refused(`In the shop its units are ${held}.`, 'Release them in Shopify, then repair again.')
  const short = parcel.find(({ sku, quantity }) => left(works, sku) < quantity)
  const says = short === undefined ? 'Not all of its units are left to be sent.' : `Of ${short.sku} ${short.quantity} left the ERP, and ${left(works, short.sku)} are left to be sent in the shop.`
  return refused(says, byHand)
}

function placeOf({ assignedLocation }: WaitingWork): string {
  return assignedLocation.location?.name ?? assignedLocation.name
}

function placesOf(works: readonly WaitingWork[]): readonly string[] {
  return [...new Set(works.map(placeOf))]
}

function at(works: readonly WaitingWork[], place: string): readonly WaitingWork[] {
  return works.filter((work) => placeOf(work) === place)
}

/** Null: of whatever it holds. */
function left(works: readonly WaitingWork[], sku: string | null): number {
  const lines = works.flatMap((work) => work.lineItems.nodes)
  return lines.reduce((units, line) => (sku === null || line.lineItem.sku === sku ? units + line.remainingQuantity : units), 0)
}

function covers(works: readonly WaitingWork[], parcel: readonly Units[]): boolean {
  return parcel.every(({ sku, quantity }) => left(works, sku) >= quantity)
}

function takeFrom(works: readonly WaitingWork[], parcel: readonly Units[]): Allotment['works'] {
  const wanted = new Map(parcel.map(({ sku, quantity }) => [sku, quantity]))
  const taken = works.map((work) => {
    const lines = work.lineItems.nodes.map(({ id, remainingQuantity, lineItem }) => {
      const sku = lineItem.sku ?? ''
      const quantity = Math.min(wanted.get(sku) ?? 0, remainingQuantity)
      wanted.set(sku, (wanted.get(sku) ?? 0) - quantity)
      return { id, quantity }
    })
    return { id: work.id, lines: lines.filter((line) => line.quantity > 0) }
  })
  return taken.filter((work) => work.lines.length > 0)
}
