/** Who sits at this computer: what is decided here bears that name. */
import { Select } from '@mantine/core'
import type { ReactNode } from 'react'
import { useAnswer, useCommand } from '../../ask.ts'
import { Answered } from '../../parts/answered.tsx'
import { Failure } from '../../parts/failure.tsx'
import { Panel } from '../../parts/panel.tsx'
import { hrefOf } from '../../stores/navigation.ts'

export function Sitting(): ReactNode {
  const answer = useAnswer(['people'], ['people.list'], (client, options) => client.people.list(undefined, options))
  const sit = useCommand((client, person: string) => client.people.sit({ person }))
  return (
    <Panel title="Who sits here" aside={<a href={hrefOf('rules')}>People</a>}>
      <Answered answer={answer}>
        {({ people, here }) => (
          <div className="stack">
            <Select
              label="I am"
              description="Decisions, comments, repairs and changes made here bear this name, in timelines and in the audit trail."
              placeholder="nobody has said so"
              error={here === null ? 'Until somebody says so, what is decided here is written down as by somebody unknown.' : undefined}
              allowDeselect={false}
              searchable
              disabled={sit.busy}
              data={people.map(({ id, name }) => ({ value: id, label: name }))}
              value={here}
              onChange={(next) => {
                if (next !== null && next !== here) void sit.run(next)
              }}
            />
            {sit.failure === null ? null : <Failure failure={sit.failure} />}
          </div>
        )}
      </Answered>
    </Panel>
  )
}
