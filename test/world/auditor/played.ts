/** Plays scenarios and their twins in one world, watched by the auditor, and says what came of it. */
import { openWorld } from '../../../src-main/world/open-world.ts'
import type { Scenario } from '../../../src-main/world/scenarios/scenario.ts'
import type { Planted, Truth } from '../../../src-main/world/world.ts'
import { openWatch, type Spell } from './audit.ts'

const minute = 60_000

export interface Played {
  readonly truth: Truth
  readonly end: number
  readonly spells: readonly Spell[]
}

export interface Playing {
  readonly seed: number
  readonly startAt: number
  readonly ordersPerDay: number
  readonly lastsMs: number
  readonly everyMs: number
  /** From one scenario to the next; its twin comes half-way. */
  readonly apartMs: number
  readonly lookEveryMs: number
}

export function play(scenarios: readonly Scenario[], how: Playing): Played {
  const world = openWorld({ seed: how.seed, startAt: how.startAt, ordersPerDay: how.ordersPerDay })
  const watch = openWatch(world)
  const plan = scenarios.flatMap(({ name }, turn) => {
    const at = how.startAt + how.everyMs + turn * how.apartMs
    return [{ at, name, twin: false }, { at: at + how.apartMs / 2, name, twin: true }]
  })
  const end = how.startAt + how.lastsMs
  for (let now = how.startAt; now < end; now += how.lookEveryMs) {
    for (let next = plan[0]; next !== undefined && next.at <= now; next = plan[0]) {
      world.advance(next.at)
      world.stage(next.name, next.twin)
      plan.shift()
    }
    world.advance(now)
    watch.look(now)
  }
  return { truth: world.truth(), end, spells: watch.spells(0) }
}

/** The auditor looks now and then, and may take a day to be sure of a month. */
const patienceMs: Readonly<Record<string, number>> = { 'F06-invoice-missing': 8 * 60 * minute }

/** Spells in which the auditor saw what was planted. */
export function seen({ spells }: Played, planted: Planted): readonly Spell[] {
  const patience = patienceMs[planted.rule] ?? 45 * minute
  return spells.filter((spell) =>
    spell.rule === planted.rule && spell.key === planted.subject.key &&
    spell.from <= planted.findableAt + patience && spell.to >= planted.findableAt - 20 * minute)
}

/** What lasted, and neither was planted nor follows from what was. */
export function unexplained({ truth, spells }: Played, lastedMs: number): readonly string[] {
  return spells
    .filter((spell) => spell.to - spell.from >= lastedMs)
    .filter((spell) => !truth.planted.some((one) => one.rule === spell.rule && one.subject.key === spell.key))
    .filter((spell) => !truth.excused.some((one) => (one.rule === null || one.rule === spell.rule) && one.subject.key === spell.key && one.from <= spell.from + 20 * minute))
    .map((spell) => `${spell.rule} ${spell.key} from ${new Date(spell.from).toISOString()} to ${new Date(spell.to).toISOString()}`)
}
