/** The replay room's door: preview, confirm, abandon, verify, and what a start finds half done (DESIGN §9). */
import type { ActionId, Intent } from '../../domain/intent.ts'
import { days } from '../../domain/time.ts'
import { type Refused, type ReplayParts, actionOf, engineName, moveIntent, refused, userName } from './parts.ts'
import { type Previewed, notBefore, previewHashOf, previewReplay } from './preview.ts'
import { sendConfirmed, settle } from './send.ts'
import { proofOf } from './verify.ts'

export type Replays = ReturnType<typeof replays>

/** Both keys, ours and the integration's, are watched so long after a replay. */
const watchFor = days(7)
const watchedMax = 100

export function replays(parts: ReplayParts) {
  const { store, clock } = parts
  const underway = new Map<string, Promise<unknown>>()

  /** In the background, one at a time per intent; `settled` waits for all. */
  function carryOn(id: string, work: () => Promise<unknown>): void {
    const running = work().finally(() => underway.delete(id))
    underway.set(id, running)
    // a rejection is a bug or an abort of the engine: the intent stays `sending` and the next start verifies it
    running.catch(() => undefined)
  }

  async function confirm(id: string, previewHash: string, reason: string): Promise<Intent | Refused> {
    const intent = store.intents.get(id)
    if (intent === null) return refused('This replay is not there any more.')
    if (!parts.switchedOn(intent.action)) {
      return refused('This repair is switched off. Switch it on in the settings; until then nothing is written.')
    }
    if (intent.state !== 'previewed' && intent.state !== 'absent') return refused(`This replay is ${intent.state}; it cannot be confirmed.`)
    if (previewHash !== intent.previewHash || previewHash !== previewHashOf(intent)) {
      return refused('What you saw is not what would be sent. Look at the preview once more.')
    }
    if (intent.state === 'previewed' && clock.now() >= intent.expiresAt) {
      moveIntent(parts, intent, { to: 'expired', says: 'The preview was too old to be confirmed.', who: engineName })
      return refused('The preview is too old. Make a new one: both sides may have moved.')
    }
    const early = await tooEarly(intent)
    if (early !== null) return early
    const again = intent.state === 'absent' ? await freshly(intent) : null
    if (again !== null) return again
    const confirmed = moveIntent(parts, intent, { to: 'confirmed', says: 'Confirmed.', who: userName, reason })
    if (confirmed === null) return refused('Another replay of this order is already on its way. Nothing was sent twice.')
    carryOn(id, () => sendConfirmed(parts, confirmed))
    return confirmed
  }

  async function tooEarly(intent: Intent): Promise<Refused | null> {
    const door = await parts.open(intent.connection)
    if (!door.ok) return refused(door.fault.says)
    const action = actionOf(door.value, intent.action)
    const from = action === null ? null : notBefore(parts, intent, action)
    if (from === null || clock.now() >= from) return null
    return refused(`An earlier try may still show up. Wait ${Math.ceil((from - clock.now()) / 1000)} seconds and confirm again.`)
  }

  /** Before the same thing is sent a second time, both sides are read anew. */
  async function freshly(intent: Intent): Promise<Refused | null> {
    const incident = store.incidents.get(intent.incident)
    const pair = store.pairs.get(intent.pair)
    if (incident === null || pair === null) return refused('The incident behind it is not there any more.')
    const live = await parts.readLive(pair, incident.subject.key)
    if (!live.ok) return refused(`Both sides must be read before anything is sent again. ${live.fault.says}`)
    return parts.stillSpeaks(incident) ? null : refused('Both sides were just read: there is nothing left to repair.')
  }

  function abandon(id: string, reason: string): Intent | Refused {
    const intent = store.intents.get(id)
    if (intent === null) return refused('This replay is not there any more.')
    if (intent.state !== 'previewed' && intent.state !== 'absent' && intent.state !== 'unclear') {
      return refused(`This replay is ${intent.state}; it cannot be given up.`)
    }
    return (
      moveIntent(parts, intent, { to: 'expired', says: 'Given up by a person.', who: userName, reason }) ??
      refused('Somebody else moved it first.')
    )
  }

  /** Looks once more for one whose end is not known. */
  async function verifyAgain(id: string): Promise<Intent | Refused> {
    const intent = store.intents.get(id)
    if (intent === null) return refused('This replay is not there any more.')
    if (intent.state !== 'absent' && intent.state !== 'unclear') return refused(`This replay is ${intent.state}; there is nothing to look for.`)
    const door = await parts.open(intent.connection)
    if (!door.ok) return refused(door.fault.says)
    const action = actionOf(door.value, intent.action)
    if (action === null) return refused('The platform cannot do this any more.')
    const answer = await action.verify(door.value.api, JSON.parse(intent.payload), intent.key, door.value.settings)
    if (!answer.ok) return refused(answer.fault.says)
    const proof = proofOf(answer.value)
    const settledAt = intent.movedAt + action.visibilityLagMs
    if (proof?.to === 'verified') return moveIntent(parts, intent, { ...proof, who: engineName }) ?? intent
    if (proof === null && intent.state === 'unclear' && clock.now() >= settledAt) {
      return moveIntent(parts, intent, { to: 'absent', says: 'Searched again: it is not there.', who: engineName }) ?? intent
    }
    return intent
  }

  /** At start: what may have been sent is looked for; what was not sent is not; nothing is ever resent. */
  function recover(): void {
    for (const intent of store.intents.inState('confirmed')) {
      moveIntent(parts, intent, { to: 'stale', says: 'Plumbline stopped before it was sent. Nothing was sent.', who: engineName })
    }
    for (const intent of store.intents.inState('sending')) carryOn(intent.id, () => recoverOne(intent))
    expire()
  }

  async function recoverOne(intent: Intent): Promise<void> {
    const door = await parts.open(intent.connection)
    const action = door.ok ? actionOf(door.value, intent.action) : null
    if (!door.ok || action === null) {
      const why = door.ok ? 'the platform cannot be asked any more' : door.fault.says
      moveIntent(parts, intent, { to: 'unclear', says: `Plumbline stopped while it was on its way, and ${why}`, who: engineName })
      return
    }
    // the lag counts from now: how long ago the last byte left is not known
    await settle(parts, door.value, action, intent, { sentAt: clock.now(), fault: null })
  }

  function expire(): void {
    for (const intent of store.intents.expiredPreviews(clock.now())) {
      moveIntent(parts, intent, { to: 'expired', says: 'Nobody confirmed it in time.', who: engineName })
    }
  }

  /** Replays of the last days that now stand more than once: the integration may have come late. */
  async function watch(): Promise<readonly Intent[]> {
    expire()
    const doubled: Intent[] = []
    for (const intent of store.intents.verifiedSince(clock.now() - watchFor).slice(-watchedMax)) {
      const door = await parts.open(intent.connection)
      const action = door.ok ? actionOf(door.value, intent.action) : null
      if (!door.ok || action === null) continue
      const answer = await action.verify(door.value.api, JSON.parse(intent.payload), intent.key, door.value.settings)
      if (!answer.ok || answer.value.found.length < 2) continue
      doubled.push(intent)
      const says = proofOf(answer.value)?.says ?? ''
      store.transaction((tx) => {
        store.incidents.note(tx, intent.incident, { at: clock.now(), what: 'doubled', who: engineName, says })
      })
    }
    return doubled
  }

  return {
    preview: (incident: string, action: ActionId): Promise<Previewed> => previewReplay(parts, incident, action),
    confirm,
    abandon,
    verifyAgain,
    recover,
    watch,
    /** Resolves when nothing is under way: for a gentle stop, and for tests. */
    async settled(): Promise<void> {
      await Promise.allSettled(underway.values())
    },
  }
}
