/** A moment in relative words that keep up with the clock; the exact one on hover, and on `t` for all at once. */
import type { ReactNode } from 'react'
import type { Instant as InstantMs } from '../../src-main/domain/time.ts'
import { useClock } from '../clock.ts'
import { usePreferences } from '../stores/preferences.ts'
import { exact, relative } from './dates.ts'

export function Instant({ at, none = '—' }: { readonly at: InstantMs | null; readonly none?: string }): ReactNode {
  const exactTimes = usePreferences((chosen) => chosen.exactTimes)
  const told = useClock((now) => (at === null ? none : exactTimes ? exact(at) : relative(at, now)))
  if (at === null) return <span>{none}</span>
  return (
    <time dateTime={new Date(at).toISOString()} title={exact(at)} className="instant">
      {told}
    </time>
  )
}
