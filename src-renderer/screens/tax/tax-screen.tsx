/** Tax: where the two sides differ and why, how each rounds, and the way to every order behind a figure. */
import { Anchor } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { type TaxFacet, taxFacetNames } from '../../../src-main/domain/tax-facets.ts'
import type { TaxView, VarianceSumView } from '../../../src-main/contract/tax-views.ts'
import type { PairView } from '../../../src-main/contract/views.ts'
import { useAnswer } from '../../ask.ts'
import { DifferenceBar, largestByCurrency } from '../../charts/difference-bars.tsx'
import { Answered } from '../../parts/answered.tsx'
import { AsOf, Figure } from '../../parts/figure.tsx'
import { Money } from '../../parts/money.tsx'
import { amountOf, count } from '../../parts/numbers.ts'
import { Panel } from '../../parts/panel.tsx'
import { hrefOf, useNavigation } from '../../stores/navigation.ts'
import { everything, useQueue } from '../incidents/filter.ts'
import { AllWell } from '../overview/verdict.tsx'
import { OfPair, PairChoice } from '../pair-choice.tsx'
import { facetTitles, facetWords } from './facets.ts'
import { Methods } from './methods.tsx'
import { TaxOrder } from './tax-order.tsx'
import { TaxOrders } from './tax-orders.tsx'
import '../screens.css'
import '../incidents/incidents.css'
import './tax.css'

export function TaxScreen(): ReactNode {
  const asked = useNavigation((navigation) => navigation.place.asked)
  const { order, currency, by, value } = asked
  const facet = taxFacetNames.find((name) => name === by)
  return (
    <OfPair what="then each cent of tax that differs is named here.">
      {(pair, pairs) => {
        if (order !== undefined) return <TaxOrder key={`${pair.id} ${order}`} pair={pair} number={order} />
        if (currency !== undefined && /^[A-Z]{3}$/.test(currency)) {
          const only = facet === undefined ? null : { by: facet, value: value ?? '' }
          return <TaxOrders key={`${pair.id} ${currency} ${by ?? ''} ${value ?? ''}`} pair={pair} currency={currency} only={only} />
        }
        return <Variance pair={pair} pairs={pairs} />
      }}
    </OfPair>
  )
}

function Variance({ pair, pairs }: { readonly pair: PairView; readonly pairs: readonly PairView[] }): ReactNode {
  const answer = useAnswer(['overview', 'incidents', 'pairs'], ['tax.get', pair.id], (client, options) => client.tax.get({ pair: pair.id }, options))
  return (
    <div className="screen">
      <header className="screen-head">
        <h1>Tax</h1>
        <PairChoice screen="tax" pair={pair} pairs={pairs} />
        {answer.state === 'known' ? <AsOf asOf={answer.value.asOf} /> : null}
      </header>
      <Answered answer={answer}>
        {(tax) => (
          <>
            <Whole tax={tax} />
            {tax.whole.length === 0 ? null : (
              <div className="tax-rollups">
                {tax.rollUps.map(({ by, sums }) => (
                  <RollUp key={by} by={by} sums={sums} tax={tax} />
                ))}
                <Documents tax={tax} />
              </div>
            )}
            <Methods tax={tax} />
          </>
        )}
      </Answered>
    </div>
  )
}

/** Over and under apart, since together they would hide each other; a line a currency, since nothing is converted. */
function Whole({ tax }: { readonly tax: TaxView }): ReactNode {
  const { asOf, whole, notJudged, shopLabel, erpLabel, pair } = tax
  return (
    <Panel title="What the two sides differ by now" aside={notJudged === 0 ? undefined : `${count(notJudged)} not judged`}>
      {whole.length === 0 ? (
        <AllWell asOf={asOf} notJudged={notJudged} says="Both sides agree on the tax of every order." saysPartly="Both agree among those judged." />
      ) : (
        <table className="tax-whole">
          <thead>
            <tr>
              <td />
              <th scope="col" title={`${shopLabel} has more tax than ${erpLabel}`}>Shop has more</th>
              <th scope="col" title={`${shopLabel} has less tax than ${erpLabel}`}>Shop has less</th>
              <th scope="col">Together</th>
              <th scope="col">Orders</th>
            </tr>
          </thead>
          <tbody>
            {whole.map((sum) => (
              <tr key={sum.currency}>
                <th scope="row">{sum.currency}</th>
                <Cell tax={tax} minor={sum.over} currency={sum.currency} />
                <Cell tax={tax} minor={sum.under} currency={sum.currency} />
                <Cell tax={tax} minor={sum.over + sum.under} currency={sum.currency} strong />
                <td>
                  <a href={hrefOf('tax', null, { pair, currency: sum.currency })}>{count(sum.count)}</a>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {whole.length === 0 ? null : <p className="small dim tax-note">What somebody has accepted is among it: it differs all the same.</p>}
    </Panel>
  )
}

function Cell({ tax, minor, currency, strong = false }: { readonly tax: TaxView; readonly minor: number; readonly currency: string; readonly strong?: boolean }): ReactNode {
  const amount = { minor, currency }
  return (
    <td data-strong={strong || undefined}>
      {minor === 0 && !strong ? <span className="faint">—</span> : <Figure asOf={tax.asOf} told={amountOf(amount, true)}><Money amount={amount} signed /></Figure>}
    </td>
  )
}

/** As many as tell something at a glance; the rest opens below them. */
const rowsShown = 6

interface RollUpProps {
  readonly by: TaxFacet
  readonly sums: readonly VarianceSumView[]
  readonly tax: TaxView
}

function RollUp({ by, sums, tax }: RollUpProps): ReactNode {
  const largest = largestByCurrency(sums.flatMap(({ currency, over, under }) => [{ currency, minor: over }, { currency, minor: under }]))
  const [isWhole, setWhole] = useState(false)
  const rest = Math.max(0, sums.length - rowsShown)
  const shown = isWhole ? sums : sums.slice(0, rowsShown)
  return (
    <Panel title={facetTitles[by]} aside={rest === 0 ? undefined : <MoreOrFewer what={facetTitles[by]} rest={rest} isWhole={isWhole} onTurn={() => setWhole(!isWhole)} />}>
      <ul className="tax-rows">
        {shown.map((sum) => (
          <li key={`${sum.value} ${sum.currency}`}>
            <a className="tax-row" href={hrefOf('tax', null, { pair: tax.pair, currency: sum.currency, by, value: sum.value })}>
              <span className="cut" title={facetWords(by, sum.value)}>
                {facetWords(by, sum.value)} <span className="faint">{count(sum.count)}</span>
              </span>
              <span className="tax-bars">
                <DifferenceBar minor={sum.under} largest={sum.under === 0 ? 0 : (largest.get(sum.currency) ?? 0)} />
                <DifferenceBar minor={sum.over} largest={sum.over === 0 ? 0 : (largest.get(sum.currency) ?? 0)} />
              </span>
              <Money amount={{ minor: sum.over + sum.under, currency: sum.currency }} signed />
            </a>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function MoreOrFewer({ what, rest, isWhole, onTurn }: { readonly what: string; readonly rest: number; readonly isWhole: boolean; readonly onTurn: () => void }): ReactNode {
  return (
    <Anchor component="button" type="button" size="sm" underline="always" aria-expanded={isWhole} aria-label={`${what}: ${isWhole ? 'show fewer' : `show ${count(rest)} more`}`} onClick={onTurn}>
      {isWhole ? 'Fewer' : `${count(rest)} more`}
    </Anchor>
  )
}

/** What differs later than in the order: in its invoice, its credit note. */
function Documents({ tax }: { readonly tax: TaxView }): ReactNode {
  return (
    <Panel title="In invoices and credit notes">
      {tax.documents.length === 0 ? (
        <p className="dim">Every invoice and credit note has the tax of its order.</p>
      ) : (
        <ul className="tax-rows">
          {tax.documents.map((row) => (
            <li key={`${row.rule} ${row.currency}`}>
              <a className="tax-row" data-plain href={hrefOf('incidents')} onClick={() => useQueue.getState().look({ ...everything, rule: row.rule, pair: tax.pair, currency: row.currency })}>
                <span className="cut" title={row.title}>
                  {row.title} <span className="faint">{count(row.count)}</span>
                </span>
                <Money amount={row} signed />
              </a>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
