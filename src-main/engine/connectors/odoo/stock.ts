/**
 * Stock of every product in every warehouse, summed from the quants of its shelves. Quants are split, merged and deleted
 * without a trace, so a product is read anew, with all of them, when it, one of its quants or one of its moves changed.
 */
import { type Decimal, add } from '../../../domain/decimal.ts'
import { type Outcome, failed, ok } from '../../../domain/fault.ts'
import { z } from 'zod'
import { oddAnswer } from './calls.ts'
import { type Complete, changesStream, stampsOf } from './changes.ts'
import { wireAmount, wireLink } from './classes.ts'
import type { Desk } from './desk.ts'
import { linksIn } from './documents.ts'
import { stockOf } from './normalise.ts'
import { type Domain, childrenOf, idsOf, related } from './rows.ts'
import { type Warehouse, readWarehouses } from './warehouses.ts'
import { moveAsked, quantAsked } from './fields.ts'
import { stockRow } from './wire.ts'

export const stock = changesStream({
  stream: {
    name: 'stock',
    emits: ['stock'],
    pace: 'near-real-time',
    raw: stockRow,
    normalise: stockOf,
  },
  changes: {
    asked: {
      model: 'product.product',
      required: ['create_date', 'write_date', 'default_code', 'type'],
      optional: ['is_storable'],
    },
    // Services have no stock. Up to 17 what is tracked is of the type "product", later of "consu" with `is_storable`.
    domain: () => [['type', 'in', ['product', 'consu']]],
    parts: ['stock_quant_ids', 'stock_move_ids'],
    pageSize: 100,
    keys: { number: ['default_code'], reference: [] },
  },
  complete: withLevels(),
})

interface Shelf {
  readonly location: string
  readonly warehouse: string
}

interface Level {
  readonly quantity: Decimal
  readonly reserved: Decimal
  readonly changed: string | null
}

const nothing: Level = { quantity: '0', reserved: '0', changed: null }

function withLevels(): Complete {
  return async (desk, rows, changedSince) => {
    const ids = idsOf('product.product', rows)
    if (!ids.ok) return ids
    const warehouses = await readWarehouses(desk)
    if (!warehouses.ok) return warehouses
    const inside: Domain = [['location_id.usage', '=', 'internal']]
    const quants = await childrenOf(desk, quantAsked, {
      link: 'product_id',
      ids: ids.value,
      domain: inside,
    })
    if (!quants.ok) return quants
    const readable = z.array(quantRow).safeParse([...quants.value.values()].flat())
    if (!readable.success) return failed(oddAnswer('stock.quant/search_read', readable.error))
    const moves = await movesSince(desk, ids.value, changedSince)
    if (!moves.ok) return moves
    const shelves = await shelvesOf(
      desk,
      [...quants.value.values(), ...moves.value.values()].flat(),
    )
    if (!shelves.ok) return shelves
    const completed = rows.map((product, index) => {
      const id = ids.value[index] ?? ''
      const own = { quants: quants.value.get(id) ?? [], moves: moves.value.get(id) ?? [] }
      return {
        row: {
          id,
          product,
          levels: warehouses.value.map((one) => levelIn(one, own, shelves.value)),
        },
        stamps: stampsOf(product, ...own.quants, ...own.moves),
      }
    })
    return ok({
      rows: completed.map(({ row }) => row),
      stamps: completed.map(({ stamps }) => stamps),
    })
  }
}

/**
 * The moves that changed since, of products whose quants may be gone: they alone tell then when stock went. In a reading
 * from the beginning they would be all there ever were, and tell of nothing that is waited for.
 */
async function movesSince(
  desk: Desk,
  ids: readonly string[],
  since: string | null,
): Promise<Outcome<ReadonlyMap<string, readonly unknown[]>>> {
  if (since === null) return ok(new Map())
  const asked = {
    ...moveAsked,
    required: ['write_date', 'product_id', 'location_id', 'location_dest_id'],
    optional: [],
  }
  const domain = [
    ['write_date', '>=', since],
    ['state', '=', 'done'],
  ]
  return childrenOf(desk, asked, { link: 'product_id', ids, domain })
}

/** The warehouse of each location that quants and moves name. */
async function shelvesOf(desk: Desk, rows: readonly unknown[]): Promise<Outcome<readonly Shelf[]>> {
  const asked = { model: 'stock.location', required: ['warehouse_id'], optional: [] }
  const ids = [...linksIn(rows, 'location_id'), ...linksIn(rows, 'location_dest_id')]
  const locations = await related(desk, asked, ids)
  if (!locations.ok) return locations
  const row = z.object({ warehouse_id: wireLink })
  return ok(
    [...locations.value].flatMap(([location, found]) => {
      const warehouse = row.safeParse(found).data?.warehouse_id?.id
      return warehouse === undefined ? [] : [{ location, warehouse }]
    }),
  )
}

const quantRow = z.object({ quantity: wireAmount, reserved_quantity: wireAmount })

function levelIn(
  warehouse: Warehouse,
  own: { readonly quants: readonly unknown[]; readonly moves: readonly unknown[] },
  shelves: readonly Shelf[],
) {
  const inside = new Set(
    shelves.filter((shelf) => shelf.warehouse === warehouse.id).map(({ location }) => location),
  )
  const lies = (row: unknown): boolean => linksIn([row], 'location_id').some((id) => inside.has(id))
  const arrives = (row: unknown): boolean =>
    linksIn([row], 'location_dest_id').some((id) => inside.has(id))
  const quants = own.quants.filter(lies)
  const moved = own.moves.filter((move) => lies(move) || arrives(move))
  const sum = quants.reduce<Level>((level, quant) => {
    const figures = quantRow.safeParse(quant).data
    if (figures === undefined) return level
    const quantity = add(level.quantity, figures.quantity)
    return { ...level, quantity, reserved: add(level.reserved, figures.reserved_quantity) }
  }, nothing)
  return {
    location: warehouse.location,
    ...sum,
    changed:
      stampsOf(...quants, ...moved)
        .toSorted()
        .at(-1) ?? null,
  }
}
