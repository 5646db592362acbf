/** When nobody is to be disturbed, and the one message a day about all that is open. */
import { Autocomplete, Button, Switch, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { SettingsView } from '../../../src-main/contract/views.ts'
import { digestSchema, quietSchema } from '../../../src-main/domain/channel.ts'
import { Failure } from '../../parts/failure.tsx'
import { Panel } from '../../parts/panel.tsx'
import { useSave } from './save.ts'

const zones = Intl.supportedValuesOf('timeZone')

type Draft = Pick<SettingsView, 'quiet' | 'digest'>

export function Quiet({ settings }: { readonly settings: SettingsView }): ReactNode {
  const save = useSave()
  // Null while nothing was typed: then what holds is shown, whoever changed it last.
  const [typed, setTyped] = useState<Draft | null>(null)
  const { quiet, digest } = typed ?? settings
  const change = (next: Partial<Draft>): void => setTyped({ quiet, digest, ...next })
  const problems = { ...problemsIn('quiet', quietSchema.safeParse(quiet)), ...problemsIn('digest', digestSchema.safeParse(digest)) }
  const usable = Object.keys(problems).length === 0
  async function submit(): Promise<void> {
    if (usable && (await save.run({ quiet, digest })) !== null) setTyped(null)
  }
  return (
    <Panel title="Quiet hours and digest">
      <form
        className="stack"
        noValidate
        aria-label="Quiet hours and digest"
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <Switch
          label="Quiet hours"
          description="What comes then is told when they are over."
          checked={quiet.enabled}
          onChange={(event) => change({ quiet: { ...quiet, enabled: event.currentTarget.checked } })}
        />
        <div className="times">
          <TextInput label="From" value={quiet.from} error={problems['quiet.from']} onChange={(event) => change({ quiet: { ...quiet, from: event.currentTarget.value } })} />
          <TextInput label="To" value={quiet.to} error={problems['quiet.to']} onChange={(event) => change({ quiet: { ...quiet, to: event.currentTarget.value } })} />
          <Autocomplete
            label="Time zone"
            data={zones}
            limit={20}
            value={quiet.zone}
            error={problems['quiet.zone'] ?? problems['digest.zone']}
            onChange={(zone) => change({ quiet: { ...quiet, zone }, digest: { ...digest, zone } })}
          />
        </div>
        <Switch
          label="But tell what is critical"
          checked={quiet.exceptCritical}
          onChange={(event) => change({ quiet: { ...quiet, exceptCritical: event.currentTarget.checked } })}
        />
        <Switch
          label="A digest once a day"
          description="Through every channel: what is open, and what is late."
          checked={digest.enabled}
          onChange={(event) => change({ digest: { ...digest, enabled: event.currentTarget.checked } })}
        />
        <div className="times">
          <TextInput label="At" value={digest.at} error={problems['digest.at']} onChange={(event) => change({ digest: { ...digest, at: event.currentTarget.value } })} />
        </div>
        <div className="row">
          <Button type="submit" variant="default" disabled={typed === null || !usable} loading={save.busy}>
            Save the hours
          </Button>
        </div>
        {save.failure === null ? null : <Failure failure={save.failure} />}
      </form>
    </Panel>
  )
}

type Parsed = ReturnType<typeof quietSchema.safeParse> | ReturnType<typeof digestSchema.safeParse>

function problemsIn(part: string, parsed: Parsed): Readonly<Record<string, string>> {
  if (parsed.success) return {}
  return Object.fromEntries(parsed.error.issues.map((issue) => [`${part}.${issue.path.join('.')}`, sentence(issue.message)]))
}

function sentence(message: string): string {
  return message.startsWith('must') ? `It ${message}.` : `This is ${message}.`
}
