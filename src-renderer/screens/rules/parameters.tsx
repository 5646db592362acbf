/** A rule's own parameters, drawn from the schema that checks them. */
import { Select, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import type { RuleFieldView } from '../../../src-main/contract/duty-views.ts'
import { Panel } from '../../parts/panel.tsx'
import { type Typed, typedValue } from './rule-draft.ts'

interface ParametersProps {
  readonly fields: readonly RuleFieldView[]
  readonly typed: Typed
  readonly problems: Readonly<Record<string, string>>
  readonly onType: (typed: Typed) => void
}

export function Parameters({ fields, typed, problems, onType }: ParametersProps): ReactNode {
  return (
    <Panel title="Parameters">
      {fields.length === 0 ? (
        <p className="dim">This rule has none: what it judges by is in the pair’s own settings.</p>
      ) : (
        <Fields fields={fields} typed={typed} above={null} at="params" problems={problems} onType={onType} />
      )}
    </Panel>
  )
}

interface FieldsProps {
  readonly fields: readonly RuleFieldView[]
  readonly typed: Typed
  /** What holds where nothing is typed in one market; null: this is what holds everywhere. */
  readonly above: Typed | null
  readonly at: string
  readonly problems: Readonly<Record<string, string>>
  readonly onType: (typed: Typed) => void
}

export function Fields({ fields, typed, above, at, problems, onType }: FieldsProps): ReactNode {
  return (
    <div className="pair-fields">
      {fields.map((field) => {
        const value = typed[field.name] ?? ''
        const set = (next: string): void => onType({ ...typed, [field.name]: next })
        const error = problems[`${at}.${field.name}`]
        const higher = above?.[field.name] ?? ''
        const standard = higher === '' ? typedValue(field, field.standard) : higher
        if (field.kind === 'switch' || field.kind === 'choice') {
          const choices = field.kind === 'choice' ? field.choices : ['true', 'false']
          return (
            <Select
              key={field.name}
              label={field.label}
              description={field.says}
              placeholder={`${wordsOf(standard)}, ${above === null ? 'as it comes' : 'as everywhere'}`}
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
            description={field.says}
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
