/** The expected figure drawn as the sum that it is: each line is something that can be looked up. */
import { Fragment, type ReactNode } from 'react'
import { compare, negate } from '../../../src-main/domain/decimal.ts'
import type { StockOneView, StockPartView } from '../../../src-main/contract/stock-views.ts'
import { Instant } from '../../parts/instant.tsx'
import { count, grouped } from '../../parts/numbers.ts'
import { hrefOf } from '../../stores/navigation.ts'
import { OrderLink } from '../order-link.tsx'

interface SumProps {
  readonly one: StockOneView
  readonly pair: string
}

export function Sum({ one, pair }: SumProps): ReactNode {
  const { parts, expected, cap, least, most, shop } = one
  const range = least !== null && most !== null && compare(least, most) !== 0
  return (
    <table className="sum" aria-label="How the figure is made up">
      <colgroup>
        <col className="sum-what" />
        <col />
        <col className="sum-amount" />
      </colgroup>
      <tbody>
        {parts.map((part) => (
          <Part key={part.erpSku} part={part} pair={pair} several={parts.length > 1} />
        ))}
        {cap === null ? null : <Line what="Never more than" says="the pair’s cap" figure={cap} />}
        {range ? <Line what="Anything between" says={`${grouped(least)} and ${grouped(most)} would be right: some units wait, and nobody says at which location`} figure={null} /> : null}
        {expected === null ? null : <Line what="Should show" says={one.erpLabel} figure={expected} kind="total" />}
        {shop === null ? null : <Line what="On sale" says={<ShopSays shop={shop} label={one.shopLabel} />} figure={shop.available} kind="total" />}
      </tbody>
    </table>
  )
}

function ShopSays({ shop, label }: { readonly shop: NonNullable<StockOneView['shop']>; readonly label: string }): ReactNode {
  return (
    <>
      {label}
      {compare(shop.reserved, '0') === 0 ? null : `, ${grouped(shop.onHand)} on hand, ${grouped(shop.reserved)} reserved`}
      {shop.changedAt === null ? null : (
        <>
          , moved <Instant at={shop.changedAt} />
        </>
      )}
    </>
  )
}

function Part({ part, pair, several }: { readonly part: StockPartView; readonly pair: string; readonly several: boolean }): ReactNode {
  const shares = compare(part.share, '1') !== 0
  const packs = compare(part.takes, '1') !== 0
  return (
    <>
      {several ? (
        <tr className="sum-part">
          <th scope="rowgroup" colSpan={3}>
            <a href={hrefOf('products', null, { pair, sku: part.erpSku })}>{part.erpSku}</a>
            {part.scarcest ? <span className="tone-high"> · the scarcest part decides</span> : null}
          </th>
        </tr>
      ) : null}
      {part.warehouses.map((warehouse) => (
        <Line
          key={warehouse.code}
          what={warehouse.code}
          says={
            <>
              {`${grouped(warehouse.onHand)} on hand, ${grouped(warehouse.reserved)} reserved`}
              {warehouse.changedAt === null ? null : (
                <>
                  , moved <Instant at={warehouse.changedAt} />
                </>
              )}
            </>
          }
          figure={warehouse.available}
        />
      ))}
      <Line what="Sold, not in the ERP yet" says={<Waiting part={part} pair={pair} />} figure={negate(part.waitingUnits)} />
      {compare(part.somewhereUnits, '0') === 0 ? null : <Line what="Sold at a location nobody names" says="may be missing here" figure={null} aside={`up to ${grouped(negate(part.somewhereUnits))}`} />}
      {compare(part.apartUnits, '0') === 0 ? null : <Line what="Counted by one side alone" says="the two figures are not of one moment" figure={part.apartUnits} />}
      {compare(part.buffer, '0') === 0 ? null : <Line what="Safety buffer" says="the pair’s setting" figure={negate(part.buffer)} />}
      <Line what="Left" says="" figure={part.free} kind="sub" />
      {shares || packs || several ? (
        <Line what="Enough for" says={[...(shares ? [`× ${part.share} that the shop may offer`] : []), ...(packs ? [`÷ ${grouped(part.takes)} of ${part.erpSku} in each`] : []), 'rounded down'].join(', ')} figure={part.offers} kind="sub" />
      ) : null}
    </>
  )
}

function Waiting({ part, pair }: { readonly part: StockPartView; readonly pair: string }): ReactNode {
  if (part.waitingCount === 0) return 'no order waits'
  const more = part.waitingCount - part.waiting.length
  return (
    <span className="sum-orders">
      {part.waiting.map(({ number, quantity }) => (
        <Fragment key={number}>
          <span className="sum-order">
            <OrderLink pair={pair} number={number} /> <span className="faint">{grouped(quantity)}</span>
          </span>{' '}
        </Fragment>
      ))}
      {more > 0 ? <span className="faint">{`and ${count(more)} more`}</span> : null}
    </span>
  )
}

interface LineProps {
  readonly what: string
  readonly says: ReactNode
  /** Null where it is no term of the sum. */
  readonly figure: string | null
  readonly aside?: string
  readonly kind?: 'term' | 'sub' | 'total'
}

function Line({ what, says, figure, aside, kind = 'term' }: LineProps): ReactNode {
  return (
    <tr data-kind={kind}>
      <th scope="row">{what}</th>
      <td className="dim">{says}</td>
      <td className="sum-figure">{figure === null ? <span className="faint">{aside ?? ''}</span> : grouped(figure)}</td>
    </tr>
  )
}
