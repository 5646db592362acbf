/** The replay room's door: preview, confirm, abandon, verify, and what a start finds half done (DESIGN §9). */
import type { ActionId, Intent } from '../../domain/intent.ts'
import { type Span, minutes, seconds } from '../../domain/time.ts'
import { type Refused, type ReplayParts, actionOf, engineName, mayBeMoved, moveIntent, refused } from './parts.ts'
import { confirmMove, freshly, mayConfirm, tooEarly } from './confirm.ts'
import { type Previewed, previewReplay } from './preview.ts'
import { type Reply, noReply, sendConfirmed, settle, stale } from './send.ts'
import { look, moveByLook, watchKeys } from './watch.ts'

export type Replays = ReturnType<typeof replays>

/** After what kept a proof from its end it is begun anew so often; after that a person hears of it. */
const pauses: readonly Span[] = [seconds(5), minutes(1), minutes(5)]

export function replays(parts: ReplayParts) {
  const { store, clock } = parts
  const underway = new Map<string, Promise<void>>()
  /** What the platform said, for as long as its proof is under way: a proof that is begun anew must still know it. */
  const replies = new Map<string, Reply>()

  /** In the background, one at a time per intent; `settled` waits for all. */
  function carryOn(id: string, work: () => Promise<string | null>): void {
    const running = bringToAnEnd(id, work)
      .catch((error: unknown) => {
        // it sleeps while the engine ends
        if (!parts.signal.aborted) parts.failed(error)
      })
      .finally(() => {
        underway.delete(id)
        replies.delete(id)
      })
    underway.set(id, running)
  }

  /**
   * What is on its way must not stay so: whatever keeps it from its proof (a closed door, a locked keychain, a bug of
   * ours) is tried again through a new door, and then a person hears of it. Only the engine's own end leaves it for the
   * next start. By then the pauses have outlasted every platform's lag, so that `unclear` never hides a late write.
   */
  async function bringToAnEnd(id: string, work: () => Promise<string | null>): Promise<void> {
    let problem = await attempt(work)
    for (const pause of pauses) {
      if (problem === null || parts.signal.aborted) return
      const intent = store.intents.get(id)
      if (intent?.state === 'confirmed') stale(parts, intent, `Nothing was sent. ${problem}`)
      if (intent?.state !== 'sending') return
      await clock.sleep(pause, parts.signal)
      problem = await attempt(() => recoverOne(intent))
    }
    const intent = store.intents.get(id)
    if (problem === null || parts.signal.aborted || intent?.state !== 'sending') return
    moveIntent(parts, intent, { to: 'unclear', says: `Whether it arrived could not be found out. ${problem}`, who: engineName })
  }

  /** Null when it came to an end; else what kept it from it. */
  async function attempt(work: () => Promise<string | null>): Promise<string | null> {
    try {
      return await work()
    } catch (error) {
      if (parts.signal.aborted) return null
      // an abort here is a door that was closed, as when its connection was edited: no bug
      if (error instanceof Error && error.name === 'AbortError') return 'The connection was closed meanwhile.'
      parts.failed(error)
      return 'Plumbline itself failed; its log says where.'
    }
  }

  async function confirm(id: string, previewHash: string, reason: string): Promise<Intent | Refused> {
    const seen = mayConfirm(parts, id, previewHash)
    if ('kind' in seen) return seen
    const obstacle = (await tooEarly(parts, seen)) ?? (await freshly(parts, seen))
    if (obstacle !== null) return obstacle
    // reading took its time: everything is asked once more, and from here to the move nobody else gets a turn
    const intent = mayConfirm(parts, id, previewHash)
    if ('kind' in intent) return intent
    const confirmed = confirmMove(parts, intent, reason)
    if (confirmed === null) return refused('Another replay of this order is already on its way. Nothing was sent twice.')
    carryOn(id, async () => {
      await sendConfirmed(parts, confirmed, (reply) => replies.set(id, reply))
      return null
    })
    return confirmed
  }

  function abandon(id: string, reason: string): Intent | Refused {
    const intent = store.intents.get(id)
    if (intent === null) return refused('This replay is not there any more.')
    if (!mayBeMoved(intent.state, 'expired', parts.who())) return refused(`This replay is ${intent.state}; it cannot be given up.`)
    return (
      moveIntent(parts, intent, { to: 'expired', says: 'Given up by a person.', who: parts.who(), reason }) ??
      refused('Somebody else moved it first.')
    )
  }

  /** Looks once more for one whose end is not known. */
  async function verifyAgain(id: string): Promise<Intent | Refused> {
    const intent = store.intents.get(id)
    if (intent === null) return refused('This replay is not there any more.')
    if (intent.state !== 'absent' && intent.state !== 'unclear') return refused(`This replay is ${intent.state}; there is nothing to look for.`)
    const seen = await look(parts, intent)
    if (!seen.ok) return refused(seen.fault.says)
    return moveByLook(parts, intent, seen.value)
  }

  /** At start: what may have been sent is looked for; what was not sent is not; nothing is ever resent. */
  function recover(): void {
    for (const intent of store.intents.inState('confirmed')) {
      if (!underway.has(intent.id)) stale(parts, intent, 'Plumbline stopped before it was sent. Nothing was sent.')
    }
    for (const intent of store.intents.inState('sending')) {
      if (!underway.has(intent.id)) carryOn(intent.id, () => recoverOne(intent))
    }
    expire()
  }

  /** The whole lag is waited out from here: how long ago the last byte left is not known. */
  async function recoverOne(intent: Intent): Promise<string | null> {
    const door = await parts.open(intent.connection)
    if (!door.ok) return door.fault.says
    const action = actionOf(door.value, intent.action)
    if (action === null) return 'The platform cannot be asked any more.'
    await settle(parts, door.value, action, intent, replies.get(intent.id) ?? noReply)
    return null
  }

  function expire(): void {
    for (const intent of store.intents.expiredPreviews(clock.now())) {
      moveIntent(parts, intent, { to: 'expired', says: 'Nobody confirmed it in time.', who: engineName })
    }
  }

  return {
    preview: (incident: string, action: ActionId): Promise<Previewed> => previewReplay(parts, incident, action),
    confirm,
    abandon,
    verifyAgain,
    recover,
    /** Replays of the last days that now stand more than once; called every now and then. */
    watch(): Promise<readonly Intent[]> {
      expire()
      return watchKeys(parts)
    },
    /** Resolves when nothing is under way: for a gentle stop, and for tests. */
    async settled(): Promise<void> {
      await Promise.all(underway.values())
    },
  }
}
