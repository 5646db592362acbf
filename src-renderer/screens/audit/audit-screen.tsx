/** The audit: who did what, and how the integration stands against everything that an audit of one asks. */
import { Tabs } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { AuditPage } from './audit-page.tsx'
import { Trail } from './trail.tsx'
import '../screens.css'
import './audit.css'

export function AuditScreen(): ReactNode {
  return <Audit first="trail" />
}

/** `#/audit/page` */
export function AuditDetailScreen({ id }: { readonly id: string }): ReactNode {
  return <Audit key={id} first={id === 'page' ? 'page' : 'trail'} />
}

type Tab = 'trail' | 'page'

function Audit({ first }: { readonly first: Tab }): ReactNode {
  const [tab, setTab] = useState<Tab>(first)
  return (
    <Tabs unstyled value={tab} onChange={(next) => setTab(next === 'page' ? 'page' : 'trail')} keepMounted={false} className={tab === 'trail' ? 'screen screen-fill' : 'screen'}>
      <header className="screen-head">
        <h1>Audit</h1>
        <Tabs.List className="sections" aria-label="What to look at">
          <Tabs.Tab className="tab" value="trail">Trail</Tabs.Tab>
          <Tabs.Tab className="tab" value="page">Checklist and controls</Tabs.Tab>
        </Tabs.List>
      </header>
      <Tabs.Panel value="trail" className="audit-panel">
        <Trail />
      </Tabs.Panel>
      <Tabs.Panel value="page">
        <AuditPage showTrail={() => setTab('trail')} />
      </Tabs.Panel>
    </Tabs>
  )
}
