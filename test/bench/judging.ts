/** Measures judging and asking at two sizes: what changed must not cost more because much is stored. */
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { ok } from '../../src-main/domain/fault.ts'
import { streamNames } from '../../src-main/domain/records.ts'
import { hours } from '../../src-main/domain/time.ts'
import { reconciler } from '../../src-main/engine/reconcile/reconciler.ts'
import { outbox } from '../../src-main/engine/notices/outbox.ts'
import { type Store, openStore } from '../../src-main/engine/store/store.ts'
import { fakeClock, monday } from '../support/clock.ts'
import { cover } from '../support/store.ts'
import { benchErpOrder, benchOrder } from './business.ts'
import { type Figure, against, elapsedMs, elapsedMsOf, median, reported } from './figures.ts'
import { fill, seedConnections } from './ingest.ts'

const changedCount = 1000
const changeRounds = 9
const fullRounds = 3

interface Judged {
  readonly count: number
  readonly path: string
  readonly store: Store
  readonly judge: ReturnType<typeof reconciler>
}

/** Stays in the folder for who measures over a judged file. */
export function judgedFile(folder: string, count: number): string {
  return join(folder, `judged-${count}.db`)
}

/** Both sides of a business, read and judged once. */
async function judged(folder: string, count: number): Promise<Judged> {
  const path = judgedFile(folder, count)
  const store = openStore(path, monday)
  seedConnections(store)
  fill(store, count)
  cover(store, 'shop', streamNames, monday + hours(1))
  cover(store, 'erp', streamNames, monday + hours(1))
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
  return { count, path, store, judge }
}

async function changedMs({ store, count, judge }: Judged, round: number): Promise<number> {
  change(store, count, round)
  return elapsedMsOf(() => judge.run())
}

/** From a committed reading to the incident and its notice, committed too. */
async function noticeMs({ store, count, judge }: Judged): Promise<number> {
  const before = store.notices.pending(Number.MAX_SAFE_INTEGER).map((notice) => notice.id)
  store.transaction((tx) => store.snapshots.save(tx, 'shop', 'orders', benchOrder(count + 1), monday))
  const taken = await elapsedMsOf(() => judge.run())
  // it joins the one that waits, under another id
  if (store.notices.pending(Number.MAX_SAFE_INTEGER).every((notice) => before.includes(notice.id))) throw new Error('the missing order was not told')
  return taken
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

export async function measureJudging(folder: string, small: number, large: number): Promise<readonly Figure[]> {
  const little = await judged(folder, small)
  const much = await judged(folder, large)
  const changed: { readonly little: number[]; readonly much: number[] } = { little: [], much: [] }
  // in turns, so that a busy machine is busy for both
  for (let round = 1; round <= changeRounds; round += 1) {
    changed.little.push(await changedMs(little, round))
    changed.much.push(await changedMs(much, round))
  }
  const notice = await noticeMs(much)
  const fullMs: number[] = []
  const joinMs: number[] = []
  for (let round = 0; round < fullRounds; round += 1) {
    fullMs.push(await elapsedMsOf(() => much.judge.full()))
    joinMs.push(bareJoin(much.path))
  }
  for (const { store } of [little, much]) store.close()
  const value = median(fullMs)
  return [
    against(`1,000 changed orders judged at ${large}, against at ${small}`, { value: median(changed.much), baseline: median(changed.little), unit: 'ms' }, { ratio: 1.25, better: 'lower' }),
    against(`full pass over ${large} × ${large}, against the bare join`, { value, baseline: median(joinMs), unit: 'ms' }, { ratio: 2.5, better: 'lower' }),
    { ...reported('fault to notice, beyond due + grace + poll interval', notice, 'ms'), budget: '≤ 1000 ms', ok: notice <= 1000 },
    reported(`full pass, per order at ${large}`, (value / large) * 1000, 'µs'),
  ]
}
