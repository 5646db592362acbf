/** Gathers one SKU at one of the shop's locations: what it shows, what the ERP says it should show, and since when not. */
import { type Decimal, add, compare, divide, multiply, round, subtract } from '../../../domain/decimal.ts'
import type { Subject } from '../../../domain/incident.ts'
import type { Pair } from '../../../domain/pair.ts'
import { lookupsOf } from '../../../domain/pair-maps.ts'
import type { StockLevel } from '../../../domain/records.ts'
import { type Instant, type Span, minutes } from '../../../domain/time.ts'
import type { Store } from '../../store/store.ts'
import { type Followed, follow } from '../staleness.ts'
import type { PairSight } from '../sight.ts'
import type { Covered } from './coverage.ts'
import { type Oversold, seeOversold } from './oversold.ts'

/** Where units wait of which the shop does not say at which of its locations. */
export const anyLocation = '*'

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
  /** Up to when the ERP's stock was complete at this reading. */
  readonly erpReadAt: Instant
  readonly targetMs: Span
  readonly covered: Covered
  /** When either side's figure last moved, by its own stamp, on our axis; null where neither says. */
  readonly movedAt: Instant | null
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
  const level = levelsOf(store, pair.shop, sku).find((one) => one.location === location)
  if (level === undefined || !level.tracked || level.backorder) return { kind: 'nothing' }
  const erpCoverage = store.streams.coverage(pair.erp, 'stock')
  const shopCoverage = store.streams.coverage(pair.shop, 'stock')
  const parts = partsOf(store, pair, sku, location)
  if (parts === null) return { kind: 'blind', why: `location ${location} is mapped to no ERP warehouse` }
  if (erpCoverage.to === null || shopCoverage.to === null) {
    return { kind: 'blind', why: 'stock of one side was never read completely' }
  }
  const scarcest = scarcestOf(parts)
  if (scarcest === null) return { kind: 'blind', why: 'the ERP has no stock figure for the SKU' }
  const { stockBuffer: buffer, stockCap: cap } = pair.settings
  const shop = notBelowZero(level.available)
  const expected = nearest(shop, atMost(fewestOf(parts), cap), atMost(scarcest.offers, cap))
  const stamps = parts.flatMap((part) => part.levels).flatMap((one) => (one.changedAt === null ? [] : [one.changedAt]))
  const movedAt = [...stamps.map(sight.erpAxis.ours), ...(level.changedAt === null ? [] : [sight.shopAxis.ours(level.changedAt)])]
  const changes = store.stock.changes(pair.id, sku, location)
  const erpChangedAt = stamps.length === 0 ? null : sight.erpAxis.ours(Math.max(...stamps))
  const before = store.stock.state(pair.id, sku, location)
  const followed = follow(changes, {
    expected,
    erpChangedAt,
    erpReadAt: erpCoverage.to,
    erpReadBefore: before?.judgedAt ?? null,
    shop,
    shopBefore: before?.shop ?? null,
    shopChangedAt: level.changedAt === null ? null : sight.shopAxis.ours(level.changedAt),
    shopReadAt: shopCoverage.to,
  })
  const seen = {
    subject: stockSubject(pair, sku, location),
    sku,
    location,
    shopLabel: sight.shopLabel,
    erpLabel: sight.erpLabel,
    level,
    shop,
    erpAvailable: scarcest.available,
    erpCodes: scarcest.codes,
    waiting: scarcest.waiting,
    buffer,
    expected,
    followed,
    oversold: seeOversold(store, sight, {
      sku,
      location,
      short: scarcest.short,
      changes: followed.add === null ? changes : [followed.add, ...changes],
      erpMovedAt: erpChangedAt ?? erpCoverage.to,
    }),
    erpReadAt: erpCoverage.to,
    targetMs: minutes(pair.settings.stockTargetMinutes),
    covered: sight.stock,
    movedAt: movedAt.length === 0 ? null : Math.max(...movedAt),
  }
  return { kind: 'seen', seen }
}

export interface Part {
  readonly erpSku: string
  /** How many of it one of the shop's SKU takes. */
  readonly quantity: Decimal
  readonly levels: readonly StockLevel[]
  readonly codes: readonly string[]
  readonly available: Decimal
  readonly waiting: Decimal
  /** How many of the shop's SKU it is enough for, if no unit that waits somewhere waits here; and if all of them do. */
  readonly offers: Decimal
  readonly offersAtLeast: Decimal
  /** Of the shop's SKU: promised or on their way beyond what there is; positive when it is short. */
  readonly short: Decimal
}

/**
 * What the shop's SKU draws from, in the ERP: its own figure, or those of a bundle's parts where the ERP keeps none for
 * the bundle. Null when nothing says which warehouses feed the location.
 */
export function partsOf(store: Store, pair: Pair, sku: string, location: string): readonly Part[] | null {
  const lookups = lookupsOf(pair.settings)
  const own = lookups.erpSku(sku)
  const takes = levelsOf(store, pair.erp, own).length > 0 ? [{ erpSku: own, quantity: lookups.packSize(sku) }] : lookups.takes(sku)
  const { stockBuffer, stockShare } = pair.settings
  const parts: Part[] = []
  for (const { erpSku, quantity } of takes) {
    const all = levelsOf(store, pair.erp, erpSku)
    const codes = mappedCodes(store, pair, sku, location, all)
    if (codes === null) return null
    const levels = all.filter((one) => codes.includes(one.location))
    const available = add('0', ...levels.map((one) => one.available))
    const waiting = add('0', ...store.stock.waitingFor(pair.id, erpSku, location).map((one) => one.quantity))
    const somewhere = add('0', ...store.stock.waitingFor(pair.id, erpSku, anyLocation).map((one) => one.quantity))
    const offersOf = (free: Decimal): Decimal => notBelowZero(round(divide(multiply(free, stockShare), quantity), 0, 'floor'))
    const free = subtract(subtract(available, waiting), String(stockBuffer))
    parts.push({ erpSku, quantity, levels, codes, available, waiting, offers: offersOf(free), offersAtLeast: offersOf(subtract(free, somewhere)), short: round(divide(subtract(waiting, available), quantity), 0, 'toward-infinity') })
  }
  return parts
}

export function fewestOf(parts: readonly Part[]): Decimal {
  return parts.map((part) => part.offersAtLeast).reduce((least, one) => (compare(one, least) < 0 ? one : least))
}

export function atMost(figure: Decimal, cap: number | null): Decimal {
  return cap === null || compare(figure, String(cap)) < 0 ? figure : String(cap)
}

/** What is not known of the expected figure is granted to the shop: the admissible figure that lies nearest to what it shows. */
export function nearest(shown: Decimal, least: Decimal, most: Decimal): Decimal {
  if (compare(shown, least) < 0) return least
  return compare(shown, most) > 0 ? most : shown
}

/** Null where the ERP keeps no figure for one of them. */
export function scarcestOf(parts: readonly Part[]): Part | null {
  if (parts.some((part) => part.levels.length === 0)) return null
  return parts.toSorted((a, b) => compare(a.offers, b.offers))[0] ?? null
}

/** The levels that one side has of a SKU. */
export function levelsOf(store: Store, connection: string, sku: string): readonly StockLevel[] {
  return store.snapshots
    .byKey(connection, 'stock', 'sku', sku)
    .flatMap(({ record, goneAt }) => (record.kind === 'stock' && goneAt === null ? [record] : []))
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

export function notBelowZero(figure: Decimal): Decimal {
  return compare(figure, '0') < 0 ? '0' : figure
}

/** Since when it must not be behind any more. */
export function overdueAt(seen: StockSeen, since: Instant): Instant {
  return since + seen.targetMs
}
