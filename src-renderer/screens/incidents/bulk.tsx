/** What may be decided about several incidents at once, and to whom they may be given: one question, and those that are refused are named. */
import { Button, Select } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { IncidentRow } from '../../../src-main/contract/views.ts'
import type { Decision as AnyDecision } from '../../../src-main/domain/decision.ts'
import { useAnswer, useCommand } from '../../ask.ts'
import { Failure } from '../../parts/failure.tsx'
import { count } from '../../parts/numbers.ts'
import { useKeys } from '../../parts/use-keys.ts'
import { type Decision, DecisionDialog, decisionWords, decisionsFor } from '../incident/decisions.tsx'
import { ownerChoices } from '../rules/owners.ts'

interface BulkProps {
  readonly rows: readonly IncidentRow[]
  readonly onDone: () => void
}

export function Bulk({ rows, onDone }: BulkProps): ReactNode {
  const [asking, setAsking] = useState<'snooze' | 'ignore' | null>(null)
  const [outcome, setOutcome] = useState<string | null>(null)
  const people = useAnswer(['people'], ['people.list'], (client, options) => client.people.list(undefined, options), rows.length > 0)
  const command = useCommand((client, each: { readonly ids: string[]; readonly decision: AnyDecision }) => client.incidents.decide(each))
  const send = async (ids: string[], decision: AnyDecision): Promise<void> => {
    const done = await command.run({ ids, decision })
    if (done === null) return
    setOutcome(outcomeWords(done.done.length, done.refused.map((one) => one.says)))
    setAsking(null)
    onDone()
  }
  const run = (decision: Decision): Promise<void> =>
    send(rows.filter((row) => decisionsFor(row.state).includes(decision.kind)).map((row) => row.id), decision)
  const give = (owner: string): Promise<void> =>
    send(rows.filter((row) => row.state !== 'resolved').map((row) => row.id), { kind: 'assign', owner, why: '' })
  const kinds = decisionKinds(rows)
  const start = (kind: Decision['kind']): void => {
    setOutcome(null)
    command.clear()
    if (kind === 'snooze' || kind === 'ignore') setAsking(kind)
    else void run({ kind })
  }
  useKeys({
    title: 'Chosen rows',
    bindings: kinds.map((kind) => ({
      keys: decisionWords[kind].key,
      does: `${decisionWords[kind].does} the chosen`,
      run: () => start(kind),
    })),
  })
  return (
    <div className="bulk">
      {rows.length === 0 ? (
        <span className="small dim" role="status">
          {outcome}
        </span>
      ) : (
        <>
          <span className="small dim">{count(rows.length)} chosen</span>
          {kinds.map((kind) => (
            <Button key={kind} variant="default" loading={command.busy} onClick={() => start(kind)}>
              {decisionWords[kind].does}
            </Button>
          ))}
          <Select
            aria-label="Give the chosen to"
            placeholder="Give to…"
            data={people.state === 'known' ? ownerChoices(people.value) : []}
            value={null}
            disabled={command.busy}
            onChange={(next) => {
              if (next !== null) void give(next)
            }}
          />
          <Button variant="subtle" color="gray" onClick={onDone}>
            Choose none
          </Button>
        </>
      )}
      {command.failure === null || asking !== null ? null : <Failure failure={command.failure} />}
      {asking === null ? null : (
        <DecisionDialog
          kind={asking}
          many={rows.length}
          busy={command.busy}
          failure={command.failure}
          onDecide={(decision) => void run(decision)}
          onClose={() => setAsking(null)}
        />
      )}
    </div>
  )
}

/** Those that at least one of the rows allows. */
function decisionKinds(rows: readonly IncidentRow[]): Decision['kind'][] {
  return (['acknowledge', 'snooze', 'ignore', 'reopen'] as const).filter((kind) =>
    rows.some((row) => decisionsFor(row.state).includes(kind)),
  )
}

function outcomeWords(done: number, refused: readonly string[]): string {
  const [first] = refused
  return first === undefined ? `${count(done)} done.` : `${count(done)} done, ${count(refused.length)} not: ${first}`
}
