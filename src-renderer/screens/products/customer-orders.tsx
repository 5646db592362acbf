/** The orders of one customer, newest first, each as the list of all orders tells it. */
import { type ReactNode, useState } from 'react'
import type { CustomerOneView } from '../../../src-main/contract/product-views.ts'
import { useAnswer } from '../../ask.ts'
import { Answered } from '../../parts/answered.tsx'
import { Pager } from '../../parts/pager.tsx'
import { Panel } from '../../parts/panel.tsx'
import { Table } from '../../parts/table.tsx'
import { useKeys } from '../../parts/use-keys.ts'
import { go } from '../../stores/navigation.ts'
import { orderColumns } from '../orders/columns.tsx'

const pageRows = 20

/** Inside a panel there is less room. */
const columns = orderColumns.filter(({ id }) => id !== 'channel')

export function CustomerOrders({ one, pair }: { readonly one: CustomerOneView; readonly pair: string }): ReactNode {
  const [cursors, setCursors] = useState<readonly string[]>([])
  const question = { pair, id: one.customer.id, side: one.side, limit: pageRows, cursor: cursors.at(-1) ?? null }
  const answer = useAnswer(['overview', 'incidents', 'pairs'], ['customers.orders', question], (client, options) => client.customers.orders(question, options))
  const next = answer.state === 'known' && !answer.previous ? answer.value.next : null
  const before = cursors.length === 0 ? undefined : () => setCursors(cursors.slice(0, -1))
  const after = next === null ? undefined : () => setCursors([...cursors, next])
  useKeys({
    title: 'Orders of a customer',
    bindings: [
      { keys: ']', does: 'Next page of their orders', run: () => after?.() },
      { keys: '[', does: 'Page before in their orders', run: () => before?.() },
    ],
  })
  return (
    <Panel title="Orders">
      <Answered answer={answer}>
        {({ rows, hasAddress }) => (
          <>
            <div className="customer-orders" hidden={rows.length === 0} data-previous={(answer.state === 'known' && answer.previous) || undefined}>
              <Table
                label="Orders of this customer"
                rows={rows}
                columns={columns}
                idOf={(row) => row.number}
                onOpen={(row) => go('orders', row.number, { pair })}
                offset={cursors.length * pageRows}
                empty={null}
              />
            </div>
            {rows.length > 0 ? null : (
              <p className="dim">
                {hasAddress ? 'No order of the shop is known under this e-mail address.' : 'Orders are found by e-mail address, and none is known of this customer.'}
              </p>
            )}
            <div className="queue-foot" hidden={before === undefined && after === undefined}>
              <Pager offset={cursors.length * pageRows} shown={rows.length} total={null} onBefore={before} onAfter={after} />
            </div>
          </>
        )}
      </Answered>
    </Panel>
  )
}
