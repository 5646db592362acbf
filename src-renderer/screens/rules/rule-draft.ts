/** What is typed into a rule's form, and what it means for the engine: text until it is sent, so that nothing is lost half written. */
import type { RuleFieldView, RuleView } from '../../../src-main/contract/duty-views.ts'
import type { Severity } from '../../../src-main/domain/incident.ts'
import { type RuleSetting, ruleSettingSchema } from '../../../src-main/domain/pair.ts'
import { spanOf } from '../../parts/numbers.ts'

/** A parameter as typed, by name; empty: the standard holds. */
export type Typed = Readonly<Record<string, string>>

export interface RuleDraft {
  readonly on: boolean
  readonly severity: Severity | null
  readonly owner: string | null
  readonly slaMinutes: string
  readonly reactMinutes: string
  readonly params: Typed
  readonly markets: readonly { readonly market: string; readonly params: Typed }[]
}

export function draftOf({ setting, fields, ofMarkets }: RuleView): RuleDraft {
  return {
    on: setting.on,
    severity: setting.severity,
    owner: setting.owner,
    slaMinutes: setting.slaMinutes === null ? '' : String(setting.slaMinutes),
    reactMinutes: setting.reactMinutes === null ? '' : String(setting.reactMinutes),
    params: typedOf(setting.params, fields),
    // what an earlier version took for a market, and never looked at, is not sent again
    markets: (ofMarkets ? Object.entries(setting.markets) : []).map(([market, params]) => ({ market, params: typedOf(params, fields) })),
  }
}

function typedOf(params: Readonly<Record<string, unknown>>, fields: readonly RuleFieldView[]): Typed {
  return Object.fromEntries(fields.map((field) => [field.name, field.name in params ? typedValue(field, params[field.name]) : '']))
}

export function typedValue(field: RuleFieldView, value: unknown): string {
  if (value === null || value === undefined) return ''
  if (field.kind === 'list' && Array.isArray(value)) return value.join(', ')
  return typeof value === 'string' ? value : JSON.stringify(value)
}

export type ReadRule = { readonly setting: RuleSetting } | { readonly problems: Readonly<Record<string, string>> }

export function readRule(draft: RuleDraft, fields: readonly RuleFieldView[]): ReadRule {
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
  const minutesIn = (name: 'slaMinutes' | 'reactMinutes'): number | null => {
    const minutes = draft[name].trim() === '' ? null : Number(draft[name])
    if (minutes !== null && !(Number.isInteger(minutes) && minutes >= 1 && minutes <= 525_600)) {
      problems[name] = 'A whole number of minutes, from 1 to a year.'
    }
    return minutes
  }
  const times = { slaMinutes: minutesIn('slaMinutes'), reactMinutes: minutesIn('reactMinutes') }
  const params = read(draft.params, 'params')
  const markets: Record<string, Record<string, unknown>> = {}
  for (const [nth, row] of draft.markets.entries()) {
    const market = row.market.trim().toUpperCase()
    if (!/^[A-Z]{2}$/.test(market)) problems[`market.${nth}`] = 'Two letters, such as FR.'
    else if (market in markets) problems[`market.${nth}`] = `${market} is there already.`
    else markets[market] = read(row.params, `market.${nth}`)
  }
  if (Object.keys(problems).length > 0) return { problems }
  const { on, severity, owner } = draft
  return { setting: ruleSettingSchema.parse({ on, severity, owner, ...times, params, markets }) }
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
