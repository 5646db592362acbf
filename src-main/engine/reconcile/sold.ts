/** The shop's newest orders by what was sold in them: looked through once for all that ask in a run, and not at all if nobody does. */
import type { Order } from '../../domain/records.ts'
import type { Instant } from '../../domain/time.ts'
import type { Store } from '../store/store.ts'

export interface SoldLately {
  /** The newest first. */
  ofSku(sku: string): readonly Order[]
  /** Since when, on the shop's own clock, every order was looked at; null where there are no more. */
  readonly since: Instant | null
}

/** What a small shop sells in a week, and a great one in a day. */
const ordersMax = 1000

export function soldLately(store: Store, connection: string): () => SoldLately {
  let known: SoldLately | null = null
  return () => (known ??= lookThrough(store, connection))
}

function lookThrough(store: Store, connection: string): SoldLately {
  const newest = store.snapshots.latest(connection, 'orders', ordersMax).flatMap(({ record }) => (record.kind === 'order' ? [record] : []))
  const bySku = new Map<string, Order[]>()
  for (const order of newest) {
    for (const sku of new Set(order.lines.flatMap((line) => line.sku ?? []))) {
      const known = bySku.get(sku)
      if (known === undefined) bySku.set(sku, [order])
      else known.push(order)
    }
  }
  return { ofSku: (sku) => bySku.get(sku) ?? [], since: newest.length < ordersMax ? null : (newest.at(-1)?.placedAt ?? null) }
}
