/** An order's tax line by line on both sides, and the smallest differences that turn one figure into the other. */
import type { ReactNode } from 'react'
import type { ChainTaxView } from '../../../src-main/contract/order-views.ts'
import { Money } from '../../parts/money.tsx'
import { grouped } from '../../parts/numbers.ts'
import { Panel } from '../../parts/panel.tsx'
import { StateShape } from '../../parts/state.tsx'
import { causeWords } from '../../../src-main/domain/cause-words.ts'

interface TaxLinesProps {
  readonly tax: ChainTaxView
  readonly shopLabel: string
  readonly erpLabel: string
}

export function TaxLines({ tax, shopLabel, erpLabel }: TaxLinesProps): ReactNode {
  return (
    <Panel title="Tax, line by line" aside={`in ${tax.currency}`}>
      <div className="tax-lines" role="region" aria-label="Tax of each line on both sides" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <td />
              <th scope="colgroup" colSpan={3} title={shopLabel}>
                Shop
              </th>
              <th scope="colgroup" colSpan={3} title={erpLabel}>
                ERP
              </th>
            </tr>
            <tr>
              <th scope="col">Line</th>
              <th scope="col">Net</th>
              <th scope="col">Rate</th>
              <th scope="col">Tax</th>
              <th scope="col">Net</th>
              <th scope="col">Rate</th>
              <th scope="col">Tax</th>
            </tr>
          </thead>
          <tbody>
            {tax.lines.map((line, nth) => (
              <tr key={`${nth} ${line.title}`} data-differs={line.differs.length > 0 || undefined}>
                <th scope="row">
                  <span dir="auto">{line.title}</span>
                  {line.differs.length === 0 ? null : <span className="small tone-critical">{line.differs.join(', ')}</span>}
                </th>
                <LineSide side={line.shop} />
                <LineSide side={line.erp} />
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr data-differs={tax.kind === 'equal' ? undefined : true}>
              <th scope="row">Tax in all</th>
              <td colSpan={3}>{tax.shop}</td>
              <td colSpan={3}>{tax.erp}</td>
            </tr>
          </tfoot>
        </table>
      </div>
      <Explained tax={tax} />
    </Panel>
  )
}

function LineSide({ side }: { readonly side: ChainTaxView['lines'][number]['shop'] }): ReactNode {
  if (side === null) return <td colSpan={3} className="faint tax-nothing">nothing</td>
  return (
    <>
      <td>{grouped(side.net)}</td>
      <td>{side.rates === '' ? 'none' : `${side.rates} %`}</td>
      <td>{grouped(side.tax)}</td>
    </>
  )
}

function Explained({ tax }: { readonly tax: ChainTaxView }): ReactNode {
  return (
    <div className="tax-explained">
      <h3>{headOf(tax)}</h3>
      {tax.left === null ? null : (
        <p>
          Not explained by any known difference: <Money amount={tax.left} signed />
        </p>
      )}
      {tax.sets.map((set, nth) => (
        <div key={set.map((one) => one.says).join()}>
          {tax.sets.length > 1 ? <p className="small faint">Either way {nth + 1}</p> : null}
          <ul className="bullets">
            {set.map((one) => (
              <li key={one.says}>
                {one.says} <span className="faint">{causeWords[one.cause]}</span>
              </li>
            ))}
          </ul>
        </div>
      ))}
      {tax.more === 0 ? null : <p className="small faint">and {grouped(String(tax.more))} more</p>}
      {tax.cut ? <p className="small faint">Too much differs to try them all: others may be as small and as exact.</p> : null}
      <dl className="facts small">
        <dt>The shop rounds</dt>
        <dd>{tax.methods.shop ?? 'not known yet: too few orders of this market'}</dd>
        <dt>The ERP rounds</dt>
        <dd>{tax.methods.erp ?? 'not known yet: too few orders of this market'}</dd>
      </dl>
    </div>
  )
}

function headOf({ kind }: ChainTaxView): ReactNode {
  switch (kind) {
    case 'equal':
      return (
        <span className="state tone-good">
          <StateShape look={{ tone: 'good', shape: 'tick' }} />
          Both sides agree
        </span>
      )
    case 'explained':
      return 'This turns the shop’s tax into the ERP’s, to the cent'
    case 'ambiguous':
      return 'Each of these turns the shop’s tax into the ERP’s, to the cent'
    case 'unexplained':
      return 'Nothing that is known turns the shop’s tax into the ERP’s'
    default:
      return kind satisfies never
  }
}
