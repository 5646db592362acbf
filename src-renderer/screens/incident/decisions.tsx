/** What a person may decide about an incident: which decisions each state allows, their words, and the dialog that asks why. */
import { SegmentedControl, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { IncidentView } from '../../../src-main/contract/views.ts'
import type { IncidentState } from '../../../src-main/domain/incident.ts'
import type { Instant as InstantMs } from '../../../src-main/domain/time.ts'
import type { Failure } from '../../ask.ts'
import { useClock, usePageClock } from '../../clock.ts'
import type { EngineClient } from '../../engine.ts'
import { Confirm } from '../../parts/confirm.tsx'
import { exact } from '../../parts/dates.ts'
import { count } from '../../parts/numbers.ts'
import { fromField, snoozeChoices, toField } from './snooze.ts'

export type Decision =
  | { readonly kind: 'acknowledge' }
  | { readonly kind: 'snooze'; readonly until: InstantMs; readonly why: string }
  | { readonly kind: 'ignore'; readonly why: string }
  | { readonly kind: 'reopen' }

export const decisionWords: Readonly<
  Record<Decision['kind'], { readonly does: string; readonly key: string }>
> = {
  acknowledge: { does: 'Acknowledge', key: 'a' },
  snooze: { does: 'Snooze', key: 's' },
  ignore: { does: 'Ignore', key: 'i' },
  reopen: { does: 'Reopen', key: 'o' },
}

const allowed: Readonly<Record<IncidentState, readonly Decision['kind'][]>> = {
  open: ['acknowledge', 'snooze', 'ignore'],
  acknowledged: ['snooze', 'ignore'],
  // A repair is on its way: its end decides.
  repairing: [],
  // Closed by evidence; it opens by itself when the evidence turns.
  resolved: [],
  snoozed: ['ignore', 'reopen'],
  ignored: ['reopen'],
}

export function decisionsFor(state: IncidentState): readonly Decision['kind'][] {
  return allowed[state]
}

export function decide(
  client: EngineClient,
  id: string,
  decision: Decision,
): Promise<IncidentView> {
  switch (decision.kind) {
    case 'acknowledge':
      return client.incidents.acknowledge({ id })
    case 'snooze':
      return client.incidents.snooze({ id, until: decision.until, why: decision.why })
    case 'ignore':
      return client.incidents.ignore({ id, why: decision.why })
    case 'reopen':
      return client.incidents.reopen({ id })
    default:
      return decision satisfies never
  }
}

interface DecisionDialogProps {
  readonly kind: 'snooze' | 'ignore'
  /** How many incidents it is about. */
  readonly many: number
  readonly busy: boolean
  readonly failure: Failure | null
  readonly onDecide: (decision: Decision) => void
  readonly onClose: () => void
}

export function DecisionDialog(props: DecisionDialogProps): ReactNode {
  return props.kind === 'snooze' ? <SnoozeDialog {...props} /> : <IgnoreDialog {...props} />
}

const reasonLetters = 3

function SnoozeDialog({ many, busy, failure, onDecide, onClose }: DecisionDialogProps): ReactNode {
  const clock = usePageClock()
  const [choices] = useState(() => snoozeChoices(clock.now()))
  const [until, setUntil] = useState<InstantMs | null>(choices[0]?.until ?? null)
  const [own, setOwn] = useState(false)
  const future = useClock((now) => until !== null && until > now)
  return (
    <Confirm
      title={many === 1 ? 'Snooze the incident' : `Snooze ${count(many)} incidents`}
      does="Snooze"
      reasonAtLeast={reasonLetters}
      reasonLabel="Why it can wait"
      busy={busy}
      ready={future}
      failure={failure}
      onConfirm={(why) => {
        if (until !== null) onDecide({ kind: 'snooze', until, why })
      }}
      onClose={onClose}
    >
      <p className="dim">
        It leaves the queue until then and tells nobody. If both sides agree sooner, it closes by
        itself.
      </p>
      <SegmentedControl
        aria-label="Until when"
        fullWidth
        value={own ? 'own' : String(until)}
        onChange={(value) => {
          setOwn(value === 'own')
          if (value !== 'own') setUntil(Number(value))
        }}
        data={[
          ...choices.map((choice) => ({ value: String(choice.until), label: choice.words })),
          { value: 'own', label: 'Another time' },
        ]}
      />
      {own ? (
        <TextInput
          type="datetime-local"
          label="Until"
          value={until === null ? '' : toField(until)}
          onChange={(event) => setUntil(fromField(event.currentTarget.value))}
          error={future ? null : 'This moment must lie ahead.'}
        />
      ) : (
        <p className="small dim">{until === null ? null : exact(until)}</p>
      )}
    </Confirm>
  )
}

function IgnoreDialog({ many, busy, failure, onDecide, onClose }: DecisionDialogProps): ReactNode {
  return (
    <Confirm
      title={many === 1 ? 'Ignore the incident' : `Ignore ${count(many)} incidents`}
      does="Ignore"
      reasonAtLeast={reasonLetters}
      reasonLabel="Why it is all right"
      busy={busy}
      failure={failure}
      onConfirm={(why) => onDecide({ kind: 'ignore', why })}
      onClose={onClose}
    >
      <p className="dim">
        Nothing is repaired by this. It stays silent, is left out of every figure, and comes back
        only when somebody opens it again.
      </p>
    </Confirm>
  )
}
