/** What a list says of an order: what it costs, whether it is paid, where it stands in the ERP, and the verdict. */
import type { ReactNode } from 'react'
import type { OrderRow } from '../../../src-main/contract/order-views.ts'
import { Cut } from '../../parts/cut.tsx'
import { Instant } from '../../parts/instant.tsx'
import { Money } from '../../parts/money.tsx'
import { count } from '../../parts/numbers.ts'
import { State } from '../../parts/state.tsx'
import type { Column } from '../../parts/table.tsx'
import { paymentLooks, standingLooks } from './looks.ts'
import { Verdict } from './verdict.tsx'
import './orders.css'

export const orderColumns: readonly Column<OrderRow>[] = [
  { id: 'number', title: 'Number', width: 'minmax(6.5rem, 1fr)', draw: (row) => <Cut text={row.number} /> },
  { id: 'placed', title: 'Placed', width: '5.25rem', draw: (row) => <Instant at={row.placedAt} /> },
  { id: 'channel', title: 'Channel', width: 'minmax(5rem, 0.8fr)', draw: (row) => <Cut text={row.channel ?? '—'} /> },
  { id: 'total', title: 'Total', width: '9.25rem', align: 'right', draw: (row) => <Money amount={row.total} /> },
  { id: 'paid', title: 'Payment', width: '8rem', draw: (row) => <State look={paymentLooks[row.payment]} /> },
  { id: 'erp', title: 'In the ERP', width: 'minmax(9.75rem, 0.9fr)', draw: (row) => <Standing erp={row.erp} /> },
  { id: 'verdict', title: 'Verdict', width: 'minmax(13rem, 1.8fr)', draw: (row) => <Verdict verdict={row.verdict} /> },
]

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
