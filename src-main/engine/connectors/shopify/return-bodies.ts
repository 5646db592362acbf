/**
 * What came back of orders by returns, which take a scope of their own; where the app lacks it nothing is asked, as it
 * would be refused each time.
 */
import { z } from 'zod'
import { type Outcome, ok } from '../../../domain/fault.ts'
import type { Api } from '../definition.ts'
import { wireOptional } from '../wire.ts'
import { ask } from './graphql.ts'
import { grantedScopes, orderReturns } from './order-queries.ts'
import { scopes } from './wire.ts'

/** A list of which there may be more than was asked for. */
const part = { pageInfo: z.object({ hasNextPage: z.boolean() }) }
const returned = z.object({
  order: wireOptional(
    z.object({
      returns: z.object({
        ...part,
        nodes: z.array(
          z.looseObject({
            refunds: z.looseObject(part),
            reverseFulfillmentOrders: z.looseObject({
              ...part,
              nodes: z.array(z.looseObject({ lineItems: z.looseObject(part) })),
            }),
          }),
        ),
      }),
    }),
  ),
})
type Returned = NonNullable<z.output<typeof returned>['order']>['returns']

/**
 * By the order's id, as they came, for the stream's own schema to read; of orders whose state says that they have some.
 * An order is left out of which not all can be seen.
 */
export async function returnsIn(
  api: Api,
  orders: readonly { readonly id: string; readonly returnStatus: string }[],
): Promise<Outcome<ReadonlyMap<string, readonly unknown[]>>> {
  const found = new Map<string, readonly unknown[]>()
  const some = orders.filter(({ returnStatus }) => returnStatus !== 'NO_RETURN')
  if (some.length === 0) return ok(found)
  const granted = await ask(api, grantedScopes, {}, z.object({ currentAppInstallation: scopes }))
  if (!granted.ok) return granted
  const { currentAppInstallation: held } = granted.value.data
  if (!held.has('read_returns') && !held.has('write_returns')) return ok(found)
  for (const { id } of some) {
    const answer = await ask(api, orderReturns, { id }, returned)
    if (!answer.ok) return answer
    const list = answer.value.data.order?.returns
    if (list !== undefined && !isCut(list)) found.set(id, list.nodes)
  }
  return ok(found)
}

/** To take a part of them for all would miss goods that are back: then they are as good as not stated. */
function isCut({ nodes, pageInfo }: Returned): boolean {
  const lists = nodes.flatMap(({ refunds, reverseFulfillmentOrders }) => [
    refunds,
    reverseFulfillmentOrders,
    ...reverseFulfillmentOrders.nodes.map(({ lineItems }) => lineItems),
  ])
  return pageInfo.hasNextPage || lists.some((list) => list.pageInfo.hasNextPage)
}
