/** People and roles, and whose turn each incident is: its owner, its deadline, what was done to it by hand. */
import type { Database } from 'better-sqlite3'
import { type Calendar, calendarSchema } from '../../domain/calendar.ts'
import type { OverrideKind } from '../../domain/decision.ts'
import type { FaultClass } from '../../domain/fault.ts'
import type { Severity } from '../../domain/incident.ts'
import { type Owner, type Person, type Role, personSchema, roleSchema } from '../../domain/person.ts'
import type { Instant } from '../../domain/time.ts'
import type { Tx } from './database.ts'
import { incidentPast } from './incident-past.ts'
import { fromJson, remembered, toJson } from './rows.ts'

interface OwnerRow {
  id: string
  name: string
  calendar_json: string
}

interface PersonRow extends OwnerRow {
  email: string | null
}

export function peopleStore(db: Database) {
  const people = db.prepare<[], PersonRow>(`SELECT * FROM person ORDER BY name, id`)
  const roles = db.prepare<[], OwnerRow>(`SELECT * FROM role ORDER BY name, id`)
  const members = db.prepare<[string], { person: string }>(`SELECT person FROM role_member WHERE role = ? ORDER BY person`)
  const owner = db.prepare<[string, string], OwnerRow>(`
    SELECT id, name, calendar_json FROM person WHERE id = ?
    UNION ALL SELECT id, name, calendar_json FROM role WHERE id = ? LIMIT 1`)
  const staffed = db.prepare<[string, string], { is: number }>(`
    SELECT EXISTS (SELECT 1 FROM person WHERE id = ?) OR EXISTS (SELECT 1 FROM role_member WHERE role = ?) AS "is"`)
  const putPerson = db.prepare(`
    INSERT INTO person (id, name, email, calendar_json, created_at) VALUES (@id, @name, @email, @calendarJson, @at)
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, email = excluded.email, calendar_json = excluded.calendar_json`)
  const putRole = db.prepare(`
    INSERT INTO role (id, name, calendar_json, created_at) VALUES (@id, @name, @calendarJson, @at)
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, calendar_json = excluded.calendar_json`)
  const dropMembers = db.prepare(`DELETE FROM role_member WHERE role = ?`)
  const addMember = db.prepare(`INSERT OR IGNORE INTO role_member (role, person) VALUES (?, ?)`)
  const dropPerson = db.prepare(`DELETE FROM person WHERE id = ?`)
  const dropRole = db.prepare(`DELETE FROM role WHERE id = ?`)
  const readOwner = remembered((row: OwnerRow) => row.id, (row): Owner => ({ id: row.id, name: row.name, calendar: calendarIn(row) }))
  const readPerson = remembered((row: PersonRow) => row.id, (row): Person => personSchema.parse({ ...row, calendar: JSON.parse(row.calendar_json) }))

  return {
    people: (): readonly Person[] => people.all().map(readPerson),
    roles: (): readonly Role[] =>
      roles.all().map((row) =>
        roleSchema.parse({ ...row, calendar: JSON.parse(row.calendar_json), members: members.all(row.id).map((one) => one.person) }),
      ),
    /** Whoever has this id, a person or a role; null when nobody has it any more. */
    owner(id: string): Owner | null {
      const row = owner.get(id, id)
      return row === undefined ? null : readOwner(row)
    },
    /** Whether a person stands behind this id: themselves, or a role that has at least one. */
    isStaffed: (id: string): boolean => staffed.get(id, id)?.is === 1,
    savePerson(_tx: Tx, person: Person, at: Instant): void {
      putPerson.run({ id: person.id, name: person.name, email: person.email, calendarJson: toJson(calendarSchema, person.calendar), at })
    },
    saveRole(_tx: Tx, role: Role, at: Instant): void {
      putRole.run({ id: role.id, name: role.name, calendarJson: toJson(calendarSchema, role.calendar), at })
      dropMembers.run(role.id)
      for (const member of role.members) addMember.run(role.id, member)
    },
    /** A person or a role; what they own is given to another by the caller. */
    remove(_tx: Tx, id: string): void {
      dropPerson.run(id)
      dropRole.run(id)
    },
  }
}

function calendarIn(row: OwnerRow): Calendar {
  return fromJson(calendarSchema, row.calendar_json)
}

/** An incident whose owner or deadline must be worked out. */
export interface Duty {
  readonly id: string
  /** Null for what belongs to a connection. */
  readonly pair: string | null
  readonly connection: string
  readonly rule: string
  /** A country; null for what is of no single one. */
  readonly market: string | null
  readonly severity: Severity
  readonly openedAt: Instant
  /** Since when it is told by itself: later than it opened where another incident explained it until then. */
  readonly toldAt: Instant
  readonly owner: string | null
  readonly ownedBy: 'rule' | 'person'
  /** The class of faults that it is about; null for every other incident. */
  readonly faultClass: FaultClass | null
}

export interface Override {
  readonly incident: string
  readonly at: Instant
  readonly class: OverrideKind
  readonly who: string
  readonly what: string
  readonly why: string
}

export function dutyStore(db: Database) {
  const { changing } = incidentPast(db)
  const open = db.prepare<[number], Omit<Duty, 'pair'> & { pair: string }>(`
    SELECT id, pair, subject_connection AS connection, rule, market, severity, opened_at AS openedAt, COALESCE(released_at, opened_at) AS toldAt, owner, owned_by AS ownedBy, fault_class AS faultClass
    FROM incident WHERE state != 'resolved' AND duty_severity IS NOT severity LIMIT ?`)
  const settle = db.prepare(`
    UPDATE incident SET owner = @owner, owned_by = @ownedBy, sla_due_at = @dueAt, react_due_at = @reactAt, duty_severity = severity WHERE id = @id`)
  const assign = db.prepare(`UPDATE incident SET owner = @owner, owned_by = @by, duty_severity = NULL WHERE id = @id`)
  const anew = db.prepare(`
    UPDATE incident SET duty_severity = NULL
    WHERE state != 'resolved' AND (@pair IS NULL OR pair = @pair) AND (@owner IS NULL OR owner = @owner)`)
  const leave = db.prepare(`
    UPDATE incident SET owner = NULL, owned_by = 'rule', duty_severity = NULL WHERE state != 'resolved' AND owner = ?`)
  const weigh = db.prepare(`UPDATE incident SET severity = @severity, severity_override = @severity WHERE id = @id`)
  const accept = db.prepare(`UPDATE incident SET accepted = @figures WHERE id = @id`)
  const addOverride = db.prepare(`
    INSERT INTO incident_override (incident, at, class, who, what, why) VALUES (@incident, @at, @class, @who, @what, @why)`)
  const overrides = db.prepare<[Instant, number], Override>(`
    SELECT incident, at, class, who, what, why FROM incident_override WHERE at >= ? ORDER BY at DESC, rowid DESC LIMIT ?`)
  const byOwner = db.prepare<[], { owner: string; total: number }>(`
    SELECT owner, COUNT(*) AS total FROM incident
    WHERE state IN ('open', 'acknowledged', 'repairing') AND owner IS NOT NULL GROUP BY owner`)
  const late = db.prepare<[Instant], { total: number }>(`
    SELECT COUNT(*) AS total FROM incident WHERE state IN ('open', 'acknowledged', 'repairing') AND sla_due_at < ?`)

  return {
    /** Those whose owner and deadline must be worked out, bounded. */
    open: (limit: number): readonly Duty[] => open.all(limit).map((row) => ({ ...row, pair: row.pair === '' ? null : row.pair })),
    settle(_tx: Tx, id: string, to: { owner: string; ownedBy: 'rule' | 'person'; dueAt: Instant | null; reactAt: Instant | null }): void {
      settle.run({ id, ...to })
    },
    /** Null: back to whom the rule names. */
    assign(_tx: Tx, id: string, owner: string | null): void {
      assign.run({ id, owner, by: owner === null ? 'rule' : 'person' })
    },
    /** Rules or hours have changed: owners and deadlines are worked out again. */
    anew(_tx: Tx, of: { pair: string | null; owner: string | null }): void {
      anew.run(of)
    },
    /** Nobody has this id any more: its incidents go back to whom their rules name. */
    leave(_tx: Tx, owner: string): void {
      leave.run(owner)
    },
    weigh(_tx: Tx, id: string, severity: Severity, at: Instant): void {
      changing(id, at, () => void weigh.run({ id, severity }))
    },
    /** `figures` as `figuresOf` writes them; others open the incident again. */
    accept(_tx: Tx, id: string, figures: string | null): void {
      accept.run({ id, figures })
    },
    override(_tx: Tx, entry: Override): void {
      addOverride.run(entry)
    },
    /** Newest first: what people did by hand since then. */
    overridesSince: (at: Instant, limit: number): readonly Override[] => overrides.all(at, limit),
    /** How many of each owner's ask for something now. */
    openByOwner: (): ReadonlyMap<string, number> => new Map(byOwner.all().map((row) => [row.owner, row.total])),
    lateCount: (now: Instant): number => late.get(now)?.total ?? 0,
  }
}
