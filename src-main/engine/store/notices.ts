/** What is to be told: kept until somebody says that it was shown. */
import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import { type Severity, causes } from '../../domain/incident.ts'
import { moneySchema } from '../../domain/money.ts'
import { type Notice, noticeSchema } from '../../domain/notice.ts'
import type { Instant } from '../../domain/time.ts'
import type { Tx } from './database.ts'
import { fromJson, toJson } from './rows.ts'

const groupSchema = z.object({
  rule: z.string(),
  count: z.int(),
  sums: z.array(moneySchema),
  /** The first few subjects, by name. */
  keys: z.array(z.string()),
  /** How many there are of each named cause, where that is known of all. */
  causes: z.array(z.object({ cause: z.enum(causes), count: z.int() })).default([]),
})
/** What a notice sums up, so that more of the same can join it while nobody has seen it. */
export type NoticeGroup = z.infer<typeof groupSchema>

interface NoticeRow {
  id: string
  kind: Notice['kind']
  severity: Severity
  title: string
  body: string
  incidents_json: string
  rule: string
  group_json: string
  created_at: number
  shown_at: number | null
}

const incidentsJson = z.array(z.string())

export function noticeStore(db: Database) {
  const insert = db.prepare(`
    INSERT INTO notice (id, kind, severity, title, body, incidents_json, rule, group_json, created_at, held_until)
    VALUES (@id, @kind, @severity, @title, @body, @incidentsJson, @rule, @groupJson, @createdAt, @heldUntil)`)
  const pending = db.prepare<[Instant], NoticeRow>(`
    SELECT * FROM notice WHERE shown_at IS NULL AND (held_until IS NULL OR held_until <= ?) ORDER BY created_at, rowid LIMIT 50`)
  const standing = db.prepare<[string, string], NoticeRow>(`
    SELECT * FROM notice WHERE shown_at IS NULL AND kind = ? AND rule = ? ORDER BY created_at DESC, rowid DESC`)
  const released = db.prepare<[Instant, Instant], { total: number }>(`
    SELECT COUNT(*) AS total FROM notice WHERE shown_at IS NULL AND held_until > ? AND held_until <= ?`)
  const openings = db.prepare<[string, Instant], { total: number }>(`
    SELECT COUNT(*) AS total FROM incident_event WHERE incident = ? AND at > ? AND what IN ('opened', 'reopened')`)
  const lastShown = db.prepare<[string, string], { kind: Notice['kind'] }>(`
    SELECT notice.kind FROM notice, json_each(notice.incidents_json) AS one
    WHERE notice.rule = ? AND notice.shown_at IS NOT NULL AND one.value = ? ORDER BY notice.created_at DESC, notice.rowid DESC LIMIT 1`)
  const reword = db.prepare(`
    UPDATE notice SET severity = @severity, title = @title, body = @body, incidents_json = @incidentsJson, group_json = @groupJson
    WHERE id = @id AND shown_at IS NULL`)
  const remove = db.prepare(`DELETE FROM notice WHERE id = ?`)
  const shown = db.prepare(`UPDATE notice SET shown_at = ? WHERE id = ? AND shown_at IS NULL`)
  const prune = db.prepare(`DELETE FROM notice WHERE shown_at < ?`)

  return {
    /** `heldUntil`: told only from then on; null: at once. */
    add(_tx: Tx, notice: Notice, group: NoticeGroup, heldUntil: Instant | null): void {
      const incidents = toJson(incidentsJson, [...notice.incidents])
      insert.run({ ...notice, incidentsJson: incidents, rule: group.rule, groupJson: toJson(groupSchema, group), heldUntil })
    },
    pending: (now: Instant): readonly Notice[] => pending.all(now).map(toNotice),
    /** How many that were kept back may be told since `from`. */
    released: (from: Instant, now: Instant): number => released.get(from, now)?.total ?? 0,
    /** How often an incident has opened since then. */
    openings: (incident: string, since: Instant): number => openings.get(incident, since)?.total ?? 0,
    /** As what an incident was last shown to anybody; null: never. */
    lastShown: (incident: string, rule: string): Notice['kind'] | null => lastShown.get(rule, incident)?.kind ?? null,
    /** Those of a kind and a rule that nobody has seen yet, newest first. */
    standing: (kind: Notice['kind'], rule: string): readonly { notice: Notice; group: NoticeGroup }[] =>
      standing.all(kind, rule).map((row) => ({ notice: toNotice(row), group: fromJson(groupSchema, row.group_json) })),
    /** Some of what it speaks of is over; it goes on waiting as long as before. */
    reword(_tx: Tx, id: string, { severity, title, body, incidents }: Pick<Notice, 'severity' | 'title' | 'body' | 'incidents'>, group: NoticeGroup): void {
      reword.run({ id, severity, title, body, incidentsJson: toJson(incidentsJson, [...incidents]), groupJson: toJson(groupSchema, group) })
    },
    /** Another one says the same and more, or what it speaks of is over. */
    remove(_tx: Tx, id: string): void {
      remove.run(id)
    },
    shown(_tx: Tx, id: string, at: Instant): void {
      shown.run(at, id)
    },
    prune(_tx: Tx, shownBefore: Instant): void {
      prune.run(shownBefore)
    },
  }
}

function toNotice(row: NoticeRow): Notice {
  return noticeSchema.parse({
    id: row.id,
    kind: row.kind,
    severity: row.severity,
    title: row.title,
    body: row.body,
    incidents: JSON.parse(row.incidents_json),
    createdAt: row.created_at,
    shownAt: row.shown_at,
  })
}
