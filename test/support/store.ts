/** A real store on `:memory:` (or a file) that already knows a shop, an ERP and their pair. */
import type { Connection } from '../../src-main/domain/connection.ts'
import type { Pair } from '../../src-main/domain/pair.ts'
import type { DomainRecord, StreamName } from '../../src-main/domain/records.ts'
import type { Instant } from '../../src-main/domain/time.ts'
import { type Store, openStore } from '../../src-main/engine/store/store.ts'
import { aConnection, aPair, anErpConnection } from './builders.ts'
import { monday } from './clock.ts'

export function aStore(
  given: { path?: string; connections?: readonly Connection[]; pairs?: readonly Pair[]; at?: Instant } = {},
): Store {
  const store = openStore(given.path ?? ':memory:', given.at ?? monday)
  store.transaction((tx) => {
    for (const one of given.connections ?? [aConnection(), anErpConnection()]) store.connections.save(tx, one)
    for (const one of given.pairs ?? [aPair()]) store.pairs.save(tx, one)
  })
  return store
}

/** As a pass would: the rows of one stream in one transaction. */
export function keep(
  store: Store,
  connection: string,
  stream: StreamName,
  records: readonly DomainRecord[],
  seenAt: Instant = monday,
): void {
  store.transaction((tx) => {
    for (const record of records) store.snapshots.save(tx, connection, stream, record, seenAt)
  })
}

/** Says that these streams are complete in [from, to]. */
export function cover(
  store: Store,
  connection: string,
  streams: readonly StreamName[],
  to: Instant,
  from: Instant = 0,
): void {
  store.transaction((tx) => {
    for (const stream of streams) store.streams.complete(tx, connection, stream, { from, to })
  })
}
