/** Adds the scores of many runs into the figures that `npm run sim` prints. */
import type { Failing, RunScore, ScenarioScore } from './score.ts'

export interface SimReport {
  readonly seeds: number
  readonly simulatedDays: number
  readonly scenarios: readonly ScenarioScore[]
  /** Scenarios that were owed at least once, and those of them that were found in time whenever they were. */
  readonly kindsOwed: number
  readonly kindsFound: number
  /** Null where nothing was planted that counts. */
  readonly recallCritical: number | null
  readonly recall: number | null
  readonly orders: number
  readonly cleanOrders: number
  readonly falseAlarms: number
  readonly besides: number
  readonly notJudgedHealthy: number
  readonly lateFound: number
  readonly noticesPerDayP99: number
  readonly wrongClosures: number
  /** Of all that was rightly said: closed by evidence before the run ended. */
  readonly selfHealedShare: number | null
  /** Of what was mended in the two systems while there was time to see it: closed by evidence as soon as it could be. */
  readonly mendedClosedShare: number | null
  /** Of what was found and has a cause: told the right one, and another one. */
  readonly causeRight: number | null
  readonly causeWrong: number
  /** Of what was found and has an amount: told that very figure, and another one. */
  readonly amountRight: number | null
  readonly amountWrong: number
  readonly duplicates: number
  readonly lostIntents: number
  readonly unexplainedMinor: number
  readonly secondsPerSimulatedDay: number | null
  readonly failing: readonly Failing[]
}

/** `asked`: what could have been planted, each with nothing counted yet, so that what no run met is listed as well. */
export function sumOf(runs: readonly RunScore[], asked: readonly ScenarioScore[] = []): SimReport {
  const scenarios = merged([...asked, ...runs.flatMap((run) => run.scenarios)])
  const total = (of: (run: RunScore) => number): number => runs.reduce((sum, run) => sum + of(run), 0)
  const days = total((run) => run.days)
  const opened = total((run) => run.rightlyOpened)
  const mended = total((run) => run.mended)
  return {
    seeds: runs.length,
    simulatedDays: Math.round(days * 1000) / 1000,
    scenarios,
    kindsOwed: scenarios.filter((one) => owedOf(one) > 0).length,
    kindsFound: scenarios.filter((one) => owedOf(one) > 0 && one.found === owedOf(one)).length,
    recallCritical: recallOf(scenarios.filter((one) => one.critical)),
    recall: recallOf(scenarios),
    orders: total((run) => run.orders),
    cleanOrders: total((run) => run.cleanOrders),
    falseAlarms: total((run) => run.falseAlarms),
    besides: total((run) => run.besides),
    notJudgedHealthy: total((run) => run.notJudgedHealthy),
    lateFound: scenarios.reduce((sum, one) => sum + one.late, 0),
    noticesPerDayP99: percentile(runs.flatMap((run) => run.noticesPerDay), 0.99),
    wrongClosures: total((run) => run.wrongClosures),
    selfHealedShare: opened === 0 ? null : share(total((run) => run.selfHealed), opened),
    mendedClosedShare: mended === 0 ? null : share(total((run) => run.mendedClosed), mended),
    causeRight: causeShare(scenarios),
    causeWrong: scenarios.reduce((sum, one) => sum + one.causeWrong, 0),
    amountRight: amountShare(scenarios),
    amountWrong: scenarios.reduce((sum, one) => sum + one.amountWrong, 0),
    duplicates: total((run) => run.duplicates),
    lostIntents: total((run) => run.lostIntents),
    unexplainedMinor: total((run) => run.unexplainedMinor),
    secondsPerSimulatedDay: days === 0 ? null : Math.round(total((run) => run.elapsedMs) / days) / 1000,
    failing: runs.flatMap((run) => run.failing),
  }
}

/** Late is missed, and what is pending counts nowhere. */
export function owedOf({ status, found, late, missed }: ScenarioScore): number {
  return status === 'live' ? found + late + missed : 0
}

/** Found in time, out of what had to be. */
function recallOf(scenarios: readonly ScenarioScore[]): number | null {
  const owed = scenarios.reduce((sum, one) => sum + owedOf(one), 0)
  return owed === 0 ? null : share(scenarios.reduce((sum, one) => sum + (one.status === 'live' ? one.found : 0), 0), owed)
}

function causeShare(scenarios: readonly ScenarioScore[]): number | null {
  const told = scenarios.reduce((sum, one) => sum + one.causeRight + one.causeOpen + one.causeWrong, 0)
  return told === 0 ? null : share(scenarios.reduce((sum, one) => sum + one.causeRight, 0), told)
}

function amountShare(scenarios: readonly ScenarioScore[]): number | null {
  const told = scenarios.reduce((sum, one) => sum + one.amountRight + one.amountWrong, 0)
  return told === 0 ? null : share(scenarios.reduce((sum, one) => sum + one.amountRight, 0), told)
}

function merged(all: readonly ScenarioScore[]): readonly ScenarioScore[] {
  const byName = new Map<string, ScenarioScore>()
  for (const one of all) {
    const known = byName.get(one.name)
    byName.set(one.name, known === undefined ? one : added(known, one))
  }
  return [...byName.values()].toSorted((left, right) => (left.name < right.name ? -1 : 1))
}

function added(left: ScenarioScore, right: ScenarioScore): ScenarioScore {
  return {
    name: left.name,
    pattern: left.pattern,
    status: left.status === 'live' || right.status === 'live' ? 'live' : 'pending',
    critical: left.critical || right.critical,
    planted: left.planted + right.planted,
    found: left.found + right.found,
    late: left.late + right.late,
    missed: left.missed + right.missed,
    excused: left.excused + right.excused,
    falseAlarms: left.falseAlarms + right.falseAlarms,
    causeRight: left.causeRight + right.causeRight,
    causeOpen: left.causeOpen + right.causeOpen,
    causeWrong: left.causeWrong + right.causeWrong,
    amountRight: left.amountRight + right.amountRight,
    amountWrong: left.amountWrong + right.amountWrong,
  }
}

function percentile(values: readonly number[], of: number): number {
  const sorted = values.toSorted((left, right) => left - right)
  return sorted[Math.max(0, Math.ceil(sorted.length * of) - 1)] ?? 0
}

function share(part: number, whole: number): number {
  return Math.round((part / whole) * 1_000_000) / 1_000_000
}
