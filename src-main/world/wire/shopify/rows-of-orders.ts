/** Finds what hangs on orders by its own number: an index that follows the books as they change. */
import type { Order, ShopBooks } from '../../shop/shop.ts'

export type Hanging = 'lines' | 'transactions' | 'refunds' | 'fulfillments'

const hanging: readonly Hanging[] = ['lines', 'transactions', 'refunds', 'fulfillments']

export class RowsOfOrders {
  readonly #books: ShopBooks
  readonly #orders = new Map<string, Order>()
  /** Orders that changed before were taken in. */
  #takenIn = -Infinity

  constructor(books: ShopBooks) {
    this.#books = books
  }

  /** Null when there is none on any order. */
  orderOf(kind: Hanging, id: number): Order | null {
    const known = this.#orders.get(`${kind} ${id}`)
    if (known !== undefined) return known
    this.#takeIn(this.#takenIn)
    // A move may be stamped earlier than one before it: only a look at all orders proves that there is none.
    if (!this.#orders.has(`${kind} ${id}`)) this.#takeIn(-Infinity)
    return this.#orders.get(`${kind} ${id}`) ?? null
  }

  #takeIn(from: number): void {
    for (const order of this.#books.orders.changedSince(from)) {
      for (const kind of hanging) for (const row of order[kind]) this.#orders.set(`${kind} ${row.id}`, order)
      this.#takenIn = Math.max(this.#takenIn, order.changedAt)
    }
  }
}
