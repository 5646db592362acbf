/** Credit notes: of a whole invoice, of some of its lines, or of an amount that has its taxes in it. */
import { booked, Decimal, sum, zero } from '../decimal.ts'
import { bookMove, type NewLine, type Typed } from './entries.ts'
import type { Credit, Erp, Move, MoveLine } from './erp.ts'
import { newMove, postMove, settleMove } from './invoices.ts'
import { type Ledger, type Transaction, userError } from './ledger.ts'

export function creditMoves(ledger: Ledger): Pick<Erp, 'credit'> {
  return {
    credit: (moveId, credit, by, at) => creditNote(ledger, ledger.books.moves.must(moveId), credit, { by, at }),
  }
}

function creditNote(ledger: Ledger, invoice: Move, credit: Credit, transaction: Transaction): Move {
  if (invoice.state !== 'posted' || invoice.moveType !== 'out_invoice') {
    throw userError('To reverse a journal entry, it has to be posted first.')
  }
  const note = newMove(ledger, {
    moveType: 'out_refund',
    ref: `Reversal of: ${invoice.name}`,
    invoiceOrigin: invoice.invoiceOrigin,
    partnerId: invoice.partnerId,
    currency: invoice.currency,
    reversedMoveId: invoice.id,
  }, transaction)
  const { lines, typed } = creditedLines(ledger, invoice, credit)
  bookMove(ledger, note, lines, typed, transaction)
  postMove(ledger, note, credit.invoiceDate, transaction)
  const settled = Decimal.min(invoice.residual, note.residual)
  if (settled.greaterThan(0)) {
    settleMove(ledger, invoice, settled, 'reversed', transaction)
    settleMove(ledger, note, settled, 'paid', transaction)
  }
  return note
}

function creditedLines(ledger: Ledger, invoice: Move, credit: Credit): { lines: readonly NewLine[]; typed: Typed | null } {
  const { lines, amount } = credit
  if (amount !== undefined) return amountLines(ledger, invoice, amount, lines === undefined ? invoice.lines : lines.map(({ lineId }) => lineOf(invoice, lineId)))
  if (lines === undefined) {
    return { lines: invoice.lines.map(copied), typed: { lines: invoice.lines, document: copiedFigures(invoice) } }
  }
  return {
    typed: null,
    lines: lines.map(({ lineId, quantity }) => ({ ...copied(lineOf(invoice, lineId)), quantity })),
  }
}

function lineOf(invoice: Move, id: number): MoveLine {
  const line = invoice.lines.find((each) => each.id === id)
  if (line === undefined) throw new Error(`Invoice ${invoice.name} has no line ${id}.`)
  return line
}

/** A reversal takes over what was booked, whatever taxes and rounding have become since. */
function copiedFigures(invoice: Move): Typed['document'] {
  return {
    untaxed: invoice.untaxed,
    tax: invoice.tax,
    total: invoice.total,
    taxes: invoice.taxes.map((tax) => ({ ...tax })),
  }
}

function copied(line: MoveLine): NewLine {
  const { productId, name, quantity, priceUnit, discount, taxIds, saleLineIds } = line
  return { productId, name, quantity, priceUnit, discount, taxIds: [...taxIds], saleLineIds: [...saleLineIds] }
}

/** Shares the amount out over the lines' kinds of taxation, and types the tax in so that the total is met. */
function amountLines(ledger: Ledger, invoice: Move, amount: Decimal, over: readonly MoveLine[]): { lines: readonly NewLine[]; typed: Typed } {
  const kinds = new Map<string, { taxIds: number[]; total: Decimal }>()
  for (const line of over) {
    const key = line.taxIds.join(',')
    const kind = kinds.get(key) ?? { taxIds: [...line.taxIds], total: zero }
    kinds.set(key, { ...kind, total: kind.total.plus(line.total) })
  }
  const whole = sum(over.map((line) => line.total))
  const shares: Share[] = []
  let left = amount
  for (const [at, kind] of [...kinds.values()].entries()) {
    const isLast = at === kinds.size - 1
    const total = isLast || whole.isZero()
      ? left
      : booked(amount.times(kind.total).dividedBy(whole), invoice.currency)
    left = left.minus(total)
    shares.push(taxed(ledger, invoice, kind.taxIds, total))
  }
  const taxes = shares.flatMap((share) => share.taxes)
  const tax = sum(taxes.map((each) => each.amount))
  return {
    lines: shares.map((share) => share.line),
    typed: {
      lines: shares.map(({ subtotal, total }) => ({ subtotal, total })),
      document: { untaxed: amount.minus(tax), tax, total: amount, taxes: merged(taxes) },
    },
  }
}

interface Share {
  readonly line: NewLine
  readonly subtotal: Decimal
  readonly total: Decimal
  readonly taxes: Typed['document']['taxes']
}

function taxed(ledger: Ledger, invoice: Move, taxIds: number[], total: Decimal): Share {
  const rates = taxIds.map((id) => ledger.books.taxes.must(id))
  const divisor = sum(rates.map((each) => each.amount)).dividedBy(100).plus(1)
  const amounts = rates.map((each) => ({
    taxId: each.id,
    included: each.priceInclude,
    amount: booked(total.times(each.amount).dividedBy(100).dividedBy(divisor), invoice.currency),
  }))
  const subtotal = total.minus(sum(amounts.map((each) => each.amount)))
  const inside = sum(amounts.filter((each) => each.included).map((each) => each.amount))
  return {
    line: {
      productId: null, name: 'Refund', quantity: new Decimal(1), priceUnit: subtotal.plus(inside),
      discount: zero, taxIds, saleLineIds: [],
    },
    subtotal,
    total,
    taxes: amounts.map((each) => ({ taxId: each.taxId, base: subtotal, amount: each.amount })),
  }
}

function merged(taxes: Typed['document']['taxes']): Typed['document']['taxes'] {
  const byTax = new Map<number, Typed['document']['taxes'][number]>()
  for (const tax of taxes) {
    const known = byTax.get(tax.taxId)
    byTax.set(tax.taxId, known === undefined
      ? tax
      : { taxId: tax.taxId, base: known.base.plus(tax.base), amount: known.amount.plus(tax.amount) })
  }
  return [...byTax.values()]
}
