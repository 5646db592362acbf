/** What was done by hand around the evidence: what changed, who changed it, and why. */
import { Select, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { IncidentView } from '../../../src-main/contract/views.ts'
import { type OverrideKind, overrideKinds } from '../../../src-main/domain/decision.ts'
import { type Severity, severities } from '../../../src-main/domain/incident.ts'
import { useAnswer, useCommand } from '../../ask.ts'
import { Confirm } from '../../parts/confirm.tsx'
import { severityWords } from '../../parts/severity.tsx'

const words: Readonly<Record<OverrideKind, { readonly label: string; readonly means: string }>> = {
  entered: { label: 'Somebody keyed it in', means: 'It closes once both sides show it; nothing is taken on trust.' },
  corrected: { label: 'Somebody corrected a record', means: 'It closes once both sides agree; nothing is taken on trust.' },
  accepted: { label: 'The difference is right as it is', means: 'It is silent until the figures change; then it opens again.' },
  severity: { label: 'It weighs more or less', means: 'Its weight holds until it is over, and so does the deadline that follows from it.' },
}

interface OverrideProps {
  readonly incident: IncidentView
  readonly onClose: () => void
}

export function OverrideDialog({ incident, onClose }: OverrideProps): ReactNode {
  const [kind, setKind] = useState<OverrideKind>('entered')
  const [what, setWhat] = useState('')
  // Null while nobody was chosen: then it was whoever sits here.
  const [chosen, setBy] = useState<string | null>(null)
  const [severity, setSeverity] = useState<Severity>(incident.severity)
  const people = useAnswer(['people'], ['people.list'], (client, options) => client.people.list(undefined, options))
  const by = chosen ?? (people.state === 'known' ? people.value.here : null)
  const send = useCommand((client, why: string) =>
    client.incidents.decide({
      ids: [incident.id],
      decision: { kind: 'override', class: kind, what, why, by, severity: kind === 'severity' ? severity : null },
    }),
  )
  const known = people.state === 'known' ? people.value.people : []
  return (
    <Confirm
      title="Put right by hand"
      does="Write it down"
      reasonAtLeast={3}
      focusReason={false}
      busy={send.busy}
      ready={what.trim() !== '' && (kind !== 'severity' || severity !== incident.severity)}
      failure={send.failure}
      onConfirm={(why) => void send.run(why).then((done) => (done === null ? undefined : onClose()))}
      onClose={onClose}
    >
      <Select
        label="What happened"
        description={words[kind].means}
        data={overrideKinds.map((each) => ({ value: each, label: words[each].label }))}
        value={kind}
        allowDeselect={false}
        onChange={(next) => setKind(overrideKinds.find((each) => each === next) ?? kind)}
      />
      {kind === 'severity' ? (
        <Select
          label="Severity"
          data={severities.map((level) => ({ value: level, label: severityWords[level] }))}
          value={severity}
          allowDeselect={false}
          onChange={(next) => setSeverity(severities.find((level) => level === next) ?? severity)}
        />
      ) : null}
      <TextInput
        label="What changed"
        placeholder="Keyed in as SO-48213"
        data-autofocus
        maxLength={500}
        value={what}
        onChange={(event) => setWhat(event.currentTarget.value)}
      />
      <Select label="Who did it" data={known.map(({ id, name }) => ({ value: id, label: name }))} value={by} onChange={setBy} allowDeselect={false} />
    </Confirm>
  )
}
