/** Turns changes of incidents into what a person is told: one notice per cause, one per outage and one per recovery. Pure. */
import { causeWords } from '../../domain/cause-words.ts'
import { type Cause, type Severity, type Subject, severities } from '../../domain/incident.ts'
import { type Money, sum, toMajor } from '../../domain/money.ts'
import type { Notice } from '../../domain/notice.ts'
import type { NoticeGroup } from '../store/notices.ts'

/** A change with what a sentence about it needs. */
export interface Told {
  readonly incident: string
  readonly rule: string
  readonly title: string
  readonly severity: Severity
  readonly what: 'opened' | 'reopened' | 'resolved'
  /** It has come and gone so often that only that is news. */
  readonly flaps: boolean
  readonly subject: Subject
  readonly amount: Money | null
  readonly cause: Cause | null
  readonly says: string
}

/** `group`: what it sums up, so that more of the same can join it while nobody has seen it. */
export type NoticeDraft = Pick<Notice, 'kind' | 'severity' | 'title' | 'body' | 'incidents'> & { readonly group: NoticeGroup }

/** A side that cannot be read: its end is told even where nobody has seen its beginning yet. */
export const outageRules: readonly string[] = ['F12-connection-blind']

interface Recovery {
  readonly title: string
  readonly says: (one: Told) => string
}

/** Whose end is news as well: a person waits for the side to come back, or for what stood still to run. */
const recoveries: Readonly<Record<string, Recovery>> = {
  'F12-connection-blind': {
    title: 'It can be read again',
    says: ({ says, subject }) => `${/^(.+?) (?:cannot be reached|refuses us)/.exec(says)?.[1] ?? subject.key} is back; what waited is being judged.`,
  },
  'F11-flow-stopped': {
    title: 'Orders reach the ERP again',
    says: ({ says }) => `${/^No order of (.+?) has arrived in/.exec(says)?.[1] ?? 'The shop'}: what is still missing in a while is told order by order.`,
  },
  'F01-stock-sync-stopped': {
    title: 'The stock sync runs again',
    says: ({ says }) => `${/^(.+?) has shown no stock change of/.exec(says)?.[1] ?? 'The shop'}: what stays behind is told SKU by SKU.`,
  },
  'F11-documents-stopped': {
    title: 'Parcels or invoices go on',
    says: ({ says }) => `${/ in (.+?) since | to (.+?) since /.exec(says)?.slice(1).find((name) => name !== undefined) ?? 'The ERP'}: what is still missing in a while is told order by order.`,
  },
}
export const recoveryRules: readonly string[] = Object.keys(recoveries)

/** Incidents behind one notice that are remembered by id; the count goes on. */
const incidentsMax = 1000
const keysMax = 3

export function composeNotices(changes: readonly Told[], atLeast: Severity): readonly NoticeDraft[] {
  const heard = changes.filter((one) => severities.indexOf(one.severity) <= severities.indexOf(atLeast))
  const opened = heard.filter((one) => one.what !== 'resolved' && !one.flaps)
  const flapping = heard.filter((one) => one.what !== 'resolved' && one.flaps)
  const recovered = heard.filter((one) => one.what === 'resolved' && recoveryRules.includes(one.rule))
  return [...groups(opened).map(openedNotice), ...flapping.map(flappingNotice), ...recovered.map(recoveredNotice)]
}

/** One notice in place of two about the same rule, of which nobody has seen the first. */
export function joined(first: NoticeDraft, then: NoticeDraft, title: string): NoticeDraft {
  const { rule } = first.group
  const group = {
    rule,
    count: first.group.count + then.group.count,
    sums: added([...first.group.sums, ...then.group.sums]),
    keys: [...first.group.keys, ...then.group.keys].slice(0, keysMax),
    causes: counted([...first.group.causes, ...then.group.causes]),
  }
  const severity = severities[Math.min(severities.indexOf(first.severity), severities.indexOf(then.severity))] ?? first.severity
  const incidents = [...first.incidents, ...then.incidents].slice(0, incidentsMax)
  return { kind: first.kind, severity, ...wordsOf(group, title), incidents, group }
}

/** What is left of a notice that nobody has seen, once some of it is over. `beyond`: how many it counts whose ids it does not keep. */
export function lessened(first: NoticeDraft, left: readonly Told[], beyond: number, over: readonly Money[], title: string): NoticeDraft | null {
  const [draft] = composeNotices(left, 'low')
  if (beyond <= 0) return draft ?? null
  const { rule, sums } = first.group
  const ended = added(over)
  const group = {
    rule,
    count: left.length + beyond,
    sums: sums.map(({ minor, currency }) => ({ currency, minor: Math.max(0, minor - (ended.find((one) => one.currency === currency)?.minor ?? 0)) })),
    keys: draft?.group.keys ?? [],
    // of those that are not kept by id nobody knows the cause any more
    causes: [],
  }
  return { kind: first.kind, severity: first.severity, ...wordsOf(group, title), incidents: left.map((one) => one.incident), group }
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

function openedNotice(told: readonly [Told, ...Told[]]): NoticeDraft {
  const [first] = told
  const group = {
    rule: first.rule,
    count: told.length,
    sums: added(told.flatMap((one) => one.amount ?? [])),
    keys: told.slice(0, keysMax).map((one) => one.subject.key),
    causes: counted(told.flatMap(({ cause }) => (cause === null ? [] : [{ cause, count: 1 }]))),
  }
  const words = told.length === 1 ? { title: first.title.slice(0, titleMax), body: first.says.slice(0, bodyMax) } : wordsOf(group, first.title)
  const incidents = told.slice(0, incidentsMax).map((one) => one.incident)
  return { kind: 'opened', severity: severities[rank(told)] ?? first.severity, ...words, incidents, group }
}

const titleMax = 120
const bodyMax = 300

function wordsOf(group: NoticeGroup, title: string): { readonly title: string; readonly body: string } {
  const rest = group.count > group.keys.length ? ` and ${group.count - group.keys.length} more` : ''
  const worth = group.sums.map(({ minor, currency }) => `${toMajor(minor, currency)} ${currency}`).join(' + ')
  return {
    title: `${group.count} × ${title}`.slice(0, titleMax),
    body: [`${[worth, `${group.keys.join(', ')}${rest}`].filter((part) => part !== '').join(': ')}.`, ...reasonsOf(group)].join(' ').slice(0, bodyMax),
  }
}

/** `Another rate 8, rounding 4.`: what one look at each of them would show, the most frequent first. */
function reasonsOf({ causes, count }: NoticeGroup): readonly string[] {
  const [first, ...more] = causes
  if (first === undefined) return []
  if (more.length === 0 && first.count === count) return [`${causeWords[first.cause]}, all of them.`]
  const named = causes.map((one, nth) => `${nth === 0 ? causeWords[one.cause] : causeWords[one.cause].toLowerCase()} ${one.count}`)
  return [`${named.join(', ')}.`]
}

function counted(causes: NoticeGroup['causes']): NoticeGroup['causes'] {
  const sums = new Map<Cause, number>()
  for (const { cause, count } of causes) sums.set(cause, (sums.get(cause) ?? 0) + count)
  return [...sums].map(([cause, count]) => ({ cause, count })).toSorted((a, b) => b.count - a.count)
}

/** The money in question, a figure per currency; never converted. */
function added(amounts: readonly Money[]): Money[] {
  const currencies = [...new Set(amounts.map((amount) => amount.currency))].toSorted()
  return currencies.map((currency) => sum(amounts.filter((amount) => amount.currency === currency), currency))
}

function flappingNotice(one: Told): NoticeDraft {
  return {
    kind: 'flapping',
    severity: one.severity,
    title: `Comes and goes: ${one.title}`.slice(0, titleMax),
    body: `${one.says} It has opened and closed several times within an hour; you hear of it again once it stays away.`.slice(0, bodyMax),
    incidents: [one.incident],
    group: { rule: one.rule, count: 1, sums: [], keys: [one.subject.key], causes: [] },
  }
}

function recoveredNotice(one: Told): NoticeDraft {
  const recovery = recoveries[one.rule]
  return {
    kind: 'recovered',
    severity: one.severity,
    title: (recovery?.title ?? one.title).slice(0, titleMax),
    body: (recovery?.says(one) ?? one.says).slice(0, bodyMax),
    incidents: [one.incident],
    group: { rule: one.rule, count: 1, sums: [], keys: [one.subject.key], causes: [] },
  }
}
