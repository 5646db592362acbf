/** The day on paper: both totals, every step with its rows, what has no place, and who signed for it. Light, whatever the theme. */
import type { ReactNode } from 'react'
import type { CloseView, ClosedDayView, StepView } from '../../../src-main/contract/close-views.ts'
import type { Instant } from '../../../src-main/domain/time.ts'
import { useClock } from '../../clock.ts'
import { Money } from '../../parts/money.tsx'
import { count } from '../../parts/numbers.ts'
import { basisWords, placeKey, placeWords } from './places.ts'
import './print.css'

/** Rows of one step on paper: who needs more takes the file. */
const rowsMax = 60

interface PrintedProps {
  readonly close: CloseView
  readonly version: string
}

export function PrintedClose({ close, version }: PrintedProps): ReactNode {
  const now = useClock((at) => Math.floor(at / 60_000) * 60_000)
  const at = (moment: Instant | null): string => (moment === null ? 'never' : inZone(moment, close.zone))
  return (
    <article className="print-sheet" aria-hidden="true">
      <header className="print-head">
        <p className="print-mark">Plumbline · Daily close</p>
        <h1>{close.day}</h1>
        <dl className="print-facts">
          <dt>Shop</dt>
          <dd>
            {close.shopLabel}, read up to {at(close.shopAsOf.at)}
          </dd>
          <dt>ERP</dt>
          <dd>
            {close.erpLabel}, read up to {at(close.erpAsOf.at)}
          </dd>
          <dt>Business day</dt>
          <dd>from midnight to midnight in {close.zone}</dd>
          <dt>Basis</dt>
          <dd>{`takings ${basisWords.shop[close.basis.shop]}, bookings ${basisWords.erp[close.basis.erp]}`}</dd>
          <dt>Printed</dt>
          <dd>
            {inZone(now, close.zone)}, Plumbline {version}
          </dd>
        </dl>
      </header>
      {close.currencies.length === 0 ? <p>Nothing was taken or booked on this day.</p> : null}
      {close.currencies.map((closed) => (
        <Currency key={closed.currency} close={close} closed={closed} />
      ))}
    </article>
  )
}

function Currency({ close, closed }: { readonly close: CloseView; readonly closed: ClosedDayView }): ReactNode {
  const { currency, counts } = closed
  const money = (minor: number, signed = false): ReactNode => <Money amount={{ minor, currency }} signed={signed && minor !== 0} />
  return (
    <section className="print-currency">
      <h2>{currency}</h2>
      <dl className="print-figures">
        <div>
          <dt>Difference</dt>
          <dd>{money(closed.shop - closed.erp, true)}</dd>
        </div>
        <div>
          <dt>Unexplained</dt>
          <dd>{money(closed.unexplained, true)}</dd>
        </div>
        <div>
          <dt>Not judged</dt>
          <dd>{money(closed.notJudged, true)}</dd>
        </div>
      </dl>
      <table className="print-waterfall">
        <thead>
          <tr>
            <th scope="col">From takings to bookings</th>
            <th scope="col">Matters</th>
            <th scope="col">Amount</th>
          </tr>
        </thead>
        <tbody>
          <tr className="print-total">
            <th scope="row">{close.shopLabel} took</th>
            <td>{`${count(counts.orders)} orders, ${count(counts.refunds)} refunds`}</td>
            <td>{money(closed.shop)}</td>
          </tr>
        </tbody>
        {closed.steps.map((step) => (
          <Step key={placeKey(step.place)} step={step} money={money} />
        ))}
        <tbody>
          <tr className="print-total">
            <th scope="row">{close.erpLabel} booked</th>
            <td>{`${count(counts.erpOrders)} orders, ${count(counts.creditNotes)} credit notes`}</td>
            <td>{money(closed.erp)}</td>
          </tr>
        </tbody>
      </table>
      <p className="print-small">
        {`Of the same day: ${count(counts.invoices)} invoices, ${count(counts.shipments)} shipments.`}
        {closed.beside.count === 0 ? null : (
          <>
            {` ${count(closed.beside.count)} more ERP orders name no shop order: `}
            {money(closed.beside.minor)}, in neither total.
          </>
        )}
      </p>
      <Signature close={close} closed={closed} />
    </section>
  )
}

function Step({ step, money }: { readonly step: StepView; readonly money: (minor: number, signed?: boolean) => ReactNode }): ReactNode {
  const { title, says } = placeWords(step.place)
  const shown = step.rows.slice(0, rowsMax)
  return (
    <tbody className="print-step">
      <tr>
        <th scope="row">
          {title}
          <span className="print-says">{says}</span>
        </th>
        <td>{count(step.count)}</td>
        <td>{money(-step.minor, true)}</td>
      </tr>
      <tr>
        <td colSpan={3}>
          <ul className="print-rows">
            {shown.map((row) => (
              <li key={`${row.number} ${row.minor}`}>
                <span>{row.number}</span>
                {money(-row.minor, true)}
              </li>
            ))}
          </ul>
          {step.count > shown.length ? <p className="print-small">{`and ${count(step.count - shown.length)} more; the CSV file has them all`}</p> : null}
        </td>
      </tr>
    </tbody>
  )
}

function Signature({ close, closed }: { readonly close: CloseView; readonly closed: ClosedDayView }): ReactNode {
  const { signOff, currency } = closed
  if (signOff === null) return <p className="print-signature">Not signed off in {currency}.</p>
  const { figures } = signOff
  return (
    <div className="print-signature">
      <p>
        {signOff.changed ? 'Signed with other figures, and open again: ' : 'Signed off by '}
        <strong>{signOff.by}</strong>, {inZone(signOff.at, close.zone)}.
      </p>
      {signOff.note === null ? null : <p>{`Note: ${signOff.note}`}</p>}
      <p className="print-small">
        Signed: took <Money amount={{ minor: figures.shop, currency }} />, booked <Money amount={{ minor: figures.erp, currency }} />, unexplained{' '}
        <Money amount={{ minor: figures.unexplained, currency }} />, not judged <Money amount={{ minor: figures.notJudged, currency }} />.
      </p>
      {signOff.entry === null ? null : <p className="print-small print-hash">{`Entry ${signOff.entry.seq} of the audit trail, SHA-256 ${signOff.entry.hash}`}</p>}
    </div>
  )
}

/** `2026-11-23 14:02 GMT+1`, where the business day is. */
function inZone(at: Instant, zone: string): string {
  const written = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }).format(at)
  const offset = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName: 'shortOffset' }).formatToParts(at).find((part) => part.type === 'timeZoneName')
  return `${written} ${offset?.value ?? zone}`
}
