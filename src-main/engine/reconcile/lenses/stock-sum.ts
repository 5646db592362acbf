/** What the expected figure of one SKU at one location is the sum of, step by step: warehouses, orders on their way, buffer, share, pack. */
import { type Decimal, add, subtract } from '../../../domain/decimal.ts'
import type { Pair } from '../../../domain/pair.ts'
import type { StockLevel } from '../../../domain/records.ts'
import type { Snapshot } from '../../store/snapshots.ts'
import type { Store } from '../../store/store.ts'
import { type Part, anyLocation, atMost, fewestOf, nearest, notBelowZero, partsOf, scarcestOf } from './stock.ts'

export interface StockSum {
  readonly parts: readonly SummedPart[]
  /** What the shop should show: of all that would be right, what lies nearest to what it shows. */
  readonly expected: Decimal
  readonly least: Decimal
  readonly most: Decimal
}

export interface SummedPart {
  readonly part: Part
  readonly waiting: readonly { readonly number: string; readonly quantity: Decimal }[]
  readonly somewhere: Decimal
  readonly buffer: Decimal
  readonly free: Decimal
  readonly scarcest: boolean
}

export type SumSeen =
  | { readonly kind: 'seen'; readonly sum: StockSum }
  /** Nothing to add up, and why. */
  | { readonly kind: 'blind'; readonly why: string }

export function sumStock(store: Store, pair: Pair, level: StockLevel): SumSeen {
  const { sku, location } = level
  const parts = partsOf(store, pair, sku, location)
  if (parts === null) return { kind: 'blind', why: `Location ${location} is mapped to no ERP warehouse.` }
  const scarcest = scarcestOf(parts)
  if (scarcest === null) return { kind: 'blind', why: 'The ERP has no stock figure for the SKU.' }
  const { stockBuffer, stockCap: cap } = pair.settings
  const least = atMost(fewestOf(parts), cap)
  const most = atMost(scarcest.offers, cap)
  const buffer = String(stockBuffer)
  const sum = {
    least,
    most,
    expected: nearest(notBelowZero(level.available), least, most),
    parts: parts.map((part) => ({
      part,
      waiting: store.stock.waitingFor(pair.id, part.erpSku, location),
      somewhere: add('0', ...store.stock.waitingFor(pair.id, part.erpSku, anyLocation).map((one) => one.quantity)),
      buffer,
      free: subtract(subtract(part.available, part.waiting), buffer),
      scarcest: part === scarcest,
    })),
  }
  return { kind: 'seen', sum }
}

/** What the ERP has for the location, of the scarcest part; null where nobody can say. */
export function erpFigure(store: Store, pair: Pair, sku: string, location: string): Decimal | null {
  return scarcestOf(partsOf(store, pair, sku, location) ?? [])?.available ?? null
}

/** The shop's level with where it is kept; null where the shop does not have it there. */
export function shopLevel(store: Store, pair: Pair, sku: string, location: string): Snapshot<StockLevel> | null {
  for (const snapshot of store.snapshots.byKey(pair.shop, 'stock', 'sku', sku)) {
    const { record } = snapshot
    if (record.kind === 'stock' && snapshot.goneAt === null && record.location === location) return { ...snapshot, record }
  }
  return null
}
