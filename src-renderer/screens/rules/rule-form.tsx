/** A rule's form: what the pair leaves empty is as the rule comes. */
import { Button, Select, Switch, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { PeopleView, RuleView } from '../../../src-main/contract/duty-views.ts'
import { severities } from '../../../src-main/domain/incident.ts'
import { type RuleSetting } from '../../../src-main/domain/pair.ts'
import { useCommand } from '../../ask.ts'
import { Failure } from '../../parts/failure.tsx'
import { spanOf } from '../../parts/numbers.ts'
import { Panel } from '../../parts/panel.tsx'
import { severityWords } from '../../parts/severity.tsx'
import { ownerChoices, ownerName } from './owners.ts'
import { Parameters } from './parameters.tsx'
import { type RuleDraft, draftOf, readRule } from './rule-draft.ts'

interface RuleFormProps {
  readonly pair: string
  readonly rule: RuleView
  readonly people: PeopleView
}

export function RuleForm({ pair, rule, people }: RuleFormProps): ReactNode {
  // Null while nothing was typed: then what holds is shown, whoever changed it last.
  const [typed, setTyped] = useState<RuleDraft | null>(null)
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({})
  const save = useCommand((client, setting: RuleSetting) => client.rules.save({ pair, rule: rule.id, setting }))
  const draft = typed ?? draftOf(rule)
  const change = (next: Partial<RuleDraft>): void => setTyped({ ...draft, ...next })
  async function submit(): Promise<void> {
    const read = readRule(draft, rule.fields)
    setProblems('problems' in read ? read.problems : {})
    if ('problems' in read) return
    if ((await save.run(read.setting)) !== null) setTyped(null)
  }
  return (
    <form
      className="stack"
      noValidate
      aria-label="Rule"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <Panel title="How it speaks">
        <div className="stack">
          {rule.ofPair ? null : (
            <p className="small dim">It watches connections themselves: this holds for both of the pair, and where an earlier pair reads one of them too, for that one what is set there.</p>
          )}
          <Switch label="Judge by this rule" checked={draft.on} onChange={(event) => change({ on: event.currentTarget.checked })} />
          <Weight rule={rule} draft={draft} people={people} problems={problems} change={change} />
        </div>
      </Panel>
      <Parameters rule={rule} draft={draft} problems={problems} change={change} />
      {save.failure === null ? null : <Failure failure={save.failure} />}
      <div className="row">
        <Button type="submit" disabled={typed === null} loading={save.busy}>
          Save
        </Button>
        <Button variant="subtle" color="gray" disabled={typed === null} onClick={() => setTyped(null)}>
          Undo
        </Button>
        {Object.keys(problems).length === 0 ? null : (
          <span className="small tone-critical" role="alert">
            Nothing was saved: look at what is marked above.
          </span>
        )}
      </div>
    </form>
  )
}

interface PartProps {
  readonly rule: RuleView
  readonly draft: RuleDraft
  readonly problems: Readonly<Record<string, string>>
  readonly change: (next: Partial<RuleDraft>) => void
}

function Weight({ rule, draft, people, problems, change }: PartProps & { readonly people: PeopleView }): ReactNode {
  const standard = spanOf(rule.slaMinutes * 60_000)
  const critical = (draft.severity ?? rule.severity) === 'critical'
  return (
    <div className="pair-fields">
      <Select
        label="Severity"
        placeholder={`${severityWords[rule.severity]}, as it comes`}
        clearable
        data={severities.map((level) => ({ value: level, label: severityWords[level] }))}
        value={draft.severity}
        onChange={(next) => change({ severity: severities.find((level) => level === next) ?? null })}
      />
      <Select
        label="Owner"
        placeholder={`${ownerName(people, people.defaultOwner)}, by default`}
        clearable
        searchable
        data={ownerChoices(people)}
        value={draft.owner}
        onChange={(owner) => change({ owner })}
      />
      <TextInput
        label="Resolved within, in minutes"
        description={critical ? 'By the clock, day and night.' : 'In the owner’s working hours.'}
        placeholder={`${rule.slaMinutes} (${standard})`}
        inputMode="numeric"
        value={draft.slaMinutes}
        error={problems['slaMinutes']}
        onChange={(event) => change({ slaMinutes: event.currentTarget.value })}
      />
      <TextInput
        label="Escalated after, in minutes"
        description="When nobody has reacted by then."
        placeholder={rule.reactMinutes === null ? 'never' : String(rule.reactMinutes)}
        inputMode="numeric"
        value={draft.reactMinutes}
        error={problems['reactMinutes']}
        onChange={(event) => change({ reactMinutes: event.currentTarget.value })}
      />
    </div>
  )
}
