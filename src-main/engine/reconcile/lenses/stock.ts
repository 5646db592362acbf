/** Gathers one SKU at one of the shop's locations: what it shows, what the ERP says it should show, and since when not. */
import { type Decimal, add, compare, round, subtract } from '../../../domain/decimal.ts'
import type { Subject } from '../../../domain/incident.ts'
import type { Pair } from '../../../domain/pair.ts'
import type { StockLevel } from '../../../domain/records.ts'
import { type Instant, type Span, minutes } from '../../../domain/time.ts'
import type { Store } from '../../store/store.ts'
import { type Followed, follow } from '../staleness.ts'
import type { PairSight } from '../sight.ts'
import type { Covered } from './coverage.ts'

export interface StockSeen {
  readonly subject: Subject
  readonly sku: string
  readonly location: string
  readonly shopLabel: string
  readonly erpLabel: string
  readonly level: StockLevel
  /** What the shop offers: never less than nothing. */
  readonly shop: Decimal
  readonly erpAvailable: Decimal
  readonly erpCodes: readonly string[]
  /** Units that the shop has sold and the ERP does not know of. */
  readonly waiting: Decimal
  readonly buffer: number
  readonly expected: Decimal
  readonly followed: Followed
  /** Up to when the ERP's stock was complete at this reading. */
  readonly erpReadAt: Instant
  readonly targetMs: Span
  readonly covered: Covered
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
  const erpLevels = levelsOf(store, pair.erp, sku)
  const erpCoverage = store.streams.coverage(pair.erp, 'stock')
  const shopCoverage = store.streams.coverage(pair.shop, 'stock')
  const mapped = mappedCodes(store, pair, sku, location, erpLevels)
  if (mapped === null) return { kind: 'blind', why: `location ${location} is mapped to no ERP warehouse` }
  const counted = erpLevels.filter((one) => mapped.includes(one.location))
  if (erpCoverage.to === null || shopCoverage.to === null) {
    return { kind: 'blind', why: 'stock of one side was never read completely' }
  }
  if (counted.length === 0) return { kind: 'blind', why: 'the ERP has no stock figure for the SKU' }
  const erpAvailable = add('0', ...counted.map((one) => one.available))
  const waiting = add('0', ...store.stock.waitingFor(pair.id, sku, location).map((one) => one.quantity))
  const { stockBuffer: buffer } = pair.settings
  const expected = notBelowZero(round(subtract(subtract(erpAvailable, waiting), String(buffer)), 0, 'floor'))
  const shop = notBelowZero(level.available)
  const stamps = counted.flatMap((one) => (one.changedAt === null ? [] : [one.changedAt]))
  const followed = follow(store.stock.changes(pair.id, sku, location), {
    expected,
    erpChangedAt: stamps.length === 0 ? null : sight.erpAxis.ours(Math.max(...stamps)),
    erpReadAt: erpCoverage.to,
    erpReadBefore: store.stock.state(pair.id, sku, location)?.judgedAt ?? null,
    shop,
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
    erpAvailable,
    erpCodes: mapped,
    waiting,
    buffer,
    expected,
    followed,
    erpReadAt: erpCoverage.to,
    targetMs: minutes(pair.settings.stockTargetMinutes),
    covered: sight.stock,
  }
  return { kind: 'seen', seen }
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

function notBelowZero(figure: Decimal): Decimal {
  return compare(figure, '0') < 0 ? '0' : figure
}

/** Since when it must not be behind any more. */
export function overdueAt(seen: StockSeen, since: Instant): Instant {
  return since + seen.targetMs
}
