/** What may be done with a connection: read it at once, or remove it after its id was typed. */
import { Button, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { ConnectionView } from '../../../src-main/contract/views.ts'
import { useCommand } from '../../ask.ts'
import { Confirm } from '../../parts/confirm.tsx'
import { Failure } from '../../parts/failure.tsx'
import { useKeys } from '../../parts/use-keys.ts'
import { useInDemo } from '../../stores/demo.ts'
import { go } from '../../stores/navigation.ts'

export function ConnectionDeeds({
  connection,
}: {
  readonly connection: ConnectionView
}): ReactNode {
  const inDemo = useInDemo()
  const [removing, setRemoving] = useState(false)
  const [asked, setAsked] = useState<number | null>(null)
  const read = useCommand((client, id: string) => client.connections.readNow({ id }))
  const readNow = async (): Promise<void> => {
    if ((await read.run(connection.id)) !== null) setAsked(connection.lastReadAt ?? 0)
  }
  useKeys({
    title: 'Connection',
    bindings: [{ keys: 'n', does: 'Read it now', run: () => void readNow() }],
  })
  return (
    <>
      <div className="row head-deeds">
        <span className="small dim" role="status">
          {asked === null
            ? null
            : asked === (connection.lastReadAt ?? 0)
              ? 'It is read as soon as its pace allows.'
              : 'Read.'}
        </span>
        <Button
          variant="default"
          loading={read.busy}
          aria-keyshortcuts="n"
          onClick={() => void readNow()}
        >
          Read now
        </Button>
        {inDemo ? null : (
          <Button variant="default" onClick={() => setRemoving(true)}>
            Remove…
          </Button>
        )}
      </div>
      {read.failure === null ? null : (
        <div className="head-failure">
          <Failure failure={read.failure} />
        </div>
      )}
      {removing ? <Remove connection={connection} onClose={() => setRemoving(false)} /> : null}
    </>
  )
}

function Remove({
  connection,
  onClose,
}: {
  readonly connection: ConnectionView
  readonly onClose: () => void
}): ReactNode {
  const [typed, setTyped] = useState('')
  const remove = useCommand((client, id: string) => client.connections.remove({ id }))
  const run = async (): Promise<void> => {
    if ((await remove.run(connection.id)) !== null) go('connections')
  }
  return (
    <Confirm
      title={`Remove ${connection.label}`}
      does="Remove the connection"
      tone="danger"
      busy={remove.busy}
      ready={typed.trim() === connection.id}
      failure={remove.failure}
      onConfirm={() => void run()}
      onClose={onClose}
    >
      <p>
        It is read no longer and its secret is deleted from where it is kept. Orders of its pairs
        are no longer judged. Nothing changes in {connection.platformLabel} itself.
      </p>
      <TextInput
        label={
          <>
            Type <code>{connection.id}</code> to confirm
          </>
        }
        data-autofocus
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
    </Confirm>
  )
}
