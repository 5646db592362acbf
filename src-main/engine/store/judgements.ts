/** What could not be judged and what is out of scope: counted and shown, never dropped silently (DESIGN §3, §5). */
import type { Database } from 'better-sqlite3'
import type { NotJudged, Subject } from '../../domain/incident.ts'
import type { Instant } from '../../domain/time.ts'
import type { Stretch } from './claims.ts'
import type { Tx } from './database.ts'

interface NotJudgedRow {
  pair: string
  rule: string
  subject_kind: Subject['kind']
  subject_connection: string
  subject_key: string
  why: string
  until: number | null
}

/** A stretch of subjects of one kind, by their keys. */
const within = `pair = @pair AND subject_kind = @kind AND subject_connection = @connection
  AND subject_key > @after AND subject_key <= @through`

export function judgementStore(db: Database) {
  const put = db.prepare(`
    INSERT OR REPLACE INTO not_judged (pair, rule, subject_kind, subject_connection, subject_key, why, until)
    VALUES (@pair, @rule, @subjectKind, @subjectConnection, @subjectKey, @why, @until)`)
  const clear = db.prepare(`
    DELETE FROM not_judged WHERE pair = ? AND subject_kind = ? AND subject_connection = ? AND subject_key = ?`)
  // an open end means: judged again when its records change
  const due = db.prepare<[string, Instant, number], NotJudgedRow>(`
    SELECT * FROM not_judged WHERE pair = ? AND until <= ? ORDER BY until LIMIT ?`)
  const whyNot = db.prepare<[string, string, string, string], { rule: string; why: string; until: number | null }>(`
    SELECT rule, why, until FROM not_judged WHERE pair = ? AND subject_kind = ? AND subject_connection = ? AND subject_key = ?`)
  const overdue = `(until IS NULL OR until <= @dueBefore) AND (@pair IS NULL OR pair = @pair)`
  const grouped = db.prepare<[Record<string, unknown>], { rule: string; why: string; total: number }>(`
    SELECT rule, why, COUNT(*) AS total FROM not_judged WHERE ${overdue} GROUP BY rule, why ORDER BY total DESC, rule`)
  const subjects = db.prepare<[Record<string, unknown>], { subject_key: string }>(`
    SELECT subject_key FROM not_judged
    WHERE ${overdue} AND rule = @rule AND why = @why ORDER BY subject_key LIMIT @limit`)
  const waiting = db.prepare<[string, string], { subject_key: string }>(`
    SELECT subject_key FROM not_judged WHERE pair = ? AND rule = ?`)
  const putOut = db.prepare(`
    INSERT OR REPLACE INTO out_of_scope (pair, subject_kind, subject_connection, subject_key, why)
    VALUES (@pair, @subjectKind, @subjectConnection, @subjectKey, @why)`)
  const clearOut = db.prepare(`
    DELETE FROM out_of_scope WHERE pair = ? AND subject_kind = ? AND subject_connection = ? AND subject_key = ?`)
  const out = db.prepare<[Record<string, unknown>], { why: string; total: number }>(`
    SELECT why, COUNT(*) AS total FROM out_of_scope WHERE @pair IS NULL OR pair = @pair
    GROUP BY why ORDER BY total DESC, why`)

  const dropPart = db.prepare(`DELETE FROM incident_part WHERE pair = ? AND rule = ? AND subject_key = ?`)
  const standing = db.prepare<[Record<string, unknown>], { key: string }>(
    [`not_judged WHERE ${within}`, `out_of_scope WHERE ${within}`, `incident WHERE ${within} AND state != 'resolved'`]
      .map((where) => `SELECT subject_key AS key FROM ${where}`)
      .concat(`SELECT subject_key FROM incident_part WHERE pair = @pair AND subject_key > @after AND subject_key <= @through`)
      .concat(`SELECT number FROM stock_waiting WHERE pair = @pair AND number > @after AND number <= @through`)
      .join(' UNION '),
  )
  const putPart = db.prepare(`
    INSERT OR REPLACE INTO incident_part (pair, rule, whole, subject_key, minor, currency)
    VALUES (@pair, @rule, @whole, @key, @minor, @currency)`)
  const part = db.prepare<[string, string, string], { whole: string; minor: number; currency: string }>(`
    SELECT whole, minor, currency FROM incident_part WHERE pair = ? AND rule = ? AND subject_key = ?`)
  const parts = db.prepare<[string, string, number], { subject_key: string }>(`
    SELECT subject_key FROM incident_part WHERE pair = ? AND rule = ? ORDER BY subject_key LIMIT ?`)
  const whole = db.prepare<[string, string, string], { currency: string; minor: number; total: number }>(`
    SELECT currency, SUM(minor) AS minor, COUNT(*) AS total FROM incident_part
    WHERE pair = ? AND rule = ? AND whole = ? GROUP BY currency`)

  return {
    /** The whole that a subject is a small part of, for a rule; null when it is in none. */
    partOf: (pair: string, rule: string, key: string): string | null => part.get(pair, rule, key)?.whole ?? null,
    /** The part itself, in minor units; null when the subject is in no whole. */
    partIn: (pair: string, rule: string, key: string): { readonly minor: number; readonly currency: string } | null => part.get(pair, rule, key) ?? null,
    parts: (pair: string, rule: string, limit: number): readonly string[] =>
      parts.all(pair, rule, limit).map((row) => row.subject_key),
    savePart(
      _tx: Tx,
      pair: string,
      rule: string,
      key: string,
      now: { whole: string; minor: number; currency: string } | null,
    ): void {
      if (now === null) dropPart.run(pair, rule, key)
      else putPart.run({ pair, rule, key, ...now })
    },
    /** Count and sum of a whole's parts, one row a currency. */
    sumOfParts: (pair: string, rule: string, name: string): readonly { currency: string; minor: number; count: number }[] =>
      whole.all(pair, rule, name).map((row) => ({ currency: row.currency, minor: row.minor, count: row.total })),
    /** Subjects of which anything is said now: an incident, a part of one, units on their way, not judged, out of scope. */
    standing: (pair: string, of: Pick<Subject, 'kind' | 'connection'>, stretch: Stretch): readonly string[] =>
      standing.all({ pair, ...of, ...stretch }).map((row) => row.key),
    /** Replaces all that was said of a subject's not being judged, and of its scope. */
    replace(
      _tx: Tx,
      pair: string,
      subject: Subject,
      now: { notJudged: readonly NotJudged[]; outOfScope: string | null },
    ): void {
      const key = { pair, subjectKind: subject.kind, subjectConnection: subject.connection, subjectKey: subject.key }
      clear.run(pair, subject.kind, subject.connection, subject.key)
      clearOut.run(pair, subject.kind, subject.connection, subject.key)
      for (const one of now.notJudged) put.run({ ...key, rule: one.rule, why: one.why, until: one.until })
      if (now.outOfScope !== null) putOut.run({ ...key, why: now.outOfScope })
    },
    /** One more reason, beside what else was said of the subject; gone with its next judgement. */
    add(_tx: Tx, one: NotJudged): void {
      const { pair, rule, subject, why, until } = one
      put.run({ pair, rule, why, until, subjectKind: subject.kind, subjectConnection: subject.connection, subjectKey: subject.key })
    },
    /** Subjects whose waiting is over now that both sides are covered up to `coveredTo`. */
    due: (pair: string, coveredTo: Instant, limit: number): readonly NotJudged[] =>
      due.all(pair, coveredTo, limit).map((row) => ({
        pair: row.pair,
        rule: row.rule,
        subject: { kind: row.subject_kind, connection: row.subject_connection, key: row.subject_key },
        why: row.why,
        until: row.until,
      })),
    /** Why a subject could not be judged, rule by rule. */
    whyNot: (pair: string, subject: Subject): readonly { rule: string; why: string; until: number | null }[] =>
      whyNot.all(pair, subject.kind, subject.connection, subject.key),
    /** Those that should have been judged by `dueBefore`; what is merely not due yet is left out. */
    notJudged: (pair: string | null, dueBefore: Instant): readonly { rule: string; why: string; count: number }[] =>
      grouped.all({ pair, dueBefore }).map((row) => ({ rule: row.rule, why: row.why, count: row.total })),
    notJudgedSubjects: (
      pair: string | null,
      dueBefore: Instant,
      of: { rule: string; why: string },
      limit: number,
    ): readonly string[] => subjects.all({ pair, dueBefore, ...of, limit }).map((row) => row.subject_key),
    /** Keys of all subjects that a rule could not judge yet, due or not. */
    waitingFor: (pair: string, rule: string): readonly string[] => waiting.all(pair, rule).map((row) => row.subject_key),
    outOfScope: (pair: string | null): readonly { why: string; count: number }[] =>
      out.all({ pair }).map((row) => ({ why: row.why, count: row.total })),
  }
}
