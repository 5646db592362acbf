/** "All well" said only as far as it is known: never for what was not judged, and not from figures that are too old. */
import type { ReactNode } from 'react'
import type { AsOfView } from '../../../src-main/contract/views.ts'
import { useClock } from '../../clock.ts'
import { freshnessOf } from '../../parts/figure.tsx'
import { count } from '../../parts/numbers.ts'

interface AllWellProps {
  readonly asOf: AsOfView
  /** Null: nobody knows how many there were. */
  readonly notJudged: number | null
  readonly says: string
  /** When some were not judged. */
  readonly saysPartly: string
}

export function AllWell({ asOf, notJudged, says, saysPartly }: AllWellProps): ReactNode {
  const freshness = useClock((now) => freshnessOf(asOf, now))
  if (freshness === 'never') return <span className="overview-says">Not known until both sides were read once.</span>
  if (freshness === 'stale') return <span className="overview-says">This is how it was; it may have changed since.</span>
  return (
    <span className="overview-says">
      {notJudged === 0 ? (
        <span className="state tone-good">
          <svg className="shape" viewBox="0 0 12 12" aria-hidden="true">
            <path d="M1.75 6.5l3 3 5.5-7" fill="none" stroke="currentColor" strokeWidth="1.75" strokeLinecap="round" strokeLinejoin="round" />
          </svg>
          {says}
        </span>
      ) : (
        <>
          {saysPartly}
          <br />
          <NotJudged count={notJudged} />
        </>
      )}
    </span>
  )
}

export function NotJudged({ count: many }: { readonly count: number | null }): ReactNode {
  return many === null || many === 0 ? null : <span className="small dim">{count(many)} not judged</span>
}
