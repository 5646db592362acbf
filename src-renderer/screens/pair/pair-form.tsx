/** What a shop and an ERP agreed on: how orders are named, when they are due, and where stock lives. */
import { Button, TextInput } from '@mantine/core'
import { type ReactNode, useRef, useState } from 'react'
import type { PairView } from '../../../src-main/contract/views.ts'
import type { PairSettingsChange } from '../../../src-main/domain/pair.ts'
import { useCommand } from '../../ask.ts'
import { Failure } from '../../parts/failure.tsx'
import { focusField } from '../../parts/focus-field.ts'
import { Closing } from './closing.tsx'
import { useTermDrafts } from './draft.ts'
import { Due } from './due.tsx'
import { Maps } from './maps.tsx'
import { Naming } from './naming.tsx'
import { Ownership } from './ownership.tsx'
import { Scope } from './scope.tsx'
import { Stock } from './stock.tsx'
import { type Terms, readTerms, termsOf } from './terms.ts'
import '../screens.css'
import './pair.css'

interface PairFormProps {
  /** Null for a new one. */
  readonly pair: PairView | null
  readonly shop: string
  readonly erp: string
  readonly onSaved: (saved: PairView) => void
  readonly onCancel?: (() => void) | undefined
}

export function PairForm({ pair, shop, erp, onSaved, onCancel }: PairFormProps): ReactNode {
  const name = `${pair?.id ?? 'new'} ${shop} ${erp}`
  const kept = useTermDrafts((drafts) => drafts.kept[name])
  const terms = kept ?? termsOf(pair?.settings ?? null)
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({})
  const [why, setWhy] = useState('')
  const form = useRef<HTMLFormElement>(null)
  const save = useCommand((client, settings: PairSettingsChange) =>
    client.pairs.save({ id: pair?.id ?? null, shop, erp, settings, why: why.trim() }),
  )
  const forget = (): void => useTermDrafts.getState().drop(name)

  async function submit(): Promise<void> {
    const read = readTerms(terms, pair?.settings ?? null)
    setProblems('problems' in read ? read.problems : {})
    if ('problems' in read) {
      const [first] = Object.keys(read.problems)
      if (first !== undefined) focusField(form.current, first)
      return
    }
    const saved = await save.run(read.settings)
    if (saved === null) return
    forget()
    onSaved(saved)
  }

  const change = (next: Partial<Terms>): void =>
    useTermDrafts.getState().keep(name, { ...terms, ...next })
  const parts = { terms, change, problems, shop, erp }
  return (
    <form
      ref={form}
      className="stack"
      noValidate
      aria-label="Pair settings"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <Naming {...parts} />
      <Due {...parts} />
      <Stock {...parts} />
      <Scope {...parts} />
      <Closing {...parts} />
      <Maps {...parts} />
      <Ownership {...parts} />
      {pair === null ? null : (
        <TextInput
          label="Why it is changed"
          description="For the history; it may be left empty."
          maxLength={500}
          value={why}
          onChange={(event) => setWhy(event.currentTarget.value)}
        />
      )}
      {save.failure === null ? null : <Failure failure={save.failure} />}
      <div className="row">
        <Button type="submit" loading={save.busy}>
          {pair === null ? 'Begin to watch' : 'Save'}
        </Button>
        {onCancel === undefined ? null : (
          <Button
            variant="subtle"
            color="gray"
            onClick={() => {
              forget()
              onCancel()
            }}
          >
            Cancel
          </Button>
        )}
        {Object.keys(problems).length === 0 ? null : (
          <span className="small tone-critical" role="alert">
            Nothing was saved: look at what is marked above.
          </span>
        )}
      </div>
    </form>
  )
}
