/** Incidents that one other explains: a stopped flow and what it holds up (DESIGN §3: one cause, one incident). */
import type { Database } from 'better-sqlite3'
import type { Instant } from '../../domain/time.ts'
import type { Tx } from './database.ts'

export interface Child {
  readonly id: string
  readonly rule: string
}

export function familyStore(db: Database) {
  const adopt = db.prepare(`
    UPDATE incident SET parent = @parent
    WHERE state != 'resolved' AND rule IN (SELECT value FROM json_each(@rules)) AND pair = @pair
      AND due_at >= @from AND parent IS NULL`)
  const strays = db.prepare<[string, Instant], Child>(`
    SELECT id, rule FROM incident WHERE parent = ? AND state != 'resolved' AND (due_at IS NULL OR due_at < ?)`)
  const children = db.prepare<[string], Child>(`SELECT id, rule FROM incident WHERE parent = ? AND state != 'resolved'`)
  const release = db.prepare(`UPDATE incident SET parent = NULL, released_at = @at, duty_severity = NULL WHERE id = @id`)
  const count = db.prepare<[string], { total: number }>(`
    SELECT COUNT(*) AS total FROM incident WHERE parent = ? AND state != 'resolved'`)

  return {
    /** What was due from an instant on and has no parent yet. */
    adopt(_tx: Tx, family: { parent: string; pair: string; rules: readonly string[]; from: Instant }): void {
      adopt.run({ ...family, rules: JSON.stringify(family.rules) })
    },
    /** Live children that were due before an instant: the parent does not explain them any more. */
    strays: (parent: string, from: Instant): readonly Child[] => strays.all(parent, from),
    children: (parent: string): readonly Child[] => children.all(parent),
    /** It speaks for itself from now on, and whoever answers has from now on to react. */
    release(_tx: Tx, id: string, at: Instant): void {
      release.run({ id, at })
    },
    count: (parent: string): number => count.get(parent)?.total ?? 0,
  }
}
