/** Sends a confirmed replay: one probe before, one call, and a proof after. Nothing here is ever sent twice. */
import { type Fault, type Outcome, failed, fault } from '../../domain/fault.ts'
import type { Intent } from '../../domain/intent.ts'
import { type Action, type Door, type ReplayParts, actionOf, asItIs, engineName, moveIntent } from './parts.ts'
import { capital, sideOf } from './undertaking.ts'
import { proofOf, prove } from './verify.ts'

/** Faults by which a platform says that it has refused: with a proof of absence they end the replay. */
const refusals: readonly Fault['class'][] = ['validation', 'permission', 'erp-rejection', 'tax', 'payment-mismatch', 'credentials']

/** What the call told us; of one that a crash cut off, nothing. */
export interface Reply {
  readonly madeId: string | null
  readonly fault: Fault | null
}

export const noReply: Reply = { madeId: null, fault: null }

/** From `confirmed` to wherever it ends. `heard` is told the reply before anything is looked for. */
export async function sendConfirmed(parts: ReplayParts, intent: Intent, heard: (reply: Reply) => void): Promise<Intent> {
  const door = await parts.open(intent.connection)
  if (!door.ok) return stale(parts, intent, `Nothing was sent: ${door.fault.says}`)
  const action = actionOf(door.value, intent.action)
  if (action === null) return stale(parts, intent, 'Nothing was sent: the platform cannot do this any more.')
  const { api, settings } = door.value
  const before = await action.verify(api, JSON.parse(intent.payload), intent.key, settings)
  if (!before.ok) return stale(parts, intent, `Nothing was sent: ${sideOf(intent.action)} could not be asked first. ${before.fault.says}`)
  const there = proofOf(before.value, action.id)
  if (there !== null) return stale(parts, intent, `Nothing was sent: it is there already. ${there.says}`)
  if (!parts.switchedOn(intent.action)) return stale(parts, intent, 'Nothing was sent: the repair was switched off meanwhile.')
  if (parts.signal.aborted || api.signal.aborted) return stale(parts, intent, 'Nothing was sent: the connection was closed first.')
  // committed and on disk before a byte leaves: whatever happens now, a restart knows that something may have been sent
  const sending = moveIntent(parts, intent, { to: 'sending', says: `On its way to ${sideOf(intent.action)}.`, who: engineName })
  if (sending === null) return asItIs(parts, intent)
  const reply = await call(parts, door.value, action, sending)
  heard(reply)
  return settle(parts, door.value, action, sending, reply)
}

async function call(parts: ReplayParts, door: Door, action: Action, intent: Intent): Promise<Reply> {
  let reply: Outcome<{ readonly targetId: string | null }>
  try {
    reply = await action.send(door.api, JSON.parse(intent.payload), intent.key, door.settings)
  } catch (error) {
    // the end of the engine or of the door: it stays `sending`, and is looked for through another door
    if (parts.signal.aborted || door.api.signal.aborted) throw error
    // a connector's bug, and perhaps after the write: the proof must be found all the same
    parts.failed(error)
    reply = failed(fault('unexpected-shape', 'Plumbline could not make out the platform’s answer.'))
  }
  return reply.ok ? { madeId: reply.value.targetId, fault: null } : { madeId: null, fault: reply.fault }
}

/** The reply, or its absence, proves nothing by itself: what stands under the key does. */
export async function settle(parts: ReplayParts, door: Door, action: Action, sending: Intent, reply: Reply): Promise<Intent> {
  const proof = await prove(parts, door, action, sending, reply.madeId)
  const refusal = reply.fault !== null && refusals.includes(reply.fault.class) ? reply.fault : null
  const move =
    proof.to === 'absent' && refusal !== null
      ? { to: 'refused' as const, says: `${capital(sideOf(sending.action))} refused it: ${refusal.says}`, targetId: null }
      : proof
  return moveIntent(parts, sending, { ...move, who: engineName }) ?? asItIs(parts, sending)
}

export function stale(parts: ReplayParts, intent: Intent, says: string): Intent {
  return moveIntent(parts, intent, { to: 'stale', says, who: engineName }) ?? asItIs(parts, intent)
}
