/** A person says how a point stands: the answer, their name, and why; what was said before stays readable. */
import { Button, Modal, Radio, TextInput, Textarea } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { AuditPointView } from '../../../src-main/contract/audit-views.ts'
import { type AuditAnswer, auditAnswers } from '../../../src-main/domain/audit-points.ts'
import { useAnswer, useCommand } from '../../ask.ts'
import { Failure } from '../../parts/failure.tsx'
import { Instant } from '../../parts/instant.tsx'
import { State } from '../../parts/state.tsx'
import { answerLooks } from './words.ts'
import { useHere } from '../../use-here.ts'

interface DeclareProps {
  readonly point: AuditPointView
  readonly onClose: () => void
}

export function Declare({ point, onClose }: DeclareProps): ReactNode {
  const [answer, setAnswer] = useState<AuditAnswer | null>(point.declared?.answer ?? null)
  // Null while nothing was typed: then whoever sits here declares it, else who did so before.
  const [typed, setWho] = useState<string | null>(null)
  const here = useHere()
  const who = typed ?? (here === '' ? (point.declared?.who ?? '') : here)
  const [note, setNote] = useState('')
  const declare = useCommand((client, given: { readonly answer: AuditAnswer }) =>
    client.audit.declare({ point: point.id, ...given, who, note: note.trim() === '' ? null : note }),
  )
  return (
    <Modal opened onClose={onClose} title={point.asks} size="lg">
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (answer !== null) void declare.run({ answer }).then((done) => done === null || onClose())
        }}
      >
        {point.evidence === null ? null : (
          <p className="dim">
            {point.by === 'data' ? 'Data answer this point, and go on doing so; what you declare is kept beside it. ' : ''}
            {point.evidence.says}
          </p>
        )}
        <Radio.Group label="How it is" value={answer} onChange={(next) => setAnswer(auditAnswers.find((one) => one === next) ?? null)}>
          <div className="audit-choices">
            {auditAnswers.map((one) => (
              <Radio key={one} value={one} label={answerLooks[one].word} />
            ))}
          </div>
        </Radio.Group>
        <TextInput label="Your name" value={who} onChange={(event) => setWho(event.currentTarget.value)} maxLength={100} required />
        <Textarea
          label="How you know"
          description="Where it is written down, who looked, when it is looked at again. Kept in the audit trail."
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          maxLength={1000}
          autosize
          minRows={2}
        />
        {declare.failure === null ? null : <Failure failure={declare.failure} />}
        <div className="row audit-buttons">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={declare.busy} disabled={answer === null || who.trim().length < 2}>
            Declare it
          </Button>
        </div>
        {point.declarations === 0 ? null : <Earlier point={point} />}
      </form>
    </Modal>
  )
}

function Earlier({ point }: { readonly point: AuditPointView }): ReactNode {
  const answer = useAnswer(['audit'], ['audit.history', point.id], (client, options) => client.audit.history({ point: point.id }, options))
  if (answer.state !== 'known') return null
  return (
    <section aria-label="Declared before">
      <h3 className="small dim">Declared before</h3>
      <ul className="audit-earlier">
        {answer.value.map((one) => (
          <li key={`${one.at} ${one.answer}`}>
            <State look={answerLooks[one.answer]} />
            <span dir="auto">
              {one.who}, <Instant at={one.at} />
              {one.note === null ? '' : `: ${one.note}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
