/** When the ERP should have an order, by how it is paid. */
import { Select, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { dueBases } from '../../../src-main/domain/pair.ts'
import { Panel } from '../../parts/panel.tsx'
import { type PartProps, useChoices } from './part.ts'
import { dueChoices } from './terms.ts'

const asForAny = { value: 'any', label: 'As for any payment' }

export function Due({ terms, change, problems, shop, erp }: PartProps): ReactNode {
  const { methods } = useChoices(shop, erp)
  const known = [...new Set([...methods, ...Object.keys(terms.due)])]
    .filter((method) => method !== '*')
    .toSorted()
  const set = (method: string, next: string | null): void => {
    const basis = dueBases.find((one) => one === next)
    const others = Object.fromEntries(Object.entries(terms.due).filter(([each]) => each !== method))
    change({ due: basis === undefined ? others : { ...others, [method]: basis } })
  }
  return (
    <Panel title="When should the ERP have an order?">
      <div className="pair-fields">
        <Select
          label="Any payment"
          data={dueChoices}
          value={terms.due['*'] ?? 'captured'}
          onChange={(next) => set('*', next)}
          allowDeselect={false}
        />
        {known.map((method) => (
          <Select
            key={method}
            label={`Paid by ${method}`}
            data={[asForAny, ...dueChoices]}
            value={terms.due[method] ?? asForAny.value}
            onChange={(next) => set(method, next)}
            allowDeselect={false}
          />
        ))}
        <TextInput
          label="Grace in minutes"
          description="How long the integration may take."
          inputMode="numeric"
          name="graceMinutes"
          value={terms.graceMinutes}
          error={problems['graceMinutes']}
          onChange={(event) => change({ graceMinutes: event.currentTarget.value })}
        />
      </div>
    </Panel>
  )
}
