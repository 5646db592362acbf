/** Sends a confirmed replay: one probe before, one call, and a proof after. Nothing here is ever sent twice. */
import type { Fault, Outcome } from '../../domain/fault.ts'
import type { Intent } from '../../domain/intent.ts'
import { type Action, type Door, type ReplayParts, actionOf, engineName, moveIntent } from './parts.ts'
import { proofOf, prove } from './verify.ts'

/** Faults by which a platform says that it has refused: with a proof of absence they end the replay. */
const refusals: readonly Fault['class'][] = ['validation', 'permission', 'erp-rejection', 'tax', 'credentials']

/** From `confirmed` to wherever it ends. Returns the intent as it then is. */
export async function sendConfirmed(parts: ReplayParts, intent: Intent): Promise<Intent> {
  const door = await parts.open(intent.connection)
  if (!door.ok) return stale(parts, intent, `Nothing was sent: ${door.fault.says}`)
  const action = actionOf(door.value, intent.action)
  if (action === null) return stale(parts, intent, 'Nothing was sent: the platform cannot do this any more.')
  const payload: unknown = JSON.parse(intent.payload)
  const before = await action.verify(door.value.api, payload, intent.key, door.value.settings)
  if (!before.ok) return stale(parts, intent, `Nothing was sent: the ERP could not be searched first. ${before.fault.says}`)
  const there = proofOf(before.value)
  if (there !== null) return stale(parts, intent, `Nothing was sent: it is there already. ${there.says}`)
  // committed and on disk before a byte leaves: whatever happens now, a restart knows that something may have been sent
  const sending = moveIntent(parts, intent, { to: 'sending', says: 'On its way to the ERP.', who: engineName })
  if (sending === null) return parts.store.intents.get(intent.id) ?? intent
  const sentAt = parts.clock.now()
  const reply = await call(action, door.value, payload, intent)
  return settle(parts, door.value, action, sending, { sentAt, fault: reply.ok ? null : reply.fault })
}

async function call(action: Action, door: Door, payload: unknown, intent: Intent): Promise<Outcome<unknown>> {
  return action.send(door.api, payload, intent.key, door.settings)
}

/** The reply, or its absence, proves nothing by itself: what stands under the key does. */
export async function settle(
  parts: ReplayParts,
  door: Door,
  action: Action,
  sending: Intent,
  sent: { readonly sentAt: number; readonly fault: Fault | null },
): Promise<Intent> {
  const proof = await prove(parts, door, action, sending, sent.sentAt)
  const refusal = sent.fault !== null && refusals.includes(sent.fault.class) ? sent.fault : null
  const move =
    proof.to === 'absent' && refusal !== null
      ? { to: 'refused' as const, says: `The ERP refused it: ${refusal.says}`, targetId: null }
      : proof
  return moveIntent(parts, sending, { ...move, who: engineName }) ?? parts.store.intents.get(sending.id) ?? sending
}

function stale(parts: ReplayParts, intent: Intent, says: string): Intent {
  return moveIntent(parts, intent, { to: 'stale', says, who: engineName }) ?? parts.store.intents.get(intent.id) ?? intent
}
