/** A rule's own parameters, for all markets and for single ones, drawn from the schema that checks them. */
import { Button, Select, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import type { RuleFieldView, RuleView } from '../../../src-main/contract/duty-views.ts'
import { Panel } from '../../parts/panel.tsx'
import { type RuleDraft, type Typed, typedValue } from './rule-draft.ts'

interface ParametersProps {
  readonly rule: RuleView
  readonly draft: RuleDraft
  readonly problems: Readonly<Record<string, string>>
  readonly change: (next: Partial<RuleDraft>) => void
}

export function Parameters({ rule, draft, problems, change }: ParametersProps): ReactNode {
  const { fields } = rule
  if (fields.length === 0) {
    return (
      <Panel title="Parameters">
        <p className="dim">This rule has none: what it judges by is in the pair’s own settings.</p>
      </Panel>
    )
  }
  const market = (nth: number, next: Partial<RuleDraft['markets'][number]>): void =>
    change({ markets: draft.markets.map((row, index) => (index === nth ? { ...row, ...next } : row)) })
  return (
    <Panel title="Parameters">
      <div className="stack">
        <Fields fields={fields} typed={draft.params} at="params" problems={problems} onType={(params) => change({ params })} />
        {draft.markets.map((row, nth) => (
          // oxlint-disable-next-line react/no-array-index-key -- a row has no name until its market was typed
          <fieldset key={nth} className="market">
            <legend className="small dim">In one market</legend>
            <div className="row">
              <TextInput
                label="Country"
                placeholder="FR"
                maxLength={2}
                value={row.market}
                error={problems[`market.${nth}`]}
                onChange={(event) => market(nth, { market: event.currentTarget.value })}
              />
              <Button variant="subtle" color="gray" onClick={() => change({ markets: draft.markets.filter((_, index) => index !== nth) })}>
                As everywhere
              </Button>
            </div>
            <Fields fields={fields} typed={row.params} at={`market.${nth}`} problems={problems} onType={(params) => market(nth, { params })} />
          </fieldset>
        ))}
        {rule.ofMarkets ? (
          <div className="row">
            <Button variant="default" onClick={() => change({ markets: [...draft.markets, { market: '', params: {} }] })}>
              Another market
            </Button>
          </div>
        ) : (
          <p className="small dim">They hold for all markets: what this rule looks at is of no single one.</p>
        )}
      </div>
    </Panel>
  )
}

interface FieldsProps {
  readonly fields: readonly RuleFieldView[]
  readonly typed: Typed
  readonly at: string
  readonly problems: Readonly<Record<string, string>>
  readonly onType: (typed: Typed) => void
}

function Fields({ fields, typed, at, problems, onType }: FieldsProps): ReactNode {
  return (
    <div className="pair-fields">
      {fields.map((field) => {
        const value = typed[field.name] ?? ''
        const set = (next: string): void => onType({ ...typed, [field.name]: next })
        const error = problems[`${at}.${field.name}`]
        const standard = typedValue(field, field.standard)
        if (field.kind === 'switch' || field.kind === 'choice') {
          const choices = field.kind === 'choice' ? field.choices : ['true', 'false']
          return (
            <Select
              key={field.name}
              label={field.label}
              placeholder={`${wordsOf(standard)}, as it comes`}
              clearable
              data={choices.map((choice) => ({ value: choice, label: wordsOf(choice) }))}
              value={value === '' ? null : value}
              error={error}
              onChange={(next) => set(next ?? '')}
            />
          )
        }
        return (
          <TextInput
            key={field.name}
            label={field.label}
            placeholder={standard}
            inputMode={field.kind === 'whole' ? 'numeric' : 'text'}
            value={value}
            error={error}
            onChange={(event) => set(event.currentTarget.value)}
          />
        )
      })}
    </div>
  )
}

function wordsOf(choice: string): string {
  if (choice === 'true') return 'Yes'
  return choice === 'false' ? 'No' : choice
}
