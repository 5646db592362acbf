/** Each kind in its turn, so that none is left to chance: those that bear company first, then those that befall a whole side, one by one. */
import { type Instant, type Span, hours, minutes } from '../../src-main/domain/time.ts'
import type { Calendar } from '../../src-main/world/business/calendar.ts'
import type { Scenario, WorldScenario } from '../../src-main/world/scenarios/scenario.ts'
import type { World } from '../../src-main/world/world.ts'

export interface Turning {
  readonly world: Pick<World, 'advance' | 'stage' | 'truth'>
  readonly calendar: Pick<Calendar, 'local' | 'working'>
  readonly scenarios: readonly Scenario[]
  readonly startsAt: Instant
  /** How often each of those that bear company is played. */
  readonly turns: number
  /** Anything from 0 to 1, for the order that they come in. */
  readonly fraction: () => number
}

interface Turn {
  readonly at: Instant
  readonly name: string
  readonly twin: boolean
}

/** Nothing is played before there is something to compare with. */
const quiet: Span = minutes(20)
/** From one to the next; its twin comes half-way. */
const apart: Span = minutes(5)
/** Of those that befall a whole side the next begins so long after everybody could see that the last is over. */
const pause: Span = minutes(45)
const lookEvery: Span = minutes(10)
const lastsByDefault: Span = hours(1)
/** Later in the day too little is left of it to be held up. */
const latestHour = 14

/** Lets the world go on until then, and plays what has its turn on the way. */
export function inTurns({ world, calendar, scenarios, startsAt, turns, fraction }: Turning): (to: Instant) => void {
  const together = scenarios.filter((one) => one.kind === 'order' || !one.alone)
  const plan = planned(Array.from({ length: turns }, () => shuffled(together, fraction)).flat(), startsAt + quiet)
  const waiting = shuffled(scenarios.flatMap((one) => (one.kind === 'world' && one.alone ? [one] : [])), fraction)
  let lookAt = startsAt + quiet + turns * together.length * apart
  let last: { readonly scenario: WorldScenario; readonly at: Instant } | null = null

  function look(at: Instant): void {
    if (last !== null && !isOver(last, at)) return
    const isMorning = calendar.working(at) === at && calendar.local(at).hour < latestHour
    const fits = waiting.findIndex(({ atWork = false }) => atWork === isMorning)
    // in the morning come those that need it, while there are any
    const next = fits === -1 && isMorning ? waiting.findIndex(({ atWork = false }) => !atWork) : fits
    const [scenario] = next === -1 ? [] : waiting.splice(next, 1)
    if (scenario === undefined) return
    last = { scenario, at }
    world.stage(scenario.name, false)
  }

  function isOver({ scenario, at: begunAt }: NonNullable<typeof last>, at: Instant): boolean {
    const labels = world.truth().planted.filter((one) => one.scenario === scenario.name)
    const healedAt = labels.length === 0 || labels.some((one) => one.healedAt === null) ? null : Math.max(...labels.map((one) => one.healedAt ?? 0))
    return at >= Math.min(begunAt + (scenario.lastsMs ?? lastsByDefault), healedAt ?? Infinity) + pause
  }

  return (to) => {
    for (;;) {
      const turn = plan[0]
      const lookNext = waiting.length === 0 ? Infinity : lookAt
      const at = Math.min(turn?.at ?? Infinity, lookNext)
      if (at > to) break
      world.advance(at)
      if (turn?.at === at) {
        plan.shift()
        world.stage(turn.name, turn.twin)
      } else {
        lookAt += lookEvery
        look(at)
      }
    }
    world.advance(to)
  }
}

function planned(scenarios: readonly Scenario[], from: Instant): Turn[] {
  return scenarios.flatMap(({ name }, nth) => {
    const at = from + nth * apart
    return [{ at, name, twin: false }, { at: at + apart / 2, name, twin: true }]
  })
}

function shuffled<One>(all: readonly One[], fraction: () => number): One[] {
  return all.map((one) => ({ one, by: fraction() })).toSorted((left, right) => left.by - right.by).map(({ one }) => one)
}
