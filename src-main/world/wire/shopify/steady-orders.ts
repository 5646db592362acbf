/** Orders sorted by what never changes of them: sorted when one has come, and not for every question. */
import type { Order, ShopBooks } from '../../shop/shop.ts'

const steady: Readonly<Record<string, (order: Order) => number>> = {
  ID: (order) => order.id,
  ORDER_NUMBER: (order) => order.number,
  CREATED_AT: (order) => order.createdAt,
  PROCESSED_AT: (order) => order.processedAt,
}

export class SteadyOrders {
  readonly #books: ShopBooks
  readonly #sorted = new Map<string, readonly Order[]>()

  constructor(books: ShopBooks) {
    this.#books = books
  }

  /** Null for a sort key whose values move. */
  by(sortKey: string): readonly Order[] | null {
    const keyOf = steady[sortKey]
    if (keyOf === undefined) return null
    const known = this.#sorted.get(sortKey) ?? []
    if (known.length === this.#books.orders.size) return known
    const sorted = [...this.#books.orders.all()].sort((one, other) => keyOf(one) - keyOf(other) || one.id - other.id)
    this.#sorted.set(sortKey, sorted)
    return sorted
  }
}
