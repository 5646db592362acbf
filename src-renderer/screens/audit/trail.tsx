/** The audit trail: who did what, when and why, and whether the chain of hashes still holds. */
import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { AuditRow } from '../../../src-main/contract/audit-views.ts'
import { useAnswer } from '../../ask.ts'
import { Answered } from '../../parts/answered.tsx'
import { Cut } from '../../parts/cut.tsx'
import { Empty } from '../../parts/empty.tsx'
import { Instant } from '../../parts/instant.tsx'
import { Note } from '../../parts/note.tsx'
import { count } from '../../parts/numbers.ts'
import { type Column, Table } from '../../parts/table.tsx'

const pageRows = 100

const columns: readonly Column<AuditRow>[] = [
  {
    id: 'seq',
    title: 'No.',
    width: '3.5rem',
    align: 'right',
    draw: (row) => <Sequence row={row} />,
  },
  { id: 'at', title: 'When', width: '6rem', draw: (row) => <Instant at={row.at} /> },
  { id: 'who', title: 'Who', width: 'minmax(7rem, 10rem)', draw: (row) => <Cut text={row.who} /> },
  { id: 'what', title: 'What', width: '11rem', draw: (row) => <Cut text={row.what} /> },
  {
    id: 'subject',
    title: 'On what',
    width: 'minmax(10rem, 1fr)',
    draw: (row) => <Cut text={row.subject} />,
  },
  {
    id: 'why',
    title: 'Why',
    width: 'minmax(10rem, 1fr)',
    draw: (row) => <Cut text={row.why ?? '—'} />,
  },
]

export function Trail(): ReactNode {
  // where each page began, so that one can go back
  const [starts, setStarts] = useState<readonly number[]>([])
  const before = starts.at(-1) ?? null
  const answer = useAnswer(['audit'], ['audit.list', before], (client, options) =>
    client.audit.list({ limit: pageRows, before }, options),
  )
  return (
    <Answered answer={answer}>
      {(trail) => {
        const last = trail.rows.at(-1)?.seq ?? 1
        return (
          <>
            <Note
              look={
                trail.intact
                  ? { tone: 'good', shape: 'tick' }
                  : { tone: 'critical', shape: 'cross' }
              }
            >
              {trail.intact
                ? `The trail is intact. ${trail.says}`
                : `The trail was tampered with. ${trail.says} Keep a copy of the database and find out who had access to it.`}
            </Note>
            <Table
              label="Audit trail"
              rows={trail.rows}
              columns={columns}
              idOf={(row) => String(row.seq)}
              empty={
                <Empty title="Nothing happened yet">
                  Every change of settings, every credential, every decision and every move of a
                  replay is written down here.
                </Empty>
              }
            />
            {trail.total <= pageRows ? null : (
              <div className="row">
                <Button
                  variant="default"
                  disabled={starts.length === 0}
                  onClick={() => setStarts(starts.slice(0, -1))}
                >
                  Newer
                </Button>
                <Button
                  variant="default"
                  disabled={last <= 1}
                  onClick={() => setStarts([...starts, last])}
                >
                  Older
                </Button>
                <span className="small dim">{count(trail.total)} entries</span>
              </div>
            )}
          </>
        )
      }}
    </Answered>
  )
}

/** With its hash on hover, to compare it with an export. */
function Sequence({ row }: { readonly row: AuditRow }): ReactNode {
  return <span title={`Hash ${row.hash}`}>{count(row.seq)}</span>
}
