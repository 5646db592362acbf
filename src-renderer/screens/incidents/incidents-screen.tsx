/** The queue: what is wrong between the shop and the ERP, worst first, with what a person decides about each. */
import { type ReactNode, useState } from 'react'
import type { IncidentRow } from '../../../src-main/contract/views.ts'
import { useAnswer } from '../../ask.ts'
import { Answered } from '../../parts/answered.tsx'
import { Cut } from '../../parts/cut.tsx'
import { inOwnTime } from '../../parts/dates.ts'
import { Instant } from '../../parts/instant.tsx'
import { Money } from '../../parts/money.tsx'
import { Pager } from '../../parts/pager.tsx'
import { Severity } from '../../parts/severity.tsx'
import { State, incidentLooks } from '../../parts/state.tsx'
import { type Column, Table } from '../../parts/table.tsx'
import { useKeys } from '../../parts/use-keys.ts'
import { go } from '../../stores/navigation.ts'
import { Bulk } from './bulk.tsx'
import { Filters } from './filters.tsx'
import { pageRows, questionOf, useQueue } from './filter.ts'
import { Judged } from './judged.tsx'
import { QueueEmpty } from './queue-empty.tsx'
import '../screens.css'
import './incidents.css'

const columns: readonly Column<IncidentRow>[] = [
  {
    id: 'severity',
    title: 'Severity',
    width: '4.75rem',
    draw: (row) => <Severity level={row.severity} />,
  },
  {
    id: 'says',
    title: 'What is wrong',
    width: 'minmax(12rem, 1fr)',
    draw: (row) => <Cut text={inOwnTime(row.says)} />,
  },
  {
    id: 'amount',
    title: 'Amount',
    width: 'minmax(6.5rem, 0.3fr)',
    align: 'right',
    draw: (row) => <Money amount={row.amount} />,
  },
  {
    id: 'state',
    title: 'State',
    width: '7.25rem',
    draw: (row) => <State look={incidentLooks[row.state]} />,
  },
  {
    id: 'owner',
    title: 'Owner',
    width: 'minmax(4.5rem, 0.3fr)',
    draw: (row) => <Cut text={row.owner?.name ?? '—'} />,
  },
  {
    id: 'age',
    title: 'Opened',
    width: '5rem',
    align: 'right',
    draw: (row) => <Instant at={row.openedAt} />,
  },
]

const none: ReadonlySet<string> = new Set()

export function IncidentsScreen(): ReactNode {
  const filter = useQueue()
  const question = questionOf(filter)
  const [chosen, setChosen] = useState(none)
  const answer = useAnswer(['incidents'], ['incidents.list', question], (client, options) =>
    client.incidents.list(question, options),
  )
  const known = answer.state === 'known' ? answer.value : null
  const last = known === null ? 0 : filter.offset + known.rows.length
  const after =
    known !== null && last < known.total ? () => filter.turn(filter.offset + pageRows) : undefined
  const before = filter.offset > 0 ? () => filter.turn(filter.offset - pageRows) : undefined
  useKeys({
    title: 'Queue',
    bindings: [
      {
        keys: '/',
        does: 'Search the queue',
        run: () => document.querySelector<HTMLElement>('#queue-search')?.focus(),
      },
      { keys: ']', does: 'Next page of the queue', run: () => after?.() },
      { keys: '[', does: 'Page before in the queue', run: () => before?.() },
    ],
  })
  return (
    <div className="screen screen-fill">
      <header className="screen-head">
        <h1>Incidents</h1>
        <Judged />
      </header>
      <Filters counts={known?.counts ?? null} rules={known?.rules ?? []} />
      <Answered answer={answer}>
        {(queue) => (
          <>
            <div
              className="queue"
              data-previous={(answer.state === 'known' && answer.previous) || undefined}
            >
              <Table
                label="Incidents"
                rows={queue.rows}
                columns={columns}
                idOf={(row) => row.id}
                onOpen={(row) => go('incidents', row.id)}
                chosen={chosen}
                onChoose={setChosen}
                offset={filter.offset}
                total={queue.total}
                empty={<QueueEmpty beyond={queue.total > 0} />}
              />
            </div>
            <footer className="queue-foot" hidden={queue.total === 0}>
              <Bulk
                rows={queue.rows.filter((row) => chosen.has(row.id))}
                onDone={() => setChosen(none)}
              />
              <Pager
                offset={filter.offset}
                shown={queue.rows.length}
                total={queue.total}
                onBefore={before}
                onAfter={after}
              />
            </footer>
          </>
        )}
      </Answered>
    </div>
  )
}
