/** Holds what a monitor said against what was true: pure, so that the measure itself can be tested. */
import { type Instant, type Span, days } from '../../src-main/domain/time.ts'
import type { Innocent, Pattern, Planted, Truth } from '../../src-main/world/world.ts'
import { isAbout, owedBy, saidOf, speaksOf, standsFrom, tells } from './about.ts'
import { type Blind, blindTimes, tolerance } from './blindness.ts'
import { type Mending, closedWrongly, mendingOf } from './closures.ts'
import { amountTold, amountsInWords, causeTold } from './particulars.ts'

/** An incident from one opening to its closing; reopened, it is another. */
export interface Said {
  readonly rule: string
  readonly kind: string
  readonly key: string
  /** Subjects that it speaks of together: parts of one cause, each since it became one, and again after it had left. Empty: of its own subject alone. */
  readonly parts: ReadonlyMap<string, readonly Instant[]>
  readonly cause: string | null
  readonly amount: { readonly minor: number; readonly currency: string } | null
  readonly severity: string
  readonly says: string
  readonly openedAt: Instant
  readonly closedAt: Instant | null
}

/** One connection was in trouble that the simulation itself made: what is said of it then is right. */
export interface Trouble {
  readonly connection: string
  readonly from: Instant
  readonly to: Instant | null
}

/** Money of one business day and currency that no step of the close takes up, with the orders that it is in. */
export interface Unexplained {
  readonly day: string
  readonly from: Instant
  readonly to: Instant
  readonly currency: string
  readonly minor: number
  readonly orders: readonly string[]
}

export interface Observed {
  readonly seed: number
  readonly startedAt: Instant
  readonly endedAt: Instant
  readonly pollMs: Span
  /** How long what a rule looks at may go unread while all is well: its streams have paces of their own. */
  readonly paceOf: (rule: string, key?: string) => Span
  /** The streams that a rule looks at. */
  readonly streamsOf: (rule: string) => readonly string[]
  /** How long the rule waits after its moment, by the pair's settings. */
  readonly graceOf: (rule: string) => Span
  readonly said: readonly Said[]
  readonly troubles: readonly Trouble[]
  /** What was asked and came to grief on the wire, until it was answered after all. */
  readonly slips: readonly { readonly from: Instant; readonly to: Instant | null }[]
  readonly noticesAt: readonly Instant[]
  /** Subjects, with the reason, that were not judged though both sides were healthy and read that far. */
  readonly notJudgedHealthy: readonly string[]
  /** What the close of each business day leaves without a place. */
  readonly unexplained: readonly Unexplained[]
  readonly duplicates: number
  readonly lostIntents: number
  readonly elapsedMs: number
}

export interface ScenarioScore {
  readonly name: string
  readonly pattern: Pattern
  /** `pending`: its rule does not exist yet; listed, and outside recall. */
  readonly status: 'live' | 'pending'
  readonly planted: number
  readonly found: number
  readonly late: number
  readonly missed: number
  readonly falseAlarms: number
  /** Of those found, whose label names a cause: how many were told it, or left open between it and others, or told another. */
  readonly causeRight: number
  readonly causeOpen: number
  readonly causeWrong: number
  /** Of those found, whose label names an amount: how many were told that very figure, or another. */
  readonly amountRight: number
  readonly amountWrong: number
  /** Healed, or the run ended, before anybody had to say anything. */
  readonly excused: number
  readonly critical: boolean
}

/** Something that did not hold, in words, with the seed that shows it. */
export interface Failing {
  readonly seed: number
  readonly scenario: string | null
  readonly what: 'missed' | 'late' | 'false-alarm' | 'wrong-closure' | 'left-open' | 'not-judged' | 'unexplained' | 'wrong-cause' | 'wrong-amount' | 'duplicate' | 'lost-intent' | 'error'
  readonly says: string
}

export interface RunScore {
  readonly scenarios: readonly ScenarioScore[]
  readonly failing: readonly Failing[]
  readonly orders: number
  readonly cleanOrders: number
  readonly falseAlarms: number
  /** Said of a subject that had a fault of another rule: neither found nor cried wolf. */
  readonly besides: number
  readonly notJudgedHealthy: number
  readonly wrongClosures: number
  readonly rightlyOpened: number
  readonly selfHealed: number
  /** Of what was found: mended while there was time to see it, and of that closed by evidence within what seeing takes. */
  readonly mended: number
  readonly mendedClosed: number
  readonly noticesPerDay: readonly number[]
  readonly unexplainedMinor: number
  readonly duplicates: number
  readonly lostIntents: number
  readonly days: number
  readonly elapsedMs: number
}

/** `rules`: those that exist. */
export function score(truth: Truth, observed: Observed, rules: ReadonlySet<string>): RunScore {
  const failing: Failing[] = []
  const fail = (what: Failing['what'], scenario: string | null, says: string): void => void failing.push({ seed: observed.seed, scenario, what, says })
  const blind = blindTimes(truth, observed)
  const verdicts = truth.planted.map((planted) => verdictOf(planted, observed, blind, rules.has(planted.rule), truth.planted))
  for (const { planted, outcome, said } of verdicts) {
    if (outcome === 'missed') fail('missed', planted.scenario, `${planted.rule} of ${named(planted)}, findable at ${time(planted.findableAt)}, was never said`)
    if (outcome === 'late' && said !== null) fail('late', planted.scenario, `${planted.rule} of ${named(planted)}, findable at ${time(planted.findableAt)}, was said at ${time(saidOf(said, planted))}`)
  }
  const judged = observed.said.map((said) => ({ said, ...judgementOf(said, truth, observed) }))
  for (const { said, verdict, scenario } of judged) {
    if (verdict === 'false') fail('false-alarm', scenario, `${said.rule} of ${said.kind} ${said.key} at ${time(said.openedAt)}: ${said.says}`)
  }
  const closures = verdicts.flatMap(({ planted, said }) => (said !== null && closedWrongly(planted, said, observed) ? [{ planted, said }] : []))
  for (const { planted, said } of closures) fail('wrong-closure', planted.scenario, `${planted.rule} of ${named(planted)} was closed at ${time(said.closedAt ?? 0)} and still stood`)
  const mendings = verdicts.filter((one) => one.said !== null && one.mending !== null)
  for (const { planted } of mendings.filter((one) => one.mending === 'open')) {
    fail('left-open', planted.scenario, `${planted.rule} of ${named(planted)} was mended at ${time(planted.healedAt ?? 0)} and stayed open`)
  }
  for (const { planted, said } of verdicts.filter((one) => causeTold(one.planted, one.said) === 'wrong')) {
    fail('wrong-cause', planted.scenario, `${planted.rule} of ${named(planted)} was told to be ${said?.cause ?? 'nothing'}, and is ${planted.cause ?? 'nothing'}`)
  }
  for (const { planted, said } of verdicts.filter((one) => amountTold(one.planted, one.said) === 'wrong')) {
    fail('wrong-amount', planted.scenario, `${planted.rule} of ${named(planted)} ${amountsInWords(planted, said)}`)
  }
  for (const says of observed.notJudgedHealthy) fail('not-judged', null, says)
  const unexplained = unexplainedOn(truth, observed, rules)
  for (const { day, minor, currency, orders } of unexplained) fail('unexplained', null, `${minor} minor units ${currency} of ${day} have no place: ${orders.slice(0, 10).join(', ')}`)
  const right = judged.filter((one) => one.verdict === 'right')
  return {
    scenarios: scenariosOf(truth, verdicts, judged, rules),
    failing,
    orders: truth.orders,
    cleanOrders: truth.cleanOrders,
    falseAlarms: judged.filter((one) => one.verdict === 'false').length,
    besides: judged.filter((one) => one.verdict === 'beside').length,
    notJudgedHealthy: observed.notJudgedHealthy.length,
    wrongClosures: closures.length,
    rightlyOpened: right.length,
    selfHealed: right.filter((one) => one.said.closedAt !== null).length,
    mended: mendings.length,
    mendedClosed: mendings.filter((one) => one.mending === 'closed').length,
    noticesPerDay: perDay(observed),
    unexplainedMinor: unexplained.reduce((sum, one) => sum + Math.abs(one.minor), 0),
    duplicates: observed.duplicates,
    lostIntents: observed.lostIntents,
    days: (observed.endedAt - observed.startedAt) / days(1),
    elapsedMs: observed.elapsedMs,
  }
}

type Outcome = 'found' | 'late' | 'missed' | 'excused' | 'pending'

interface Verdict {
  readonly planted: Planted
  readonly outcome: Outcome
  readonly said: Said | null
  readonly mending: Mending
}

/** Found: an incident is open by when it is owed. */
function verdictOf(planted: Planted, observed: Observed, blind: readonly Blind[], isLive: boolean, others: readonly Planted[]): Verdict {
  if (!isLive) return { planted, outcome: 'pending', said: null, mending: null }
  const latest = owedBy(planted, observed, blind)
  const told = observed.said
    // what is said long after it was mended is said of another one
    .filter((one) => speaksOf(one, planted) && !wasLongOver(planted.healedAt, one, observed) && tells(one, planted, others, observed, blind) && (one.closedAt === null || one.closedAt > Math.max(planted.findableAt, saidOf(one, planted))))
    .toSorted((left, right) => saidOf(left, planted) - saidOf(right, planted))
  // what speaks in its place counts where it does not itself, in time
  const said = told.find((one) => one.rule === planted.rule && saidOf(one, planted) <= latest) ?? told[0]
  if (said !== undefined) return { planted, outcome: saidOf(said, planted) <= latest ? 'found' : 'late', said, mending: mendingOf(planted, observed, blind, others) }
  const isOver = (planted.healedAt !== null && planted.healedAt <= latest) || latest > observed.endedAt
  return { planted, outcome: isOver ? 'excused' : 'missed', said: null, mending: null }
}

interface Judged {
  readonly verdict: 'right' | 'beside' | 'excused' | 'trouble' | 'false'
  readonly scenario: string | null
}

function judgementOf(said: Said, truth: Truth, observed: Observed): Judged {
  const about = truth.planted.filter((planted) => isAbout(said, planted.subject))
  const standing = about.find((planted) => (planted.rule === said.rule || planted.instead === said.rule) && said.openedAt >= standsFrom(planted) && !wasLongOver(planted.healedAt, said, observed))
  if (standing !== undefined) return { verdict: 'right', scenario: standing.scenario }
  const other = about.find((planted) => said.openedAt >= standsFrom(planted) && !wasLongOver(planted.healedAt, said, observed))
  if (other !== undefined) return { verdict: 'beside', scenario: other.scenario }
  const innocent = truth.innocents.find((one: Innocent) => isAbout(said, one.subject))
  // what looks alike and is fine may be held up with all others all the same
  if (innocent !== undefined) return isExcused(said, truth, observed) ? { verdict: 'excused', scenario: null } : { verdict: 'false', scenario: innocent.scenario }
  if (isExcused(said, truth, observed)) return { verdict: 'excused', scenario: null }
  const isTrouble = said.kind === 'connection' && observed.troubles.some((one) => one.connection === said.key && one.from <= said.openedAt && said.openedAt <= (one.to ?? Infinity) + observed.pollMs * 2)
  if (isTrouble) return { verdict: 'trouble', scenario: null }
  return { verdict: 'false', scenario: about[0]?.scenario ?? null }
}

function isExcused(said: Said, { excused }: Truth, observed: Observed): boolean {
  return excused.some((one) => isAbout(said, one.subject) && (one.rule === null || one.rule === said.rule) && said.openedAt >= one.from && !wasLongOver(one.to, said, observed))
}

/** Ended longer ago than the monitor needs to see it. */
function wasLongOver(endedAt: Instant | null, said: Said, { paceOf }: Observed): boolean {
  return endedAt !== null && said.openedAt > endedAt + paceOf(said.rule) + tolerance
}

function scenariosOf(truth: Truth, verdicts: readonly Verdict[], judged: readonly (Judged & { readonly said: Said })[], rules: ReadonlySet<string>): readonly ScenarioScore[] {
  const names = [...new Set(truth.planted.map((planted) => planted.scenario))].toSorted()
  return names.flatMap((name) => {
    const mine = verdicts.filter((one) => one.planted.scenario === name)
    const first = mine[0]?.planted
    if (first === undefined) return []
    const count = (outcome: Outcome): number => mine.filter((one) => one.outcome === outcome).length
    const causes = mine.map(({ planted, said }) => causeTold(planted, said))
    const amounts = mine.map(({ planted, said }) => amountTold(planted, said))
    const status = mine.some((one) => rules.has(one.planted.rule)) ? 'live' : 'pending'
    return [
      {
        name,
        pattern: first.pattern,
        status,
        planted: mine.length,
        found: count('found'),
        late: count('late'),
        missed: count('missed'),
        excused: count('excused'),
        falseAlarms: judged.filter((one) => one.verdict === 'false' && one.scenario === name).length,
        causeRight: causes.filter((one) => one === 'right').length,
        causeOpen: causes.filter((one) => one === 'open').length,
        causeWrong: causes.filter((one) => one === 'wrong').length,
        amountRight: amounts.filter((one) => one === 'right').length,
        amountWrong: amounts.filter((one) => one === 'wrong').length,
        critical: mine.some((one) => one.planted.critical),
      } satisfies ScenarioScore,
    ]
  })
}

/** What a day's close leaves without a place, as long as every fault that touched money on that day has a rule. */
function unexplainedOn({ planted }: Truth, { unexplained }: Observed, rules: ReadonlySet<string>): Observed['unexplained'] {
  const unruled = planted.filter((one) => one.amount !== null && !rules.has(one.rule))
  return unexplained.filter(({ from, to }) => !unruled.some((one) => one.plantedAt < to && (one.healedAt ?? Infinity) > from))
}

function perDay({ startedAt, endedAt, noticesAt }: Observed): readonly number[] {
  const counts = Array.from({ length: Math.max(1, Math.ceil((endedAt - startedAt) / days(1))) }, () => 0)
  for (const at of noticesAt) {
    const nth = Math.min(counts.length - 1, Math.floor((at - startedAt) / days(1)))
    counts[nth] = (counts[nth] ?? 0) + 1
  }
  return counts
}

function named({ subject }: Planted): string {
  return `${subject.kind} ${subject.key}`
}

function time(at: Instant): string {
  return new Date(at).toISOString()
}
