/** Whose incident it is, how much time they have left, and what was or is put right around the evidence by hand. */
import { Button, Select } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { IncidentView } from '../../../src-main/contract/views.ts'
import { useAnswer, useCommand } from '../../ask.ts'
import { Failure } from '../../parts/failure.tsx'
import { Instant } from '../../parts/instant.tsx'
import { spanOf } from '../../parts/numbers.ts'
import { Panel } from '../../parts/panel.tsx'
import { State } from '../../parts/state.tsx'
import { ownerChoices } from '../rules/owners.ts'
import { OverrideDialog } from './override.tsx'

export function Duty({ incident }: { readonly incident: IncidentView }): ReactNode {
  const [overriding, setOverriding] = useState(false)
  const people = useAnswer(['people'], ['people.list'], (client, options) => client.people.list(undefined, options))
  const assign = useCommand((client, owner: string | null) =>
    client.incidents.decide({ ids: [incident.id], decision: { kind: 'assign', owner, why: '' } }),
  )
  const choices = people.state === 'known' ? ownerChoices(people.value) : []
  return (
    <Panel title="Who, and by when">
      <div className="stack">
        <Select
          label="Owner"
          description={incident.ownedBy === 'rule' ? 'As its rule says.' : 'Given by a person.'}
          data={choices}
          value={incident.owner?.id ?? null}
          placeholder="Nobody"
          disabled={incident.state === 'resolved' || assign.busy}
          clearable={incident.ownedBy === 'person'}
          clearButtonProps={{ 'aria-label': 'Back to whom its rule names' }}
          onChange={(next) => void assign.run(next)}
        />
        {assign.failure === null ? null : <Failure failure={assign.failure} />}
        <TimeLeft incident={incident} />
        {incident.state === 'resolved' || incident.state === 'repairing' ? null : (
          <div className="row">
            <Button variant="default" onClick={() => setOverriding(true)}>
              Put right by hand…
            </Button>
          </div>
        )}
      </div>
      {overriding ? <OverrideDialog incident={incident} onClose={() => setOverriding(false)} /> : null}
    </Panel>
  )
}

function TimeLeft({ incident }: { readonly incident: IncidentView }): ReactNode {
  const { slaLeftMs, slaDueAt, severity } = incident
  if (slaLeftMs === null || slaDueAt === null) return null
  const counted = severity === 'critical' ? '' : ' of working time'
  return (
    <div>
      <p>
        {slaLeftMs < 0 ? (
          <State look={{ word: `Late by ${spanOf(-slaLeftMs)}${counted}`, tone: 'critical', shape: 'cross' }} />
        ) : (
          <State look={{ word: `${spanOf(slaLeftMs)}${counted} left`, tone: 'good', shape: 'half' }} />
        )}
      </p>
      <p className="small dim">
        To be resolved <Instant at={slaDueAt} />
      </p>
    </div>
  )
}
