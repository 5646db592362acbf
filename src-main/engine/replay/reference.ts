/** By what the ERP will know a shop order, and the key of its replay: both derived from the order, never from us. */
import { type Pair, numberIn } from '../../domain/pair.ts'
import type { ErpOrder, Order } from '../../domain/records.ts'
import type { Store } from '../store/store.ts'

/** How many recent ERP orders are looked at for examples. */
const looked = 200
const examplesMax = 20

/** From so many examples on, a form that no two of them share holds something else of the order, such as its date. */
const formsMin = 3

/**
 * The same on every installation that watches the same shop: made of the platform's name, the store's code where there
 * is one, and the platform's own id of the order; never of what this installation calls its connections.
 */
export function keyOf(platform: string, pair: Pair, order: Order): string {
  const store = pair.settings.store ?? order.store
  return [platform, ...(store === null ? [] : [store]), order.id].join(':')
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
      found.push({ order: record, number, reference: reference.trim() })
      break
    }
    if (found.length >= examplesMax) break
  }
  return found
}

/**
 * The reference text of an order, as the integration writes it: the form that most examples share, with our number in
 * the place of theirs. Only what the pair's pattern reads back as our number is taken; null when nothing is.
 */
export function referenceFor(pair: Pair, order: Order, examples: readonly Example[]): string | null {
  const candidates = [...formsOf(examples).map(({ before, after }) => before + order.number + after), order.number]
  return candidates.find((text) => numberIn(text, pair.settings, pair.shop) === order.number) ?? null
}

interface Form {
  readonly before: string
  readonly after: string
}

/** What stands around the number, the most frequent first and of equals the newest. */
function formsOf(examples: readonly Example[]): readonly Form[] {
  const counted = new Map<string, Form & { readonly times: number }>()
  for (const { reference, number } of examples) {
    const at = reference.indexOf(number)
    if (at === -1) continue
    const form = { before: reference.slice(0, at), after: reference.slice(at + number.length) }
    const key = JSON.stringify(form)
    counted.set(key, { ...form, times: (counted.get(key)?.times ?? 0) + 1 })
  }
  const shared = [...counted.values()].filter((form) => form.times > 1 || examples.length < formsMin)
  return shared.toSorted((a, b) => b.times - a.times)
}
