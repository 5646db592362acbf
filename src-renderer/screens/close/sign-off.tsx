/** Signing a day: who, and why it is signed although something has no place. */
import { Button, TextInput, Textarea } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { CloseView, ClosedDayView } from '../../../src-main/contract/close-views.ts'
import { useCommand } from '../../ask.ts'
import { Failure } from '../../parts/failure.tsx'
import { Instant } from '../../parts/instant.tsx'
import { Note } from '../../parts/note.tsx'

interface SignOffProps {
  readonly close: CloseView
  readonly closed: ClosedDayView
}

export function SignOff({ close, closed }: SignOffProps): ReactNode {
  const [name, setName] = useState('')
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
        <Note look={{ tone: 'high', shape: 'dot' }}>
          <p>
            {signOff.by} signed other figures <Instant at={signOff.at} />: facts came late, and the day is open again.
          </p>
        </Note>
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
