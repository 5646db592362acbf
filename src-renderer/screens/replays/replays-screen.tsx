/** Every replay that was ever previewed: where it is, how sure it is, and the incident it belongs to. */
import { type ReactNode, useState } from 'react'
import type { IntentView } from '../../../src-main/contract/views.ts'
import { useAnswer } from '../../ask.ts'
import { Answered } from '../../parts/answered.tsx'
import { Cut } from '../../parts/cut.tsx'
import { inOwnTime } from '../../parts/dates.ts'
import { Empty } from '../../parts/empty.tsx'
import { Instant } from '../../parts/instant.tsx'
import { Money } from '../../parts/money.tsx'
import { Pager } from '../../parts/pager.tsx'
import { State, intentLooks } from '../../parts/state.tsx'
import { type Column, Table } from '../../parts/table.tsx'
import { go } from '../../stores/navigation.ts'
import { actionWords } from '../words.ts'
import '../screens.css'

const pageRows = 100

const columns: readonly Column<IntentView>[] = [
  {
    id: 'state',
    title: 'State',
    width: '7.5rem',
    draw: (row) => <State look={intentLooks[row.state]} />,
  },
  {
    id: 'target',
    title: 'What',
    width: 'minmax(8rem, 13rem)',
    draw: (row) => <Cut text={`${row.target} · ${actionWords[row.action].does.toLowerCase()}`} />,
  },
  {
    id: 'says',
    title: 'Last word on it',
    width: 'minmax(12rem, 1fr)',
    draw: (row) => <Cut text={inOwnTime(row.says)} />,
  },
  {
    id: 'reason',
    title: 'Why',
    width: 'minmax(8rem, 0.8fr)',
    draw: (row) => <Cut text={row.reason ?? '—'} />,
  },
  {
    id: 'amount',
    title: 'Amount',
    width: '8rem',
    align: 'right',
    draw: (row) => <Money amount={row.amount} />,
  },
  {
    id: 'moved',
    title: 'Moved',
    width: '5rem',
    align: 'right',
    draw: (row) => <Instant at={row.movedAt} />,
  },
]

export function ReplaysScreen(): ReactNode {
  const [offset, setOffset] = useState(0)
  const question = { limit: pageRows, offset }
  const answer = useAnswer(['replays'], ['replays.list', question], (client, options) =>
    client.replays.list(question, options),
  )
  return (
    <div className="screen screen-fill">
      <header className="screen-head">
        <h1>Replays</h1>
      </header>
      <Answered answer={answer}>
        {(page) => (
          <>
            <Table
              label="Replays"
              rows={page.rows}
              columns={columns}
              idOf={(row) => row.id}
              onOpen={(row) => go('incidents', row.incident)}
              offset={offset}
              total={page.total}
              empty={
                <Empty title="Nothing was repaired from here yet">
                  A repair begins at an incident, with a preview of exactly what would be sent. Each
                  one is listed here, whatever became of it.
                </Empty>
              }
            />
            <Pager
              offset={offset}
              shown={page.rows.length}
              total={page.total}
              onBefore={offset === 0 ? undefined : () => setOffset(Math.max(0, offset - pageRows))}
              onAfter={
                offset + page.rows.length >= page.total
                  ? undefined
                  : () => setOffset(offset + pageRows)
              }
            />
          </>
        )}
      </Answered>
    </div>
  )
}
