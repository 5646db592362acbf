/** Products of both sides side by side, SKU by SKU, with what differs marked in its place. */
import { SegmentedControl } from '@mantine/core'
import type { ReactNode } from 'react'
import { type ProductFilter, type ProductListView, productFilters } from '../../../src-main/contract/product-views.ts'
import type { PairView } from '../../../src-main/contract/views.ts'
import { useAnswer } from '../../ask.ts'
import { Answered } from '../../parts/answered.tsx'
import { Empty } from '../../parts/empty.tsx'
import { AsOf } from '../../parts/figure.tsx'
import { count } from '../../parts/numbers.ts'
import { Pager } from '../../parts/pager.tsx'
import { Table } from '../../parts/table.tsx'
import { TypedSearch } from '../../parts/typed-search.tsx'
import { useKeys } from '../../parts/use-keys.ts'
import { go, useNavigation } from '../../stores/navigation.ts'
import { newPages } from '../../stores/pages.ts'
import { OfPair } from '../pair-choice.tsx'
import { productColumns } from './columns.tsx'
import { ProductOne } from './product-one.tsx'
import { Sections } from './sections.tsx'
import '../screens.css'
import '../incidents/incidents.css'
import './products.css'

const pageRows = 100

interface CatalogueFilter {
  readonly only: ProductFilter
  readonly search: string
}

/** Kept while the person looks at one product and comes back. */
export const useCatalogue = newPages<CatalogueFilter, string>({ only: 'all', search: '' })

const filterWords: Readonly<Record<ProductFilter, string>> = {
  all: 'All',
  incidents: 'Open incidents',
  differing: 'Differing',
  'shop-only': 'Shop only',
  'erp-only': 'ERP only',
}

export function ProductsScreen(): ReactNode {
  const sku = useNavigation((navigation) => navigation.place.asked['sku'])
  return (
    <OfPair what="then both catalogues are laid side by side here.">
      {(pair, pairs) => (sku === undefined || sku === '' ? <Catalogue pair={pair} pairs={pairs} /> : <ProductOne key={`${pair.id} ${sku}`} pair={pair} sku={sku} />)}
    </OfPair>
  )
}

function Catalogue({ pair, pairs }: { readonly pair: PairView; readonly pairs: readonly PairView[] }): ReactNode {
  const catalogue = useCatalogue()
  const { filter, cursors } = catalogue
  const search = filter.search.trim()
  const question = { pair: pair.id, filter: { only: filter.only, search: search === '' ? null : search }, limit: pageRows, cursor: cursors.at(-1) ?? null }
  const answer = useAnswer(['overview', 'incidents', 'pairs'], ['products.list', question], (client, options) => client.products.list(question, options))
  const next = answer.state === 'known' && !answer.previous ? answer.value.next : null
  const before = cursors.length > 0 ? catalogue.back : undefined
  const after = next === null ? undefined : () => catalogue.onward(next)
  useKeys({
    title: 'Products',
    bindings: [
      { keys: '/', does: 'Find a SKU', run: () => document.querySelector<HTMLElement>('#product-search')?.focus() },
      { keys: ']', does: 'Next page of products', run: () => after?.() },
      { keys: '[', does: 'Page before in the products', run: () => before?.() },
    ],
  })
  return (
    <div className="screen screen-fill">
      <Sections here="products" pair={pair} pairs={pairs}>
        {answer.state === 'known' ? <AsOf asOf={answer.value.asOf} /> : null}
      </Sections>
      <div className="filters" role="search" aria-label="Narrow the products">
        <SegmentedControl
          aria-label="Which products"
          value={filter.only}
          onChange={(only) => catalogue.look({ only })}
          data={productFilters.map((value) => ({ value, label: filterWords[value] }))}
        />
        <TypedSearch id="product-search" label="Find a SKU by how it begins" placeholder="SKU begins with" value={filter.search} onTyped={(text) => catalogue.look({ search: text })} />
      </div>
      <Answered answer={answer}>
        {(list) => (
          <>
            <div className="queue" data-previous={(answer.state === 'known' && answer.previous) || undefined}>
              <Table
                label="Products"
                rows={list.rows}
                columns={productColumns}
                idOf={(row) => row.sku}
                onOpen={(row) => go('products', null, { pair: pair.id, sku: row.sku })}
                offset={cursors.length * pageRows}
                empty={<NoProducts list={list} onward={after} />}
              />
            </div>
            <footer className="queue-foot">
              <span className="small dim">{saysOf(list)}</span>
              <Pager offset={cursors.length * pageRows} shown={list.rows.length} total={null} onBefore={before} onAfter={after} />
            </footer>
          </>
        )}
      </Answered>
    </div>
  )
}

function saysOf(list: ProductListView): string {
  const held = `${count(list.shopCount)} in the shop, ${count(list.erpCount)} in the ERP`
  return list.rows.length < list.looked ? `${held}; ${count(list.looked)} looked through for this page` : held
}

/** Rare ones may begin further on: a page looks through a part of the catalogue only. */
function NoProducts({ list, onward }: { readonly list: ProductListView; readonly onward: (() => void) | undefined }): ReactNode {
  const { filter, anew } = useCatalogue()
  if (onward !== undefined) {
    return (
      <Empty title={`None among the ${count(list.looked)} SKUs that were looked through`} action={<button type="button" className="link-button" onClick={onward}>Look through the next</button>}>
        The catalogue goes on.
      </Empty>
    )
  }
  if (filter.search.trim() !== '') {
    return (
      <Empty title="No SKU begins so" action={<button type="button" className="link-button" onClick={anew}>Show all products</button>}>
        Capitals and small letters are told apart.
      </Empty>
    )
  }
  if (filter.only !== 'all') return <Empty title="None is like this" tone="good">As far as both catalogues were read.</Empty>
  return <Empty title="No product was read yet">{`They are here as soon as the products of ${list.shopLabel} or ${list.erpLabel} were read once.`}</Empty>
}
