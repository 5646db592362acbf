/** A figure that says how far it can be trusted: it glows once when it changed and is struck through when it is too old. */
import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { AsOfView } from '../../src-main/contract/views.ts'
import type { Instant as InstantMs } from '../../src-main/domain/time.ts'
import { useClock } from '../clock.ts'
import { Instant } from './instant.tsx'
import { spanOf } from './numbers.ts'

/** never: not read yet; stale: older than its promise; fresh: within it. */
export type Freshness = 'never' | 'stale' | 'fresh'

export function freshnessOf(asOf: AsOfView, now: InstantMs): Freshness {
  if (asOf.at === null) return 'never'
  return now - asOf.at > asOf.staleAfterMs ? 'stale' : 'fresh'
}

interface FigureProps {
  readonly asOf: AsOfView
  /** What the figure is, as text: when this changes, the figure glows once. */
  readonly told: string
  readonly size?: 'figure' | 'text'
  readonly tone?: 'critical' | 'high' | 'medium' | 'good' | null
  /** The figure as drawn, when it is more than `told`. */
  readonly children?: ReactNode
}

export function Figure({ asOf, told, size = 'text', tone = null, children }: FigureProps): ReactNode {
  const freshness = useClock((now) => freshnessOf(asOf, now))
  const changes = useChanges(told)
  const drawn = children ?? told
  const className = `figure-value figure-${size}${tone === null || freshness !== 'fresh' ? '' : ` tone-${tone}`}`
  if (freshness === 'never') {
    return (
      <span className={className}>
        <span aria-hidden="true">—</span>
        <span className="unseen">not known yet</span>
      </span>
    )
  }
  return (
    <span className={className} data-glow={changes > 0 ? 'on' : undefined} key={changes}>
      {freshness === 'stale' ? (
        <>
          <s>{drawn}</s>
          <span className="unseen"> (out of date)</span>
        </>
      ) : (
        drawn
      )}
    </span>
  )
}

/** How often the value has changed since it was first drawn. */
function useChanges(told: string): number {
  const before = useRef(told)
  const [changes, setChanges] = useState(0)
  useEffect(() => {
    if (before.current === told) return
    before.current = told
    setChanges((seen) => seen + 1)
  }, [told])
  return changes
}

/** A figure's age in words; when it is too old, what was promised. */
export function AsOf({ asOf }: { readonly asOf: AsOfView }): ReactNode {
  const freshness = useClock((now) => freshnessOf(asOf, now))
  switch (freshness) {
    case 'never':
      return <span className="as-of">not read yet</span>
    case 'fresh':
      return (
        <span className="as-of">
          <Instant at={asOf.at} />
        </span>
      )
    case 'stale':
      return (
        <span className="as-of tone-high" title={`Promised at most ${spanOf(asOf.staleAfterMs)} old`}>
          <svg className="shape" viewBox="0 0 12 12" aria-hidden="true">
            <path d="M6 1.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM6 3.5V6l2 1.5" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
          </svg>
          Stale: <Instant at={asOf.at} />
        </span>
      )
    default:
      return freshness satisfies never
  }
}
