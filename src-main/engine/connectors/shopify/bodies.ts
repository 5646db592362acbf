/** Reads orders whole by their ids, which is read past the search: their lists, and the lines of refunds and parcels. */
import { z } from 'zod'
import { type Outcome, failed, ok } from '../../../domain/fault.ts'
import type { Api } from '../definition.ts'
import { ask, shapeFault } from './graphql.ts'
import { type Document, listSizes, longListSizes, sizes } from './document.ts'
import {
  fulfilmentBodies,
  moreFulfilmentLines,
  moreLines,
  moreRefundLines,
  moreShipping,
  orderBodies,
  orderLists,
  refundBodies,
} from './order-queries.ts'
import { returnsIn } from './return-bodies.ts'
import { type Settings, metafieldOf } from './settings.ts'
import { listOf, pageInfo } from './wire.ts'
import { workOf } from './work.ts'

const pagesMax = 100

/** Rows stay as they came: only what is needed to complete them is looked at here, the stream's own schema reads the rest. */
const rowShape = z.looseObject({ id: z.string() })
type Row = z.output<typeof rowShape>
const connection = z.looseObject({
  pageInfo: pageInfo.optional(),
  nodes: z.array(z.looseObject({})),
})
type Connection = z.output<typeof connection>

const lists = {
  transactions: z.array(z.unknown()),
  fulfillments: z.array(rowShape),
  refunds: z.array(rowShape),
}

const bodyShape = z.looseObject({
  id: z.string(),
  displayFulfillmentStatus: z.string(),
  ...lists,
  shippingLines: connection,
  lineItems: connection,
})
type Body = z.output<typeof bodyShape>
const bodyNodes = nodesOf(bodyShape)
const rowNodes = nodesOf(rowShape)

/** Orders by id; one that is not there (any more) is left out. */
export async function readOrders(
  api: Api,
  ids: readonly string[],
  settings: Settings,
): Promise<Outcome<readonly unknown[]>> {
  const field = metafieldOf(settings)
  const rows: unknown[] = []
  for (const some of batches(ids, sizes.orders)) {
    // null and a key that nobody uses: the document's type wants a key even where it is left out
    const named = {
      namespace: field?.namespace ?? null,
      key: field?.key ?? '-',
      withMetafield: field !== null,
    }
    const answer = await ask(api, orderBodies, { ids: some, ...named }, bodyNodes)
    if (!answer.ok) return answer
    for (const body of answer.value.data.nodes) {
      if (body === null) continue
      const listed = await withLongLists(api, body)
      if (!listed.ok) return listed
      const whole = await withAllLines(api, listed.value)
      if (!whole.ok) return whole
      rows.push(whole.value)
    }
  }
  return completed(api, rows)
}

export function nodesOf<T extends z.ZodType>(row: T) {
  return z.object({
    nodes: z.array(z.union([row, z.null(), z.strictObject({}).transform(() => null)])),
  })
}

export function batches<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  const count = Math.ceil(all.length / size)
  return Array.from({ length: count }, (_, index) => all.slice(index * size, (index + 1) * size))
}

/** A list without pages that came back as long as was asked for may be longer. */
async function withLongLists(api: Api, body: Body): Promise<Outcome<Body>> {
  const isFull = (
    size: typeof listSizes | typeof longListSizes,
    of: Pick<Body, keyof typeof listSizes>,
  ): boolean =>
    of.transactions.length >= size.transactions ||
    of.fulfillments.length >= size.fulfillments ||
    of.refunds.length >= size.refunds
  if (!isFull(listSizes, body)) return ok(body)
  const answer = await ask(
    api,
    orderLists,
    { id: body.id },
    z.object({ order: z.looseObject(lists) }),
  )
  if (!answer.ok) return answer
  const { transactions, fulfillments, refunds } = answer.value.data.order
  // to take the first hundred for all of them would lose money out of sight
  if (isFull(longListSizes, { transactions, fulfillments, refunds }))
    return failed(shapeFault(orderLists, 'order'))
  return ok({ ...body, transactions, fulfillments, refunds })
}

async function withAllLines(api: Api, body: Body): Promise<Outcome<Body>> {
  const lines = await restOf(
    api,
    moreLines,
    body.id,
    body.lineItems,
    (data) => data['order'],
    'lineItems',
  )
  if (!lines.ok) return lines
  const shipping = await restOf(
    api,
    moreShipping,
    body.id,
    body.shippingLines,
    (data) => data['order'],
    'shippingLines',
  )
  if (!shipping.ok) return shipping
  return ok({
    ...body,
    lineItems: { nodes: lines.value },
    shippingLines: { nodes: shipping.value },
  })
}

/** Goes on with a connection behind its first page. */
async function restOf(
  api: Api,
  document: Document,
  id: string,
  first: Connection,
  holderOf: (data: Readonly<Record<string, unknown>>) => unknown,
  name: string,
): Promise<Outcome<Connection['nodes']>> {
  const nodes = [...first.nodes]
  let page = first.pageInfo
  for (let pages = 0; page?.hasNextPage === true; pages += 1) {
    if (pages >= pagesMax) return failed(shapeFault(document, `${name}.pageInfo`))
    const answer = await ask(
      api,
      document,
      { id, after: page.endCursor },
      z.record(z.string(), z.unknown()),
    )
    if (!answer.ok) return answer
    const read = z.looseObject({ [name]: connection }).safeParse(holderOf(answer.value.data))
    const more = read.data?.[name]
    const parsed = connection.safeParse(more)
    if (!read.success || !parsed.success) return failed(shapeFault(document, name))
    nodes.push(...parsed.data.nodes)
    page = parsed.data.pageInfo
  }
  return ok(nodes)
}

const completing = z.looseObject({
  id: z.string(),
  displayFulfillmentStatus: z.string(),
  returnStatus: z.string(),
  fulfillments: z.array(z.looseObject({ id: z.string(), status: z.string() })),
  refunds: z.array(rowShape),
  lineItems: listOf(
    z.looseObject({ id: z.string(), quantity: z.string(), currentQuantity: z.string() }),
  ),
})
type Completing = z.output<typeof completing>

/**
 * Lays into orders what no list of theirs can bring along: the lines of refunds and parcels, read by the ids of these,
 * many at once, and what is still to be sent. A row of another shape is left as it is: the stream's schema will refuse it by itself.
 */
export async function completed(
  api: Api,
  rows: readonly unknown[],
): Promise<Outcome<readonly unknown[]>> {
  const parsed = rows.map((row) => completing.safeParse(row).data ?? null)
  const known = parsed.flatMap((row) => row ?? [])
  const refundIds = known.flatMap((row) => row.refunds.map((one) => one.id))
  const parcelIds = known
    .filter((row) => !wentInOne(row))
    .flatMap((row) => row.fulfillments.map((one) => one.id))
  const refunds = await partsOf(
    api,
    refundBodies,
    refundIds,
    sizes.refunds,
    moreRefundLines,
    'refundLineItems',
  )
  if (!refunds.ok) return refunds
  const parcels = await partsOf(
    api,
    fulfilmentBodies,
    parcelIds,
    sizes.fulfilments,
    moreFulfilmentLines,
    'fulfillmentLineItems',
  )
  if (!parcels.ok) return parcels
  const work = await workOf(api, known)
  if (!work.ok) return work
  const returns = await returnsIn(api, known)
  if (!returns.ok) return returns
  const whole: unknown[] = []
  for (const [index, row] of parsed.entries()) {
    if (row === null) {
      whole.push(rows[index])
      continue
    }
    whole.push({
      ...row,
      promisedAt:
        row.displayFulfillmentStatus === 'SCHEDULED'
          ? (work.value.get(row.id)?.promisedAt ?? null)
          : null,
      assigned: work.value.get(row.id)?.assigned ?? null,
      returns: row.returnStatus === 'NO_RETURN' ? [] : (returns.value.get(row.id) ?? null),
      refunds: row.refunds.map((one) => ({ ...one, ...refunds.value.get(one.id) })),
      fulfillments: row.fulfillments.map((one) => ({
        ...one,
        ...(wentInOne(row)
          ? { fulfillmentLineItems: { nodes: row.lineItems.nodes.map(asSent) } }
          : parcels.value.get(one.id)),
      })),
    })
  }
  return ok(whole)
}

/** All of an order that nobody changed, in its only parcel: what was in it needs no asking. */
function wentInOne(row: Completing): boolean {
  const [only] = row.fulfillments
  return (
    row.fulfillments.length === 1 &&
    only?.status === 'SUCCESS' &&
    row.displayFulfillmentStatus === 'FULFILLED' &&
    row.refunds.length === 0 &&
    row.lineItems.nodes.every((line) => line.quantity === line.currentQuantity)
  )
}

function asSent(line: Completing['lineItems']['nodes'][number]): unknown {
  return { quantity: line.quantity, lineItem: { id: line.id, sku: line['sku'] ?? null } }
}

async function partsOf(
  api: Api,
  document: Document,
  ids: readonly string[],
  size: number,
  more: Document,
  name: string,
): Promise<Outcome<ReadonlyMap<string, Row>>> {
  const found = new Map<string, Row>()
  for (const some of batches(ids, size)) {
    const answer = await ask(api, document, { ids: some }, rowNodes)
    if (!answer.ok) return answer
    for (const part of answer.value.data.nodes) {
      if (part === null) continue
      const first = connection.safeParse(part[name])
      if (!first.success) return failed(shapeFault(document, name))
      const all = await restOf(api, more, part.id, first.data, (data) => data['node'], name)
      if (!all.ok) return all
      found.set(part.id, { ...part, [name]: { nodes: all.value } })
    }
  }
  return ok(found)
}
