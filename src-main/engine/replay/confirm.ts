/** What must hold before a person's word is taken: it is what they saw, it is still true, and it is not too early. */
import type { ActionId, Intent } from '../../domain/intent.ts'
import { type Refused, type ReplayParts, actionOf, engineName, mayBeMoved, moveIntent, moveWithin, refused } from './parts.ts'
import { notBefore, previewHashOf } from './preview.ts'
import { stale } from './send.ts'
import { undertake } from './undertaking.ts'

/** The intent as it is on disk, or why it cannot be confirmed. Asks nobody, so that nothing moves in between. */
export function mayConfirm(parts: ReplayParts, id: string, previewHash: string): Intent | Refused {
  const { store, clock } = parts
  const intent = store.intents.get(id)
  if (intent === null) return refused('This replay is not there any more.')
  if (parts.signal.aborted) return refused('Plumbline is closing. Confirm it after the next start.')
  if (!parts.switchedOn(intent.action)) {
    return refused('This repair is switched off. Switch it on in the settings; until then nothing is written.')
  }
  if (!mayBeMoved(intent.state, 'confirmed', parts.who())) return refused(`This replay is ${intent.state}; it cannot be confirmed.`)
  if (previewHash !== intent.previewHash) return refused(notWhatWasSeen)
  const now = clock.now()
  // a preview from the future was made before the clock was set back: nobody knows how old it is
  if (intent.state === 'previewed' && (now >= intent.expiresAt || now < intent.createdAt)) {
    moveIntent(parts, intent, { to: 'expired', says: 'The preview was too old to be confirmed.', who: engineName })
    return refused('The preview is too old. Make a new one: both sides may have moved.')
  }
  return intent
}

const notWhatWasSeen = 'What you saw is not what would be sent. Look at the preview once more.'

export async function tooEarly(parts: ReplayParts, intent: Intent): Promise<Refused | null> {
  const door = await parts.open(intent.connection)
  if (!door.ok) return refused(door.fault.says)
  const action = actionOf(door.value, intent.action)
  if (action === null) return refused('The platform cannot do this any more.')
  const from = notBefore(parts, intent, action)
  const now = parts.clock.now()
  if (from === null || now >= from) return null
  return refused(`An earlier try may still show up. Wait ${Math.ceil((from - now) / 1000)} seconds and confirm again.`)
}

/** Reads both sides anew: the rule must still speak, and the order must be the one that was previewed. */
export async function freshly(parts: ReplayParts, intent: Intent): Promise<Refused | null> {
  const { store } = parts
  const incident = store.incidents.get(intent.incident)
  const pair = store.pairs.get(intent.pair)
  if (incident === null || pair === null) return refused('The incident behind it is not there any more.')
  const live = await parts.readLive(pair, incident.subject, intent.action)
  if (!live.ok) return refused(`Both sides must be read before anything is sent. ${live.fault.says}`)
  const now = store.incidents.get(intent.incident)
  if (now === null || !parts.stillSpeaks(now)) {
    return outdated(parts, intent, 'Both sides were just read: there is nothing left to repair.')
  }
  const undertaking = undertake(parts, intent.action, pair, incident)
  if ('kind' in undertaking || previewHashOf(intent, undertaking.basis) !== intent.previewHash) {
    return outdated(parts, intent, `${whatIsSent[intent.action]} is not the one that you saw any more. Look at the preview once more.`)
  }
  return null
}

const whatIsSent: Readonly<Record<ActionId, string>> = { 'order.create': 'The order', 'invoice.create': 'What is to be billed', 'stock.set': 'The figure', 'status.push': 'The parcel' }

/** A preview that is not true any more ends; what was proven absent before stays, to be given up or previewed anew. */
function outdated(parts: ReplayParts, intent: Intent, says: string): Refused {
  if (intent.state === 'previewed') stale(parts, intent, says)
  return refused(says)
}

/**
 * To `confirmed`, in one transaction with the end of an absent replay of the same order, whose place a new preview
 * takes. Null when another one is on its way, or this one was moved meanwhile.
 */
export function confirmMove(parts: ReplayParts, intent: Intent, reason: string): Intent | null {
  const { store } = parts
  const confirmed = store.transaction((tx) => {
    if (store.intents.get(intent.id)?.state !== intent.state) return null
    for (const holding of store.intents.holding(intent)) {
      if (holding.id === intent.id) continue
      if (holding.state !== 'absent') return null
      moveWithin(tx, parts, holding, { to: 'expired', says: 'A new preview took its place.', who: parts.who(), reason })
    }
    return moveWithin(tx, parts, intent, { to: 'confirmed', says: 'Confirmed.', who: parts.who(), reason })
  })
  if (confirmed !== null) parts.changed()
  return confirmed
}
