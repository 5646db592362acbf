/** The preview of a repair: exactly what would be written, how safe that is, and the person's word for it. */
import { Button, Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import type { PreviewView } from '../../../src-main/contract/views.ts'
import type { Instant as InstantMs } from '../../../src-main/domain/time.ts'
import { useCommand } from '../../ask.ts'
import { useClock } from '../../clock.ts'
import { Confirm } from '../../parts/confirm.tsx'
import { timeOfDay } from '../../parts/dates.ts'
import { Note } from '../../parts/note.tsx'
import { spanOf } from '../../parts/numbers.ts'
import { actionWords, guaranteeWords } from '../words.ts'

type Ready = Extract<PreviewView, { readonly kind: 'ready' }>

interface PreviewDialogProps {
  readonly preview: PreviewView
  /** Where it writes, by name. */
  readonly target: string
  readonly previewing: boolean
  readonly onAgain: () => void
  readonly onClose: () => void
}

export function PreviewDialog(props: PreviewDialogProps): ReactNode {
  const { preview, onClose } = props
  switch (preview.kind) {
    case 'ready':
      return (
        <ReadyDialog {...props} preview={preview} key={preview.intent.id + preview.previewHash} />
      )
    case 'healed':
      return (
        <Said title="Nothing is left to repair" onClose={onClose}>
          <Note look={{ tone: 'good', shape: 'tick' }}>{preview.says}</Note>
          <p className="dim">Nothing was sent.</p>
        </Said>
      )
    case 'refused':
      return (
        <Said title="This cannot be sent" onClose={onClose}>
          <Note look={{ tone: 'high', shape: 'bar' }}>{preview.says}</Note>
          <p className="dim">
            Nothing was sent.{' '}
            {preview.guide.length === 0 ? 'The incident stays open.' : 'What to do:'}
          </p>
          {preview.guide.length === 0 ? null : (
            <ol className="steps">
              {preview.guide.map((step) => (
                <li key={step}>{step}</li>
              ))}
            </ol>
          )}
        </Said>
      )
    default:
      return preview satisfies never
  }
}

function Said({
  title,
  onClose,
  children,
}: {
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
}): ReactNode {
  return (
    <Modal opened onClose={onClose} title={title} size="lg">
      <div className="stack">
        {children}
        <div className="confirm-buttons">
          <Button onClick={onClose} data-autofocus>
            Close
          </Button>
        </div>
      </div>
    </Modal>
  )
}

const reasonLetters = 3

function ReadyDialog({
  preview,
  target,
  previewing,
  onAgain,
  onClose,
}: PreviewDialogProps & { readonly preview: Ready }): ReactNode {
  const { intent } = preview
  const confirm = useCommand((client, reason: string) =>
    client.replays.confirm({ id: intent.id, previewHash: preview.previewHash, reason }),
  )
  const waits = useClock((now) => preview.notBefore !== null && preview.notBefore > now)
  const expired = useClock((now) => intent.expiresAt <= now)
  const send = async (reason: string): Promise<void> => {
    if ((await confirm.run(reason)) !== null) onClose()
  }
  const guarantee = guaranteeWords(intent.guarantee, target)
  return (
    <Confirm
      title={`Preview: ${actionWords[intent.action].does.toLowerCase()} in ${target}`}
      does={actionWords[intent.action].does}
      size="xl"
      focusReason={false}
      reasonAtLeast={reasonLetters}
      reasonLabel="Why it is sent from here"
      busy={confirm.busy}
      ready={!waits && !expired && intent.guarantee !== 'unsafe'}
      failure={confirm.failure}
      onConfirm={(reason) => void send(reason)}
      onClose={onClose}
    >
      <div className="preview" tabIndex={-1} data-autofocus>
        <section>
          <h3>What is written</h3>
          <dl className="facts">
            {preview.facts.map((fact) => (
              <div key={fact.label}>
                <dt>{fact.label}</dt>
                <dd dir="auto">{fact.value}</dd>
              </div>
            ))}
          </dl>
          <details className="payload">
            <summary>Exactly as it is sent</summary>
            <pre className="code" tabIndex={0} aria-label="The exact payload">
              {preview.payload}
            </pre>
          </details>
        </section>
        <section className="stack">
          <div>
            <h3>{guarantee.title}</h3>
            <p className="dim">{guarantee.says}</p>
          </div>
          <div>
            <h3>If it is wrong all the same</h3>
            <p className="dim">{preview.priceOfBeingWrong}</p>
          </div>
        </section>
      </div>
      {preview.warnings.map((warning) => (
        <Note key={warning} look={{ tone: 'medium', shape: 'half' }}>
          {warning}
        </Note>
      ))}
      {waits && preview.notBefore !== null ? <NotBefore at={preview.notBefore} /> : null}
      {expired ? (
        <Note look={{ tone: 'high', shape: 'cross' }}>
          This preview is too old to be sent: both sides may have changed since.{' '}
          <Button variant="default" size="compact-xs" loading={previewing} onClick={onAgain}>
            Preview again
          </Button>
        </Note>
      ) : (
        <Expiry at={intent.expiresAt} />
      )}
    </Confirm>
  )
}

function NotBefore({ at }: { readonly at: InstantMs }): ReactNode {
  const left = useClock((now) => spanOf(at - now))
  return (
    <Note look={{ tone: 'accent', shape: 'pause' }}>
      Your own integration may still be trying to send it. It can be sent from here at{' '}
      {timeOfDay(at)}, in {left}.
    </Note>
  )
}

function Expiry({ at }: { readonly at: InstantMs }): ReactNode {
  const left = useClock((now) => spanOf(at - now))
  return <p className="small dim">Both sides were read just now. This preview holds for {left}.</p>
}
