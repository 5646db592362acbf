/** Which side owns which facts, who else may touch them, and who the users of the ERP are. */
import { MultiSelect, Select, TagsInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { roles } from '../../../src-main/domain/connection.ts'
import {
  type Ownership as Owned,
  type Side,
  type WatchedDomain,
  watchedDomains,
} from '../../../src-main/domain/ownership.ts'
import { Panel } from '../../parts/panel.tsx'
import { type PartProps, useChoices } from './part.ts'

export const domainWords: Readonly<Record<WatchedDomain, string>> = {
  price: 'Prices',
  tax: 'Tax codes',
  customer: 'Customers',
  order: 'Orders',
  invoice: 'Invoices',
  content: 'Titles and texts',
}

const sideWords: Readonly<Record<Side, string>> = {
  shop: 'Shop',
  erp: 'ERP',
  payments: 'Payments',
  middleware: 'Middleware',
  warehouse: 'Warehouse',
  pim: 'PIM',
  crm: 'CRM',
  tax: 'Tax service',
  carrier: 'Carrier',
}

const sides = roles.map((value) => ({ value, label: sideWords[value] }))

function sidesIn(chosen: readonly string[]): Side[] {
  return roles.filter((one) => chosen.includes(one))
}

export function Ownership({ terms, change, problems, shop, erp }: PartProps): ReactNode {
  const { actors } = useChoices(shop, erp)
  const { integration: ours, people } = terms.actors
  const free = actors.filter((user) => !ours.includes(user) && !people.includes(user))
  const own = (domain: WatchedDomain, next: Owned | null): void => {
    const others = Object.fromEntries(Object.entries(terms.owners).filter(([each]) => each !== domain))
    change({ owners: next === null ? others : { ...others, [domain]: next } })
  }
  return (
    <Panel title="Who owns what?">
      <div className="stack">
        <p className="small dim">
          A change from a side or a user that does not own it becomes an incident. What nobody owns is
          not looked at. Stock and parcels have rules of their own, whoever owns them; orders made by hand in the
          ERP are told unless the ERP may make new ones.
        </p>
        <div className="pair-fields">
          {watchedDomains.map((domain) => (
            <OwnedRow key={domain} domain={domain} held={terms.owners[domain] ?? null} own={own} />
          ))}
        </div>
        <div className="pair-fields">
          <TagsInput
            label="The integration’s users in the ERP"
            description="By their ids there. What they do is the shop’s doing."
            data={free}
            acceptValueOnBlur
            name="actors"
            value={[...ours]}
            error={problems['actors']}
            onChange={(integration) => change({ actors: { ...terms.actors, integration } })}
          />
          <TagsInput
            label="People in the ERP"
            description="By their ids there. Who is in neither list is not judged."
            data={free}
            acceptValueOnBlur
            value={[...people]}
            onChange={(next) => change({ actors: { ...terms.actors, people: next } })}
          />
        </div>
      </div>
    </Panel>
  )
}

interface OwnedRowProps {
  readonly domain: WatchedDomain
  readonly held: Owned | null
  readonly own: (domain: WatchedDomain, next: Owned | null) => void
}

function OwnedRow({ domain, held, own }: OwnedRowProps): ReactNode {
  const label = domainWords[domain]
  const choose = (next: string | null): void => {
    const [owner] = sidesIn(next === null ? [] : [next])
    own(domain, owner === undefined ? null : { create: [], update: [], override: [], ...held, owner })
  }
  return (
    <div className={held === null ? undefined : 'pair-fields owned'} role="group" aria-label={label}>
      <Select label={label} placeholder="nobody" data={sides} value={held?.owner ?? null} onChange={choose} clearable />
      {held === null ? null : (
        <>
          {domain === 'order' ? (
            <MultiSelect
              label="May also make new ones"
              data={sides.filter(({ value }) => value === 'erp')}
              value={held.create}
              onChange={(next) => own(domain, { ...held, create: sidesIn(next) })}
            />
          ) : null}
          <MultiSelect
            label="May also change"
            data={sides.filter(({ value }) => value !== held.owner)}
            value={held.update}
            onChange={(next) => own(domain, { ...held, update: sidesIn(next) })}
          />
          <TagsInput
            label="May overrule, by user id"
            value={held.override}
            onChange={(override) => own(domain, { ...held, override })}
          />
        </>
      )}
    </div>
  )
}
