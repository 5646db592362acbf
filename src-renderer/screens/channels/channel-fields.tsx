/** The fields of each kind of channel. */
import { PasswordInput, Select, Switch, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import type { TypedChannel } from './channel-draft.ts'

const securities = [
  { value: 'tls', label: 'TLS from the start (often port 465)' },
  { value: 'starttls', label: 'STARTTLS, required (often port 587)' },
  { value: 'none', label: 'None: only for this same computer' },
] as const

interface ChannelFieldsProps {
  readonly typed: TypedChannel
  /** Whether its secrets are in the keychain already. */
  readonly stored: boolean
  readonly problems: Readonly<Record<string, string>>
  readonly onType: (next: Partial<TypedChannel>) => void
}

type TextName = Exclude<keyof TypedChannel, 'kind' | 'enabled' | 'security'>

export function ChannelFields({ typed, stored, problems, onType }: ChannelFieldsProps): ReactNode {
  const text = (name: TextName, label: string, more: { readonly placeholder?: string; readonly description?: string } = {}): ReactNode => (
    <TextInput label={label} name={name} value={typed[name]} error={problems[name]} {...more} onChange={(event) => onType({ [name]: event.currentTarget.value })} />
  )
  const secret = (name: TextName, label: string, description: string): ReactNode => (
    <PasswordInput
      label={label}
      name={name}
      description={description}
      placeholder={stored ? 'Kept; type to replace it' : ''}
      autoComplete="off"
      value={typed[name]}
      error={problems[name]}
      onChange={(event) => onType({ [name]: event.currentTarget.value })}
    />
  )
  return (
    <div className="stack">
      <Switch label="In use" checked={typed.enabled} onChange={(event) => onType({ enabled: event.currentTarget.checked })} />
      <div className="pair-fields">
        {text('label', 'Name')}
        {typed.kind === 'email' ? (
          <>
            {text('host', 'SMTP server', { placeholder: 'smtp.example.com' })}
            {text('port', 'Port')}
            <Select
              label="Encryption"
              data={[...securities]}
              value={typed.security}
              allowDeselect={false}
              error={problems['security']}
              onChange={(next) => onType({ security: securities.find((one) => one.value === next)?.value ?? typed.security })}
            />
            {text('user', 'User', { description: 'Empty: the server asks for none.' })}
            {secret('password', 'Password', 'Kept in the keychain only.')}
            {text('from', 'From', { placeholder: 'plumbline@example.com' })}
            {text('to', 'Always to', { description: 'Beside the owner’s own address; commas between.' })}
          </>
        ) : null}
        {typed.kind === 'webhook' ? (
          <>
            {secret('address', 'Address', 'Kept in the keychain only: it may let one in.')}
            {secret('token', 'Bearer token', 'Where it asks for one.')}
          </>
        ) : null}
        {typed.kind === 'push' ? (
          <>
            {text('server', 'Server', { description: 'ntfy, or one that speaks as it does.' })}
            {text('topic', 'Topic', { placeholder: 'plumbline-3f9c' })}
            {secret('token', 'Access token', 'Where the topic is protected.')}
          </>
        ) : null}
      </div>
    </div>
  )
}
