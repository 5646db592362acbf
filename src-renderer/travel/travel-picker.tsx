/** Chooses the moment to look back to: a few that people ask for, or any within what is kept. */
import { Button, Popover, TextInput } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { type FormEvent, type ReactNode, useState } from 'react'
import { type Instant, days } from '../../src-main/domain/time.ts'
import { useAnswer } from '../ask.ts'
import { usePageClock } from '../clock.ts'
import { dayOf, timeOfDay } from '../parts/dates.ts'
import { count } from '../parts/numbers.ts'
import { useKeys } from '../parts/use-keys.ts'
import { useTravel } from '../stores/travel.ts'
import { presetsOf } from './presets.ts'
import './travel.css'

/** Until the engine has said how long it keeps what was known. */
const keptDefault = 90

export function TravelPicker(): ReactNode {
  const [open, setOpen] = useState(false)
  const settings = useAnswer(['settings'], ['settings.get'], (client, options) => client.settings.get(undefined, options))
  const at = useTravel((travel) => travel.at)
  const kept = settings.state === 'known' ? settings.value.retentionDays : keptDefault
  useKeys({ title: 'Looking back', bindings: [{ keys: 'w', does: 'Look back to a moment', run: () => setOpen(true) }] })
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" shadow="md" width={340} trapFocus returnFocus>
      <Popover.Target>
        <Button variant="default" leftSection={<IconHistory size={14} stroke={1.75} />} aria-expanded={open} aria-haspopup="dialog" onClick={() => setOpen(!open)}>
          {at === null ? 'Now' : `${dayOf(at)} ${timeOfDay(at)}`}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Look back to a moment">{open ? <Choice kept={kept} onChosen={() => setOpen(false)} /> : null}</Popover.Dropdown>
    </Popover>
  )
}

function Choice({ kept, onChosen }: { readonly kept: number; readonly onChosen: () => void }): ReactNode {
  const clock = usePageClock()
  const [now] = useState(() => clock.now())
  const first = now - days(kept)
  const { at, lookBack, backToNow } = useTravel()
  const [typed, setTyped] = useState(() => fieldOf(at ?? now - days(1)))
  const [problem, setProblem] = useState<string | null>(null)
  const choose = (moment: Instant): void => {
    lookBack(moment)
    onChosen()
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const moment = Date.parse(typed)
    if (Number.isNaN(moment)) setProblem('A day and a time, such as yesterday at 14:05.')
    else if (moment > now) setProblem('That moment has not come yet.')
    else if (moment < first) setProblem(`What was known is kept for ${count(kept)} days, back to ${dayOf(first)}.`)
    else choose(moment)
  }
  return (
    <div className="travel-choice">
      <ul>
        {presetsOf(now)
          .filter((preset) => preset.at >= first)
          .map((preset) => (
            <li key={preset.label}>
              <button type="button" className="travel-preset" onClick={() => choose(preset.at)}>
                <span>{preset.label}</span>
                <span className="small faint">{`${dayOf(preset.at)} ${timeOfDay(preset.at)}`}</span>
              </button>
            </li>
          ))}
      </ul>
      <form onSubmit={submit}>
        <TextInput
          type="datetime-local"
          label="Or any moment"
          description={`Kept back to ${dayOf(first)}`}
          min={fieldOf(first)}
          max={fieldOf(now)}
          value={typed}
          error={problem}
          onChange={(event) => {
            setTyped(event.currentTarget.value)
            setProblem(null)
          }}
        />
        <div className="row">
          <Button type="submit">Look back</Button>
          {at === null ? null : (
            <Button
              variant="default"
              onClick={() => {
                backToNow()
                onChosen()
              }}
            >
              Back to now
            </Button>
          )}
        </div>
      </form>
    </div>
  )
}

/** As the browser's own field writes a moment, in the machine's zone. */
function fieldOf(at: Instant): string {
  return `${dayOf(at)}T${timeOfDay(at)}`
}
