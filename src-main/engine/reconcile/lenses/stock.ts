/** Gathers one SKU at one of the shop's locations: what it shows, what the ERP says it should show, and since when not. */
import type { Decimal } from '../../../domain/decimal.ts'
import type { Subject } from '../../../domain/incident.ts'
import type { Pair } from '../../../domain/pair.ts'
import { lookupsOf } from '../../../domain/pair-maps.ts'
import type { StockLevel } from '../../../domain/records.ts'
import { type Instant, type Span, minutes } from '../../../domain/time.ts'
import type { StockState } from '../../store/stock.ts'
import type { Store } from '../../store/store.ts'
import { inFlightOf } from '../in-flight.ts'
import { type Followed, follow } from '../staleness.ts'
import type { PairSight } from '../sight.ts'
import type { Covered } from './coverage.ts'
import { type Oversold, seeOversold } from './oversold.ts'
import { type Shelf, comparison } from './stock-comparison.ts'
import { levelsIn, stampOf } from './stock-figures.ts'

export interface StockSeen {
  readonly subject: Subject
  readonly sku: string
  readonly location: string
  readonly shopLabel: string
  readonly erpLabel: string
  readonly level: StockLevel
  /** What the shop offers: never less than nothing. Of a bundle, what follows is of its scarcest part. */
  readonly shop: Decimal
  readonly erpAvailable: Decimal
  readonly erpCodes: readonly string[]
  /** Units that the shop has sold and the ERP does not know of. */
  readonly waiting: Decimal
  readonly buffer: number
  readonly expected: Decimal
  readonly followed: Followed
  /** What the shop has sold beyond the last unit; null where it has not. */
  readonly oversold: Oversold | null
  /** Up to when the two were held against each other: what moves after it is new at the next judgement. */
  readonly judgedAt: Instant
  /** What is behind, or is not any more: while figures wait for their orders, still those of the judgement before. */
  readonly judged: Pick<StockState, 'shop' | 'expected'>
  readonly targetMs: Span
  readonly covered: Covered
  /**
   * When a side's figure moved that cannot be held against the other yet, as the orders, or the other's stock, are not
   * read as far: up to then alone is it known whether the two agree. Null where the present figures can be.
   */
  readonly unreadAt: Instant | null
}

export type StockSight =
  | { readonly kind: 'seen'; readonly seen: StockSeen }
  /** Cannot be compared, and why. */
  | { readonly kind: 'blind'; readonly why: string }
  /** Nothing to compare: the shop does not offer it here, or does not keep count. */
  | { readonly kind: 'nothing' }

export function stockSubject(pair: Pair, sku: string, location: string): Subject {
  return { kind: 'sku', connection: pair.shop, key: `${sku}@${location}` }
}

/** SKUs may hold an @; a location's name is taken after the last one. */
export function partsOfKey(key: string): { readonly sku: string; readonly location: string } {
  const at = key.lastIndexOf('@')
  return { sku: key.slice(0, at), location: key.slice(at + 1) }
}

export function seeStock(store: Store, sight: PairSight, sku: string, location: string): StockSight {
  const { pair } = sight
  const shown = levelsIn(store, pair.shop, sku).find(({ record }) => record.location === location)
  if (shown === undefined || !shown.record.tracked || shown.record.backorder) return { kind: 'nothing' }
  const level = shown.record
  const shelves = shelvesOf(store, pair, sku, location)
  if (shelves === null) return { kind: 'blind', why: `location ${location} is mapped to no ERP warehouse` }
  const flight = inFlightOf(store, sight)
  if (flight.readTo.erpStock === 0 || flight.readTo.shopStock === 0) {
    return { kind: 'blind', why: 'stock of one side was never read completely' }
  }
  if (shelves.some((shelf) => shelf.levels.length === 0)) return { kind: 'blind', why: 'the ERP has no stock figure for the SKU' }
  const held = comparison({ store, sight, flight, location, shown, shelves })
  const { shop, present } = held
  const changes = store.stock.changes(pair.id, sku, location)
  const before = store.stock.state(pair.id, sku, location)
  const erpStamp = stampOf(shelves.flatMap((shelf) => shelf.levels.map((one) => one.record)))
  const erpChangedAt = erpStamp === null ? null : sight.erpAxis.ours(erpStamp)
  const followed = follow(changes, {
    expected: present.expected,
    erpMoved: before === null || held.erpMovedSince(before.judgedAt),
    erpChangedAt,
    erpReadAt: flight.readTo.erpStock,
    before,
    shop,
    shopChangedAt: level.changedAt === null ? null : sight.shopAxis.ours(level.changedAt),
    shopReadAt: flight.readTo.shopStock,
    agreement: held.agreement(),
    isComparable: held.unreadAt === null,
  })
  const seen = {
    subject: stockSubject(pair, sku, location),
    sku,
    location,
    shopLabel: sight.shopLabel,
    erpLabel: sight.erpLabel,
    level,
    shop,
    erpAvailable: present.scarcest.available,
    erpCodes: present.scarcest.codes,
    waiting: present.scarcest.waiting,
    buffer: pair.settings.stockBuffer,
    expected: present.expected,
    followed,
    oversold: seeOversold(store, sight, {
      sku,
      location,
      short: present.scarcest.short,
      changes: followed.add === null ? changes : [followed.add, ...changes],
    }),
    judged: held.unreadAt !== null && before !== null && followed.behindSince !== null ? before : { shop, expected: present.expected },
    judgedAt: held.unreadAt === null ? flight.readTo.erpStock : (before?.judgedAt ?? flight.readTo.erpStock),
    targetMs: minutes(pair.settings.stockTargetMinutes),
    covered: sight.stock,
    unreadAt: held.unreadAt,
  }
  return { kind: 'seen', seen }
}

/**
 * What the shop's SKU draws from, in the ERP: its own figure, or those of a bundle's parts where the ERP keeps none for
 * the bundle. Null when nothing says which warehouses feed the location.
 */
export function shelvesOf(store: Store, pair: Pair, sku: string, location: string): readonly Shelf[] | null {
  const lookups = lookupsOf(pair.settings)
  const own = lookups.erpSku(sku)
  const takes = levelsIn(store, pair.erp, own).length > 0 ? [{ erpSku: own, quantity: lookups.packSize(sku) }] : lookups.takes(sku)
  const shelves: Shelf[] = []
  for (const { erpSku, quantity } of takes) {
    const all = levelsIn(store, pair.erp, erpSku)
    const codes = mappedCodes(store, pair, sku, location, all.map(({ record }) => record))
    if (codes === null) return null
    shelves.push({ erpSku, quantity, codes, levels: all.filter(({ record }) => codes.includes(record.location)) })
  }
  return shelves
}

/** The levels that one side has of a SKU. */
export function levelsOf(store: Store, connection: string, sku: string): readonly StockLevel[] {
  return levelsIn(store, connection, sku).map(({ record }) => record)
}

/** ERP warehouse codes behind a shop location; null when nothing says which. */
function mappedCodes(
  store: Store,
  pair: Pair,
  sku: string,
  location: string,
  erpLevels: readonly StockLevel[],
): readonly string[] | null {
  const codes = Object.entries(pair.settings.locations).flatMap(([code, name]) => (name === location ? [code] : []))
  if (codes.length > 0) return codes
  if (Object.keys(pair.settings.locations).length > 0) return null
  const same = erpLevels.filter((one) => one.location === location)
  if (same.length > 0) return same.map((one) => one.location)
  const alone = erpLevels.length === 1 && levelsOf(store, pair.shop, sku).length === 1
  return alone ? erpLevels.map((one) => one.location) : null
}

/** Since when it must not be behind any more. */
export function overdueAt(seen: StockSeen, since: Instant): Instant {
  return since + seen.targetMs
}
