/** The way from shop takings to ERP bookings, step by step; each opens to the orders that it is made of. */
import { type ReactNode, useState } from 'react'
import type { ClosedDayView, StepView } from '../../../src-main/contract/close-views.ts'
import { DifferenceBar } from '../../charts/difference-bars.tsx'
import { Money } from '../../parts/money.tsx'
import { count } from '../../parts/numbers.ts'
import { hrefOf } from '../../stores/navigation.ts'
import { OrderLink } from '../order-link.tsx'
import { placeKey, placeWords } from './places.ts'

interface WaterfallProps {
  readonly pair: string
  readonly closed: ClosedDayView
  readonly shopLabel: string
  readonly erpLabel: string
}

export function Waterfall({ pair, closed, shopLabel, erpLabel }: WaterfallProps): ReactNode {
  const { currency, counts } = closed
  const [open, setOpen] = useState<string | null>(null)
  const largest = Math.max(1, ...closed.steps.map((step) => Math.abs(step.minor)))
  return (
    <table className="waterfall" aria-label={`From takings to bookings, ${currency}`}>
      <tbody>
        <tr className="waterfall-total">
          <th scope="row">{shopLabel} took</th>
          <td className="dim cut">{`${count(counts.orders)} orders, ${count(counts.refunds)} refunds`}</td>
          <td />
          <td>
            <Money amount={{ minor: closed.shop, currency }} />
          </td>
        </tr>
        {closed.steps.map((step) => {
          const key = placeKey(step.place)
          return (
            <Step
              key={key}
              pair={pair}
              step={step}
              currency={currency}
              largest={largest}
              open={open === key}
              onToggle={() => setOpen(open === key ? null : key)}
            />
          )
        })}
        <tr className="waterfall-total">
          <th scope="row">{erpLabel} booked</th>
          <td className="dim cut">{`${count(counts.erpOrders)} orders, ${count(counts.creditNotes)} credit notes`}</td>
          <td />
          <td>
            <Money amount={{ minor: closed.erp, currency }} />
          </td>
        </tr>
      </tbody>
    </table>
  )
}

interface StepProps {
  readonly pair: string
  readonly step: StepView
  readonly currency: string
  readonly largest: number
  readonly open: boolean
  readonly onToggle: () => void
}

/** What takings hold more than bookings is taken off on the way down, as a waterfall is read. */
function Step({ pair, step, currency, largest, open, onToggle }: StepProps): ReactNode {
  const words = placeWords(step.place)
  const wanting = step.place.kind === 'unexplained' || step.place.kind === 'not-judged'
  return (
    <>
      <tr className={wanting ? 'waterfall-wanting' : ''}>
        <th scope="row">
          <button type="button" className="waterfall-open" aria-expanded={open} onClick={onToggle}>
            <span aria-hidden="true">{open ? '▾' : '▸'}</span>
            <span className="cut" title={words.title}>
              {words.title}
            </span>
            <span className="faint">{count(step.count)}</span>
          </button>
        </th>
        <td className="dim cut" title={words.says}>
          {words.says}
        </td>
        <td>
          <DifferenceBar minor={-step.minor} largest={largest} />
        </td>
        <td>
          <Money amount={{ minor: -step.minor, currency }} signed />
        </td>
      </tr>
      {open ? (
        <tr className="waterfall-rows">
          <td colSpan={4}>
            <ul>
              {step.rows.map((row) => (
                <li key={`${row.number} ${row.minor}`}>
                  <Matter pair={pair} row={row} />
                  <Money amount={{ minor: -row.minor, currency }} signed />
                </li>
              ))}
            </ul>
            {step.count > step.rows.length ? <p className="small dim">{`and ${count(step.count - step.rows.length)} more; the file has them all`}</p> : null}
          </td>
        </tr>
      ) : null}
    </>
  )
}

/** An incident where one is the place, else the whole order; a document of no order has only its name. */
function Matter({ pair, row }: { readonly pair: string; readonly row: StepView['rows'][number] }): ReactNode {
  if (row.orders.length === 0) return <span className="cut" title={row.number}>{row.number}</span>
  return (
    <span className="waterfall-matter">
      {row.orders.map(({ incident, number }) =>
        incident === null ? <OrderLink key={number} pair={pair} number={number} /> : <a key={number} className="cut" title={number} href={hrefOf('incidents', incident)}>{number}</a>,
      )}
    </span>
  )
}
