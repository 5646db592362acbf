/** The people and roles that incidents may belong to, and who answers where a rule names nobody. */
import { Button, Select } from '@mantine/core'
import type { ReactNode } from 'react'
import type { PeopleView } from '../../../src-main/contract/duty-views.ts'
import { useCommand } from '../../ask.ts'
import { Failure } from '../../parts/failure.tsx'
import { count } from '../../parts/numbers.ts'
import { Panel } from '../../parts/panel.tsx'
import { go, hrefOf } from '../../stores/navigation.ts'
import { ownerChoices } from './owners.ts'

export function People({ people }: { readonly people: PeopleView }): ReactNode {
  const setDefault = useCommand((client, owner: string) => client.people.setDefault({ owner }))
  const nameOf = (id: string): string => people.people.find((one) => one.id === id)?.name ?? id
  return (
    <Panel title="People and roles">
      <div className="stack">
        <ul className="people">
          {people.people.map((person) => (
            <li key={person.id}>
              <a href={hrefOf('people', person.id)} dir="auto">
                {person.name}
              </a>
              <span className="dim">{person.email ?? 'no e-mail address'}</span>
              <span className="dim">{person.calendar.zone}</span>
              <span className="people-open">{count(person.open)} open</span>
            </li>
          ))}
          {people.roles.map((role) => (
            <li key={role.id}>
              <a href={hrefOf('people', role.id)} dir="auto">
                {role.name}
              </a>
              <span className="dim" dir="auto">
                {role.members.length === 0 ? 'nobody in it' : role.members.map(nameOf).join(', ')}
              </span>
              <span className="dim">{role.calendar.zone}</span>
              <span className="people-open">{count(role.open)} open</span>
            </li>
          ))}
        </ul>
        <div className="row">
          <Button variant="default" onClick={() => go('people', 'new')}>
            Add a person
          </Button>
          <Button variant="default" onClick={() => go('people', 'new-role')}>
            Add a role
          </Button>
        </div>
        <div className="pair-fields">
          <Select
            label="Answers where a rule names nobody"
            data={ownerChoices(people)}
            value={people.defaultOwner}
            allowDeselect={false}
            disabled={setDefault.busy}
            onChange={(next) => {
              if (next !== null) void setDefault.run(next)
            }}
          />
        </div>
        {setDefault.failure === null ? null : <Failure failure={setDefault.failure} />}
      </div>
    </Panel>
  )
}
