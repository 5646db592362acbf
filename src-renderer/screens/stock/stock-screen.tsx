/** Stock on sale: how old it is, what was sold that was not there, and each SKU at each location, the most outdated first. */
import type { ReactNode } from 'react'
import type { PairView } from '../../../src-main/contract/views.ts'
import type { StockRow } from '../../../src-main/contract/stock-views.ts'
import { useAnswer } from '../../ask.ts'
import { Answered } from '../../parts/answered.tsx'
import { Empty } from '../../parts/empty.tsx'
import { AsOf } from '../../parts/figure.tsx'
import { Pager } from '../../parts/pager.tsx'
import { Table } from '../../parts/table.tsx'
import { useKeys } from '../../parts/use-keys.ts'
import { go, useNavigation } from '../../stores/navigation.ts'
import { OfPair, PairChoice } from '../pair-choice.tsx'
import { ShelfFilters } from './filters.tsx'
import { pageRows, questionOf, useShelf } from './shelf.ts'
import { stockColumns } from './columns.tsx'
import { StockOne } from './stock-one.tsx'
import { StockSummary } from './summary.tsx'
import '../screens.css'
import '../incidents/incidents.css'
import './stock.css'

export function StockScreen(): ReactNode {
  const asked = useNavigation((navigation) => navigation.place.asked)
  const sku = asked['sku']
  return (
    <OfPair what="then the stock on sale is followed here, SKU by SKU.">
      {(pair, pairs) =>
        sku === undefined || sku === '' ? (
          <Shelf pair={pair} pairs={pairs} />
        ) : (
          <StockOne key={`${pair.id} ${sku} ${asked['location'] ?? ''}`} pair={pair} sku={sku} location={asked['location'] ?? null} />
        )
      }
    </OfPair>
  )
}

function Shelf({ pair, pairs }: { readonly pair: PairView; readonly pairs: readonly PairView[] }): ReactNode {
  const summary = useAnswer(['overview', 'incidents', 'pairs'], ['stock.about', pair.id], (client, options) => client.stock.about({ pair: pair.id }, options))
  const known = summary.state === 'known' ? summary.value : null
  return (
    <div className="screen screen-fill">
      <header className="screen-head">
        <h1>Stock</h1>
        <PairChoice screen="stock" pair={pair} pairs={pairs} />
        {known === null ? null : <AsOf asOf={known.asOf} />}
      </header>
      <Answered answer={summary}>{(stock) => <StockSummary stock={stock} />}</Answered>
      <ShelfFilters counts={known} />
      <Rows pair={pair} />
    </div>
  )
}

function Rows({ pair }: { readonly pair: PairView }): ReactNode {
  const shelf = useShelf()
  const { filter, cursors } = shelf
  const question = questionOf(pair.id, filter, cursors.at(-1) ?? null)
  const answer = useAnswer(['overview', 'pairs'], ['stock.list', question], (client, options) => client.stock.list(question, options))
  const next = answer.state === 'known' && !answer.previous ? answer.value.next : null
  const before = cursors.length > 0 ? shelf.back : undefined
  const after = next === null ? undefined : () => shelf.onward(next)
  useKeys({
    title: 'Stock',
    bindings: [
      { keys: '/', does: 'Find a SKU', run: () => document.querySelector<HTMLElement>('#stock-search')?.focus() },
      { keys: ']', does: 'Next page of stock', run: () => after?.() },
      { keys: '[', does: 'Page before in stock', run: () => before?.() },
    ],
  })
  return (
    <Answered answer={answer}>
      {({ rows, total }) => (
        <>
          <div className="queue" data-previous={(answer.state === 'known' && answer.previous) || undefined}>
            <Table
              label="Stock"
              rows={rows}
              columns={stockColumns}
              idOf={idOf}
              onOpen={({ sku, location }) => go('stock', null, { pair: pair.id, sku, location })}
              offset={cursors.length * pageRows}
              {...(total === null ? {} : { total })}
              empty={<NoStock pair={pair} />}
            />
          </div>
          <footer className="queue-foot" hidden={rows.length === 0}>
            <Pager offset={cursors.length * pageRows} shown={rows.length} total={total} onBefore={before} onAfter={after} />
          </footer>
        </>
      )}
    </Answered>
  )
}

function idOf({ sku, location }: StockRow): string {
  return `${sku}@${location}`
}

function NoStock({ pair }: { readonly pair: PairView }): ReactNode {
  const { filter, anew } = useShelf()
  if (filter.search.trim() !== '' || filter.location !== null) {
    return (
      <Empty title="No SKU is like this" action={<button type="button" className="link-button" onClick={anew}>Show all stock</button>}>
        A SKU is found by how it begins. Only what the shop keeps count of is listed.
      </Empty>
    )
  }
  if (filter.standing === 'behind') {
    return (
      <Empty title="Nothing is behind" tone="good">
        {`Every figure that ${pair.shopLabel} shows is one that ${pair.erpLabel} supports.`}
      </Empty>
    )
  }
  return (
    <Empty title="No stock was compared yet">
      {`It is as soon as the stock of ${pair.shopLabel} and of ${pair.erpLabel} was read once. If it stays empty, see whether the pair says which warehouse feeds which location.`}
    </Empty>
  )
}
