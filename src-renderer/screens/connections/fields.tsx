/** One field of a connection's form, drawn as its platform describes it. */
import { PasswordInput, Select, TagsInput, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import type { ConnectionView, FieldView } from '../../../src-main/contract/views.ts'
import { dayOf } from '../../parts/dates.ts'
import type { Typed } from './draft.ts'

interface SettingFieldProps {
  readonly field: FieldView
  readonly value: Typed
  readonly problem: string | null
  readonly onChange: (value: Typed) => void
}

export function SettingField({ field, value, problem, onChange }: SettingFieldProps): ReactNode {
  const shared = {
    name: field.name,
    label: field.label,
    description: field.help,
    placeholder: field.placeholder,
    error: problem,
  }
  const text = typeof value === 'string' ? value : value.join(', ')
  switch (field.kind) {
    case 'choice':
      return (
        <Select
          {...shared}
          data={field.choices}
          value={text === '' ? null : text}
          onChange={(next) => onChange(next ?? '')}
        />
      )
    case 'list':
      return (
        <TagsInput
          {...shared}
          acceptValueOnBlur
          value={typeof value === 'string' ? [] : [...value]}
          onChange={onChange}
        />
      )
    case 'url':
    case 'text':
    case 'password':
      return (
        <TextInput
          {...shared}
          // Not type=url: the browser would refuse and word it in its own way.
          inputMode={field.kind === 'url' ? 'url' : 'text'}
          spellCheck={false}
          autoCapitalize="off"
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )
    default:
      return field.kind satisfies never
  }
}

interface SecretFieldProps {
  readonly field: FieldView
  readonly kept: ConnectionView['secret'] | null
  readonly value: string
  readonly problem: string | null
  readonly onChange: (value: string) => void
}

/** Starts empty always: what is kept is never shown again, only that and where it is kept. */
export function SecretField({
  field,
  kept,
  value,
  problem,
  onChange,
}: SecretFieldProps): ReactNode {
  const placeholder = kept === null || !kept.stored ? field.placeholder : keptWords(kept)
  return (
    <PasswordInput
      name={field.name}
      label={field.label}
      description={
        kept?.stored === true
          ? `${field.help} Leave it empty to keep the one there is.`
          : field.help
      }
      placeholder={placeholder}
      error={problem}
      autoComplete="new-password"
      spellCheck={false}
      visibilityToggleButtonProps={{ 'aria-label': 'Show or hide what is typed' }}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

export function keptWords(kept: ConnectionView['secret']): string {
  if (!kept.stored) return 'not set'
  const since = kept.setAt === null ? '' : ` since ${dayOf(kept.setAt)}`
  switch (kept.where) {
    case 'keychain':
      return `kept in the keychain${since}`
    case 'environment':
      return 'comes from this computer’s environment'
    case 'memory':
      return 'kept in memory until Plumbline is closed'
    case null:
      return `kept${since}`
    default:
      return kept.where satisfies never
  }
}
