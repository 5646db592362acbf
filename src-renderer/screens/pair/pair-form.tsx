/** What a shop and an ERP agreed on: how orders are named, when they are due, and where stock lives. */
import { Button, Radio, Select, TagsInput, TextInput } from '@mantine/core'
import { type ReactNode, useRef, useState } from 'react'
import type { PairView } from '../../../src-main/contract/views.ts'
import { dueBases } from '../../../src-main/domain/pair.ts'
import { useAnswer, useCommand } from '../../ask.ts'
import { Failure } from '../../parts/failure.tsx'
import { focusField } from '../../parts/focus-field.ts'
import { Panel } from '../../parts/panel.tsx'
import { useTermDrafts } from './draft.ts'
import { ReferenceTry } from './reference-try.tsx'
import { type Terms, dueChoices, readTerms, termsOf } from './terms.ts'
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
  const form = useRef<HTMLFormElement>(null)
  const save = useCommand((client, settings: PairView['settings']) => client.pairs.save({ id: pair?.id ?? null, shop, erp, settings }))
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

  const change = (next: Partial<Terms>): void => useTermDrafts.getState().keep(name, { ...terms, ...next })
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

interface PartProps {
  readonly terms: Terms
  readonly change: (next: Partial<Terms>) => void
  readonly problems: Readonly<Record<string, string>>
  readonly shop: string
  readonly erp: string
}

function Naming({ terms, change, problems, shop, erp }: PartProps): ReactNode {
  return (
    <Panel title="How does the ERP name a shop order?">
      <div className="naming">
        <div className="stack">
          <Radio.Group
            aria-label="How the ERP names a shop order"
            value={terms.wholeReference ? 'whole' : 'pattern'}
            onChange={(next) => change({ wholeReference: next === 'whole' })}
          >
            <div className="stack-tight">
              <Radio value="whole" label="Its reference is the shop’s number" />
              <Radio value="pattern" label="The number is a part of its reference" />
            </div>
          </Radio.Group>
          {terms.wholeReference ? null : (
            <>
              <TextInput
                className="pattern"
                label="Pattern"
                description="A regular expression; the group number finds the shop’s number."
                placeholder="^WEB-(?<store>\w+)-(?<number>\d+)$"
                spellCheck={false}
                name="reference"
                value={terms.reference}
                error={problems['reference']}
                onChange={(event) => change({ reference: event.currentTarget.value })}
              />
              <TextInput
                label="Store code"
                description="What the group store must be, where the pattern has one."
                name="store"
                value={terms.store}
                error={problems['store']}
                onChange={(event) => change({ store: event.currentTarget.value })}
              />
            </>
          )}
        </div>
        <ReferenceTry
          shop={shop}
          erp={erp}
          reference={terms.wholeReference || terms.reference.trim() === '' ? null : terms.reference.trim()}
          store={terms.store.trim() === '' ? null : terms.store.trim()}
        />
      </div>
    </Panel>
  )
}

function useChoices(shop: string, erp: string) {
  const answer = useAnswer(['connections'], ['pairs.choices', shop, erp], (client, options) => client.pairs.choices({ shop, erp }, options))
  return answer.state === 'known' ? answer.value : { shopLocations: [], erpLocations: [], channels: [], methods: [] }
}

const asForAny = { value: 'any', label: 'As for any payment' }

function Due({ terms, change, problems, shop, erp }: PartProps): ReactNode {
  const { methods } = useChoices(shop, erp)
  const known = [...new Set([...methods, ...Object.keys(terms.due)])].filter((method) => method !== '*').toSorted()
  const set = (method: string, next: string | null): void => {
    const basis = dueBases.find((one) => one === next)
    const others = Object.fromEntries(Object.entries(terms.due).filter(([each]) => each !== method))
    change({ due: basis === undefined ? others : { ...others, [method]: basis } })
  }
  return (
    <Panel title="When should the ERP have an order?">
      <div className="pair-fields">
        <Select label="Any payment" data={dueChoices} value={terms.due['*'] ?? 'captured'} onChange={(next) => set('*', next)} allowDeselect={false} />
        {known.map((method) => (
          <Select
            key={method}
            label={`Paid by ${method}`}
            data={[asForAny, ...dueChoices]}
            value={terms.due[method] ?? asForAny.value}
            onChange={(next) => set(method, next)}
            allowDeselect={false}
          />
        ))}
        <TextInput
          label="Grace in minutes"
          description="How long the integration may take."
          inputMode="numeric"
          name="graceMinutes"
          value={terms.graceMinutes}
          error={problems['graceMinutes']}
          onChange={(event) => change({ graceMinutes: event.currentTarget.value })}
        />
      </div>
    </Panel>
  )
}

function Stock({ terms, change, problems, shop, erp }: PartProps): ReactNode {
  const { shopLocations, erpLocations } = useChoices(shop, erp)
  const codes = [...new Set([...erpLocations, ...Object.keys(terms.locations)])].toSorted()
  const names = [...new Set([...shopLocations, ...Object.values(terms.locations)])].toSorted()
  return (
    <Panel title="Which warehouse feeds which location?">
      <div className="stack">
        {codes.length === 0 ? <p className="small dim">The ERP’s warehouses appear here as soon as its stock was read.</p> : null}
        <div className="pair-fields">
          {codes.map((code) => (
            <Select
              key={code}
              label={code}
              placeholder="feeds no location"
              data={names}
              value={terms.locations[code] ?? null}
              onChange={(next) => change({ locations: { ...terms.locations, [code]: next ?? '' } })}
              clearable
            />
          ))}
          <TextInput
            label="Stock target in minutes"
            description="How soon the shop must show a change."
            inputMode="numeric"
            name="stockTargetMinutes"
            value={terms.stockTargetMinutes}
            error={problems['stockTargetMinutes']}
            onChange={(event) => change({ stockTargetMinutes: event.currentTarget.value })}
          />
          <TextInput
            label="Safety buffer in units"
            description="What the shop holds back of each SKU."
            inputMode="numeric"
            name="stockBuffer"
            value={terms.stockBuffer}
            error={problems['stockBuffer']}
            onChange={(event) => change({ stockBuffer: event.currentTarget.value })}
          />
        </div>
      </div>
    </Panel>
  )
}

function Scope({ terms, change, problems, shop, erp }: PartProps): ReactNode {
  const { channels } = useChoices(shop, erp)
  return (
    <Panel title="What is watched?">
      <div className="pair-fields">
        <TextInput
          type="date"
          label="From"
          description="Nothing due before this day is judged. Empty: all that was read."
          name="since"
          value={terms.since}
          error={problems['since']}
          onChange={(event) => change({ since: event.currentTarget.value })}
        />
        <TagsInput
          label="Channels"
          description="Empty: all of them."
          data={channels}
          acceptValueOnBlur
          value={[...terms.channels]}
          error={problems['channels']}
          onChange={(next) => change({ channels: next })}
        />
        <TagsInput
          label="Test orders"
          description="Found in an order’s marks or e-mail: it is not judged."
          placeholder="@example.com"
          acceptValueOnBlur
          value={[...terms.testMarks]}
          error={problems['testMarks']}
          onChange={(next) => change({ testMarks: next })}
        />
      </div>
    </Panel>
  )
}
