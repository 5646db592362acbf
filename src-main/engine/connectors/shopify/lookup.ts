/** Asks Shopify live for named rows, and says of what it did not find whether that is proven. */
import { z } from 'zod'
import { type Outcome, ok } from '../../../domain/fault.ts'
import { iso } from '../../../domain/time.ts'
import type { Api, Found, LookupKeys } from '../definition.ts'
import { wireInteger } from '../wire.ts'
import { batches, nodesOf, readOrders } from './bodies.ts'
import { overlapMs, platformNow } from './changes.ts'
import { ask } from './graphql.ts'
import { type Document, sizes } from './document.ts'
import { ordersNamed } from './order-queries.ts'
import { customerNodes, scopesQuery, variantNodes, variantsQuery } from './queries.ts'
import { anyOf } from './search.ts'
import { type Settings, metafieldOf, statedNumber } from './settings.ts'
import { identified, listOf, namedRow, pageInfo, scopes } from './wire.ts'

const nothing: Found = { rows: [], complete: false }

/** Behind the newest number that the search knows, so many may have been given out in the minutes that it lags. */
const freshNumbersMax = 10_000

export async function lookupOrders(
  api: Api,
  keys: LookupKeys,
  settings: Settings,
): Promise<Outcome<Found>> {
  if (keys.by === 'reference') return ok(nothing)
  if (keys.by === 'id') return ordersById(api, keys.values, settings)
  const rows: unknown[] = []
  let complete = true
  for (const some of batches([...new Set(keys.values)], sizes.named)) {
    const named = await idsByNumber(api, some, settings)
    if (!named.ok) return named
    const found = await readOrders(api, named.value.ids, settings)
    if (!found.ok) return found
    rows.push(...found.value)
    complete &&= named.value.complete && found.value.length === named.value.ids.length
  }
  return ok({ rows, complete })
}

/** By id Shopify reads past its search: what does not come back is not there, unless it is only too old for us to see. */
async function ordersById(
  api: Api,
  ids: readonly string[],
  settings: Settings,
): Promise<Outcome<Found>> {
  const rows = await readOrders(
    api,
    [...new Set(ids.filter((id) => id.startsWith('gid://shopify/Order/')))],
    settings,
  )
  if (!rows.ok) return rows
  if (rows.value.length >= new Set(ids).size) return ok({ rows: rows.value, complete: true })
  const granted = await ask(api, scopesQuery, {}, z.object({ currentAppInstallation: scopes }))
  if (!granted.ok) return granted
  return ok({
    rows: rows.value,
    complete: granted.value.data.currentAppInstallation.has('read_all_orders'),
  })
}

const numbers = listOf(z.object({ number: wireInteger }))
const searched = z.object({
  currentAppInstallation: scopes,
  found: z.object({ pageInfo, nodes: z.array(namedRow) }),
  settled: numbers,
  oldest: numbers,
  newest: numbers,
})
type Searched = z.output<typeof searched>

interface Ids {
  readonly ids: readonly string[]
  readonly complete: boolean
}

/**
 * Numbers are found by the search only, and the search shows an order seconds to minutes late. So a number that it does
 * not know is proven to have no order only where lateness cannot explain it: see `isProvenAbsent`.
 */
async function idsByNumber(
  api: Api,
  wanted: readonly string[],
  settings: Settings,
): Promise<Outcome<Ids>> {
  const query = queryFor(wanted, settings.orderNumber)
  // attributes are not searched at all
  if (query === null) return ok({ ids: [], complete: false })
  const now = await platformNow(api)
  if (!now.ok) return now
  const field = metafieldOf(settings)
  const answer = await ask(
    api,
    ordersNamed,
    {
      query,
      settled: `created_at:<='${iso(now.value - overlapMs).replace(/\.\d+Z$/, 'Z')}'`,
      namespace: field?.namespace ?? null,
      key: field?.key ?? '-',
      withMetafield: field !== null,
    },
    searched,
  )
  if (!answer.ok) return answer
  const { found } = answer.value.data
  const hits = found.nodes.flatMap((node) => {
    const number = statedNumber(node, settings.orderNumber)
    return number !== null && wanted.includes(number) ? [{ id: node.id, number }] : []
  })
  const missing = wanted.filter((number) => hits.every((hit) => hit.number !== number))
  const proven = missing.every((number) =>
    isProvenAbsent(number, settings.orderNumber, answer.value.data),
  )
  return ok({ ids: hits.map((hit) => hit.id), complete: !found.pageInfo.hasNextPage && proven })
}

function queryFor(wanted: readonly string[], setting: string): string | null {
  if (setting === 'name' || setting === 'number')
    return anyOf(
      'name',
      wanted.flatMap((number) => [number, `#${number}`]),
    )
  if (setting === 'poNumber') return anyOf('po_number', wanted)
  if (setting.startsWith('metafield.'))
    return anyOf(setting.replace(/^metafield/, 'metafields'), wanted)
  return null
}

/**
 * Shopify counts its orders up. A number at or below that of an order which is old enough for the search to know has been
 * given out, so its order would be found; one far above the newest has not been given out. In between it may belong to an
 * order of this minute, and whoever asks again later is told. Without the right to all orders, numbers below the oldest
 * that is shown prove nothing. Numbers that people choose have no such order, so of these absence is never proven.
 */
function isProvenAbsent(number: string, setting: string, shop: Searched): boolean {
  const counted = setting === 'name' || setting === 'number'
  const digits = counted ? /^\D{0,10}(\d{1,15})$/.exec(number)?.[1] : undefined
  if (digits === undefined) return false
  const asked = Number(digits)
  const newest = shop.newest.nodes[0]?.number
  if (newest === undefined) return false
  if (asked > newest + freshNumbersMax) return true
  // the search knows names: under a prefix of the shop's a bare number would not have been found
  if (setting === 'number') return false
  const settled = shop.settled.nodes[0]?.number
  if (settled === undefined || asked > settled) return false
  const oldest = shop.oldest.nodes[0]?.number
  return (
    shop.currentAppInstallation.has('read_all_orders') || (oldest !== undefined && asked >= oldest)
  )
}

export async function lookupVariants(api: Api, keys: LookupKeys): Promise<Outcome<Found>> {
  if (keys.by === 'reference') return ok(nothing)
  if (keys.by === 'id') return rowsById(api, variantNodes, keys.values, 'ProductVariant')
  const rows: unknown[] = []
  let complete = true
  const shape = z.object({
    productVariants: z.object({
      pageInfo,
      nodes: z.array(z.looseObject({ sku: z.string().nullable() })),
    }),
  })
  for (const some of batches([...new Set(keys.values)], sizes.named)) {
    const answer = await ask(api, variantsQuery, { query: anyOf('sku', some), after: null }, shape)
    if (!answer.ok) return answer
    const { nodes, pageInfo: page } = answer.value.data.productVariants
    const met = nodes.filter((node) => node.sku !== null && some.includes(node.sku))
    rows.push(...met)
    complete &&= !page.hasNextPage && some.every((sku) => met.some((node) => node.sku === sku))
  }
  return ok({ rows, complete })
}

export async function lookupCustomers(api: Api, keys: LookupKeys): Promise<Outcome<Found>> {
  return keys.by === 'id' ? rowsById(api, customerNodes, keys.values, 'Customer') : ok(nothing)
}

const identifiedNodes = nodesOf(z.looseObject({ ...identified.shape }))

async function rowsById(
  api: Api,
  document: Document,
  ids: readonly string[],
  type: string,
): Promise<Outcome<Found>> {
  const rows: unknown[] = []
  const known = ids.filter((id) => id.startsWith(`gid://shopify/${type}/`))
  for (const some of batches([...new Set(known)], 100)) {
    const answer = await ask(api, document, { ids: some }, identifiedNodes)
    if (!answer.ok) return answer
    rows.push(...answer.value.data.nodes.flatMap((row) => row ?? []))
  }
  return ok({ rows, complete: true })
}
