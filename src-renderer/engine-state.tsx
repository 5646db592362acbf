/** One line above the screens when the engine starts, restarts, stands still or is not heard: what it is and what to do. */
import { Button } from '@mantine/core'
import { type ReactNode, useRef } from 'react'
import type { ShellMessage } from '../src-main/contract/shell-messages.ts'
import type { Instant as InstantMs } from '../src-main/domain/time.ts'
import { useClock } from './clock.ts'
import { Instant } from './parts/instant.tsx'
import { tellShell } from './shell.ts'
import { quietAfterMs, useLink } from './stores/link.ts'

export interface EngineTrouble {
  readonly tone: 'critical' | 'medium'
  readonly what: string
  readonly means: string
  readonly mayStart: boolean
}

interface Standing {
  readonly line: 'none' | 'up' | 'down'
  readonly heardAt: InstantMs | null
  readonly shell: ShellMessage | null
}

/** The page waits this long for its first line before it says that there is none: a start is no trouble. */
const patienceMs = 4_000

type TroubleKind = 'stopped' | 'restarting' | 'quiet' | 'absent' | 'none'

export function troubleOf({ line, heardAt, shell }: Standing, now: InstantMs, since: InstantMs): TroubleKind {
  if (shell?.engine === 'stopped') return 'stopped'
  if (shell?.engine === 'restarting' || line === 'down') return 'restarting'
  if (line === 'up' && now - (heardAt ?? since) > quietAfterMs) return 'quiet'
  return line === 'none' && now - since > patienceMs ? 'absent' : 'none'
}

/** What keeps the engine from telling the truth right now; null when nothing does. */
export function useEngineTrouble(): EngineTrouble | null {
  const link = useLink()
  const since = useRef<InstantMs | null>(null)
  const kind = useClock((now): TroubleKind => {
    since.current ??= now
    return troubleOf(link, now, since.current)
  })
  const says = link.shell?.says ?? null
  switch (kind) {
    case 'stopped':
      return { tone: 'critical', what: 'The engine stopped.', means: `${says ?? 'It failed several times in a row.'} Nothing is read or judged until it runs again.`, mayStart: true }
    case 'restarting':
      return { tone: 'medium', what: 'The engine restarts.', means: says ?? 'Nothing is lost; reading goes on where it was.', mayStart: false }
    case 'quiet':
      return { tone: 'medium', what: 'The engine is quiet.', means: 'Nothing was heard from it for a while.', mayStart: false }
    case 'absent':
      return { tone: 'medium', what: 'The engine is not there yet.', means: says ?? 'It is being started; that takes a few seconds.', mayStart: false }
    case 'none':
      return null
    default:
      return kind satisfies never
  }
}

export function EngineState(): ReactNode {
  const trouble = useEngineTrouble()
  const heardAt = useLink((link) => link.heardAt)
  if (trouble === null) return null
  return (
    <div className="banner" data-tone={trouble.tone} role="status">
      <svg className={`shape tone-${trouble.tone}`} viewBox="0 0 12 12" aria-hidden="true">
        <path d="M6 .8 11.6 11H.4zM6 4.5v3M6 9.2v.1" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinejoin="round" strokeLinecap="round" />
      </svg>
      <span>
        <strong>{trouble.what}</strong> {trouble.means}
        {heardAt === null ? null : (
          <>
            {' '}
            What you see is as of <Instant at={heardAt} />.
          </>
        )}
      </span>
      {trouble.mayStart ? (
        <Button variant="default" onClick={() => tellShell({ plumbline: 'restart' })}>
          Start it again
        </Button>
      ) : null}
    </div>
  )
}
