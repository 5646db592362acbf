/** Measures reading pages into the store against parsing, hashing and inserting the same bytes barely. */
import { createHash } from 'node:crypto'
import { rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { parseExact } from '../../src-main/engine/connectors/json.ts'
import { checkRecord } from '../../src-main/engine/store/snapshots.ts'
import { type Store, openStore } from '../../src-main/engine/store/store.ts'
import { aConnection, anErpConnection, aPair } from '../support/builders.ts'
import { monday } from '../support/clock.ts'
import { benchErpOrder, benchOrder } from './business.ts'
import { type Figure, against, elapsedMs, median, reported } from './figures.ts'

const pageSize = 250
const rounds = 3

/** Pages as they would come over the wire. */
function pagesOf(count: number): readonly string[] {
  const pages: string[] = []
  for (let from = 0; from < count; from += pageSize) {
    const rows = Array.from({ length: Math.min(pageSize, count - from) }, (_, index) => benchOrder(from + index))
    pages.push(JSON.stringify({ orders: rows }))
  }
  return pages
}

function ours(store: Store, pages: readonly string[]): void {
  for (const page of pages) {
    const parsed = JSON.parse(page) as { orders: unknown[] }
    store.transaction((tx) => {
      for (const row of parsed.orders) {
        const checked = checkRecord(row)
        if (!('record' in checked)) throw new Error(`row refused at ${checked.path}`)
        store.snapshots.save(tx, 'shop', 'orders', checked.record, monday)
      }
      store.streams.saveCursor(tx, 'shop', 'orders', { at: page.length })
    })
  }
}

function bare(path: string, pages: readonly string[]): void {
  const db = new Sqlite(path)
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.exec('CREATE TABLE row (id TEXT PRIMARY KEY, hash BLOB NOT NULL, body TEXT NOT NULL)')
  const insert = db.prepare('INSERT INTO row (id, hash, body) VALUES (?, ?, ?)')
  for (const page of pages) {
    const parsed = JSON.parse(page) as { orders: { id: string }[] }
    db.transaction(() => {
      for (const row of parsed.orders) {
        const body = JSON.stringify(row)
        insert.run(row.id, createHash('sha256').update(body).digest(), body)
      }
    })()
  }
  db.close()
}

/** Orders a second that `work` takes the pages in. */
function pace(count: number, work: () => void): number {
  return count / (elapsedMs(work) / 1000)
}

function oursInto(path: string, pages: readonly string[], count: number): number {
  const store = openStore(path, monday)
  seedConnections(store)
  const taken = pace(count, () => ours(store, pages))
  store.close()
  return taken
}

export function measureIngest(folder: string, count: number): readonly Figure[] {
  const pages = pagesOf(count)
  const value: number[] = []
  const baseline: number[] = []
  // in turns, so that a busy machine is busy for both; the first turn is short and the compiler's
  for (let round = 0; round <= rounds; round += 1) {
    const some = round === 0 ? pages.slice(0, 8) : pages
    value.push(oursInto(join(folder, `ingest-${round}.db`), some, some.length * pageSize))
    baseline.push(pace(some.length * pageSize, () => bare(join(folder, `bare-${round}.db`), some)))
  }
  const bytes = (statSync(join(folder, 'ingest-1.db')).size / count) * 1_000_000
  for (let round = 0; round <= rounds; round += 1) for (const name of ['ingest', 'bare']) rmSync(join(folder, `${name}-${round}.db`))
  const exact = elapsedMs(() => pages.slice(0, 40).forEach((page) => parseExact(page)))
  const plain = elapsedMs(() => pages.slice(0, 40).forEach((page) => JSON.parse(page)))
  const figures = { value: median(value.slice(1)), baseline: median(baseline.slice(1)), unit: 'orders/s' }
  return [
    against('ingest', figures, { ratio: 0.6, better: 'higher' }),
    { ...reported('disk of 1M orders', bytes / 1e6, 'MB'), budget: '≤ 400 MB', ok: bytes <= 400e6 },
    reported('exact parse ÷ plain parse', exact / plain, '×'),
  ]
}

export function seedConnections(store: Store): void {
  store.transaction((tx) => {
    for (const one of [aConnection(), anErpConnection()]) store.connections.save(tx, one)
    store.pairs.save(tx, aPair())
  })
}

/** Both sides of `count` orders, each in agreement but for every 1,000th, which the ERP lacks. */
export function fill(store: Store, count: number): void {
  for (let from = 0; from < count; from += 2000) {
    store.transaction((tx) => {
      for (let index = from; index < Math.min(from + 2000, count); index += 1) {
        store.snapshots.save(tx, 'shop', 'orders', benchOrder(index), monday)
        if (index % 1000 !== 999) store.snapshots.save(tx, 'erp', 'orders', benchErpOrder(index), monday)
      }
    })
  }
}
