/** The few facts of live incidents by which their own life is judged: looked at again and again, so without their evidence. */
import type { Database } from 'better-sqlite3'
import type { FaultClass } from '../../domain/fault.ts'
import type { Closing, IncidentState, Severity, Subject } from '../../domain/incident.ts'
import type { Instant } from '../../domain/time.ts'
import type { IncidentRow } from './incidents.ts'

export interface IncidentHead {
  readonly id: string
  readonly pair: string | null
  readonly rule: string
  /** A country; null for what is of no single one. */
  readonly market: string | null
  readonly subject: Subject
  readonly severity: Severity
  readonly state: IncidentState
  readonly openedAt: Instant
  readonly says: string
  readonly parent: string | null
  /** A person's or a role's id. */
  readonly owner: string | null
  readonly slaDueAt: Instant | null
  /** The class of faults that it is about; null for every other incident. */
  readonly faultClass: FaultClass | null
}

type HeadRow = Pick<
  IncidentRow,
  'id' | 'pair' | 'rule' | 'market' | 'subject_kind' | 'subject_connection' | 'subject_key' | 'severity' | 'state' | 'opened_at' | 'says' | 'parent' | 'owner' | 'sla_due_at' | 'fault_class'
>

const columns = `id, pair, rule, market, subject_kind, subject_connection, subject_key, severity, state, opened_at, says, parent, owner, sla_due_at, fault_class`
const live = `state IN ('open', 'acknowledged', 'repairing')`

export function headStore(db: Database) {
  const one = db.prepare<[string], HeadRow>(`SELECT ${columns} FROM incident WHERE id = ? AND ${live}`)
  const worst = db.prepare<[number], HeadRow>(`
    SELECT ${columns} FROM incident WHERE ${live} AND subject_kind != 'incident' AND parent IS NULL
    ORDER BY CASE severity WHEN 'critical' THEN 0 WHEN 'high' THEN 1 WHEN 'medium' THEN 2 ELSE 3 END, opened_at
    LIMIT ?`)
  const about = db.prepare<[number], { id: string; pair: string; connection: string }>(`
    SELECT DISTINCT subject_key AS id, pair, subject_connection AS connection FROM incident WHERE subject_kind = 'incident' AND state != 'resolved' LIMIT ?`)
  const reopened = db.prepare<[string, Instant], { total: number }>(`
    SELECT COUNT(*) AS total FROM incident_event WHERE incident = ? AND what = 'reopened' AND at >= ?`)
  const mended = db.prepare<[Record<string, unknown>], { key: string; resolvedAt: Instant }>(`
    SELECT subject_key AS key, MAX(resolved_at) AS resolvedAt FROM incident
    WHERE state = 'resolved' AND closed_as = 'evidence' AND pair = @pair AND rule IN (SELECT value FROM json_each(@rules)) AND resolved_at >= @since
    GROUP BY subject_key`)

  const closed = db.prepare<[Instant, Closing], { total: number }>(`
    SELECT COUNT(*) AS total FROM incident WHERE state = 'resolved' AND resolved_at >= ? AND closed_as = ?`)

  return {
    /** Null when it asks for nothing: resolved, or put aside by a person. */
    get(id: string): IncidentHead | null {
      const row = one.get(id)
      return row === undefined ? null : toHead(row)
    },
    /** The worst and oldest of what asks for something by itself. */
    worst: (limit: number): readonly IncidentHead[] => worst.all(limit).map(toHead),
    /** How many are over since then, and why. */
    closedSince: (since: Instant, as: Closing): number => closed.get(since, as)?.total ?? 0,
    /** Incidents that other incidents speak of. */
    spokenOf: (limit: number): readonly { id: string; pair: string | null; connection: string }[] =>
      about.all(limit).map((row) => ({ ...row, pair: row.pair === '' ? null : row.pair })),
    /** How often it came back since an instant. */
    reopened: (id: string, since: Instant): number => reopened.get(id, since)?.total ?? 0,
    /** Subjects of these rules of which nothing is said any more since then or later. */
    mended: (pair: string, rules: readonly string[], since: Instant): readonly { readonly key: string; readonly resolvedAt: Instant }[] =>
      mended.all({ pair, rules: JSON.stringify(rules), since }),
  }
}

function toHead(row: HeadRow): IncidentHead {
  return {
    id: row.id,
    pair: row.pair === '' ? null : row.pair,
    rule: row.rule,
    market: row.market,
    subject: { kind: row.subject_kind, connection: row.subject_connection, key: row.subject_key },
    severity: row.severity,
    state: row.state,
    openedAt: row.opened_at,
    says: row.says,
    parent: row.parent,
    owner: row.owner,
    slaDueAt: row.sla_due_at,
    faultClass: row.fault_class,
  }
}
