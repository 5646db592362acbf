/** Paid orders that the ERP never heard of: how many, how much in each currency, since when, and the oldest of them. */
import type { ReactNode } from 'react'
import type { AsOfView, OverviewView } from '../../../src-main/contract/views.ts'
import { AsOf, Figure } from '../../parts/figure.tsx'
import { FittedRows } from '../../parts/fitted-rows.tsx'
import { Instant } from '../../parts/instant.tsx'
import { Money } from '../../parts/money.tsx'
import { amountOf, count } from '../../parts/numbers.ts'
import { Panel } from '../../parts/panel.tsx'
import { SeverityShape } from '../../parts/severity.tsx'
import { hrefOf } from '../../stores/navigation.ts'
import { useTravel } from '../../stores/travel.ts'
import { everything, useQueue } from '../incidents/filter.ts'
import { AllWell, NotJudged } from './verdict.tsx'

export function UnmatchedPanel({ unmatched, pair }: { readonly unmatched: OverviewView['unmatched']; readonly pair: string | null }): ReactNode {
  const { asOf, byCurrency, top } = unmatched
  const some = unmatched.count > 0
  const isBack = useTravel((travel) => travel.at !== null)
  return (
    <Panel title="Unmatched paid orders" aside={<AsOf asOf={asOf} />} className="overview-panel">
      <div className="overview-figures">
        {some && asOf.at !== null ? <SeverityShape level="critical" /> : null}
        <Figure asOf={asOf} told={count(unmatched.count)} size="figure" tone={some ? 'critical' : null} />
        {some ? (
          <span className="overview-says">
            paid, not in the ERP
            <br />
            oldest due <Instant at={unmatched.oldestDueAt} />
          </span>
        ) : (
          <AllWell asOf={asOf} notJudged={unmatched.notJudged} says="Every paid order is in the ERP." saysPartly="None is missing among those judged." />
        )}
      </div>
      {some ? (
        <>
          <table className="sums">
            <caption className="unseen">Value by currency</caption>
            <tbody>
              {byCurrency.map((sum) => (
                <tr key={sum.currency}>
                  <th scope="row">{sum.count === 1 ? '1 order' : `${count(sum.count)} orders`}</th>
                  <td>
                    <Figure asOf={asOf} told={amountOf(sum)}>
                      <Money amount={sum} />
                    </Figure>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <h3 className="small faint">Oldest</h3>
          <FittedRows
            label="The oldest of them"
            rows={top.map((order) => ({ ...order, asOf, isBack }))}
            keyOf={(order) => order.incident}
            rowHeight={1.5}
            countsHidden={false}
            draw={orderRow}
          />
          <footer className="overview-foot">
            {isBack ? null : (
              <a href={hrefOf('incidents')} onClick={() => useQueue.getState().look({ ...everything, rule: 'F02-paid-order-missing', pair })}>
                All of them
              </a>
            )}
            <NotJudged count={unmatched.notJudged} />
          </footer>
        </>
      ) : null}
    </Panel>
  )
}

/** Looking back, an order opens as it stood then; its incident is told of now only. */
function orderRow(order: OverviewView['unmatched']['top'][number] & { readonly asOf: AsOfView; readonly isBack: boolean }): ReactNode {
  return (
    <a className="row-link order-row" href={order.isBack ? hrefOf('orders', order.number, { pair: order.pair }) : hrefOf('incidents', order.incident)}>
      <span className="cut">{order.number}</span>
      <Figure asOf={order.asOf} told={order.amount === null ? '' : amountOf(order.amount)}>
        <Money amount={order.amount} />
      </Figure>
      <span className="row-age">
        <Instant at={order.openedAt} />
      </span>
    </a>
  )
}
