/** Shows exactly what a replay would send, over both sides as they are now; writes nothing but the intent. */
import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { ActionId, Intent } from '../../domain/intent.ts'
import type { Pair } from '../../domain/pair.ts'
import type { Order } from '../../domain/records.ts'
import { type Instant, minutes } from '../../domain/time.ts'
import type { OrderCreateInput } from '../connectors/definition.ts'
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
  const live = await parts.readLive(pair, incident.subject.key)
  if (!live.ok) {
    return no(`Both sides must be read before anything is sent. ${live.fault.says}`, ['Test the connections, then try again.'])
  }
  if (!parts.stillSpeaks(incident)) {
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
  return prepare(parts, { incident, pair, order, action, door: door.value })
}

function no(says: string, guide: readonly string[] = []): Previewed {
  return { kind: 'refused', says, guide }
}

function orderOf({ store }: ReplayParts, pair: Pair, number: string): Order | null {
  const found = store.snapshots.byKey(pair.shop, 'orders', 'number', number).filter((one) => one.goneAt === null)
  const record = found.length === 1 ? found[0]?.record : undefined
  return record?.kind === 'order' ? record : null
}

interface Scene {
  readonly incident: IncidentRecord
  readonly pair: Pair
  readonly order: Order
  readonly action: Action
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
  const key = keyOf(pair, order.number)
  const holding = store.intents.liveFor(pair.erp, action.id, reference)
  if (holding !== null) return no(`A replay of this order is already on its way (${holding.state}). Finish that one first.`)
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
    payload: JSON.stringify(payload, null, 2),
    facts,
    warnings,
    priceOfBeingWrong: action.priceOfBeingWrong,
    notBefore: notBefore(parts, intent, action),
  }
}

function keepIntent(
  parts: ReplayParts,
  { incident, pair, action }: Scene,
  what: { payload: unknown; reference: string; key: string },
): Intent {
  const { store, clock, chance } = parts
  const at = clock.now()
  const payload = canonicalize(what.payload) ?? 'null'
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
    previewHash: previewHashOf({ payload, target: what.reference, key: what.key, action: action.id, connection: pair.erp }),
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

/** SHA-256 over all that decides what is sent, where, and as what. */
export function previewHashOf(what: {
  readonly payload: string
  readonly target: string
  readonly key: string
  readonly action: ActionId
  readonly connection: string
}): string {
  return createHash('sha256').update(canonicalize(what) ?? '').digest('hex')
}

/** After a try whose end nobody knows, the platform may still show it late: until then nothing is sent again. */
export function notBefore({ store }: ReplayParts, intent: Intent, action: Action): Instant | null {
  const tries = store.intents
    .ofIncident(intent.incident)
    .filter((one) => one.target === intent.target && one.id !== intent.id && one.state !== 'previewed' && one.state !== 'expired')
  if (tries.length === 0) return null
  return Math.max(...tries.map((one) => one.movedAt)) + action.visibilityLagMs
}
