/** Runs one seed: the real engine before a stage for some days of virtual time, and what it said held against the truth. */
import { z } from 'zod'
import { type Instant, type Span, days, minutes, seconds } from '../../src-main/domain/time.ts'
import { catalogue } from '../../src-main/engine/reconcile/registry.ts'
import { unexplainedIn } from './closing.ts'
import { openDesk } from './desk/desk.ts'
import { openHistory } from './history.ts'
import { type Life, beginLife, stopMax } from './life.ts'
import { openKeeper } from './keeper.ts'
import { looksOf, paceOf, streamsOf } from './pace.ts'
import { type Observed, type RunScore, type Said, type Trouble, score } from './score.ts'
import type { OpenStage, Stage } from './stage.ts'
import { machineOn } from './suspended.ts'
import { verdictsDifferIn } from './verdicts.ts'
import { type VirtualClock, passUntil, virtualClock } from './virtual-clock.ts'
import { openWatch } from './watch.ts'

export interface RunParts {
  readonly seed: number
  readonly days: number
  readonly pollSeconds: number
  readonly openStage: OpenStage
  /** What befalls the monitor itself; left out: nothing. */
  readonly desk?: readonly string[]
  /** Where the history that led there is written; null: nowhere. */
  readonly historyPath: string | null
}

export interface Ran {
  readonly score: RunScore
  readonly said: readonly Said[]
  readonly stage: Stage
  /** The seed's weather, and how often each mishap of it came. */
  readonly skies: string
}

/** A Monday; every run begins at this hour, so that a seed means the same run on any day. */
export const firstMonday: Instant = Date.parse('2026-11-23T06:00:00.000Z')

/** How often somebody looks at the notices. */
const step: Span = minutes(1)

export async function runSeed(parts: RunParts): Promise<Ran> {
  const { seed, pollSeconds } = parts
  const startedAt = firstMonday
  const endedAt = startedAt + days(1) * parts.days
  const begun = process.cpuUsage()
  const clock = virtualClock(startedAt)
  const names = parts.desk ?? []
  const stage = parts.openStage({ seed, startsAt: startedAt, now: clock.now })
  const machine = machineOn(clock)
  const history = parts.historyPath === null ? null : openHistory()
  const life = await beginLife({ stage, clock: machine, seed, nth: 1, pollSeconds, databasePath: ':memory:', ...(history === null ? {} : { history }) })
  try {
    const watch = openWatch(stage.pair, seconds(pollSeconds), { store: life.engine.store, now: clock.now })
    const keeper = openKeeper(life)
    const desk = openDesk(names, { seed, startedAt, machine })
    for (let at = startedAt; at < endedAt; ) {
      at = Math.min(endedAt, at + step)
      // oxlint-disable-next-line no-await-in-loop -- time goes on step by step
      await clock.advanceTo(at)
      desk.act(at)
      // nobody sits before a closed lid
      if (machine.isAsleep) continue
      watch.look(life.engine.store, at)
      keeper.act(at)
    }
    stage.advance(endedAt)
    const truth = desk.truth(stage.truth())
    const said = watch.saidIn(life.engine.store)
    const observed: Observed = {
      seed,
      startedAt,
      endedAt,
      pollMs: seconds(pollSeconds),
      paceOf: pacesOf(stage, pollSeconds),
      streamsOf,
      graceOf: graceOf(stage),
      said,
      troubles: [...troublesOf(stage), ...desk.troubles],
      slips: [stage.shop, stage.erp].flatMap(({ weather }) => weather.slips),
      noticesAt: watch.noticesAt,
      notJudgedHealthy: watch.notJudgedHealthy,
      unexplained: unexplainedIn(life.engine.store, stage.pair, startedAt, endedAt),
      duplicates: 0,
      lostIntents: 0,
      elapsedMs: coreMsSince(begun),
    }
    if (history !== null && parts.historyPath !== null) history.write(parts.historyPath, truth, said)
    const scored = score(truth, observed, new Set(catalogue.keys()))
    // the last that is done with it: what it says is judged anew in it
    const differs = await verdictsDifferIn(life.engine.store, endedAt, 'in the middle')
    const broken = [...life.errors, ...differs.map((says) => `judged anew it is another verdict: ${says}`)]
    const errors = broken.map((says) => ({ seed, scenario: null, what: 'error' as const, says }))
    return { score: { ...scored, failing: [...scored.failing, ...errors] }, said, stage, skies: metIn(stage) }
  } finally {
    await endLife(life, clock)
  }
}

function metIn({ skies, shop, erp }: Stage): string {
  const of = ({ weather }: Stage['shop']): string => [...weather.met].map(([what, times]) => `${times} ${what}`).toSorted().join(', ') || 'nothing'
  return `${skies}; met at the shop: ${of(shop)}; at the ERP: ${of(erp)}`
}

/** Time of one core: what else the machine does counts nowhere. */
function coreMsSince(begun: NodeJS.CpuUsage): Span {
  const { user, system } = process.cpuUsage(begun)
  return (user + system) / 1000
}

/** Gently, with the time that a stop may take. */
export async function endLife(life: Life, clock: VirtualClock): Promise<void> {
  await passUntil(clock, life.engine.stop(), stopMax)
}

/** Of a rule that waits in its own way. */
const patience = z.object({ graceMinutes: z.int().nullable() })

/** As the rule or the pair's settings have it; a connection has none. */
export function graceOf({ pair }: Stage): (rule: string) => Span {
  return (rule) => {
    if (rule === 'F11-flow-stopped') return minutes(pair.settings.graceMinutes)
    // what is told of a share of calls, of a pace or of an age must have been watched for a while
    if (/^(?:F03-failed-calls|F11-(?:batch-rhythm|documents-stopped|stream-stale|sync-slow))$/.test(rule)) return minutes(30)
    // who leaves every call without an answer is known by that alone: a minute is waited, three times
    if (rule === 'F12-connection-blind') return minutes(3)
    if (/^F1[12]-/.test(rule)) return 0
    const own = patience.safeParse(catalogue.get(rule)?.params.safeParse(pair.settings.rules[rule]?.params ?? {}).data)
    if (own.success && own.data.graceMinutes !== null) return minutes(own.data.graceMinutes)
    return minutes(rule.startsWith('F01-') ? pair.settings.stockTargetMinutes : pair.settings.graceMinutes)
  }
}

/** What the shop's lists show late is known late, however often they are read. */
function pacesOf({ shop, erp, connectorOf, indexLag }: Stage, pollSeconds: number): Observed['paceOf'] {
  const [sells, books] = [shop, erp].map(({ connection }) => connectorOf(connection.platform))
  if (sells === undefined || sells === null || books === undefined || books === null) throw new Error('a stage has a connector for each side')
  const pace = paceOf({ shop: sells, erp: books }, pollSeconds)
  return (rule, key) => pace(rule, key) + (looksOf(rule).shop === undefined ? 0 : indexLag)
}

function troublesOf(stage: Stage): readonly Trouble[] {
  return [stage.shop, stage.erp].flatMap(({ connection, weather }) =>
    weather.spells.map(({ from, to }) => ({ connection: connection.id, from, to })),
  )
}
