/** Draws its content as of the moment that a person looks back to: ages run from then, and a stripe says so. */
import { Button } from '@mantine/core'
import { type ReactNode, useMemo } from 'react'
import { PageClockContext, pageClock, usePageClock } from '../clock.ts'
import { exact } from '../parts/dates.ts'
import { Note } from '../parts/note.tsx'
import { useKeys } from '../parts/use-keys.ts'
import { useTravel } from '../stores/travel.ts'
import './travel.css'

export function AsThen({ children }: { readonly children: ReactNode }): ReactNode {
  const present = usePageClock()
  const at = useTravel((travel) => travel.at)
  const clock = useMemo(() => (at === null ? present : pageClock(() => at)), [at, present])
  return <PageClockContext value={clock}>{children}</PageClockContext>
}

/** `says`: what the screen cannot tell of then. */
export function TravelStripe({ says = null }: { readonly says?: string | null }): ReactNode {
  const { at, backToNow } = useTravel()
  return at === null ? null : <Stripe at={at} says={says} backToNow={backToNow} />
}

function Stripe({ at, says, backToNow }: { readonly at: number; readonly says: string | null; readonly backToNow: () => void }): ReactNode {
  useKeys({ title: 'Looking back', bindings: [{ keys: 'n', does: 'Back to now', run: backToNow }] })
  return (
    <div role="status" className="travel-stripe">
      <Note look={{ tone: 'accent', shape: 'pause' }}>
        <span>
          <strong>As of {exact(at)}</strong>
          <span className="dim"> {says ?? 'Figures and ages are those of that moment, and nothing can be changed in it.'}</span>
        </span>
      </Note>
      <Button variant="default" onClick={backToNow}>
        Back to now
      </Button>
    </div>
  )
}
