/** The store as it was known at a moment, for the same lenses and rules: records, whose numbers they were, how far was read. */
import type { Instant } from '../../domain/time.ts'
import type { Snapshot } from '../store/snapshots.ts'
import type { Store } from '../store/store.ts'
import { numbersOf } from './match.ts'

/**
 * Within the retention. What is settled by a person (a pair, its maps, names of connections) and what is inferred over many
 * orders (how tax is rounded, a clock's offset) is as it is now: a moment is looked at with what is known today.
 */
export function storeAsOf(store: Store, at: Instant): Store {
  const { past } = store
  const pairOf = (id: string) => store.pairs.get(id)

  function claimed(pair: string, number: string): readonly Snapshot[] {
    const known = pairOf(pair)
    if (known === null) return []
    const claiming = past.claiming(pair, number, at).filter(({ connection, record }) => numbersOf(known, connection, record).includes(number))
    return together(claiming, past.byKey(known.shop, 'orders', 'number', number, at))
  }

  return {
    ...store,
    snapshots: {
      ...store.snapshots,
      get: (connection, stream, id) => past.get(connection, stream, id, at),
      byRow: (row) => store.snapshots.versionAt(row, at),
      byKey: (connection, stream, name, value) => past.byKey(connection, stream, name, value, at),
      versions: (row, limit) => earlier(store, row, at).slice(0, limit),
      previous: (row) => earlier(store, row, at)[0] ?? null,
    },
    claims: {
      ...store.claims,
      records: claimed,
      isNamedBy: (pair, number, connection) => claimed(pair, number).some((one) => one.connection === connection),
      numbers: (pair, row) => {
        const known = pairOf(pair)
        const then = store.snapshots.versionAt(row, at)
        return known === null || then === null ? [] : numbersOf(known, then.connection, then.record)
      },
    },
    streams: {
      ...store.streams,
      coverage: (connection, stream) => past.coverage(connection, stream, at),
      coverages: (connection) => past.coverages(connection, at),
    },
  }
}

/** The store as it is now, where an order that was read and not taken up yet is there all the same: it claims nothing, but has its number. */
export function storeAsRead(store: Store): Store {
  return {
    ...store,
    claims: {
      ...store.claims,
      records: (pair, number) => {
        const shop = store.pairs.get(pair)?.shop
        const claiming = store.claims.records(pair, number)
        return shop === undefined ? claiming : together(claiming, store.snapshots.byKey(shop, 'orders', 'number', number))
      },
    },
  }
}

function together(claiming: readonly Snapshot[], named: readonly Snapshot[]): readonly Snapshot[] {
  const rows = new Set(claiming.map((one) => one.row))
  return [...claiming, ...named.filter((one) => !rows.has(one.row))].toSorted((one, other) => one.row - other.row)
}

/** As many as a lens looks at, and the one that was said then. */
const versionsMax = 51

/** What a record had said before what it said then, newest first. */
function earlier(store: Store, row: number, at: Instant) {
  return store.snapshots.toldUntil(row, at, versionsMax).flatMap(({ record }) => record ?? []).slice(1)
}
