/** What is to be told: kept until somebody says that it was shown. */
import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import type { Severity } from '../../domain/incident.ts'
import { type Notice, noticeSchema } from '../../domain/notice.ts'
import type { Instant } from '../../domain/time.ts'
import type { Tx } from './database.ts'
import { toJson } from './rows.ts'

interface NoticeRow {
  id: string
  kind: Notice['kind']
  severity: Severity
  title: string
  body: string
  incidents_json: string
  created_at: number
  shown_at: number | null
}

const incidentsJson = z.array(z.string())

export function noticeStore(db: Database) {
  const insert = db.prepare(`
    INSERT INTO notice (id, kind, severity, title, body, incidents_json, created_at)
    VALUES (@id, @kind, @severity, @title, @body, @incidentsJson, @createdAt)`)
  const pending = db.prepare<[], NoticeRow>(`
    SELECT * FROM notice WHERE shown_at IS NULL ORDER BY created_at LIMIT 50`)
  const shown = db.prepare(`UPDATE notice SET shown_at = ? WHERE id = ? AND shown_at IS NULL`)
  const prune = db.prepare(`DELETE FROM notice WHERE shown_at < ?`)

  return {
    add(_tx: Tx, notice: Notice): void {
      insert.run({ ...notice, incidentsJson: toJson(incidentsJson, [...notice.incidents]) })
    },
    pending: (): readonly Notice[] =>
      pending.all().map((row) =>
        noticeSchema.parse({
          id: row.id,
          kind: row.kind,
          severity: row.severity,
          title: row.title,
          body: row.body,
          incidents: JSON.parse(row.incidents_json),
          createdAt: row.created_at,
          shownAt: row.shown_at,
        }),
      ),
    shown(_tx: Tx, id: string, at: Instant): void {
      shown.run(at, id)
    },
    prune(_tx: Tx, shownBefore: Instant): void {
      prune.run(shownBefore)
    },
  }
}
