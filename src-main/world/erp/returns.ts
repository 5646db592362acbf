/** Goods that come back: the transfer that the wizard of a delivery makes, taken in at once. */
import { type Decimal, sum, zero } from '../decimal.ts'
import type { Erp, Picking, StockMove } from './erp.ts'
import { created, type Ledger, type Transaction, userError } from './ledger.ts'
import { comeBack, passThrough } from './stock.ts'

export function returnMoves(ledger: Ledger): Pick<Erp, 'takeBack'> {
  return {
    takeBack: (pickingId, quantities, by, at) => takeBack(ledger, ledger.books.pickings.must(pickingId), quantities, { by, at }),
  }
}

/** What the order counts as delivered stays: its quantities are not updated (`to_refund` is off). */
function takeBack(ledger: Ledger, delivery: Picking, quantities: ReadonlyMap<number, Decimal>, transaction: Transaction): Picking {
  const { books } = ledger
  const wanted = [...quantities].filter(([, quantity]) => quantity.greaterThan(0))
  for (const [id, quantity] of wanted) {
    const move = delivery.moves.find((each) => each.id === id)
    if (move === undefined || move.state !== 'done') throw new Error(`Delivery ${delivery.name} has sent no move ${id}.`)
    if (quantity.greaterThan(leftOf(ledger, move))) throw userError('You may not return more than was delivered.')
  }
  if (wanted.length === 0) throw userError('Please specify at least one non-zero quantity.')
  const picking: Picking = {
    id: ledger.nextId('picking'),
    ...created(transaction),
    name: ledger.nextName(delivery.dropShipped ? 'DS/' : `${books.warehouses.must(delivery.warehouseId).code}/IN/`),
    state: 'done',
    doneAt: transaction.at,
    origin: `Return of ${delivery.name}`,
    saleId: delivery.saleId,
    warehouseId: delivery.warehouseId,
    backorderOf: null,
    dropShipped: delivery.dropShipped,
    returnOf: delivery.id,
    carrier: null,
    trackingRef: null,
    moves: [],
  }
  books.pickings.put(picking)
  for (const [id, quantity] of wanted) {
    const sent = books.stockMoves.must(id)
    const move: StockMove = {
      id: ledger.nextId('stockMove'),
      ...created(transaction),
      pickingId: picking.id,
      productId: sent.productId,
      saleLineId: sent.saleLineId,
      quantity,
      reserved: zero,
      done: quantity,
      returnedFrom: sent.id,
      state: 'done',
    }
    books.stockMoves.put(move)
    picking.moves.push(move)
    if (picking.dropShipped) passThrough(ledger, move.productId, quantity.negated(), transaction.at)
    else comeBack(ledger, move.productId, picking.warehouseId, quantity, transaction.at)
  }
  return picking
}

/** What of a move is still with the customer. */
function leftOf({ books }: Ledger, move: StockMove): Decimal {
  const taken = books.find.stockMovesOfProduct(move.productId).filter((each) => each.returnedFrom === move.id)
  return move.done.minus(sum(taken.map((each) => each.done)))
}
