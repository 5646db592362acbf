/** How old the stock on sale is, live: the middle and the slow end against the promise, and the SKUs that are worst. */
import type { ReactNode } from 'react'
import type { AsOfView, OverviewView } from '../../../src-main/contract/views.ts'
import { StalenessChart } from '../../charts/staleness-chart.tsx'
import { AsOf, Figure } from '../../parts/figure.tsx'
import { FittedRows } from '../../parts/fitted-rows.tsx'
import { Instant } from '../../parts/instant.tsx'
import { NowLink } from '../../parts/now-link.tsx'
import { count, grouped, shortSpanOf, spanOf } from '../../parts/numbers.ts'
import { Panel } from '../../parts/panel.tsx'
import { hrefOf } from '../../stores/navigation.ts'
import { noCurveWords } from '../words.ts'
import { NotJudged } from './verdict.tsx'

interface StockPanelProps {
  readonly stock: OverviewView['stock']
  /** The moment it is told for; null: now. */
  readonly at: OverviewView['at']
}

export function StockPanel({ stock, at }: StockPanelProps): ReactNode {
  const { asOf } = stock
  const late = (span: number | null): 'high' | null => (span !== null && span > stock.targetMs ? 'high' : null)
  return (
    <Panel title="Stock staleness" aside={<AsOf asOf={asOf} />} className="overview-panel stock-panel">
      <div className="overview-figures">
        <Percentile name="p50" says="half are fresher" asOf={asOf} span={stock.p50Ms} tone={late(stock.p50Ms)} />
        <Percentile name="p95" says="19 of 20 are fresher" asOf={asOf} span={stock.p95Ms} tone={late(stock.p95Ms)} />
      </div>
      <p className="small dim">{saysOf(stock)}</p>
      {stock.series.every((point) => point.p95Ms === null) ? (
        <p className="small dim"><NoCurve stock={stock} at={at} /></p>
      ) : (
        <StalenessChart series={stock.series} targetMs={stock.targetMs} staleAfterMs={asOf.staleAfterMs} />
      )}
      {stock.worst.length === 0 ? null : (
        <h3 className="small faint rows-title">
          <span>Most outdated</span>
          <span>shop / ERP, age</span>
        </h3>
      )}
      {stock.worst.length === 0 ? null : (
        <FittedRows
          label="The most outdated"
          rows={stock.worst.map((row) => ({ ...row, asOf }))}
          keyOf={(row) => `${row.sku} ${row.location}`}
          rowHeight={1.5}
          countsHidden={false}
          draw={worstRow}
        />
      )}
      {stock.watched === 0 ? null : (
        <footer className="overview-foot dim">
          <span>{stock.resolutionMs === null ? null : `Measured to ± ${spanOf(stock.resolutionMs)}`}</span>
          <NotJudged count={stock.notJudged} />
        </footer>
      )}
    </Panel>
  )
}

/** Nothing to draw has three reasons, and only one of them is that nothing was watched yet. */
function NoCurve({ stock, at }: StockPanelProps): ReactNode {
  const { seriesFrom, watched } = stock
  if (at !== null && seriesFrom !== null && seriesFrom > at) {
    return (
      <>
        The curve is not kept that far: it begins <Instant at={seriesFrom} />.
      </>
    )
  }
  if (at !== null) return 'No change of stock was watched in the 24 hours before.'
  return noCurveWords(watched ?? 0)
}

interface PercentileProps {
  readonly name: string
  readonly says: string
  readonly asOf: OverviewView['stock']['asOf']
  readonly span: number | null
  readonly tone: 'high' | null
}

function Percentile({ name, says, asOf, span, tone }: PercentileProps): ReactNode {
  return (
    <div className="percentile">
      <Figure asOf={span === null ? { ...asOf, at: null } : asOf} told={span === null ? '' : spanOf(span)} size="figure" tone={tone} />
      <span className="small dim" title={says}>
        {name}, {says}
      </span>
    </div>
  )
}

function saysOf(stock: OverviewView['stock']): string {
  if (stock.watched === 0) return 'Measured from changes seen on both sides; that takes two reads.'
  const parts = [
    stock.watched === null ? `${count(stock.behind)} behind` : `${count(stock.behind)} of ${count(stock.watched)} behind`,
    ...(stock.oldestOpenMs === null ? [] : [`oldest ${spanOf(stock.oldestOpenMs)}`]),
  ]
  return parts.join(', ')
}

function worstRow(row: OverviewView['stock']['worst'][number] & { readonly asOf: AsOfView }): ReactNode {
  const cells = (
    <>
      <span className="cut" title={`${row.sku}, ${row.location}`}>
        {row.sku} <span className="faint">{row.location}</span>
      </span>
      <span className="row-figures" title="On sale in the shop, and what the ERP supports">
        <Figure asOf={row.asOf} told={`${row.shop} ${row.expected}`}>
          {row.shop === null ? '—' : grouped(row.shop)} <span className="faint">/</span> {row.expected === null ? '—' : grouped(row.expected)}
        </Figure>
      </span>
      <span className="row-age">{shortSpanOf(row.stalenessMs)}</span>
    </>
  )
  if (row.incident === null) return <span className="row-link stock-row">{cells}</span>
  return (
    <NowLink className="row-link stock-row" href={hrefOf('incidents', row.incident)}>
      {cells}
    </NowLink>
  )
}
