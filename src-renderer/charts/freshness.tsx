/** A stream's age against its promise: a track as long as the promise, filled as the age grows, broken when it is over. */
import type { ReactNode } from 'react'
import type { AsOfView } from '../../src-main/contract/views.ts'
import { useClock } from '../clock.ts'
import { exact } from '../parts/dates.ts'
import { freshnessOf } from '../parts/figure.tsx'
import { shortSpanOf, spanOf } from '../parts/numbers.ts'

interface FreshnessProps {
  /** What is so old: "Orders". */
  readonly of: string
  readonly asOf: AsOfView
}

export function Freshness({ of, asOf }: FreshnessProps): ReactNode {
  const freshness = useClock((now) => freshnessOf(asOf, now))
  // In steps, so that a page at rest is drawn anew only when it looks different.
  const percent = useClock((now) => (asOf.at === null ? 0 : Math.min(100, Math.round((20 * (now - asOf.at)) / asOf.staleAfterMs) * 5)))
  const age = useClock((now) => (asOf.at === null ? null : steppedAge(now - asOf.at)))
  const title = asOf.at === null ? `${of}: not read yet` : `${of}: complete up to ${exact(asOf.at)}, promised within ${spanOf(asOf.staleAfterMs)}`
  return (
    <span className="freshness" data-freshness={freshness} title={title}>
      <span className="freshness-age">
        {age ?? '—'}
        <span className="unseen">{freshness === 'never' ? ' not read yet' : freshness === 'stale' ? ` old, promised within ${spanOf(asOf.staleAfterMs)}` : ' old, within its promise'}</span>
      </span>
      <span className="freshness-track" aria-hidden="true">
        <span style={{ width: `${percent}%` }} />
      </span>
    </span>
  )
}

function steppedAge(age: number): string {
  if (age < 10_000) return '< 10 s'
  return shortSpanOf(age < 60_000 ? Math.floor(age / 10_000) * 10_000 : age)
}
