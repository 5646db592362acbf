/** What flows and what waits: orders by hour, open incidents, failed reads, the backlog, and what is not judged and why. */
import { Popover } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import type { AsOfView, OverviewView } from '../../../src-main/contract/views.ts'
import { severities } from '../../../src-main/domain/incident.ts'
import { FlowChart } from '../../charts/flow-chart.tsx'
import { Figure } from '../../parts/figure.tsx'
import { NowLink } from '../../parts/now-link.tsx'
import { count } from '../../parts/numbers.ts'
import { SeverityShape, severityWords } from '../../parts/severity.tsx'
import { hrefOf } from '../../stores/navigation.ts'
import { everything, useQueue } from '../incidents/filter.ts'

interface StripProps {
  readonly overview: OverviewView
  /** Until when the counts hold: the newest read behind them. */
  readonly asOf: AsOfView
}

export function Strip({ overview, asOf }: StripProps): ReactNode {
  const { strip } = overview
  return (
    <section className="panel strip" aria-label="Flow and backlog">
      <div className="strip-flow">
        <div>
          <h2 className="strip-title">Orders, 24 h</h2>
          <Figure asOf={asOf} told={count(strip.orders24h)} />
          <ul className="small dim legend">
            <li>
              <i className="legend-line" /> shop
            </li>
            <li>
              <i className="legend-bar" /> ERP
            </li>
          </ul>
        </div>
        {asOf.at === null ? null : <FlowChart flow={strip.flow} />}
      </div>
      <div>
        <h2 className="strip-title">Open incidents</h2>
        <ul className="open-incidents">
          {severities.map((level) => (
            <li key={level}>
              <NowLink className="row-link open-row" href={hrefOf('incidents')} onClick={() => useQueue.getState().look({ ...everything, severities: [level] })}>
                <SeverityShape level={level} />
                <span>{severityWords[level]}</span>
                <Figure asOf={asOf} told={count(strip.openIncidents[level] ?? 0)} />
              </NowLink>
            </li>
          ))}
        </ul>
      </div>
      <div>
        <h2 className="strip-title">Reading, 1 h</h2>
        <dl className="strip-facts">
          <dt>Reads</dt>
          <dd>
            <Counted asOf={asOf} figure={strip.reads1h} />
          </dd>
          <dt>Failed</dt>
          <dd>
            <Counted asOf={asOf} figure={strip.apiErrors1h} tone="medium" />
          </dd>
          <dt>To be judged</dt>
          <dd>
            <Counted asOf={asOf} figure={strip.backlog} />
          </dd>
        </dl>
      </div>
      {overview.at === null ? (
        <>
          <Reasons title="Not judged" rows={overview.notJudged} asOf={asOf} none="Everything was judged." />
          <Reasons title="Out of scope" rows={overview.outOfScope} asOf={asOf} none="Everything is in scope." />
        </>
      ) : (
        <Untold sentences={overview.untold} />
      )}
    </section>
  )
}

/** A count, in its tone where it is not nothing; a dash where it is not kept. */
function Counted({ asOf, figure, tone = null }: { readonly asOf: AsOfView; readonly figure: number | null; readonly tone?: 'medium' | null }): ReactNode {
  if (figure === null) return <span title="Not kept that far">—</span>
  return <Figure asOf={asOf} told={count(figure)} tone={figure > 0 ? tone : null} />
}

/** What nobody can say of that moment, in the place of what is said of now. */
function Untold({ sentences }: { readonly sentences: readonly string[] }): ReactNode {
  const id = useId()
  return (
    <div className="strip-untold">
      <h2 className="strip-title" id={id}>
        Not kept of that moment
      </h2>
      <ul className="small dim bullets" aria-labelledby={id}>
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </div>
  )
}

interface ReasonsProps {
  readonly title: string
  readonly rows: readonly { readonly why: string; readonly count: number }[]
  readonly asOf: AsOfView
  readonly none: string
}

const reasonsInPlace = 3

/** The largest reasons in place, cut where they are long; all of them in full behind a button. */
function Reasons({ title, rows, asOf, none }: ReasonsProps): ReactNode {
  const id = useId()
  const sorted = rows.toSorted((left, right) => right.count - left.count)
  return (
    <div>
      <div className="reasons-title">
        <h2 className="strip-title" id={id}>
          {title}
        </h2>
        <Figure asOf={asOf} told={count(rows.reduce((sum, row) => sum + row.count, 0))} />
        {rows.length === 0 ? null : <AllReasons title={title} rows={sorted} />}
      </div>
      {rows.length === 0 ? <p className="small dim">{asOf.at === null ? '' : none}</p> : null}
      <ul className="small reasons" aria-labelledby={id}>
        {sorted.slice(0, reasonsInPlace).map((row) => (
          <Reason key={row.why} row={row} />
        ))}
      </ul>
    </div>
  )
}

function AllReasons({ title, rows }: Pick<ReasonsProps, 'title' | 'rows'>): ReactNode {
  return (
    <Popover position="top-end" shadow="md" width={360} trapFocus returnFocus>
      <Popover.Target>
        <button type="button" className="quiet-button">
          Why<span className="unseen">: {title}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <h3 className="reasons-head" tabIndex={-1} data-autofocus>
          {title}
        </h3>
        <ul className="reasons reasons-all">
          {rows.map((row) => (
            <Reason key={row.why} row={row} />
          ))}
        </ul>
      </Popover.Dropdown>
    </Popover>
  )
}

function Reason({ row }: { readonly row: { readonly why: string; readonly count: number } }): ReactNode {
  return (
    <li>
      <span>{count(row.count)}</span>
      <span className="dim" title={row.why}>
        {row.why}
      </span>
    </li>
  )
}
