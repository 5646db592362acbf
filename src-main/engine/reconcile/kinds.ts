/**
 * Kinds of subjects beside orders and stock: how each is named, gathered, met again when a record changes, and listed.
 * A new kind is its lens, its line in `rule.ts`, and its entry here.
 */
import type { Subject } from '../../domain/incident.ts'
import type { Pair } from '../../domain/pair.ts'
import type { StreamName } from '../../domain/records.ts'
import type { Snapshot } from '../store/snapshots.ts'
import type { Store } from '../store/store.ts'
import { customerKind } from './lenses/customer.ts'
import { invoiceKind } from './lenses/invoice.ts'
import { productKind } from './lenses/product.ts'
import type { Lenses } from './rule.ts'
import type { PairSight } from './sight.ts'

export interface Kind<Over extends keyof Lenses> {
  readonly over: Over
  readonly subjectKind: Subject['kind']
  /** Null when nobody has it any more. */
  see(store: Store, sight: PairSight, key: string): Lenses[Over] | null
  /** The keys whose judgement a changed record may change, before and after the change. */
  touched(store: Store, pair: Pair, snapshot: Snapshot): readonly string[]
  /** Every key of a pair, in pages: for the full pass. */
  every(store: Store, pair: Pair): Iterable<readonly string[]>
  /** What both sides show, for an incident that is closed. */
  closing(seen: Lenses[Over]): string
  /** How the ERP is asked live for what a rule misses there; left out where no rule of the kind speaks of an absence. */
  readonly lookUp?: { readonly stream: StreamName; readonly by: 'number'; keysOf(pair: Pair, key: string): readonly string[] }
}

export const kinds = [invoiceKind, productKind, customerKind] as const
