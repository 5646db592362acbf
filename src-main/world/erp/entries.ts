/** What an invoice or credit note books: its lines, a line for each tax, and one for what the customer owes. */
import { sum, zero } from '../decimal.ts'
import type { Move, MoveLine } from './erp.ts'
import { created, type Ledger, recompute, type Transaction } from './ledger.ts'
import { type DocumentAmounts, documentAmounts, lineAmounts } from './taxes.ts'

export type NewLine = Pick<MoveLine,
  'productId' | 'name' | 'quantity' | 'priceUnit' | 'discount' | 'taxIds' | 'saleLineIds'>

/** Figures that were typed over what the lines would give, as a bookkeeper may do. */
export interface Typed {
  readonly lines: readonly { readonly subtotal: MoveLine['subtotal']; readonly total: MoveLine['total'] }[]
  readonly document: DocumentAmounts
}

export function bookMove(
  ledger: Ledger, move: Move, lines: readonly NewLine[], typed: Typed | null, transaction: Transaction,
): void {
  const amounts = lines.map((line) => lineAmounts(line, (id) => ledger.books.taxes.must(id), move.currency))
  const document = typed?.document ?? documentAmounts(amounts, ledger.rounding, move.currency)
  const priced = typed?.lines ?? amounts
  move.lines = lines.map((line, at) => newLine(ledger, move, {
    ...line,
    kind: 'product',
    taxId: null,
    subtotal: priced[at]?.subtotal ?? zero,
    total: priced[at]?.total ?? zero,
  }, transaction))
  Object.assign(move, { untaxed: document.untaxed, tax: document.tax, total: document.total, taxes: document.taxes })
  move.otherLines = [
    ...document.taxes.map(({ taxId, amount }) => {
      const name = ledger.books.taxes.must(taxId).name
      return newLine(ledger, move, { ...bare, kind: 'tax', taxId, name, subtotal: amount, total: amount }, transaction)
    }),
    newLine(ledger, move, { ...bare, kind: 'payment_term', subtotal: document.total, total: document.total }, transaction),
  ]
  ledger.books.moves.put(move)
  recount(ledger, move.lines, transaction)
}

const bare = {
  productId: null, name: '', quantity: zero, priceUnit: zero, discount: zero, taxId: null,
} as const

function newLine(
  ledger: Ledger, move: Move,
  facts: Omit<MoveLine, 'id' | 'moveId' | 'taxIds' | 'saleLineIds' | keyof ReturnType<typeof created>>
    & Partial<Pick<MoveLine, 'taxIds' | 'saleLineIds'>>,
  transaction: Transaction,
): MoveLine {
  const line: MoveLine = {
    id: ledger.nextId('moveLine'),
    ...created(transaction),
    moveId: move.id,
    taxIds: [],
    saleLineIds: [],
    ...facts,
  }
  ledger.books.moveLines.put(line)
  return line
}

/** Counts anew what of the orders' lines is on live invoices, less what was credited. */
export function recount(ledger: Ledger, lines: readonly MoveLine[], transaction: Transaction): void {
  for (const id of new Set(lines.flatMap((line) => line.saleLineIds))) {
    const saleLine = ledger.books.saleLines.get(id)
    if (saleLine === null) continue
    const invoiced = sum(ledger.books.find.moveLinesOfSaleLine(id).map((line) => {
      const move = ledger.books.moves.must(line.moveId)
      if (move.state === 'cancel') return zero
      return move.moveType === 'out_invoice' ? line.quantity : line.quantity.negated()
    }))
    if (invoiced.equals(saleLine.invoiced)) continue
    saleLine.invoiced = invoiced
    recompute(ledger, ledger.books.saleLines, saleLine, transaction)
    recompute(ledger, ledger.books.sales, ledger.books.sales.must(saleLine.orderId), transaction)
  }
}
