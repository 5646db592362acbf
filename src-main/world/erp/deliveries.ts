/** Deliveries: what a confirmed order asks of the warehouse, sent whole or in parts. */
import { type Decimal, zero } from '../decimal.ts'
import type { Erp, Instant, Picking, Sale, SaleLine, StockMove } from './erp.ts'
import { created, isOpen, least, type Ledger, recompute, type Transaction, userError, write } from './ledger.ts'
import { giveBack, leave, passThrough, release, reserve, settlePicking } from './stock.ts'

export interface Wanted {
  readonly line: SaleLine
  readonly quantity: Decimal
}

export function deliveryMoves(ledger: Ledger): Pick<Erp, 'deliver' | 'setTracking'> {
  const { books } = ledger
  return {
    deliver: (pickingId, delivery, by, at) => {
      const picking = books.pickings.must(pickingId)
      deliver(ledger, picking, delivery.quantities ?? null, { by, at })
      picking.carrier = carrierNamed(ledger, delivery.carrier, at) ?? picking.carrier
      picking.trackingRef = joined(delivery.tracking) ?? picking.trackingRef
    },
    setTracking: (pickingId, tracking, by, at) => {
      const picking = books.pickings.must(pickingId)
      picking.trackingRef = joined(tracking)
      write(books.pickings, picking, { by, at })
    },
  }
}

/** One delivery for all lines that want goods of the house, and one for what a supplier sends; none when nothing is to be sent. */
export function makePicking(ledger: Ledger, sale: Sale, wanted: readonly Wanted[], transaction: Transaction): void {
  const goods = wanted.filter(({ quantity }) => quantity.greaterThan(0))
  for (const [dropShipped, lines] of Map.groupBy(goods, ({ line }) => isDropShipped(ledger, line.productId))) {
    const picking = newPicking(ledger, sale, { dropShipped }, transaction)
    for (const { line, quantity } of lines) addMove(ledger, picking, line.productId, line.id, quantity, transaction)
  }
}

function isDropShipped({ books }: Ledger, productId: number): boolean {
  return books.products.must(productId).dropShipped === true
}

/** The warehouse follows a line of a confirmed order that grew or shrank. */
export function follow(ledger: Ledger, sale: Sale, line: SaleLine, grown: Decimal, transaction: Transaction): void {
  if (ledger.books.products.must(line.productId).kind !== 'goods') return
  const open = ledger.books.find.stockMovesOfSaleLine(line.id).filter(isOpen)
  if (grown.isNegative()) {
    shrink(ledger, open, grown.negated(), transaction)
    return
  }
  const [move] = open
  const picking = ledger.books.find.pickingsOfSale(sale.id).find((each) => each.moves.some(isOpen) && each.dropShipped === isDropShipped(ledger, line.productId))
  if (move !== undefined) {
    move.quantity = move.quantity.plus(grown)
    write(ledger.books.stockMoves, move, transaction)
    reserve(ledger, move, transaction)
  } else if (picking !== undefined) addMove(ledger, picking, line.productId, line.id, grown, transaction)
  else makePicking(ledger, sale, [{ line, quantity: grown }], transaction)
}

export function cancelPicking(ledger: Ledger, picking: Picking, transaction: Transaction): void {
  for (const move of picking.moves) if (isOpen(move)) drop(ledger, move, transaction)
  settlePicking(picking)
  write(ledger.books.pickings, picking, transaction)
}

function deliver(
  ledger: Ledger, picking: Picking, quantities: ReadonlyMap<number, Decimal> | null, transaction: Transaction,
): void {
  const open = picking.moves.filter(isOpen)
  for (const id of quantities?.keys() ?? []) {
    if (!open.some((move) => move.id === id)) throw new Error(`Delivery ${picking.name} has no open move ${id}.`)
  }
  const parts = open.map((move) => ({ move, sent: quantities === null ? move.quantity : quantities.get(move.id) ?? zero }))
  if (parts.every(({ sent }) => sent.isZero())) {
    throw userError(
      'You cannot validate a transfer if no quantities are reserved. To force the transfer, encode quantities.',
    )
  }
  const left: { move: StockMove; quantity: Decimal }[] = []
  for (const { move, sent } of parts) {
    release(ledger, move.productId, picking.warehouseId, move.reserved, transaction.at)
    move.reserved = zero
    if (sent.lessThan(move.quantity)) left.push({ move, quantity: move.quantity.minus(sent) })
    if (!sent.isZero()) send(ledger, picking, move, sent, transaction)
  }
  picking.doneAt = transaction.at
  write(ledger.books.pickings, picking, transaction)
  if (left.length > 0) makeBackorder(ledger, picking, left, transaction)
  settlePicking(picking)
}

/** Counted on the order's line too, and told by the order's delivery status: both are computed. */
function send(ledger: Ledger, picking: Picking, move: StockMove, sent: Decimal, transaction: Transaction): void {
  if (picking.dropShipped) passThrough(ledger, move.productId, sent, transaction.at)
  else leave(ledger, move.productId, picking.warehouseId, sent, transaction.at)
  Object.assign(move, { quantity: sent, done: sent, state: 'done' })
  write(ledger.books.stockMoves, move, transaction)
  const line = move.saleLineId === null ? null : ledger.books.saleLines.get(move.saleLineId)
  if (line === null) return
  line.delivered = line.delivered.plus(sent)
  recompute(ledger, ledger.books.saleLines, line, transaction)
  recompute(ledger, ledger.books.sales, ledger.books.sales.must(line.orderId), transaction)
}

/** Moves of which nothing went change over whole; the others leave their rest behind as a new move. */
function makeBackorder(
  ledger: Ledger, picking: Picking, left: readonly { readonly move: StockMove; readonly quantity: Decimal }[],
  transaction: Transaction,
): void {
  const sale = picking.saleId === null ? null : ledger.books.sales.must(picking.saleId)
  const backorder = newPicking(ledger, sale ?? picking, { dropShipped: picking.dropShipped, backorderOf: picking }, transaction)
  for (const { move, quantity } of left) {
    if (move.state === 'done') {
      addMove(ledger, backorder, move.productId, move.saleLineId, quantity, transaction)
      continue
    }
    picking.moves = picking.moves.filter((each) => each !== move)
    move.pickingId = backorder.id
    backorder.moves.push(move)
    write(ledger.books.stockMoves, move, transaction)
    reserve(ledger, move, transaction)
  }
}

function newPicking(
  ledger: Ledger, from: Sale | Picking,
  { dropShipped, backorderOf = null }: Pick<Picking, 'dropShipped'> & { readonly backorderOf?: Picking | null },
  transaction: Transaction,
): Picking {
  const { books } = ledger
  const picking: Picking = {
    id: ledger.nextId('picking'),
    ...created(transaction),
    name: ledger.nextName(dropShipped ? 'DS/' : `${books.warehouses.must(from.warehouseId).code}/OUT/`),
    state: 'draft',
    doneAt: null,
    origin: backorderOf?.origin ?? from.name,
    saleId: backorderOf === null ? from.id : backorderOf.saleId,
    warehouseId: from.warehouseId,
    backorderOf: backorderOf?.id ?? null,
    dropShipped,
    returnOf: null,
    carrier: backorderOf?.carrier ?? null,
    trackingRef: null,
    moves: [],
  }
  books.pickings.put(picking)
  return picking
}

function addMove(
  ledger: Ledger, picking: Picking, productId: number, saleLineId: number | null, quantity: Decimal,
  transaction: Transaction,
): void {
  const move: StockMove = {
    id: ledger.nextId('stockMove'),
    ...created(transaction),
    pickingId: picking.id,
    productId,
    saleLineId,
    quantity,
    reserved: zero,
    done: zero,
    returnedFrom: null,
    state: 'confirmed',
  }
  ledger.books.stockMoves.put(move)
  picking.moves.push(move)
  reserve(ledger, move, transaction)
}

function shrink(ledger: Ledger, open: readonly StockMove[], by: Decimal, transaction: Transaction): void {
  let left = by
  for (const move of open.toReversed()) {
    const less = least(left, move.quantity)
    left = left.minus(less)
    if (less.equals(move.quantity)) drop(ledger, move, transaction)
    else if (less.greaterThan(0)) {
      move.quantity = move.quantity.minus(less)
      write(ledger.books.stockMoves, move, transaction)
      const excess = move.reserved.minus(move.quantity)
      if (excess.greaterThan(0)) giveBack(ledger, move, excess, transaction)
      else reserve(ledger, move, transaction)
    }
    settlePicking(ledger.books.pickings.must(move.pickingId))
  }
}

/** Odoo keeps a cancelled move with what it had asked for. */
function drop(ledger: Ledger, move: StockMove, transaction: Transaction): void {
  const picking = ledger.books.pickings.must(move.pickingId)
  release(ledger, move.productId, picking.warehouseId, move.reserved, transaction.at)
  Object.assign(move, { reserved: zero, state: 'cancel' })
  write(ledger.books.stockMoves, move, transaction)
}

function carrierNamed(ledger: Ledger, name: string | null, at: Instant): string | null {
  if (name !== null && ledger.books.find.carriersByName(name).length === 0) {
    ledger.books.carriers.put({ id: ledger.nextId('carrier'), changedAt: at, name })
  }
  return name
}

function joined(tracking: readonly string[]): string | null {
  return tracking.length === 0 ? null : tracking.join(',')
}
