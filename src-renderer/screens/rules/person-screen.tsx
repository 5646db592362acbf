/** One person or role: what they are called, where they are reached, and when they work. */
import { Button, MultiSelect, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { PeopleView } from '../../../src-main/contract/duty-views.ts'
import { officeHours } from '../../../src-main/domain/calendar.ts'
import type { Person, Role } from '../../../src-main/domain/person.ts'
import { useAnswer, useCommand } from '../../ask.ts'
import { Answered } from '../../parts/answered.tsx'
import { Back } from '../../parts/back.tsx'
import { Confirm } from '../../parts/confirm.tsx'
import { Empty } from '../../parts/empty.tsx'
import { Failure } from '../../parts/failure.tsx'
import { Panel } from '../../parts/panel.tsx'
import { go, hrefOf } from '../../stores/navigation.ts'
import { Hours } from './hours.tsx'
import { type CalendarDraft, calendarDraft, readCalendar } from './calendar-draft.ts'
import '../screens.css'
import '../pair/pair.css'
import './rules.css'

export function PersonScreen({ id }: { readonly id: string }): ReactNode {
  const answer = useAnswer(['people'], ['people.list'], (client, options) => client.people.list(undefined, options))
  return (
    <div className="screen">
      <header className="screen-head">
        <Back href={hrefOf('rules')}>Rules & owners</Back>
      </header>
      <Answered answer={answer}>{(people) => <One key={id} id={id} people={people} />}</Answered>
    </div>
  )
}

function One({ id, people }: { readonly id: string; readonly people: PeopleView }): ReactNode {
  const person = people.people.find((one) => one.id === id) ?? null
  const role = people.roles.find((one) => one.id === id) ?? null
  if (person === null && role === null && id !== 'new' && id !== 'new-role') {
    return (
      <Empty title="Nobody has this entry any more" action={<a href={hrefOf('rules')}>Rules & owners</a>}>
        It was removed, here or in another window.
      </Empty>
    )
  }
  return <OwnerForm people={people} before={role ?? person} isRole={role !== null || id === 'new-role'} />
}

interface OwnerFormProps {
  readonly people: PeopleView
  /** Null for a new one. */
  readonly before: Person | Role | null
  readonly isRole: boolean
}

function OwnerForm({ people, before, isRole }: OwnerFormProps): ReactNode {
  const [name, setName] = useState(before?.name ?? '')
  const [email, setEmail] = useState(before !== null && 'email' in before ? (before.email ?? '') : '')
  const [members, setMembers] = useState<string[]>(before !== null && 'members' in before ? [...before.members] : [])
  const [hours, setHours] = useState<CalendarDraft>(() =>
    calendarDraft(before?.calendar ?? officeHours(Intl.DateTimeFormat().resolvedOptions().timeZone)),
  )
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({})
  const save = useCommand((client, calendar: Person['calendar']) => {
    const id = before?.id ?? null
    return isRole
      ? client.people.saveRole({ id, name, calendar, members })
      : client.people.save({ id, name, email: email.trim() === '' ? null : email.trim(), calendar })
  })
  async function submit(): Promise<void> {
    const read = readCalendar(hours)
    const found = { ...('problems' in read ? read.problems : {}), ...(name.trim() === '' ? { name: 'A name is needed.' } : {}) }
    setProblems(found)
    if ('problems' in read || name.trim() === '') return
    if ((await save.run(read.calendar)) !== null) go('rules')
  }
  const refused = save.failure?.field ?? null
  return (
    <>
      <h1 dir="auto">{before?.name ?? (isRole ? 'A new role' : 'A new person')}</h1>
      <form
        className="stack"
        noValidate
        aria-label={isRole ? 'Role' : 'Person'}
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <Panel title="Who">
          <div className="pair-fields">
            <TextInput label="Name" value={name} error={problems['name'] ?? (refused === 'name' ? save.failure?.what : null)} onChange={(event) => setName(event.currentTarget.value)} />
            {isRole ? (
              <MultiSelect label="People" data={people.people.map((one) => ({ value: one.id, label: one.name }))} value={members} onChange={setMembers} />
            ) : (
              <TextInput
                label="E-mail address"
                type="email"
                description="Where an escalation reaches them."
                value={email}
                error={refused === 'email' ? 'Not an e-mail address.' : null}
                onChange={(event) => setEmail(event.currentTarget.value)}
              />
            )}
          </div>
        </Panel>
        <Hours hours={hours} problems={problems} onChange={setHours} />
        {save.failure === null ? null : <Failure failure={save.failure} />}
        <div className="row">
          <Button type="submit" loading={save.busy}>
            Save
          </Button>
          <Button variant="subtle" color="gray" onClick={() => go('rules')}>
            Cancel
          </Button>
          {before === null ? null : <Remove id={before.id} name={before.name} />}
        </div>
      </form>
    </>
  )
}

function Remove({ id, name }: { readonly id: string; readonly name: string }): ReactNode {
  const [asking, setAsking] = useState(false)
  const remove = useCommand((client, owner: string) => client.people.remove({ id: owner }))
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        Remove…
      </Button>
      {asking ? (
        <Confirm
          title={`Remove ${name}`}
          does="Remove"
          tone="danger"
          busy={remove.busy}
          failure={remove.failure}
          onClose={() => setAsking(false)}
          onConfirm={() => void remove.run(id).then((done) => (done === null ? undefined : go('rules')))}
        >
          <p>What is open and theirs goes to whom its rule names, else to whoever answers by default.</p>
        </Confirm>
      ) : null}
    </>
  )
}
