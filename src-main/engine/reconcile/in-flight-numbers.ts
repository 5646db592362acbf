/** Which orders one side's stock figure may count and the other's not: placed, booked, or held otherwise, a short while ago. */
import type { DomainRecord, ErpOrder } from '../../domain/records.ts'
import type { Instant } from '../../domain/time.ts'
import type { Store } from '../store/store.ts'
import { theirs } from './lenses/coverage.ts'
import { numbersOf } from './match.ts'
import type { PairSight } from './sight.ts'

/** Orders of so short a time; who has more sells faster than anybody could read. */
const ordersMax = 20_000
/** What a document said before is looked through so far back. */
const versionsMax = 4

/** Since an instant on our axis. */
export function numbersOnTheirWay(store: Store, sight: PairSight, from: Instant): ReadonlySet<string> {
  return new Set([...happenedSince(store, sight, from), ...heldOtherwiseSince(store, sight, from)])
}

function happenedSince(store: Store, { pair, shopAxis, erpAxis }: PairSight, from: Instant): readonly string[] {
  const sides = [
    { connection: pair.shop, axis: shopAxis },
    { connection: pair.erp, axis: erpAxis },
  ]
  return sides.flatMap(({ connection, axis }) =>
    store.snapshots
      .happenedIn(connection, 'orders', theirs(axis, from), Number.MAX_SAFE_INTEGER, ordersMax)
      .flatMap(({ record }) => numbersOf(pair, connection, record)),
  )
}

/** A document may be confirmed, or get its number, long after it was made. */
function heldOtherwiseSince(store: Store, { pair }: PairSight, from: Instant): readonly string[] {
  return store.past.changedSince(pair.erp, 'orders', from, ordersMax).flatMap((row) => {
    const now = store.snapshots.byRow(row)?.record
    const told = [...(now === undefined ? [] : [now]), ...store.snapshots.versions(row, versionsMax)].filter(isDocument)
    return new Set(told.map(holding)).size > 1 ? told.flatMap((one) => numbersOf(pair, pair.erp, one)) : []
  })
}

function isDocument(record: DomainRecord): record is ErpOrder {
  return record.kind === 'erp-order'
}

/** What of a document says whether it holds goods, and for which orders. */
function holding({ state, reservesStock, reservesSome, references }: ErpOrder): string {
  return JSON.stringify([state === 'cancelled', reservesStock, reservesSome ?? false, references])
}
