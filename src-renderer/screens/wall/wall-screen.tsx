/** The wall: one pane at a time, readable at five metres, honest about its age; it shows, and changes nothing. */
import type { CSSProperties, ReactNode } from 'react'
import type { OverviewView } from '../../../src-main/contract/views.ts'
import { useAnswer } from '../../ask.ts'
import { useClock } from '../../clock.ts'
import { DemoBadge } from '../../demo/demo-stripe.tsx'
import { useEngineTrouble } from '../../engine-state.tsx'
import { timeOfDay } from '../../parts/dates.ts'
import { freshnessOf } from '../../parts/figure.tsx'
import { count } from '../../parts/numbers.ts'
import { useKeyListener, useKeys } from '../../parts/use-keys.ts'
import { tellShell } from '../../shell.ts'
import { useInDemo } from '../../stores/demo.ts'
import { type Pane, figureSize, panesOf, shiftAt } from './panes.ts'
import { WallAge, WallBar } from './wall-age.tsx'
import { WallBeside } from './wall-beside.tsx'
import { StandingShape } from './standing.tsx'
import './wall.css'

/** How long each pane is shown. */
const turnMs = 12_000

export function WallScreen({ night }: { readonly night: boolean }): ReactNode {
  useKeyListener()
  useKeys({
    title: 'Wall',
    bindings: [
      { keys: 'F11', does: 'Leave the wall', run: leave },
      { keys: 'Escape', does: 'Leave the wall', run: leave },
    ],
  })
  const answer = useAnswer(['overview', 'incidents', 'connections'], ['overview.get', null], (client, options) => client.overview.get({ pair: null }, options))
  const minute = useClock((now) => Math.floor(now / 60_000))
  const shift = shiftAt(minute)
  return (
    <main className="wall" data-night={night || undefined} style={{ transform: `translate(${shift.x}px, ${shift.y}px)` }} aria-label="Wall">
      {answer.state === 'known' && answer.value.hasPairs ? <Panes overview={answer.value} /> : <Waiting />}
      <Foot />
    </main>
  )
}

function leave(): void {
  tellShell({ plumbline: 'wall', on: false })
}

function Waiting(): ReactNode {
  return (
    <section className="wall-pane">
      <h1>Plumbline</h1>
      <div className="wall-left">
        <p className="wall-figure">—</p>
        <p className="wall-verdict">Nothing is known yet. Figures come with the first read of a shop and its ERP.</p>
      </div>
    </section>
  )
}

function Panes({ overview }: { readonly overview: OverviewView }): ReactNode {
  const panes = panesOf(overview)
  const shown = useClock((now) => Math.floor(now / turnMs) % panes.length)
  const pane = panes[shown]
  if (pane === undefined) return null
  return (
    <>
      <Shown key={pane.id} pane={pane} overview={overview} />
      <ol className="wall-turn" aria-label="All panes">
        {panes.map((one, index) => (
          <Turn key={one.id} pane={one} shown={index === shown} />
        ))}
      </ol>
    </>
  )
}

function Shown({ pane, overview }: { readonly pane: Pane; readonly overview: OverviewView }): ReactNode {
  const freshness = useClock((now) => freshnessOf(pane.asOf, now))
  const fresh = freshness === 'fresh'
  const struck = (text: string): ReactNode => (freshness === 'stale' ? <s>{text}</s> : freshness === 'never' ? '—' : text)
  return (
    <section className="wall-pane" aria-label={pane.title} data-freshness={freshness}>
      <h1>{pane.title}</h1>
      <div className="wall-left">
        <p className={`wall-figure ${fresh ? toneOf(pane) : 'faint'}`} style={{ '--figure-size': `${freshness === 'never' ? 16 : figureSize(pane.figure)}vh` } as CSSProperties /* custom properties are not in its type */}>
          {struck(pane.figure)}
        </p>
        <p className="wall-verdict">
          {fresh ? <StandingShape standing={pane.standing} /> : null}
          <span>{fresh ? pane.verdict : freshness === 'stale' ? 'Out of date: the last that was known' : 'Not read yet'}</span>
        </p>
        {fresh && pane.notJudged > 0 ? <p className="wall-note">{count(pane.notJudged)} not judged</p> : null}
        <dl className="wall-sums">
          {pane.sums.map((sum) => (
            <div key={`${sum.name} ${sum.value}`}>
              <dt>{sum.name}</dt>
              <dd>{struck(sum.value)}</dd>
            </div>
          ))}
        </dl>
      </div>
      <WallBeside pane={pane} overview={overview} struck={struck} />
      <WallAge asOf={pane.asOf} />
    </section>
  )
}

function Turn({ pane, shown }: { readonly pane: Pane; readonly shown: boolean }): ReactNode {
  const freshness = useClock((now) => freshnessOf(pane.asOf, now))
  return (
    <li data-shown={shown || undefined} aria-current={shown || undefined}>
      <WallBar asOf={pane.asOf} />
      <StandingShape standing={freshness === 'fresh' ? pane.standing : null} />
      <span className="cut">{pane.short}</span>
      <b>{freshness === 'never' ? '—' : freshness === 'stale' ? <s>{pane.figure}</s> : pane.figure}</b>
    </li>
  )
}

function Foot(): ReactNode {
  const clock = useClock((now) => timeOfDay(now))
  const trouble = useEngineTrouble()
  const inDemo = useInDemo()
  return (
    <footer className="wall-foot">
      <span>Plumbline {inDemo ? <DemoBadge /> : null}</span>
      <b className={trouble === null ? undefined : `tone-${trouble.tone}`} role="status">
        {trouble?.what}
      </b>
      <span>Esc leaves the wall</span>
      <time>{clock}</time>
    </footer>
  )
}

function toneOf(pane: Pane): string {
  return pane.standing === 'partly' ? '' : `tone-${pane.standing}`
}
