/** What the expected figure of one SKU at one location is the sum of, step by step: warehouses, orders on their way, buffer, share, pack. */
import { type Decimal, add, compare, divide, subtract } from '../../../domain/decimal.ts'
import type { Pair } from '../../../domain/pair.ts'
import type { StockLevel } from '../../../domain/records.ts'
import type { Snapshot } from '../../store/snapshots.ts'
import type { Store } from '../../store/store.ts'
import { anyLocation, inFlightOf } from '../in-flight.ts'
import type { PairSight } from '../sight.ts'
import { type Expected, type Part, comparison } from './stock-comparison.ts'
import { shelvesOf } from './stock.ts'

export interface StockSum extends Pick<Expected, 'expected' | 'least' | 'most'> {
  readonly parts: readonly SummedPart[]
}

export interface SummedPart {
  readonly part: Part
  readonly waiting: readonly { readonly number: string; readonly quantity: Decimal }[]
  readonly somewhere: Decimal
  /** Beside what waits: counted by one side's figure only, as the two are of two moments. */
  readonly apart: Decimal
  readonly buffer: Decimal
  readonly free: Decimal
  readonly scarcest: boolean
}

export type SumSeen =
  | { readonly kind: 'seen'; readonly sum: StockSum }
  /** Nothing to add up, and why. */
  | { readonly kind: 'blind'; readonly why: string }

export function sumStock(store: Store, sight: PairSight, shown: Snapshot<StockLevel>): SumSeen {
  const { pair } = sight
  const { sku, location } = shown.record
  const shelves = shelvesOf(store, pair, sku, location)
  if (shelves === null) return { kind: 'blind', why: `Location ${location} is mapped to no ERP warehouse.` }
  if (shelves.some((shelf) => shelf.levels.length === 0)) return { kind: 'blind', why: 'The ERP has no stock figure for the SKU.' }
  const { present } = comparison({ store, sight, flight: inFlightOf(store, sight), location, shown, shelves })
  const buffer = String(pair.settings.stockBuffer)
  const parts = present.parts.map((part) => ({
    part,
    waiting: store.stock.waitingFor(pair.id, part.erpSku, location),
    somewhere: add('0', ...store.stock.waitingFor(pair.id, part.erpSku, anyLocation).map((one) => one.quantity)),
    apart: add(part.apart, part.waiting),
    buffer,
    free: subtract(add(part.available, part.apart), buffer),
    scarcest: part === present.scarcest,
  }))
  return { kind: 'seen', sum: { expected: present.expected, least: present.least, most: present.most, parts } }
}

/** What the ERP has for the location, of the part of which it is enough for least; null where nobody can say. */
export function erpFigure(store: Store, pair: Pair, sku: string, location: string): Decimal | null {
  const shelves = shelvesOf(store, pair, sku, location) ?? []
  if (shelves.some((shelf) => shelf.levels.length === 0)) return null
  const figures = shelves.map(({ quantity, levels }) => {
    const available = add('0', ...levels.map(({ record }) => record.available))
    return { available, enoughFor: divide(available, quantity) }
  })
  return figures.toSorted((a, b) => compare(a.enoughFor, b.enoughFor))[0]?.available ?? null
}

/** The shop's level with where it is kept; null where the shop does not have it there. */
export function shopLevel(store: Store, pair: Pair, sku: string, location: string): Snapshot<StockLevel> | null {
  for (const snapshot of store.snapshots.byKey(pair.shop, 'stock', 'sku', sku)) {
    const { record } = snapshot
    if (record.kind === 'stock' && snapshot.goneAt === null && record.location === location) return { ...snapshot, record }
  }
  return null
}
