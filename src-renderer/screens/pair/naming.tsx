/** How the ERP names a shop order: the pattern, tried on real references while it is typed. */
import { Radio, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { Panel } from '../../parts/panel.tsx'
import type { PartProps } from './part.ts'
import { ReferenceTry } from './reference-try.tsx'

export function Naming({ terms, change, problems, shop, erp }: PartProps): ReactNode {
  return (
    <Panel title="How does the ERP name a shop order?">
      <div className="naming">
        <div className="stack">
          <Radio.Group
            aria-label="How the ERP names a shop order"
            value={terms.wholeReference ? 'whole' : 'pattern'}
            onChange={(next) => change({ wholeReference: next === 'whole' })}
          >
            <div className="stack-tight">
              <Radio value="whole" label="Its reference is the shop’s number" />
              <Radio value="pattern" label="The number is a part of its reference" />
            </div>
          </Radio.Group>
          {terms.wholeReference ? null : (
            <>
              <TextInput
                className="pattern"
                label="Pattern"
                description="A regular expression; the group number finds the shop’s number."
                placeholder="^WEB-(?<store>\w+)-(?<number>\d+)$"
                spellCheck={false}
                name="reference"
                value={terms.reference}
                error={problems['reference']}
                onChange={(event) => change({ reference: event.currentTarget.value })}
              />
              <TextInput
                label="Store code"
                description="What the group store must be, where the pattern has one."
                name="store"
                value={terms.store}
                error={problems['store']}
                onChange={(event) => change({ store: event.currentTarget.value })}
              />
            </>
          )}
        </div>
        <ReferenceTry
          shop={shop}
          erp={erp}
          reference={
            terms.wholeReference || terms.reference.trim() === '' ? null : terms.reference.trim()
          }
          store={terms.store.trim() === '' ? null : terms.store.trim()}
        />
      </div>
    </Panel>
  )
}
