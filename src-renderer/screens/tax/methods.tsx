/** How each side rounds its tax, market by market, as its own orders show; with how many of them say so. */
import type { ReactNode } from 'react'
import type { MethodView, TaxView } from '../../../src-main/contract/tax-views.ts'
import { count } from '../../parts/numbers.ts'
import { Panel } from '../../parts/panel.tsx'
import { facetWords } from './facets.ts'

export function Methods({ tax }: { readonly tax: TaxView }): ReactNode {
  return (
    <Panel title="How each side rounds" aside="read off its own orders">
      {tax.methods.length === 0 ? (
        <p className="dim">Nothing can be read off yet: that takes a few orders that stand on both sides.</p>
      ) : (
        <table className="tax-methods">
          <thead>
            <tr>
              <th scope="col">Market</th>
              <th scope="col">{tax.shopLabel}</th>
              <th scope="col">{tax.erpLabel}</th>
            </tr>
          </thead>
          <tbody>
            {tax.methods.map(({ market, shop, erp }) => (
              <tr key={market} data-apart={(shop !== null && erp !== null && shop.says !== erp.says) || undefined}>
                <th scope="row">{facetWords('market', market)}</th>
                <td><Method method={shop} /></td>
                <td><Method method={erp} /></td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  )
}

export function Method({ method }: { readonly method: MethodView | null }): ReactNode {
  if (method === null) return <span className="faint">no one method explains its orders</span>
  return (
    <>
      {method.says} <span className="faint">{`${count(method.agrees)} of ${count(method.of)}`}</span>
    </>
  )
}
