/** What the replay room is given: the store, live doors to platforms, and three questions it may not answer itself. */
import type { Chance, Clock } from '../../domain/clock.ts'
import type { Outcome } from '../../domain/fault.ts'
import type { Subject } from '../../domain/incident.ts'
import { type ActionId, type Intent, type IntentState, intentMoves } from '../../domain/intent.ts'
import type { Pair } from '../../domain/pair.ts'
import { appendAudit } from '../audit/chain.ts'
import type { AnyAction, AnyConnector, Api } from '../connectors/definition.ts'
import type { Tx } from '../store/database.ts'
import type { IncidentRecord } from '../store/incidents.ts'
import type { Store } from '../store/store.ts'

/** An open connection with what its connector needs to speak to it. */
export interface Door {
  readonly api: Api
  readonly connector: AnyConnector
  readonly settings: unknown
}

export interface ReplayParts {
  readonly store: Store
  readonly clock: Clock
  readonly chance: Chance
  /** The engine's own end: what is on its way then stays as it is on disk, and the next start looks for it. */
  readonly signal: AbortSignal
  readonly open: (connection: string) => Promise<Outcome<Door>>
  /** Reads an incident's subject from both sides, live, with what the action goes by, and keeps what it finds; a fault where either side cannot prove it. */
  readonly readLive: (pair: Pair, subject: Subject, action: ActionId) => Promise<Outcome<null>>
  /** What the shop should show for a `sku@location` by what is known now, and what it shows; null where that cannot be told. */
  readonly expectedStock: (pair: Pair, key: string) => ExpectedStock | null
  /** Whether the incident's rule still speaks for its subject, over what is now known. */
  readonly stillSpeaks: (incident: IncidentRecord) => boolean
  /** What repairs an incident of this rule; null where nothing may be sent for it. */
  readonly repairOf: (rule: string) => ActionId | null
  /** Nothing is written to a customer's system until its repair is switched on. */
  readonly switchedOn: (action: ActionId) => boolean
  /** Who sits here and clicks, by id. */
  readonly who: () => string
  readonly changed: () => void
  /** A bug of ours, for the diary: the replay itself goes on to a state that says what is known. */
  readonly failed: (error: unknown) => void
}

/** Whole units. */
export interface ExpectedStock {
  readonly sku: string
  readonly location: string
  readonly quantity: number
  readonly shown: string
}

/** Refused to a person, in a sentence, with what they can do. */
export interface Refused {
  readonly kind: 'refused'
  readonly says: string
  readonly guide: readonly string[]
}

export function refused(says: string, guide: readonly string[] = []): Refused {
  return { kind: 'refused', says, guide }
}

export type Action = AnyAction<unknown>

/** Null where the connection's platform cannot do this. */
export function actionOf(door: Door, id: ActionId): Action | null {
  return door.connector.actions.find((action) => action.id === id) ?? null
}

/** Who does what by itself is the engine. */
export const engineName = 'Plumbline'

export interface Move {
  readonly to: IntentState
  readonly says: string
  readonly who: string
  readonly reason?: string
  readonly targetId?: string | null
}

/** Whether the table of moves lets this one make it; buttons are drawn from the same table. */
export function mayBeMoved(from: IntentState, to: IntentState, who: string): boolean {
  const by = who === engineName ? 'engine' : 'person'
  return intentMoves[from].some((move) => move.to === to && move.by === by)
}

/** Where an incident goes when its replay moves; the replay never resolves it: evidence does. */
function incidentStateFor(to: IntentState): 'open' | 'repairing' | null {
  switch (to) {
    case 'confirmed':
    case 'sending':
    case 'verified':
      return 'repairing'
    case 'absent':
    case 'unclear':
    case 'refused':
    case 'stale':
    case 'expired':
      return 'open'
    case 'previewed':
      return null
    default:
      return to satisfies never
  }
}

/**
 * One move of an intent, with its audit entry and its line in the incident's timeline, in one transaction. Returns the
 * moved intent; null when somebody else moved it first or another live replay holds the target: then nothing happened.
 */
export function moveIntent(parts: ReplayParts, intent: Intent, move: Move): Intent | null {
  const moved = parts.store.transaction((tx) => moveWithin(tx, parts, intent, move))
  if (moved !== null) parts.changed()
  return moved
}

/** The same in a transaction that holds more than this one move. */
export function moveWithin(tx: Tx, parts: ReplayParts, intent: Intent, move: Move): Intent | null {
  const { store, clock } = parts
  if (!mayBeMoved(intent.state, move.to, move.who)) {
    throw new Error(`${move.who} may not move a replay from ${intent.state} to ${move.to}`)
  }
  const at = clock.now()
  if (!store.intents.move(tx, intent.id, { from: intent.state, at, ...move })) return null
  noteMove(tx, parts, intent, move, at)
  return store.intents.get(intent.id)
}

/** After a move that did not happen: somebody else moved it first, and what they made of it holds. */
export function asItIs(parts: ReplayParts, intent: Intent): Intent {
  return parts.store.intents.get(intent.id) ?? intent
}

function noteMove(tx: Tx, { store }: ReplayParts, intent: Intent, move: Move, at: number): void {
  appendAudit(tx, store, {
    at,
    who: move.who,
    what: `replay ${move.to}`,
    subject: `intent ${intent.id}`,
    before: { state: intent.state },
    after: { state: move.to, target: intent.target, targetId: move.targetId ?? null, previewHash: intent.previewHash },
    why: move.reason ?? move.says,
    trace: intent.key,
  })
  const incident = store.incidents.get(intent.incident)
  if (incident === null) return
  const state = incidentStateFor(move.to)
  const says = `${move.to}: ${move.says}`
  const quiet = incident.state === 'resolved' || incident.state === 'ignored'
  // a preview that ran out unused changes nothing about the incident
  const unused = intent.state === 'previewed' && move.to !== 'confirmed'
  if (state === null || quiet || unused || incident.state === state) {
    store.incidents.note(tx, incident.id, { at, what: 'replay', who: move.who, says })
  } else {
    store.incidents.move(tx, incident.id, { state, until: null, who: move.who, says, at })
  }
}
