/** What of the shop is watched at all. */
import { TagsInput, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { Panel } from '../../parts/panel.tsx'
import { type PartProps, useChoices } from './part.ts'

export function Scope({ terms, change, problems, shop, erp }: PartProps): ReactNode {
  const { channels } = useChoices(shop, erp)
  return (
    <Panel title="What is watched?">
      <div className="pair-fields">
        <TextInput
          type="date"
          label="From"
          description="Nothing due before this day is judged. Empty: all that was read."
          name="since"
          value={terms.since}
          error={problems['since']}
          onChange={(event) => change({ since: event.currentTarget.value })}
        />
        <TagsInput
          label="Channels"
          description="Empty: all of them."
          data={channels}
          acceptValueOnBlur
          value={[...terms.channels]}
          error={problems['channels']}
          onChange={(next) => change({ channels: next })}
        />
        <TagsInput
          label="Test orders"
          description="Found in an order’s marks or e-mail: it is not judged."
          placeholder="@example.com"
          acceptValueOnBlur
          value={[...terms.testMarks]}
          error={problems['testMarks']}
          onChange={(next) => change({ testMarks: next })}
        />
      </div>
    </Panel>
  )
}
