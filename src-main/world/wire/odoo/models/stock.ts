/** Deliveries, their moves, and what lies where. */
import { type Decimal, zero } from '../../../decimal.ts'
import type { OutsideQuant, Picking, Quant, StockMove, Warehouse } from '../../../erp/erp.ts'
import type { Row } from '../../../table.ts'
import {
  boolean, char, computed, datetime, defineModel, type Env, type Field, type Fields, float, integer, kept,
  many2one, type Model, one2many, related, selection, type Source, userOf, type Version,
} from '../fields.ts'
import { companyField, namedModel, unitIdOf } from './base.ts'
import { templateOffset } from './master.ts'
import { locationName, operationCodeOf, operationOf, operationsIn, placesOutside, wayOf } from './places.ts'

const moveStates = [
  ['draft', 'New'], ['waiting', 'Waiting Another Move'], ['confirmed', 'Waiting Availability'],
  ['partially_available', 'Partially Available'], ['assigned', 'Available'], ['done', 'Done'], ['cancel', 'Cancelled'],
] as const
const pickingStates = [
  ['draft', 'Draft'], ['waiting', 'Waiting Another Operation'], ['confirmed', 'Waiting'], ['assigned', 'Ready'],
  ['done', 'Done'], ['cancel', 'Cancelled'],
] as const
export function pickingModel(version: Version): Model<Picking> {
  return defineModel<Picking>(version, {
    name: 'stock.picking',
    description: 'Transfer',
    order: 'priority desc, scheduled_date asc, id desc',
    rows: ({ books }) => books.pickings,
    label: (picking) => picking.name,
    find: (field, value, { books }) => {
      if (field === 'sale_id' && typeof value === 'number') return transfersOfSale(books, value)
      return field === 'origin' && typeof value === 'string' ? books.find.pickingsByOrigin(value) : null
    },
    fields: {
      ...pickingFields(version),
      carrier_id: many2one('Carrier', 'delivery.carrier', (picking, { books }) => (
        picking.carrier === null ? null : books.find.carriersByName(picking.carrier)[0]?.id ?? null
      )),
      carrier_tracking_ref: char('Tracking Reference', (picking) => picking.trackingRef),
      carrier_tracking_url: char('Tracking URL', () => null, computed),
      ...(version >= 17 ? { return_id: many2one<Picking>('Return of', 'stock.picking', (picking) => picking.returnOf) } : {}),
      ...(version >= 18 ? {} : { immediate_transfer: boolean<Picking>('Immediate Transfer', () => false) }),
    },
  })
}

function pickingFields(version: Version): Fields<Picking> {
  const movesOf = (picking: Picking): readonly number[] => picking.moves.map((move) => move.id)
  return {
    name: char('Reference', (picking) => picking.name, kept),
    origin: char('Source Document', (picking) => picking.origin),
    state: selection('Status', pickingStates, (picking) => picking.state, kept),
    priority: selection('Priority', [['0', 'Normal'], ['1', 'Urgent']], () => '0'),
    scheduled_date: datetime('Scheduled Date', (picking) => picking.createdAt, kept),
    date: datetime('Creation Date', (picking) => picking.createdAt),
    date_done: datetime('Date of Transfer', (picking) => picking.doneAt, { readonly: true }),
    partner_id: many2one('Contact', 'res.partner', (picking, { books }) => (
      picking.saleId === null ? null : books.sales.must(picking.saleId).partnerId
    )),
    picking_type_id: many2one('Operation Type', 'stock.picking.type', (picking) => operationOf(picking), { required: true }),
    picking_type_code: selection('Type of Operation', operationsIn(version), (picking) => operationCodeOf(picking, version), related),
    location_id: many2one('Source Location', 'stock.location', (picking, env) => wayOf(picking, env).from, { required: true }),
    location_dest_id: many2one('Destination Location', 'stock.location', (picking, env) => wayOf(picking, env).to, { required: true }),
    backorder_id: many2one('Back Order of', 'stock.picking', (picking) => picking.backorderOf),
    backorder_ids: one2many('Back Orders', 'stock.picking', 'backorder_id', (picking, { books }) => {
      const siblings = picking.saleId === null ? [] : books.find.pickingsOfSale(picking.saleId)
      return siblings.filter((each) => each.backorderOf === picking.id).map((each) => each.id)
    }),
    sale_id: many2one('Sales Order', 'sale.order', (picking) => picking.saleId),
    move_ids: one2many('Stock Moves', 'stock.move', 'picking_id', movesOf),
    user_id: many2one('Responsible', 'res.users', (picking) => userOf(picking.changedBy)),
    company_id: companyField(),
  }
}

/** Deliveries and what came back of them. */
export function transfersOfSale(books: Env['books'], saleId: number): readonly Picking[] {
  return [...books.find.pickingsOfSale(saleId), ...books.find.returnsOfSale(saleId)]
}

export function stockMoveModel(version: Version): Model<StockMove> {
  const description: Field<StockMove> = char('Description', (move, { books }) => books.products.must(move.productId).name)
  return defineModel<StockMove>(version, {
    name: 'stock.move',
    description: 'Stock Move',
    order: 'sequence, id',
    names: [version >= 19 ? 'reference' : 'name'],
    rows: ({ books }) => books.stockMoves,
    label: (move, { books }) => books.pickings.must(move.pickingId).name,
    find: (field, value, { books }) => {
      if (typeof value !== 'number') return null
      if (field === 'picking_id') return books.pickings.get(value)?.moves ?? []
      if (field === 'sale_line_id') return books.find.stockMovesOfSaleLine(value)
      return field === 'product_id' ? books.find.stockMovesOfProduct(value) : null
    },
    fields: {
      ...stockMoveFields(version),
      ...(version >= 19 ? {} : { name: description }),
      product_uom: unitField(),
      ...quantityFields(version),
    },
  })
}

function stockMoveFields(version: Version): Fields<StockMove> {
  const pickingOf = (move: StockMove, { books }: Env): Picking => books.pickings.must(move.pickingId)
  return {
    reference: char('Reference', (move, env) => pickingOf(move, env).name, kept),
    origin: char('Source Document', (move, env) => pickingOf(move, env).origin),
    state: selection('Status', moveStates, (move) => move.state, { readonly: true }),
    sequence: integer('Sequence', () => 10),
    date: datetime('Date Scheduled', (move) => move.state === 'done' ? move.changedAt : move.createdAt, { required: true }),
    product_id: many2one('Product', 'product.product', (move) => move.productId, { required: true }),
    product_tmpl_id: many2one('Product Template', 'product.template', (move) => move.productId + templateOffset, related),
    picking_id: many2one('Transfer', 'stock.picking', (move) => move.pickingId),
    picking_type_id: many2one('Operation Type', 'stock.picking.type', (move, env) => operationOf(pickingOf(move, env)), kept),
    picking_code: selection('Type of Operation', operationsIn(version), (move, env) => operationCodeOf(pickingOf(move, env), version), related),
    origin_returned_move_id: many2one('Origin return move', 'stock.move', (move) => move.returnedFrom),
    to_refund: boolean('Update quantities on SO/PO', () => false),
    sale_line_id: many2one('Sale Line', 'sale.order.line', (move) => move.saleLineId),
    warehouse_id: many2one('Warehouse', 'stock.warehouse', (move, env) => (pickingOf(move, env).dropShipped ? null : pickingOf(move, env).warehouseId)),
    location_id: many2one('Source Location', 'stock.location', (move, env) => wayOf(pickingOf(move, env), env).from, { required: true }),
    location_dest_id: many2one('Destination Location', 'stock.location', (move, env) => wayOf(pickingOf(move, env), env).to, { required: true }),
    product_uom_qty: float('Demand', (move) => move.quantity, { required: true }),
    product_qty: float('Real Quantity', (move) => move.quantity, kept),
    company_id: companyField(),
  }
}

/** Until 16 what is reserved and what went are two figures; since 17 they are one, and `picked` tells. */
function quantityFields(version: Version): Fields<StockMove> {
  if (version === 16) {
    return {
      reserved_availability: float('Quantity Reserved', (move) => move.reserved, computed),
      quantity_done: float('Quantity Done', (move) => move.done, computed),
    }
  }
  return {
    quantity: float('Quantity', (move) => move.state === 'done' ? move.done : move.reserved, kept),
    picked: boolean('Picked', (move) => move.state === 'done'),
  }
}

function unitField<R extends Row & { readonly productId: number }>(): Field<R> {
  return many2one('Unit of Measure', 'uom.uom', ({ productId }, { books }) => unitIdOf(books.products.must(productId).uom))
}

type AnyQuant = Quant | OutsideQuant

export function quantModel(version: Version): Model<AnyQuant> {
  const locationOf = (quant: AnyQuant, { books }: Env): number => {
    if ('warehouseId' in quant) return books.warehouses.must(quant.warehouseId).locationId
    return placesOutside[quant.place]
  }
  const reservedOf = (quant: AnyQuant): Decimal => 'reserved' in quant ? quant.reserved : zero
  return defineModel<AnyQuant>(version, {
    name: 'stock.quant',
    description: 'Quants',
    order: 'id',
    names: ['location_id', 'lot_id', 'package_id', 'owner_id'],
    rows: ({ books }) => together(books.quants, books.outsideQuants),
    label: (quant, env) => locationName(locationOf(quant, env), env),
    find: (field, value, { books }) => (
      field === 'product_id' && typeof value === 'number'
        ? [...books.find.quantsOfProduct(value), ...books.find.outsideQuantsOfProduct(value)]
        : null
    ),
    fields: {
      product_id: many2one('Product', 'product.product', (quant) => quant.productId, { required: true }),
      product_tmpl_id: many2one('Product Template', 'product.template', (quant) => quant.productId + templateOffset, related),
      product_uom_id: unitField(),
      location_id: many2one('Location', 'stock.location', locationOf, { required: true }),
      warehouse_id: many2one('Warehouse', 'stock.warehouse', (quant) => 'warehouseId' in quant ? quant.warehouseId : null, related),
      lot_id: many2one('Lot/Serial Number', 'stock.lot', () => null),
      package_id: many2one('Package', version >= 19 ? 'stock.package' : 'stock.quant.package', () => null),
      owner_id: many2one('Owner', 'res.partner', () => null),
      quantity: float('Quantity', (quant) => quant.quantity, { readonly: true }),
      reserved_quantity: float('Reserved Quantity', reservedOf, { readonly: true }),
      available_quantity: float('Available Quantity', (quant) => Number(quant.quantity) - Number(reservedOf(quant)), computed),
      inventory_quantity: float('Counted Quantity', () => 0, computed),
      in_date: datetime('Incoming Date', (quant) => quant.createdAt, { required: true }),
      on_hand: boolean('On Hand', (quant) => 'warehouseId' in quant, related),
      company_id: companyField(),
    },
  })
}

/** Two tables that count their ids together, as one. */
function together(inside: Source<Quant>, outside: Source<OutsideQuant>): Source<AnyQuant> {
  return {
    get: (id) => inside.get(id) ?? outside.get(id),
    all: () => [...inside.all(), ...outside.all()],
    eachSince: (from) => [...inside.eachSince(from), ...outside.eachSince(from)]
      .sort((left, right) => left.changedAt - right.changedAt || left.id - right.id),
    eachAfter: (id) => [...inside.eachAfter(id), ...outside.eachAfter(id)].sort((left, right) => left.id - right.id),
  }
}

export function warehouseModel(version: Version): Model<Warehouse> {
  return namedModel(version, 'stock.warehouse', 'Warehouse', ({ books }) => books.warehouses, {
    code: char('Short Name', (warehouse) => warehouse.code, { required: true }),
    active: boolean('Active', () => true),
    company_id: companyField(),
    view_location_id: many2one('View Location', 'stock.location', (warehouse) => warehouse.locationId - 1, { required: true }),
    lot_stock_id: many2one('Location Stock', 'stock.location', (warehouse) => warehouse.locationId, { required: true }),
    out_type_id: many2one('Out Type', 'stock.picking.type', (warehouse) => warehouse.id),
  })
}

export function carrierModel(version: Version): Model<Row & { readonly name: string }> {
  return namedModel(version, 'delivery.carrier', 'Shipping Methods', ({ books }) => books.carriers, {
    active: boolean('Active', () => true),
    delivery_type: selection('Provider', [['fixed', 'Fixed Price']], () => 'fixed'),
    company_id: many2one('Company', 'res.company', () => null),
  })
}
