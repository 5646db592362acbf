/** Stock of every product in every warehouse. It has no row of its own in Tryton: the context of a read decides what is counted. */
import { z } from 'zod'
import { type Outcome, failed, fault, ok } from '../../../domain/fault.ts'
import { iso } from '../../../domain/time.ts'
import type { Api, Page, StreamDefinition } from '../definition.ts'
import { type Context, type Domain, learnFacts, search } from './calls.ts'
import { overlapMs } from './changes.ts'
import { stockOf } from './normalise.ts'
import type { TrytonSettings } from './settings.ts'
import { type Stamp, type StockRow, dayFor, stockFields, stockRow, wireId, wireStamp } from './wire.ts'

const productsPerPage = 200
const warehousesMax = 200

/** How many of the newest moves are looked through for a page of products, and how often for those not among them. */
const movesPerSearch = 1000
const searchesMax = 5

const warehouse = z.object({ id: wireId, location: z.string().min(1), storage: wireId })
type Warehouse = z.output<typeof warehouse>

/** Within a pass: the warehouses that are left, the first of them in hand. Between passes there is none. */
const stockCursor = z.object({ left: z.array(warehouse).min(1).max(warehousesMax), after: wireId }).readonly()
type StockCursor = z.output<typeof stockCursor>

export const stock: StreamDefinition<TrytonSettings, StockRow, StockCursor> = {
  name: 'stock',
  emits: ['stock'],
  pace: 'near-real-time',
  raw: stockRow,
  cursor: stockCursor,
  overlapMs,
  snapshot: true,
  read: (api, cursor, { settings }) => readStock(api, settings, cursor),
  normalise: stockOf,
}

async function readStock(api: Api, settings: TrytonSettings, cursor: StockCursor | null): Promise<Outcome<Page>> {
  const facts = await learnFacts(api, settings)
  if (!facts.ok) return facts
  const { context } = facts.value
  const left = cursor === null ? await readWarehouses(api, settings, context) : ok(cursor.left)
  if (!left.ok) return left
  const [current, ...others] = left.value
  if (current === undefined) return ok({ rows: [], next: null, resumeAt: null, touched: [] })

  const told = await search(api, settings, {
    model: 'product.product',
    domain: [['template.type', 'in', ['goods', 'assets']], ['id', '>', Number(cursor?.after ?? '0')]],
    limit: productsPerPage,
    order: [['id', 'ASC']],
    fields: stockFields,
    // Without `locations` every quantity is 0, without an error; without an end date, purchases that are still to come
    // would count as available. A warehouse stands for its storage.
    context: { ...context, locations: [Number(current.id)], stock_date_end: dayFor(dayOfPlatform(api)) },
  })
  if (!told.ok) return told
  const products = told.value.result
  const ids = products.map((row) => z.object({ id: wireId }).safeParse(row).data?.id ?? '')
  const changed = await newestMoves(api, settings, context, { storage: current.storage, ids: ids.filter((id) => id !== '') })
  if (!changed.ok) return changed
  const rows = products.map((product, index) => ({
    product,
    location: current.location,
    changed: changed.value.get(ids[index] ?? '') ?? null,
  }))
  const more = products.length >= productsPerPage
  const next: StockCursor | null = more
    ? { left: [...left.value], after: ids.at(-1) ?? '0' }
    : others.length > 0
      ? { left: others, after: '0' }
      : null
  return ok({ rows, next, resumeAt: next, touched: [] })
}

/** Today where the ERP is: its own clock, and UTC as its server counts days (trytond sets TZ=UTC). */
function dayOfPlatform(api: Api): string {
  return iso(api.now() - (api.clockOffsetMs() ?? 0)).slice(0, 10)
}

const warehouseRow = z.object({ id: wireId, code: z.string().nullish(), name: z.string().nullish(), storage_location: wireId.nullish() })

/** Warehouses by their code, as people map them; by name where one has no code. */
export async function readWarehouses(api: Api, settings: TrytonSettings, context: Context): Promise<Outcome<Warehouse[]>> {
  const told = await search(api, settings, {
    model: 'stock.location',
    domain: [['type', '=', 'warehouse']],
    limit: warehousesMax,
    order: [['id', 'ASC']],
    fields: ['code', 'name', 'storage_location'],
    context: { ...context },
  })
  if (!told.ok) return told
  const parsed = z.array(warehouseRow).safeParse(told.value.result)
  if (!parsed.success) return failed(fault('unexpected-shape', 'Tryton answered with a warehouse in an unknown form.', { path: 'stock.location' }))
  const all = parsed.data.map(({ id, code, name, storage_location }) => ({
    id,
    location: (code?.trim() || name?.trim()) ?? id,
    storage: storage_location ?? id,
  }))
  const wanted = settings.warehouses ?? []
  const unknown = wanted.find((code) => !all.some(({ location }) => location === code))
  if (unknown !== undefined) {
    const known = all.map(({ location }) => location).join(', ')
    return failed(
      fault('validation', `Tryton has no warehouse "${unknown}". It has: ${known}. Correct the settings of the connection.`, {
        path: 'warehouses',
      }),
    )
  }
  return ok(wanted.length === 0 ? all : all.filter(({ location }) => wanted.includes(location)))
}

const moveRow = z.object({ product: wireId, create_date: wireStamp.nullish(), write_date: wireStamp.nullish() })

/**
 * When each product's figures last changed in a warehouse: the newest stamp of its stock moves there, in whatever state,
 * since drafts and cancellations move the forecast too. Products that are not among the newest moves are asked again
 * without those that were; one that is never met has no known change.
 */
async function newestMoves(
  api: Api,
  settings: TrytonSettings,
  context: Context,
  { storage, ids }: { readonly storage: string; readonly ids: readonly string[] },
): Promise<Outcome<ReadonlyMap<string, Stamp>>> {
  const newest = new Map<string, Stamp>()
  // A move that was never written has only the stamp of its making, and `write_date` cannot order it.
  for (const [stamp, others] of [
    ['write_date', ['write_date', '!=', null]],
    ['create_date', ['write_date', '=', null]],
  ] as const) {
    let left = ids
    for (let searches = 0; left.length > 0 && searches < searchesMax; searches += 1) {
      const told = await search(api, settings, {
        model: 'stock.move',
        domain: [['product', 'in', left.map(Number)], others, throughStorage(storage)],
        limit: movesPerSearch,
        order: [
          [stamp, 'DESC'],
          ['id', 'DESC'],
        ],
        fields: ['product', 'create_date', 'write_date'],
        context: { ...context },
      })
      if (!told.ok) return told
      const met = noteNewest(newest, told.value.result, stamp)
      left = told.value.result.length < movesPerSearch ? [] : left.filter((id) => !met.has(id))
    }
  }
  return ok(newest)
}

function throughStorage(storage: string): Domain {
  const inside = ['child_of', [Number(storage)], 'parent']
  return ['OR', ['from_location', ...inside], ['to_location', ...inside]]
}

/** Keeps the newest stamp of each product, and answers which products were met. */
function noteNewest(newest: Map<string, Stamp>, rows: readonly unknown[], stamp: 'write_date' | 'create_date'): ReadonlySet<string> {
  const met = new Set<string>()
  for (const row of rows) {
    const parsed = moveRow.safeParse(row)
    const at = parsed.data?.[stamp] ?? null
    if (!parsed.success || at === null) continue
    met.add(parsed.data.product)
    const before = newest.get(parsed.data.product)
    if (before === undefined || before < at) newest.set(parsed.data.product, at)
  }
  return met
}
