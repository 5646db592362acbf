/** Customers' invoices over lines of one or many orders: drawn up, posted, paid, cancelled. */
import { Decimal, zero } from '../decimal.ts'
import { bookMove, recount } from './entries.ts'
import type { Erp, InvoicedLine, Move, SaleLine } from './erp.ts'
import { created, type Ledger, recompute, robot, type Transaction, userError, write } from './ledger.ts'

export type InvoiceMoves = Pick<Erp, 'invoice' | 'post' | 'pay' | 'cancelMove' | 'deleteMove'>

export function invoiceMoves(ledger: Ledger): InvoiceMoves {
  const { books } = ledger
  return {
    invoice: (lines, by, at) => invoice(ledger, lines, { by, at }),
    post: (moveId, invoiceDate, by, at) => postMove(ledger, books.moves.must(moveId), invoiceDate, { by, at }),
    pay: (moveId, by, at, amount) => pay(ledger, books.moves.must(moveId), amount ?? null, { by, at }),
    cancelMove: (moveId, by, at) => cancelMove(ledger, books.moves.must(moveId), { by, at }),
    deleteMove: (moveId, at) => {
      const move = books.moves.must(moveId)
      if (move.name !== '/') {
        throw userError(
          'You cannot delete this entry, as it has already consumed a sequence number '
          + 'and is not the last one in the chain. You should probably revert it instead.',
        )
      }
      for (const line of [...move.lines, ...move.otherLines]) books.moveLines.remove(line.id)
      books.moves.remove(move.id)
      recount(ledger, move.lines, { by: robot, at })
    },
  }
}

function invoice(ledger: Ledger, asked: readonly InvoicedLine[], transaction: Transaction): Move {
  const { books } = ledger
  const parts = asked
    .map((each) => ({ each, line: books.saleLines.must(each.saleLineId) }))
    .map(({ each, line }) => ({ each, line, quantity: each.quantity ?? uninvoiced(ledger, line) }))
    .filter(({ line, quantity }) => !quantity.isZero() && books.sales.must(line.orderId).state === 'sale')
  const sales = [...new Set(parts.map(({ line }) => books.sales.must(line.orderId)))]
  const [first] = sales
  if (first === undefined) throw userError('Cannot create an invoice. No items are available to invoice.')
  if (sales.some((sale) => sale.partnerId !== first.partnerId || sale.currency !== first.currency)) {
    throw new Error('One invoice is for one partner in one currency.')
  }
  const refs = sales.flatMap((sale) => sale.clientOrderRef === null ? [] : [sale.clientOrderRef])
  const move = newMove(ledger, {
    moveType: 'out_invoice',
    ref: refs.length === 0 ? null : refs.join(', '),
    invoiceOrigin: sales.map((sale) => sale.name).join(', '),
    partnerId: first.partnerId,
    currency: first.currency,
    reversedMoveId: null,
  }, transaction)
  const lines = parts.map(({ each, line, quantity }) => ({
    productId: line.productId,
    name: line.name,
    quantity,
    priceUnit: each.priceUnit ?? line.priceUnit,
    discount: each.discount ?? line.discount,
    taxIds: [...(each.taxIds ?? line.taxIds)],
    saleLineIds: [line.id],
  }))
  bookMove(ledger, move, lines, null, transaction)
  return move
}

/** A down payment is invoiced once, and taken off again by what is invoiced after it. */
function uninvoiced(ledger: Ledger, line: SaleLine): Decimal {
  if (!line.isDownpayment) return line.quantity.minus(line.invoiced)
  const isInvoiced = ledger.books.find.moveLinesOfSaleLine(line.id)
    .some((each) => ledger.books.moves.must(each.moveId).state !== 'cancel')
  return isInvoiced ? line.invoiced.negated() : new Decimal(1)
}

export function newMove(
  ledger: Ledger,
  facts: Pick<Move, 'moveType' | 'ref' | 'invoiceOrigin' | 'partnerId' | 'currency' | 'reversedMoveId'>,
  transaction: Transaction,
): Move {
  return {
    id: ledger.nextId('move'),
    ...created(transaction),
    ...facts,
    name: '/',
    state: 'draft',
    paymentState: 'not_paid',
    invoiceDate: null,
    lines: [],
    otherLines: [],
    taxes: [],
    untaxed: zero,
    tax: zero,
    total: zero,
    residual: zero,
  }
}

export function postMove(ledger: Ledger, move: Move, invoiceDate: string, transaction: Transaction): void {
  if (move.state !== 'draft') throw userError(`The entry ${move.name} (id ${move.id}) must be in draft.`)
  if (move.lines.length === 0) throw userError('You need to add a line before posting.')
  if (move.total.isNegative()) {
    throw userError(
      'You cannot validate an invoice with a negative total amount. You should create a credit note instead. '
      + 'Use the action menu to transform it into a credit note or refund.',
    )
  }
  const prefix = move.moveType === 'out_invoice' ? 'INV' : 'RINV'
  move.state = 'posted'
  move.invoiceDate = invoiceDate
  move.name = ledger.nextName(`${prefix}/${invoiceDate.slice(0, 4)}/`)
  move.residual = move.total
  // Nothing to pay is paid.
  if (move.total.isZero()) move.paymentState = 'paid'
  write(ledger.books.moves, move, transaction)
}

function pay(ledger: Ledger, move: Move, amount: Decimal | null, transaction: Transaction): void {
  if (move.state !== 'posted') throw userError('You can only register payment for posted journal entries.')
  if (move.residual.isZero()) {
    throw userError("You can't register a payment because there is nothing left to pay on the selected journal items.")
  }
  settleMove(ledger, move, amount ?? move.residual, 'paid', transaction)
}

/** Reconciling writes the receivable's line; what the invoice owes is computed from it. */
export function settleMove(
  ledger: Ledger, move: Move, amount: Decimal, whole: 'paid' | 'reversed', transaction: Transaction,
): void {
  move.residual = move.residual.minus(Decimal.min(amount, move.residual))
  move.paymentState = move.residual.isZero() ? whole : 'partial'
  for (const line of move.otherLines) {
    if (line.kind === 'payment_term') write(ledger.books.moveLines, line, transaction)
  }
  recompute(ledger, ledger.books.moves, move, transaction)
}

/** A cancelled order takes its draft invoices along. */
export function cancelDrafts(ledger: Ledger, lineIds: readonly number[], transaction: Transaction): void {
  const moveIds = lineIds.flatMap((id) => ledger.books.find.moveLinesOfSaleLine(id)).map((line) => line.moveId)
  for (const move of [...new Set(moveIds)].map((id) => ledger.books.moves.must(id))) {
    if (move.state === 'draft') cancelMove(ledger, move, transaction)
  }
}

function cancelMove(ledger: Ledger, move: Move, transaction: Transaction): void {
  if (move.state === 'cancel') throw userError('Only draft journal entries can be cancelled.')
  Object.assign(move, { state: 'cancel', residual: zero, paymentState: 'not_paid' })
  write(ledger.books.moves, move, transaction)
  recount(ledger, move.lines, transaction)
}
