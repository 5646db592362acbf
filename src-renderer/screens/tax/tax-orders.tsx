/** The orders behind a figure of tax, the heaviest first; each leads to its explanation. */
import { type ReactNode, useState } from 'react'
import type { VarianceCursor, VarianceOrderView } from '../../../src-main/contract/tax-views.ts'
import type { PairView } from '../../../src-main/contract/views.ts'
import type { TaxFacet } from '../../../src-main/domain/tax-facets.ts'
import { useAnswer } from '../../ask.ts'
import { Answered } from '../../parts/answered.tsx'
import { Back } from '../../parts/back.tsx'
import { Cut } from '../../parts/cut.tsx'
import { Empty } from '../../parts/empty.tsx'
import { Money } from '../../parts/money.tsx'
import { Pager } from '../../parts/pager.tsx'
import { type Column, Table } from '../../parts/table.tsx'
import { useKeys } from '../../parts/use-keys.ts'
import { go, hrefOf } from '../../stores/navigation.ts'
import { facetTitles, facetWords } from './facets.ts'

const pageRows = 100

const columns: readonly Column<VarianceOrderView>[] = [
  { id: 'number', title: 'Order', width: 'minmax(8rem, 1.5fr)', draw: (row) => <Cut text={row.number} /> },
  { id: 'minor', title: 'Shop less ERP', width: '10rem', align: 'right', draw: (row) => <Money amount={row} signed /> },
  { id: 'cause', title: 'Cause', width: '10rem', draw: (row) => <Cut text={facetWords('cause', row.cause)} /> },
  { id: 'market', title: 'Market', width: '7.5rem', draw: (row) => <Cut text={facetWords('market', row.market)} /> },
  { id: 'type', title: 'Product type', width: 'minmax(6rem, 1fr)', draw: (row) => <Cut text={facetWords('productType', row.productType)} /> },
  { id: 'shipping', title: 'Shipping', width: 'minmax(6rem, 1fr)', draw: (row) => <Cut text={facetWords('shipping', row.shipping)} /> },
  { id: 'exemption', title: 'Exemption', width: '8rem', draw: (row) => <Cut text={facetWords('exemption', row.exemption)} /> },
]

interface TaxOrdersProps {
  readonly pair: PairView
  readonly currency: string
  readonly only: { readonly by: TaxFacet; readonly value: string } | null
}

export function TaxOrders({ pair, currency, only }: TaxOrdersProps): ReactNode {
  const [cursors, setCursors] = useState<readonly VarianceCursor[]>([])
  const question = { pair: pair.id, currency, only, limit: pageRows, cursor: cursors.at(-1) ?? null }
  const answer = useAnswer(['overview', 'incidents', 'pairs'], ['tax.orders', question], (client, options) => client.tax.orders(question, options))
  const next = answer.state === 'known' && !answer.previous ? answer.value.next : null
  const before = cursors.length === 0 ? undefined : () => setCursors(cursors.slice(0, -1))
  const after = next === null ? undefined : () => setCursors([...cursors, next])
  const back = hrefOf('tax', null, { pair: pair.id })
  useKeys({
    title: 'Orders whose tax differs',
    bindings: [
      { keys: 'u', does: 'Back to tax', run: () => go('tax', null, { pair: pair.id }) },
      { keys: ']', does: 'Next page of orders', run: () => after?.() },
      { keys: '[', does: 'Page before in the orders', run: () => before?.() },
    ],
  })
  const title = only === null ? `All orders in ${currency} whose tax differs` : `${facetWords(only.by, only.value)}, ${currency}`
  return (
    <div className="screen screen-fill">
      <header className="screen-head">
        <Back href={back}>Tax</Back>
        <h1 className="cut">{title}</h1>
        {only === null ? null : <span className="small dim">{facetTitles[only.by].toLowerCase()}</span>}
      </header>
      <Answered answer={answer}>
        {({ rows }) => (
          <>
            <div className="queue" data-previous={(answer.state === 'known' && answer.previous) || undefined}>
              <Table
                label="Orders whose tax differs"
                rows={rows}
                columns={columns}
                idOf={(row) => row.number}
                onOpen={(row) => go('tax', null, { pair: pair.id, order: row.number })}
                offset={cursors.length * pageRows}
                empty={<Empty title="No order differs here any more" tone="good" action={<a href={back}>Back to all tax</a>}>Whatever was counted agrees by now.</Empty>}
              />
            </div>
            <footer className="queue-foot" hidden={rows.length === 0}>
              <Pager offset={cursors.length * pageRows} shown={rows.length} total={null} onBefore={before} onAfter={after} />
            </footer>
          </>
        )}
      </Answered>
    </div>
  )
}
