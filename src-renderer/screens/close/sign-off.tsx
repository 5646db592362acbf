/** Signing a day: who, and why it is signed although something has no place. */
import { Button, TextInput, Textarea } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { CloseView, ClosedDayView } from '../../../src-main/contract/close-views.ts'
import { useCommand } from '../../ask.ts'
import { Failure } from '../../parts/failure.tsx'
import { Instant } from '../../parts/instant.tsx'
import { Money } from '../../parts/money.tsx'
import { Note } from '../../parts/note.tsx'
import { useHere } from '../../use-here.ts'

interface SignOffProps {
  readonly close: CloseView
  readonly closed: ClosedDayView
}

export function SignOff({ close, closed }: SignOffProps): ReactNode {
  // Null while nothing was typed: then whoever sits here signs.
  const [typed, setName] = useState<string | null>(null)
  const here = useHere()
  const name = typed ?? here
  const [note, setNote] = useState('')
  const { signOff } = closed
  const figures = { shop: closed.shop, erp: closed.erp, unexplained: closed.unexplained, notJudged: closed.notJudged }
  const sign = useCommand((client, given: { readonly name: string; readonly note: string | null }) =>
    client.close.sign({ pair: close.pair, day: close.day, currency: closed.currency, figures, ...given }),
  )
  if (signOff !== null && !signOff.changed) {
    return (
      <Note look={{ tone: 'good', shape: 'tick' }}>
        <p>
          Signed off by {signOff.by}, <Instant at={signOff.at} />.
        </p>
        {signOff.note === null ? null : <p className="dim">{signOff.note}</p>}
      </Note>
    )
  }
  const wanting = closed.unexplained !== 0 || closed.notJudged !== 0
  return (
    <form
      className="stack close-sign"
      onSubmit={(event) => {
        event.preventDefault()
        void sign.run({ name, note: note.trim() === '' ? null : note })
      }}
    >
      {signOff === null ? null : (
        <Reopened closed={closed} signOff={signOff} close={close} />
      )}
      {closed.unsignable === null ? (
        <>
          <TextInput label="Your name" value={name} onChange={(event) => setName(event.currentTarget.value)} maxLength={100} required />
          <Textarea
            label={wanting ? 'Why you sign although something has no place' : 'Note'}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
            maxLength={2000}
            required={wanting}
            autosize
            minRows={2}
          />
          {sign.failure === null ? null : <Failure failure={sign.failure} />}
          <div>
            <Button type="submit" loading={sign.busy} disabled={name.trim().length < 2 || (wanting && note.trim() === '')}>
              Sign off the day
            </Button>
          </div>
        </>
      ) : (
        <p className="dim">{closed.unsignable}</p>
      )}
    </form>
  )
}

interface ReopenedProps {
  readonly close: CloseView
  readonly closed: ClosedDayView
  readonly signOff: NonNullable<ClosedDayView['signOff']>
}

/** What was signed beside what it is now, and which records came, went or changed since. */
function Reopened({ close, closed, signOff }: ReopenedProps): ReactNode {
  const { currency } = closed
  const rows = [
    { title: `${close.shopLabel} took`, before: signOff.figures.shop, now: closed.shop },
    { title: `${close.erpLabel} booked`, before: signOff.figures.erp, now: closed.erp },
    { title: 'Unexplained', before: signOff.figures.unexplained, now: closed.unexplained },
    { title: 'Not judged', before: signOff.figures.notJudged, now: closed.notJudged },
  ].filter((row) => row.before !== row.now)
  return (
    <Note look={{ tone: 'high', shape: 'dot' }}>
      <p>
        {signOff.by} signed other figures <Instant at={signOff.at} />: facts came late, and the day is open again.
      </p>
      <table className="close-changed" aria-label={`What changed since it was signed, ${currency}`}>
        <thead>
          <tr>
            <th scope="col">Figure</th>
            <th scope="col">Signed</th>
            <th scope="col">Now</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.title}>
              <th scope="row" className="cut" title={row.title}>
                {row.title}
              </th>
              <td>
                <Money amount={{ minor: row.before, currency }} />
              </td>
              <td>
                <Money amount={{ minor: row.now, currency }} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {signOff.late.length === 0 ? null : (
        <ul className="close-late" aria-label="Came or changed since">
          {signOff.late.map((fact) => (
            <li key={`${fact.side} ${fact.what} ${fact.at}`}>
              <span className="cut" title={fact.what}>{`${fact.side === 'shop' ? close.shopLabel : close.erpLabel}: ${fact.what}`}</span>
              <span className="dim">
                <Instant at={fact.at} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Note>
  )
}
