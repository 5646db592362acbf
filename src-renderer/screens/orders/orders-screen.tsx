/** Every order of a shop: what it costs, whether it is paid, where it stands in the ERP, and what is said of it. */
import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import type { OrderRow, OrdersView } from '../../../src-main/contract/order-views.ts'
import type { PairView } from '../../../src-main/contract/views.ts'
import { useAnswer } from '../../ask.ts'
import { Answered } from '../../parts/answered.tsx'
import { Cut } from '../../parts/cut.tsx'
import { Empty } from '../../parts/empty.tsx'
import { AsOf } from '../../parts/figure.tsx'
import { Instant } from '../../parts/instant.tsx'
import { Money } from '../../parts/money.tsx'
import { count } from '../../parts/numbers.ts'
import { Pager } from '../../parts/pager.tsx'
import { State } from '../../parts/state.tsx'
import { type Column, Table } from '../../parts/table.tsx'
import { useKeys } from '../../parts/use-keys.ts'
import { go } from '../../stores/navigation.ts'
import { useTravel } from '../../stores/travel.ts'
import { TravelStripe } from '../../travel/as-then.tsx'
import { TravelPicker } from '../../travel/travel-picker.tsx'
import { OfPair, PairChoice } from '../pair-choice.tsx'
import { isNarrowed, pageRows, questionOf, useOrders } from './filter.ts'
import { Filters } from './filters.tsx'
import { paymentLooks, standingLooks } from './looks.ts'
import { Verdict } from './verdict.tsx'
import '../screens.css'
import '../incidents/incidents.css'
import './orders.css'

const columns: readonly Column<OrderRow>[] = [
  { id: 'number', title: 'Number', width: 'minmax(6.5rem, 1fr)', draw: (row) => <Cut text={row.number} /> },
  { id: 'placed', title: 'Placed', width: '5.25rem', draw: (row) => <Instant at={row.placedAt} /> },
  { id: 'channel', title: 'Channel', width: 'minmax(5rem, 0.8fr)', draw: (row) => <Cut text={row.channel ?? '—'} /> },
  { id: 'total', title: 'Total', width: '9.25rem', align: 'right', draw: (row) => <Money amount={row.total} /> },
  { id: 'paid', title: 'Payment', width: '8rem', draw: (row) => <State look={paymentLooks[row.payment]} /> },
  { id: 'erp', title: 'In the ERP', width: 'minmax(9.75rem, 0.9fr)', draw: (row) => <Standing erp={row.erp} /> },
  { id: 'verdict', title: 'Verdict', width: 'minmax(13rem, 1.8fr)', draw: (row) => <Verdict verdict={row.verdict} /> },
]

export function OrdersScreen(): ReactNode {
  return (
    <div className="screen screen-fill">
      <OfPair what="each order is then followed from its payment to its invoice.">{(pair, pairs) => <PairOrders pair={pair} pairs={pairs} />}</OfPair>
    </div>
  )
}

function PairOrders({ pair, pairs }: { readonly pair: PairView; readonly pairs: readonly PairView[] }): ReactNode {
  const { filter, cursors, onward, back } = useOrders()
  const at = useTravel((travel) => travel.at)
  const question = questionOf(pair.id, filter, cursors.at(-1) ?? null)
  const answer = useAnswer(['overview', 'incidents', 'pairs'], ['orders.list', question], (client, options) => client.orders.list(question, options))
  const known = answer.state === 'known' ? answer.value : null
  const next = known?.next ?? null
  const onAfter = next === null ? undefined : () => onward(next)
  const onBefore = cursors.length === 0 ? undefined : back
  useKeys({
    title: 'Orders',
    bindings: [
      { keys: '/', does: 'Search the orders', run: () => document.querySelector<HTMLElement>('#order-search')?.focus() },
      { keys: ']', does: 'Next page of orders', run: () => onAfter?.() },
      { keys: '[', does: 'Page of orders before', run: () => onBefore?.() },
    ],
  })
  return (
    <>
      <header className="screen-head">
        <h1>Orders</h1>
        <PairChoice screen="orders" pair={pair} pairs={pairs} />
        {known === null ? null : (
          <span className="small dim orders-held">
            {count(known.held)} held, {known.asOf.at === null ? null : 'compared '}
            <AsOf asOf={known.asOf} />
          </span>
        )}
        <TravelPicker />
      </header>
      <TravelStripe says="The list shows orders as they are now; an order opens as it stood then." />
      <Filters channels={known?.channels ?? []} />
      <Answered answer={answer}>
        {(orders) => (
          <>
            <div className="queue" data-previous={(answer.state === 'known' && answer.previous) || undefined}>
              <Table
                label="Orders"
                rows={orders.rows}
                columns={columns}
                idOf={(row) => row.number}
                onOpen={(row) => go('orders', row.number, { pair: pair.id })}
                offset={cursors.length * pageRows}
                empty={<NoOrders orders={orders} pair={pair} before={at} />}
              />
            </div>
            <footer className="queue-foot" hidden={orders.rows.length === 0 && cursors.length === 0 && orders.next === null}>
              <Through orders={orders} onAfter={onAfter} />
              <Pager offset={cursors.length * pageRows} shown={orders.rows.length} total={null} onBefore={onBefore} onAfter={onAfter} />
            </footer>
          </>
        )}
      </Answered>
    </>
  )
}

function Standing({ erp }: { readonly erp: OrderRow['erp'] }): ReactNode {
  const [first, ...more] = erp.numbers
  return (
    <span className="standing" title={erp.numbers.join(', ')}>
      <State look={standingLooks[erp.state]} />
      {first === undefined ? null : (
        <span className="cut dim">
          {first}
          {more.length === 0 ? '' : ` and ${count(more.length)} more`}
        </span>
      )}
    </span>
  )
}

/** A look ends somewhere: a page that is not full says how far it has come, and goes on from there. */
function Through({ orders, onAfter }: { readonly orders: OrdersView; readonly onAfter: (() => void) | undefined }): ReactNode {
  if (orders.through === null || onAfter === undefined) return null
  return (
    <span className="row small dim">
      Looked through as far as {orders.through.number}, placed <Instant at={orders.through.placedAt} />.
      <Button variant="default" onClick={onAfter}>
        Look further
      </Button>
    </span>
  )
}

function NoOrders({ orders, pair, before }: { readonly orders: OrdersView; readonly pair: PairView; readonly before: number | null }): ReactNode {
  const { filter, anew } = useOrders()
  if (orders.asOf.at === null && orders.held === 0) {
    return <Empty title={`${pair.shopLabel} was not read yet`}>Its orders stand here as soon as the first of them were read.</Empty>
  }
  if (orders.next !== null) return <Empty title="None among those looked through">There are more orders to look through.</Empty>
  if (isNarrowed(filter)) {
    return (
      <Empty title="No order is like that" action={<Button variant="default" onClick={anew}>Show every order</Button>}>
        {filter.search.trim() === '' ? 'Choose another verdict, channel or time.' : `No number begins with ${filter.search.trim()}.`}
      </Empty>
    )
  }
  return <Empty title={before === null ? 'The shop has no orders' : 'The shop has no orders now'}>{`${pair.shopLabel} was read, and nothing was ordered there.`}</Empty>
}
