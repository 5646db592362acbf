/** The replay room's door: preview, confirm, abandon, verify, and what a start finds half done (DESIGN §9). */
import type { ActionId, Intent } from '../../domain/intent.ts'
import { type Refused, type ReplayParts, actionOf, engineName, mayBeMoved, moveIntent, refused, userName } from './parts.ts'
import { confirmMove, freshly, mayConfirm, tooEarly } from './confirm.ts'
import { type Previewed, previewReplay } from './preview.ts'
import { noReply, sendConfirmed, settle, stale } from './send.ts'
import { look, moveByLook, watchKeys } from './watch.ts'

export type Replays = ReturnType<typeof replays>

/** A door that closes under a proof is opened anew so often; after that a person hears of it. */
const recoveriesMax = 3

export function replays(parts: ReplayParts) {
  const { store, clock } = parts
  const underway = new Map<string, Promise<void>>()

  /** In the background, one at a time per intent; `settled` waits for all. */
  function carryOn(id: string, work: () => Promise<unknown>): void {
    const running = bringToAnEnd(id, work)
      .catch(parts.failed)
      .finally(() => underway.delete(id))
    underway.set(id, running)
  }

  /**
   * What is on its way must not stay so: a rejection (a closed door, a bug of ours) leads to another look through a new
   * door, and then to a state that a person sees. Only the engine's own end leaves it for the next start.
   */
  async function bringToAnEnd(id: string, work: () => Promise<unknown>): Promise<void> {
    let next: (() => Promise<unknown>) | null = work
    for (let tries = 0; next !== null; tries += 1) {
      try {
        await next()
        return
      } catch (error) {
        if (parts.signal.aborted) return
        // an abort here is a door that was closed, as when its connection was edited: no bug
        if (!(error instanceof Error && error.name === 'AbortError')) parts.failed(error)
        next = afterFailure(id, tries)
      }
    }
  }

  function afterFailure(id: string, tries: number): (() => Promise<unknown>) | null {
    const intent = store.intents.get(id)
    if (intent?.state === 'confirmed') stale(parts, intent, 'Nothing was sent: Plumbline was interrupted before.')
    if (intent?.state !== 'sending') return null
    if (tries < recoveriesMax) return () => recoverOne(intent)
    const says = 'Whether it arrived is not known: Plumbline was interrupted each time it looked. Look for it in the ERP.'
    moveIntent(parts, intent, { to: 'unclear', says, who: engineName })
    return null
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
    carryOn(id, () => sendConfirmed(parts, confirmed))
    return confirmed
  }

  function abandon(id: string, reason: string): Intent | Refused {
    const intent = store.intents.get(id)
    if (intent === null) return refused('This replay is not there any more.')
    if (!mayBeMoved(intent.state, 'expired', userName)) return refused(`This replay is ${intent.state}; it cannot be given up.`)
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
  async function recoverOne(intent: Intent): Promise<void> {
    const door = await parts.open(intent.connection)
    const action = door.ok ? actionOf(door.value, intent.action) : null
    if (!door.ok || action === null) {
      const why = door.ok ? 'The platform cannot be asked any more.' : door.fault.says
      moveIntent(parts, intent, { to: 'unclear', says: `It was on its way when Plumbline was interrupted. ${why}`, who: engineName })
      return
    }
    await settle(parts, door.value, action, intent, noReply)
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
