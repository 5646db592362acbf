/** Where stock lives on both sides, how soon the shop must show a change, and what it holds back. */
import { Select, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { Panel } from '../../parts/panel.tsx'
import { type PartProps, useChoices } from './part.ts'

export function Stock({ terms, change, problems, shop, erp }: PartProps): ReactNode {
  const { shopLocations, erpLocations } = useChoices(shop, erp)
  const codes = [...new Set([...erpLocations, ...Object.keys(terms.locations)])].toSorted()
  const names = [...new Set([...shopLocations, ...Object.values(terms.locations)])].toSorted()
  return (
    <Panel title="Which warehouse feeds which location?">
      <div className="stack">
        {codes.length === 0 ? (
          <p className="small dim">
            The ERP’s warehouses appear here as soon as its stock was read.
          </p>
        ) : null}
        <div className="pair-fields">
          {codes.map((code) => (
            <Select
              key={code}
              label={code}
              placeholder="feeds no location"
              data={names}
              value={terms.locations[code] ?? null}
              onChange={(next) => change({ locations: { ...terms.locations, [code]: next ?? '' } })}
              clearable
            />
          ))}
          <TextInput
            label="Stock target in minutes"
            description="How soon the shop must show a change."
            inputMode="numeric"
            name="stockTargetMinutes"
            value={terms.stockTargetMinutes}
            error={problems['stockTargetMinutes']}
            onChange={(event) => change({ stockTargetMinutes: event.currentTarget.value })}
          />
          <TextInput
            label="Safety buffer in units"
            description="What the shop holds back of each SKU."
            inputMode="numeric"
            name="stockBuffer"
            value={terms.stockBuffer}
            error={problems['stockBuffer']}
            onChange={(event) => change({ stockBuffer: event.currentTarget.value })}
          />
          <TextInput
            label="Share of the ERP’s stock in percent"
            description="What of it this shop may offer."
            inputMode="decimal"
            name="stockShare"
            value={terms.stockShare}
            error={problems['stockShare']}
            onChange={(event) => change({ stockShare: event.currentTarget.value })}
          />
          <TextInput
            label="Never more than"
            description="Units of a SKU on sale. Empty: all there are."
            inputMode="numeric"
            name="stockCap"
            value={terms.stockCap}
            error={problems['stockCap']}
            onChange={(event) => change({ stockCap: event.currentTarget.value })}
          />
        </div>
      </div>
    </Panel>
  )
}
