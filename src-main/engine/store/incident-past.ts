/** What incidents said before: each change of one leaves what it said until then, for whoever asks how it stood at a moment. */
import type { Database } from 'better-sqlite3'
import type { Cause, IncidentState, Severity, Subject } from '../../domain/incident.ts'
import type { Money } from '../../domain/money.ts'
import type { Instant } from '../../domain/time.ts'
import type { Tx } from './database.ts'

/** An incident as it stood at a moment, without what is not kept of then: its evidence, its owner, its deadline. */
export interface IncidentThen {
  readonly id: string
  readonly pair: string | null
  readonly rule: string
  readonly subject: Subject
  readonly state: IncidentState
  readonly severity: Severity
  readonly amount: Money | null
  readonly cause: Cause | null
  readonly market: string | null
  readonly says: string
  readonly dueAt: Instant | null
  readonly openedAt: Instant
}

interface PastRow {
  id: string
  pair: string
  rule: string
  subject_kind: Subject['kind']
  subject_connection: string
  subject_key: string
  state: IncidentState
  severity: Severity
  amount_minor: number | null
  amount_currency: string | null
  cause: Cause | null
  market: string | null
  says: string
  due_at: number | null
  opened_at: number
}

const figures = `state, severity, amount_minor, amount_currency, cause, market, says, due_at, opened_at`
const told = (of: string): string =>
  `incident.id, incident.pair, incident.rule, incident.subject_kind, incident.subject_connection, incident.subject_key, ${figures
    .split(', ')
    .map((column) => `${of}.${column}`)
    .join(', ')}`

/** More than this are never open at once; a bound, not a page. */
const openMax = 100_000

/** What asks for something, an ignored one left out. */
export const countedStates: readonly IncidentState[] = ['open', 'acknowledged', 'repairing', 'snoozed']

export function incidentPast(db: Database) {
  const face = db.prepare<[string], Record<string, unknown> & { said_from: number }>(`SELECT ${figures}, said_from FROM incident WHERE id = ?`)
  const leave = db.prepare(`
    INSERT OR REPLACE INTO incident_past (incident, said_from, said_to, ${figures})
    VALUES (@id, @said_from, @at, ${figures.split(', ').map((column) => `@${column}`).join(', ')})`)
  const from = db.prepare(`UPDATE incident SET said_from = ? WHERE id = ?`)
  return {
    /** Runs a change of one incident, and leaves what it said until then where the change changed that. */
    changing(id: string, at: Instant, change: () => void): void {
      const before = face.get(id)
      change()
      const now = face.get(id)
      if (before === undefined || now === undefined || JSON.stringify(before) === JSON.stringify(now)) return
      // what was said for no time at all (judged twice at once, a clock set back) was never told to anybody
      if (at <= before.said_from) return
      leave.run({ ...before, id, at })
      from.run(at, id)
    },
  }
}

/** Reads what `incidentPast` left. */
export function incidentsThen(db: Database) {
  // what said something else since: a few, however many incidents there are
  const changed = db.prepare<[Record<string, unknown>], PastRow>(`
    SELECT ${told('incident_past')} FROM incident_past INDEXED BY incident_past_by_age JOIN incident ON incident.id = incident_past.incident
    WHERE said_to > @at AND incident_past.said_from <= @at AND incident_past.state IN (SELECT value FROM json_each(@states))
      AND (@rules IS NULL OR rule IN (SELECT value FROM json_each(@rules))) AND (@pair IS NULL OR pair = @pair) LIMIT ${openMax}`)
  const standing = db.prepare<[Record<string, unknown>], PastRow>(`
    SELECT ${told('incident')} FROM incident
    WHERE state IN (SELECT value FROM json_each(@states)) AND said_from <= @at
      AND (@rules IS NULL OR rule IN (SELECT value FROM json_each(@rules))) AND (@pair IS NULL OR pair = @pair) LIMIT ${openMax}`)
  const about = db.prepare<[Record<string, unknown>], PastRow>(`
    SELECT ${told('incident')} FROM incident
    WHERE pair = @pair AND subject_kind = @kind AND subject_connection = @connection AND subject_key = @key AND said_from <= @at`)
  const wasAbout = db.prepare<[Record<string, unknown>], PastRow>(`
    SELECT ${told('incident_past')} FROM incident JOIN incident_past ON incident_past.incident = incident.id
    WHERE pair = @pair AND subject_kind = @kind AND subject_connection = @connection AND subject_key = @key
      AND incident_past.said_to > @at AND incident_past.said_from <= @at`)
  const prune = db.prepare(`
    DELETE FROM incident_past WHERE (incident, said_to) IN (
      SELECT incident, said_to FROM incident_past WHERE said_to < ? ORDER BY said_to LIMIT ?)`)

  return {
    /** In these states at a moment; `rules` null: of every rule. Oldest due first. */
    at(at: Instant, of: { readonly rules: readonly string[] | null; readonly pair: string | null; readonly states: readonly IncidentState[] }): readonly IncidentThen[] {
      const asked = { at, pair: of.pair, states: JSON.stringify(of.states), rules: of.rules === null ? null : JSON.stringify(of.rules) }
      const rows = [...changed.all(asked), ...standing.all(asked)].map(toThen)
      return rows.toSorted((one, other) => (one.dueAt ?? one.openedAt) - (other.dueAt ?? other.openedAt) || (one.id < other.id ? -1 : 1))
    },
    /** All that was ever said of a subject, as it stood then; the latest opened first. */
    about(pair: string, subject: Subject, at: Instant): readonly IncidentThen[] {
      const asked = { pair, ...subject, at }
      const rows = [...about.all(asked), ...wasAbout.all(asked)].map(toThen)
      return rows.toSorted((one, other) => other.openedAt - one.openedAt || (one.id < other.id ? -1 : 1))
    },
    prune: (_tx: Tx, before: Instant, limit: number): number => prune.run(before, limit).changes,
  }
}

function toThen(row: PastRow): IncidentThen {
  const { amount_minor: minor, amount_currency: currency } = row
  return {
    id: row.id,
    pair: row.pair === '' ? null : row.pair,
    rule: row.rule,
    subject: { kind: row.subject_kind, connection: row.subject_connection, key: row.subject_key },
    state: row.state,
    severity: row.severity,
    amount: minor === null || currency === null ? null : { minor, currency },
    cause: row.cause,
    market: row.market,
    says: row.says,
    dueAt: row.due_at,
    openedAt: row.opened_at,
  }
}
