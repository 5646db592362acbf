/** Asks once more before something that matters, with the reason in the person's own words where one is kept. */
import { Button, Modal, Textarea } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { Failure as What } from '../ask.ts'
import { Failure } from './failure.tsx'

interface ConfirmProps {
  readonly title: string
  readonly children?: ReactNode
  /** The button says what it does: "Send the order", never "OK". */
  readonly does: string
  /** Asks for a reason of at least this many letters; 0 asks for none. */
  readonly reasonAtLeast?: number
  readonly reasonLabel?: string
  readonly busy?: boolean
  /** False while something else is missing that the caller asks for among `children`. */
  readonly ready?: boolean
  readonly tone?: 'plain' | 'danger'
  readonly size?: 'md' | 'xl'
  /** False where there is something to read first: then the focus starts at the top of the dialog. */
  readonly focusReason?: boolean
  readonly failure?: What | null
  readonly onConfirm: (reason: string) => void
  readonly onClose: () => void
}

const reasonMax = 500

/** Mount it to open it, take it away to close it: its reason starts empty each time. */
export function Confirm(props: ConfirmProps): ReactNode {
  const { title, children, does, reasonAtLeast = 0, reasonLabel = 'Why', busy = false, ready = true, tone = 'plain', size = 'md', focusReason = true, failure = null } = props
  const [reason, setReason] = useState('')
  const enough = reason.trim().length >= reasonAtLeast
  return (
    <Modal opened onClose={props.onClose} title={title} size={size}>
      <form
        className="confirm"
        onSubmit={(event) => {
          event.preventDefault()
          if (enough && ready && !busy) props.onConfirm(reason.trim())
        }}
      >
        {children}
        {reasonAtLeast === 0 ? null : (
          <Textarea
            label={reasonLabel}
            description="Kept in the audit trail under your name."
            data-autofocus={focusReason || undefined}
            autosize
            minRows={2}
            maxLength={reasonMax}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        )}
        {failure === null ? null : <Failure failure={failure} />}
        <div className="confirm-buttons">
          <Button variant="default" onClick={props.onClose}>
            Cancel
          </Button>
          <Button type="submit" color={tone === 'danger' ? 'red' : 'accent'} disabled={!enough || !ready} loading={busy}>
            {does}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
