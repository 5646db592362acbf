/** Every order of a shop: what it costs, whether it is paid, where it stands in the ERP, and what is said of it. */
import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import type { OrdersView } from '../../../src-main/contract/order-views.ts'
import type { PairView } from '../../../src-main/contract/views.ts'
import { useAnswer } from '../../ask.ts'
import { Answered } from '../../parts/answered.tsx'
import { Empty } from '../../parts/empty.tsx'
import { AsOf } from '../../parts/figure.tsx'
import { Instant } from '../../parts/instant.tsx'
import { count } from '../../parts/numbers.ts'
import { Pager } from '../../parts/pager.tsx'
import { Table } from '../../parts/table.tsx'
import { useKeys } from '../../parts/use-keys.ts'
import { go } from '../../stores/navigation.ts'
import { useTravel } from '../../stores/travel.ts'
import { TravelStripe } from '../../travel/as-then.tsx'
import { TravelPicker } from '../../travel/travel-picker.tsx'
import { OfPair, PairChoice } from '../pair-choice.tsx'
import { orderColumns } from './columns.tsx'
import { isNarrowed, pageRows, questionOf, useOrders } from './filter.ts'
import { Filters } from './filters.tsx'
import '../screens.css'
import '../incidents/incidents.css'
import './orders.css'

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
                columns={orderColumns}
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
