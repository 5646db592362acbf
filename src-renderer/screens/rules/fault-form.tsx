/** One class of failed calls, changed: typed as text, refused in place, saved whole; and what was changed about it before. */
import { Button, Modal, Select, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { FaultClassView, PeopleView } from '../../../src-main/contract/duty-views.ts'
import { type FaultSetting, faultSettingSchema } from '../../../src-main/domain/fault.ts'
import { severities } from '../../../src-main/domain/incident.ts'
import { useAnswer, useCommand } from '../../ask.ts'
import { Changes } from '../../parts/changes.tsx'
import { Failure } from '../../parts/failure.tsx'
import { severityWords } from '../../parts/severity.tsx'
import { faultWords } from '../words.ts'
import { changedValue, changedWhat } from './changed-what.ts'
import { ownerChoices, ownerName } from './owners.ts'

interface FaultFormProps {
  readonly fault: FaultClassView
  readonly people: PeopleView
  readonly onClose: () => void
}

const figures = ['countMin', 'shareMin', 'windowMinutes', 'slaMinutes', 'escalateMinutes'] as const
type Figure = (typeof figures)[number]

const figureWords: Readonly<Record<Figure, { readonly label: string; readonly says: string; readonly bounds: string }>> = {
  countMin: { label: 'At least so many calls', says: 'Fewer are no incident.', bounds: 'A whole number from 1 to 10,000.' },
  shareMin: { label: 'And this share of them, in percent', says: '0: their number alone counts.', bounds: 'A whole number from 0 to 100.' },
  windowMinutes: { label: 'Within, in minutes', says: 'The time that is looked at.', bounds: 'Minutes from 5 to 1,440 (a day).' },
  slaMinutes: { label: 'Resolved within, in minutes', says: 'In the owner’s working hours; critical by the clock.', bounds: 'Minutes from 1 to 525,600 (a year).' },
  escalateMinutes: { label: 'Told on after, in minutes', says: 'When nobody has reacted by then.', bounds: 'Minutes from 1 to 525,600, and no more than it is to be resolved within.' },
}

export function FaultForm({ fault, people, onClose }: FaultFormProps): ReactNode {
  const { policy } = fault
  const [person, setPerson] = useState(policy.person)
  const [severity, setSeverity] = useState(policy.severity)
  const [typed, setTyped] = useState<Readonly<Record<Figure, string>>>({
    countMin: String(policy.countMin),
    shareMin: String(policy.shareMin),
    windowMinutes: String(policy.windowMinutes),
    slaMinutes: String(policy.slaMinutes),
    escalateMinutes: String(policy.escalateMinutes),
  })
  const [problems, setProblems] = useState<readonly string[]>([])
  const save = useCommand((client, setting: FaultSetting | null) => client.faults.save({ class: fault.class, setting }))

  async function submit(): Promise<void> {
    const read = faultSettingSchema.safeParse({ person, severity, ...Object.fromEntries(figures.map((name) => [name, typed[name].trim() === '' ? Number.NaN : Number(typed[name])])) })
    const late = read.success && read.data.escalateMinutes > read.data.slaMinutes ? ['escalateMinutes'] : []
    const wrong = read.success ? late : read.error.issues.map((issue) => String(issue.path[0]))
    setProblems(wrong)
    if (read.success && wrong.length === 0 && (await save.run(read.data)) !== null) onClose()
  }

  return (
    <Modal opened onClose={onClose} title={`When calls end so: ${faultWords[fault.class]}`} size="lg">
      <form
        className="stack"
        noValidate
        aria-label="Error class"
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <div className="pair-fields">
          <Select
            label="Owner"
            description={`Usually ${fault.usually}.`}
            placeholder={`${ownerName(people, people.defaultOwner)}, by default`}
            clearable
            searchable
            data={ownerChoices(people)}
            value={person}
            onChange={setPerson}
          />
          <Select
            label="Severity"
            description="How grave its incidents are."
            allowDeselect={false}
            data={severities.map((level) => ({ value: level, label: severityWords[level] }))}
            value={severity}
            onChange={(next) => setSeverity(severities.find((level) => level === next) ?? severity)}
          />
          {figures.map((name) => (
            <TextInput
              key={name}
              label={figureWords[name].label}
              description={figureWords[name].says}
              inputMode="numeric"
              value={typed[name]}
              error={problems.includes(name) ? figureWords[name].bounds : undefined}
              onChange={(event) => setTyped({ ...typed, [name]: event.currentTarget.value })}
            />
          ))}
        </div>
        {save.failure === null ? null : <Failure failure={save.failure} />}
        <div className="row">
          <Button type="submit" loading={save.busy}>
            Save
          </Button>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          {fault.isSet ? (
            <Button variant="subtle" color="gray" onClick={() => void save.run(null).then((done) => done === null || onClose())}>
              As it comes
            </Button>
          ) : null}
          {problems.length === 0 ? null : (
            <span className="small tone-critical" role="alert">
              Nothing was saved: look at what is marked above.
            </span>
          )}
        </div>
        {fault.isSet ? <Earlier fault={fault} people={people} /> : null}
      </form>
    </Modal>
  )
}

function Earlier({ fault, people }: { readonly fault: FaultClassView; readonly people: PeopleView }): ReactNode {
  const answer = useAnswer(['audit'], ['faults.history', fault.class], (client, options) => client.faults.history({ class: fault.class }, options))
  if (answer.state !== 'known' || answer.value.length === 0) return null
  const whatOf = (what: string): string => {
    const figure = figures.find((name) => name === what)
    return figure === undefined ? (what === 'person' ? 'Owner' : changedWhat(what, [])) : figureWords[figure].label
  }
  return <Changes changes={answer.value} whatOf={whatOf} valueOf={(what, value) => changedValue(what, value, people)} began="Set for the first time." />
}
