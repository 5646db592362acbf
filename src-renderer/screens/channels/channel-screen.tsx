/** One channel: where it leads, with a test that says at once what is wrong. */
import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { ChannelDraft, ChannelView } from '../../../src-main/contract/channel-views.ts'
import { type ChannelKind, channelKinds } from '../../../src-main/domain/channel.ts'
import { useAnswer, useCommand } from '../../ask.ts'
import { Answered } from '../../parts/answered.tsx'
import { Back } from '../../parts/back.tsx'
import { Confirm } from '../../parts/confirm.tsx'
import { Empty } from '../../parts/empty.tsx'
import { Failure } from '../../parts/failure.tsx'
import { Note } from '../../parts/note.tsx'
import { Panel } from '../../parts/panel.tsx'
import { go, hrefOf } from '../../stores/navigation.ts'
import { type TypedChannel, readChannel, typedChannel } from './channel-draft.ts'
import { ChannelFields } from './channel-fields.tsx'
import '../screens.css'
import '../pair/pair.css'

export function ChannelScreen({ id }: { readonly id: string }): ReactNode {
  const answer = useAnswer(['channels'], ['channels.list'], (client, options) => client.channels.list(undefined, options))
  const kind = channelKinds.find((one) => id === `new-${one}`) ?? null
  return (
    <div className="screen">
      <header className="screen-head">
        <Back href={hrefOf('settings')}>Settings</Back>
      </header>
      <Answered answer={answer}>
        {(channels) => {
          const before = channels.find((one) => one.id === id) ?? null
          if (before === null && kind === null) return <Empty title="This channel is not there any more" />
          return <ChannelForm key={id} before={before} kind={before?.settings.kind ?? kind ?? 'email'} />
        }}
      </Answered>
    </div>
  )
}

function ChannelForm({ before, kind }: { readonly before: ChannelView | null; readonly kind: ChannelKind }): ReactNode {
  const [typed, setTyped] = useState<TypedChannel>(() => typedChannel(kind, before))
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({})
  const [tested, setTested] = useState<{ readonly ok: boolean; readonly says: string } | null>(null)
  const save = useCommand((client, draft: ChannelDraft) => client.channels.save(draft))
  const test = useCommand((client, draft: ChannelDraft) => client.channels.test(draft))
  const draftOrNull = (): ChannelDraft | null => {
    const read = readChannel(typed, before?.id ?? null)
    setProblems('problems' in read ? read.problems : {})
    return 'draft' in read ? read.draft : null
  }
  async function submit(): Promise<void> {
    const draft = draftOrNull()
    if (draft === null || (await save.run(draft)) === null) return
    go('settings')
  }
  async function tryOut(): Promise<void> {
    setTested(null)
    const draft = draftOrNull()
    if (draft !== null) setTested(await test.run(draft))
  }
  const failure = save.failure ?? test.failure
  const field = failure?.field ?? null
  return (
    <>
      <h1 dir="auto">{before?.label ?? typed.label}</h1>
      <form
        className="stack"
        noValidate
        aria-label="Channel"
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <Panel title="Where it leads">
          <ChannelFields
            typed={typed}
            stored={before?.secret.stored === true}
            problems={field === null ? problems : { ...problems, [field]: failure?.what ?? '' }}
            onType={(next) => setTyped({ ...typed, ...next })}
          />
        </Panel>
        {tested === null ? null : (
          <Note look={tested.ok ? { tone: 'good', shape: 'tick' } : { tone: 'critical', shape: 'cross' }}>
            <span role="status">{tested.says}</span>
          </Note>
        )}
        {failure === null ? null : <Failure failure={failure} />}
        <div className="row">
          <Button type="submit" loading={save.busy}>
            Save
          </Button>
          <Button variant="default" loading={test.busy} onClick={() => void tryOut()}>
            Send a test
          </Button>
          <Button variant="subtle" color="gray" onClick={() => go('settings')}>
            Cancel
          </Button>
          {before === null ? null : <Remove channel={before} />}
        </div>
      </form>
    </>
  )
}

function Remove({ channel }: { readonly channel: ChannelView }): ReactNode {
  const [asking, setAsking] = useState(false)
  const remove = useCommand((client, id: string) => client.channels.remove({ id }))
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        Remove…
      </Button>
      {asking ? (
        <Confirm
          title={`Remove ${channel.label}`}
          does="Remove"
          tone="danger"
          busy={remove.busy}
          failure={remove.failure}
          onClose={() => setAsking(false)}
          onConfirm={() => void remove.run(channel.id).then((done) => (done === null ? undefined : go('settings')))}
        >
          <p>Its password leaves the keychain, and what went through it leaves the log.</p>
        </Confirm>
      ) : null}
    </>
  )
}
