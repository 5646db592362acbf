/** A rule's form: what the pair leaves empty is as the rule comes. */
import { Button, Switch, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { PeopleView, RuleView } from '../../../src-main/contract/duty-views.ts'
import { type RuleSetting } from '../../../src-main/domain/pair.ts'
import { useCommand } from '../../ask.ts'
import { Failure } from '../../parts/failure.tsx'
import { Panel } from '../../parts/panel.tsx'
import { Markets } from './markets.tsx'
import { Parameters } from './parameters.tsx'
import { type RuleDraft, draftOf, readRule, switchesOff } from './rule-draft.ts'
import { Weight } from './weight.tsx'

interface RuleFormProps {
  readonly pair: string
  readonly rule: RuleView
  readonly people: PeopleView
}

export function RuleForm({ pair, rule, people }: RuleFormProps): ReactNode {
  // Null while nothing was typed: then what holds is shown, whoever changed it last.
  const [typed, setTyped] = useState<RuleDraft | null>(null)
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({})
  const save = useCommand((client, { setting, why }: { readonly setting: RuleSetting; readonly why: string }) => client.rules.save({ pair, rule: rule.id, setting, why }))
  const draft = typed ?? draftOf(rule)
  const change = (next: Partial<RuleDraft>): void => setTyped({ ...draft, ...next })
  async function submit(): Promise<void> {
    const read = readRule(draft, rule)
    setProblems('problems' in read ? read.problems : {})
    if ('problems' in read) return
    if ((await save.run(read)) !== null) setTyped(null)
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
          <Weight rule={rule} draft={draft} above={null} people={people} at="" problems={problems} change={change} />
        </div>
      </Panel>
      <Parameters fields={rule.fields} typed={draft.params} problems={problems} onType={(params) => change({ params })} />
      <Markets rule={rule} draft={draft} people={people} problems={problems} onChange={(markets) => change({ markets })} />
      {typed === null ? null : (
        <TextInput
          label="Why"
          description={switchesOff(rule, draft) ? 'Needed: what it had found is closed with this.' : 'For the history; it may be left empty.'}
          maxLength={500}
          value={draft.why}
          error={problems['why']}
          onChange={(event) => change({ why: event.currentTarget.value })}
        />
      )}
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
