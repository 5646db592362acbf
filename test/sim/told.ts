/** How a simulation is told: in words for a person, and in the shape of vitest's report for whoever counts. */
import type { Moment } from './deaths.ts'
import type { Endured } from './endure.ts'
import type { Failing, ScenarioScore } from './score.ts'
import { type SimReport, owedOf } from './sum.ts'

export interface Told {
  readonly report: SimReport & {
    /** What weather each seed met on which something did not hold. */
    readonly skies: readonly { readonly seed: number; readonly skies: string }[]
  }
  readonly endured: readonly Endured[]
  readonly failing: readonly Failing[]
  /** A scenario was asked for by name, and nothing of it was owed in so short a time. */
  readonly showsNothing: boolean
  /** The one command that shows a failing again. */
  readonly commandOf: (failing: Failing) => string
}

const failingMax = 40

export function inWords({ report, endured, failing, showsNothing, commandOf }: Told): string {
  const percent = (share: number | null): string => (share === null ? 'nothing planted' : `${(share * 100).toFixed(2)} %`)
  const deaths = endured.reduce((sum, one) => sum + one.crashes, 0)
  const torn = endured.reduce((sum, one) => sum + one.torn, 0)
  const diedAt = (...of: readonly Moment[]): number => of.reduce((sum, moment) => sum + endured.reduce((many, one) => many + (one.moments.get(moment) ?? 0), 0), 0)
  const replays = endured.reduce((sum, one) => sum + one.replays, 0)
  return [
    `${report.seeds} seeds, ${report.simulatedDays} simulated days, ${report.orders} orders (${report.cleanOrders} clean)`,
    `${report.kindsOwed} of ${report.scenarios.length} kinds were owed, and ${report.kindsFound} of these found in time each time`,
    `recall ${percent(report.recall)}, where money is lost ${percent(report.recallCritical)}; late ${report.lateFound}`,
    `right causes ${percent(report.causeRight)}, wrong ones ${report.causeWrong}; right amounts ${percent(report.amountRight)}, wrong ones ${report.amountWrong}`,
    `false alarms ${report.falseAlarms}, wrong closures ${report.wrongClosures}, not judged though healthy ${report.notJudgedHealthy}, beside ${report.besides}`,
    `notices a day (p99) ${report.noticesPerDayP99}, closed by evidence ${percent(report.selfHealedShare)}, once mended ${percent(report.mendedClosedShare)}, unexplained ${report.unexplainedMinor} minor units`,
    `${deaths} deaths (${torn} in the middle of a write; ${diedAt('call')} at a call, ${diedAt('write', 'kept')} at a commit, ${diedAt('folding')} as the log was folded in, ${diedAt('opening')} at an opening), ${replays} replays: ${report.duplicates} duplicates, ${report.lostIntents} lost`,
    report.secondsPerSimulatedDay === null ? '' : `${report.secondsPerSimulatedDay} s of one core for a simulated day`,
    '',
    ...report.scenarios.filter((one) => one.planted > 0).map(scenarioInWords),
    ...unmetInWords(report.scenarios),
    ...(showsNothing ? ['Nothing of it was owed in so short a time, and so nothing is shown: give it more --days or another --seed.'] : []),
    ...(failing.length > 0 ? ['', `${failing.length} did not hold:`] : showsNothing ? [] : ['Everything held.']),
    ...failing.slice(0, failingMax).map((one) => `  seed ${one.seed}, ${one.what}${one.scenario === null ? '' : ` (${one.scenario})`}: ${one.says}`),
    ...(failing.length > failingMax ? [`  … and ${failing.length - failingMax} more`] : []),
    ...report.skies.map(({ seed, skies }) => `weather of seed ${seed}: ${skies}`),
    ...[...new Set(failing.map(commandOf))].slice(0, 10).map((command) => `again: ${command}`),
    '',
  ].join('\n')
}

/** What nothing was owed of shows nothing: it is named, so that nobody takes it for found. */
function unmetInWords(scenarios: readonly ScenarioScore[]): readonly string[] {
  const unmet = scenarios.filter((one) => one.status === 'live' && owedOf(one) === 0)
  return unmet.length === 0 ? [] : [`Nothing owed, and so nothing shown, of ${unmet.length} of ${scenarios.length} scenarios: ${unmet.map(({ name }) => name).join(', ')}`]
}

function scenarioInWords(one: ScenarioScore): string {
  if (one.status === 'pending') return `… ${one.pattern} ${one.name}: pending, ${one.planted} planted`
  const mark = one.late + one.missed + one.falseAlarms === 0 ? '✓' : '✗'
  return `${mark} ${one.pattern} ${one.name}: ${one.found} of ${owedOf(one)} found, ${one.late} late, ${one.missed} missed, ${one.falseAlarms} false, cause right ${one.causeRight}, open ${one.causeOpen}, wrong ${one.causeWrong}, amount right ${one.amountRight}, wrong ${one.amountWrong}, ${one.excused} not owed`
}

/** A row for each thing that a person would ask whether it holds; what is known not to hold yet has none. */
export function asVitest({ report, endured, failing, commandOf }: Told, unmet: readonly Failing['what'][] = []): unknown {
  const of = (...what: Failing['what'][]): readonly Failing[] => failing.filter((one) => what.includes(one.what))
  const row = (fullName: string, broken: readonly Failing[]) => ({
    fullName,
    status: broken.length === 0 ? 'passed' : 'failed',
    failureMessages: broken.slice(0, 1).map((one) => `${one.says} (${broken.length} in all); again: ${commandOf(one)}`),
  })
  const live = report.scenarios.filter((one) => one.status === 'live' && one.planted > 0)
  const rows = [
    ...(unmet.includes('missed') ? [] : live).map((one) => row(`the simulation finds: ${one.name}`, of('missed', 'late').filter((broken) => broken.scenario === one.name))),
    ...(unmet.includes('false-alarm') ? [] : [row('the simulation cries no wolf', of('false-alarm'))]),
    ...(unmet.includes('wrong-cause') ? [] : [row('the simulation names no wrong cause', of('wrong-cause'))]),
    ...(unmet.includes('wrong-amount') ? [] : [row('the simulation states no other money than is at stake', of('wrong-amount'))]),
    ...(unmet.includes('unexplained') ? [] : [row('the simulation leaves no money without a place', of('unexplained'))]),
    row('the simulation closes nothing that still stands', of('wrong-closure')),
    row('the simulation closes what was mended as soon as that can be seen', of('left-open')),
    row('the simulation judges whatever can be seen', of('not-judged')),
    row('the simulation meets no error of the engine', of('error')),
    ...(endured.length === 0 ? [] : [row('the simulation sends nothing twice', of('duplicate')), row('the simulation loses nothing that was promised', of('lost-intent'))]),
  ]
  const status = rows.every((one) => one.status === 'passed') ? 'passed' : 'failed'
  return { testResults: [{ name: 'test/sim', status, assertionResults: rows }] }
}
