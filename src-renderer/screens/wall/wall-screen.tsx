/** The wall: one pane at a time, readable at five metres, honest about its age; it shows, and changes nothing. */
import type { ReactNode } from 'react'
import type { AsOfView } from '../../../src-main/contract/views.ts'
import { useAnswer } from '../../ask.ts'
import { useClock } from '../../clock.ts'
import { freshnessOf } from '../../parts/figure.tsx'
import { timeOfDay } from '../../parts/dates.ts'
import { spanOf } from '../../parts/numbers.ts'
import { useKeyListener, useKeys } from '../../parts/use-keys.ts'
import { tellShell } from '../../shell.ts'
import { useLink } from '../../stores/link.ts'
import { type Pane, isNight, panesOf, shiftAt } from './panes.ts'
import './wall.css'

/** How long each pane is shown. */
const turnMs = 12_000

export function WallScreen(): ReactNode {
  useKeyListener()
  useKeys({
    title: 'Wall',
    bindings: [
      { keys: 'F11', does: 'Leave the wall', run: leave },
      { keys: 'Escape', does: 'Leave the wall', run: leave },
    ],
  })
  const answer = useAnswer(['overview', 'incidents', 'connections'], ['overview.get', null], (client, options) => client.overview.get({ pair: null }, options))
  const night = useClock((now) => isNight(new Date(now).getHours()))
  const minute = useClock((now) => Math.floor(now / 60_000))
  const shift = shiftAt(minute)
  return (
    <main className="wall" data-night={night || undefined} style={{ transform: `translate(${shift.x}px, ${shift.y}px)` }} aria-label="Wall">
      {answer.state === 'known' ? <Panes panes={panesOf(answer.value)} /> : <Waiting />}
      <Foot />
    </main>
  )
}

function leave(): void {
  tellShell({ plumbline: 'wall', on: false })
}

function Waiting(): ReactNode {
  const state = useLink((link) => link.shell?.says ?? null)
  return (
    <section className="wall-pane">
      <h1>Plumbline</h1>
      <p className="wall-figure">—</p>
      <p className="wall-verdict">{state ?? 'Nothing is known yet.'}</p>
    </section>
  )
}

function Panes({ panes }: { readonly panes: readonly Pane[] }): ReactNode {
  const shown = useClock((now) => Math.floor(now / turnMs) % panes.length)
  const pane = panes[shown]
  if (pane === undefined) return null
  return (
    <>
      <Shown key={pane.title} pane={pane} />
      <ol className="wall-turn" aria-hidden="true">
        {panes.map((one, index) => (
          <li key={one.title} className={`tone-${one.tone}`} data-shown={index === shown || undefined}>
            <StaleName pane={one} />
          </li>
        ))}
      </ol>
    </>
  )
}

function StaleName({ pane }: { readonly pane: Pane }): ReactNode {
  const fresh = useClock((now) => freshnessOf(pane.asOf, now) === 'fresh')
  return (
    <>
      <span>{pane.title}</span> <b>{fresh ? pane.figure : <s>{pane.figure}</s>}</b>
    </>
  )
}

function Shown({ pane }: { readonly pane: Pane }): ReactNode {
  const freshness = useClock((now) => freshnessOf(pane.asOf, now))
  const struck = (text: string): ReactNode => (freshness === 'stale' ? <s>{text}</s> : text)
  const tone = freshness === 'fresh' ? `tone-${pane.tone}` : 'dim'
  return (
    <section className="wall-pane" aria-live="off">
      <h1>{pane.title}</h1>
      <p className={`wall-figure ${tone}`}>{freshness === 'never' ? '—' : struck(pane.figure)}</p>
      <p className="wall-unit">{freshness === 'never' ? 'not read yet' : struck(pane.unit)}</p>
      <p className="wall-verdict">{freshness === 'fresh' ? pane.verdict : freshness === 'stale' ? 'Out of date: this was the last that was known' : 'Not known yet'}</p>
      <ul className="wall-lines">
        {pane.lines.map((line) => (
          <li key={line.name}>
            <span className="cut">{line.name}</span>
            <b>{struck(line.value)}</b>
          </li>
        ))}
      </ul>
      <Age asOf={pane.asOf} />
    </section>
  )
}

/** The promise that is left, drawn against the clock: full when just read, gone when it is broken. */
function Age({ asOf }: { readonly asOf: AsOfView }): ReactNode {
  const left = useClock((now) => (asOf.at === null ? 0 : Math.max(0, Math.round(100 - ((now - asOf.at) / asOf.staleAfterMs) * 100))))
  const age = useClock((now) => (asOf.at === null ? 'not read yet' : `read ${spanOf(Math.max(0, Math.floor((now - asOf.at) / 1000) * 1000))} ago`))
  return (
    <div className="wall-age">
      <div className="wall-bar">
        <div className={left === 0 ? 'wall-bar-gone' : undefined} style={{ width: `${left}%` }} />
      </div>
      <span>{age}</span>
    </div>
  )
}

function Foot(): ReactNode {
  const clock = useClock((now) => timeOfDay(now))
  const engine = useLink((link) => link.shell?.engine ?? null)
  return (
    <footer className="wall-foot">
      <span>Plumbline</span>
      {engine === null || engine === 'running' ? null : <b className="tone-critical">✕ the engine is {engine}</b>}
      <time>{clock}</time>
    </footer>
  )
}
