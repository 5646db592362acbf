/** Shows exactly what a replay would send, over both sides as they are now; writes nothing but the intent. */
import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { ActionId, Intent } from '../../domain/intent.ts'
import type { Pair } from '../../domain/pair.ts'
import type { Order } from '../../domain/records.ts'
import { type Instant, minutes } from '../../domain/time.ts'
import type { ActionDefinition, OrderCreateInput } from '../connectors/definition.ts'
import type { IncidentRecord } from '../store/incidents.ts'
import { type Action, type Door, type ReplayParts, actionOf, engineName } from './parts.ts'
import { examplesOf, keyOf, referenceFor } from './reference.ts'
import { appendAudit } from '../audit/chain.ts'

/** After this the sides may have moved too far for the preview to be believed. */
const previewLife = minutes(10)

export type Previewed =
  | {
      readonly kind: 'ready'
      readonly intent: Intent
      readonly payload: string
      readonly facts: readonly { readonly label: string; readonly value: string }[]
      readonly warnings: readonly string[]
      readonly priceOfBeingWrong: string
      readonly notBefore: Instant | null
    }
  | { readonly kind: 'healed'; readonly says: string }
  | { readonly kind: 'refused'; readonly says: string; readonly guide: readonly string[] }

export async function previewReplay(parts: ReplayParts, incidentId: string, actionId: ActionId): Promise<Previewed> {
  const { store } = parts
  const incident = store.incidents.get(incidentId)
  const pair = incident?.pair == null ? null : store.pairs.get(incident.pair)
  if (incident === null || pair === null) return no('This incident is not there any more.')
  if (incident.state === 'resolved') return { kind: 'healed', says: incident.resolvedBy ?? 'It has been resolved meanwhile.' }
  if (parts.repairOf(incident.rule) !== actionId) return no('This is no repair of this incident: what it would write may be there already.')
  const live = await parts.readLive(pair, incident.subject.key)
  if (!live.ok) {
    return no(`Both sides must be read before anything is sent. ${live.fault.says}`, ['Test the connections, then try again.'])
  }
  const now = store.incidents.get(incidentId)
  if (now === null || !parts.stillSpeaks(now)) {
    return { kind: 'healed', says: 'Both sides were just read: there is nothing left to repair. The incident closes by itself.' }
  }
  const order = orderOf(parts, pair, incident.subject.key)
  if (order === null) return no('The shop has no single order under this number: there is nothing that could be sent.')
  const door = await parts.open(pair.erp)
  if (!door.ok) return no(door.fault.says)
  const action = actionOf(door.value, actionId)
  if (action === null) return no(`Plumbline cannot do this in ${door.value.connector.label}.`, ['Enter it there by hand, with the shop’s number as its reference.'])
  if (action.guarantee === 'unsafe') {
    return no(`${door.value.connector.label} gives no way to be sure that nothing is made twice, so this is not offered.`, ['Enter it there by hand, with the shop’s number as its reference.'])
  }
  if (action.id !== 'order.create') return no('This repair cannot be sent from here yet.')
  return prepare(parts, { incident, pair, order, action, door: door.value })
}

function no(says: string, guide: readonly string[] = []): Previewed {
  return { kind: 'refused', says, guide }
}

/** The shop's one order of the number, as last read; null where there is none, or several. */
export function orderOf({ store }: ReplayParts, pair: Pair, number: string): Order | null {
  const found = store.snapshots.byKey(pair.shop, 'orders', 'number', number).filter((one) => one.goneAt === null)
  const record = found.length === 1 ? found[0]?.record : undefined
  return record?.kind === 'order' ? record : null
}

interface Scene {
  readonly incident: IncidentRecord
  readonly pair: Pair
  readonly order: Order
  readonly action: ActionDefinition<unknown, 'order.create'>
  readonly door: Door
}

async function prepare(parts: ReplayParts, scene: Scene): Promise<Previewed> {
  const { store } = parts
  const { pair, order, action, door } = scene
  const examples = examplesOf(store, pair)
  const reference = referenceFor(pair, order, examples)
  if (reference === null) {
    return no('The pair’s reference pattern does not say how the ERP would name this order.', [
      'Open the pair’s settings and try the pattern on real numbers.',
      'Or enter the order in the ERP by hand.',
    ])
  }
  const key = keyOf(store.connections.get(pair.shop)?.platform ?? pair.shop, pair, order)
  // one that was proven absent gives its place to this one when this one is confirmed
  const holding = store.intents
    .holding({ connection: pair.erp, action: action.id, target: reference, key })
    .find((one) => one.state !== 'absent')
  if (holding !== undefined) return no(`A replay of this order is already on its way (${holding.state}). Finish that one first.`)
  const input: OrderCreateInput = {
    order,
    reference,
    locations: pair.settings.locations,
    examples: examples.map((example) => example.order),
  }
  const previewed = await action.preview(door.api, input, door.settings)
  if (!previewed.ok) return no(previewed.fault.says)
  if (previewed.value.kind === 'refused') return no(previewed.value.says, previewed.value.guide)
  const { payload, facts, warnings } = previewed.value
  const intent = keepIntent(parts, scene, { payload, reference, key })
  return {
    kind: 'ready',
    intent,
    // as it is kept and will be sent, not as the connector handed it over
    payload: JSON.stringify(JSON.parse(intent.payload), null, 2),
    facts,
    warnings,
    priceOfBeingWrong: action.priceOfBeingWrong,
    notBefore: notBefore(parts, intent, action),
  }
}

function keepIntent(
  parts: ReplayParts,
  { incident, pair, order, action }: Scene,
  what: { payload: unknown; reference: string; key: string },
): Intent {
  const { store, clock, chance } = parts
  const at = clock.now()
  const payload = canonicalize(what.payload)
  if (payload === undefined) throw new TypeError('a preview without a payload')
  const deciding = { payload, target: what.reference, key: what.key, action: action.id, connection: pair.erp }
  const intent: Intent = {
    id: chance.id(),
    incident: incident.id,
    pair: pair.id,
    action: action.id,
    connection: pair.erp,
    target: what.reference,
    key: what.key,
    state: 'previewed',
    guarantee: action.guarantee,
    payload,
    previewHash: previewHashOf(deciding, order),
    amount: incident.amount,
    reason: null,
    says: 'Waits for a person to confirm it.',
    targetId: null,
    createdAt: at,
    expiresAt: at + previewLife,
    movedAt: at,
  }
  store.transaction((tx) => {
    store.intents.add(tx, intent)
    appendAudit(tx, store, {
      at,
      who: engineName,
      what: 'replay previewed',
      subject: `intent ${intent.id}`,
      before: null,
      after: { state: 'previewed', target: intent.target, previewHash: intent.previewHash },
      why: `incident ${incident.id}`,
      trace: intent.key,
    })
  })
  parts.changed()
  return intent
}

/** SHA-256 over all that decides what is sent, where, and as what: the order that it was made of is part of it. */
export function previewHashOf(what: Pick<Intent, 'payload' | 'target' | 'key' | 'action' | 'connection'>, order: Order): string {
  const { payload, target, key, action, connection } = what
  // who touched the row, and how far the parcel is, decides nothing
  const { version: _version, changedAt: _at, changedBy: _by, trace: _trace, fulfilment: _fulfilment, ...bought } = order
  const text = canonicalize({ payload, target, key, action, connection, order: bought })
  return createHash('sha256').update(text ?? '').digest('hex')
}

/**
 * After a try whose end nobody knows, the platform may still show it late: until then nothing is sent again. A try that
 * was never sent, and one whose absence was proven through the whole lag, do not count.
 */
export function notBefore({ store }: ReplayParts, intent: Intent, action: Action): Instant | null {
  const tries = store.intents.ofKey(intent).filter((one) => one.id !== intent.id && mayStillShow(one))
  if (tries.length === 0) return null
  return Math.max(...tries.map((one) => one.movedAt)) + action.visibilityLagMs
}

function mayStillShow(one: Intent): boolean {
  switch (one.state) {
    case 'confirmed':
    case 'sending':
    case 'unclear':
    case 'verified':
      return true
    case 'expired':
      // only a person's word leaves a reason: then it may have been sent before it was given up
      return one.reason !== null
    case 'previewed':
    case 'stale':
    case 'absent':
    case 'refused':
      return false
    default:
      return one.state satisfies never
  }
}
