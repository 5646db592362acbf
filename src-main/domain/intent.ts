/** A replay on its way (DESIGN §9): its states and the only moves between them, which code and buttons both read. */
import { z } from 'zod'
import { moneySchema } from './money.ts'

export const intentStates = [
  'previewed',
  'confirmed',
  'sending',
  'verified',
  'absent',
  'unclear',
  'refused',
  'stale',
  'expired',
] as const
export type IntentState = (typeof intentStates)[number]

/** Which moves there are, and who makes them. A state that is missing on the right is an end. */
export const intentMoves: Readonly<Record<IntentState, readonly { readonly to: IntentState; readonly by: 'person' | 'engine' }[]>> = {
  previewed: [
    { to: 'confirmed', by: 'person' },
    { to: 'expired', by: 'engine' },
    { to: 'stale', by: 'engine' },
  ],
  confirmed: [
    { to: 'sending', by: 'engine' },
    { to: 'stale', by: 'engine' },
    { to: 'refused', by: 'engine' },
  ],
  sending: [
    { to: 'verified', by: 'engine' },
    { to: 'absent', by: 'engine' },
    { to: 'unclear', by: 'engine' },
    { to: 'refused', by: 'engine' },
  ],
  absent: [
    { to: 'confirmed', by: 'person' },
    { to: 'verified', by: 'engine' },
    { to: 'expired', by: 'person' },
  ],
  unclear: [
    { to: 'verified', by: 'engine' },
    { to: 'absent', by: 'engine' },
    { to: 'expired', by: 'person' },
  ],
  verified: [],
  refused: [],
  stale: [],
  expired: [],
}

/** Live intents: at most one per target, held by a unique index in the store. */
export const liveStates: readonly IntentState[] = ['confirmed', 'sending', 'absent', 'unclear']

export function mayMove(from: IntentState, to: IntentState): boolean {
  return intentMoves[from].some((move) => move.to === to)
}

/** How sure a replay is not to make a duplicate, from best to none. */
export const guarantees = ['native-key', 'natural-upsert', 'probe-then-create', 'unsafe'] as const
export type Guarantee = (typeof guarantees)[number]

export const actionIds = ['order.create', 'invoice.create', 'stock.set', 'status.push'] as const
export type ActionId = (typeof actionIds)[number]

export const intentSchema = z
  .object({
    id: z.string(),
    incident: z.string(),
    pair: z.string(),
    action: z.enum(actionIds),
    /** The connection that is written to. */
    connection: z.string(),
    /** What is written, by natural key: with `connection` and `action` the target that only one live intent may hold. */
    target: z.string(),
    /** Derived from the shop order, so that every installation and the integration agree. */
    key: z.string(),
    state: z.enum(intentStates),
    guarantee: z.enum(guarantees),
    /** Exactly what is sent, as JSON. */
    payload: z.string(),
    /** SHA-256 of the canonical preview; `confirm` must bring the same. */
    previewHash: z.string(),
    amount: moneySchema.nullable(),
    reason: z.string().nullable(),
    /** The last word on it, for a person. */
    says: z.string(),
    /** What the platform calls the thing it made, once known. */
    targetId: z.string().nullable(),
    createdAt: z.int(),
    expiresAt: z.int(),
    movedAt: z.int(),
  })
  .readonly()
export type Intent = z.infer<typeof intentSchema>
