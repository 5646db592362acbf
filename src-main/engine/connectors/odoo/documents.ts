/**
 * Completes orders, invoices, shipments and returns with what belongs to them; Odoo gives links, and no
 * fields behind them.
 */
import { type Outcome, ok } from '../../../domain/fault.ts'
import type { VatCategory } from '../../../domain/records.ts'
import { isOwedByBuyer } from '../../../domain/vat-categories.ts'
import { type Complete, type Completed, stampsOf } from './changes.ts'
import type { Desk } from './desk.ts'
import { childrenOf, idsIn, idsOf, linkIn, related, relatedIfShown } from './rows.ts'
import { categoryOf } from './taxes.ts'
import { taxRow } from './wire.ts'
import { readWarehouses } from './warehouses.ts'
import {
  buyerAsked,
  invoiceLineAsked,
  lineProductAsked,
  locationAsked,
  moveAsked,
  orderLineAsked,
  orderMoveAsked,
  orderOfLineAsked,
  registeredAsked,
  taxAsked,
  userAsked,
} from './fields.ts'

type Rows = readonly unknown[]
type ById = ReadonlyMap<string, unknown>

export const withOrderParts: Complete = async (desk, rows) => {
  const ids = idsOf('sale.order', rows)
  if (!ids.ok) return ids
  const lines = await childrenOf(desk, orderLineAsked, { link: 'order_id', ids: ids.value })
  if (!lines.ok) return lines
  const all = [...lines.value.values()].flat()
  const catalogue = await catalogueOf(desk, all)
  if (!catalogue.ok) return catalogue
  const buyers = await related(desk, buyerAsked, linksIn(rows, 'partner_id'))
  if (!buyers.ok) return buyers
  const users = await usersOf(desk, [...rows, ...all])
  if (!users.ok) return users
  const moves = await movesOf(desk, all)
  if (!moves.ok) return moves
  return ok(
    joined(rows, (row, index) => {
      const id = ids.value[index] ?? ''
      const own = lines.value.get(id) ?? []
      const ownMoves = idsOfAll(own).flatMap((line) => moves.value?.get(line) ?? [])
      return {
        parts: own,
        row: {
          id,
          order: row,
          lines: own,
          moves: moves.value === null ? null : ownMoves,
          buyer: of(buyers.value, row, 'partner_id'),
          author: of(users.value, row, 'create_uid'),
          editor: editorOf(users.value, row, own),
          ...besides(desk, row, own, catalogue.value),
        },
      }
    }),
  )
}

/**
 * Of the lines' stock moves, by line: whether the stock knows of their units. Null where that
 * cannot be seen.
 */
async function movesOf(
  desk: Desk,
  lines: Rows,
): Promise<Outcome<ReadonlyMap<string, Rows> | null>> {
  const moves = await childrenOf(desk, orderMoveAsked, { link: 'sale_line_id', ids: idsOfAll(lines) })
  const hidden =
    !moves.ok && (moves.fault.class === 'permission' || moves.fault.class === 'not-found')
  return hidden ? ok(null) : moves
}

/** The users who made or wrote any of the rows; none where this user may not see them. */
export function usersOf(desk: Desk, rows: Rows): Promise<Outcome<ById>> {
  return relatedIfShown(desk, userAsked, [...linksIn(rows, 'create_uid'), ...linksIn(rows, 'write_uid')])
}

/** Who wrote the newest of a row and its parts: a part is written without the row. */
export function editorOf(users: ById, row: unknown, parts: Rows): unknown {
  const stampOf = (one: unknown): string => stampsOf(one)[0] ?? ''
  const newest = parts.reduce((last, part) => (stampOf(part) > stampOf(last) ? part : last), row)
  return of(users, newest, 'write_uid') ?? of(users, newest, 'create_uid')
}

export const withInvoiceParts: Complete = async (desk, rows) => {
  const ids = idsOf('account.move', rows)
  if (!ids.ok) return ids
  // A credit note may name its orders only through the invoice that it takes back.
  const originals = linksIn(rows, 'reversed_entry_id')
  const lines = await childrenOf(desk, invoiceLineAsked, {
    link: 'move_id',
    ids: [...new Set([...ids.value, ...originals])],
    domain: [['display_type', 'in', ['product', 'tax', 'rounding']]],
  })
  if (!lines.ok) return lines
  const all = [...lines.value.values()].flat()
  const catalogue = await catalogueOf(desk, all)
  if (!catalogue.ok) return catalogue
  const orders = await relatedIfShown(desk, orderOfLineAsked, all.flatMap(saleLinesOn))
  if (!orders.ok) return orders
  const users = await usersOf(desk, [...rows, ...all])
  if (!users.ok) return users
  const registered = await registeredOf(desk, rows, ids.value.map((id) => lines.value.get(id) ?? []), catalogue.value)
  if (!registered.ok) return registered
  return ok(
    joined(rows, (row, index) => {
      const id = ids.value[index] ?? ''
      const own = lines.value.get(id) ?? []
      const original = lines.value.get(linkIn(row, 'reversed_entry_id') ?? '') ?? []
      const named = ordersNamed(own, orders.value)
      const orderIds = named.length > 0 ? named : ordersNamed(original, orders.value)
      return {
        parts: own,
        row: {
          id,
          move: row,
          lines: own,
          orderIds,
          orderLines: pick(orders.value, own.flatMap(saleLinesOn)),
          registered: of(registered.value, row, 'commercial_partner_id'),
          editor: editorOf(users.value, row, own),
          ...besides(desk, row, own, catalogue.value),
        },
      }
    }),
  )
}

/** Of buyers who owe the tax themselves: only then must an invoice name their number, and only then is it asked. */
function registeredOf(
  desk: Desk,
  rows: Rows,
  lines: readonly Rows[],
  { taxes }: Catalogue,
): Promise<Outcome<ById>> {
  const owing = new Set([...taxes].flatMap(([id, tax]) => (isOwedByBuyer(categoryIn(tax)) ? [id] : [])))
  const isOwing = (id: string): boolean => owing.has(id) || idsIn(taxes.get(id), 'children_tax_ids').some((child) => owing.has(child))
  const owed = rows.filter((_row, nth) => (lines[nth] ?? []).flatMap(taxesOn).some(isOwing))
  return relatedIfShown(desk, registeredAsked, linksIn(owed, 'commercial_partner_id'))
}

function ordersNamed(lines: Rows, ordered: ById): readonly string[] {
  return orderIdsOf(lines.flatMap(saleLinesOn), ordered)
}

/** The orders that order lines stand on. */
function orderIdsOf(lines: readonly string[], ordered: ById): readonly string[] {
  return [...new Set(lines.flatMap((line) => linkIn(ordered.get(line), 'order_id') ?? []))]
}

function saleLinesOn(line: unknown): readonly string[] {
  return idsIn(line, 'sale_line_ids')
}

export const withShipmentParts: Complete = async (desk, rows) => {
  const ids = idsOf('stock.picking', rows)
  if (!ids.ok) return ids
  const asked = { ...moveAsked, required: [...moveAsked.required, 'picking_id'] }
  const moves = await childrenOf(desk, asked, { link: 'picking_id', ids: ids.value })
  if (!moves.ok) return moves
  const all = [...moves.value.values()].flat()
  const products = await related(desk, lineProductAsked, linksIn(all, 'product_id'))
  if (!products.ok) return products
  // none where the user sees no orders
  const orders = await relatedIfShown(desk, orderOfLineAsked, linksIn(all, 'sale_line_id'))
  if (!orders.ok) return orders
  const warehouses = await warehousesOf(desk, linksIn(rows, 'picking_type_id'))
  if (!warehouses.ok) return warehouses
  const places = await relatedIfShown(desk, locationAsked, linksIn(rows, 'location_id'))
  if (!places.ok) return places
  return ok(
    joined(rows, (picking, index) => {
      const id = ids.value[index] ?? ''
      const own = moves.value.get(id) ?? []
      const served = linksIn(own, 'sale_line_id')
      const named = orderIdsOf(served, orders.value)
      return {
        parts: own,
        row: {
          id,
          picking,
          moves: own,
          products: pick(products.value, linksIn(own, 'product_id')),
          orderIds: [...new Set([...[linkIn(picking, 'sale_id') ?? []].flat(), ...named])],
          orderLines: pick(orders.value, served),
          location: warehouses.value.get(linkIn(picking, 'picking_type_id') ?? '') ?? null,
          source: of(places.value, picking, 'location_id'),
        },
      }
    }),
  )
}

/** Each kind of picking's warehouse, by its code. */
async function warehousesOf(
  desk: Desk,
  types: readonly string[],
): Promise<Outcome<ReadonlyMap<string, string>>> {
  const asked = { model: 'stock.picking.type', required: ['warehouse_id'], optional: [] }
  const kinds = await relatedIfShown(desk, asked, types)
  if (!kinds.ok) return kinds
  const warehouses = await readWarehouses(desk, 'all')
  if (!warehouses.ok) return warehouses
  const codes = new Map(warehouses.value.map(({ id, location }) => [id, location]))
  return ok(
    new Map(
      [...kinds.value].flatMap(([id, kind]) => {
        const code = codes.get(linkIn(kind, 'warehouse_id') ?? '')
        return code === undefined ? [] : [[id, code] as const]
      }),
    ),
  )
}

interface Catalogue {
  readonly products: ById
  readonly taxes: ById
}

async function catalogueOf(desk: Desk, lines: Rows): Promise<Outcome<Catalogue>> {
  const products = await related(desk, lineProductAsked, linksIn(lines, 'product_id'))
  if (!products.ok) return products
  const taxes = await readTaxes(desk, lines.flatMap(taxesOn))
  return taxes.ok ? ok({ products: products.value, taxes: taxes.value }) : taxes
}

function taxesOn(line: unknown): readonly string[] {
  return [
    ...idsIn(line, 'tax_id'),
    ...idsIn(line, 'tax_ids'),
    ...[linkIn(line, 'tax_line_id') ?? []].flat(),
  ]
}

/** Taxes with those that a group of them consists of. */
export async function readTaxes(desk: Desk, ids: readonly string[]): Promise<Outcome<ById>> {
  const taxes = await related(desk, taxAsked, ids)
  if (!taxes.ok) return taxes
  const children = [...taxes.value.values()].flatMap((tax) => idsIn(tax, 'children_tax_ids'))
  const inside = await related(
    desk,
    taxAsked,
    children.filter((id) => !taxes.value.has(id)),
  )
  return inside.ok ? ok(new Map([...taxes.value, ...inside.value])) : inside
}

function categoryIn(tax: unknown): VatCategory | undefined {
  const row = taxRow.safeParse(tax)
  return row.success ? categoryOf(row.data) : undefined
}

function besides(desk: Desk, row: unknown, lines: Rows, { products, taxes }: Catalogue) {
  const named = lines.flatMap(taxesOn)
  const inside = named.flatMap((id) => idsIn(taxes.get(id), 'children_tax_ids'))
  return {
    products: pick(products, linksIn(lines, 'product_id')),
    taxes: pick(taxes, [...named, ...inside]),
    currency: desk.currencies.get(linkIn(row, 'currency_id') ?? '') ?? null,
    taxRounding: desk.company.taxRounding,
  }
}

/** Rows with their parts, the newest stamp of both in `changed`. */
export function joined(
  rows: Rows,
  join: (row: unknown, index: number) => { readonly row: object; readonly parts: Rows },
): Completed {
  const all = rows.map((own, index) => {
    const { parts, row } = join(own, index)
    const stamps = stampsOf(own, ...parts)
    return { row: { ...row, changed: stamps.toSorted().at(-1) ?? null }, stamps }
  })
  return { rows: all.map(({ row }) => row), stamps: all.map(({ stamps }) => stamps) }
}

export function linksIn(rows: Rows, field: string): readonly string[] {
  return [...new Set(rows.flatMap((row) => linkIn(row, field) ?? []))]
}

function idsOfAll(rows: Rows): readonly string[] {
  const ids = idsOf('sale.order.line', rows)
  return ids.ok ? ids.value : []
}

function of(found: ById, row: unknown, field: string): unknown {
  return found.get(linkIn(row, field) ?? '') ?? null
}

export function pick(found: ById, ids: readonly string[]): Rows {
  return [...new Set(ids)].flatMap((id) => found.get(id) ?? [])
}
