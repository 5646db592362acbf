/** Which repairs may write: off until somebody has read what it means. */
import { Switch } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { SettingsView } from '../../../src-main/contract/views.ts'
import { type ActionId, actionIds } from '../../../src-main/domain/intent.ts'
import { Confirm } from '../../parts/confirm.tsx'
import { Failure } from '../../parts/failure.tsx'
import { Panel } from '../../parts/panel.tsx'
import { actionWords } from '../words.ts'
import { useSave } from './save.ts'

export function Repairs({ settings }: { readonly settings: SettingsView }): ReactNode {
  const save = useSave()
  const [asking, setAsking] = useState<ActionId | null>(null)
  const set = (action: ActionId, on: boolean) =>
    save.run({ repairs: { ...settings.repairs, [action]: on } })
  return (
    <Panel title="Repairs">
      <div className="stack">
        <p className="dim">
          Plumbline only reads until a repair is switched on. Even then, nothing is sent before you
          have seen exactly what and confirmed it.
        </p>
        {actionIds.map((action) => (
          <Switch
            key={action}
            label={actionWords[action].title}
            description={actionWords[action].means}
            checked={settings.repairs[action]}
            disabled={save.busy}
            onChange={(event) =>
              event.currentTarget.checked ? setAsking(action) : void set(action, false)
            }
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
          onConfirm={() =>
            void set(asking, true).then((saved) => (saved === null ? undefined : setAsking(null)))
          }
        >
          <p>{actionWords[asking].means}</p>
          <p className="dim">
            Each repair is still previewed and confirmed one by one, with a reason that is kept.
          </p>
        </Confirm>
      )}
    </Panel>
  )
}
