/** What is said of an order: its worst incident, or the word and the reason why there is none. */
import type { ReactNode } from 'react'
import type { VerdictView } from '../../../src-main/contract/order-views.ts'
import type { Severity } from '../../../src-main/domain/incident.ts'
import { count } from '../../parts/numbers.ts'
import { SeverityShape, severityWords } from '../../parts/severity.tsx'
import { State } from '../../parts/state.tsx'
import { verdictLooks } from './looks.ts'

export function Verdict({ verdict }: { readonly verdict: VerdictView }): ReactNode {
  const { severity, kind, why, incidents } = verdict
  if (kind === 'incident' && severity !== null) return <Trouble severity={severity} title={why ?? ''} more={incidents - 1} />
  const look = verdictLooks[kind]
  return (
    <span className="verdict" title={why === null ? look.word : `${look.word}: ${why}`}>
      <State look={look} />
      {why === null ? null : <span className="cut dim">{why}</span>}
    </span>
  )
}

/** Its title says what is wrong; how bad that is, its shape, for ears the word. */
function Trouble({ severity, title, more }: { readonly severity: Severity; readonly title: string; readonly more: number }): ReactNode {
  return (
    <span className="verdict" title={`${severityWords[severity]}: ${title}`}>
      <SeverityShape level={severity} />
      <span className="unseen">{severityWords[severity]}: </span>
      <span className={`cut tone-${severity}`}>{title}</span>
      {more > 0 ? <span className="faint">+{count(more)}</span> : null}
    </span>
  )
}
