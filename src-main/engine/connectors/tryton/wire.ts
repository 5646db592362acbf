/**
 * Of each model of Tryton 6.0 only the fields that we use: what is asked for, and the schema of
 * what comes back (ERP.md §4.6). A name with a dot at its end holds what was asked for behind the
 * dot.
 */
import { z } from 'zod'
import { decimalSchema } from '../../../domain/decimal.ts'
import { wireDecimal, wireOptional } from '../wire.ts'
import { wireId } from '../walk.ts'
import { stampSchema, wireAmount, wireDay, wireStamp } from './classes.ts'

const stamps = {
  create_date: wireOptional(wireStamp),
  // Null until the row is first written (ERP.md §4.5).
  write_date: wireOptional(wireStamp),
}

const text = wireOptional(z.string())
const login = wireOptional(z.object({ login: text }))

const author = {
  create_uid: wireOptional(wireId),
  write_uid: wireOptional(wireId),
  // absent where this user may not see who they are
  'create_uid.': login,
  'write_uid.': login,
}

/** Asked beside a row's own fields where users may be read: people know them by their logins. */
export const userFields: readonly string[] = ['create_uid.login', 'write_uid.login']

const code = wireOptional(z.object({ code: text }))

const plainTax = {
  name: z.string(),
  /** percentage, fixed or none. */
  type: z.string(),
  /** A fraction: 0.055. Null for a fixed tax. */
  rate: wireOptional(wireAmount),
}

const lineTax = z.object({ ...plainTax, 'childs.': wireOptional(z.array(z.object(plainTax))) })
export type LineTax = z.output<typeof lineTax>

const line = {
  id: wireId,
  /** line, subtotal, title or comment: only the first is an article. */
  type: z.string(),
  description: text,
  // Null on titles and comments.
  quantity: wireOptional(wireDecimal),
  unit_price: wireOptional(wireAmount),
  amount: wireOptional(wireAmount),
  'unit.': wireOptional(z.object({ symbol: text })),
  'product.': wireOptional(z.object({ code: text, name: text, type: text })),
  'taxes.': wireOptional(z.array(lineTax)),
  ...stamps,
}

export const saleRow = z.object({
  id: wireId,
  number: text,
  reference: text,
  /** Of the module web_shop; absent without it. */
  web_id: text,
  state: z.string(),
  sale_date: wireOptional(wireDay),
  party: wireOptional(wireId),
  'party.': wireOptional(z.object({ email: text })),
  'currency.': z.object({ code: z.string() }),
  untaxed_amount: wireAmount,
  tax_amount: wireAmount,
  total_amount: wireAmount,
  'lines.': z.array(z.object({ ...line, moves: wireOptional(z.array(wireId)) })),
  ...author,
  ...stamps,
  create_date: wireStamp,
})
export type SaleRow = z.output<typeof saleRow>
export type WireLine = SaleRow['lines.'][number] | InvoiceRow['invoice']['lines.'][number]

const lineFields = [
  'lines.type',
  'lines.description',
  'lines.quantity',
  'lines.unit_price',
  'lines.amount',
  'lines.unit.symbol',
  'lines.product.code',
  'lines.product.name',
  'lines.product.type',
  'lines.taxes.name',
  'lines.taxes.type',
  'lines.taxes.rate',
  'lines.taxes.childs.name',
  'lines.taxes.childs.type',
  'lines.taxes.childs.rate',
  'lines.create_date',
  'lines.write_date',
]

const ownFields = ['create_date', 'write_date', 'create_uid', 'write_uid']
const totalFields = ['currency.code', 'untaxed_amount', 'tax_amount', 'total_amount']

/**
 * A sale with its lines and their taxes in one call: Tryton follows dotted names through lists of
 * records too.
 */
export const saleFields: readonly string[] = [
  ...ownFields,
  ...totalFields,
  ...lineFields,
  'number',
  'reference',
  'state',
  'sale_date',
  'party',
  'party.email',
  'lines.moves',
]

const invoiceTax = z.object({
  base: wireAmount,
  amount: wireAmount,
  description: text,
  'tax.': wireOptional(z.object({ name: z.string(), rate: wireOptional(wireAmount) })),
  ...stamps,
})

export const invoiceRow = z.object({
  invoice: z.object({
    id: wireId,
    number: text,
    state: z.string(),
    invoice_date: wireOptional(wireDay),
    party: wireOptional(wireId),
    'currency.': z.object({ code: z.string() }),
    untaxed_amount: wireAmount,
    tax_amount: wireAmount,
    total_amount: wireAmount,
    amount_to_pay: wireOptional(wireAmount),
    sales: wireOptional(z.array(wireId)),
    'lines.': z.array(z.object({ ...line, origin: text })),
    'taxes.': z.array(invoiceTax),
    ...author,
    ...stamps,
  }),
  /**
   * Of a credit note: the invoice lines that it takes back, with the sales of their invoice (ERP.md
   * §4.6).
   */
  originals: z.array(
    z.object({
      id: wireId,
      invoice: wireOptional(wireId),
      'invoice.': wireOptional(z.object({ sales: wireOptional(z.array(wireId)) })),
    }),
  ),
  taxRounding: z.enum(['line', 'document']).nullable(),
})
export type InvoiceRow = z.output<typeof invoiceRow>

export const invoiceFields: readonly string[] = [
  ...ownFields,
  ...totalFields,
  ...lineFields,
  'number',
  'state',
  'invoice_date',
  'party',
  'amount_to_pay',
  'sales',
  'lines.origin',
  ...['base', 'amount', 'description', 'tax.name', 'tax.rate', 'create_date', 'write_date'].map(
    (name) => `taxes.${name}`,
  ),
]

export const originalFields: readonly string[] = ['invoice', 'invoice.sales']

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
      z.object({ 'customer_taxes.': wireOptional(z.array(z.object({ name: z.string() }))) }),
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
  'template.account_category.customer_taxes.name',
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
