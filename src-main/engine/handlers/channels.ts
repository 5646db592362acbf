/** Answers about channels: keeping, testing and removing one, and the log of what went through them. */
import type { ChannelDraft, ChannelView } from '../../contract/channel-views.ts'
import { type Channel, channelSchema } from '../../domain/channel.ts'
import { loopbackOrTls } from '../../domain/loopback.ts'
import { Secret } from '../../domain/secret.ts'
import type { NamedSecrets } from '../secrets/store.ts'
import { refOf } from '../secrets/store.ts'
import { type Rooms, os } from './rooms.ts'

interface Refusal {
  readonly says: string
  readonly field: string | null
}

type Filled = { readonly secrets: NamedSecrets; readonly refusal: null } | { readonly refusal: Refusal }

export function channelHandlers(rooms: Rooms) {
  const { store, clock, chance, secrets, courier } = rooms

  function viewOf({ id, label, enabled, settings }: Channel): ChannelView {
    const { where, setAt } = store.channels.secretOf(id)
    return { id, label, enabled, settings, secret: { stored: where !== null, where, setAt } }
  }

  /** What was typed over what is kept; refused where the kind needs more. */
  async function filled(draft: ChannelDraft, before: Channel | null): Promise<Filled> {
    let kept: NamedSecrets = {}
    if (before?.secretRef != null) {
      const found = await secrets.get(before.secretRef)
      if (!found.ok) return { refusal: { says: found.fault.says, field: null } }
      kept = found.value ?? {}
    }
    const typed = Object.entries(draft.secrets).filter(([, value]) => value !== '')
    const all: NamedSecrets = { ...kept, ...Object.fromEntries(typed.map(([name, value]) => [name, new Secret(value)])) }
    const refusal = refusalOf(draft, all, before)
    return refusal === null ? { secrets: all, refusal: null } : { refusal }
  }

  function refusalOf(draft: ChannelDraft, all: NamedSecrets, before: Channel | null): Refusal | null {
    const { settings } = draft
    switch (settings.kind) {
      case 'email':
        if (settings.user !== null && all['password'] === undefined) return { says: 'Enter the password of the account.', field: 'password' }
        // a kept password goes to the server it was entered for, and to no other
        if (before?.settings.kind === 'email' && before.settings.host !== settings.host && draft.secrets.password === undefined && settings.user !== null) {
          return { says: 'Another server needs its password entered anew.', field: 'password' }
        }
        return null
      case 'webhook': {
        const address = all['address']
        if (address === undefined) return { says: 'Enter the webhook’s address.', field: 'address' }
        const url = URL.parse(address.reveal())
        if (url === null || !loopbackOrTls(url)) return { says: 'Enter the address in full, with https:. Plain http is only for this same computer.', field: 'address' }
        return null
      }
      case 'push': {
        const url = URL.parse(settings.server)
        if (url === null || !loopbackOrTls(url)) return { says: 'Enter the server in full, with https:. Plain http is only for this same computer.', field: 'server' }
        if (before?.settings.kind === 'push' && before.settings.server !== settings.server && all['token'] !== undefined && draft.secrets.token === undefined) {
          return { says: 'Another server needs its token entered anew.', field: 'token' }
        }
        return null
      }
      default:
        return settings satisfies never
    }
  }

  /** The host alone is shown of a webhook: the rest of its address may let one in. */
  function shown(settings: Channel['settings'], all: NamedSecrets): Channel['settings'] {
    if (settings.kind !== 'webhook') return settings
    return { kind: 'webhook', host: URL.parse(all['address']?.reveal() ?? '')?.host ?? '' }
  }

  return {
    list: os.channels.list.handler(() => store.channels.list().map(viewOf)),
    save: os.channels.save.handler(async ({ input, errors }) => {
      const before = input.id === null ? null : store.channels.get(input.id)
      if (input.id !== null && before === null) throw errors.NOT_FOUND({ data: { says: 'This channel was removed meanwhile.' } })
      if (before !== null && before.settings.kind !== input.settings.kind) {
        throw errors.REFUSED({ data: { says: 'A channel keeps its kind. Add another one instead.', field: null } })
      }
      const given = await filled(input, before)
      if (given.refusal !== null) throw errors.REFUSED({ data: given.refusal })
      const id = before?.id ?? chance.id()
      const typed = Object.values(input.secrets).some((value) => value !== '')
      const ref = typed ? refOf(rooms.installation, `channel-${id}`) : (before?.secretRef ?? null)
      const put = typed && ref !== null ? await secrets.put(ref, given.secrets) : null
      if (put !== null && !put.ok) throw errors.REFUSED({ data: { says: put.fault.says, field: null } })
      const channel = channelSchema.parse({ id, label: input.label, enabled: input.enabled, settings: shown(input.settings, given.secrets), secretRef: ref })
      store.transaction((tx) => {
        store.channels.save(tx, channel, clock.now())
        if (put !== null) {
          store.channels.noteSecret(tx, id, put.value, clock.now())
          rooms.audit(tx, { what: 'credential set', subject: `channel ${id}`, before: null, after: { where: put.value }, why: null })
        }
        store.deliveries.hurry(tx, id, clock.now())
        rooms.audit(tx, {
          what: before === null ? 'channel added' : 'channel changed',
          subject: `channel ${id}`,
          before: before === null ? null : told(before),
          after: told(channel),
          why: null,
        })
      })
      rooms.publish(['channels', 'audit'])
      return viewOf(channel)
    }),
    test: os.channels.test.handler(async ({ input, errors }) => {
      const before = input.id === null ? null : store.channels.get(input.id)
      const given = await filled(input, before)
      if (given.refusal !== null) throw errors.REFUSED({ data: given.refusal })
      const outcome = await courier.test({ label: input.label, settings: input.settings }, given.secrets, chance.id())
      return outcome.ok ? { ok: true, says: 'It was taken. Look whether it arrived.' } : { ok: false, says: outcome.fault.says }
    }),
    remove: os.channels.remove.handler(async ({ input, errors }) => {
      const channel = store.channels.get(input.id)
      if (channel === null) throw errors.NOT_FOUND({ data: { says: 'This channel was removed meanwhile.' } })
      if (channel.secretRef !== null) {
        const removed = await secrets.remove(channel.secretRef, store.channels.secretOf(channel.id).where)
        if (!removed.ok) throw errors.REFUSED({ data: { says: removed.fault.says, field: null } })
      }
      store.transaction((tx) => {
        store.channels.remove(tx, channel.id)
        rooms.audit(tx, { what: 'channel removed', subject: `channel ${channel.id}`, before: told(channel), after: null, why: null })
      })
      rooms.publish(['channels', 'audit'])
      return {}
    }),
    log: os.channels.log.handler(({ input }) => {
      const labels = new Map(store.channels.list().map((channel) => [channel.id, channel.label]))
      return {
        rows: store.deliveries.page(input.limit, input.offset).map(({ key: _key, body: _body, address: _address, ...row }) => ({
          ...row,
          channelLabel: labels.get(row.channel) ?? row.channel,
        })),
        total: store.deliveries.count(),
      }
    }),
    again: os.channels.again.handler(({ input, errors }) => {
      const delivery = store.deliveries.get(input.id)
      if (delivery === null) throw errors.NOT_FOUND({ data: { says: 'This message is not in the log any more.' } })
      if (delivery.state !== 'failed') throw errors.REFUSED({ data: { says: 'Only what was given up can be sent again.', field: null } })
      store.transaction((tx) => {
        store.deliveries.again(tx, input.id, clock.now())
        rooms.audit(tx, { what: 'message sent again', subject: `message ${input.id}`, before: { state: delivery.state }, after: { state: 'waiting' }, why: null })
      })
      void rooms.deliver()
      rooms.publish(['channels', 'audit'])
      return {}
    }),
  }
}

/** Without addresses of people: the trail outlives who asks to be forgotten. */
function told({ enabled, settings }: Channel): object {
  if (settings.kind !== 'email') return { enabled, settings }
  const { host, port, security } = settings
  return { enabled, settings: { kind: 'email', host, port, security, addresses: settings.to.length } }
}
