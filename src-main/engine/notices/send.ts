/** Sends one message through one channel, whatever its kind. */
import type { Channel } from '../../domain/channel.ts'
import { type Outcome, failed, fault } from '../../domain/fault.ts'
import type { Severity } from '../../domain/incident.ts'
import type { Secret } from '../../domain/secret.ts'
import { sendMail } from './mail.ts'
import { type PostParts, postPush, postWebhook } from './post.ts'

export interface Message {
  /** The same for every try. */
  readonly id: string
  readonly kind: string
  readonly severity: Severity
  readonly title: string
  readonly body: string
  /** Below an e-mail: where it comes from. */
  readonly foot: string
  readonly incident: string | null
  /** E-mail addresses of whoever it is for. */
  readonly addresses: readonly string[]
}

/** Secrets of a channel by name: `password`, `address`, `token`. */
export type ChannelSecrets = Readonly<Record<string, Secret>>

export function send(parts: PostParts, channel: Pick<Channel, 'label' | 'settings'>, secrets: ChannelSecrets, message: Message): Promise<Outcome<null>> {
  const { label, settings } = channel
  const token = secrets['token'] ?? null
  switch (settings.kind) {
    case 'email':
      return sendMail(settings, secrets['password'] ?? null, message)
    case 'webhook': {
      const address = secrets['address']
      if (address === undefined) return Promise.resolve(failed(fault('credentials', 'The webhook’s address is not in the keychain. Enter it anew.')))
      return postWebhook(parts, label, address, token, message)
    }
    case 'push':
      return postPush(parts, label, settings, token, message)
    default:
      return settings satisfies never
  }
}
