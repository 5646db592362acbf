/** `npm run sim`: the engine against the lying world, seed by seed; says what held, and how to see again what did not. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { minutes } from '../../src-main/domain/time.ts'
import { roughClimate } from '../../src-main/world/wire/weather.ts'
import { type Endured, endure } from './endure.ts'
import { deskScenarios } from './desk/desk.ts'
import { type Ran, runSeed } from './run.ts'
import { type Plan, namedBy, planOf } from './plan.ts'
import type { OpenStage } from './stage.ts'
import { owedOf, sumOf } from './sum.ts'
import { odooSide } from './tiny/erp-sides.ts'
import { tinyStage } from './tiny/stage.ts'
import { type Told, asVitest, inWords } from './told.ts'
import { enduringStage, scenarioNames, scenariosAsked, worldStage } from './world-stage.ts'

const exitCodes = { fine: 0, failing: 1, usage: 2 } as const

async function main(): Promise<number> {
  const plan = planOf(process.argv.slice(2), scenarioNames())
  if ('problem' in plan) {
    process.stderr.write(`${plan.problem}\n`)
    return exitCodes.usage
  }
  process.stderr.write(`seed ${plan.seed}\n`)
  const told = await simulate(plan)
  process.stdout.write(plan.json ? `${JSON.stringify(told.report)}\n` : inWords(told))
  if (plan.json) for (const command of new Set(told.failing.map(told.commandOf))) process.stderr.write(`again: ${command}\n`)
  if (plan.report !== null) {
    mkdirSync(dirname(plan.report), { recursive: true })
    writeFileSync(plan.report, JSON.stringify(asVitest(told, plan.unmet)))
  }
  return !told.showsNothing && told.failing.every((one) => plan.unmet.includes(one.what)) ? exitCodes.fine : exitCodes.failing
}

async function simulate(plan: Plan): Promise<Told> {
  const ran: Ran[] = []
  const desk = plan.scenario === null ? [] : namedBy(plan.scenario, scenarioNames()).filter((name) => deskScenarios.some((one) => one.name === name))
  for (let nth = 0; nth < plan.seeds; nth += 1) {
    const seed = plan.seed + nth
    const historyPath = plan.history ? join('artefacts', 'sim', `seed-${seed}.txt`) : null
    // oxlint-disable-next-line no-await-in-loop -- one core, one seed at a time
    ran.push(await sayingWhich(plan, seed, runSeed({ seed, days: plan.days, pollSeconds: plan.interval, openStage: worldStage(plan.scenario, plan), desk, historyPath })))
    if (historyPath !== null) process.stderr.write(`history of seed ${seed}: ${historyPath}\n`)
  }
  const endured = [
    ...(plan.crashes > 0 ? [await endureIn(plan, enduringStage(), { crashes: plan.crashes, replays: 0 })] : []),
    ...(plan.replays > 0 ? [await endureIn(plan, replayStage, { crashes: Math.ceil(plan.replays / deathEvery), replays: plan.replays })] : []),
  ]
  const report = sumOf(ran.map((one) => one.score), plan.seeds === 0 ? [] : scenariosAsked(plan.scenario))
  const failing = [...report.failing, ...endured.flatMap((one) => one.failing)]
  const hard = new Set(endured.flatMap((one) => one.failing))
  return {
    report: {
      ...report,
      failing,
      duplicates: report.duplicates + endured.reduce((sum, one) => sum + one.duplicates, 0),
      lostIntents: report.lostIntents + endured.reduce((sum, one) => sum + one.lostIntents, 0),
      skies: ran.map(({ score: { failing: broken }, skies }, nth) => ({ seed: plan.seed + nth, skies, broken: broken.length > 0 })).flatMap(({ broken, ...one }) => (broken ? [one] : [])),
    },
    endured,
    failing,
    showsNothing: plan.scenario !== null && plan.seeds > 0 && report.scenarios.every((one) => one.status === 'live' && owedOf(one) === 0),
    commandOf: (one) => (hard.has(one) ? againHard(plan) : again(plan, one.seed)),
  }
}

/** What breaks is a bug, and is seen again by its seed as well. */
async function sayingWhich(plan: Plan, seed: number, run: Promise<Ran>): Promise<Ran> {
  try {
    return await run
  } catch (error) {
    process.stderr.write(`seed ${seed} came to no end\nagain: ${again(plan, seed)}\n`)
    throw error
  }
}

/** Replays among which an engine dies once. */
const deathEvery = 10

/** Many orders are lost and every one could be entered, on bad lines, through the engine's own connector to Odoo. */
const replayStage = tinyStage({ erp: odooSide, climate: roughClimate, lost: 0.5, doubled: 0, tardy: 0, everyMs: minutes(2) })

/** Databases live in memory where the machine has such a place: a thousand deaths are a thousand files. */
async function endureIn(plan: Plan, openStage: OpenStage, goal: { readonly crashes: number; readonly replays: number }): Promise<Endured> {
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'plumbline-sim-'))
  try {
    return await endure({ seed: plan.seed, ...goal, pollSeconds: plan.interval, openStage, folder })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function again(plan: Plan, seed: number): string {
  const scenario = plan.scenario === null ? '' : ` --scenario "${plan.scenario}"`
  const ills = `${plan.faults === null ? '' : ` --faults ${plan.faults}`}${plan.errors === 0 ? '' : ` --errors ${plan.errors}`}${plan.weather ? ' --weather' : ''}${plan.turns === 0 ? '' : ` --turns ${plan.turns}`}`
  return `npm run --silent sim -- --seed ${seed} --seeds 1 --days ${plan.days} --interval ${plan.interval}${scenario}${ills} --history`
}

function againHard(plan: Plan): string {
  return `npm run --silent sim -- --seed ${plan.seed} --seeds 0 --interval ${plan.interval} --crashes ${plan.crashes} --replays ${plan.replays}`
}

process.exitCode = await main()
