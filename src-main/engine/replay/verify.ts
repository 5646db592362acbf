/** Looks by natural key whether a write has arrived, for as long as the platform may still hide it. */
import { type Fault, reactionTo } from '../../domain/fault.ts'
import type { ActionId, Intent, IntentState } from '../../domain/intent.ts'
import { type Span, seconds } from '../../domain/time.ts'
import type { Verification } from '../connectors/definition.ts'
import type { Action, Door, ReplayParts } from './parts.ts'
import { capital, sideOf } from './undertaking.ts'

/** What was found, and the state that it means. */
export interface Proof {
  readonly to: Extract<IntentState, 'verified' | 'absent' | 'unclear'>
  readonly says: string
  readonly targetId: string | null
}

const firstPause: Span = seconds(1)
const pauseMax: Span = seconds(15)

/** How long a side that cannot be asked is asked on, after the lag, before a person hears of it. */
const patience: Span = seconds(60)

/**
 * Probes until the platform's visibility lag has been waited out, and goes by the last probe: found once is verified,
 * nothing is absent, a failed one proves nothing. Two documents, or the very one that the platform named in its reply
 * (`madeId`), settle it at once. What counts is time that was truly waited here, after the call had ended: a clock that
 * is set forward proves no absence, and one that is set back does not hold us up.
 */
export async function prove(
  parts: ReplayParts,
  door: Door,
  action: Action,
  intent: Intent,
  madeId: string | null,
): Promise<Proof> {
  const lag = action.visibilityLagMs
  const signal = AbortSignal.any([parts.signal, door.api.signal])
  let waited: Span = 0
  for (let pause = firstPause; ; pause = Math.min(pause * 2, pauseMax)) {
    signal.throwIfAborted()
    const probe = await probeOnce(door, action, intent)
    if (probe.kind === 'found' && (probe.conclusive || probe.proof.targetId === madeId)) return probe.proof
    if (waited >= lag) {
      const proof = conclude(probe, capital(sideOf(action.id)), madeId, waited >= lag + patience)
      if (proof !== null) return proof
    }
    const span = waited >= lag ? pause : Math.min(pause, lag - waited)
    await parts.clock.sleep(span, signal)
    waited += span
  }
}

type Probe =
  | { readonly kind: 'found'; readonly proof: Proof; readonly conclusive: boolean }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'fault'; readonly fault: Fault }

async function probeOnce(door: Door, action: Action, intent: Intent): Promise<Probe> {
  const answer = await action.verify(door.api, JSON.parse(intent.payload), intent.key, door.settings)
  if (!answer.ok) return { kind: 'fault', fault: answer.fault }
  const proof = proofOf(answer.value, action.id)
  if (proof === null) return { kind: 'nothing' }
  return { kind: 'found', proof, conclusive: standing(answer.value).length > 1 }
}

/** What the last probe says, once the lag is over; null: ask once more. */
function conclude(probe: Probe, side: string, madeId: string | null, patienceOver: boolean): Proof | null {
  switch (probe.kind) {
    case 'found':
      // the reply named another one: either ours is hidden still, or it is gone, and this one is not ours
      return madeId === null || probe.proof.targetId === null ? probe.proof : { ...notTheOne(side, madeId, probe.proof), targetId: madeId }
    case 'nothing':
      return madeId === null
        ? { to: 'absent', says: `${side} was searched until it could no longer hide it: it is not there.`, targetId: null }
        : { to: 'unclear', says: `${side} answered that it made ${madeId}, and does not find it under its reference. Look for it there.`, targetId: madeId }
    case 'fault':
      if (reactionTo[probe.fault.class] !== 'ask' && !patienceOver) return null
      return { to: 'unclear', says: `Whether it arrived could not be found out: ${probe.fault.says}`, targetId: madeId }
    default:
      return probe satisfies never
  }
}

function notTheOne(side: string, madeId: string, proof: Proof): Pick<Proof, 'to' | 'says'> {
  return { to: 'unclear', says: `${side} answered that it made ${madeId}, and finds another in its place. ${proof.says}` }
}

/** Documents that stand: a cancelled one is no presence, and no second one (DESIGN §5). */
export function standing({ found }: Verification): Verification['found'] {
  return found.filter((one) => one.cancelled !== true)
}

/** Null: nothing stands under the key. */
export function proofOf(verification: Verification, action: ActionId): Proof | null {
  const side = sideOf(action)
  const live = standing(verification)
  const [first, second] = live
  if (first === undefined) {
    const [cancelled] = verification.found
    return cancelled === undefined ? null : { to: 'unclear', says: `${capital(side)} has it, but cancelled: ${cancelled.says}`, targetId: cancelled.id }
  }
  if (second !== undefined) {
    const names = live.map((one) => one.number ?? one.id).join(', ')
    return { to: 'unclear', says: `It stands ${live.length} times in ${side} (${names}). Cancel all but one there.`, targetId: null }
  }
  if (!first.matches) return { to: 'unclear', says: `${capital(side)} has it, but not as it was sent: ${first.says}`, targetId: first.id }
  return { to: 'verified', says: `Found in ${side}: ${first.says}`, targetId: first.id }
}
