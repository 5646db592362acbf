/** Invoices and credit notes, and what they book. */
import { digitsOf, sum, zero } from '../../../decimal.ts'
import type { Decimal } from '../../../decimal.ts'
import type { Move, MoveLine } from '../../../erp/erp.ts'
import {
  boolean, char, date, defineModel, type Env, type Field, type Fields, float, integer, kept, listed, many2many,
  many2one, type Model, monetary, one2many, related, selection, userOf, type Version,
} from '../fields.ts'
import { companyField, currencyField, namedModel, roundingField, unitIdOf } from './base.ts'
import { commercialPartnerOf } from './master.ts'

const states = [['draft', 'Draft'], ['posted', 'Posted'], ['cancel', 'Cancelled']] as const
const moveTypes = [
  ['entry', 'Journal Entry'], ['out_invoice', 'Customer Invoice'], ['out_refund', 'Customer Credit Note'],
  ['in_invoice', 'Vendor Bill'], ['in_refund', 'Vendor Credit Note'],
  ['out_receipt', 'Sales Receipt'], ['in_receipt', 'Purchase Receipt'],
] as const

export function moveModel(version: Version): Model<Move> {
  return defineModel<Move>(version, {
    name: 'account.move',
    description: 'Journal Entry',
    order: 'date desc, name desc, invoice_date desc, id desc',
    names: ['name', 'partner_id.name', 'ref'],
    rows: ({ books }) => books.moves,
    label: labelOf,
    find: (field, value, { books }) => {
      if (field === 'reversed_entry_id' && typeof value === 'number') return books.find.creditsOfMove(value)
      if (typeof value !== 'string') return null
      if (field === 'name') return value === '/' ? null : books.find.movesByName(value)
      // Only an invoice over one order has just its name here.
      return field === 'invoice_origin' && !value.includes(', ') ? books.find.movesOfSaleName(value) : null
    },
    fields: { ...headFields(version), ...amountFields(version), ...lineFields() },
  })
}

function labelOf(move: Move): string {
  const draft = move.moveType === 'out_invoice' ? 'Draft Invoice' : 'Draft Credit Note'
  const name = move.name === '/' ? `${draft} (* ${move.id})` : move.name
  return move.ref === null ? name : `${name} (${move.ref})`
}

function headFields(version: Version): Fields<Move> {
  const payment = [
    ['not_paid', 'Not Paid'], ['in_payment', 'In Payment'], ['paid', 'Paid'], ['partial', 'Partially Paid'],
    ['reversed', 'Reversed'],
    ...(version >= 18 ? [['blocked', 'Blocked'] as const] : []), ['invoicing_legacy', 'Invoicing App Legacy'],
  ] as const
  return {
    // A draft without a number is called "/".
    name: char('Number', (move) => move.name),
    ref: char('Reference', (move) => move.ref),
    state: selection('Status', states, (move) => move.state, { required: true, readonly: true }),
    move_type: selection('Type', moveTypes, (move) => move.moveType, { required: true }),
    payment_state: selection('Payment Status', payment, (move) => move.paymentState, kept),
    date: date('Date', (move) => move.invoiceDate ?? dayOf(move.createdAt), { required: true }),
    invoice_date: date('Invoice/Bill Date', (move) => move.invoiceDate),
    invoice_date_due: date('Due Date', (move) => move.invoiceDate),
    invoice_origin: char('Origin', (move) => move.invoiceOrigin),
    payment_reference: char('Payment Reference', (move) => move.state === 'posted' ? move.name : null),
    partner_id: many2one('Partner', 'res.partner', (move) => move.partnerId),
    commercial_partner_id: many2one('Commercial Entity', 'res.partner', (move, env) => (
      commercialPartnerOf(env.books.partners.must(move.partnerId), env)
    ), kept),
    partner_shipping_id: many2one('Delivery Address', 'res.partner', (move) => move.partnerId),
    journal_id: many2one('Journal', 'account.journal', () => 1, { required: true }),
    company_id: companyField(),
    currency_id: currencyField('Currency', { required: true }, (move) => move.currency),
    company_currency_id: currencyField('Company Currency', related),
    ...(version >= 18 ? { invoice_currency_rate: float<Move>('Currency Rate', () => 1, kept) } : {}),
    invoice_user_id: many2one('Salesperson', 'res.users', (move) => userOf(move.createdBy)),
    reversed_entry_id: many2one('Reversal of', 'account.move', (move) => move.reversedMoveId),
    ...(version >= 17 ? { reversal_move_ids: reversals } : { reversal_move_id: reversals }),
    is_move_sent: boolean('Is Move Sent', () => false),
    tax_calculation_rounding_method: roundingField(related),
  }
}

const reversals: Field<Move> = one2many('Reversal Moves', 'account.move', 'reversed_entry_id', (move, { books }) => (
  books.find.creditsOfMove(move.id).map((credit) => credit.id)
))

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}

/** The company's currency is booked one to one: the world keeps no rates. */
function amountFields(version: Version): Fields<Move> {
  const sign = (move: Move, amount: Decimal): Decimal => move.moveType === 'out_invoice' ? amount : amount.negated()
  const untaxedSigned: Field<Move> = monetary('Untaxed Amount Signed Currency', (move) => sign(move, move.untaxed), kept)
  const residual = (move: Move): Decimal => move.state === 'draft' ? move.total : move.residual
  return {
    amount_untaxed: monetary('Untaxed Amount', (move) => move.untaxed, kept),
    amount_tax: monetary('Tax', (move) => move.tax, kept),
    amount_total: monetary('Total', (move) => move.total, kept),
    amount_residual: monetary('Amount Due', residual, kept),
    amount_untaxed_signed: monetary('Untaxed Amount Signed', (move) => sign(move, move.untaxed), kept),
    amount_tax_signed: monetary('Tax Signed', (move) => sign(move, move.tax), kept),
    amount_total_signed: monetary('Total Signed', (move) => sign(move, move.total), kept),
    amount_residual_signed: monetary('Amount Due Signed', (move) => sign(move, residual(move)), kept),
    amount_total_in_currency_signed: monetary('Total in Currency Signed', (move) => sign(move, move.total), kept),
    ...(version >= 17 ? { amount_untaxed_in_currency_signed: untaxedSigned } : {}),
  }
}

function lineFields(): Fields<Move> {
  return {
    invoice_line_ids: one2many('Invoice lines', 'account.move.line', 'move_id', (move) => move.lines.map((line) => line.id)),
    line_ids: one2many('Journal Items', 'account.move.line', 'move_id', (move) => (
      [...move.lines, ...move.otherLines].map((line) => line.id)
    )),
  }
}

export function moveLineModel(version: Version): Model<MoveLine> {
  return defineModel<MoveLine>(version, {
    name: 'account.move.line',
    description: 'Journal Item',
    order: 'date desc, move_name desc, id',
    names: ['name', 'move_id.name'],
    rows: ({ books }) => books.moveLines,
    label: (line, env) => `${labelOf(moveOf(line, env))} ${line.name}`.trim(),
    find: (field, value, { books }) => {
      if (field !== 'move_id' || typeof value !== 'number') return null
      const move = books.moves.get(value)
      return move === null ? [] : [...move.lines, ...move.otherLines]
    },
    fields: { ...itemFields(), ...itemAmountFields(version) },
  })
}

function moveOf(line: MoveLine, { books }: Env): Move {
  return books.moves.must(line.moveId)
}

function itemFields(): Fields<MoveLine> {
  const kinds = [
    ['product', 'Product'], ['cogs', 'Cost of Goods Sold'], ['tax', 'Tax'], ['rounding', 'Rounding'],
    ['payment_term', 'Payment Term'], ['line_section', 'Section'], ['line_note', 'Note'],
  ] as const
  return {
    move_id: many2one('Journal Entry', 'account.move', (line) => line.moveId, { required: true }),
    move_name: char('Number', (line, env) => moveOf(line, env).name, kept),
    move_type: selection('Type', moveTypes, (line, env) => moveOf(line, env).moveType, related),
    parent_state: selection('Status', states, (line, env) => moveOf(line, env).state, kept),
    date: date('Date', (line, env) => moveOf(line, env).invoiceDate ?? dayOf(line.createdAt), kept),
    invoice_date: date('Invoice/Bill Date', (line, env) => moveOf(line, env).invoiceDate, kept),
    ref: char('Reference', (line, env) => moveOf(line, env).ref, kept),
    name: char('Label', (line) => line.name),
    display_type: selection('Display Type', kinds, (line) => line.kind, { required: true }),
    sequence: integer('Sequence', () => 10),
    product_id: many2one('Product', 'product.product', (line) => line.productId),
    product_uom_id: many2one('Unit of Measure', 'uom.uom', (line, { books }) => (
      line.productId === null ? null : unitIdOf(books.products.must(line.productId).uom)
    )),
    sale_line_ids: many2many('Sales Order Lines', 'sale.order.line', (line) => line.saleLineIds),
    tax_ids: many2many('Taxes', 'account.tax', (line) => line.taxIds),
    tax_line_id: many2one('Originator Tax', 'account.tax', (line) => line.taxId, kept),
    partner_id: many2one('Partner', 'res.partner', (line, env) => moveOf(line, env).partnerId),
    is_downpayment: boolean('Is Downpayment', (line, { books }) => (
      line.saleLineIds.some((id) => books.saleLines.get(id)?.isDownpayment === true)
    )),
    company_id: companyField(),
    currency_id: currencyField('Currency', { required: true }, (line, env) => moveOf(line, env).currency),
  }
}

function itemAmountFields(version: Version): Fields<MoveLine> {
  return {
    quantity: float('Quantity', (line) => line.quantity),
    price_unit: float('Unit Price', (line) => line.kind === 'product' ? line.priceUnit : zero),
    discount: float('Discount (%)', (line) => line.discount),
    price_subtotal: monetary('Subtotal', (line) => line.kind === 'product' ? line.subtotal : zero, kept),
    price_total: monetary('Total', (line) => line.kind === 'product' ? line.total : zero, kept),
    tax_base_amount: monetary('Base Amount', (line, env) => (
      sum(moveOf(line, env).taxes.filter((tax) => tax.taxId === line.taxId).map((tax) => tax.base))
    ), kept),
    balance: monetary('Balance', balanceOf, kept),
    amount_currency: monetary('Amount in Currency', balanceOf, kept),
    debit: monetary('Debit', (line, env) => positive(balanceOf(line, env)), kept),
    credit: monetary('Credit', (line, env) => positive(balanceOf(line, env).negated()), kept),
    amount_residual: monetary('Residual Amount', (line, env) => (
      line.kind === 'payment_term' && moveOf(line, env).state === 'posted' ? signed(line, env, moveOf(line, env).residual) : zero
    ), kept),
    reconciled: boolean('Reconciled', (line, env) => (
      line.kind === 'payment_term' && moveOf(line, env).state === 'posted' && moveOf(line, env).residual.isZero()
    ), kept),
    ...(version < 18 ? { blocked: boolean<MoveLine>('No Follow-up', () => false) } : {}),
  }
}

/** What the customer owes is a debit; what was sold and its taxes are credits; a credit note is the other way round. */
function balanceOf(line: MoveLine, env: Env): Decimal {
  const amount = signed(line, env, line.kind === 'payment_term' ? line.total : line.subtotal.negated())
  return amount.toDecimalPlaces(digitsOf(moveOf(line, env).currency))
}

function signed(line: MoveLine, env: Env, amount: Decimal): Decimal {
  return moveOf(line, env).moveType === 'out_invoice' ? amount : amount.negated()
}

function positive(amount: Decimal): Decimal {
  return amount.isNegative() ? zero : amount
}

export function journalModel(version: Version): Model<{ id: number; changedAt: number; name: string }> {
  return namedModel(version, 'account.journal', 'Journal', () => listed([{ id: 1, changedAt: 0, name: 'Customer Invoices' }]), {
    code: char('Short Code', () => 'INV'),
    type: selection('Type', [['sale', 'Sales'], ['purchase', 'Purchase'], ['general', 'Miscellaneous']], () => 'sale'),
    company_id: companyField(),
    active: boolean('Active', () => true),
  })
}
