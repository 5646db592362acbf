/** Whether a shop's list prices hold their tax, as its orders say: kept, so that products are judged again when it turns out other. */
import { z } from 'zod'
import type { Pair } from '../../domain/pair.ts'
import type { Store } from '../store/store.ts'

const basisSchema = z.object({ withTax: z.boolean().nullable() })

function keptUnder(pair: Pair): string {
  return `price-basis:${pair.id}`
}

/** True when products were last judged on another basis than this one. */
export function basisChanged(store: Store, pair: Pair, withTax: boolean | null): boolean {
  return (store.settings.get(keptUnder(pair), basisSchema)?.withTax ?? null) !== withTax
}

/** After they were judged on it: whoever dies before judges them again. */
export function keepBasis(store: Store, pair: Pair, withTax: boolean | null): void {
  store.transaction((tx) => store.settings.save(tx, keptUnder(pair), basisSchema, { withTax }))
}
