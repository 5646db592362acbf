/** Takes what waits through its channel: noted before a byte leaves, tried again with back-off, given up in words. */
import type { Channel } from '../../domain/channel.ts'
import { type Outcome, failed, fault, ok, reactionTo } from '../../domain/fault.ts'
import { titleInDemo } from '../../domain/notice.ts'
import { type Span, days, minutes } from '../../domain/time.ts'
import type { Delivery } from '../store/channels.ts'
import type { Store } from '../store/store.ts'
import type { PostParts } from './post.ts'
import { type ChannelSecrets, type Message, send } from './send.ts'
import { dayOfDigest, digestOf, escalationOf, stillUnheard } from './words.ts'

export interface CourierParts extends PostParts {
  readonly store: Store
  /** A rule's title. */
  readonly titleOf: (rule: string) => string
  /** From the keychain; null when nothing is kept under the reference. */
  readonly secretsOf: (ref: string) => Promise<Outcome<ChannelSecrets | null>>
  /** Whether all that is told is of the demo. */
  readonly demo: boolean
  /** Something in the log has changed. */
  readonly changed: () => void
}

const batchMax = 20
const triesMax = 8
const backOffFirst: Span = minutes(1)
const backOffMax: Span = minutes(120)
const keptFor: Span = days(90)

const foot = 'Sent by Plumbline, which runs on a computer of yours. What it found is in its queue of incidents.'
const footInDemo = 'Sent by the demo of Plumbline, which runs on a computer of yours. Its shop and its ERP are simulated.'

const test: Omit<Message, 'id'> = {
  kind: 'test',
  severity: 'low',
  title: 'Plumbline: a test',
  body: 'This channel works. What nobody reacts to in time is told here.',
  foot,
  incident: null,
  addresses: [],
}

export function newCourier(parts: CourierParts) {
  const { store, clock } = parts

  async function secretsFor(channel: Channel): Promise<Outcome<ChannelSecrets>> {
    if (channel.secretRef === null) return ok({})
    const found = await parts.secretsOf(channel.secretRef)
    return found.ok ? ok(found.value ?? {}) : found
  }

  async function deliver(delivery: Delivery): Promise<void> {
    const channel = store.channels.get(delivery.channel)
    if (channel === null) return
    const said = saidNow(delivery)
    if (said === null) {
      const says = 'Somebody has reacted meanwhile, or it is over: nothing is sent.'
      return store.transaction((tx) => store.deliveries.note(tx, delivery.id, { state: 'dropped', says, nextAt: null, endedAt: clock.now() }))
    }
    const backOff = Math.min(backOffFirst * 2 ** delivery.tries, backOffMax)
    // whoever dies from here on tries again after the pause, under the same id: nothing is lost, and a second copy is known as one
    store.transaction((tx) => store.deliveries.trying(tx, delivery.id, clock.now() + backOff))
    const outcome = await attempt(channel, said)
    const now = clock.now()
    store.transaction((tx) => {
      if (outcome.ok) return store.deliveries.note(tx, delivery.id, { state: 'sent', says: null, nextAt: null, endedAt: now })
      const { says } = outcome.fault
      const over = delivery.tries + 1 >= triesMax || reactionTo[outcome.fault.class] === 'ask'
      if (over) return store.deliveries.note(tx, delivery.id, { state: 'failed', says, nextAt: null, endedAt: now })
      store.deliveries.note(tx, delivery.id, { state: 'waiting', says, nextAt: now + (outcome.fault.retryAfterMs ?? backOff), endedAt: null })
    })
  }

  /** Quiet hours may lie between, or a server that was away: who has reacted since is not asked why they have not. */
  function saidNow(delivery: Delivery): Delivery | null {
    // what was open when the hours of quiet began may be over when they end
    if (delivery.kind === 'digest') return { ...delivery, ...digestOf(store, dayOfDigest(delivery), clock.now()) }
    if (delivery.kind !== 'escalation') return delivery
    const draft = escalationOf(store, parts.titleOf, stillUnheard(store, delivery))
    return draft === null ? null : { ...delivery, ...draft }
  }

  async function attempt(channel: Channel, delivery: Delivery): Promise<Outcome<null>> {
    if (!channel.enabled) return failed(fault('validation', 'The channel is switched off.'))
    const secrets = await secretsFor(channel)
    if (!secrets.ok) return secrets
    return send(parts, channel, secrets.value, marked(messageOf(delivery)))
  }

  function marked(message: Message): Message {
    return parts.demo ? { ...message, title: titleInDemo(message.title), foot: footInDemo } : message
  }

  return {
    /** Everything that is due, one after the other; true when anything was. */
    async run(): Promise<boolean> {
      const due = store.deliveries.due(clock.now(), batchMax)
      for (const delivery of due) {
        if (parts.signal.aborted) break
        // oxlint-disable-next-line no-await-in-loop -- a mail server is spoken to once at a time
        await deliver(delivery)
      }
      if (due.length === 0) return false
      store.transaction((tx) => store.deliveries.prune(tx, clock.now() - keptFor))
      parts.changed()
      return true
    },
    /** A word through a channel as it would be, at once; nothing is kept of it. */
    test: (channel: Pick<Channel, 'label' | 'settings'>, secrets: ChannelSecrets, id: string): Promise<Outcome<null>> =>
      send(parts, channel, secrets, marked({ ...test, id })),
  }
}

export type Courier = ReturnType<typeof newCourier>

function messageOf(delivery: Delivery): Message {
  const { id, kind, severity, title, body, incident, address } = delivery
  return { id, kind, severity, title, body, foot, incident, addresses: address === null ? [] : address.split(',') }
}
