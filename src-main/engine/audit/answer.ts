/** What an answer of the audit page is made of: a verdict, its evidence in a sentence, and the way to it. Pure. */
import type { AuditAnswer } from '../../domain/audit-points.ts'
import { isOffThroughout, isOnThroughout } from '../../domain/pair.ts'
import type { StreamName } from '../../domain/records.ts'
import type { AuditFacts, PairFacts } from './page-facts.ts'

export interface Answered {
  /** Null: data tell something about it, and cannot settle it. */
  readonly answer: AuditAnswer | null
  readonly says: string
  /** Where it is seen: a screen, and of the incidents those of one rule. */
  readonly link: { readonly screen: string; readonly rule: string | null } | null
}

/** Null: data say nothing about it; a person declares it. */
export type Answer = (facts: AuditFacts) => Answered | null

export function answered(answer: AuditAnswer | null, says: string, screen: string | null = null, rule: string | null = null): Answered {
  return { answer, says, link: screen === null ? null : { screen, rule } }
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`
}

/** Thousands apart by a narrow space, as the screens write them. */
export function grouped(count: number): string {
  return String(count).replaceAll(/\B(?=(\d{3})+$)/g, '\u202f')
}

export function openOf({ open }: Pick<AuditFacts, 'open'>, rules: readonly string[]): number {
  return rules.reduce((sum, rule) => sum + (open.get(rule) ?? 0), 0)
}

/** In the pair, and in every market of it. */
export function isOn(pair: PairFacts, rule: string): boolean {
  return isOnThroughout(pair.settings.rules[rule])
}

/** In no market either. */
export function isOff(pair: PairFacts, rule: string): boolean {
  return isOffThroughout(pair.settings.rules[rule])
}

interface Watched {
  readonly rules: readonly string[]
  readonly shop?: readonly StreamName[]
  readonly erp?: readonly StreamName[]
  /** What none of the rules speaks of, and what so many of them do. */
  readonly fine: string
  readonly found: (count: number) => string
  /** What an open incident makes of the answer. */
  readonly meansThen?: 'partly' | 'no'
  /** Of rules that look at a map: what a pair without it does not map. */
  readonly maps?: Readonly<Record<string, string>>
}

/** Of what rules watch: yes while they are on and awake, both sides are read for it, all was judged, and none of them speaks. */
export function watched(facts: AuditFacts, { rules, shop = ['orders'], erp = ['orders'], fine, found, meansThen = 'no', maps = {} }: Watched): Answered | null {
  if (facts.pairs.length === 0) return null
  const [first = ''] = rules
  if (facts.pairs.every((pair) => rules.every((rule) => isOff(pair, rule)))) return answered('no', 'The rules that watch it are switched off.', 'rules')
  const unread = facts.pairs.filter((pair) => shop.some((stream) => !pair.shopReads.has(stream)) || erp.some((stream) => !pair.erpReads.has(stream)))
  const count = openOf(facts, rules)
  const busiest = rules.toSorted((a, b) => (facts.open.get(b) ?? 0) - (facts.open.get(a) ?? 0))[0] ?? first
  if (count > 0) return answered(meansThen, found(count), 'incidents', busiest)
  if (unread.length === facts.pairs.length) return answered(null, 'Not all that is needed for it was read yet.', 'connections')
  const blank = unmapped(facts, maps)
  if (blank !== null) return blank
  const waiting = unjudgedOf(facts, rules)
  if (waiting > 0) return answered('partly', `As far as it could be judged: ${fine.charAt(0).toLowerCase()}${fine.slice(1)} ${plural(waiting, 'judgement')} could not be made yet.`, 'overview')
  if (unread.length > 0) return answered('partly', `${fine} Not all that is needed was read of ${labelsOf(unread)}.`, 'connections')
  const off = facts.pairs.filter((pair) => rules.some((rule) => !isOn(pair, rule)))
  if (off.length > 0) return answered('partly', `${fine} Not all of its rules are switched on for ${labelsOf(off)}.`, 'rules')
  const bare = facts.pairs.filter((pair) => Object.keys(maps).some((rule) => pair.asleep.has(rule)))
  if (bare.length > 0) return answered('partly', `${fine} Not judged for ${labelsOf(bare)}, where not all of it is mapped.`, 'connections')
  return answered('yes', fine, 'incidents', first)
}

/** What no pair maps is met nowhere for the first time: a person may know that there is nothing to map. */
function unmapped({ pairs }: AuditFacts, maps: Readonly<Record<string, string>>): Answered | null {
  const blank = Object.entries(maps).flatMap(([rule, what]) => (pairs.every((pair) => pair.asleep.has(rule)) ? [what] : []))
  if (blank.length === 0) return null
  const isAll = blank.length === Object.keys(maps).length
  return answered(isAll ? null : 'partly', `No pair maps ${blank.join(' or ')}: whether any is strange to the other side is not judged.`, 'connections')
}

/** The most that any of them leaves open: one order may wait for several. */
export function unjudgedOf({ notJudged }: Pick<AuditFacts, 'notJudged'>, rules: readonly string[]): number {
  return Math.max(0, ...rules.map((rule) => notJudged.get(rule) ?? 0))
}

function labelsOf(pairs: readonly PairFacts[]): string {
  return pairs.map((pair) => pair.label).join(', ')
}
