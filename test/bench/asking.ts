/** Measures the contract's questions and a whole start on a judged file: what screens feel, at two sizes. */
import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { createRouterClient } from '@orpc/server'
import { hours } from '../../src-main/domain/time.ts'
import { type Store, openStore } from '../../src-main/engine/store/store.ts'
import { aFinding } from '../support/builders.ts'
import { monday } from '../support/clock.ts'
import { benchOrder, numberOf } from './business.ts'
import { addMasters, panelQuestions, panelStoreQuestions } from './panels.ts'
import { benchEngine } from './engine.ts'
import { type Figure, against, elapsedMs, elapsedMsOf, median, percentile, reported } from './figures.ts'
import { judgedFile } from './judging.ts'

/** As many as the budget speaks of. */
const incidents = 5000
const rounds = 60
const starts = 5

function addIncidents(path: string): void {
  const store = openStore(path, monday)
  store.transaction((tx) => {
    for (let nth = 0; nth < incidents; nth += 1) {
      const finding = aFinding({ subject: { kind: 'order', connection: 'shop', key: nth % 2 === 0 ? numberOf(nth) : `SO-${nth}` } })
      const more = { id: `more-${nth}`, market: 'DE', dueAt: monday - nth, parent: null, at: monday }
      store.incidents.apply(tx, 'pair', finding, more)
    }
  })
  store.close()
}

/** What the contract's answers ask of the store most, each once. */
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
    ...panelStoreQuestions(store),
    () => store.orders.walk({ pair: 'pair', shop: 'shop', sort: 'newest', from: 0, to: monday + hours(24), prefix: '', after: null, limit: 100 }),
    () => store.find.byKey('shop', 'orders', 'number', benchOrder(17).number.slice(0, 4), 20),
  ]
  return questions.map((question) => elapsedMs(() => void question()))
}

/** In turns, so that a busy machine is busy for both. */
function storeP99Ms(much: string, little: string): { readonly value: number; readonly baseline: number } {
  const stores = [openStore(much, monday), openStore(little, monday)]
  const times = stores.map((): number[] => [])
  for (let round = 0; round < rounds; round += 1) {
    const asked = stores.map(queryTimes)
    // the first rounds are the compiler's
    if (round >= 10) asked.forEach((one, nth) => times[nth]?.push(...one))
  }
  for (const store of stores) store.close()
  const [value = Number.NaN, baseline = Number.NaN] = times.map((one) => percentile(one, 0.99))
  return { value, baseline }
}

/** The 99th percentile over everything that a screen asks when something changed. */
async function questionsP99Ms(path: string): Promise<number> {
  const engine = await benchEngine(path)
  const client = createRouterClient(engine.router)
  const filter = { states: null, severities: null, rule: null, search: null, limit: 50, offset: 0 }
  const everyOrder = { pair: 'pair', filter: { verdict: null, channel: null, from: null, to: null }, search: null, sort: 'newest', limit: 100, cursor: null } as const
  const questions = [
    () => client.overview.get({ pair: null }),
    () => client.incidents.list(filter),
    () => client.incidents.list({ ...filter, states: ['open'], search: 'SO-4' }),
    () => client.incidents.get({ id: 'more-17' }),
    () => client.connections.list(),
    () => client.notices.pending(),
    () => client.orders.list(everyOrder),
    () => client.orders.list({ ...everyOrder, sort: 'number', search: benchOrder(17).number.slice(0, 4) }),
    () => client.orders.list({ ...everyOrder, filter: { ...everyOrder.filter, verdict: 'incident' } }),
    () => client.orders.list({ ...everyOrder, filter: { ...everyOrder.filter, verdict: 'fine', channel: 'nowhere' } }),
    () => client.orders.chain({ pair: 'pair', number: benchOrder(17).number, asOf: null }),
    () => client.orders.chain({ pair: 'pair', number: benchOrder(17).number, asOf: monday + hours(1) }),
    () => client.overview.get({ pair: null, asOf: monday }),
    () => client.search.find({ text: benchOrder(17).number.slice(0, 4) }),
    () => client.audit.list({ limit: 50, before: null }),
    ...panelQuestions(client),
  ]
  const times: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    // the first rounds are the compiler's
    for (const question of questions) if (round >= 10) times.push(await elapsedMsOf(question))
    else await question()
  }
  await engine.stop()
  return percentile(times, 0.99)
}

/** From the command to the end of a process that asks one thing. */
function runMs(script: string, path: string): number {
  const from = process.hrtime.bigint()
  const run = spawnSync(process.execPath, [resolve(import.meta.dirname, script), path], { encoding: 'utf8' })
  if (run.status !== 0) throw new Error(run.stderr)
  return Number(process.hrtime.bigint() - from) / 1e6
}

function startMs(script: string, path: string): number {
  return median(Array.from({ length: starts }, () => runMs(script, path)))
}

/** Over the files that judging left. */
export async function measureAsking(folder: string, small: number, large: number): Promise<readonly Figure[]> {
  const little = judgedFile(folder, small)
  const much = judgedFile(folder, large)
  for (const path of [little, much]) {
    addIncidents(path)
    addMasters(path)
  }
  const value = await questionsP99Ms(much)
  const baseline = await questionsP99Ms(little)
  const start = startMs('first-answer.ts', much)
  const bare = startMs('bare-start.ts', much)
  const store = storeP99Ms(much, little)
  return [
    against(`store queries p99 at ${large}, against at ${small}`, { ...store, unit: 'ms' }, { ratio: 2, better: 'lower' }),
    against(`contract's questions p99 at ${large}, against at ${small}`, { value, baseline, unit: 'ms' }, { ratio: 2, better: 'lower' }),
    reported(`start to the first overview at ${large}`, start, 'ms'),
    reported('start to the first overview ÷ a bare start on the same file', start / bare, '×'),
  ]
}
