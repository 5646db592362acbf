/** What a step or a total of the day is made of, page by page. */
import { type ReactNode, useState } from 'react'
import type { CloseRowView, OpenableView } from '../../../src-main/contract/close-views.ts'
import { useAnswer } from '../../ask.ts'
import { Answered } from '../../parts/answered.tsx'
import { Money } from '../../parts/money.tsx'
import { Pager } from '../../parts/pager.tsx'
import { hrefOf } from '../../stores/navigation.ts'
import { OrderLink } from '../order-link.tsx'

const pageRows = 60

interface OpenedRowsProps {
  readonly pair: string
  readonly day: string
  readonly currency: string
  readonly of: OpenableView
}

export function OpenedRows({ pair, day, currency, of }: OpenedRowsProps): ReactNode {
  const [offset, setOffset] = useState(0)
  const question = { pair, day, currency, of, limit: pageRows, offset }
  const answer = useAnswer(['close', 'overview', 'pairs'], ['close.rows', question], (client, options) => client.close.rows(question, options))
  // what takings hold more than bookings is taken off on the way down
  const sign = of.kind === 'total' ? 1 : -1
  return (
    <Answered answer={answer}>
      {({ rows, total }) => (
        <>
          <ul>
            {rows.map((row, nth) => (
              <li key={`${row.number} ${offset + nth}`}>
                <Matter pair={pair} row={row} />
                <Money amount={{ minor: sign * row.minor, currency }} signed={of.kind !== 'total'} />
              </li>
            ))}
          </ul>
          {total <= pageRows ? null : (
            <Pager
              offset={offset}
              shown={rows.length}
              total={total}
              onBefore={offset > 0 ? () => setOffset(offset - pageRows) : undefined}
              onAfter={offset + rows.length < total ? () => setOffset(offset + pageRows) : undefined}
            />
          )}
        </>
      )}
    </Answered>
  )
}

/** An incident where one is the place, else the whole order; a document names itself beside the orders that it is of. */
function Matter({ pair, row }: { readonly pair: string; readonly row: CloseRowView }): ReactNode {
  const numbers = row.orders.map((order) => order.number)
  const isDocument = row.number !== numbers.join(' + ')
  return (
    <span className="waterfall-matter">
      {isDocument ? <span className="cut" title={row.number}>{row.number}</span> : null}
      {row.orders.map(({ incident, number }) =>
        incident === null ? <OrderLink key={number} pair={pair} number={number} /> : <a key={number} className="cut" title={number} href={hrefOf('incidents', incident)}>{number}</a>,
      )}
    </span>
  )
}
