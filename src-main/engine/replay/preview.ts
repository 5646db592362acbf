/** Shows exactly what a replay would send, over both sides as they are now; writes nothing but the intent. */
import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { ActionId, Intent } from '../../domain/intent.ts'
import type { Outcome } from '../../domain/fault.ts'
import type { Pair } from '../../domain/pair.ts'
import { type Instant, minutes } from '../../domain/time.ts'
import { appendAudit } from '../audit/chain.ts'
import type { ActionPreview } from '../connectors/definition.ts'
import type { IncidentRecord } from '../store/incidents.ts'
import { type Action, type Door, type ReplayParts, actionOf, engineName, refused } from './parts.ts'
import { type Undertaking, byHand, undertake } from './undertaking.ts'

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
  if (incident === null || pair === null) return refused('This incident is not there any more.')
  if (incident.state === 'resolved') return { kind: 'healed', says: incident.resolvedBy ?? 'It has been resolved meanwhile.' }
  if (parts.repairOf(incident.rule) !== actionId) return refused('This is no repair of this incident: what it would write may be there already.')
  const live = await parts.readLive(pair, incident.subject, actionId)
  if (!live.ok) {
    return refused(`Both sides must be read before anything is sent. ${live.fault.says}`, ['Test the connections, then try again.'])
  }
  const now = store.incidents.get(incidentId)
  if (now === null || !parts.stillSpeaks(now)) {
    return { kind: 'healed', says: 'Both sides were just read: there is nothing left to repair. The incident closes by itself.' }
  }
  const undertaking = undertake(parts, actionId, pair, incident)
  if ('kind' in undertaking) return undertaking
  const door = await parts.open(undertaking.connection)
  if (!door.ok) return refused(door.fault.says)
  const { label } = door.value.connector
  const action = actionOf(door.value, actionId)
  if (action === null) return refused(`Plumbline cannot do this in ${label}.`, [byHand(actionId)])
  if (action.guarantee === 'unsafe') {
    return refused(`${label} gives no way to be sure that nothing is made twice, so this is not offered.`, [byHand(actionId)])
  }
  return prepare(parts, { incident, pair, undertaking, action, door: door.value })
}

interface Scene {
  readonly incident: IncidentRecord
  readonly pair: Pair
  readonly undertaking: Undertaking
  readonly action: Action
  readonly door: Door
}

async function prepare(parts: ReplayParts, scene: Scene): Promise<Previewed> {
  const { store } = parts
  const { undertaking, action, door } = scene
  // one that was proven absent gives its place to this one when this one is confirmed
  const holding = store.intents.holding(undertaking).find((one) => one.state !== 'absent')
  if (holding !== undefined) return refused(`A replay of this is already on its way (${holding.state}). Finish that one first.`)
  const previewed = await previewWith(action, door, undertaking)
  if (!previewed.ok) return refused(previewed.fault.says)
  if (previewed.value.kind === 'refused') return previewed.value
  const { payload, facts, warnings } = previewed.value
  const intent = keepIntent(parts, scene, payload)
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

/** Each action with what it is given, and never with another's. */
async function previewWith(action: Action, { api, settings }: Door, { action: id, input }: Undertaking): Promise<Outcome<ActionPreview>> {
  if (action.id === 'order.create' && id === 'order.create') return action.preview(api, input, settings)
  if (action.id === 'invoice.create' && id === 'invoice.create') return action.preview(api, input, settings)
  if (action.id === 'stock.set' && id === 'stock.set') return action.preview(api, input, settings)
  if (action.id === 'status.push' && id === 'status.push') return action.preview(api, input, settings)
  throw new TypeError(`${action.id} cannot be given what ${id} takes`)
}

function keepIntent(parts: ReplayParts, { incident, pair, undertaking, action }: Scene, sent: unknown): Intent {
  const { store, clock, chance } = parts
  const at = clock.now()
  const payload = canonicalize(sent)
  if (payload === undefined) throw new TypeError('a preview without a payload')
  const { connection, target, key, basis } = undertaking
  const deciding = { payload, target, key, action: action.id, connection }
  const intent: Intent = {
    id: chance.id(),
    incident: incident.id,
    pair: pair.id,
    ...deciding,
    state: 'previewed',
    guarantee: action.guarantee,
    previewHash: previewHashOf(deciding, basis),
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

/** SHA-256 over all that decides what is sent, where, and as what: what it was made of is part of it. */
export function previewHashOf(what: Pick<Intent, 'payload' | 'target' | 'key' | 'action' | 'connection'>, basis: unknown): string {
  const { payload, target, key, action, connection } = what
  const text = canonicalize({ payload, target, key, action, connection, basis })
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
