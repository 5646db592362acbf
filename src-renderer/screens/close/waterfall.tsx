/** The way from shop takings to ERP bookings, step by step; every figure of it opens to what it is made of. */
import { type ReactNode, useState } from 'react'
import type { ClosedDayView, OpenableView, StepView } from '../../../src-main/contract/close-views.ts'
import { DifferenceBar } from '../../charts/difference-bars.tsx'
import { Money } from '../../parts/money.tsx'
import { count } from '../../parts/numbers.ts'
import { OpenedRows } from './opened-rows.tsx'
import { placeKey, placeWords } from './places.ts'

interface WaterfallProps {
  readonly pair: string
  readonly day: string
  readonly closed: ClosedDayView
  readonly shopLabel: string
  readonly erpLabel: string
}

export function Waterfall({ pair, day, closed, shopLabel, erpLabel }: WaterfallProps): ReactNode {
  const { beside, counts, currency } = closed
  const [open, setOpen] = useState<string | null>(null)
  const largest = Math.max(1, ...closed.steps.map((step) => Math.abs(step.minor)))
  const opening = (of: OpenableView): Opening => {
    const key = placeKey(of)
    const toggle = (): void => setOpen(open === key ? null : key)
    return { isOpen: open === key, toggle, rows: <OpenedRows pair={pair} day={day} currency={currency} of={of} /> }
  }
  return (
    <table className="waterfall" aria-label={`From takings to bookings, ${currency}`}>
      <tbody>
        <Total
          title={`${shopLabel} took`}
          says={`${count(counts.orders)} orders, ${count(counts.refunds)} refunds`}
          amount={{ minor: closed.shop, currency }}
          opening={opening({ kind: 'total', of: 'took' })}
        />
        {closed.steps.map((step) => (
          <Step key={placeKey(step.place)} step={step} currency={currency} largest={largest} opening={opening(step.place)} />
        ))}
        <Total
          title={`${erpLabel} booked`}
          says={`${count(counts.erpOrders)} orders, ${count(counts.creditNotes)} credit notes`}
          amount={{ minor: closed.erp, currency }}
          opening={opening({ kind: 'total', of: 'booked' })}
        />
        {beside.count === 0 ? null : (
          <Row
            look="waterfall-beside"
            title="In neither total"
            count={beside.count}
            says="Booked in the ERP, and names no order of the shop"
            bar={null}
            amount={<Money amount={{ minor: beside.minor, currency }} />}
            opening={opening({ kind: 'total', of: 'beside' })}
          />
        )}
      </tbody>
    </table>
  )
}

interface Opening {
  readonly isOpen: boolean
  readonly toggle: () => void
  readonly rows: ReactNode
}

interface TotalProps {
  readonly title: string
  readonly says: string
  readonly amount: { readonly minor: number; readonly currency: string }
  readonly opening: Opening
}

function Total({ title, says, amount, opening }: TotalProps): ReactNode {
  return <Row look="waterfall-total" title={title} count={null} says={says} bar={null} amount={<Money amount={amount} />} opening={opening} />
}

interface StepProps {
  readonly step: StepView
  readonly currency: string
  readonly largest: number
  readonly opening: Opening
}

/** What takings hold more than bookings is taken off on the way down, as a waterfall is read. */
function Step({ step, currency, largest, opening }: StepProps): ReactNode {
  const words = placeWords(step.place)
  const isWanting = step.place.kind === 'unexplained' || step.place.kind === 'not-judged'
  return (
    <Row
      look={isWanting ? 'waterfall-wanting' : ''}
      title={words.title}
      count={step.count}
      says={words.says}
      bar={<DifferenceBar minor={-step.minor} largest={largest} />}
      amount={<Money amount={{ minor: -step.minor, currency }} signed />}
      opening={opening}
    />
  )
}

interface RowProps {
  readonly look: string
  readonly title: string
  /** Null where the words beside it say how many. */
  readonly count: number | null
  readonly says: string
  readonly bar: ReactNode
  readonly amount: ReactNode
  readonly opening: Opening
}

function Row({ look, title, count: of, says, bar, amount, opening }: RowProps): ReactNode {
  return (
    <>
      <tr className={look}>
        <th scope="row">
          <button type="button" className="waterfall-open" aria-expanded={opening.isOpen} onClick={opening.toggle}>
            <span aria-hidden="true">{opening.isOpen ? '▾' : '▸'}</span>
            <span className="cut" title={title}>
              {title}
            </span>
            {of === null ? null : <span className="faint">{count(of)}</span>}
          </button>
        </th>
        <td className="dim cut" title={says}>
          {says}
        </td>
        <td>{bar}</td>
        <td>{amount}</td>
      </tr>
      {opening.isOpen ? (
        <tr className="waterfall-rows">
          <td colSpan={4}>{opening.rows}</td>
        </tr>
      ) : null}
    </>
  )
}
