/** The classes of failed calls: when one becomes an incident, whose it is, by when, and when the next one is told. */
import { type ReactNode, useState } from 'react'
import type { FaultClassView, PeopleView } from '../../../src-main/contract/duty-views.ts'
import { useAnswer } from '../../ask.ts'
import { Answered } from '../../parts/answered.tsx'
import { Cut } from '../../parts/cut.tsx'
import { Empty } from '../../parts/empty.tsx'
import { count, spanOf } from '../../parts/numbers.ts'
import { Severity } from '../../parts/severity.tsx'
import { type Column, Table } from '../../parts/table.tsx'
import { faultWords } from '../words.ts'
import { FaultForm } from './fault-form.tsx'
import { ownerName } from './owners.ts'

export function Faults({ people }: { readonly people: PeopleView }): ReactNode {
  const answer = useAnswer(['people', 'overview'], ['faults.list'], (client, options) => client.faults.list(undefined, options))
  const [open, setOpen] = useState<FaultClassView['class'] | null>(null)
  return (
    <section className="stack" aria-labelledby="error-classes">
      <h2 id="error-classes">Error classes</h2>
      <Answered answer={answer}>
        {(classes) => {
          const chosen = classes.find((one) => one.class === open)
          return (
            <>
              <div className="fault-table">
                <Table
                  label="Error classes"
                  rows={classes}
                  columns={columnsFor(people)}
                  idOf={(one) => one.class}
                  onOpen={(one) => setOpen(one.class)}
                  empty={<Empty title="This version knows no class" />}
                />
              </div>
              {chosen === undefined ? null : <FaultForm fault={chosen} people={people} onClose={() => setOpen(null)} />}
            </>
          )
        }}
      </Answered>
    </section>
  )
}

function columnsFor(people: PeopleView): readonly Column<FaultClassView>[] {
  return [
    { id: 'severity', title: 'Severity', width: '5.5rem', draw: ({ policy }) => <Severity level={policy.severity} /> },
    { id: 'class', title: 'Calls that end so', width: 'minmax(11rem, 1fr)', draw: (one) => <Cut text={upperFirst(faultWords[one.class])} /> },
    { id: 'when', title: 'Speaks at', width: '11rem', draw: (one) => <Cut text={whenWords(one)} /> },
    { id: 'owner', title: 'Owner', width: 'minmax(7rem, 12rem)', draw: ({ policy }) => <Cut text={ownerName(people, policy.person ?? people.defaultOwner)} /> },
    { id: 'sla', title: 'Within', width: '7rem', draw: ({ policy }) => <Cut text={workWords(policy.slaMinutes, policy.severity)} /> },
    { id: 'escalate', title: 'Told on after', width: '7rem', draw: ({ policy }) => <Cut text={workWords(policy.escalateMinutes, policy.severity)} /> },
    { id: 'set', title: 'Set', width: '2.5rem', draw: (one) => (one.isSet ? 'Yes' : '—') },
    { id: 'last', title: 'Last day', width: '4.5rem', align: 'right', draw: (one) => count(one.lastDay) },
  ]
}

/** `5 and 15 % of 15 min` */
function whenWords({ policy }: FaultClassView): string {
  const share = policy.shareMin === 0 ? '' : ` and ${policy.shareMin} %`
  return `${count(policy.countMin)}${share} in ${spanOf(policy.windowMinutes * 60_000)}`
}

/** A day of work is no day of the clock: both are told in hours. */
function workWords(minutes: number, severity: FaultClassView['policy']['severity']): string {
  const span = minutes % 60 === 0 ? `${count(minutes / 60)} h` : `${count(minutes)} min`
  return severity === 'critical' ? span : `${span} of work`
}

function upperFirst(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}
