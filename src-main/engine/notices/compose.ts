/** Turns changes of incidents into what a person is told: one notice per cause, one per outage and one per recovery. Pure. */
import { type Cause, type Severity, type Subject, severities } from '../../domain/incident.ts'
import { type Money, sum, toMajor } from '../../domain/money.ts'
import type { Notice } from '../../domain/notice.ts'

/** A change with what a sentence about it needs. */
export interface Told {
  readonly incident: string
  readonly rule: string
  readonly title: string
  readonly severity: Severity
  readonly what: 'opened' | 'reopened' | 'resolved'
  readonly subject: Subject
  readonly amount: Money | null
  readonly cause: Cause | null
  readonly says: string
}

export type NoticeDraft = Pick<Notice, 'kind' | 'severity' | 'title' | 'body' | 'incidents'>

/** Whose end is news as well: a person waits for the side to come back. */
const recoveryRules = ['F12-connection-blind']

export function composeNotices(changes: readonly Told[], atLeast: Severity): readonly NoticeDraft[] {
  const heard = changes.filter((one) => severities.indexOf(one.severity) <= severities.indexOf(atLeast))
  const opened = heard.filter((one) => one.what !== 'resolved')
  const recovered = heard.filter((one) => one.what === 'resolved' && recoveryRules.includes(one.rule))
  return [...groups(opened).map(openedNotice), ...recovered.map(recoveredNotice)]
}

function groups(changes: readonly Told[]): readonly (readonly [Told, ...Told[]])[] {
  const byRule = new Map<string, [Told, ...Told[]]>()
  for (const one of changes) {
    const group = byRule.get(one.rule)
    if (group === undefined) byRule.set(one.rule, [one])
    else group.push(one)
  }
  return [...byRule.values()].toSorted((a, b) => rank(a) - rank(b))
}

function rank(group: readonly Told[]): number {
  return Math.min(...group.map((one) => severities.indexOf(one.severity)))
}

function openedNotice(group: readonly [Told, ...Told[]]): NoticeDraft {
  const [first] = group
  const severity = severities[rank(group)] ?? first.severity
  const incidents = group.slice(0, 1000).map((one) => one.incident)
  if (group.length === 1) {
    return { kind: 'opened', severity, title: first.title.slice(0, 120), body: first.says.slice(0, 300), incidents }
  }
  const named = group.slice(0, 3).map((one) => one.subject.key)
  const rest = group.length > named.length ? ` and ${group.length - named.length} more` : ''
  return {
    kind: 'opened',
    severity,
    title: `${group.length} × ${first.title}`.slice(0, 120),
    body: `${[worth(group), `${named.join(', ')}${rest}`].filter((part) => part !== '').join(': ')}.`.slice(0, 300),
    incidents,
  }
}

/** The money in question, a figure per currency; never converted. */
function worth(group: readonly Told[]): string {
  const amounts = group.flatMap((one) => (one.amount === null ? [] : [one.amount]))
  const currencies = [...new Set(amounts.map((amount) => amount.currency))].toSorted()
  return currencies
    .map((currency) => {
      const total = sum(amounts.filter((amount) => amount.currency === currency), currency)
      return `${toMajor(total.minor, currency)} ${currency}`
    })
    .join(' + ')
}

function recoveredNotice(one: Told): NoticeDraft {
  return {
    kind: 'recovered',
    severity: one.severity,
    title: 'It can be read again',
    body: `${one.says.split(/ (?:cannot be reached|refuses us)/)[0] ?? one.subject.key} is back; what waited is being judged.`.slice(0, 300),
    incidents: [one.incident],
  }
}
