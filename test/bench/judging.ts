/** Measures judging and asking at two sizes: what changed must not cost more because much is stored. */
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { ok } from '../../src-main/domain/fault.ts'
import { hours } from '../../src-main/domain/time.ts'
import { reconciler } from '../../src-main/engine/reconcile/reconciler.ts'
import { outbox } from '../../src-main/engine/notices/outbox.ts'
import { type Store, openStore } from '../../src-main/engine/store/store.ts'
import { fakeClock, monday } from '../support/clock.ts'
import { cover } from '../support/store.ts'
import { benchErpOrder, benchOrder } from './business.ts'
import { type Figure, against, elapsedMs, elapsedMsOf, median, percentile, reported } from './figures.ts'
import { fill, seedConnections } from './ingest.ts'

const changedCount = 1000
const rounds = 5

interface Sized {
  readonly changedMs: number
  readonly fullMs: number
  readonly joinMs: number
  readonly queryP99Ms: number
  /** From a committed reading to the incident and its notice, committed too. */
  readonly noticeMs: number
}

/** Stays in the folder for who measures over a judged file. */
export function judgedFile(folder: string, count: number): string {
  return join(folder, `judged-${count}.db`)
}

async function measureAt(folder: string, count: number): Promise<Sized> {
  const path = judgedFile(folder, count)
  const store = openStore(path, monday)
  seedConnections(store)
  fill(store, count)
  cover(store, 'shop', ['orders', 'stock'], monday + hours(1))
  cover(store, 'erp', ['orders', 'stock'], monday + hours(1))
  let ids = 0
  const clock = fakeClock(monday + hours(1))
  const chance = { fraction: () => 0.5, id: () => `id-${(ids += 1)}` }
  const told = outbox({ store, clock, chance, titleOf: (rule) => rule, atLeast: () => 'high' })
  const judge = reconciler({
    store,
    clock,
    chance,
    lookUp: async () => ok({ found: 0, complete: true }),
    onChange: (tx, changes) => told.tell(tx, changes),
  })
  await judge.run()
  const changed: number[] = []
  for (let round = 1; round <= rounds; round += 1) {
    change(store, count, round)
    changed.push(await elapsedMsOf(() => judge.run()))
  }
  const before = store.notices.pending().map((notice) => notice.id)
  store.transaction((tx) => store.snapshots.save(tx, 'shop', 'orders', benchOrder(count + 1), monday))
  const noticeMs = await elapsedMsOf(() => judge.run())
  // it joins the one that waits, under another id
  if (store.notices.pending().every((notice) => before.includes(notice.id))) throw new Error('the missing order was not told')
  const fullMs = await elapsedMsOf(() => judge.full())
  const queryP99Ms = percentile(queryTimes(store), 0.99)
  store.close()
  return { changedMs: median(changed), fullMs, joinMs: bareJoin(path), queryP99Ms, noticeMs }
}

/** 1,000 orders spread over the whole store change on both sides. */
function change(store: Store, count: number, round: number): void {
  const step = Math.max(1, Math.floor(count / changedCount))
  store.transaction((tx) => {
    for (let nth = 0; nth < changedCount; nth += 1) {
      const index = (nth * step + round) % count
      if (index % 1000 === 999) continue
      store.snapshots.save(tx, 'shop', 'orders', benchOrder(index, round), monday + round)
      store.snapshots.save(tx, 'erp', 'orders', benchErpOrder(index, round), monday + round)
    }
  })
}

/** The same keys joined by SQLite alone, with both totals read from the rows. */
function bareJoin(path: string): number {
  const db = new Sqlite(path, { readonly: true })
  const joined = db.prepare(`
    SELECT COUNT(*) AS joined, SUM(LENGTH(shop.body) - LENGTH(erp.body)) AS weight
    FROM snapshot_key AS number
    JOIN snapshot AS shop ON shop.row = number.snapshot
    JOIN stream AS theirs ON theirs.connection = 'erp' AND theirs.name = 'orders'
    LEFT JOIN snapshot_key AS reference
      ON reference.stream = theirs.row AND reference.name = 'reference' AND reference.value = number.value
    LEFT JOIN snapshot AS erp ON erp.row = reference.snapshot
    WHERE number.stream = (SELECT row FROM stream WHERE connection = 'shop' AND name = 'orders') AND number.name = 'number'`)
  const taken = elapsedMs(() => void joined.get())
  db.close()
  return taken
}

/** What screens ask most. */
function queryTimes(store: Store): readonly number[] {
  const filter = { states: ['open'], severities: null, rule: null, search: null } as const
  const questions = [
    () => store.incidents.list(filter, 50, 0),
    () => store.incidents.count(filter),
    () => store.incidents.sums(['F02-paid-order-missing'], null),
    () => store.judgements.notJudged(null, monday),
    () => store.snapshots.byKey('shop', 'orders', 'number', benchOrder(17).number),
    () => store.snapshots.flow('shop', 'orders', monday - hours(24), hours(1)),
    () => store.streams.coverages('shop'),
  ]
  const times: number[] = []
  for (let round = 0; round < 40; round += 1) for (const question of questions) times.push(elapsedMs(() => void question()))
  return times
}

export async function measureJudging(folder: string, small: number, large: number): Promise<readonly Figure[]> {
  const little = await measureAt(folder, small)
  const much = await measureAt(folder, large)
  return [
    against(`1,000 changed orders judged at ${large}, against at ${small}`, { value: much.changedMs, baseline: little.changedMs, unit: 'ms' }, { ratio: 1.25, better: 'lower' }),
    against(`full pass over ${large} × ${large}, against the bare join`, { value: much.fullMs, baseline: much.joinMs, unit: 'ms' }, { ratio: 2.5, better: 'lower' }),
    against(`store queries p99 at ${large}, against at ${small}`, { value: much.queryP99Ms, baseline: little.queryP99Ms, unit: 'ms' }, { ratio: 2, better: 'lower' }),
    { ...reported('fault to notice, beyond due + grace + poll interval', much.noticeMs, 'ms'), budget: '≤ 1000 ms', ok: much.noticeMs <= 1000 },
    reported(`full pass, per order at ${large}`, (much.fullMs / large) * 1000, 'µs'),
  ]
}
