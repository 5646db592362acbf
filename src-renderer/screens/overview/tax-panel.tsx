/** Where the tax differs between shop and ERP: per currency, by market, and by cause; never converted, never netted over currencies. */
import type { ReactNode } from 'react'
import type { AsOfView, OverviewView } from '../../../src-main/contract/views.ts'
import { DifferenceBar, largestByCurrency } from '../../charts/difference-bars.tsx'
import { AsOf, Figure } from '../../parts/figure.tsx'
import { FittedRows } from '../../parts/fitted-rows.tsx'
import { Money } from '../../parts/money.tsx'
import { NowLink } from '../../parts/now-link.tsx'
import { amountOf, count } from '../../parts/numbers.ts'
import { Panel } from '../../parts/panel.tsx'
import { hrefOf } from '../../stores/navigation.ts'
import { causeWords } from '../../../src-main/domain/cause-words.ts'
import { marketWords } from '../markets.ts'
import { type QueueFilter, everything, useQueue } from '../incidents/filter.ts'
import { AllWell, NotJudged } from './verdict.tsx'

type Tax = OverviewView['tax']

export function TaxPanel({ tax, pair }: { readonly tax: Tax; readonly pair: string | null }): ReactNode {
  const { asOf } = tax
  const [first, ...others] = tax.byCurrency
  return (
    <Panel title="Tax variance" aside={<AsOf asOf={asOf} />} className="overview-panel">
      <div className="overview-figures">
        {first === undefined ? (
          <>
            <Figure asOf={asOf} told="0" size="figure" />
            <AllWell asOf={asOf} notJudged={tax.notJudged} says="Both sides agree to the cent." saysPartly="Both agree among those judged." />
          </>
        ) : (
          <>
            <Behind of={{ pair, currency: first.currency }}>
              <Figure asOf={asOf} told={amountOf(first, true)} size="figure">
                <Money amount={first} signed />
              </Figure>
            </Behind>
            <span className="overview-others">
              {others.map((sum) => (
                <Behind key={sum.currency} of={{ pair, currency: sum.currency }}>
                  <Figure asOf={asOf} told={amountOf(sum, true)}>
                    <Money amount={sum} signed />
                  </Figure>
                </Behind>
              ))}
            </span>
          </>
        )}
      </div>
      {first === undefined ? null : (
        <>
          <p className="small dim cut">shop less ERP, {count(tax.byCurrency.reduce((sum, each) => sum + each.count, 0))} orders</p>
          <Differences title="By market" asOf={asOf} rows={tax.byMarket.map((row) => ({ ...row, name: marketWords(row.market), of: { pair, currency: row.currency, market: row.market === 'unknown' ? '' : row.market } }))} />
          <Differences title="By cause" asOf={asOf} rows={tax.byCause.map((row) => ({ ...row, name: causeWords[row.cause], of: { pair, currency: row.currency, cause: row.cause } }))} />
          <footer className="overview-foot dim">
            <span />
            <NotJudged count={tax.notJudged} />
          </footer>
        </>
      )}
    </Panel>
  )
}

/** What the queue is narrowed to for the incidents that a figure adds up. */
type Narrowed = Partial<Pick<QueueFilter, 'pair' | 'currency' | 'market' | 'cause'>>

/** A figure, as the way to what it adds up. */
function Behind({ of, className = 'figure-link', children }: { readonly of: Narrowed; readonly className?: string; readonly children: ReactNode }): ReactNode {
  return (
    <NowLink className={className} href={hrefOf('incidents')} onClick={() => useQueue.getState().look({ ...everything, rule: 'F05-tax-differs', ...of })}>
      {children}
    </NowLink>
  )
}

interface Difference {
  readonly of: Narrowed
  readonly name: string
  readonly currency: string
  readonly minor: number
  readonly count: number
}

interface DifferencesProps {
  readonly title: string
  readonly asOf: AsOfView
  readonly rows: readonly Difference[]
}

function Differences({ title, asOf, rows }: DifferencesProps): ReactNode {
  const largest = largestByCurrency(rows)
  return (
    <>
      <h3 className="small faint">{title}</h3>
      <FittedRows
        label={title}
        rows={rows.map((row) => ({ ...row, asOf, largest: largest.get(row.currency) ?? 0 }))}
        keyOf={(row) => `${row.name} ${row.currency}`}
        rowHeight={1.25}
        countsHidden
        draw={differenceRow}
      />
    </>
  )
}

function differenceRow(row: Difference & { readonly asOf: AsOfView; readonly largest: number }): ReactNode {
  return (
    <Behind of={row.of} className="row-link difference-row">
      <span className="cut" title={row.name}>
        {row.name}
      </span>
      <span className="faint difference-count">{count(row.count)}</span>
      <DifferenceBar minor={row.minor} largest={row.largest} />
      <Figure asOf={row.asOf} told={amountOf(row, true)}>
        <Money amount={row} signed />
      </Figure>
    </Behind>
  )
}
