/** What leaves the shop for good: no tombstone is left, and whoever spoke of it goes on doing so. */
import { type ShopState, levelKey } from './state.ts'

export interface Deleting {
  /**
   * Of test orders, and of those that are cancelled or archived, alone (shopify.dev: `orderDelete` deletes specific types of
   * orders, and others can only be cancelled): nothing answers by its id or number any more, and its number is not given again.
   */
  deleteOrder(orderId: number): void
  /** Its levels go with it. Lines of orders keep its SKU and title, and their variant is null (`LineItem.variant`). */
  deleteVariant(variantId: number): void
}

export function deletions(state: ShopState): Deleting {
  const { books } = state
  return {
    deleteOrder(orderId) {
      const { name, test, cancelledAt, closedAt } = books.orders.must(orderId)
      if (!test && cancelledAt === null && closedAt === null) throw new Error(`${name} is open and cannot be deleted.`)
      books.orders.remove(orderId)
    },
    deleteVariant(variantId) {
      const { id } = books.variants.must(variantId)
      for (const location of books.locations.all()) {
        const key = levelKey(id, location.id)
        const level = state.levels.get(key)
        if (level !== undefined) books.levels.remove(level.id)
        state.levels.delete(key)
      }
      books.variants.remove(id)
    },
  }
}
