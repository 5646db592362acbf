/** One incident: the sentence, what both sides say, what happened, what to do, and its repair. */
import type { ReactNode } from 'react'
import type { IncidentView } from '../../../src-main/contract/views.ts'
import { useAnswer } from '../../ask.ts'
import { Answered } from '../../parts/answered.tsx'
import { Back } from '../../parts/back.tsx'
import { inOwnTime } from '../../parts/dates.ts'
import { Diff } from '../../parts/diff.tsx'
import { AsOf } from '../../parts/figure.tsx'
import { Instant } from '../../parts/instant.tsx'
import { Money } from '../../parts/money.tsx'
import { Note } from '../../parts/note.tsx'
import { count } from '../../parts/numbers.ts'
import { Panel } from '../../parts/panel.tsx'
import { Severity } from '../../parts/severity.tsx'
import { State, incidentLooks } from '../../parts/state.tsx'
import { useKeys } from '../../parts/use-keys.ts'
import { go, hrefOf } from '../../stores/navigation.ts'
import { causeWords } from '../../../src-main/domain/cause-words.ts'
import { nameOfDay } from '../close/places.ts'
import { everything, questionOf, useQueue } from '../incidents/filter.ts'
import { AboutLink } from './about-link.tsx'
import { Decisions } from './decide.tsx'
import { Duty } from './duty.tsx'
import { Repair } from './repair.tsx'
import { Timeline } from './timeline.tsx'
import '../screens.css'
import './incident.css'

export function IncidentScreen({ id }: { readonly id: string }): ReactNode {
  const answer = useAnswer(['incidents', 'replays'], ['incidents.get', id], (client, options) =>
    client.incidents.get({ id }, options),
  )
  const neighbours = useNeighbours(id)
  useKeys({
    title: 'Incident',
    bindings: [
      { keys: 'u', does: 'Back to the queue', run: () => go('incidents') },
      { keys: 'j', does: 'Next incident of the queue', run: () => openIf(neighbours.after) },
      { keys: 'k', does: 'Incident before in the queue', run: () => openIf(neighbours.before) },
    ],
  })
  const incident = answer.state === 'known' ? answer.value : null
  return (
    <div className="screen">
      <header className="screen-head">
        <Back href={hrefOf('incidents')}>Incidents</Back>
        {incident === null ? null : <Decisions incident={incident} />}
      </header>
      <Answered answer={answer}>{(value) => <Incident incident={value} />}</Answered>
    </div>
  )
}

function openIf(id: string | null): void {
  if (id !== null) go('incidents', id)
}

/** The rows around this one in the queue as it was last looked at; asked under the queue's own name, so usually already known. */
function useNeighbours(id: string): {
  readonly before: string | null
  readonly after: string | null
} {
  const question = questionOf(useQueue())
  const answer = useAnswer(['incidents'], ['incidents.list', question], (client, options) =>
    client.incidents.list(question, options),
  )
  const rows = answer.state === 'known' ? answer.value.rows : []
  const at = rows.findIndex((row) => row.id === id)
  return {
    before: at < 1 ? null : (rows[at - 1]?.id ?? null),
    after: at < 0 ? null : (rows[at + 1]?.id ?? null),
  }
}

function Incident({ incident }: { readonly incident: IncidentView }): ReactNode {
  return (
    <>
      <Headline incident={incident} />
      <Family incident={incident} />
      <div className="incident">
        <div className="stack">
          <Evidence incident={incident} />
          <Timeline entries={incident.timeline} id={incident.id} />
        </div>
        <div className="stack">
          <Duty incident={incident} />
          <Repair incident={incident} />
          {incident.guide.length === 0 ? null : (
            <Panel title="What to do">
              <ol className="steps">
                {incident.guide.map((step) => (
                  <li key={step}>{step}</li>
                ))}
              </ol>
            </Panel>
          )}
        </div>
      </div>
    </>
  )
}

/** One cause is told once: what it holds up is shown as a part of it. */
function Family({ incident }: { readonly incident: IncidentView }): ReactNode {
  const { parent, parentSays, children, subject } = incident
  if (subject.kind === 'incident')
    return (
      <Note look={{ tone: 'low', shape: 'ring' }}>
        It speaks of another incident: <a href={hrefOf('incidents', subject.key)}>open that one</a>.
      </Note>
    )
  if (subject.kind === 'day' && incident.pair !== null)
    return (
      <Note look={{ tone: 'low', shape: 'ring' }}>
        It is about a business day: <a href={hrefOf('close', nameOfDay({ pair: incident.pair, day: subject.key.slice(0, 10) }))}>open the close of that day</a>.
      </Note>
    )
  if (parent !== null)
    return (
      <Note look={{ tone: 'low', shape: 'ring' }}>
        Part of another incident, and told with it:{' '}
        <a href={hrefOf('incidents', parent)}>{inOwnTime(parentSays ?? 'open it')}</a>
      </Note>
    )
  if (children === 0) return null
  return (
    <Note look={{ tone: 'low', shape: 'ring' }}>
      {children === 1 ? 'One open incident is' : `${count(children)} open incidents are`} part of
      this one and not told by {children === 1 ? 'itself' : 'themselves'}:{' '}
      <a href={hrefOf('incidents')} onClick={() => useQueue.getState().look({ ...everything, tab: 'all', parent: incident.id })}>
        {children === 1 ? 'see it in the queue' : 'see them in the queue'}
      </a>
      .
    </Note>
  )
}

/** Once it is resolved these are the words of then, and the ages of the last read would date them wrongly. */
function Evidence({ incident }: { readonly incident: IncidentView }): ReactNode {
  const { shopLabel, erpLabel, seenAt } = incident
  const over = incident.state === 'resolved'
  return (
    <Panel
      title={over ? 'What both sides said while it was open' : 'What both sides say'}
      aside={over ? <Instant at={seenAt} /> : <AboutLink incident={incident} />}
      className="evidence"
    >
      {incident.evidence.length === 0 ? (
        <p className="dim">No evidence was kept with this incident.</p>
      ) : (
        <Diff
          caption={`What ${shopLabel} and ${erpLabel} ${over ? 'said' : 'say'}`}
          evidence={incident.evidence}
          left={<Side label={shopLabel} asOf={over ? null : <AsOf asOf={incident.shopAsOf} />} />}
          right={<Side label={erpLabel} asOf={over ? null : <AsOf asOf={incident.erpAsOf} />} />}
        />
      )}
    </Panel>
  )
}

function Headline({ incident }: { readonly incident: IncidentView }): ReactNode {
  return (
    <div className="headline">
      <div>
        <p className="headline-facts small">
          <Severity level={incident.severity} />
          <State look={incidentLooks[incident.state]} />
          <span className="dim">
            {incident.title}
            {incident.cause === null ? '' : ` · ${causeWords[incident.cause]}`}
          </span>
        </p>
        <h1 dir="auto">{inOwnTime(incident.says)}</h1>
        <p className="small dim">
          <ChainLink incident={incident} />
          Opened <Instant at={incident.openedAt} />, last seen <Instant at={incident.seenAt} />
          {incident.reopenedCount === 0
            ? null
            : `, came back ${incident.reopenedCount === 1 ? 'once' : `${count(incident.reopenedCount)} times`}`}
          {incident.resolvedAt === null ? null : (
            <>
              , resolved <Instant at={incident.resolvedAt} />
              {incident.resolvedBy === null ? '' : `: ${inOwnTime(incident.resolvedBy)}`}
            </>
          )}
        </p>
      </div>
      {incident.amount === null ? null : (
        <div className="headline-amount figure-figure">
          <Money amount={incident.amount} />
        </div>
      )}
    </div>
  )
}

/** An order's incident, and its invoice's, is one station of its chain. */
function ChainLink({ incident: { order, pair } }: { readonly incident: IncidentView }): ReactNode {
  if (order === null) return null
  return (
    <>
      <a href={hrefOf('orders', order, { pair })}>The order’s whole chain</a>
      {'. '}
    </>
  )
}

function Side({ label, asOf }: { readonly label: string; readonly asOf: ReactNode }): ReactNode {
  return (
    <span className="side">
      <span dir="auto" title={label}>
        {label}
      </span>
      <span className="small dim">{asOf}</span>
    </span>
  )
}
