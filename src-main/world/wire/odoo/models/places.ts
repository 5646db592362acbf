/** Where goods are and go: locations inside the house and outside of it, and the kinds of transfer between them. */
import type { Picking, Warehouse } from '../../../erp/erp.ts'
import type { Row } from '../../../table.ts'
import { boolean, char, defineModel, type Env, integer, kept, listed, many2one, type Model, selection, type Version } from '../fields.ts'
import { companyField } from './base.ts'

const usages = [
  ['supplier', 'Vendor Location'], ['view', 'View'], ['internal', 'Internal Location'], ['customer', 'Customer Location'],
  ['inventory', 'Inventory Loss'], ['production', 'Production'], ['transit', 'Transit Location'],
] as const
const operations = [['incoming', 'Receipt'], ['outgoing', 'Delivery'], ['internal', 'Internal Transfer']] as const

/** What suppliers send is a kind of its own since 17, and was taken for a receipt before. */
export function operationsIn(version: Version): readonly (readonly [string, string])[] {
  return version >= 17 ? [...operations, ['dropship', 'Dropship']] : operations
}

/** Where goods come from that suppliers send, where those go that leave, and where those come from that a count finds. */
const suppliers = 4
const customers = 5
const inventory = 14

export const placesOutside = { supplier: suppliers, customer: customers, inventory } as const

/** What is sent and what is taken in each have a type of their own in each warehouse; what suppliers send has one in all. */
const receipts = 1000
const dropships = 2000

type Kind = Pick<Picking, 'returnOf' | 'dropShipped' | 'warehouseId'>

export function operationOf({ returnOf, dropShipped, warehouseId }: Kind): number {
  if (dropShipped) return dropships
  return returnOf === null ? warehouseId : warehouseId + receipts
}

export function operationCodeOf({ returnOf, dropShipped }: Kind, version: Version): string {
  if (dropShipped) return version >= 17 ? 'dropship' : 'incoming'
  return returnOf === null ? 'outgoing' : 'incoming'
}

/** From the shelf or the supplier to the customer, and back the same way. */
export function wayOf({ returnOf, dropShipped, warehouseId }: Kind, { books }: Env): { readonly from: number; readonly to: number } {
  const home = dropShipped ? suppliers : books.warehouses.must(warehouseId).locationId
  return returnOf === null ? { from: home, to: customers } : { from: customers, to: home }
}

interface Location extends Row {
  readonly name: string
  readonly fullName: string
  readonly usage: string
  readonly parentId: number | null
  readonly warehouseId: number | null
}

function locations({ books }: Env): readonly Location[] {
  return [
    virtual(suppliers, 'Partners', 'Vendors', 'supplier'),
    virtual(customers, 'Partners', 'Customers', 'customer'),
    virtual(inventory, 'Virtual Locations', 'Inventory adjustment', 'inventory'),
    ...[...books.warehouses.all()].flatMap(({ id, changedAt, code, locationId }) => [
      { id: locationId - 1, changedAt, name: code, fullName: code, usage: 'view', parentId: null, warehouseId: id },
      { id: locationId, changedAt, name: 'Stock', fullName: `${code}/Stock`, usage: 'internal', parentId: locationId - 1, warehouseId: id },
    ]),
  ]
}

function virtual(id: number, place: string, name: string, usage: string): Location {
  return { id, changedAt: 0, name, fullName: `${place}/${name}`, usage, parentId: null, warehouseId: null }
}

export function locationName(id: number, env: Env): string {
  return locations(env).find((location) => location.id === id)?.fullName ?? ''
}

export function locationModel(version: Version): Model<Location> {
  return defineModel<Location>(version, {
    name: 'stock.location',
    description: 'Inventory Locations',
    order: 'complete_name, id',
    names: ['complete_name', 'barcode'],
    rows: (env) => listed(locations(env)),
    label: (location) => location.fullName,
    fields: {
      name: char('Location Name', (location) => location.name, { required: true }),
      complete_name: char('Full Location Name', (location) => location.fullName, kept),
      barcode: char('Barcode', () => null),
      active: boolean('Active', () => true),
      usage: selection('Location Type', usages, (location) => location.usage, { required: true }),
      location_id: many2one('Parent Location', 'stock.location', (location) => location.parentId),
      warehouse_id: many2one('Warehouse', 'stock.warehouse', (location) => location.warehouseId, kept),
      company_id: companyField(),
    },
  })
}

interface Operation extends Row {
  readonly name: string
  readonly label: string
  readonly code: string
  readonly prefix: string
  readonly warehouse: Warehouse | null
}

function kindsOf({ books, version }: Env): readonly Operation[] {
  const base = { returnOf: null, dropShipped: false, warehouseId: 0 }
  const all = [...books.warehouses.all()].flatMap((warehouse): readonly Operation[] => [
    { id: warehouse.id, changedAt: warehouse.changedAt, name: 'Delivery Orders', label: `${warehouse.name}: Delivery Orders`, code: operationCodeOf(base, version), prefix: 'OUT', warehouse },
    { id: warehouse.id + receipts, changedAt: warehouse.changedAt, name: 'Receipts', label: `${warehouse.name}: Receipts`, code: operationCodeOf({ ...base, returnOf: 1 }, version), prefix: 'IN', warehouse },
  ])
  return [...all, { id: dropships, changedAt: 0, name: 'Dropship', label: 'Dropship', code: operationCodeOf({ ...base, dropShipped: true }, version), prefix: 'DS', warehouse: null }]
}

export function pickingTypeModel(version: Version): Model<Operation> {
  return defineModel<Operation>(version, {
    name: 'stock.picking.type',
    description: 'Picking Type',
    order: 'sequence, id',
    rows: (env) => listed(kindsOf(env)),
    label: (operation) => operation.label,
    fields: {
      name: char('Operation Type', (operation) => operation.name, { required: true }),
      code: selection('Type of Operation', operationsIn(version), (operation) => operation.code, { required: true }),
      sequence_code: char('Sequence Prefix', (operation) => operation.prefix, { required: true }),
      sequence: integer('Sequence', () => 10),
      active: boolean('Active', () => true),
      warehouse_id: many2one('Warehouse', 'stock.warehouse', ({ warehouse }) => warehouse?.id ?? null),
      company_id: companyField(),
    },
  })
}
