/** The hours in which somebody works: deadlines run only then. */
import { Autocomplete, Textarea, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { Panel } from '../../parts/panel.tsx'
import { type CalendarDraft, dayNames } from './calendar-draft.ts'

const zones = Intl.supportedValuesOf('timeZone')

interface HoursProps {
  readonly hours: CalendarDraft
  readonly problems: Readonly<Record<string, string>>
  readonly onChange: (hours: CalendarDraft) => void
}

export function Hours({ hours, problems, onChange }: HoursProps): ReactNode {
  return (
    <Panel title="Working hours">
      <div className="stack">
        <div className="pair-fields">
          <Autocomplete
            label="Time zone"
            data={zones}
            limit={20}
            value={hours.zone}
            error={problems['zone']}
            onChange={(zone) => onChange({ ...hours, zone })}
          />
        </div>
        <div className="hours">
          {dayNames.map((day, nth) => (
            <TextInput
              key={day}
              label={day}
              placeholder="free"
              value={hours.week[nth] ?? ''}
              error={problems[day]}
              onChange={(event) => {
                const text = event.currentTarget.value
                onChange({ ...hours, week: hours.week.map((each, at) => (at === nth ? text : each)) })
              }}
            />
          ))}
        </div>
        {problems['week'] === undefined ? null : (
          <p className="small tone-critical" role="alert">
            {problems['week']}
          </p>
        )}
        <div className="pair-fields">
          <Textarea
            label="Holidays"
            description="A day a line, such as 2026-12-25."
            autosize
            minRows={2}
            maxRows={8}
            value={hours.holidays}
            error={problems['holidays']}
            onChange={(event) => onChange({ ...hours, holidays: event.currentTarget.value })}
          />
        </div>
      </div>
    </Panel>
  )
}
