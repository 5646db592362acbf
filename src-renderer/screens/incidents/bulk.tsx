/** What may be decided about several incidents at once; each is asked for on its own, so that one refusal does not lose the others. */
import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { IncidentRow } from '../../../src-main/contract/views.ts'
import { failureOf, useCommand } from '../../ask.ts'
import type { EngineClient } from '../../engine.ts'
import { count } from '../../parts/numbers.ts'
import { useKeys } from '../../parts/use-keys.ts'
import {
  type Decision,
  DecisionDialog,
  decide,
  decisionWords,
  decisionsFor,
} from '../incident/decisions.tsx'

interface Outcome {
  readonly done: number
  readonly refused: readonly string[]
}

interface BulkProps {
  readonly rows: readonly IncidentRow[]
  readonly onDone: () => void
}

export function Bulk({ rows, onDone }: BulkProps): ReactNode {
  const [asking, setAsking] = useState<'snooze' | 'ignore' | null>(null)
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const command = useCommand(
    (client, each: { readonly ids: readonly string[]; readonly decision: Decision }) =>
      decideAll(client, each.ids, each.decision),
  )
  const run = async (decision: Decision): Promise<void> => {
    const ids = rows
      .filter((row) => decisionsFor(row.state).includes(decision.kind))
      .map((row) => row.id)
    setOutcome(await command.run({ ids, decision }))
    setAsking(null)
    onDone()
  }
  const kinds = decisionKinds(rows)
  const start = (kind: Decision['kind']): void => {
    setOutcome(null)
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
          {outcome === null ? null : outcomeWords(outcome)}
        </span>
      ) : (
        <>
          <span className="small dim">{count(rows.length)} chosen</span>
          {kinds.map((kind) => (
            <Button key={kind} variant="default" loading={command.busy} onClick={() => start(kind)}>
              {decisionWords[kind].does}
            </Button>
          ))}
          <Button variant="subtle" color="gray" onClick={onDone}>
            Choose none
          </Button>
        </>
      )}
      {asking === null ? null : (
        <DecisionDialog
          kind={asking}
          many={rows.length}
          busy={command.busy}
          failure={null}
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

async function decideAll(
  client: EngineClient,
  ids: readonly string[],
  decision: Decision,
): Promise<Outcome> {
  let done = 0
  const refused: string[] = []
  for (const id of ids) {
    try {
      // One after the other: the rows of a page at most, and the engine writes one at a time anyway.
      // oxlint-disable-next-line no-await-in-loop
      await decide(client, id, decision)
      done += 1
    } catch (error) {
      refused.push(failureOf(error).what)
    }
  }
  return { done, refused }
}

function outcomeWords({ done, refused }: Outcome): string {
  const first = refused[0]
  return first === undefined
    ? `${count(done)} done.`
    : `${count(done)} done, ${count(refused.length)} not: ${first}`
}
