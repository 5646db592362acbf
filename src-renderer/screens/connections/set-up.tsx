/** How a connection is set up: its address and the like, where its secret is kept, its clock; and the form to change it. */
import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { ConnectionView, PlatformView } from '../../../src-main/contract/views.ts'
import { useCommand } from '../../ask.ts'
import { Failure } from '../../parts/failure.tsx'
import { Panel } from '../../parts/panel.tsx'
import { useInDemo } from '../../stores/demo.ts'
import { CheckSteps } from './check-steps.tsx'
import { clockWords } from './clock-words.ts'
import { ConnectionForm } from './connection-form.tsx'
import { keptWords } from './fields.tsx'

interface SetUpProps {
  readonly connection: ConnectionView
  /** Null while it is not known, or when this version does not know it. */
  readonly platform: PlatformView | null
}

export function SetUp({ connection, platform }: SetUpProps): ReactNode {
  const [editing, setEditing] = useState(false)
  const inDemo = useInDemo()
  if (editing && platform !== null) {
    return (
      <Panel title="Edit the connection">
        <ConnectionForm
          name={connection.id}
          platforms={[platform]}
          existing={connection}
          onSaved={() => setEditing(false)}
          onCancel={() => setEditing(false)}
        />
      </Panel>
    )
  }
  return (
    <Panel title="Set-up">
      <div className="stack">
        <Facts connection={connection} platform={platform} />
        <Test connection={connection}>
          {inDemo ? null : (
            <Button variant="default" disabled={platform === null} onClick={() => setEditing(true)}>
              Edit or replace the {secretWord(platform)}…
            </Button>
          )}
        </Test>
      </div>
    </Panel>
  )
}

function secretWord(platform: PlatformView | null): string {
  const [first] = platform?.secretFields ?? []
  return first === undefined ? 'secret' : first.label.toLowerCase().replaceAll('api', 'API')
}

function Facts({ connection, platform }: SetUpProps): ReactNode {
  const clock = clockWords(connection.clockOffsetMs, connection.label)
  const fields =
    platform?.settingsFields ??
    Object.keys(connection.settings).map((name) => ({ name, label: name }))
  return (
    <dl className="facts">
      {fields.map((field) => (
        <Fact
          key={field.name}
          label={field.label}
          value={settingWords(connection.settings[field.name])}
        />
      ))}
      <Fact label="Secret" value={keptWords(connection.secret)} />
      <dt>Clock</dt>
      <dd className={clock.fine ? undefined : 'tone-high'}>
        {clock.says} {clock.todo}
      </dd>
    </dl>
  )
}

function Fact({ label, value }: { readonly label: string; readonly value: string }): ReactNode {
  return (
    <>
      <dt>{label}</dt>
      <dd dir="auto">{value}</dd>
    </>
  )
}

function settingWords(value: unknown): string {
  if (value === undefined || value === null || value === '') return 'not set'
  if (Array.isArray(value)) return value.length === 0 ? 'all' : value.map(String).join(', ')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** Tries the connection as it is kept; `children` stand beside its button. */
function Test({
  connection,
  children,
}: {
  readonly connection: ConnectionView
  readonly children: ReactNode
}): ReactNode {
  const test = useCommand((client, { id, platform, label, settings }: ConnectionView) =>
    client.connections.test({ id, platform, label, settings, secrets: {} }),
  )
  const [check, setCheck] = useState<Awaited<ReturnType<typeof test.run>>>(null)
  return (
    <>
      <div className="row">
        <Button
          variant="default"
          loading={test.busy}
          onClick={() => void test.run(connection).then(setCheck)}
        >
          Test
        </Button>
        {children}
      </div>
      <div aria-live="polite">
        {check === null ? null : <CheckSteps check={check} outdated={false} />}
      </div>
      {test.failure === null ? null : <Failure failure={test.failure} />}
    </>
  )
}
