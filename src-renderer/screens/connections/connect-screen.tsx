/** Connects one more platform after the first run. */
import { SegmentedControl } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { PlatformView } from '../../../src-main/contract/views.ts'
import type { Role } from '../../../src-main/domain/connection.ts'
import { useAnswer } from '../../ask.ts'
import { NotInDemo } from '../../demo/not-in-demo.tsx'
import { Answered } from '../../parts/answered.tsx'
import { Back } from '../../parts/back.tsx'
import { Panel } from '../../parts/panel.tsx'
import { useInDemo } from '../../stores/demo.ts'
import { go, hrefOf } from '../../stores/navigation.ts'
import { roleWords } from '../words.ts'
import { ConnectionForm } from './connection-form.tsx'

export function ConnectScreen(): ReactNode {
  const answer = useAnswer([], ['connections.platforms'], (client, options) =>
    client.connections.platforms(undefined, options),
  )
  if (useInDemo()) return <NotInDemo />
  return (
    <div className="screen">
      <header className="screen-head">
        <Back href={hrefOf('connections')}>Connections</Back>
      </header>
      <h1>Connect another</h1>
      <Answered answer={answer}>{(platforms) => <Connect platforms={platforms} />}</Answered>
    </div>
  )
}

function Connect({ platforms }: { readonly platforms: readonly PlatformView[] }): ReactNode {
  const offered = [...new Set(platforms.map((platform) => platform.role))]
  const [role, setRole] = useState<Role | null>(offered[0] ?? null)
  return (
    <Panel title="What is it?" className="form-panel">
      <div className="stack">
        <div>
          <SegmentedControl
            aria-label="Kind of platform"
            value={role ?? ''}
            onChange={(next) => setRole(offered.find((each) => each === next) ?? null)}
            data={offered.map((each) => ({ value: each, label: roleWords[each] }))}
          />
        </div>
        {role === null ? null : (
          <ConnectionForm
            key={role}
            name={`new ${role}`}
            platforms={platforms.filter((platform) => platform.role === role)}
            existing={null}
            onSaved={(saved) => go('connections', saved.id)}
            onCancel={() => go('connections')}
          />
        )}
      </div>
    </Panel>
  )
}
