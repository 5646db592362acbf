/** How often is read, and how long what was read is kept. */
import { Button, NumberInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { SettingsView } from '../../../src-main/contract/views.ts'
import { Confirm } from '../../parts/confirm.tsx'
import { Failure } from '../../parts/failure.tsx'
import { count } from '../../parts/numbers.ts'
import { Panel } from '../../parts/panel.tsx'
import { useSave } from './save.ts'

export function Reading({ settings }: { readonly settings: SettingsView }): ReactNode {
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
    if ((await save.run({ pollSeconds: Number(seconds), retentionDays: Number(days) })) === null)
      return
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
          <Button
            type="submit"
            variant="default"
            disabled={!usable || !changed}
            loading={save.busy}
          >
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
          <p>
            What records said before that is dropped for good. Nothing changes in the shop or the
            ERP; incidents and the audit trail stay.
          </p>
        </Confirm>
      ) : null}
    </Panel>
  )
}

function isWhole(value: number | string, least: number, most: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
}
