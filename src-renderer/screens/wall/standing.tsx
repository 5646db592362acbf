/** How a pane stands, as a shape: full and pointed needs somebody, a tick is fine, a hollow ring is not known. */
import type { ReactNode } from 'react'
import { SeverityShape } from '../../parts/severity.tsx'
import type { Standing } from './panes.ts'

export function StandingShape({ standing }: { readonly standing: Standing | null }): ReactNode {
  if (standing === 'critical' || standing === 'high') return <SeverityShape level={standing} />
  if (standing === 'good') {
    return (
      <svg className="shape tone-good" viewBox="0 0 12 12" aria-hidden="true">
        <path d="M1.75 6.5l3 3 5.5-7" fill="none" stroke="currentColor" strokeWidth="1.75" strokeLinecap="round" strokeLinejoin="round" />
      </svg>
    )
  }
  return (
    <svg className="shape tone-low" viewBox="0 0 12 12" aria-hidden="true">
      <circle cx="6" cy="6" r="4.25" fill="none" stroke="currentColor" strokeWidth="1.75" strokeDasharray="2 2.4" />
    </svg>
  )
}
