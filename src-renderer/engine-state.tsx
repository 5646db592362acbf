/** One line above the screens when the engine starts, restarts, stands still or is not heard: what it is and what to do. */
import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useClock } from './clock.ts'
import { Instant } from './parts/instant.tsx'
import { tellShell } from './shell.ts'
import { quietAfterMs, useLink } from './stores/link.ts'

export function EngineState(): ReactNode {
  const { line, heardAt, shell } = useLink()
  const quiet = useClock((now) => line === 'up' && heardAt !== null && now - heardAt > quietAfterMs)
  const lastHeard = heardAt === null ? null : <> What you see is as of <Instant at={heardAt} />.</>
  if (shell?.engine === 'stopped') {
    return (
      <Banner tone="critical">
        <span>
          <strong>The engine stopped.</strong> {shell.says ?? 'It failed several times in a row.'} Nothing is read or judged until it runs again.{lastHeard}
        </span>
        <Button variant="default" onClick={() => tellShell({ plumbline: 'restart' })}>
          Start it again
        </Button>
      </Banner>
    )
  }
  if (shell?.engine === 'restarting' || line === 'down') {
    return (
      <Banner tone="medium">
        <span>
          <strong>The engine restarts.</strong> {shell?.says ?? 'Nothing is lost; reading goes on where it was.'}
          {lastHeard}
        </span>
      </Banner>
    )
  }
  if (quiet) {
    return (
      <Banner tone="medium">
        <span>
          <strong>The engine is quiet.</strong> Nothing was heard from it for a while.{lastHeard}
        </span>
      </Banner>
    )
  }
  return null
}

function Banner({ tone, children }: { readonly tone: 'critical' | 'medium'; readonly children: ReactNode }): ReactNode {
  return (
    <div className={`banner banner-${tone}`} role="status">
      <svg className={`shape tone-${tone}`} viewBox="0 0 12 12" aria-hidden="true">
        <path d="M6 .8 11.6 11H.4zM6 4.5v3M6 9.2v.1" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinejoin="round" strokeLinecap="round" />
      </svg>
      {children}
    </div>
  )
}
