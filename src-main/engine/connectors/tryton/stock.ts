/**
 * Stock of every product in every warehouse. It has no row of its own in Tryton: the context of a
 * read decides what is counted.
 */
import { z } from 'zod'
import { type Decimal, add } from '../../../domain/decimal.ts'
import { type Outcome, failed, fault, ok } from '../../../domain/fault.ts'
import { iso } from '../../../domain/time.ts'
import type { Api, Page, StreamDefinition } from '../definition.ts'
import { overlapMs, wireId } from '../walk.ts'
import { wireDecimal } from '../wire.ts'
import { type Desk, type Domain, search, searchAt } from './calls.ts'
import { learnFacts } from './facts.ts'
import { stockOf } from './normalise.ts'
import type { TrytonSettings } from './settings.ts'
import { type Warehouse, readWarehouses, warehouse, warehousesMax } from './warehouses.ts'
import { type Stamp, dayFor, wireStamp } from './classes.ts'
import { type StockRow, stockFields, stockRow } from './wire.ts'

const productsPerPage = 200

/**
 * How many of the newest moves a search looks through for a page of products, and how often it is
 * asked on.
 */
const movesPerSearch = 1000
const searchesMax = 5

/** Late moves beyond this are a warehouse that plans nothing: its forecast is not worth more. */
const latePagesMax = 50

/**
 * Within a pass: the warehouses that are left, the first of them in hand. Between passes there is
 * none.
 */
const stockCursor = z
  .object({ left: z.array(warehouse).min(1).max(warehousesMax), after: wireId })
  .readonly()
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

/** One page of products in one warehouse. */
async function readStock(
  api: Api,
  settings: TrytonSettings,
  cursor: StockCursor | null,
): Promise<Outcome<Page>> {
  const facts = await learnFacts(api, settings)
  if (!facts.ok) return facts
  const desk: Desk = { api, settings, context: facts.value.context }
  const left = cursor === null ? await readWarehouses(desk) : ok(cursor.left)
  if (!left.ok) return left
  const [current, ...others] = left.value
  if (current === undefined) return ok({ rows: [], next: null, resumeAt: null, touched: [] })
  const told = await readFigures(desk, current, cursor?.after ?? '0')
  if (!told.ok) return told
  const ids = z.array(z.object({ id: wireId })).safeParse(told.value)
  if (!ids.success) {
    const says = 'Tryton answered with a product that has no id. If it stays so, tell support.'
    return failed(fault('unexpected-shape', says, { path: 'id' }))
  }
  const products = ids.data.map(({ id }) => id)
  const changed = await newestMoves(desk, current.storage, products)
  if (!changed.ok) return changed
  const late = await lateUnits(desk, current.storage, products)
  if (!late.ok) return late
  const rows = told.value.map((product, index) => ({
    product,
    late: late.value.get(products[index] ?? '') ?? '0',
    location: current.location,
    changed: changed.value.get(products[index] ?? '') ?? null,
  }))
  const last = products.at(-1)
  const next = nextOf(left.value, others, products.length < productsPerPage ? undefined : last)
  return ok({ rows, next, resumeAt: next, touched: [] })
}

function nextOf(
  left: readonly Warehouse[],
  others: readonly Warehouse[],
  last: string | undefined,
): StockCursor | null {
  if (last !== undefined) return { left: [...left], after: last }
  return others.length === 0 ? null : { left: [...others], after: '0' }
}

async function readFigures(
  { api, context, settings }: Desk,
  { id }: Warehouse,
  after: string,
): Promise<Outcome<readonly unknown[]>> {
  const told = await search(api, settings, {
    model: 'product.product',
    domain: [
      ['template.type', 'in', ['goods', 'assets']],
      ['id', '>', Number(after)],
    ],
    limit: productsPerPage,
    order: [['id', 'ASC']],
    fields: stockFields,
    // Without `locations` every quantity is 0, without an error; without an end date, purchases
    // that are still to come would count as available. A warehouse stands for its storage.
    context: { ...context, locations: [Number(id)], stock_date_end: dayFor(dayOfPlatform(api)) },
  })
  return told.ok ? ok(told.value.result) : told
}

/**
 * Today where the ERP is: its own clock, and UTC as its server counts days (trytond sets TZ=UTC).
 */
function dayOfPlatform(api: Api): string {
  return iso(api.now() - (api.clockOffsetMs() ?? 0)).slice(0, 10)
}

const lateRow = z.object({ id: wireId, product: wireId, internal_quantity: wireDecimal })

/**
 * Units that should have left a warehouse before today and have not. Its forecast counts the drafts
 * that are planned from today on and those that are assigned (`compute_quantities_query` of module
 * stock): a shipment that still waits on the day after would give its units back, though they are
 * promised as before. What is late in coming in is not counted either, and rightly so.
 */
async function lateUnits(
  desk: Desk,
  storage: string,
  products: readonly string[],
): Promise<Outcome<ReadonlyMap<string, Decimal>>> {
  const units = new Map<string, Decimal>()
  let after = '0'
  for (let pages = 0; products.length > 0 && pages < latePagesMax; pages += 1) {
    const told = await searchAt(desk, {
      model: 'stock.move',
      domain: [
        ['id', '>', Number(after)],
        ['product', 'in', products.map(Number)],
        ['state', '=', 'draft'],
        ['effective_date', '=', null],
        ['planned_date', '<', dayFor(dayOfPlatform(desk.api))],
        ['from_location', 'child_of', [Number(storage)], 'parent'],
        ['to_location', 'not child_of', [Number(storage)], 'parent'],
      ],
      limit: movesPerSearch,
      order: [['id', 'ASC']],
      fields: ['product', 'internal_quantity'],
    })
    if (!told.ok) return told
    const rows = z.array(lateRow).safeParse(told.value.result)
    if (!rows.success) {
      const says = 'Tryton answered with a move that has no product or quantity. If it stays so, tell support.'
      return failed(fault('unexpected-shape', says, { path: 'internal_quantity' }))
    }
    for (const { product, internal_quantity: quantity } of rows.data)
      units.set(product, add(units.get(product) ?? '0', quantity))
    const last = rows.data.at(-1)
    if (last === undefined || rows.data.length < movesPerSearch) return ok(units)
    after = last.id
  }
  return ok(units)
}

const moveRow = z.object({
  product: wireId,
  create_date: wireStamp.nullish(),
  write_date: wireStamp.nullish(),
})

/**
 * When each product's figures last changed in a warehouse: the newest stamp of its stock moves
 * there, in whatever state, since drafts and cancellations move the forecast too. Products that are
 * not among the newest moves are asked again without those that were; one that is never met has no
 * known change.
 */
async function newestMoves(
  desk: Desk,
  storage: string,
  products: readonly string[],
): Promise<Outcome<ReadonlyMap<string, Stamp>>> {
  const newest = new Map<string, Stamp>()
  // A move that was never written has only the stamp of its making, and `write_date` cannot order
  // it.
  for (const [stamp, written] of [
    ['write_date', '!='],
    ['create_date', '='],
  ] as const) {
    let left = products
    for (let searches = 0; left.length > 0 && searches < searchesMax; searches += 1) {
      const told = await searchAt(desk, {
        model: 'stock.move',
        domain: [
          ['product', 'in', left.map(Number)],
          ['write_date', written, null],
          throughStorage(storage),
        ],
        limit: movesPerSearch,
        order: [
          [stamp, 'DESC'],
          ['id', 'DESC'],
        ],
        fields: ['product', 'create_date', 'write_date'],
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
function noteNewest(
  newest: Map<string, Stamp>,
  rows: readonly unknown[],
  stamp: 'write_date' | 'create_date',
): ReadonlySet<string> {
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
