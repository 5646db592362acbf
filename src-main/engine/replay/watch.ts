/** Looks again at what was replayed: whether it stands once, twice, not any more, or has arrived after all (DESIGN §9). */
import { type Outcome, failed, fault } from '../../domain/fault.ts'
import type { Intent } from '../../domain/intent.ts'
import { days } from '../../domain/time.ts'
import { appendAudit } from '../audit/chain.ts'
import type { Verification } from '../connectors/definition.ts'
import { type Action, type ReplayParts, actionOf, asItIs, engineName, moveIntent } from './parts.ts'
import { sideOf } from './undertaking.ts'
import { proofOf, standing } from './verify.ts'

/** Both keys, ours and the integration's, are watched so long after a replay. */
const watchFor = days(7)
const watchedMax = 100

export interface Look {
  readonly action: Action
  readonly verification: Verification
}

/** One probe. A fault when the platform could not be asked. */
export async function look(parts: ReplayParts, intent: Intent): Promise<Outcome<Look>> {
  const door = await parts.open(intent.connection)
  if (!door.ok) return door
  const action = actionOf(door.value, intent.action)
  if (action === null) return failed(fault('validation', 'The platform cannot do this any more.'))
  const { api, settings } = door.value
  const answer = await action.verify(api, JSON.parse(intent.payload), intent.key, settings)
  return answer.ok ? { ok: true, value: { action, verification: answer.value } } : answer
}

/**
 * Moves what was absent or unclear to what is found now. Nothing found proves absence only once the lag has passed, and
 * never against the platform's own word that it made one. Returns the intent as it then is.
 */
export function moveByLook(parts: ReplayParts, intent: Intent, { action, verification }: Look): Intent {
  const proof = proofOf(verification, action.id)
  if (proof?.to === 'verified') return moveIntent(parts, intent, { ...proof, who: engineName }) ?? asItIs(parts, intent)
  const settled = parts.clock.now() >= intent.movedAt + action.visibilityLagMs
  if (proof === null && intent.state === 'unclear' && intent.targetId === null && settled) {
    const says = 'Searched again: it is not there.'
    return moveIntent(parts, intent, { to: 'absent', says, who: engineName }) ?? asItIs(parts, intent)
  }
  return asItIs(parts, intent)
}

/** What a replay made may come to stand twice; a figure that it set moves on with every sale. */
function makes({ action }: Intent): boolean {
  return action !== 'stock.set'
}

/** Two parcels may be alike; of one that is told twice the shop shows more sent than has left, which is a finding of its own. */
function standsOnce({ action }: Intent): boolean {
  return action !== 'status.push'
}

/** Replays of the last days that now stand more than once: the integration may have come late. */
export async function watchKeys(parts: ReplayParts): Promise<readonly Intent[]> {
  const { store, clock } = parts
  const since = clock.now() - watchFor
  const recent = (one: Intent): boolean => one.movedAt >= since && makes(one)
  const open = [...store.intents.inState('absent'), ...store.intents.inState('unclear')].filter(recent)
  const doubled: Intent[] = []
  for (const intent of [...store.intents.verifiedSince(since).filter(makes).slice(-watchedMax), ...open.slice(-watchedMax)]) {
    const seen = await lookOrLeave(parts, intent)
    if (seen === null) continue
    if (standsOnce(intent) && standing(seen.verification).length > 1) {
      doubled.push(intent)
      noteOnce(parts, intent, 'doubled', proofOf(seen.verification, seen.action.id)?.says ?? '')
    } else if (intent.state !== 'verified') moveByLook(parts, intent, seen)
    else if (standing(seen.verification).length === 0) noteGone(parts, intent)
  }
  return doubled
}

/** Null where it could not be asked: it is watched again the next time. */
async function lookOrLeave(parts: ReplayParts, intent: Intent): Promise<Look | null> {
  try {
    const seen = await look(parts, intent)
    return seen.ok ? seen.value : null
  } catch (error) {
    if (parts.signal.aborted) throw error
    // a door that was closed under it, or a bug: one replay must not keep the others from being watched
    parts.failed(error)
    return null
  }
}

/** What was made is not there any more, and the incident still waits for it: somebody must look. */
function noteGone(parts: ReplayParts, intent: Intent): void {
  const { store, clock } = parts
  const incident = store.incidents.get(intent.incident)
  if (incident?.state !== 'repairing') return
  const says = `What was made for it (${intent.targetId ?? intent.target}) does not stand in ${sideOf(intent.action)} any more.`
  store.transaction((tx) => {
    store.incidents.move(tx, incident.id, { state: 'open', until: null, who: engineName, says, at: clock.now() })
  })
  parts.changed()
}

/** In the timeline and the audit trail, however often it is seen again. */
function noteOnce(parts: ReplayParts, intent: Intent, what: string, says: string): void {
  const { store, clock } = parts
  const known = store.incidents.timeline(intent.incident).some((event) => event.what === what && event.says === says)
  if (known || store.incidents.get(intent.incident) === null) return
  const at = clock.now()
  store.transaction((tx) => {
    store.incidents.note(tx, intent.incident, { at, what, who: engineName, says })
    appendAudit(tx, store, {
      at,
      who: engineName,
      what: `replay ${what}`,
      subject: `intent ${intent.id}`,
      before: null,
      after: { state: intent.state, target: intent.target, targetId: intent.targetId },
      why: says,
      trace: intent.key,
    })
  })
  parts.changed()
}
