/** Support tickets that name an order, as the last export that named them told it. */
import type { Database } from 'better-sqlite3'
import type { StreamName } from '../../domain/records.ts'
import { type Ticket, orderKeyOf } from '../../domain/ticket.ts'
import type { Instant } from '../../domain/time.ts'
import type { Tx } from './database.ts'

interface TicketRow {
  id: string
  order: string
  openedAt: number
  reason: string | null
  link: string | null
}

export interface TicketReason {
  readonly reason: string | null
  readonly tickets: number
  /** Of them, about an order of which an incident spoke. */
  readonly troubled: number
}

const written = `(ticket.order_number, '#' || ticket.order_number)`

export function ticketStore(db: Database, rowOf: (connection: string, stream: StreamName) => number) {
  const drop = db.prepare(`DELETE FROM ticket WHERE pair = ? AND id = ?`)
  const put = db.prepare(`
    INSERT INTO ticket (pair, id, order_number, opened_at, reason, link, read_at)
    VALUES (@pair, @id, @order, @openedAt, @reason, @link, @readAt)`)
  const of = db.prepare<[string, string, number, number], TicketRow>(`
    SELECT id, order_number AS "order", opened_at AS openedAt, reason, link FROM ticket
    WHERE pair = ? AND order_number = ? AND opened_at <= ? ORDER BY opened_at DESC, id LIMIT ?`)
  const reasons = db.prepare<[Record<string, unknown>], TicketReason>(`
    SELECT reason, COUNT(*) AS tickets, SUM(troubled) AS troubled FROM (
      SELECT ticket.reason AS reason,
        MAX(EXISTS (SELECT 1 FROM incident INDEXED BY incident_by_subject
            WHERE pair = @pair AND subject_kind = 'order' AND subject_connection = @shop AND subject_key IN ${written})
          OR EXISTS (SELECT 1 FROM incident_part WHERE pair = @pair AND subject_key IN ${written})) AS troubled
      FROM ticket WHERE pair = @pair AND opened_at >= @since GROUP BY ticket.id)
    GROUP BY reason ORDER BY tickets DESC, reason`)
  const known = db.prepare<[Record<string, unknown>], { found: number }>(`
    SELECT 1 AS found FROM snapshot_key WHERE stream = @stream AND name = 'number' AND value IN (@order, '#' || @order) LIMIT 1`)
  const readAt = db.prepare<[string], { readAt: number | null }>(`
    SELECT MAX(read_at) AS readAt FROM ticket WHERE pair = ?`)
  const forget = db.prepare(`DELETE FROM ticket WHERE pair = ?`)
  const prune = db.prepare(`
    DELETE FROM ticket WHERE (pair, id, order_number) IN (SELECT pair, id, order_number FROM ticket WHERE opened_at < ? LIMIT ?)`)

  return {
    /** Whatever an earlier export said of the same tickets gives way. Returns how many of them were not known before. */
    put(_tx: Tx, pair: string, tickets: readonly Ticket[], now: Instant): number {
      const ids = [...new Set(tickets.map(({ id }) => id))]
      const fresh = ids.filter((id) => drop.run(pair, id).changes === 0).length
      for (const ticket of tickets) put.run({ ...ticket, pair, readAt: now })
      return fresh
    },
    /** Newest first, of those opened until then. */
    of: (pair: string, number: string, until: Instant, limit: number): readonly Ticket[] => of.all(pair, orderKeyOf(number), until, limit),
    /** The most frequent first; a ticket about several orders counts once. */
    reasons: (pair: string, shop: string, since: Instant): readonly TicketReason[] =>
      reasons.all({ pair, shop, since }),
    /** Whether the shop was seen to have it. */
    isOrder: (shop: string, order: string): boolean => known.get({ stream: rowOf(shop, 'orders'), order }) !== undefined,
    /** When an export was last read; null: none of it is kept. */
    readAt: (pair: string): Instant | null => readAt.get(pair)?.readAt ?? null,
    forget: (_tx: Tx, pair: string): number => forget.run(pair).changes,
    /** At most `limit` rows a call; returns how many. */
    prune: (_tx: Tx, before: Instant, limit: number): number => prune.run(before, limit).changes,
  }
}
