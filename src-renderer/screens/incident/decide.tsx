/** The decisions about one incident as buttons and keys. */
import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { IncidentView } from '../../../src-main/contract/views.ts'
import { useCommand } from '../../ask.ts'
import { Failure } from '../../parts/failure.tsx'
import { useKeys } from '../../parts/use-keys.ts'
import { type Decision, DecisionDialog, decide, decisionWords, decisionsFor } from './decisions.tsx'

export function Decisions({ incident }: { readonly incident: IncidentView }): ReactNode {
  const [asking, setAsking] = useState<'snooze' | 'ignore' | null>(null)
  const command = useCommand((client, decision: Decision) => decide(client, incident.id, decision))
  const kinds = decisionsFor(incident.state)
  const run = async (decision: Decision): Promise<void> => {
    if ((await command.run(decision)) !== null) setAsking(null)
  }
  const start = (kind: Decision['kind']): void => {
    command.clear()
    if (kind === 'snooze' || kind === 'ignore') setAsking(kind)
    else void run({ kind })
  }
  useKeys({
    title: 'Decide',
    bindings: kinds.map((kind) => ({
      keys: decisionWords[kind].key,
      does: decisionWords[kind].does,
      run: () => start(kind),
    })),
  })
  return (
    <>
      <div className="row head-deeds">
        {kinds.map((kind) => (
          <Button
            key={kind}
            variant="default"
            loading={command.busy}
            aria-keyshortcuts={decisionWords[kind].key}
            onClick={() => start(kind)}
          >
            {decisionWords[kind].does}
          </Button>
        ))}
      </div>
      {command.failure === null || asking !== null ? null : (
        <div className="head-failure">
          <Failure failure={command.failure} />
        </div>
      )}
      {asking === null ? null : (
        <DecisionDialog
          kind={asking}
          many={1}
          busy={command.busy}
          failure={command.failure}
          onDecide={(decision) => void run(decision)}
          onClose={() => setAsking(null)}
        />
      )}
    </>
  )
}
