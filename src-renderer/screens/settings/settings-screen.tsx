/** What a person decides for this installation: how often to read, what may be written, what to be told. */
import { Button, NumberInput, SegmentedControl, Select, Switch, useMantineColorScheme } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { EngineView, SettingsView } from '../../../src-main/contract/views.ts'
import { severities } from '../../../src-main/domain/incident.ts'
import type { ActionId } from '../../../src-main/domain/intent.ts'
import { useAnswer, useCommand } from '../../ask.ts'
import { Answered } from '../../parts/answered.tsx'
import { Confirm } from '../../parts/confirm.tsx'
import { Failure } from '../../parts/failure.tsx'
import { Instant } from '../../parts/instant.tsx'
import { Note } from '../../parts/note.tsx'
import { count } from '../../parts/numbers.ts'
import { Panel } from '../../parts/panel.tsx'
import { severityWords } from '../../parts/severity.tsx'
import { useLink } from '../../stores/link.ts'
import { usePreferences } from '../../stores/preferences.ts'
import { actionWords } from '../words.ts'
import '../screens.css'
import './settings.css'

/** Repairs that this version can do; the others come with their rules. */
const offered: readonly ActionId[] = ['order.create']

export function SettingsScreen(): ReactNode {
  const settings = useAnswer(['settings'], ['settings.get'], (client, options) => client.settings.get(undefined, options))
  const about = useAnswer(['settings'], ['engine.about'], (client, options) => client.engine.about(undefined, options))
  return (
    <div className="screen">
      <header className="screen-head">
        <h1>Settings</h1>
      </header>
      <Answered answer={settings}>
        {(known) => (
          <div className="settings">
            <Repairs settings={known} />
            <Reading settings={known} />
            <Notices settings={known} />
            <Appearance />
            <Answered answer={about}>{(engine) => <About engine={engine} />}</Answered>
          </div>
        )}
      </Answered>
    </div>
  )
}

function useSave() {
  return useCommand((client, change: Partial<SettingsView>) => client.settings.save(change))
}

function Repairs({ settings }: { readonly settings: SettingsView }): ReactNode {
  const save = useSave()
  const [asking, setAsking] = useState<ActionId | null>(null)
  const set = (action: ActionId, on: boolean) => save.run({ repairs: { ...settings.repairs, [action]: on } })
  return (
    <Panel title="Repairs">
      <div className="stack">
        <p className="dim">Plumbline only reads until a repair is switched on. Even then, nothing is sent before you have seen exactly what and confirmed it.</p>
        {offered.map((action) => (
          <Switch
            key={action}
            label={actionWords[action].title}
            description={actionWords[action].means}
            checked={settings.repairs[action]}
            disabled={save.busy}
            onChange={(event) => (event.currentTarget.checked ? setAsking(action) : void set(action, false))}
          />
        ))}
        {save.failure === null || asking !== null ? null : <Failure failure={save.failure} />}
      </div>
      {asking === null ? null : (
        <Confirm
          title={`${actionWords[asking].title}?`}
          does="Switch it on"
          busy={save.busy}
          failure={save.failure}
          onClose={() => setAsking(null)}
          onConfirm={() => void set(asking, true).then((saved) => (saved === null ? undefined : setAsking(null)))}
        >
          <p>{actionWords[asking].means}</p>
          <p className="dim">Each repair is still previewed and confirmed one by one, with a reason that is kept.</p>
        </Confirm>
      )}
    </Panel>
  )
}

function Reading({ settings }: { readonly settings: SettingsView }): ReactNode {
  const save = useSave()
  // Null while nothing was typed: then what holds is shown, whoever changed it last.
  const [typedSeconds, setSeconds] = useState<number | string | null>(null)
  const [typedDays, setDays] = useState<number | string | null>(null)
  if (typedSeconds === settings.pollSeconds) setSeconds(null)
  if (typedDays === settings.retentionDays) setDays(null)
  const seconds = typedSeconds ?? settings.pollSeconds
  const days = typedDays ?? settings.retentionDays
  const usable = isWhole(seconds, 5, 3600) && isWhole(days, 1, 3650)
  const changed = seconds !== settings.pollSeconds || days !== settings.retentionDays
  const [asking, setAsking] = useState(false)
  const send = async (): Promise<void> => {
    if ((await save.run({ pollSeconds: Number(seconds), retentionDays: Number(days) })) === null) return
    setAsking(false)
  }
  return (
    <Panel title="Reading">
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (!usable || !changed) return
          if (Number(days) < settings.retentionDays) setAsking(true)
          else void send()
        }}
      >
        <NumberInput
          label="Seconds between reads of orders and stock"
          description="Invoices every tenfold, products and customers every sixtyfold of it."
          min={5}
          max={3600}
          clampBehavior="none"
          value={seconds}
          error={isWhole(seconds, 5, 3600) ? null : 'From 5 to 3600 seconds.'}
          onChange={setSeconds}
        />
        <NumberInput
          label="Days that history is kept"
          description="What records said before; older is dropped. Incidents and the audit trail stay."
          min={1}
          max={3650}
          clampBehavior="none"
          value={days}
          error={isWhole(days, 1, 3650) ? null : 'From 1 to 3650 days.'}
          onChange={setDays}
        />
        <div className="row">
          <Button type="submit" variant="default" disabled={!usable || !changed} loading={save.busy}>
            Save
          </Button>
        </div>
        {save.failure === null || asking ? null : <Failure failure={save.failure} />}
      </form>
      {asking ? (
        <Confirm
          title={`Keep history for ${count(Number(days))} ${Number(days) === 1 ? 'day' : 'days'} only`}
          does="Drop what is older"
          tone="danger"
          busy={save.busy}
          failure={save.failure}
          onClose={() => setAsking(false)}
          onConfirm={() => void send()}
        >
          <p>What records said before that is dropped for good. Nothing changes in the shop or the ERP; incidents and the audit trail stay.</p>
        </Confirm>
      ) : null}
    </Panel>
  )
}

function isWhole(value: number | string, least: number, most: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
}

function Notices({ settings }: { readonly settings: SettingsView }): ReactNode {
  const save = useSave()
  const { notices } = settings
  return (
    <Panel title="Notices">
      <div className="stack">
        <Switch
          label="Tell me with a notification"
          description="One for each cause, however many orders it has; and one when a side can be read again."
          checked={notices.enabled}
          disabled={save.busy}
          onChange={(event) => void save.run({ notices: { ...notices, enabled: event.currentTarget.checked } })}
        />
        <Select
          label="From this severity on"
          data={severities.map((level) => ({ value: level, label: severityWords[level] }))}
          value={notices.atLeast}
          disabled={!notices.enabled || save.busy}
          allowDeselect={false}
          onChange={(next) => {
            const level = severities.find((one) => one === next)
            if (level !== undefined) void save.run({ notices: { ...notices, atLeast: level } })
          }}
        />
        {save.failure === null ? null : <Failure failure={save.failure} />}
      </div>
    </Panel>
  )
}

const schemes = [
  { value: 'auto', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const

function Appearance(): ReactNode {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const preferences = usePreferences()
  return (
    <Panel title="Appearance and keys">
      <div className="stack">
        <div>
          <SegmentedControl
            aria-label="Colours"
            data={[...schemes]}
            value={colorScheme}
            onChange={(next) => setColorScheme(schemes.find((one) => one.value === next)?.value ?? 'auto')}
          />
        </div>
        <Switch label="Show every moment in full" checked={preferences.exactTimes} onChange={(event) => preferences.setExactTimes(event.currentTarget.checked)} />
        <Switch
          label="Single keys are commands"
          description="Such as j and k in lists. Off: only keys with Ctrl or Cmd."
          checked={preferences.singleKeys}
          onChange={(event) => preferences.setSingleKeys(event.currentTarget.checked)}
        />
      </div>
    </Panel>
  )
}

function About({ engine }: { readonly engine: EngineView }): ReactNode {
  const shell = useLink((link) => link.shell)
  return (
    <Panel title="About">
      <div className="stack">
        {engine.banners.map((banner) => (
          <Note key={banner.kind} look={{ tone: 'medium', shape: 'half' }}>
            {banner.says}
          </Note>
        ))}
        {shell?.developmentRuntime === true ? (
          <Note look={{ tone: 'medium', shape: 'half' }}>This runs on an old development build of Electron that gets no security fixes. It is for trying out, not for daily work.</Note>
        ) : null}
        <dl className="facts">
          <dt>Version</dt>
          <dd>{engine.version}</dd>
          <dt>Runs since</dt>
          <dd>
            <Instant at={engine.startedAt} />
          </dd>
          <dt>Database</dt>
          <dd>{engine.databasePath}</dd>
        </dl>
      </div>
    </Panel>
  )
}
