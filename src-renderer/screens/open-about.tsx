/** What is open about the thing on a screen: each incident with its weight, and the way to it. */
import type { ReactNode } from 'react'
import type { AboutIncident } from '../../src-main/contract/product-views.ts'
import { Panel } from '../parts/panel.tsx'
import { Severity } from '../parts/severity.tsx'
import { hrefOf } from '../stores/navigation.ts'

export function OpenAbout({ incidents }: { readonly incidents: readonly AboutIncident[] }): ReactNode {
  if (incidents.length === 0) return null
  return (
    <Panel title="Open about it">
      <ul className="stack">
        {incidents.map((incident) => (
          <li key={incident.id} className="about-incident">
            <Severity level={incident.severity} />
            <a href={hrefOf('incidents', incident.id)}>{incident.says}</a>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
