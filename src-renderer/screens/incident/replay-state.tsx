/** How a replay stands: its state in words, what that means for the order, and the moves a person may make from here. */
import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { IntentView } from '../../../src-main/contract/views.ts'
import { type IntentState, intentMoves } from '../../../src-main/domain/intent.ts'
import { useCommand } from '../../ask.ts'
import { Confirm } from '../../parts/confirm.tsx'
import { Failure } from '../../parts/failure.tsx'
import { Instant } from '../../parts/instant.tsx'
import { State, intentLooks } from '../../parts/state.tsx'
import { intentMeanings } from '../words.ts'

interface ReplayStateProps {
  readonly replay: IntentView
  /** Where it writes, by name. */
  readonly target: string
  /** Shows it once more before it is confirmed. */
  readonly onPreview: () => void
  readonly busy: boolean
}

export function ReplayState({ replay, target, onPreview, busy }: ReplayStateProps): ReactNode {
  return (
    <section className="replay" aria-label="How the repair stands">
      <p className="replay-state" role="status">
        <State look={intentLooks[replay.state]} />
        <span className="small dim">
          <Instant at={replay.movedAt} />
        </span>
      </p>
      <p>{replay.says}</p>
      <p className="dim">{intentMeanings[replay.state]}</p>
      <dl className="facts small">
        {replay.targetId === null ? null : (
          <Fact label="Its id" value={`${replay.targetId}, in ${target}`} />
        )}
        {replay.reason === null ? null : <Fact label="Reason" value={replay.reason} />}
      </dl>
      <Moves replay={replay} onPreview={onPreview} busy={busy} />
    </section>
  )
}

function Fact({ label, value }: { readonly label: string; readonly value: string }): ReactNode {
  return (
    <>
      <dt>{label}</dt>
      <dd dir="auto">{value}</dd>
    </>
  )
}

const reasonLetters = 3

/** Buttons for exactly the moves that the engine lists, and a look where another look may move it. */
function Moves({ replay, onPreview, busy }: Omit<ReplayStateProps, 'target'>): ReactNode {
  const [givingUp, setGivingUp] = useState(false)
  const look = useCommand((client, id: string) => client.replays.verify({ id }))
  const abandon = useCommand((client, input: { readonly id: string; readonly reason: string }) =>
    client.replays.abandon(input),
  )
  const giveUp = async (reason: string): Promise<void> => {
    if ((await abandon.run({ id: replay.id, reason })) !== null) setGivingUp(false)
  }
  const buttons: Readonly<Partial<Record<IntentState, ReactNode>>> = {
    // Never straight away: what would be sent is shown and confirmed anew.
    confirmed: (
      <Button key="confirmed" variant="default" loading={busy} onClick={onPreview}>
        {replay.state === 'absent' ? 'Send it again…' : 'Preview it again…'}
      </Button>
    ),
    expired: (
      <Button key="expired" variant="default" onClick={() => setGivingUp(true)}>
        Give it up…
      </Button>
    ),
  }
  return (
    <>
      <div className="row">
        {mayLook(replay.state) ? (
          <Button variant="default" loading={look.busy} onClick={() => void look.run(replay.id)}>
            Look once more
          </Button>
        ) : null}
        {replay.moves.map((move) => buttons[move] ?? null)}
      </div>
      {look.failure === null ? null : <Failure failure={look.failure} />}
      {givingUp ? (
        <Confirm
          title="Give up the repair"
          does="Give it up"
          tone="danger"
          reasonAtLeast={reasonLetters}
          busy={abandon.busy}
          failure={abandon.failure}
          onConfirm={(reason) => void giveUp(reason)}
          onClose={() => setGivingUp(false)}
        >
          <p className="dim">
            {replay.state === 'unclear'
              ? 'What became of it is still not settled. Look for its reference in the ERP first: if it is there, a new repair would make a second one.'
              : 'It was proven not to have arrived, and is not sent again. The incident stays open.'}
          </p>
        </Confirm>
      ) : null}
    </>
  )
}

/** Where the engine can still find it, and is not already looking by itself. */
function mayLook(state: IntentState): boolean {
  return (
    state !== 'sending' &&
    intentMoves[state].some((move) => move.to === 'verified' && move.by === 'engine')
  )
}
