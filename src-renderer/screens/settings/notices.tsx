/** What a person is told by a notification. */
import { Select, Switch } from '@mantine/core'
import type { ReactNode } from 'react'
import type { SettingsView } from '../../../src-main/contract/views.ts'
import { severities } from '../../../src-main/domain/incident.ts'
import { Failure } from '../../parts/failure.tsx'
import { Panel } from '../../parts/panel.tsx'
import { severityWords } from '../../parts/severity.tsx'
import { useSave } from './save.ts'

export function Notices({ settings }: { readonly settings: SettingsView }): ReactNode {
  const save = useSave()
  const { notices } = settings
  return (
    <Panel title="Notices">
      <div className="stack">
        <Switch
          label="Tell me with a notification"
          description="One for each cause, however many orders it has; and one when a side can be read again, or what stood still runs."
          checked={notices.enabled}
          disabled={save.busy}
          onChange={(event) =>
            void save.run({ notices: { ...notices, enabled: event.currentTarget.checked } })
          }
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
