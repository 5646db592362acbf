/** Channels, and each message that goes through one: written down before it is tried, with what became of it. */
import type { Database } from 'better-sqlite3'
import { type Channel, type DeliveryState, type deliveryKinds, channelSchema, channelSettingsSchema } from '../../domain/channel.ts'
import type { Severity } from '../../domain/incident.ts'
import type { Instant } from '../../domain/time.ts'
import type { SecretPlace } from './connections.ts'
import type { Tx } from './database.ts'
import { bit, toJson } from './rows.ts'

interface ChannelRow {
  id: string
  label: string
  settings_json: string
  enabled: number
  secret_ref: string | null
  secret_where: SecretPlace | null
  secret_set_at: number | null
}

export interface Delivery {
  readonly id: string
  readonly channel: string
  readonly kind: (typeof deliveryKinds)[number]
  readonly key: string
  readonly severity: Severity
  readonly title: string
  readonly body: string
  /** What a click leads to; null where it is about many. */
  readonly incident: string | null
  /** E-mail addresses beside the channel's own, with commas between. */
  readonly address: string | null
  readonly state: DeliveryState
  readonly tries: number
  /** When it is tried next; null when it is at its end. */
  readonly nextAt: Instant | null
  /** What went wrong the last time, in words. */
  readonly says: string | null
  readonly createdAt: Instant
  readonly endedAt: Instant | null
}

export type DeliveryDraft = Pick<Delivery, 'kind' | 'key' | 'severity' | 'title' | 'body' | 'incident' | 'address'>

const columns = `id, channel, kind, key, severity, title, body, incident, address, state, tries, next_at AS nextAt, says,
  created_at AS createdAt, ended_at AS endedAt`

export function channelStore(db: Database) {
  const all = db.prepare<[], ChannelRow>(`SELECT * FROM channel ORDER BY created_at, id`)
  const one = db.prepare<[string], ChannelRow>(`SELECT * FROM channel WHERE id = ?`)
  const put = db.prepare(`
    INSERT INTO channel (id, kind, label, settings_json, enabled, secret_ref, created_at)
    VALUES (@id, @kind, @label, @settingsJson, @enabled, @secretRef, @at)
    ON CONFLICT (id) DO UPDATE SET
      label = excluded.label, settings_json = excluded.settings_json, enabled = excluded.enabled, secret_ref = excluded.secret_ref`)
  const secret = db.prepare(`UPDATE channel SET secret_where = ?, secret_set_at = ? WHERE id = ?`)
  const remove = db.prepare(`DELETE FROM channel WHERE id = ?`)
  return {
    list: (): readonly Channel[] => all.all().map(toChannel),
    get(id: string): Channel | null {
      const row = one.get(id)
      return row === undefined ? null : toChannel(row)
    },
    save(_tx: Tx, channel: Channel, at: Instant): void {
      const { settings, enabled, ...rest } = channel
      put.run({ ...rest, kind: settings.kind, settingsJson: toJson(channelSettingsSchema, settings), enabled: bit(enabled), at })
    },
    noteSecret(_tx: Tx, id: string, where: SecretPlace, at: Instant): void {
      secret.run(where, at, id)
    },
    secretOf(id: string): { where: SecretPlace | null; setAt: Instant | null } {
      const row = one.get(id)
      return { where: row?.secret_where ?? null, setAt: row?.secret_set_at ?? null }
    },
    /** Its log goes with it. */
    remove(_tx: Tx, id: string): void {
      remove.run(id)
    },
  }
}

function toChannel(row: ChannelRow): Channel {
  const { id, label, secret_ref: secretRef } = row
  return channelSchema.parse({ id, label, enabled: row.enabled === 1, settings: JSON.parse(row.settings_json), secretRef })
}

export function deliveryStore(db: Database) {
  const insert = db.prepare(`
    INSERT OR IGNORE INTO delivery (id, channel, kind, key, severity, title, body, incident, address, state, next_at, created_at)
    VALUES (@id, @channel, @kind, @key, @severity, @title, @body, @incident, @address, 'waiting', @nextAt, @at)`)
  const due = db.prepare<[Instant, number], Delivery>(`
    SELECT ${columns} FROM delivery WHERE state = 'waiting' AND next_at <= ? ORDER BY next_at, created_at, id LIMIT ?`)
  const one = db.prepare<[string], Delivery>(`SELECT ${columns} FROM delivery WHERE id = ?`)
  const page = db.prepare<[number, number], Delivery>(`
    SELECT ${columns} FROM delivery ORDER BY created_at DESC, id DESC LIMIT ? OFFSET ?`)
  const known = db.prepare<[string, string], { id: string }>(`SELECT id FROM delivery WHERE channel = ? AND key = ?`)
  const count = db.prepare<[], { total: number }>(`SELECT COUNT(*) AS total FROM delivery`)
  const trying = db.prepare(`UPDATE delivery SET tries = tries + 1, next_at = @nextAt WHERE id = @id`)
  const end = db.prepare(`UPDATE delivery SET state = @state, says = @says, next_at = @nextAt, ended_at = @endedAt WHERE id = @id`)
  const again = db.prepare(`UPDATE delivery SET state = 'waiting', tries = 0, next_at = @at, ended_at = NULL WHERE id = @id AND state = 'failed'`)
  const hurry = db.prepare(`UPDATE delivery SET next_at = @at WHERE channel = @channel AND state = 'waiting' AND tries > 0`)
  const prune = db.prepare(`DELETE FROM delivery WHERE created_at < ? AND state != 'waiting'`)
  const unheard = db.prepare<[Instant, number], { id: string }>(`
    SELECT id FROM incident
    WHERE state = 'open' AND escalated_at IS NULL AND parent IS NULL AND react_due_at <= ? ORDER BY react_due_at LIMIT ?`)
  const escalatedAt = db.prepare<[string, Instant], { id: string }>(`
    SELECT id FROM incident WHERE state = 'open' AND rule = ? AND escalated_at = ? ORDER BY react_due_at, id`)
  const escalated = db.prepare(`UPDATE incident SET escalated_at = @at WHERE id = @id`)

  return {
    /** The same key is never put there twice for one channel. */
    add(_tx: Tx, channel: string, draft: DeliveryDraft, more: { id: string; at: Instant; nextAt: Instant }): void {
      insert.run({ ...draft, channel, ...more })
    },
    get: (id: string): Delivery | null => one.get(id) ?? null,
    has: (channel: string, key: string): boolean => known.get(channel, key) !== undefined,
    due: (now: Instant, limit: number): readonly Delivery[] => due.all(now, limit),
    /** Newest first. */
    page: (limit: number, offset: number): readonly Delivery[] => page.all(limit, offset),
    count: (): number => count.get()?.total ?? 0,
    /** Before a byte leaves: who dies meanwhile tries again only then. */
    trying(_tx: Tx, id: string, nextAt: Instant): void {
      trying.run({ id, nextAt })
    },
    /** `nextAt` only where it goes on waiting. */
    note(_tx: Tx, id: string, to: { state: DeliveryState; says: string | null; nextAt: Instant | null; endedAt: Instant | null }): void {
      end.run({ id, ...to })
    },
    again(_tx: Tx, id: string, at: Instant): void {
      again.run({ id, at })
    },
    /** Its settings are others now: what waits is tried at once. */
    hurry(_tx: Tx, channel: string, at: Instant): void {
      hurry.run({ channel, at })
    },
    prune(_tx: Tx, before: Instant): void {
      prune.run(before)
    },
    /** Open incidents to which nobody has reacted in time, and that no other one explains. */
    unheard: (now: Instant, limit: number): readonly string[] => unheard.all(now, limit).map((row) => row.id),
    /** Those of a rule that were told in that instant, and are open all the same. */
    escalatedAt: (rule: string, at: Instant): readonly string[] => escalatedAt.all(rule, at).map((row) => row.id),
    escalated(_tx: Tx, incident: string, at: Instant): void {
      escalated.run({ id: incident, at })
    },
  }
}
