/** What a side's levels said together, now and before: each figure with the stretch of time in which it stood. */
import type { StockLevel } from '../../../domain/records.ts'
import type { Instant } from '../../../domain/time.ts'
import type { Snapshot } from '../../store/snapshots.ts'
import type { Store } from '../../store/store.ts'

export interface StockFigure {
  readonly levels: readonly StockLevel[]
  /** When the next figure took its place, on the platform's own clock; null: it stands. */
  readonly overtakenAt: Instant | null
}

/** The levels that one side has of a SKU. */
export function levelsIn(store: Store, connection: string, sku: string): readonly Snapshot<StockLevel>[] {
  return store.snapshots
    .byKey(connection, 'stock', 'sku', sku)
    .flatMap((snapshot) => (snapshot.record.kind === 'stock' && snapshot.goneAt === null ? [{ ...snapshot, record: snapshot.record }] : []))
}

/** When a figure last moved by the platform's own stamps; null where one of its levels has none. */
export function stampOf(levels: readonly StockLevel[]): Instant | null {
  const stamps = levels.flatMap((level) => (level.changedAt === null ? [] : [level.changedAt]))
  return stamps.length < levels.length || stamps.length === 0 ? null : Math.max(...stamps)
}

/** So many steps back: what was overtaken longer ago has been judged before. */
const stepsMax = 4

/**
 * The present figure, then those before it, newest first: of several levels the one that moved last is taken back first.
 * Without stamps nothing is known of when an earlier figure stood, and it is left out.
 */
export function figuresOf(store: Store, snapshots: readonly Snapshot<StockLevel>[]): readonly StockFigure[] {
  const shelves = snapshots.map((snapshot) => [snapshot.record, ...earlierOf(store, snapshot)])
  const figures: StockFigure[] = [{ levels: shelves.flatMap(([level]) => level ?? []), overtakenAt: null }]
  for (let step = 1; step < stepsMax; step += 1) {
    const latest = stampOf(shelves.flatMap(([level]) => level ?? []))
    const moved = shelves.find(([level]) => level?.changedAt === latest)
    if (latest === null || moved === undefined || moved.length < 2) break
    moved.shift()
    figures.push({ levels: shelves.flatMap(([level]) => level ?? []), overtakenAt: latest })
  }
  return figures
}

function earlierOf(store: Store, { row }: Snapshot): readonly StockLevel[] {
  return store.snapshots.versions(row, stepsMax).flatMap((one) => (one.kind === 'stock' ? [one] : []))
}
