/** How well records say when, from where and by whom they came; what waits to be merged; and what is done by hand, by class. */
import type { ReactNode } from 'react'
import type { LatencyView } from '../../../src-main/contract/latency-views.ts'
import type { RecordsView, TrailView } from '../../../src-main/contract/product-views.ts'
import type { PairView } from '../../../src-main/contract/views.ts'
import type { OverrideKind } from '../../../src-main/domain/decision.ts'
import { useAnswer } from '../../ask.ts'
import { Answered } from '../../parts/answered.tsx'
import { AsOf, Figure } from '../../parts/figure.tsx'
import { count, spanOf } from '../../parts/numbers.ts'
import { Panel } from '../../parts/panel.tsx'
import { hrefOf } from '../../stores/navigation.ts'
import { everything, useQueue } from '../incidents/filter.ts'
import { OfPair } from '../pair-choice.tsx'
import { streamWords } from '../words.ts'
import { Sections } from './sections.tsx'
import { Tickets } from './tickets.tsx'
import '../screens.css'
import './products.css'

export function RecordsScreen(): ReactNode {
  return (
    <OfPair what="then it is counted here how well records say where they come from.">
      {(pair, pairs) => <Records pair={pair} pairs={pairs} />}
    </OfPair>
  )
}

function Records({ pair, pairs }: { readonly pair: PairView; readonly pairs: readonly PairView[] }): ReactNode {
  const answer = useAnswer(['overview', 'incidents', 'pairs'], ['products.records', pair.id], (client, options) => client.products.records({ pair: pair.id }, options))
  return (
    <div className="screen">
      <Sections here="records" pair={pair} pairs={pairs}>
        {answer.state === 'known' ? <AsOf asOf={answer.value.asOf} /> : null}
      </Sections>
      <Answered answer={answer}>
        {(records) => (
          <>
            <Panel title="What critical records say of themselves" aside="the newest of each kind">
              <Trail records={records} />
            </Panel>
            <div className="records-panels">
              <Merges records={records} />
              <Overrides records={records} />
              <Latency pair={pair} records={records} />
              <Tickets pair={pair} />
              <Open title="Changed from outside" none="Nobody changed what is not theirs. It is judged once the pair says who owns what." rows={records.outside} />
              <Open title="Words without a mapping" none="The pair’s maps know every market, channel, tax code, discount, way to pay, shipping method and status they met." rows={records.unmapped} />
            </div>
          </>
        )}
      </Answered>
    </div>
  )
}

const shares: readonly { readonly title: string; readonly says: string; readonly of: (trail: TrailView) => number }[] = [
  { title: 'Time', says: 'says when it changed', of: ({ time }) => time },
  { title: 'Origin', says: 'says through which channel it came, or which document it follows', of: ({ origin }) => origin },
  { title: 'Identity', says: 'says who made or changed it', of: ({ identity }) => identity },
  { title: 'Trace id', says: 'carries an id of the run that brought it', of: ({ trace }) => trace },
]

function Trail({ records }: { readonly records: RecordsView }): ReactNode {
  if (records.trail.length === 0) return <p className="dim">No document was read yet.</p>
  return (
    <table className="trail">
      <thead>
        <tr>
          <th scope="col">Records</th>
          <th scope="col">Looked at</th>
          {shares.map(({ title, says }) => (
            <th key={title} scope="col" title={says}>{title}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {records.trail.map((trail) => (
          <tr key={`${trail.side} ${trail.stream}`}>
            <th scope="row">
              {streamWords[trail.stream]} <span className="faint">{trail.side === 'shop' ? records.shopLabel : records.erpLabel}</span>
            </th>
            <td>{count(trail.of)}</td>
            {shares.map(({ title, of }) => (
              <td key={title}>
                <Share many={of(trail)} of={trail.of} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Rounded down: 199 of 200 are not all. */
function Share({ many, of }: { readonly many: number; readonly of: number }): ReactNode {
  const percent = Math.floor((many * 100) / of)
  return (
    <span className="share" title={`${count(many)} of ${count(of)}`}>
      <span className="share-bar" aria-hidden="true">
        <span style={{ width: `${percent}%` }} />
      </span>
      {percent} %
    </span>
  )
}

function Merges({ records }: { readonly records: RecordsView }): ReactNode {
  const { clusters, surplus, settled, more } = records.merges
  return (
    <Panel title="Customers to merge" aside={<a href={hrefOf('customers')}>Which</a>}>
      <dl className="record-facts">
        <dt>Stand there more than once</dt>
        <dd><Figure asOf={records.asOf} told={`${count(clusters)}${more ? ' and more' : ''}`} /></dd>
        <dt>Customers too many</dt>
        <dd>{`${count(surplus)}${more ? ' and more' : ''}`}</dd>
        <dt>{`Settled in ${records.sinceDays} days`}</dt>
        <dd>{count(settled)}</dd>
      </dl>
    </Panel>
  )
}

const overrideWords: Readonly<Record<OverrideKind, string>> = {
  entered: 'Entered by hand',
  corrected: 'Corrected by hand',
  accepted: 'Accepted as it is',
  severity: 'Weighed otherwise',
}

function Overrides({ records }: { readonly records: RecordsView }): ReactNode {
  const most = Math.max(1, ...records.overrides.map((one) => one.count))
  return (
    <Panel title="Done by hand" aside={`in ${records.sinceDays} days`}>
      {records.overrides.length === 0 ? (
        <p className="dim">Nothing was decided around the evidence.</p>
      ) : (
        <dl className="record-facts">
          {records.overrides.map((one) => (
            <div key={one.class} className="record-fact">
              <dt>{wordsFor(one.class)}</dt>
              <dd>
                <span className="share-bar" aria-hidden="true"><span style={{ width: `${(one.count * 100) / most}%` }} /></span>
                {count(one.count)}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </Panel>
  )
}

/** How long one side takes to hear of what happened on the other; what it has not heard of counts at its present age. */
function Latency({ pair, records }: { readonly pair: PairView; readonly records: RecordsView }): ReactNode {
  const answer = useAnswer(['overview', 'incidents', 'pairs'], ['overview.latency', pair.id], (client, options) => client.overview.latency({ pair: pair.id }, options))
  return (
    <Panel title="How long the other side takes to hear of it" aside="in 7 days">
      <Answered answer={answer}>
        {(latency) => (
          <div className="latencies">
            <Spread title={`Parcels, told to ${records.shopLabel}`} of={latency.shipped} />
            <Spread title={`Refunds, credited in ${records.erpLabel}`} of={latency.refunded} />
            {latency.whole ? null : <p className="small dim">Of busy days only a part was looked at.</p>}
          </div>
        )}
      </Answered>
    </Panel>
  )
}

function Spread({ title, of }: { readonly title: string; readonly of: LatencyView['shipped'] }): ReactNode {
  return (
    <dl className="record-facts">
      <dt className="cut" title={title}>{title}</dt>
      <dd>{count(of.count)}</dd>
      <dt className="dim">Half are faster</dt>
      <dd>{of.p50Ms === null ? '—' : spanOf(of.p50Ms)}</dd>
      <dt className="dim">19 of 20 are faster</dt>
      <dd>{of.p95Ms === null ? '—' : spanOf(of.p95Ms)}</dd>
      <dt className="dim">Not heard of yet</dt>
      <dd>{of.oldestOpenMs === null ? count(of.open) : `${count(of.open)}, oldest ${spanOf(of.oldestOpenMs)}`}</dd>
    </dl>
  )
}

function wordsFor(name: string): string {
  return Object.entries(overrideWords).find(([kind]) => kind === name)?.[1] ?? name
}

interface OpenProps {
  readonly title: string
  readonly none: string
  readonly rows: RecordsView['outside']
}

/** Each rule leads to its incidents. */
function Open({ title, none, rows }: OpenProps): ReactNode {
  return (
    <Panel title={title}>
      {rows.length === 0 ? (
        <p className="dim">{none}</p>
      ) : (
        <ul>
          {rows.map((row) => (
            <li key={row.rule} className="record-fact">
              <a className="cut" title={row.title} href={hrefOf('incidents')} onClick={() => useQueue.getState().look({ ...everything, rule: row.rule })}>
                {row.title}
              </a>
              <span>{count(row.count)}</span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
