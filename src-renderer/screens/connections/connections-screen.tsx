/** Every connection with its health in words, and which shop is paired with which ERP. */
import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import type { ConnectionView } from '../../../src-main/contract/views.ts'
import { useAnswer } from '../../ask.ts'
import { Answered } from '../../parts/answered.tsx'
import { Cut } from '../../parts/cut.tsx'
import { Empty } from '../../parts/empty.tsx'
import { AsOf } from '../../parts/figure.tsx'
import { State, connectionLooks } from '../../parts/state.tsx'
import { useInDemo } from '../../stores/demo.ts'
import { go, hrefOf } from '../../stores/navigation.ts'
import { roleWords } from '../words.ts'
import { clockWords } from './clock-words.ts'
import { oldestOf } from './coverage.ts'
import { Pairs } from './pairs-panel.tsx'
import '../screens.css'
import './connections.css'

export function ConnectionsScreen(): ReactNode {
  const answer = useAnswer(['connections'], ['connections.list'], (client, options) =>
    client.connections.list(undefined, options),
  )
  const inDemo = useInDemo()
  return (
    <div className="screen">
      <header className="screen-head">
        <h1>Connections</h1>
        {inDemo ? null : (
          <Button variant="default" onClick={() => go('connect')}>
            Connect another…
          </Button>
        )}
      </header>
      <Answered answer={answer}>
        {(connections) =>
          connections.length === 0 ? (
            <Empty
              title="Nothing is connected"
              action={<Button onClick={() => go('first-run')}>Connect a shop and an ERP</Button>}
            >
              Plumbline finds gaps between a shop and an ERP. It needs both, and only reads until
              you allow a repair.
            </Empty>
          ) : (
            <>
              <ul className="connections panel" aria-label="Connections">
                {connections.map((connection) => (
                  <ConnectionLine key={connection.id} connection={connection} />
                ))}
              </ul>
              <Pairs connections={connections} />
            </>
          )
        }
      </Answered>
    </div>
  )
}

function ConnectionLine({ connection }: { readonly connection: ConnectionView }): ReactNode {
  const clock = clockWords(connection.clockOffsetMs, connection.label)
  return (
    <li>
      <a className="connection-line" href={hrefOf('connections', connection.id)}>
        <State look={connectionLooks[connection.state]} />
        <span className="connection-name">
          <Cut text={connection.label} />
        </span>
        <span className="dim">
          {roleWords[connection.role]} · {connection.platformLabel}
        </span>
        <span className="small dim connection-age">
          <AsOf asOf={oldestOf(connection.streams)} />
        </span>
        <span
          className={`small connection-clock ${clock.fine ? 'dim' : 'tone-high'}`}
          title={`${clock.says} ${clock.todo}`}
        >
          {clock.short}
        </span>
        {connection.says === null ? null : (
          <span className="connection-says">{connection.says}</span>
        )}
      </a>
    </li>
  )
}
