/** Incidents: one row per (pair, rule, subject), reopened in place, with what happened to each. */
import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import {
  type Cause,
  type Closing,
  type Finding,
  type Incident,
  type IncidentState,
  type Severity,
  type Subject,
  evidenceSchema,
  incidentSchema,
} from '../../domain/incident.ts'
import { figuresOf } from '../../domain/decision.ts'
import type { FaultClass } from '../../domain/fault.ts'
import type { Instant } from '../../domain/time.ts'
import type { Tx } from './database.ts'
import { type IncidentFilter, filtered, parameters } from './incident-filter.ts'
import { incidentPast } from './incident-past.ts'
import { fromJson, toJson } from './rows.ts'

/** An incident with what only roll-ups need. */
export interface IncidentRecord extends Incident {
  readonly market: string | null
  readonly dueAt: Instant | null
  readonly snoozedUntil: Instant | null
  /** A person's or a role's id; null only until the same transaction has given it one. */
  readonly owner: string | null
  readonly ownedBy: 'rule' | 'person'
  readonly slaDueAt: Instant | null
}

export interface IncidentEvent {
  readonly at: Instant
  readonly what: string
  readonly who: string
  readonly says: string
}

export interface IncidentRow {
  id: string
  pair: string
  rule: string
  subject_kind: Subject['kind']
  subject_connection: string
  subject_key: string
  severity: Severity
  state: IncidentState
  amount_minor: number | null
  amount_currency: string | null
  cause: Cause | null
  market: string | null
  says: string
  evidence_json: string
  due_at: number | null
  opened_at: number
  seen_at: number
  resolved_at: number | null
  resolved_by: string | null
  closed_as: Closing | null
  reopened_count: number
  parent: string | null
  snoozed_until: number | null
  owner: string | null
  owned_by: 'rule' | 'person'
  sla_due_at: number | null
  accepted: string | null
  fault_class: FaultClass | null
}

const evidenceJson = z.array(evidenceSchema)

export function incidentStore(db: Database) {
  const one = db.prepare<[string], IncidentRow>(`SELECT * FROM incident WHERE id = ?`)
  const bySubject = db.prepare<[string, string, string, string, string], IncidentRow>(`
    SELECT * FROM incident
    WHERE pair = ? AND rule = ? AND subject_kind = ? AND subject_connection = ? AND subject_key = ?`)
  const ofSubject = db.prepare<[string, string, string, string], IncidentRow>(`
    SELECT * FROM incident
    WHERE pair = ? AND subject_kind = ? AND subject_connection = ? AND subject_key = ? AND state != 'resolved'`)
  const insert = db.prepare(`
    INSERT INTO incident (
      id, pair, rule, subject_kind, subject_connection, subject_key, severity, state, amount_minor, amount_currency,
      cause, market, says, evidence_json, due_at, opened_at, seen_at, said_from, parent, fault_class)
    VALUES (
      @id, @pair, @rule, @subjectKind, @subjectConnection, @subjectKey, @severity, 'open', @amountMinor, @amountCurrency,
      @cause, @market, @says, @evidenceJson, @dueAt, @at, @at, @at, @parent, @faultClass)`)
  const refresh = db.prepare(`
    UPDATE incident SET
      severity = COALESCE(severity_override, @severity), amount_minor = @amountMinor, amount_currency = @amountCurrency, cause = @cause,
      market = @market, says = @says, evidence_json = @evidenceJson, due_at = @dueAt, seen_at = @at, parent = @parent,
      -- another class is another owner and deadline
      duty_severity = iif(fault_class IS @faultClass, duty_severity, NULL), fault_class = @faultClass
    WHERE id = @id`)
  const reopen = db.prepare(`
    UPDATE incident SET
      state = 'open', opened_at = @at, resolved_at = NULL, resolved_by = NULL, closed_as = NULL, snoozed_until = NULL,
      reopened_count = reopened_count + @isBack, duty_severity = NULL, escalated_at = NULL, released_at = NULL, severity_override = NULL, accepted = NULL
    WHERE id = @id`)
  const resolve = db.prepare(`
    UPDATE incident SET state = 'resolved', resolved_at = @at, resolved_by = @by, closed_as = @as, snoozed_until = NULL WHERE id = @id`)
  const rank = db.prepare(`UPDATE incident SET severity = COALESCE(severity_override, @severity) WHERE id = @id`)
  const move = db.prepare(`UPDATE incident SET state = @state, snoozed_until = @until WHERE id = @id`)
  const addEvent = db.prepare(`
    INSERT INTO incident_event (incident, at, what, who, says) VALUES (@incident, @at, @what, @who, @says)`)
  const events = db.prepare<[string], IncidentEvent>(`
    SELECT at, what, who, says FROM incident_event WHERE incident = ? ORDER BY at DESC, rowid DESC LIMIT 200`)
  const list = db.prepare<[Record<string, unknown>], IncidentRow>(`
    SELECT * FROM incident ${filtered}
    ORDER BY
      CASE severity WHEN 'critical' THEN 0 WHEN 'high' THEN 1 WHEN 'medium' THEN 2 ELSE 3 END,
      opened_at DESC, id
    LIMIT @limit OFFSET @offset`)
  const count = db.prepare<[Record<string, unknown>], { total: number }>(`SELECT COUNT(*) AS total FROM incident ${filtered}`)
  const byState = db.prepare<[], { state: IncidentState; total: number }>(`
    SELECT state, COUNT(*) AS total FROM incident GROUP BY state`)
  const byRule = db.prepare<[], { rule: string; total: number }>(`
    SELECT rule, COUNT(*) AS total FROM incident WHERE state != 'resolved' GROUP BY rule ORDER BY rule`)
  const live = db.prepare<[string], IncidentRow>(`
    SELECT * FROM incident WHERE state != 'resolved' AND rule = ? ORDER BY opened_at LIMIT 100000`)
  const everyLive = db.prepare<[number], IncidentRow>(`
    SELECT * FROM incident WHERE state != 'resolved' ORDER BY rule, subject_key LIMIT ?`)
  const sums = db.prepare<
    [Record<string, unknown>],
    { pair: string; currency: string | null; cause: Cause | null; market: string | null; minor: number | null; total: number; oldest: number | null }
  >(`
    SELECT pair, amount_currency AS currency, cause, market, SUM(amount_minor) AS minor, COUNT(*) AS total,
      MIN(COALESCE(due_at, opened_at)) AS oldest
    FROM incident
    WHERE state IN ('open', 'acknowledged', 'repairing', 'snoozed')
      AND rule IN (SELECT value FROM json_each(@rules)) AND (@pair IS NULL OR pair = @pair)
    GROUP BY pair, amount_currency, cause, market`)
  const oldest = db.prepare<[Record<string, unknown>], IncidentRow>(`
    SELECT * FROM incident
    WHERE state IN ('open', 'acknowledged', 'repairing', 'snoozed')
      AND rule IN (SELECT value FROM json_each(@rules)) AND (@pair IS NULL OR pair = @pair)
    ORDER BY COALESCE(due_at, opened_at), id LIMIT @limit`)
  const bySeverity = db.prepare<[], { severity: Severity; total: number }>(`
    SELECT severity, COUNT(*) AS total FROM incident
    WHERE state IN ('open', 'acknowledged', 'repairing') GROUP BY severity`)
  const wake = db.prepare<[Instant], IncidentRow>(`
    SELECT * FROM incident WHERE state = 'snoozed' AND snoozed_until <= ?`)

  const { changing } = incidentPast(db)

  function event(incident: string, at: Instant, what: string, who: string, says: string): void {
    addEvent.run({ incident, at, what, who, says })
  }

  return {
    get(id: string): IncidentRecord | null {
      const row = one.get(id)
      return row === undefined ? null : toIncident(row)
    },
    /** The incident of a rule about a subject, whatever its state. */
    find(pair: string | null, rule: string, subject: Subject): IncidentRecord | null {
      const row = bySubject.get(pair ?? '', rule, subject.kind, subject.connection, subject.key)
      return row === undefined ? null : toIncident(row)
    },
    /** All that is not resolved about a subject. */
    liveOf: (pair: string | null, subject: Subject): readonly IncidentRecord[] =>
      ofSubject.all(pair ?? '', subject.kind, subject.connection, subject.key).map(toIncident),
    /**
     * A finding speaks: a new incident, a resolved one reopened in place, or one that is still there. An ignored or
     * snoozed one stays so; its figures follow.
     */
    apply(
      _tx: Tx,
      pair: string | null,
      finding: Finding,
      more: { id: string; market: string | null; dueAt: Instant | null; parent: string | null; at: Instant; faultClass?: FaultClass | null },
    ): { readonly id: string; readonly change: 'opened' | 'reopened' | 'seen' } {
      const { subject } = finding
      const known = bySubject.get(pair ?? '', finding.rule, subject.kind, subject.connection, subject.key)
      const row = {
        severity: finding.severity,
        amountMinor: finding.amount?.minor ?? null,
        amountCurrency: finding.amount?.currency ?? null,
        cause: finding.cause,
        market: more.market,
        says: finding.says,
        evidenceJson: toJson(evidenceJson, [...finding.evidence]),
        dueAt: more.dueAt,
        at: more.at,
        parent: more.parent,
        faultClass: more.faultClass ?? null,
      }
      if (known === undefined) {
        insert.run({
          ...row,
          id: more.id,
          pair: pair ?? '',
          rule: finding.rule,
          subjectKind: subject.kind,
          subjectConnection: subject.connection,
          subjectKey: subject.key,
        })
        event(more.id, more.at, 'opened', 'Plumbline', finding.says)
        return { id: more.id, change: 'opened' }
      }
      const outgrown = known.state === 'ignored' && known.accepted !== null && known.accepted !== figuresOf(finding)
      const stays = known.state !== 'resolved' && !outgrown
      // what nobody looked at any more was never mended: it has not come back, it is met anew
      const isBack = known.state !== 'resolved' || known.closed_as === 'evidence'
      changing(known.id, more.at, () => {
        // a person's weight ends with what it was about: the figures come after that
        if (!stays) reopen.run({ id: known.id, at: more.at, isBack: isBack ? 1 : 0 })
        refresh.run({ ...row, id: known.id })
      })
      if (stays) return { id: known.id, change: 'seen' }
      const change = isBack ? 'reopened' : 'opened'
      event(known.id, more.at, change, 'Plumbline', finding.says)
      return { id: known.id, change }
    },
    /** Closed by evidence, which `by` names; or for another reason, which it says. */
    resolve(_tx: Tx, id: string, by: string, at: Instant, { as, who }: { readonly as: Closing; readonly who: string } = { as: 'evidence', who: 'Plumbline' }): void {
      changing(id, at, () => void resolve.run({ id, by, at, as }))
      event(id, at, 'resolved', who, by)
    },
    /** Its rule weighs otherwise now: what a person has said of this one incident stays. */
    rank(_tx: Tx, id: string, severity: Severity, at: Instant): void {
      changing(id, at, () => void rank.run({ id, severity }))
    },
    /** A person's or a replay's move; `until` only with `snoozed`. */
    move(
      _tx: Tx,
      id: string,
      to: { state: IncidentState; until: Instant | null; who: string; says: string; at: Instant },
    ): void {
      changing(id, to.at, () => void move.run({ id, state: to.state, until: to.until }))
      event(id, to.at, to.state, to.who, to.says)
    },
    /** Anything worth a line in the timeline that moves no state. */
    note(_tx: Tx, id: string, entry: IncidentEvent): void {
      event(id, entry.at, entry.what, entry.who, entry.says)
    },
    timeline: (id: string): readonly IncidentEvent[] => events.all(id),
    list: (filter: IncidentFilter, limit: number, offset: number): readonly IncidentRecord[] =>
      list.all({ ...parameters(filter), limit, offset }).map(toIncident),
    count: (filter: IncidentFilter): number => count.get(parameters(filter))?.total ?? 0,
    countsByState: (): Partial<Record<IncidentState, number>> =>
      Object.fromEntries(byState.all().map((row) => [row.state, row.total])),
    countsByRule: (): readonly { rule: string; count: number }[] =>
      byRule.all().map((row) => ({ rule: row.rule, count: row.total })),
    /** Not resolved, oldest first, bounded. */
    liveOfRule: (rule: string): readonly IncidentRecord[] => live.all(rule).map(toIncident),
    live: (limit: number): readonly IncidentRecord[] => everyLive.all(limit).map(toIncident),
    /** Open money of some rules, by pair, currency, cause and market. Ignored incidents do not count. */
    sums: (rules: readonly string[], pair: string | null) =>
      sums.all({ rules: JSON.stringify(rules), pair }).map((row) => ({
        pair: row.pair,
        currency: row.currency,
        cause: row.cause,
        market: row.market,
        minor: row.minor ?? 0,
        count: row.total,
        oldestAt: row.oldest,
      })),
    /** Those that `sums` adds up, the ones that wait longest first. */
    oldest: (rules: readonly string[], pair: string | null, limit: number): readonly IncidentRecord[] =>
      oldest.all({ rules: JSON.stringify(rules), pair, limit }).map(toIncident),
    /** How many ask for something now: not resolved, and not put aside. */
    countsBySeverity: (): Partial<Record<Severity, number>> =>
      Object.fromEntries(bySeverity.all().map((row) => [row.severity, row.total])),
    /** Snoozed ones whose time has come. */
    awake: (now: Instant): readonly IncidentRecord[] => wake.all(now).map(toIncident),
  }
}

function toIncident(row: IncidentRow): IncidentRecord {
  const incident = incidentSchema.parse({
    id: row.id,
    pair: row.pair === '' ? null : row.pair,
    rule: row.rule,
    subject: { kind: row.subject_kind, connection: row.subject_connection, key: row.subject_key },
    severity: row.severity,
    state: row.state,
    amount:
      row.amount_minor === null || row.amount_currency === null ? null : { minor: row.amount_minor, currency: row.amount_currency },
    cause: row.cause,
    says: row.says,
    evidence: fromJson(evidenceJson, row.evidence_json),
    openedAt: row.opened_at,
    seenAt: row.seen_at,
    resolvedAt: row.resolved_at,
    resolvedBy: row.resolved_by,
    closedAs: row.closed_as,
    reopenedCount: row.reopened_count,
    parent: row.parent,
  })
  const { market, owner, owned_by: ownedBy, sla_due_at: slaDueAt } = row
  return { ...incident, market, dueAt: row.due_at, snoozedUntil: row.snoozed_until, owner, ownedBy, slaDueAt }
}
