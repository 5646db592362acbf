/** The repair of an incident: whether there is one, whether it is switched on, its preview, and how it stands once it is sent. */
import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { IncidentView, IntentView, PreviewView } from '../../../src-main/contract/views.ts'
import type { ActionId } from '../../../src-main/domain/intent.ts'
import { useAnswer, useCommand } from '../../ask.ts'
import { Answered } from '../../parts/answered.tsx'
import { Failure } from '../../parts/failure.tsx'
import { Instant } from '../../parts/instant.tsx'
import { Panel } from '../../parts/panel.tsx'
import { State, intentLooks } from '../../parts/state.tsx'
import { useKeys } from '../../parts/use-keys.ts'
import { hrefOf } from '../../stores/navigation.ts'
import { actionWords } from '../words.ts'
import { PreviewDialog } from './preview-dialog.tsx'
import { ReplayState } from './replay-state.tsx'

export function Repair({ incident }: { readonly incident: IncidentView }): ReactNode {
  const sent = incident.replays
    .filter((replay) => replay.state !== 'previewed')
    .toSorted((left, right) => right.movedAt - left.movedAt)
  const [latest, ...earlier] = sent
  if (incident.repair === null && latest === undefined) {
    return (
      <Panel title="Repair">
        <p className="dim">
          Plumbline has no repair for this. It is put right in the shop or the ERP, and closes by
          itself once both sides agree.
        </p>
      </Panel>
    )
  }
  return (
    <Panel title="Repair">
      <div className="stack">
        <Attempt incident={incident} latest={latest ?? null} />
        {earlier.length === 0 ? null : <Earlier replays={earlier} />}
      </div>
    </Panel>
  )
}

function Attempt({
  incident,
  latest,
}: {
  readonly incident: IncidentView
  readonly latest: IntentView | null
}): ReactNode {
  const [shown, setShown] = useState<PreviewView | null>(null)
  const preview = useCommand((client, action: ActionId) =>
    client.replays.preview({ incident: incident.id, action }),
  )
  const start = async (action: ActionId): Promise<void> => {
    setShown(await preview.run(action))
  }
  const action = latest?.action ?? incident.repair
  const target =
    action !== null && actionWords[action].writesTo === 'shop'
      ? incident.shopLabel
      : incident.erpLabel
  return (
    <>
      {latest === null ? null : (
        <ReplayState
          replay={latest}
          target={target}
          onPreview={() => void start(latest.action)}
          busy={preview.busy}
        />
      )}
      {incident.repair === null || !maySendNew(incident, latest) ? null : (
        <SwitchedOn
          action={incident.repair}
          target={target}
          busy={preview.busy}
          onPreview={start}
        />
      )}
      {preview.failure === null ? null : (
        <Failure
          failure={preview.failure}
          again={action === null ? undefined : () => void start(action)}
        />
      )}
      {shown === null || action === null ? null : (
        <PreviewDialog
          preview={shown}
          target={target}
          previewing={preview.busy}
          onAgain={() => void start(action)}
          onClose={() => setShown(null)}
        />
      )}
    </>
  )
}

/** A new one is offered only when the one before came to an end that did not settle it. */
function maySendNew(incident: IncidentView, latest: IntentView | null): boolean {
  if (incident.state === 'resolved') return false
  return (
    latest === null ||
    latest.state === 'refused' ||
    latest.state === 'stale' ||
    latest.state === 'expired'
  )
}

interface SwitchedOnProps {
  readonly action: ActionId
  readonly target: string
  readonly busy: boolean
  readonly onPreview: (action: ActionId) => Promise<void>
}

function SwitchedOn({ action, target, busy, onPreview }: SwitchedOnProps): ReactNode {
  const answer = useAnswer(['settings'], ['settings.get'], (client, options) =>
    client.settings.get(undefined, options),
  )
  const on = answer.state === 'known' && answer.value.repairs[action]
  useKeys({
    title: 'Repair',
    bindings: on
      ? [{ keys: 'r', does: 'Preview the repair', run: () => void onPreview(action) }]
      : [],
  })
  return (
    <Answered answer={answer}>
      {() =>
        on ? (
          <>
            <p className="dim">
              Reads both sides anew and shows exactly what would be written to {target}. Nothing is
              sent before you confirm it.
            </p>
            <div>
              <Button loading={busy} aria-keyshortcuts="r" onClick={() => void onPreview(action)}>
                Preview the repair
              </Button>
            </div>
          </>
        ) : (
          <>
            <p>This repair is switched off: “{actionWords[action].title}”.</p>
            <p className="dim">
              Plumbline only reads until you allow it to write.{' '}
              <a href={hrefOf('settings')}>Switch it on in Settings</a>
            </p>
          </>
        )
      }
    </Answered>
  )
}

function Earlier({ replays }: { readonly replays: readonly IntentView[] }): ReactNode {
  return (
    <section>
      <h3 className="small dim">Earlier attempts</h3>
      <ul className="attempts">
        {replays.map((replay) => (
          <li key={replay.id}>
            <State look={intentLooks[replay.state]} />
            <span className="small dim">
              <Instant at={replay.movedAt} />
            </span>
            <span className="small">{replay.says}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
