/** Replays on their way: each move is one conditional update, and the live ones are unique per target by an index. */
import type { Database } from 'better-sqlite3'
import {
  type ActionId,
  type Guarantee,
  type Intent,
  type IntentState,
  intentSchema,
  mayMove,
} from '../../domain/intent.ts'
import type { Instant } from '../../domain/time.ts'
import type { Tx } from './database.ts'

interface IntentRow {
  id: string
  incident: string
  pair: string
  action: ActionId
  connection: string
  target: string
  key: string
  state: IntentState
  guarantee: Guarantee
  payload_json: string
  preview_hash: string
  amount_minor: number | null
  amount_currency: string | null
  reason: string | null
  says: string
  target_id: string | null
  created_at: number
  expires_at: number
  moved_at: number
}

/** What at most one live replay may hold. */
type HeldPlace = Pick<Intent, 'connection' | 'action' | 'target' | 'key'>

/** What a move writes beside the state; what is left out stays. */
export interface IntentMove {
  readonly from: IntentState
  readonly to: IntentState
  readonly says: string
  readonly at: Instant
  readonly reason?: string
  readonly targetId?: string | null
}

export function intentStore(db: Database) {
  const insert = db.prepare(`
    INSERT INTO intent (
      id, incident, pair, action, connection, target, key, state, guarantee, payload_json, preview_hash, amount_minor,
      amount_currency, reason, says, target_id, created_at, expires_at, moved_at)
    VALUES (
      @id, @incident, @pair, @action, @connection, @target, @key, @state, @guarantee, @payload, @previewHash, @amountMinor,
      @amountCurrency, @reason, @says, @targetId, @createdAt, @expiresAt, @movedAt)`)
  const move = db.prepare(`
    UPDATE intent SET
      state = @to, says = @says, moved_at = @at, reason = COALESCE(@reason, reason), target_id = COALESCE(@targetId, target_id)
    WHERE id = @id AND state = @from`)
  const one = db.prepare<[string], IntentRow>(`SELECT * FROM intent WHERE id = ?`)
  const ofIncident = db.prepare<[string], IntentRow>(`
    SELECT * FROM intent WHERE incident = ? ORDER BY created_at DESC LIMIT 50`)
  const inState = db.prepare<[IntentState], IntentRow>(`SELECT * FROM intent WHERE state = ? ORDER BY moved_at LIMIT 10000`)
  const holding = db.prepare<[HeldPlace], IntentRow>(`
    SELECT * FROM intent WHERE connection = @connection AND action = @action AND target = @target
      AND state IN ('confirmed', 'sending', 'absent', 'unclear')
    UNION
    SELECT * FROM intent WHERE connection = @connection AND action = @action AND key = @key
      AND state IN ('confirmed', 'sending', 'absent', 'unclear')`)
  const ofKey = db.prepare<[string, string, string], IntentRow>(`
    SELECT * FROM intent WHERE connection = ? AND action = ? AND key = ? ORDER BY created_at DESC LIMIT 1000`)
  const list = db.prepare<[number, number], IntentRow>(`
    SELECT * FROM intent ORDER BY created_at DESC, id LIMIT ? OFFSET ?`)
  const count = db.prepare<[], { total: number }>(`SELECT COUNT(*) AS total FROM intent`)
  const expired = db.prepare<[Instant], IntentRow>(`
    SELECT * FROM intent WHERE state = 'previewed' AND expires_at <= ? LIMIT 1000`)
  const verifiedSince = db.prepare<[Instant], IntentRow>(`
    SELECT * FROM intent WHERE state = 'verified' AND moved_at >= ? ORDER BY moved_at LIMIT 10000`)

  return {
    add(_tx: Tx, intent: Intent): void {
      insert.run({
        ...intent,
        amountMinor: intent.amount?.minor ?? null,
        amountCurrency: intent.amount?.currency ?? null,
      })
    },
    /**
     * One legal move. False when somebody else moved it first, or when another live replay holds the same target: the
     * caller then does nothing. An illegal move is a bug and throws.
     */
    move(_tx: Tx, id: string, to: IntentMove): boolean {
      if (!mayMove(to.from, to.to)) throw new Error(`no move from ${to.from} to ${to.to}`)
      try {
        return (
          move.run({
            id,
            from: to.from,
            to: to.to,
            says: to.says,
            at: to.at,
            reason: to.reason ?? null,
            targetId: to.targetId ?? null,
          }).changes === 1
        )
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'SQLITE_CONSTRAINT_UNIQUE') return false
        throw error
      }
    },
    get(id: string): Intent | null {
      const row = one.get(id)
      return row === undefined ? null : toIntent(row)
    },
    ofIncident: (incident: string): readonly Intent[] => ofIncident.all(incident).map(toIntent),
    inState: (state: IntentState): readonly Intent[] => inState.all(state).map(toIntent),
    /** Live replays that hold the target, by its own name or by the key of what is replayed: at most two. */
    holding: ({ connection, action, target, key }: HeldPlace): readonly Intent[] =>
      holding.all({ connection, action, target, key }).map(toIntent),
    /** Every try of one thing, newest first, whatever incident it was for. */
    ofKey: ({ connection, action, key }: Omit<HeldPlace, 'target'>): readonly Intent[] =>
      ofKey.all(connection, action, key).map(toIntent),
    list: (limit: number, offset: number): readonly Intent[] => list.all(limit, offset).map(toIntent),
    count: (): number => count.get()?.total ?? 0,
    expiredPreviews: (now: Instant): readonly Intent[] => expired.all(now).map(toIntent),
    /** For the watch over keys after a replay. */
    verifiedSince: (at: Instant): readonly Intent[] => verifiedSince.all(at).map(toIntent),
  }
}

function toIntent(row: IntentRow): Intent {
  return intentSchema.parse({
    id: row.id,
    incident: row.incident,
    pair: row.pair,
    action: row.action,
    connection: row.connection,
    target: row.target,
    key: row.key,
    state: row.state,
    guarantee: row.guarantee,
    payload: row.payload_json,
    previewHash: row.preview_hash,
    amount:
      row.amount_minor === null || row.amount_currency === null
        ? null
        : { minor: row.amount_minor, currency: row.amount_currency },
    reason: row.reason,
    says: row.says,
    targetId: row.target_id,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    movedAt: row.moved_at,
  })
}
