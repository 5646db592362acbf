/** Brings scenarios on: now and then by their rates, or when one is asked for. */
import type { Wish } from '../business/carts.ts'
import { minute } from '../business/calendar.ts'
import type { Dice } from '../business/dice.ts'
import type { Case, Script, Stage } from '../business/stage.ts'
import type { Instant } from '../world.ts'
import { scenarios } from './registry.ts'
import { type LabelDraft, orderOf, type OrderScenario, patternOf, type Scenario, type Tools } from './scenario.ts'

export interface Play {
  /** An order comes, perhaps with a fault of its own. */
  order(): void
  stage(name: string, twin: boolean): void
}

export interface Rates {
  readonly scenarios?: 'all' | readonly string[]
  readonly faultRate?: number
  readonly twinRate?: number
  readonly faultsFrom?: Instant
}

/** Somebody tries the checkout, with goods that are no stock of anybody's. */
const testShare = 0.004
const testOrder: Wish = { test: true, method: 'card', trait: 'drop-ship', lines: 1, fate: 'plain' }

type Arrive = (wish: Wish, script: (one: Case) => Script | null) => Case | null

export function openPlay(stage: Stage, rates: Rates, arrive: Arrive): Play {
  const enabled = chosen(rates.scenarios ?? [])
  const dice = stage.dice('play')
  const begins = Math.max(stage.agenda.now(), rates.faultsFrom ?? 0)
  let busyUntil = begins + 20 * minute
  let turns = 0

  function play(scenario: Scenario, twin: boolean): void {
    turns += 1
    const own = stage.dice('scenario', scenario.name, turns)
    const tools = toolsFor(stage, arrive, scenario, own)
    if (scenario.kind === 'order') {
      playOnOrder(arrive, scenario, tools, twin)
      return
    }
    if (scenario.alone) busyUntil = stage.agenda.now() + (scenario.lastsMs ?? 60 * minute)
    if (twin) scenario.twinHappens(tools)
    else scenario.happens(tools)
  }

  function next(twin: boolean): Scenario | null {
    const scenario = dice.pick(enabled)
    const waits = scenario.kind === 'world' && scenario.alone && stage.agenda.now() < busyUntil
    return waits || (twin && scenario.kind === 'world' && scenario.alone && dice.chance(0.5)) ? null : scenario
  }

  return {
    order() {
      const goesWell = enabled.length === 0 || stage.agenda.now() < begins
      const fault = !goesWell && dice.chance(rates.faultRate ?? 0)
      const twin = !goesWell && !fault && dice.chance(rates.twinRate ?? 0)
      const scenario = fault || twin ? next(twin) : null
      if (scenario !== null) play(scenario, twin)
      if (scenario?.kind !== 'order') arrive(dice.chance(testShare) ? testOrder : {}, () => null)
    },
    stage(name, twin) {
      const [scenario] = chosen([name])
      if (scenario !== undefined) play(scenario, twin)
    },
  }
}

/** Throws for a name that nobody knows, and says which there are. */
function chosen(names: 'all' | readonly string[]): readonly Scenario[] {
  if (names === 'all') return scenarios
  return names.map((name) => {
    const found = scenarios.find((scenario) => scenario.name === name)
    if (found !== undefined) return found
    throw new Error(`There is no scenario ${name}. There are: ${scenarios.map((one) => one.name).join(', ')}.`)
  })
}

function toolsFor(stage: Stage, arrive: Arrive, scenario: Scenario, dice: Dice): Tools {
  return {
    stage,
    dice,
    plant(label: LabelDraft) {
      const { subject, rule = scenario.rules[0] ?? '', amount = null, cause = null, critical = scenario.critical } = label
      return stage.truth.plant({
        scenario: scenario.name, pattern: patternOf(scenario), rule, subject, amount, cause, critical,
        findableAt: label.findableAt ?? stage.agenda.now(),
        ...(label.instead === undefined ? {} : { instead: label.instead }),
        ...(label.unpriced === undefined ? {} : { unpriced: label.unpriced }),
      })
    },
    heal: (planted) => stage.truth.heal(planted),
    after: (spanMs, happens) => stage.agenda.after(spanMs, happens),
    buy: (wish, script) => void arrive(wish, (one) => script?.(one) ?? null),
    innocent: (subject, because = scenario.twin) => stage.truth.innocent({ scenario: scenario.name, subject, because }),
    excuse: (subject, rule, because) => stage.truth.excuse({ subject, rule, because }),
  }
}

function playOnOrder(arrive: Arrive, scenario: OrderScenario, tools: Tools, twin: boolean): void {
  if (twin) {
    const one = arrive(scenario.twinWish ?? scenario.wish, (it) => scenario.twinScript(tools, it))
    if (one !== null) tools.innocent(orderOf(one))
    return
  }
  arrive(scenario.wish, (one) => {
    tools.excuse(orderOf(one), null, `It is the order of ${scenario.name}: what else is said of it follows from that.`)
    return withInvoicesExcused(tools, scenario, scenario.script(tools, one))
  })
}

/** An order's fault shows on its invoices too. */
function withInvoicesExcused(tools: Tools, scenario: OrderScenario, script: Script): Script {
  const excuse = (one: Case): void => {
    for (const move of [...one.invoices, ...one.credits]) {
      tools.excuse({ kind: 'invoice', key: move.name }, null, `It bills the order of ${scenario.name}.`)
    }
  }
  return {
    ...script,
    invoiced(one) {
      excuse(one)
      return script.invoiced?.(one)
    },
    credited(one) {
      excuse(one)
      return script.credited?.(one)
    },
  }
}
