/** Of Tryton's sales and invoices only the fields that we use, with their lines and taxes. */
import { z } from 'zod'
import { wireDecimal, wireOptional } from '../wire.ts'
import { wireId } from '../walk.ts'
import { wireAmount, wireDay, wireStamp } from './classes.ts'
import { author, lineTax, ownFields, stamps, text } from './wire.ts'

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
