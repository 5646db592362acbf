/** Where the merchant's day begins and ends, and from which day on each day is signed off. */
import { Autocomplete, Select, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { erpBases, shopBases } from '../../../src-main/domain/pair.ts'
import { Panel } from '../../parts/panel.tsx'
import { hrefOf } from '../../stores/navigation.ts'
import { basisWords } from '../close/places.ts'
import type { PartProps } from './part.ts'

const zones = Intl.supportedValuesOf('timeZone')
const ownZone = new Intl.DateTimeFormat().resolvedOptions().timeZone

export function Closing({ terms, change, problems }: PartProps): ReactNode {
  return (
    <Panel title="When is a day closed?" aside={<a href={hrefOf('rules', 'F12-day-not-signed')}>By when it is signed, and by whom</a>}>
      <div className="stack">
        <div className="pair-fields">
          <Autocomplete
            label="Time zone of the business day"
            description={`From midnight to midnight there. Empty: where this computer is (${ownZone}).`}
            placeholder="Europe/Paris"
            name="zone"
            data={zones}
            limit={12}
            value={terms.zone}
            error={problems['zone']}
            onChange={(next) => change({ zone: next })}
          />
          <TextInput
            type="date"
            label="Days are signed off from"
            description="Each day from this one on is missed when nobody signs it. Empty: nobody signs."
            name="signOffFrom"
            value={terms.signOffFrom}
            error={problems['signOffFrom']}
            onChange={(event) => change({ signOffFrom: event.currentTarget.value })}
          />
          <Select
            label="Takings belong to the day"
            description="Of the shop’s orders."
            allowDeselect={false}
            data={shopBases.map((basis) => ({ value: basis, label: basisWords.shop[basis] }))}
            value={terms.closeBasis.shop}
            onChange={(next) => change({ closeBasis: { ...terms.closeBasis, shop: shopBases.find((basis) => basis === next) ?? terms.closeBasis.shop } })}
          />
          <Select
            label="Bookings belong to the day"
            description="Of the ERP’s orders."
            allowDeselect={false}
            data={erpBases.map((basis) => ({ value: basis, label: basisWords.erp[basis] }))}
            value={terms.closeBasis.erp}
            onChange={(next) => change({ closeBasis: { ...terms.closeBasis, erp: erpBases.find((basis) => basis === next) ?? terms.closeBasis.erp } })}
          />
        </div>
      </div>
    </Panel>
  )
}
