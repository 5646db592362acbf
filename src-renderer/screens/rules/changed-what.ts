/** What a change of a rule was about, in the words of the form that changes it. */
import type { RuleFieldView } from '../../../src-main/contract/duty-views.ts'

const words: Readonly<Record<string, string>> = {
  on: 'Judge by this rule',
  severity: 'Severity',
  owner: 'Owner',
  slaMinutes: 'Resolved within, in minutes',
  reactMinutes: 'Escalated after, in minutes',
}

/** `what` as the trail names it: `severity`, `params.graceMinutes`, `markets.FR.graceMinutes`. */
export function changedWhat(what: string, fields: readonly Pick<RuleFieldView, 'name' | 'label'>[]): string {
  const labelOf = (name: string): string => fields.find((field) => field.name === name)?.label ?? name
  const [room, ...rest] = what.split('.')
  if (room === 'params') return labelOf(rest.join('.'))
  const [market, ...name] = rest
  if (room === 'markets' && market !== undefined) return `${labelOf(name.join('.'))} in ${market}`
  return words[what] ?? what
}
