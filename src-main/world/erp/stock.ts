/** Goods on hand: what is there, what of it is promised, and to whom it goes when it comes in. */
import { type Decimal, zero } from '../decimal.ts'
import type { Erp, Instant, OutsideQuant, Picking, Quant, StockMove } from './erp.ts'
import { isOpen, least, type Ledger, notBelowZero, recompute, robot, stamp, type Transaction, write } from './ledger.ts'

export function stockCounts(ledger: Ledger): Pick<Erp, 'setQuantity' | 'runScheduler'> {
  return {
    setQuantity: (productId, warehouseId, quantity, at) => {
      const quant = quantOf(ledger, productId, warehouseId) ?? newQuant(ledger, productId, warehouseId, at)
      goOutside(ledger, productId, 'inventory', quant.quantity.minus(quantity), at)
      quant.quantity = quantity
      stamp(ledger.books.quants, quant, at)
      const waiting = openMoves(ledger, productId, warehouseId)
      // Fewer than were promised: who came last gives back first.
      for (const move of waiting.toReversed()) {
        const excess = quant.reserved.minus(notBelowZero(quant.quantity))
        if (!excess.greaterThan(0)) break
        giveBack(ledger, move, least(excess, move.reserved), { by: robot, at })
      }
      promise(ledger, quant, waiting, at)
    },
    runScheduler: (at) => {
      for (const quant of ledger.books.quants.all()) {
        for (const move of openMoves(ledger, quant.productId, quant.warehouseId)) reserve(ledger, move, { by: robot, at })
        if (quant.quantity.isZero() && quant.reserved.isZero()) ledger.books.quants.remove(quant.id)
      }
    },
  }
}

/** What is free goes to who waits for it. */
function promise(ledger: Ledger, quant: Quant, waiting: readonly StockMove[], at: Instant): void {
  for (const move of waiting) {
    if (quant.reserved.greaterThanOrEqualTo(quant.quantity)) break
    reserve(ledger, move, { by: robot, at })
  }
}

/** Promises to the move what is free and it still lacks; untracked goods lack nothing, and nor does what a supplier sends. */
export function reserve(ledger: Ledger, move: StockMove, transaction: Transaction): void {
  const picking = ledger.books.pickings.must(move.pickingId)
  const lacking = move.quantity.minus(move.reserved)
  if (lacking.greaterThan(0)) {
    const taken = ledger.books.products.must(move.productId).tracked && !picking.dropShipped
      ? take(ledger, move.productId, picking.warehouseId, lacking, transaction.at)
      : lacking
    move.reserved = move.reserved.plus(taken)
  }
  settle(ledger, move, picking, transaction)
}

/** Takes units of what was promised away from the move. */
export function giveBack(ledger: Ledger, move: StockMove, quantity: Decimal, transaction: Transaction): void {
  if (quantity.isZero()) return
  const picking = ledger.books.pickings.must(move.pickingId)
  move.reserved = move.reserved.minus(quantity)
  release(ledger, move.productId, picking.warehouseId, quantity, transaction.at)
  settle(ledger, move, picking, transaction)
}

/** Gives a promise back to the shelf. */
export function release(ledger: Ledger, productId: number, warehouseId: number, quantity: Decimal, at: Instant): void {
  const quant = quantOf(ledger, productId, warehouseId)
  if (quant === null || quantity.isZero() || !ledger.books.products.must(productId).tracked) return
  quant.reserved = notBelowZero(quant.reserved.minus(quantity))
  stamp(ledger.books.quants, quant, at)
}

/** Goods leave, in stock or not: what was not there is missing from then on. */
export function leave(ledger: Ledger, productId: number, warehouseId: number, quantity: Decimal, at: Instant): void {
  if (!ledger.books.products.must(productId).tracked || quantity.isZero()) return
  const quant = quantOf(ledger, productId, warehouseId) ?? newQuant(ledger, productId, warehouseId, at)
  quant.quantity = quant.quantity.minus(quantity)
  stamp(ledger.books.quants, quant, at)
  goOutside(ledger, productId, 'customer', quantity, at)
}

/** Goods go from a supplier straight to a customer, and no shelf of the house has ever seen them. */
export function passThrough(ledger: Ledger, productId: number, quantity: Decimal, at: Instant): void {
  if (!ledger.books.products.must(productId).tracked || quantity.isZero()) return
  goOutside(ledger, productId, 'supplier', quantity.negated(), at)
  goOutside(ledger, productId, 'customer', quantity, at)
}

/** Goods come back from a customer. */
export function comeBack(ledger: Ledger, productId: number, warehouseId: number, quantity: Decimal, at: Instant): void {
  if (!ledger.books.products.must(productId).tracked) return
  leave(ledger, productId, warehouseId, quantity.negated(), at)
  const quant = quantOf(ledger, productId, warehouseId)
  if (quant !== null) promise(ledger, quant, openMoves(ledger, productId, warehouseId), at)
}

/** Goods are somewhere, always: what is nowhere in the house is outside of it. */
function goOutside(ledger: Ledger, productId: number, place: OutsideQuant['place'], quantity: Decimal, at: Instant): void {
  const { books } = ledger
  const known = books.find.outsideQuantsOfProduct(productId).find((quant) => quant.place === place)
  const quant = known ?? { id: ledger.nextId('quant'), changedAt: at, createdAt: at, productId, place, quantity: zero }
  quant.quantity = quant.quantity.plus(quantity)
  stamp(books.outsideQuants, quant, at)
}

/** Follows from the moves. */
export function settlePicking(picking: Picking): void {
  const open = picking.moves.filter(isOpen)
  if (open.length > 0) picking.state = open.every((move) => move.state === 'confirmed') ? 'confirmed' : 'assigned'
  else picking.state = picking.moves.some((move) => move.state === 'done') ? 'done' : 'cancel'
}

function settle(ledger: Ledger, move: StockMove, picking: Picking, transaction: Transaction): void {
  const state = stateOf(move)
  if (move.state !== state) {
    move.state = state
    write(ledger.books.stockMoves, move, transaction)
  }
  const before = picking.state
  settlePicking(picking)
  if (picking.state !== before) recompute(ledger, ledger.books.pickings, picking, transaction)
}

function stateOf(move: StockMove): StockMove['state'] {
  if (move.reserved.greaterThanOrEqualTo(move.quantity)) return 'assigned'
  return move.reserved.isZero() ? 'confirmed' : 'partially_available'
}

function take(ledger: Ledger, productId: number, warehouseId: number, wanted: Decimal, at: Instant): Decimal {
  const quant = quantOf(ledger, productId, warehouseId)
  if (quant === null) return zero
  const taken = least(notBelowZero(quant.quantity.minus(quant.reserved)), wanted)
  if (taken.isZero()) return zero
  quant.reserved = quant.reserved.plus(taken)
  stamp(ledger.books.quants, quant, at)
  return taken
}

function quantOf(ledger: Ledger, productId: number, warehouseId: number): Quant | null {
  return ledger.books.find.quantsOfProduct(productId).find((quant) => quant.warehouseId === warehouseId) ?? null
}

function newQuant(ledger: Ledger, productId: number, warehouseId: number, at: Instant): Quant {
  const id = ledger.nextId('quant')
  const quant = { id, changedAt: at, createdAt: at, productId, warehouseId, quantity: zero, reserved: zero }
  ledger.books.quants.put(quant)
  return quant
}

function openMoves(ledger: Ledger, productId: number, warehouseId: number): readonly StockMove[] {
  const isOfHouse = ({ pickingId }: StockMove): boolean => {
    const picking = ledger.books.pickings.must(pickingId)
    return picking.warehouseId === warehouseId && !picking.dropShipped
  }
  return ledger.openMovesOf(productId)
    .filter(isOfHouse)
    .toSorted((left, right) => left.id - right.id)
}
