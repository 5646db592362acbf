/**
 * When a file is looked through for damage before it is used. A small one whenever it opens: nobody feels that. A large
 * one, which takes seconds, when it was not closed properly, when damage was met in it, and once a week.
 */
import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import { type Instant, days } from '../../domain/time.ts'
import { fromJson, toJson } from './rows.ts'

/** Looked through at every opening up to this size. */
export const smallBytes = 64 * 1024 * 1024
const trustedFor = days(7)

const keptUnder = 'file-soundness'
const keptSchema = z.object({
  checkedAt: z.int(),
  /** False while it is open, and for ever after somebody died over it. */
  closed: z.boolean(),
})

/** Files in which a statement met damage: they are not called closed properly. */
const damaged = new WeakSet<Database>()

/** Whether the file may be used as it is. The settings that say so are read from it: damage there throws, as damage does. */
export function isTrusted(db: Database, now: Instant, small: number): boolean {
  const bytes = Number(db.pragma('page_count', { simple: true })) * Number(db.pragma('page_size', { simple: true }))
  if (bytes <= small) return false
  const kept = keptIn(db)
  return kept !== null && kept.closed && now >= kept.checkedAt && now - kept.checkedAt < trustedFor
}

/** Before anything else is written; `checkedAt` is null where it was not looked through now. */
export function noteOpened(db: Database, checkedAt: Instant | null): void {
  note(db, { checkedAt: checkedAt ?? keptIn(db)?.checkedAt ?? 0, closed: false })
}

/** The last that is written. */
export function noteClosed(db: Database): void {
  const kept = keptIn(db)
  if (kept !== null && !damaged.has(db)) note(db, { ...kept, closed: true })
}

export function noteDamaged(db: Database): void {
  damaged.add(db)
}

function keptIn(db: Database): z.infer<typeof keptSchema> | null {
  const known = db.prepare<[], { there: number }>(`SELECT 1 AS there FROM sqlite_schema WHERE name = 'setting'`).get()
  if (known === undefined) return null
  const row = db.prepare<[string], { value_json: string }>(`SELECT value_json FROM setting WHERE name = ?`).get(keptUnder)
  return row === undefined ? null : fromJson(keptSchema, row.value_json)
}

function note(db: Database, kept: z.infer<typeof keptSchema>): void {
  db.prepare(`INSERT OR REPLACE INTO setting (name, value_json) VALUES (?, ?)`).run(keptUnder, toJson(keptSchema, kept))
}
