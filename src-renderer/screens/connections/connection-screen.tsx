/** One connection: how it is, how far each stream was read, how it is set up, and what may be done with it. */
import type { ReactNode } from 'react'
import type { ConnectionView, PlatformView } from '../../../src-main/contract/views.ts'
import { useAnswer } from '../../ask.ts'
import { Answered } from '../../parts/answered.tsx'
import { Back } from '../../parts/back.tsx'
import { Empty } from '../../parts/empty.tsx'
import { Instant } from '../../parts/instant.tsx'
import { Note } from '../../parts/note.tsx'
import { State, connectionLooks } from '../../parts/state.tsx'
import { hrefOf } from '../../stores/navigation.ts'
import { roleWords } from '../words.ts'
import { ConnectionDeeds } from './connection-deeds.tsx'
import { SetUp } from './set-up.tsx'
import { Streams } from './streams.tsx'
import '../screens.css'
import './connections.css'

export function ConnectionScreen({ id }: { readonly id: string }): ReactNode {
  const answer = useAnswer(['connections'], ['connections.list'], (client, options) =>
    client.connections.list(undefined, options),
  )
  const platforms = useAnswer([], ['connections.platforms'], (client, options) =>
    client.connections.platforms(undefined, options),
  )
  const connection =
    answer.state === 'known' ? answer.value.find((each) => each.id === id) : undefined
  return (
    <div className="screen">
      <header className="screen-head">
        <Back href={hrefOf('connections')}>Connections</Back>
        {connection === undefined ? null : <ConnectionDeeds connection={connection} />}
      </header>
      <Answered answer={answer}>
        {() =>
          connection === undefined ? (
            <Empty
              title="This connection is gone"
              action={<a href={hrefOf('connections')}>All connections</a>}
            >
              It was removed, here or in another window.
            </Empty>
          ) : (
            <Connection
              connection={connection}
              platforms={platforms.state === 'known' ? platforms.value : []}
            />
          )
        }
      </Answered>
    </div>
  )
}

function Connection({
  connection,
  platforms,
}: {
  readonly connection: ConnectionView
  readonly platforms: readonly PlatformView[]
}): ReactNode {
  const look = connectionLooks[connection.state]
  return (
    <>
      <div className="connection-head">
        <p className="headline-facts small">
          <State look={look} />
          <span className="dim">
            {roleWords[connection.role]} · {connection.platformLabel}
          </span>
          <span className="dim">
            {connection.since === null ? null : (
              <>
                {look.word.toLowerCase()} since <Instant at={connection.since} />
              </>
            )}
          </span>
        </p>
        <h1 dir="auto">{connection.label}</h1>
        {connection.says === null ? null : <Note look={look}>{connection.says}</Note>}
      </div>
      <div className="connection">
        <Streams connection={connection} />
        <SetUp
          connection={connection}
          platform={platforms.find(({ id }) => id === connection.platform) ?? null}
        />
      </div>
    </>
  )
}
