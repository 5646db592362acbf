/** Puts what nobody reacted to, and the day's digest, on its way through every channel: once each, whatever happens in between. */
import type { Digest, Quiet } from '../../domain/channel.ts'
import type { Chance, Clock } from '../../domain/clock.ts'
import type { Tx } from '../store/database.ts'
import type { DeliveryDraft } from '../store/channels.ts'
import type { IncidentRecord } from '../store/incidents.ts'
import type { Store } from '../store/store.ts'
import { digestDay, quietUntil } from './quiet.ts'
import { digestKey, digestOf, escalationOf } from './words.ts'

export interface EscalationParts {
  readonly store: Store
  readonly clock: Pick<Clock, 'now'>
  readonly chance: Chance
  readonly titleOf: (rule: string) => string
  readonly settings: () => { readonly quiet: Quiet; readonly digest: Digest }
}

const batchMax = 500

export function escalations(parts: EscalationParts) {
  const { store, clock, chance } = parts

  /** One message for each rule and owner: an outage is not a hundred mails. */
  function escalate(): boolean {
    const now = clock.now()
    const channels = store.channels.list().filter((channel) => channel.enabled)
    // nobody is there to be told: they stay unheard until there is a channel
    if (channels.length === 0) return false
    const ids = store.deliveries.unheard(now, batchMax)
    if (ids.length === 0) return false
    const incidents = ids.flatMap((id) => store.incidents.get(id) ?? [])
    store.transaction((tx) => {
      for (const group of groupsOf(incidents)) {
        const draft = escalationOf(store, parts.titleOf, group)
        if (draft !== null) enqueue(tx, channels.map((channel) => channel.id), draft)
      }
      for (const { id } of incidents) {
        store.deliveries.escalated(tx, id, now)
        store.incidents.note(tx, id, { at: now, what: 'escalated', who: 'Plumbline', says: 'Nobody reacted in time; the channels are told.' })
      }
    })
    return true
  }

  function digest(): boolean {
    const settings = parts.settings().digest
    const day = digestDay(settings, clock.now())
    if (day === null) return false
    const channels = store.channels.list().filter((channel) => channel.enabled && !store.deliveries.has(channel.id, digestKey(day)))
    if (channels.length === 0) return false
    store.transaction((tx) => enqueue(tx, channels.map((channel) => channel.id), digestOf(store, day, clock.now())))
    return true
  }

  function enqueue(tx: Tx, channels: readonly string[], draft: DeliveryDraft): void {
    const now = clock.now()
    const nextAt = quietUntil(parts.settings().quiet, now, draft.severity) ?? now
    for (const channel of channels) store.deliveries.add(tx, channel, draft, { id: chance.id(), at: now, nextAt })
  }

  return {
    /** True when something was put on its way. */
    run(): boolean {
      const escalated = escalate()
      return digest() || escalated
    },
  }
}

function groupsOf(incidents: readonly IncidentRecord[]): readonly (readonly IncidentRecord[])[] {
  return [...Map.groupBy(incidents, (one) => `${one.rule} ${one.owner ?? ''} ${one.severity}`).values()]
}
