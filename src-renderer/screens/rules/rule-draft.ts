/** What is typed into a rule's form, and what it means for the engine: text until it is sent, so that nothing is lost half written. */
import type { RuleFieldView, RuleView } from '../../../src-main/contract/duty-views.ts'
import type { Severity } from '../../../src-main/domain/incident.ts'
import { type MarketSetting, type RuleSetting, ruleSettingSchema, settingIn } from '../../../src-main/domain/pair.ts'
import { spanOf } from '../../parts/numbers.ts'

/** A parameter as typed, by name; empty: the standard holds. */
export type Typed = Readonly<Record<string, string>>

/** How it is wanted, everywhere or in one market; null or empty: as it is one step up. */
export interface TermsDraft {
  readonly severity: Severity | null
  readonly owner: string | null
  readonly slaMinutes: string
  readonly reactMinutes: string
  readonly params: Typed
}

export interface MarketDraft extends TermsDraft {
  readonly market: string
  readonly on: boolean | null
}

export interface RuleDraft extends TermsDraft {
  readonly on: boolean
  readonly markets: readonly MarketDraft[]
  /** Why it is wanted so: needed where it switches the rule off. */
  readonly why: string
}

export function draftOf({ setting, fields, ofMarkets }: RuleView): RuleDraft {
  return {
    on: setting.on,
    ...termsOf(setting, fields),
    // what an earlier version took for a market, and never looked at, is not sent again
    markets: (ofMarkets ? Object.entries(setting.markets) : []).map(([market, here]) => ({ market, on: here.on, ...termsOf(here, fields) })),
    why: '',
  }
}

export const noMarket: MarketDraft = { market: '', on: null, severity: null, owner: null, slaMinutes: '', reactMinutes: '', params: {} }

function termsOf(set: Omit<MarketSetting, 'on'>, fields: readonly RuleFieldView[]): TermsDraft {
  const { severity, owner, slaMinutes, reactMinutes } = set
  const minutes = (value: number | null): string => (value === null ? '' : String(value))
  return { severity, owner, slaMinutes: minutes(slaMinutes), reactMinutes: minutes(reactMinutes), params: typedOf(set.params, fields) }
}

/** Whether what is typed ends the judging of something that is judged: then somebody must say why. */
export function switchesOff({ setting }: Pick<RuleView, 'setting'>, draft: RuleDraft): boolean {
  const was = (market: string | null): boolean => settingIn(setting, market).on
  const will = (market: string | null): boolean => draft.markets.find((row) => row.market.trim().toUpperCase() === market)?.on ?? draft.on
  const markets = [...Object.keys(setting.markets), ...draft.markets.map((row) => row.market.trim().toUpperCase())]
  return [null, ...markets].some((market) => was(market) && !will(market))
}

function typedOf(params: Readonly<Record<string, unknown>>, fields: readonly RuleFieldView[]): Typed {
  return Object.fromEntries(fields.map((field) => [field.name, field.name in params ? typedValue(field, params[field.name]) : '']))
}

export function typedValue(field: RuleFieldView, value: unknown): string {
  if (value === null || value === undefined) return ''
  if (field.kind === 'list' && Array.isArray(value)) return value.join(', ')
  return typeof value === 'string' ? value : JSON.stringify(value)
}

export type ReadRule = { readonly setting: RuleSetting; readonly why: string } | { readonly problems: Readonly<Record<string, string>> }

export function readRule(draft: RuleDraft, rule: Pick<RuleView, 'fields' | 'setting'>): ReadRule {
  const { fields } = rule
  const problems: Record<string, string> = {}
  const read = (typed: Typed, at: string): Record<string, unknown> => {
    const values: Record<string, unknown> = {}
    for (const field of fields) {
      const text = (typed[field.name] ?? '').trim()
      if (text === '') continue
      const value = valueIn(field, text)
      if ('problem' in value) problems[`${at}.${field.name}`] = value.problem
      else values[field.name] = value.value
    }
    return values
  }
  const minutesIn = (text: string, at: string): number | null => {
    const minutes = text.trim() === '' ? null : Number(text)
    if (minutes !== null && !(Number.isInteger(minutes) && minutes >= 1 && minutes <= 525_600)) {
      problems[at] = 'A whole number of minutes, from 1 to a year.'
    }
    return minutes
  }
  /** `at` begins the names of what is wrong: empty for what holds everywhere. */
  const termsIn = ({ severity, owner, slaMinutes, reactMinutes, params }: TermsDraft, at: string) => ({
    severity,
    owner,
    slaMinutes: minutesIn(slaMinutes, `${at}slaMinutes`),
    reactMinutes: minutesIn(reactMinutes, `${at}reactMinutes`),
    params: read(params, at === '' ? 'params' : at.slice(0, -1)),
  })
  const terms = termsIn(draft, '')
  const markets: Record<string, MarketSetting> = {}
  for (const [nth, row] of draft.markets.entries()) {
    const market = row.market.trim().toUpperCase()
    if (!/^[A-Z]{2}$/.test(market)) problems[`market.${nth}`] = 'Two letters, such as FR.'
    else if (market in markets) problems[`market.${nth}`] = `${market} is there already.`
    else markets[market] = { on: row.on, ...termsIn(row, `market.${nth}.`) }
  }
  if (draft.why.trim() === '' && switchesOff(rule, draft)) problems['why'] = 'Say why it is switched off: what it had found is closed with that.'
  if (Object.keys(problems).length > 0) return { problems }
  return { setting: ruleSettingSchema.parse({ on: draft.on, ...terms, markets }), why: draft.why.trim() }
}

function valueIn(field: RuleFieldView, text: string): { readonly value: unknown } | { readonly problem: string } {
  switch (field.kind) {
    case 'whole':
    case 'number': {
      const number = Number(text)
      const fits = Number.isFinite(number) && (field.kind === 'number' || Number.isInteger(number))
      const inside = (field.least === null || number >= field.least) && (field.most === null || number <= field.most)
      return fits && inside ? { value: number } : { problem: boundsOf(field) }
    }
    case 'switch':
      return { value: text === 'true' }
    case 'list':
      return { value: text.split(',').map((one) => one.trim()).filter((one) => one !== '') }
    case 'json':
      return jsonOf(text)
    case 'text':
    case 'choice':
      return { value: text }
    default:
      return field.kind satisfies never
  }
}

function jsonOf(text: string): { readonly value: unknown } | { readonly problem: string } {
  try {
    const value: unknown = JSON.parse(text)
    return { value }
  } catch (error) {
    if (error instanceof SyntaxError) return { problem: 'Not JSON, such as {"EUR": 100}.' }
    throw error
  }
}

function boundsOf({ kind, least, most }: RuleFieldView): string {
  const what = kind === 'whole' ? 'A whole number' : 'A number'
  if (least !== null && most !== null) return `${what} from ${least} to ${most}.`
  if (least !== null) return `${what}, at least ${least}.`
  return most === null ? `${what}.` : `${what}, at most ${most}.`
}

/** "8 h of working time": critical ones run by the clock, others in the owner's hours. */
export function slaWords({ setting, severity, slaMinutes }: Pick<RuleView, 'setting' | 'severity' | 'slaMinutes'>): string {
  const span = spanOf((setting.slaMinutes ?? slaMinutes) * 60_000)
  return (setting.severity ?? severity) === 'critical' ? span : `${span} of work`
}
