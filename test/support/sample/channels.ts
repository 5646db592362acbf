/** Sample channels and what went through them: one that works, one that is refused in words. */
import { implement } from '@orpc/server'
import type { ChannelView, DeliveryView } from '../../../src-main/contract/channel-views.ts'
import { contract } from '../../../src-main/contract/operations.ts'

const os = implement(contract)
const stored = (now: number) => ({ stored: true, where: 'keychain' as const, setAt: now - 86_400_000 })

export interface Channels {
  list: ChannelView[]
  log: DeliveryView[]
}

export function sampleChannels(now: number): Channels {
  const message = { kind: 'escalation', severity: 'critical', incident: null, tries: 1, nextAt: null, says: null } as const
  return {
    list: [
      {
        id: 'mail',
        label: 'Mail to the office',
        enabled: true,
        settings: { kind: 'email', host: 'smtp.nordlicht.example', port: 465, security: 'tls', user: 'plumbline', from: 'plumbline@nordlicht.example', to: ['office@nordlicht.example'] },
        secret: stored(now),
      },
      { id: 'chat', label: 'Chat of operations', enabled: true, settings: { kind: 'webhook', host: 'hooks.chat.example' }, secret: stored(now) },
    ],
    log: [
      { ...message, id: 'd3', channel: 'mail', channelLabel: 'Mail to the office', title: 'Nobody has reacted: 3 × Paid order never reached the ERP', state: 'failed', tries: 8, says: 'smtp.nordlicht.example did not accept the user name and password.', createdAt: now - 7_200_000, endedAt: now - 3_600_000 },
      { ...message, id: 'd2', channel: 'chat', channelLabel: 'Chat of operations', title: 'Nobody has reacted: 3 × Paid order never reached the ERP', state: 'sent', createdAt: now - 7_200_000, endedAt: now - 7_199_000 },
      { ...message, id: 'd1', kind: 'digest', severity: 'high', channel: 'mail', channelLabel: 'Mail to the office', title: '2026-07-14: 43 open', state: 'waiting', nextAt: now + 240_000, says: 'smtp.nordlicht.example cannot take the message just now (421).', createdAt: now - 80_000, endedAt: null },
    ],
  }
}

export function channelHandlers(channels: Channels, tell: () => void, now: () => number) {
  return {
    list: os.channels.list.handler(() => channels.list),
    save: os.channels.save.handler(({ input }) => {
      const { secrets: _secrets, ...rest } = input
      const saved: ChannelView = { ...rest, id: input.id ?? `channel-${channels.list.length}`, secret: stored(now()) }
      channels.list = [...channels.list.filter((one) => one.id !== saved.id), saved]
      tell()
      return saved
    }),
    test: os.channels.test.handler(({ input }) =>
      input.settings.kind === 'email' && input.settings.host.includes('refuses')
        ? { ok: false, says: `${input.settings.host} did not accept the user name and password.` }
        : { ok: true, says: 'It was taken. Look whether it arrived.' },
    ),
    remove: os.channels.remove.handler(({ input }) => {
      channels.list = channels.list.filter((one) => one.id !== input.id)
      tell()
      return {}
    }),
    log: os.channels.log.handler(({ input }) => ({ rows: channels.log.slice(input.offset, input.offset + input.limit), total: channels.log.length })),
    again: os.channels.again.handler(({ input }) => {
      channels.log = channels.log.map((one) => (one.id === input.id ? { ...one, state: 'waiting' as const, tries: 0, nextAt: now(), endedAt: null } : one))
      tell()
      return {}
    }),
  }
}
