/** Stock is read location by location, each with a cursor of its own: one cursor over several would lose rows of the later ones. */
import { z } from 'zod'
import { type Outcome, failed, ok } from '../../../domain/fault.ts'
import type { Instant } from '../../../domain/time.ts'
import type { Api, Found, LookupKeys, Page, StreamDefinition } from '../definition.ts'
import { wireOptional } from '../wire.ts'
import { batches } from './bodies.ts'
import { aheadOf, filterOf, overlapMs, platformNow } from './changes.ts'
import { type Told, ask, shapeFault } from './graphql.ts'
import { stockRecords } from './normalise.ts'
import { sizes } from './document.ts'
import { levelsOfSkus, levelsQuery, locationsQuery } from './queries.ts'
import { anyOf } from './search.ts'
import type { Settings } from './settings.ts'
import { type StockRow, pageInfo, stamped, stockRow } from './wire.ts'

const locationsMax = 1000

/** The highest stamp of each location, by its id. */
const stamps = z.record(z.string(), z.int())
const stockCursor = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('resume'), at: stamps }),
  z.object({
    kind: z.literal('page'),
    at: stamps,
    location: z.string(),
    left: z.array(z.string()).max(locationsMax),
    from: z.int().nullable(),
    until: z.int(),
    after: z.string().nullable(),
    high: z.int().nullable(),
  }),
])
type StockCursor = z.output<typeof stockCursor>
type StockPage = Extract<StockCursor, { kind: 'page' }>

export interface Location {
  readonly id: string
  readonly name: string
  readonly isActive: boolean
}

const locationsShape = z.object({
  locations: z.object({
    pageInfo,
    nodes: z.array(z.object({ id: z.string(), name: z.string(), isActive: z.boolean() })),
  }),
})

export async function readLocations(api: Api): Promise<Outcome<readonly Location[]>> {
  const found: Location[] = []
  let page: z.output<typeof pageInfo> = { hasNextPage: true, endCursor: null }
  while (page.hasNextPage && found.length < locationsMax) {
    const answer: Outcome<Told<z.output<typeof locationsShape>>> = await ask(
      api,
      locationsQuery,
      { after: page.endCursor },
      locationsShape,
    )
    if (!answer.ok) return answer
    found.push(...answer.value.data.locations.nodes)
    page = answer.value.data.locations.pageInfo
  }
  if (!page.hasNextPage) return ok(found)
  return failed(shapeFault(locationsQuery, 'locations'))
}

/** The pass at its first location, or on its way; null where the shop has none. */
async function stockWindow(
  api: Api,
  cursor: StockCursor | null,
): Promise<Outcome<StockPage | null>> {
  if (cursor?.kind === 'page') return ok(cursor)
  const locations = await readLocations(api)
  if (!locations.ok) return locations
  const now = await platformNow(api)
  if (!now.ok) return now
  const at = cursor?.at ?? {}
  return ok(
    atLocation(
      at,
      locations.value.map((one) => one.id),
      now.value,
    ),
  )
}

/** A location that is new is read whole. */
function atLocation(
  at: Readonly<Record<string, Instant>>,
  left: readonly string[],
  until: Instant,
): StockPage | null {
  const [location, ...rest] = left
  if (location === undefined) return null
  const known = at[location]
  const from = known === undefined ? null : known - overlapMs
  return {
    kind: 'page',
    at,
    location,
    left: rest,
    from,
    until: Math.max(until, known ?? 0),
    after: null,
    high: known ?? null,
  }
}

const levels = z.object({
  location: wireOptional(
    z.object({
      id: z.string(),
      name: z.string(),
      inventoryLevels: z.object({ pageInfo, nodes: z.array(z.looseObject({})) }),
    }),
  ),
})

async function readLevels(api: Api, window: StockPage): Promise<Outcome<Page>> {
  const query = window.from === null ? null : filterOf({ from: window.from, until: window.until })
  const answer = await ask(
    api,
    levelsQuery,
    { location: window.location, query, after: window.after },
    levels,
  )
  if (!answer.ok) return answer
  const ahead = aheadOf(highestOf(window), answer.value.date)
  if (!ahead.ok) return ahead
  // a location that was deleted meanwhile has nothing to tell
  const { location } = answer.value.data
  const nodes = location?.inventoryLevels.nodes ?? []
  const page = location?.inventoryLevels.pageInfo ?? { hasNextPage: false, endCursor: null }
  const stampsHere = nodes.flatMap((node) => stamped.safeParse(node).data?.updatedAt ?? [])
  const high = stampsHere.reduce<number | null>(
    (most, one) => Math.max(most ?? one, one),
    window.high,
  )
  const rows = nodes.map((node) => ({
    ...node,
    location: { id: window.location, name: location?.name ?? '' },
  }))
  if (page.hasNextPage && page.endCursor !== null) {
    const next = { ...window, after: page.endCursor, high }
    return ok({ rows, next, resumeAt: { kind: 'resume', at: window.at }, touched: [] })
  }
  const at = high === null ? window.at : { ...window.at, [window.location]: high }
  return ok({
    rows,
    next: atLocation(at, window.left, window.until),
    resumeAt: { kind: 'resume', at },
    touched: [],
  })
}

function highestOf(window: StockPage): Instant | null {
  const all = [...Object.values(window.at), ...(window.high === null ? [] : [window.high])]
  return all.length === 0 ? null : Math.max(...all)
}

const skuRows = z.object({
  inventoryItems: z.object({
    pageInfo,
    nodes: z.array(
      z.object({
        id: z.string(),
        sku: wireOptional(z.string()),
        inventoryLevels: z.object({ pageInfo, nodes: z.array(z.unknown()) }),
      }),
    ),
  }),
})

/** By SKU, through the search: what it does not find may only be new, so absence is proven by none of it. */
async function lookupStock(api: Api, keys: LookupKeys): Promise<Outcome<Found>> {
  if (keys.by === 'reference') return ok({ rows: [], complete: false })
  const skuOf = (key: string): string =>
    keys.by === 'id' ? key.slice(0, Math.max(0, key.lastIndexOf('@'))) : key
  const skus = [...new Set(keys.values.map(skuOf))].filter((sku) => sku !== '')
  const rows: unknown[] = []
  let complete = true
  for (const some of batches(skus, sizes.skus)) {
    const answer = await ask(api, levelsOfSkus, { query: anyOf('sku', some) }, skuRows)
    if (!answer.ok) return answer
    const { nodes, pageInfo: page } = answer.value.data.inventoryItems
    // the search takes words apart and is blind to case: only the SKU itself is an answer
    const met = nodes.filter((node) => node.sku !== null && some.includes(node.sku))
    rows.push(...met.flatMap((node) => node.inventoryLevels.nodes))
    const allThere = some.every((sku) => met.some((node) => node.sku === sku))
    const allLevels = met.every((node) => !node.inventoryLevels.pageInfo.hasNextPage)
    complete &&= allThere && allLevels && !page.hasNextPage
  }
  return ok({ rows, complete })
}

export const stock: StreamDefinition<Settings, StockRow, StockCursor> = {
  name: 'stock',
  emits: ['stock'],
  pace: 'near-real-time',
  raw: stockRow,
  cursor: stockCursor,
  overlapMs,
  snapshot: false,
  showsLate: true,
  async read(api, cursor) {
    const window = await stockWindow(api, cursor)
    if (!window.ok) return window
    if (window.value === null) return ok({ rows: [], next: null, resumeAt: cursor, touched: [] })
    return readLevels(api, window.value)
  },
  lookup: lookupStock,
  normalise: stockRecords,
}
