/** What is typed into a channel's form, and what it means for the engine. */
import { type ChannelDraft, type ChannelView, channelDraft } from '../../../src-main/contract/channel-views.ts'
import type { ChannelKind, ChannelSettings } from '../../../src-main/domain/channel.ts'

type Security = Extract<ChannelSettings, { kind: 'email' }>['security']

/** As typed; fields of other kinds stay empty. Secrets start empty and are never filled in from outside. */
export interface TypedChannel {
  readonly kind: ChannelKind
  readonly label: string
  readonly enabled: boolean
  readonly host: string
  readonly port: string
  readonly security: Security
  readonly user: string
  readonly from: string
  readonly to: string
  readonly server: string
  readonly topic: string
  readonly password: string
  readonly address: string
  readonly token: string
}

const labels: Readonly<Record<ChannelKind, string>> = { email: 'E-mail', webhook: 'Webhook', push: 'Push' }

export function typedChannel(kind: ChannelKind, from: ChannelView | null): TypedChannel {
  const empty: TypedChannel = {
    kind,
    label: from?.label ?? labels[kind],
    enabled: from?.enabled ?? true,
    host: '',
    port: '465',
    security: 'tls',
    user: '',
    from: '',
    to: '',
    server: 'https://ntfy.sh',
    topic: '',
    password: '',
    address: '',
    token: '',
  }
  const settings = from?.settings
  if (settings === undefined) return empty
  if (settings.kind === 'email') {
    return { ...empty, ...settings, port: String(settings.port), user: settings.user ?? '', to: settings.to.join(', ') }
  }
  return { ...empty, ...settings }
}

export type ReadChannel = { readonly draft: ChannelDraft } | { readonly problems: Readonly<Record<string, string>> }

export function readChannel(typed: TypedChannel, id: string | null): ReadChannel {
  const parsed = channelDraft.safeParse({ id, label: typed.label, enabled: typed.enabled, settings: settingsOf(typed), secrets: secretsOf(typed) })
  if (parsed.success) return { draft: parsed.data }
  const problems: Record<string, string> = {}
  for (const { path, message } of parsed.error.issues) {
    const name = String(path[0] === 'settings' ? path[1] : path[0])
    problems[name] ??= wordsOf(name, message)
  }
  return { problems }
}

function settingsOf(typed: TypedChannel): object {
  switch (typed.kind) {
    case 'email': {
      const to = typed.to.split(/[\s,;]+/).filter((one) => one !== '')
      return { kind: 'email', host: typed.host, port: Number(typed.port), security: typed.security, user: typed.user.trim() === '' ? null : typed.user, from: typed.from.trim(), to }
    }
    case 'webhook':
      return { kind: 'webhook', host: typed.host }
    case 'push':
      return { kind: 'push', server: typed.server.trim(), topic: typed.topic.trim() }
    default:
      return typed.kind satisfies never
  }
}

function secretsOf({ kind, password, address, token }: TypedChannel): ChannelDraft['secrets'] {
  const all = kind === 'email' ? { password } : kind === 'webhook' ? { address: address.trim(), token } : { token }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''))
}

function wordsOf(name: string, message: string): string {
  switch (name) {
    case 'label':
      return 'A name is needed.'
    case 'host':
      return 'The server’s name, such as smtp.example.com.'
    case 'port':
      return 'A port, from 1 to 65535.'
    case 'from':
    case 'to':
      return 'E-mail addresses, such as office@example.com.'
    case 'server':
      return 'The server’s address in full, such as https://ntfy.sh.'
    case 'topic':
      return 'Letters, digits, - and _.'
    default:
      return message
  }
}
