/** The rows of the audit trail; triggers refuse to change or drop one. What they mean is the audit room's business. */
import type { Database } from 'better-sqlite3'
import type { Instant } from '../../domain/time.ts'
import type { Tx } from './database.ts'

export interface AuditEntry {
  readonly seq: number
  readonly at: Instant
  readonly who: string
  readonly what: string
  readonly subject: string
  /** Canonical JSON: ids and salted hashes, no personal data. */
  readonly before: string
  readonly after: string
  readonly why: string | null
  readonly trace: string | null
  readonly prevHash: string
  readonly hash: string
}

const columns = `seq, at, who, what, subject, before_json AS before, after_json AS after, why, trace,
  prev_hash AS prevHash, hash`

export function auditStore(db: Database) {
  const last = db.prepare<[], AuditEntry>(`SELECT ${columns} FROM audit ORDER BY seq DESC LIMIT 1`)
  const insert = db.prepare(`
    INSERT INTO audit (seq, at, who, what, subject, before_json, after_json, why, trace, prev_hash, hash)
    VALUES (@seq, @at, @who, @what, @subject, @before, @after, @why, @trace, @prevHash, @hash)`)
  const page = db.prepare<[number, number], AuditEntry>(`
    SELECT ${columns} FROM audit WHERE seq < ? ORDER BY seq DESC LIMIT ?`)
  const from = db.prepare<[number, number], AuditEntry>(`
    SELECT ${columns} FROM audit WHERE seq > ? ORDER BY seq LIMIT ?`)
  const about = db.prepare<[string, number], AuditEntry>(`
    SELECT ${columns} FROM audit WHERE subject = ? ORDER BY seq DESC LIMIT ?`)
  const subjects = db.prepare<[string], { subject: string }>(`SELECT DISTINCT subject FROM audit WHERE what = ?`)
  const count = db.prepare<[], { total: number }>(`SELECT COUNT(*) AS total FROM audit`)
  const written = db.prepare<[], { seq: number }>(`SELECT seq FROM sqlite_sequence WHERE name = 'audit'`)

  return {
    last: (): AuditEntry | null => last.get() ?? null,
    append(_tx: Tx, entry: AuditEntry): void {
      insert.run(entry)
    },
    /** Newest first. */
    page: (before: number | null, limit: number): readonly AuditEntry[] =>
      page.all(before ?? Number.MAX_SAFE_INTEGER, limit),
    /** Oldest first, for the verifier. */
    after: (seq: number, limit: number): readonly AuditEntry[] => from.all(seq, limit),
    /** Newest first, about one thing. */
    about: (subject: string, limit: number): readonly AuditEntry[] => about.all(subject, limit),
    /** The highest number ever given, by SQLite's own count: what was cut off the end is above the last row. */
    written: (): number => written.get()?.seq ?? 0,
    /** What something was ever done to. */
    subjectsOf: (what: string): readonly string[] => subjects.all(what).map((row) => row.subject),
    count: (): number => count.get()?.total ?? 0,
  }
}
