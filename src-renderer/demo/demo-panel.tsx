/** The panel beside every screen of the demo: what a visitor may break, and what Plumbline made of what they broke. */
import { ActionIcon, Button, Switch } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { type ReactNode, useId } from 'react'
import type { Lever, Pull } from '../../src-main/contract/demo.ts'
import type { IncidentRow } from '../../src-main/contract/views.ts'
import { useAnswer } from '../ask.ts'
import { Instant } from '../parts/instant.tsx'
import { shortSpanOf } from '../parts/numbers.ts'
import { SeverityShape } from '../parts/severity.tsx'
import { StateShape, incidentLooks } from '../parts/state.tsx'
import { hrefOf } from '../stores/navigation.ts'
import { useDemo, useInDemo } from '../stores/demo.ts'
import { pull } from './deeds.ts'
import { noticedOf } from './noticed.ts'
import './demo.css'

export function DemoPanel(): ReactNode {
  const open = useDemo((demo) => demo.panelOpen)
  return useInDemo() && open ? <Panel /> : null
}

function Panel(): ReactNode {
  const { levers, pulls, showPanel } = useDemo()
  const id = useId()
  return (
    <aside className="demo-panel" aria-labelledby={id}>
      <header className="panel-head">
        <h2 id={id}>Break something</h2>
        <ActionIcon aria-label="Put the demo panel away" aria-keyshortcuts="b" onClick={() => showPanel(false)}>
          <IconX size={16} stroke={1.75} />
        </ActionIcon>
      </header>
      <p className="small dim">Then watch Plumbline notice, and see it heal when you mend it.</p>
      {pulls.length === 0 ? null : <Pulls pulls={pulls} />}
      <div className="demo-levers">
        <LeverList title="Once" levers={levers.filter((lever) => lever.kind === 'once')} />
        <LeverList title="Until you mend it" levers={levers.filter((lever) => lever.kind === 'switch')} />
        {levers.length === 0 ? <p className="small dim">The shop opens in a moment.</p> : null}
      </div>
    </aside>
  )
}

function LeverList({ title, levers }: { readonly title: string; readonly levers: readonly Lever[] }): ReactNode {
  const id = useId()
  if (levers.length === 0) return null
  return (
    <section aria-labelledby={id}>
      <h3 id={id} className="small faint">
        {title}
      </h3>
      <ul className="levers">
        {levers.map((lever) => (
          <LeverLine key={lever.name} lever={lever} />
        ))}
      </ul>
    </section>
  )
}

function LeverLine({ lever }: { readonly lever: Lever }): ReactNode {
  const id = useId()
  return (
    <li className="lever" data-on={lever.on || undefined}>
      <div>
        <p id={`${id}-title`}>{lever.title}</p>
        <p id={`${id}-says`} className="small dim">
          {lever.says}
        </p>
      </div>
      {lever.kind === 'switch' ? (
        <Switch
          aria-labelledby={`${id}-title`}
          aria-describedby={`${id}-says`}
          checked={lever.on}
          onChange={() => pull(lever.name)}
        />
      ) : (
        <Button
          id={`${id}-do`}
          variant="default"
          aria-labelledby={`${id}-do ${id}-title`}
          aria-describedby={`${id}-says`}
          onClick={() => pull(lever.name)}
        >
          Do it
        </Button>
      )}
    </li>
  )
}

function Pulls({ pulls }: { readonly pulls: readonly Pull[] }): ReactNode {
  const id = useId()
  return (
    <section aria-labelledby={id} aria-live="polite">
      <h3 id={id} className="small faint">
        What you did
      </h3>
      <ol className="pulls">
        {pulls.map((one) => (
          <PullLine key={one.id} pull={one} />
        ))}
      </ol>
    </section>
  )
}

/** The latest incidents of a rule in any state: what was broken a moment ago is among them. */
const latest = { states: null, severities: null, search: null, limit: 100, offset: 0 }

function PullLine({ pull: one }: { readonly pull: Pull }): ReactNode {
  const asked = { ...latest, rule: one.expected[0]?.rule ?? null }
  const answer = useAnswer(
    ['incidents'],
    ['incidents.list', asked],
    (client, options) => client.incidents.list(asked, options),
    asked.rule !== null,
  )
  const noticed = noticedOf(one, answer.state === 'known' ? answer.value.rows : [])
  const [first] = noticed
  return (
    <li className="pull">
      <p>
        {one.mended ? 'Mended: ' : ''}
        {one.title}
        <span className="small faint">
          {' '}
          · <Instant at={one.at} />
        </span>
      </p>
      {one.mended ? null : first === undefined ? (
        <p className="small dim">Not noticed yet.</p>
      ) : (
        <p className="small">
          <Noticed incident={first} after={first.openedAt - one.at} />
          {noticed.length === 1 ? null : <span className="faint"> and {noticed.length - 1} more</span>}
        </p>
      )}
    </li>
  )
}

function Noticed({ incident, after }: { readonly incident: IncidentRow; readonly after: number }): ReactNode {
  const closed = incident.state === 'resolved'
  return (
    <>
      <span className="pull-shape">{closed ? <StateShape look={incidentLooks.resolved} /> : <SeverityShape level={incident.severity} />}</span>{' '}
      <a href={hrefOf('incidents', incident.id)}>
        {incident.title}: {incident.subject.key}
      </a>{' '}
      <span className="dim">
        {closed ? 'was noticed and is resolved' : `noticed after ${shortSpanOf(Math.max(1000, after))}`}
      </span>
    </>
  )
}
