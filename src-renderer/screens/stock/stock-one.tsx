/** One SKU at one location: the sum that it should show, how long changes took, its history, and what was sold that was not there. */
import type { ReactNode } from 'react'
import type { StockOneView } from '../../../src-main/contract/stock-views.ts'
import type { PairView } from '../../../src-main/contract/views.ts'
import { useAnswer } from '../../ask.ts'
import { StockHistoryChart } from '../../charts/stock-history-chart.tsx'
import { Answered } from '../../parts/answered.tsx'
import { Back } from '../../parts/back.tsx'
import { AsOf } from '../../parts/figure.tsx'
import { Instant } from '../../parts/instant.tsx'
import { Money } from '../../parts/money.tsx'
import { Note } from '../../parts/note.tsx'
import { count, grouped, spanOf } from '../../parts/numbers.ts'
import { Panel } from '../../parts/panel.tsx'
import { useKeys } from '../../parts/use-keys.ts'
import { go, hrefOf } from '../../stores/navigation.ts'
import { OpenAbout } from '../open-about.tsx'
import { OrderLink } from '../order-link.tsx'
import { behindLook } from './columns.tsx'
import { Sum } from './sum.tsx'

interface StockOneProps {
  readonly pair: PairView
  readonly sku: string
  readonly location: string | null
}

export function StockOne({ pair, sku, location }: StockOneProps): ReactNode {
  const asked = { pair: pair.id, sku, location }
  const answer = useAnswer(['overview', 'incidents', 'pairs'], ['stock.one', asked], (client, options) => client.stock.one(asked, options))
  useKeys({ title: 'One SKU', bindings: [{ keys: 'u', does: 'Back to all stock', run: () => go('stock', null, { pair: pair.id }) }] })
  return (
    <div className="screen">
      <header className="screen-head">
        <Back href={hrefOf('stock', null, { pair: pair.id })}>Stock</Back>
        <h1 className="cut">{sku}</h1>
        <a className="small" href={hrefOf('products', null, { pair: pair.id, sku })}>
          The product
        </a>
      </header>
      <Answered answer={answer}>{(one) => <One one={one} pair={pair} />}</Answered>
    </div>
  )
}

function One({ one, pair }: { readonly one: StockOneView; readonly pair: PairView }): ReactNode {
  return (
    <>
      <div className="stock-place">
        {one.title === null ? null : <bdi className="dim">{one.title}</bdi>}
        <Locations one={one} pair={pair} />
      </div>
      <Standing one={one} />
      <div className="stock-one">
        <Panel title="What it should show" aside={<AsOf asOf={one.erpAsOf} />}>
          <Sum one={one} pair={pair.id} />
        </Panel>
        <div className="stack">
          <Panel title="How long changes take to show">
            <Ages one={one} />
          </Panel>
          {one.oversold === null ? null : <Sold oversold={one.oversold} pair={pair.id} />}
          <OpenAbout incidents={one.incidents} />
        </div>
      </div>
      <Panel title="Both sides over time" aside={<AsOf asOf={one.shopAsOf} />}>
        <StockHistoryChart history={one.history} shopLabel={one.shopLabel} />
      </Panel>
    </>
  )
}

function Locations({ one, pair }: { readonly one: StockOneView; readonly pair: PairView }): ReactNode {
  if (one.locations.length < 2) return <span>{one.location}</span>
  return (
    <nav className="stock-locations" aria-label="Locations">
      {one.locations.map(({ location, behindSince }) => (
        <a key={location} className="tab" href={hrefOf('stock', null, { pair: pair.id, sku: one.sku, location })} aria-current={location === one.location ? 'true' : undefined}>
          {location}
          {behindSince === null ? null : <span className="tone-high"> · behind</span>}
        </a>
      ))}
    </nav>
  )
}

function Standing({ one }: { readonly one: StockOneView }): ReactNode {
  if (one.blind !== null) return <Note look={{ tone: 'low', shape: 'question' }}>{`Not compared. ${one.blind}`}</Note>
  const { shop, expected, behindSince, shopLabel } = one
  if (shop === null || expected === null) return null
  if (behindSince === null) {
    return <Note look={{ tone: 'good', shape: 'tick' }}>{`${shopLabel} shows ${grouped(shop.available)}, and that is right.`}</Note>
  }
  return (
    <Note look={behindLook({ shop: shop.available, expected })}>
      {`${shopLabel} shows ${grouped(shop.available)} and should show ${grouped(expected)}: behind since `}
      <Instant at={behindSince} />.
    </Note>
  )
}

function Ages({ one }: { readonly one: StockOneView }): ReactNode {
  const { p50Ms, p95Ms, maxMs, oldestOpenMs } = one.staleness
  const told = (span: number | null, none = 'not watched yet'): string => (span === null ? none : spanOf(span))
  return (
    <dl className="facts">
      <dt>Half of the changes</dt>
      <dd>{told(p50Ms)}</dd>
      <dt>19 of 20</dt>
      <dd>{told(p95Ms)}</dd>
      <dt>The longest</dt>
      <dd>{told(maxMs)}</dd>
      <dt>Oldest still open</dt>
      <dd>{told(oldestOpenMs, 'none')}</dd>
      <dt>Promised within</dt>
      <dd>{spanOf(one.targetMs)}</dd>
      <dt>Measured to</dt>
      <dd>{one.resolutionMs === null ? 'takes two reads' : `± ${spanOf(one.resolutionMs)}`}</dd>
    </dl>
  )
}

function Sold({ oversold, pair }: { readonly oversold: NonNullable<StockOneView['oversold']>; readonly pair: string }): ReactNode {
  return (
    <Panel title="Sold though nothing was left">
      <p>
        {`${grouped(oversold.units)} units in ${count(oversold.orderCount)} ${oversold.orderCount === 1 ? 'order' : 'orders'}`}
        {oversold.worth === null ? ', in several currencies' : <> for <Money amount={oversold.worth} /></>}
        , since <Instant at={oversold.since} />.
      </p>
      <ul className="number-list" tabIndex={0} aria-label="Orders that it was sold in">
        {oversold.orders.map((number) => (
          <li key={number}>
            <OrderLink pair={pair} number={number} />
          </li>
        ))}
      </ul>
      {oversold.cancelled.length === 0 ? null : (
        <p className="small dim">{`Cancelled since then: ${oversold.cancelled.map(({ why, count: many }) => `${count(many)} × ${why}`).join(', ')}.`}</p>
      )}
    </Panel>
  )
}
