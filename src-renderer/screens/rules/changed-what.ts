/** What a change of a rule was about, in the words of the form that changes it. */
import type { PeopleView, RuleFieldView } from '../../../src-main/contract/duty-views.ts'
import { severities } from '../../../src-main/domain/incident.ts'
import { severityWords } from '../../parts/severity.tsx'

const words: Readonly<Record<string, string>> = {
  on: 'Judged by this rule',
  severity: 'Severity',
  owner: 'Owner',
  slaMinutes: 'Resolved within, in minutes',
  reactMinutes: 'Escalated after, in minutes',
}

type Named = Pick<RuleFieldView, 'name' | 'label'>

/** `what` as the trail names it: `severity`, `params.graceMinutes`, `markets.FR.params.graceMinutes`, `markets.FR.on`. */
export function changedWhat(what: string, fields: readonly Named[]): string {
  const [room, ...rest] = what.split('.')
  const [market, ...name] = rest
  if (room !== 'markets' || market === undefined) return ownWhat(what, fields)
  const inMarket = name.join('.')
  // an earlier version kept nothing but parameters of a market
  const known = inMarket in words || inMarket.startsWith('params.')
  return `${ownWhat(known ? inMarket : `params.${inMarket}`, fields)} in ${market}`
}

function ownWhat(what: string, fields: readonly Named[]): string {
  const [room, field, ...part] = what.split('.')
  if (room !== 'params' || field === undefined) return words[what] ?? what
  const label = fields.find(({ name }) => name === field)?.label ?? field
  return part.length === 0 ? label : `${label}, ${part.join(' ')}`
}

/** A value as the form shows it. */
export function changedValue(what: string, value: string, people: Pick<PeopleView, 'people' | 'roles'>): string {
  if (value === 'standard') return what.startsWith('markets.') ? 'as everywhere' : 'as it comes'
  if (value === 'true') return 'yes'
  if (value === 'false') return 'no'
  if (/(^|\.)(owner|person)$/.test(what)) return [...people.people, ...people.roles].find((one) => one.id === value)?.name ?? 'somebody who left'
  const severity = /(^|\.)severity$/.test(what) ? severities.find((level) => level === value) : undefined
  return severity === undefined ? value : severityWords[severity]
}
