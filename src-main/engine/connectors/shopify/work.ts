/**
 * What of an order is still to be sent: from which location, and for when it is promised. Shopify keeps it in fulfilment
 * orders, which take a scope of their own; where the app lacks it nothing is asked, as it would be refused each time.
 */
import { z } from 'zod'
import { type Outcome, ok } from '../../../domain/fault.ts'
import type { Api } from '../definition.ts'
import { wireInstant, wireInteger, wireOptional } from '../wire.ts'
import { ask } from './graphql.ts'
import { sizes } from './document.ts'
import { grantedScopes, openWork } from './order-queries.ts'
import { listOf, pageInfo, scopes } from './wire.ts'

/** Units of a line that a location is to send. */
export interface Assigned {
  readonly lineId: string
  readonly location: string
  readonly quantity: number
}

export interface Work {
  /** The latest date of a scheduled order; null where it has none. */
  readonly promisedAt: string | null
  /** Null where Shopify does not tell all of it. */
  readonly assigned: readonly Assigned[] | null
}

/** Each of them shows the fulfilment orders of some places; of the merchant's own it takes this one. */
const workScopes = [
  'read_merchant_managed_fulfillment_orders',
  'read_assigned_fulfillment_orders',
  'read_third_party_fulfillment_orders',
  'read_marketplace_fulfillment_orders',
]

/** With these an order may still hold units somewhere. */
const overStatuses = new Set(['FULFILLED', 'RESTOCKED'])

const shape = z.object({
  nodes: z.array(
    wireOptional(
      z.object({
        id: z.string(),
        fulfillmentOrders: listOf(
          z.object({
            status: z.string(),
            fulfillAt: wireOptional(z.string()),
            assignedLocation: z.object({ location: wireOptional(z.object({ name: z.string() })) }),
            lineItems: z.object({
              pageInfo,
              nodes: z.array(
                z.object({ remainingQuantity: wireInteger, lineItem: z.object({ id: z.string() }) }),
              ),
            }),
          }),
        ).and(z.object({ pageInfo })),
      }),
    ),
  ),
})
type WireWork = z.output<typeof shape>['nodes'][number] & object

/** By the order's id; nothing of orders that are sent, and nothing at all where the app may not see it. */
export async function workOf(
  api: Api,
  orders: readonly { readonly id: string; readonly displayFulfillmentStatus: string }[],
): Promise<Outcome<ReadonlyMap<string, Work>>> {
  const found = new Map<string, Work>()
  const open = orders.filter((order) => !overStatuses.has(order.displayFulfillmentStatus))
  if (open.length === 0) return ok(found)
  const granted = await ask(api, grantedScopes, {}, z.object({ currentAppInstallation: scopes }))
  if (!granted.ok) return granted
  const { currentAppInstallation: held } = granted.value.data
  if (!workScopes.some((scope) => held.has(scope) || held.has(scope.replace('read_', 'write_'))))
    return ok(found)
  for (let at = 0; at < open.length; at += sizes.work) {
    const ids = open.slice(at, at + sizes.work).map((order) => order.id)
    const answer = await ask(api, openWork, { ids }, shape)
    if (!answer.ok) return answer
    for (const one of answer.value.data.nodes)
      if (one !== null)
        found.set(one.id, { promisedAt: promisedIn(one), assigned: assignedIn(one) })
  }
  return ok(found)
}

function promisedIn({ fulfillmentOrders }: WireWork): string | null {
  const dates = fulfillmentOrders.nodes.flatMap(({ status, fulfillAt }) => {
    const waits = status === 'SCHEDULED' || status === 'OPEN'
    return waits && fulfillAt !== null && wireInstant.safeParse(fulfillAt).success
      ? [fulfillAt]
      : []
  })
  return dates.sort((left, right) => Date.parse(left) - Date.parse(right)).at(-1) ?? null
}

/** Half a truth would count the other half's units nowhere. */
function assignedIn({ fulfillmentOrders }: WireWork): readonly Assigned[] | null {
  const { nodes, pageInfo: page } = fulfillmentOrders
  const isWhole =
    !page.hasNextPage &&
    nodes.every((one) => !one.lineItems.pageInfo.hasNextPage && one.assignedLocation.location !== null)
  if (!isWhole) return null
  return nodes.flatMap(({ assignedLocation, lineItems }) =>
    lineItems.nodes.flatMap(({ remainingQuantity, lineItem }) =>
      remainingQuantity === 0
        ? []
        : [
            {
              lineId: lineItem.id,
              location: assignedLocation.location?.name ?? '',
              quantity: remainingQuantity,
            },
          ],
    ),
  )
}
