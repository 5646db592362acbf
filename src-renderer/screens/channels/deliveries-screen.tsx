/** The log of what went through the channels: sent, waiting for its next try, given up, or not needed any more, with the reason. */
import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { DeliveryView } from '../../../src-main/contract/channel-views.ts'
import { type Command, useAnswer, useCommand } from '../../ask.ts'
import { Answered } from '../../parts/answered.tsx'
import { Back } from '../../parts/back.tsx'
import { Cut } from '../../parts/cut.tsx'
import { Empty } from '../../parts/empty.tsx'
import { Failure } from '../../parts/failure.tsx'
import { Instant } from '../../parts/instant.tsx'
import { Pager } from '../../parts/pager.tsx'
import { type StateLook, State } from '../../parts/state.tsx'
import { type Column, Table } from '../../parts/table.tsx'
import { hrefOf } from '../../stores/navigation.ts'
import '../screens.css'

const pageRows = 100

const looks: Readonly<Record<DeliveryView['state'], StateLook>> = {
  sent: { word: 'Sent', tone: 'good', shape: 'tick' },
  waiting: { word: 'Waiting', tone: 'medium', shape: 'half' },
  failed: { word: 'Given up', tone: 'critical', shape: 'cross' },
  dropped: { word: 'Not needed any more', tone: 'low', shape: 'bar' },
}

export function DeliveriesScreen(): ReactNode {
  const [offset, setOffset] = useState(0)
  const answer = useAnswer(['channels'], ['channels.log', offset], (client, options) => client.channels.log({ limit: pageRows, offset }, options))
  const again = useCommand((client, id: string) => client.channels.again({ id }))
  return (
    <div className="screen screen-fill">
      <header className="screen-head">
        <Back href={hrefOf('settings')}>Settings</Back>
        <h1>Delivery log</h1>
      </header>
      {again.failure === null ? null : <Failure failure={again.failure} />}
      <Answered answer={answer}>
        {(log) => (
          <>
            <Table
              label="Deliveries"
              rows={log.rows}
              columns={columnsFor(again)}
              idOf={(row) => row.id}
              empty={<Empty title="Nothing went through a channel yet">What nobody reacts to in time, and the digest, are written down here.</Empty>}
            />
            {log.total <= pageRows ? null : (
              <Pager
                offset={offset}
                shown={log.rows.length}
                total={log.total}
                onBefore={offset > 0 ? () => setOffset(offset - pageRows) : undefined}
                onAfter={offset + log.rows.length < log.total ? () => setOffset(offset + pageRows) : undefined}
              />
            )}
          </>
        )}
      </Answered>
    </div>
  )
}

type Again = Command<string, object>

function columnsFor(again: Again): readonly Column<DeliveryView>[] {
  return [
    { id: 'at', title: 'When', width: '6rem', draw: (row) => <Instant at={row.createdAt} /> },
    { id: 'channel', title: 'Channel', width: 'minmax(7rem, 10rem)', draw: (row) => <Cut text={row.channelLabel} /> },
    { id: 'title', title: 'What', width: 'minmax(12rem, 1fr)', draw: (row) => <Cut text={row.title} /> },
    { id: 'state', title: 'State', width: '7rem', draw: (row) => <State look={looks[row.state]} /> },
    { id: 'tries', title: 'Tries', width: '4rem', align: 'right', draw: (row) => row.tries },
    { id: 'says', title: 'Why', width: 'minmax(10rem, 1fr)', draw: (row) => <Cut text={row.says ?? '—'} /> },
    {
      id: 'next',
      title: 'Next try',
      width: '8rem',
      draw: (row) =>
        row.state === 'failed' ? (
          <Button variant="default" size="compact-sm" loading={again.busy} onClick={() => void again.run(row.id)}>
            Send again
          </Button>
        ) : (
          <Instant at={row.nextAt} />
        ),
    },
  ]
}
