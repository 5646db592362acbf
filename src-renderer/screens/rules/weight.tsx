/** How grave a rule is, whose it is and by when: everywhere, or in one market. */
import { Select, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import type { PeopleView, RuleView } from '../../../src-main/contract/duty-views.ts'
import { severities } from '../../../src-main/domain/incident.ts'
import { spanOf } from '../../parts/numbers.ts'
import { severityWords } from '../../parts/severity.tsx'
import { ownerChoices, ownerName } from './owners.ts'
import type { TermsDraft } from './rule-draft.ts'

interface WeightProps {
  readonly rule: Pick<RuleView, 'severity' | 'slaMinutes' | 'reactMinutes'>
  readonly draft: TermsDraft
  /** What holds where nothing is said in one market; null: this is what holds everywhere. */
  readonly above: TermsDraft | null
  readonly people: PeopleView
  /** The name of a problem begins so. */
  readonly at: string
  readonly problems: Readonly<Record<string, string>>
  readonly change: (next: Partial<TermsDraft>) => void
}

export function Weight({ rule, draft, above, people, at, problems, change }: WeightProps): ReactNode {
  const severity = draft.severity ?? above?.severity ?? rule.severity
  const how = above === null ? 'as it comes' : 'as everywhere'
  const owner = above?.owner ?? people.defaultOwner
  const sla = above === null || above.slaMinutes === '' ? `${rule.slaMinutes} (${spanOf(rule.slaMinutes * 60_000)})` : above.slaMinutes
  const react = above === null || above.reactMinutes === '' ? (rule.reactMinutes === null ? 'never' : String(rule.reactMinutes)) : above.reactMinutes
  return (
    <div className="pair-fields">
      <Select
        label="Severity"
        placeholder={`${severityWords[above?.severity ?? rule.severity]}, ${how}`}
        clearable
        data={severities.map((level) => ({ value: level, label: severityWords[level] }))}
        value={draft.severity}
        onChange={(next) => change({ severity: severities.find((level) => level === next) ?? null })}
      />
      <Select
        label="Owner"
        placeholder={`${ownerName(people, owner)}, ${above === null ? 'by default' : how}`}
        clearable
        searchable
        data={ownerChoices(people)}
        value={draft.owner}
        onChange={(next) => change({ owner: next })}
      />
      <TextInput
        label="Resolved within, in minutes"
        description={severity === 'critical' ? 'By the clock, day and night.' : 'In the owner’s working hours.'}
        placeholder={sla}
        inputMode="numeric"
        value={draft.slaMinutes}
        error={problems[`${at}slaMinutes`]}
        onChange={(event) => change({ slaMinutes: event.currentTarget.value })}
      />
      <TextInput
        label="Escalated after, in minutes"
        description="When nobody has reacted by then."
        placeholder={react}
        inputMode="numeric"
        value={draft.reactMinutes}
        error={problems[`${at}reactMinutes`]}
        onChange={(event) => change({ reactMinutes: event.currentTarget.value })}
      />
    </div>
  )
}
