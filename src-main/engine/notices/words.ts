/** What a message says of what nobody has reacted to, or of a day, when it is put on its way and once more before it leaves. */
import { type Severity, severities } from '../../domain/incident.ts'
import type { Instant } from '../../domain/time.ts'
import type { Delivery, DeliveryDraft } from '../store/channels.ts'
import type { IncidentRecord } from '../store/incidents.ts'
import type { Store } from '../store/store.ts'

const namedMax = 5

export function escalationOf(store: Store, titleOf: (rule: string) => string, group: readonly IncidentRecord[]): DeliveryDraft | null {
  const [first] = group
  if (first === undefined) return null
  const title = titleOf(first.rule)
  const owner = first.owner === null ? null : store.people.owner(first.owner)
  const shown = group.slice(0, namedMax).map((incident) => incident.says)
  const more = group.length > namedMax ? [`And ${group.length - namedMax} more.`] : []
  return {
    kind: 'escalation',
    key: `escalation ${first.id} ${first.openedAt}`,
    severity: first.severity,
    title: `Nobody has reacted: ${group.length === 1 ? title : `${group.length} × ${title}`}`.slice(0, 200),
    body: [...shown, ...more, `Owner: ${owner?.name ?? 'nobody'}.`].join('\n'),
    incident: group.length === 1 ? first.id : null,
    address: addressesOf(store, first.owner),
  }
}

function addressesOf(store: Store, owner: string | null): string | null {
  const members = store.people.roles().find((role) => role.id === owner)?.members ?? [owner]
  const addresses = store.people.people().flatMap((person) => (members.includes(person.id) ? (person.email ?? []) : []))
  return addresses.length === 0 ? null : addresses.join(',')
}

/**
 * Those of a message to which nobody has reacted even now: hours of quiet, or a server that was away, lie between. They
 * were put on their way in one instant; whoever reacted, or what ended, meanwhile is not of them any more.
 */
export function stillUnheard(store: Store, delivery: Delivery): readonly IncidentRecord[] {
  const first = store.incidents.get(delivery.incident ?? delivery.key.split(' ')[1] ?? '')
  if (first === null) return []
  return store.deliveries
    .escalatedAt(first.rule, delivery.createdAt)
    .flatMap((id) => store.incidents.get(id) ?? [])
    .filter((one) => one.severity === delivery.severity && one.owner === first.owner && (delivery.incident === null || one.id === first.id))
}

/** Of all that is open. `day`: as it is known by, however long the message then waits. */
export function digestOf(store: Store, day: string, now: Instant): DeliveryDraft {
  const counts = store.incidents.countsBySeverity()
  const total = severities.reduce((sum, severity) => sum + (counts[severity] ?? 0), 0)
  const late = store.duties.lateCount(now)
  const oldest = store.incidents.list({ states: ['open', 'acknowledged'], severities: null, rule: null, search: null }, namedMax, 0)
  const severity: Severity = severities.find((one) => (counts[one] ?? 0) > 0) ?? 'low'
  const lines = [
    severities.map((one) => `${counts[one] ?? 0} ${one}`).join(', '),
    late === 0 ? 'None is late.' : `${late} ${late === 1 ? 'is' : 'are'} late.`,
    ...(oldest.length === 0 ? [] : ['', 'The most severe:', ...oldest.map((incident) => `- ${incident.says}`)]),
  ]
  return {
    kind: 'digest',
    key: digestKey(day),
    severity,
    title: total === 0 ? `${day}: nothing is open` : `${day}: ${total} open`,
    body: lines.join('\n'),
    incident: null,
    address: null,
  }
}

const digestPrefix = 'digest '

export function digestKey(day: string): string {
  return `${digestPrefix}${day}`
}

/** The day that a digest was made for. */
export function dayOfDigest({ key }: Pick<Delivery, 'key'>): string {
  return key.slice(digestPrefix.length)
}
