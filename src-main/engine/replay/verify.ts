/** Looks by natural key whether a write has arrived, for as long as the platform may still hide it. */
import { type Fault, reactionTo } from '../../domain/fault.ts'
import type { Intent, IntentState } from '../../domain/intent.ts'
import { type Span, seconds } from '../../domain/time.ts'
import type { Verification } from '../connectors/definition.ts'
import type { Action, Door, ReplayParts } from './parts.ts'

/** What was found, and the state that it means. */
export interface Proof {
  readonly to: Extract<IntentState, 'verified' | 'absent' | 'unclear'>
  readonly says: string
  readonly targetId: string | null
}

const firstPause: Span = seconds(1)
const pauseMax: Span = seconds(15)

/**
 * Probes until something is found, or until the platform's visibility lag has passed since `sentAt` and a last probe
 * found nothing. A probe that fails proves nothing: when the last one failed it is unclear.
 */
export async function prove(
  parts: ReplayParts,
  door: Door,
  action: Action,
  intent: Intent,
  sentAt: number,
): Promise<Proof> {
  const payload: unknown = JSON.parse(intent.payload)
  const settled = sentAt + action.visibilityLagMs
  for (let pause = firstPause; ; pause = Math.min(pause * 2, pauseMax)) {
    const begun = parts.clock.now()
    const probe = await probeOnce(door, action, payload, intent)
    if (probe.kind === 'found') return probe.proof
    const late = begun >= settled
    if (late && probe.kind === 'nothing') {
      return { to: 'absent', says: 'The ERP was searched until it could no longer hide it: it is not there.', targetId: null }
    }
    if (late && probe.kind === 'fault' && (reactionTo[probe.fault.class] === 'ask' || begun >= settled + patience)) {
      return { to: 'unclear', says: `Whether it arrived could not be found out: ${probe.fault.says}`, targetId: null }
    }
    await parts.clock.sleep(late ? pause : Math.min(pause, Math.max(1, settled - begun)), door.api.signal)
  }
}

/** How long a side that cannot be asked is asked on before a person hears of it. */
const patience: Span = seconds(60)

type Probe =
  | { readonly kind: 'found'; readonly proof: Proof }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'fault'; readonly fault: Fault }

async function probeOnce(door: Door, action: Action, payload: unknown, intent: Intent): Promise<Probe> {
  const answer = await action.verify(door.api, payload, intent.key, door.settings)
  if (!answer.ok) return { kind: 'fault', fault: answer.fault }
  const proof = proofOf(answer.value)
  return proof === null ? { kind: 'nothing' } : { kind: 'found', proof }
}

/** Null: nothing stands under the key. */
export function proofOf({ found }: Verification): Proof | null {
  const [first, second] = found
  if (first === undefined) return null
  if (second !== undefined) {
    return {
      to: 'unclear',
      says: `It stands ${found.length} times in the ERP (${found.map((one) => one.number ?? one.id).join(', ')}). Cancel all but one there.`,
      targetId: null,
    }
  }
  if (!first.matches) return { to: 'unclear', says: `The ERP has it, but not as it was sent: ${first.says}`, targetId: first.id }
  return { to: 'verified', says: `Found in the ERP: ${first.says}`, targetId: first.id }
}
