/** By what the ERP will know a shop order, and the key of its replay: both derived from the order, never from us. */
import { type Pair, numberIn } from '../../domain/pair.ts'
import type { ErpOrder, Order } from '../../domain/records.ts'
import type { Store } from '../store/store.ts'

/** How many recent ERP orders are looked at for examples. */
const looked = 200
const examplesMax = 20

/** The same on every installation that watches the same shop: the order's own identity, not this file's. */
export function keyOf(pair: Pair, number: string): string {
  return `${pair.shop}:${number}`.toLowerCase()
}

/** An ERP order that was written well, with the shop number that it names. */
export interface Example {
  readonly order: ErpOrder
  readonly number: string
  readonly reference: string
}

/** Matched, live ERP orders of the pair, newest first. */
export function examplesOf(store: Store, pair: Pair): readonly Example[] {
  const found: Example[] = []
  for (const { record, goneAt } of store.snapshots.newest(pair.erp, 'orders', looked)) {
    if (record.kind !== 'erp-order' || goneAt !== null || record.state === 'cancelled') continue
    for (const reference of record.references) {
      const number = numberIn(reference, pair.settings, pair.shop)
      if (number === null || store.snapshots.byKey(pair.shop, 'orders', 'number', number).length === 0) continue
      found.push({ order: record, number, reference })
      break
    }
    if (found.length >= examplesMax) break
  }
  return found
}

/**
 * The reference text of an order, as the integration writes it: an example's with our number in the place of its own.
 * Only what the pair's pattern reads back as our number is taken; null when nothing is.
 */
export function referenceFor(pair: Pair, order: Order, examples: readonly Example[]): string | null {
  const candidates = [
    ...examples
      .filter((example) => example.reference.includes(example.number))
      .map((example) => example.reference.replace(example.number, () => order.number)),
    order.number,
  ]
  return candidates.find((text) => numberIn(text, pair.settings, pair.shop) === order.number) ?? null
}
