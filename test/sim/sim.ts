/** `npm run sim`: the engine against the lying world, seed by seed; says what held, and how to see again what did not. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { existsSync } from 'node:fs'
import { type Endured, endure } from './endure.ts'
import { type Ran, runSeed } from './run.ts'
import type { Failing } from './score.ts'
import { sumOf } from './sum.ts'
import { type Told, asVitest, inWords } from './told.ts'
import { enduringStage, scenarioNames, worldStage } from './world-stage.ts'

const exitCodes = { fine: 0, failing: 1, usage: 2 } as const

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '3' },
    /** The first one; fresh unless it is named. */
    seed: { type: 'string' },
    days: { type: 'string', default: '1' },
    scenario: { type: 'string' },
    /** Seconds between two readings of what must be near real time. */
    interval: { type: 'string', default: '60' },
    crashes: { type: 'string', default: '0' },
    replays: { type: 'string', default: '0' },
    history: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    /** Where a report in vitest's shape is written. */
    report: { type: 'string' },
  },
})

process.exitCode = await main()

async function main(): Promise<number> {
  const asked = {
    seeds: numberOf('seeds', 0),
    days: numberOf('days', 0, false),
    interval: numberOf('interval', 5),
    crashes: numberOf('crashes', 0),
    replays: numberOf('replays', 0),
    seed: values.seed === undefined ? freshSeed() : numberOf('seed', 0),
  }
  const wrong = Object.entries(asked).find(([, value]) => value === null)
  if (wrong !== undefined) return refuse(`--${wrong[0]} takes a number that makes sense, not "${String(Object.entries(values).find(([name]) => name === wrong[0])?.[1])}".`)
  const names = scenarioNames()
  const scenario = values.scenario ?? null
  if (scenario !== null && !names.includes(scenario)) return refuse(`There is no scenario "${scenario}". There are:\n${names.map((name) => `  ${name}`).join('\n')}`)
  const plan = { scenario, seeds: asked.seeds ?? 0, days: asked.days ?? 0, interval: asked.interval ?? 0, crashes: asked.crashes ?? 0, replays: asked.replays ?? 0, seed: asked.seed ?? 0 }
  if (values.seed === undefined) process.stderr.write(`seed ${plan.seed}\n`)
  const told = await simulate(plan)
  process.stdout.write(values.json ? `${JSON.stringify(told.report)}\n` : inWords(told))
  if (values.json) for (const command of new Set(told.failing.map(told.commandOf))) process.stderr.write(`again: ${command}\n`)
  if (values.report !== undefined) {
    mkdirSync(dirname(values.report), { recursive: true })
    writeFileSync(values.report, JSON.stringify(asVitest(told)))
  }
  return told.failing.length === 0 ? exitCodes.fine : exitCodes.failing
}

interface Plan {
  readonly scenario: string | null
  readonly seeds: number
  readonly seed: number
  readonly days: number
  readonly interval: number
  readonly crashes: number
  readonly replays: number
}

async function simulate(plan: Plan): Promise<Told> {
  const ran: Ran[] = []
  for (let nth = 0; nth < plan.seeds; nth += 1) {
    const seed = plan.seed + nth
    const historyPath = values.history ? join('artefacts', 'sim', `seed-${seed}.txt`) : null
    // oxlint-disable-next-line no-await-in-loop -- one core, one seed at a time
    ran.push(await runSeed({ seed, days: plan.days, pollSeconds: plan.interval, openStage: worldStage(plan.scenario), historyPath }))
    if (historyPath !== null) process.stderr.write(`history of seed ${seed}: ${historyPath}\n`)
  }
  const endured = plan.crashes + plan.replays > 0 ? [await endureIn(plan)] : []
  const report = sumOf(ran.map((one) => one.score))
  const failing = [...report.failing, ...endured.flatMap((one) => one.failing)]
  const hard = new Set(endured.flatMap((one) => one.failing))
  return {
    report: {
      ...report,
      failing,
      duplicates: report.duplicates + endured.reduce((sum, one) => sum + one.duplicates, 0),
      lostIntents: report.lostIntents + endured.reduce((sum, one) => sum + one.lostIntents, 0),
    },
    endured,
    failing,
    commandOf: (one) => (hard.has(one) ? againHard(plan) : again(plan, one)),
  }
}

/** Databases live in memory where the machine has such a place: a thousand deaths are a thousand files. */
async function endureIn(plan: Plan): Promise<Endured> {
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'plumbline-sim-'))
  try {
    return await endure({ seed: plan.seed, crashes: plan.crashes, replays: plan.replays, pollSeconds: plan.interval, openStage: enduringStage(), folder })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function again(plan: Plan, { seed }: Failing): string {
  const scenario = plan.scenario === null ? '' : ` --scenario "${plan.scenario}"`
  return `npm run --silent sim -- --seed ${seed} --seeds 1 --days ${plan.days} --interval ${plan.interval}${scenario} --history`
}

function againHard(plan: Plan): string {
  return `npm run --silent sim -- --seed ${plan.seed} --seeds 0 --interval ${plan.interval} --crashes ${plan.crashes} --replays ${plan.replays}`
}

function freshSeed(): number {
  return Math.floor(Math.random() * 1_000_000_000)
}

function numberOf(name: 'seeds' | 'seed' | 'days' | 'interval' | 'crashes' | 'replays', least: number, isWhole = true): number | null {
  const given = Number(values[name])
  return Number.isFinite(given) && given >= least && (!isWhole || Number.isSafeInteger(given)) ? given : null
}

function refuse(says: string): number {
  process.stderr.write(`${says}\n`)
  return exitCodes.usage
}
