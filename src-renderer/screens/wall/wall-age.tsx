/** The promise that is left, drawn against the clock: full when just read, shrinking by the second, gone when it is broken. */
import type { ReactNode } from 'react'
import type { AsOfView } from '../../../src-main/contract/views.ts'
import { useClock } from '../../clock.ts'
import { freshnessOf } from '../../parts/figure.tsx'
import { spanOf } from '../../parts/numbers.ts'

export function WallBar({ asOf }: { readonly asOf: AsOfView }): ReactNode {
  const left = useClock((now) => leftOf(asOf, now))
  return (
    <span className="wall-bar" data-gone={left === 0 || undefined} aria-hidden="true">
      <span style={{ width: `${left}%` }} />
    </span>
  )
}

export function WallAge({ asOf }: { readonly asOf: AsOfView }): ReactNode {
  const told = useClock((now) => {
    if (asOf.at === null) return 'Not read yet'
    const age = spanOf(now - asOf.at)
    return freshnessOf(asOf, now) === 'stale' ? `${age} old, promised within ${spanOf(asOf.staleAfterMs)}` : `${age} old`
  })
  const stale = useClock((now) => freshnessOf(asOf, now) === 'stale')
  return (
    <div className="wall-age" data-stale={stale || undefined}>
      <WallBar asOf={asOf} />
      <span>{told}</span>
    </div>
  )
}

/** Percent of the promise that is left. */
export function leftOf(asOf: AsOfView, now: number): number {
  if (asOf.at === null) return 0
  return Math.max(0, Math.min(100, Math.round(100 - ((now - asOf.at) / asOf.staleAfterMs) * 100)))
}
