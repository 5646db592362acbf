/**
 * Of each model of Tryton 6.0 only the fields that we use: what is asked for, and the schema of
 * what comes back. A name with a dot at its end holds what was asked for behind the dot.
 */
import { z } from 'zod'
import { decimalSchema } from '../../../domain/decimal.ts'
import { wireDecimal, wireOptional } from '../wire.ts'
import { wireId } from '../walk.ts'
import { stampSchema, wireAmount, wireDay, wireStamp } from './classes.ts'

export const stamps = {
  create_date: wireOptional(wireStamp),
  // Null until the row is first written (ERP.md §4.5).
  write_date: wireOptional(wireStamp),
}

export const text = wireOptional(z.string())
const login = wireOptional(z.object({ login: text }))

export const author = {
  create_uid: wireOptional(wireId),
  write_uid: wireOptional(wireId),
  // absent where this user may not see who they are
  'create_uid.': login,
  'write_uid.': login,
}

/** Asked beside a row's own fields where users may be read: people know them by their logins. */
export const userFields: readonly string[] = ['create_uid.login', 'write_uid.login']

const code = wireOptional(z.object({ code: text }))

export const ownFields = ['create_date', 'write_date', 'create_uid', 'write_uid']
/** What leaves by the door, or comes in by it. */
const carried = z.array(
  z.object({
    state: z.string(),
    quantity: wireDecimal,
    sale: wireOptional(wireId),
    'product.': code,
    ...stamps,
  }),
)

function carriedFields(moves: string): readonly string[] {
  const names = ['state', 'quantity', 'sale', 'product.code', 'create_date', 'write_date']
  return names.map((name) => `${moves}.${name}`)
}

const transfer = {
  id: wireId,
  number: text,
  state: z.string(),
  effective_date: wireOptional(wireDay),
  'warehouse.': wireOptional(z.object({ code: text, name: text })),
  ...author,
  ...stamps,
}

const transferFields = [
  ...ownFields,
  'number',
  'state',
  'effective_date',
  'warehouse.code',
  'warehouse.name',
]

export const shipmentRow = z.object({
  ...transfer,
  reference: text,
  // Never `moves` or `inventory_moves`: the way from storage to the door would count every unit
  // twice (trap of §stock.move).
  'outgoing_moves.': carried,
})
export type ShipmentRow = z.output<typeof shipmentRow>

export const shipmentFields: readonly string[] = [
  ...transferFields,
  'reference',
  ...carriedFields('outgoing_moves'),
]

// Of the two ways into the storage only the first, from the customer to the door.
export const returnRow = z.object({ ...transfer, 'incoming_moves.': carried })
export type ReturnRow = z.output<typeof returnRow>

export const returnFields: readonly string[] = [
  ...transferFields,
  ...carriedFields('incoming_moves'),
]

/** One product in one warehouse; `late`, `location` and `changed` are added by the read. */
export const stockRow = z.object({
  product: z.object({
    id: wireId,
    code: text,
    quantity: wireDecimal,
    forecast_quantity: wireDecimal,
    'template.': z.object({ consumable: wireOptional(z.boolean()) }),
  }),
  /** Promised, planned before today, and forgotten by the forecast. */
  late: decimalSchema,
  location: z.string(),
  changed: stampSchema.nullable(),
})
export type StockRow = z.output<typeof stockRow>

export const stockFields: readonly string[] = [
  'code',
  'quantity',
  'forecast_quantity',
  'template.consumable',
]

const plainTax = {
  name: z.string(),
  /** percentage, fixed or none. */
  type: z.string(),
  /** A fraction: 0.055. Null for a fixed tax. */
  rate: wireOptional(wireAmount),
}

/** A tax, with those that it groups. */
export const lineTax = z.object({ ...plainTax, 'childs.': wireOptional(z.array(z.object(plainTax))) })
export type LineTax = z.output<typeof lineTax>

export const productRow = z.object({
  id: wireId,
  code: text,
  active: z.boolean(),
  'identifiers.': wireOptional(z.array(z.object({ type: text, code: text }))),
  'template.': z.object({
    name: text,
    active: z.boolean(),
    type: z.string(),
    salable: wireOptional(z.boolean()),
    consumable: wireOptional(z.boolean()),
    list_price: wireOptional(wireAmount),
    'default_uom.': wireOptional(z.object({ symbol: text })),
    'account_category.': wireOptional(
      z.object({ 'customer_taxes.': wireOptional(z.array(lineTax)) }),
    ),
    write_date: wireOptional(wireStamp),
  }),
  ...author,
  ...stamps,
})
export type ProductRow = z.output<typeof productRow>

export const productFields: readonly string[] = [
  ...ownFields,
  'code',
  'active',
  'identifiers.type',
  'identifiers.code',
  ...[
    'name',
    'active',
    'type',
    'salable',
    'consumable',
    'list_price',
    'default_uom.symbol',
    'write_date',
  ].map((name) => `template.${name}`),
  ...['name', 'type', 'rate', 'childs.name', 'childs.type', 'childs.rate'].map(
    (name) => `template.account_category.customer_taxes.${name}`,
  ),
]

export const customerRow = z.object({
  id: wireId,
  code: text,
  active: z.boolean(),
  email: text,
  'tax_identifier.': code,
  'identifiers.': wireOptional(z.array(z.object({ type: text, code: text }))),
  'addresses.': wireOptional(
    z.array(z.object({ 'country.': wireOptional(z.object({ code: text })), ...stamps })),
  ),
  /**
   * Only when they changed: an e-mail address is changed there, and the party's own stamp stands
   * still.
   */
  'contact_mechanisms.': wireOptional(z.array(z.object(stamps))),
  ...author,
  ...stamps,
})
export type CustomerRow = z.output<typeof customerRow>

/** No name, no street, no telephone: no rule needs them (DESIGN §4). */
export const customerFields: readonly string[] = [
  ...ownFields,
  'code',
  'active',
  'email',
  'tax_identifier.code',
  'identifiers.type',
  'identifiers.code',
  'addresses.country.code',
  'addresses.create_date',
  'addresses.write_date',
  'contact_mechanisms.create_date',
  'contact_mechanisms.write_date',
]
