/** The stock of a pair at a glance: how old it is, over the last day, and what was sold that was not there. */
import type { ReactNode } from 'react'
import type { OversoldRow, StockSummaryView } from '../../../src-main/contract/stock-views.ts'
import { StalenessChart } from '../../charts/staleness-chart.tsx'
import { AsOf, Figure } from '../../parts/figure.tsx'
import { FittedRows } from '../../parts/fitted-rows.tsx'
import { Money } from '../../parts/money.tsx'
import { count, grouped, spanOf } from '../../parts/numbers.ts'
import { Panel } from '../../parts/panel.tsx'
import { hrefOf } from '../../stores/navigation.ts'
import { noCurveWords } from '../words.ts'
import { AllWell } from '../overview/verdict.tsx'

export function StockSummary({ stock }: { readonly stock: StockSummaryView }): ReactNode {
  return (
    <div className="stock-summary">
      <Panel title="How old the stock on sale is" aside={resolution(stock)}>
        <div className="stock-age">
          <dl className="stock-figures">
            <Age name="Half are fresher" stock={stock} span={stock.staleness.p50Ms} />
            <Age name="19 of 20 are fresher" stock={stock} span={stock.staleness.p95Ms} />
            <Age name="Longest of the day" stock={stock} span={stock.staleness.maxMs} />
            <Age name="Oldest still open" stock={stock} span={stock.staleness.oldestOpenMs} none="none" />
          </dl>
          {stock.series.every((point) => point.p95Ms === null) ? (
            <p className="small dim">{noCurveWords(stock.watched)}</p>
          ) : (
            <StalenessChart series={stock.series} targetMs={stock.targetMs} staleAfterMs={stock.asOf.staleAfterMs} />
          )}
        </div>
      </Panel>
      <Oversold stock={stock} />
    </div>
  )
}

function resolution({ resolutionMs, notJudged }: StockSummaryView): string {
  return [...(resolutionMs === null ? [] : [`measured to ± ${spanOf(resolutionMs)}`]), ...(notJudged === 0 ? [] : [`${count(notJudged)} not judged`])].join(', ')
}

interface AgeProps {
  readonly name: string
  readonly stock: StockSummaryView
  readonly span: number | null
  /** What is said where there is none; else it is not known. */
  readonly none?: string
}

function Age({ name, stock, span, none }: AgeProps): ReactNode {
  const late = span !== null && span > stock.targetMs
  const told = span === null ? (none ?? '') : spanOf(span)
  return (
    <div>
      <dt className="small dim">{name}</dt>
      <dd>
        <Figure asOf={span === null && none === undefined ? { ...stock.asOf, at: null } : stock.asOf} told={told} tone={late ? 'high' : null} />
      </dd>
    </div>
  )
}

function Oversold({ stock }: { readonly stock: StockSummaryView }): ReactNode {
  const { oversold, asOf, pair } = stock
  const units = oversold.rows.reduce((sum, row) => sum + Number(row.units ?? 0), 0)
  return (
    <Panel title="Sold though nothing was left" aside={<AsOf asOf={asOf} />}>
      {oversold.count === 0 ? (
        <div className="stock-well">
          <AllWell asOf={asOf} notJudged={stock.notJudged} says="No unit was sold that is not there." saysPartly="None among those judged." />
        </div>
      ) : (
        <>
          <p className="stock-sold">
            <Figure asOf={asOf} told={`${count(oversold.count)} SKUs`} />
            <span className="dim">{`${grouped(String(units))} units`}</span>
            {oversold.byCurrency.map((sum) => (
              <Money key={sum.currency} amount={sum} />
            ))}
          </p>
          <FittedRows
            label="The dearest that were sold though nothing was left"
            rows={oversold.rows.map((row) => ({ ...row, pair }))}
            keyOf={(row) => row.incident}
            rowHeight={1.5}
            countsHidden
            draw={soldRow}
          />
        </>
      )}
    </Panel>
  )
}

function soldRow(row: OversoldRow & { readonly pair: string }): ReactNode {
  return (
    <a className="row-link stock-sold-row" href={hrefOf('stock', null, { pair: row.pair, sku: row.sku, location: row.location })}>
      <span className="cut" title={`${row.sku}, ${row.location}`}>
        {row.sku} <span className="faint">{row.location}</span>
      </span>
      <span className="dim">{row.units === null ? '' : `${grouped(row.units)} in ${row.orders === null ? '?' : count(row.orders)}`}</span>
      <Money amount={row.amount} />
    </a>
  )
}
