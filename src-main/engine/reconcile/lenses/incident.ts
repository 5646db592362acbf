/** Gathers an incident as a thing that somebody should see to: whose it is, how long it lasts, how often it came back. */
import { z } from 'zod'
import type { Evidence, Severity, Subject } from '../../../domain/incident.ts'
import { type Pair, settingIn } from '../../../domain/pair.ts'
import { type Instant, days, hours, iso, minutes } from '../../../domain/time.ts'
import type { IncidentHead } from '../../store/heads.ts'
import type { Store } from '../../store/store.ts'
import { faultSettings } from '../fault-policies.ts'
import { evidence } from '../rule.ts'

export interface IncidentSeen {
  readonly subject: Subject
  readonly incident: IncidentHead
  /** What people know it by: an order's number, say. */
  readonly about: string
  /** Whose it is by name, a person's or a role's; null where it is nobody's. */
  readonly owner: string | null
  /** Whether a person answers for it: a role may have lost all of its people. */
  readonly isAnswered: boolean
  /** Whether anybody is named at all: where nobody is, one person sees to everything, and needs no name. */
  readonly namesOwners: boolean
  /** Until when it is to be put right, where somebody has set that for its rule or its class of faults; null where nobody has. */
  readonly agreedUntil: Instant | null
  /** The deadline that people are shown, which counts as well where nobody has set one; null where it is not grave enough for that. */
  readonly until: Instant | null
  /** How often it came back in the last seven days. */
  readonly reopened: number
  /** Its subject lives on when it is mended, as a SKU does: coming back is a new occasion there, and no failed repair. */
  readonly isLasting: boolean
  /** When it is judged, on our own clock. */
  readonly now: Instant
}

const reopenedWithin = days(7)

export function seeIncident(store: Store, head: IncidentHead, pair: Pair | null, now: Instant): IncidentSeen {
  const set = pair?.settings.rules[head.rule]
  const isAgreed = (set !== undefined && settingIn(set, head.market).slaMinutes !== null) || (head.faultClass !== null && faultSettings(store)[head.faultClass] !== undefined)
  return {
    subject: { kind: 'incident', connection: head.subject.connection, key: head.id },
    incident: head,
    about: head.subject.key,
    owner: head.owner === null ? null : (store.people.owner(head.owner)?.name ?? null),
    isAnswered: head.owner !== null && store.people.isStaffed(head.owner),
    namesOwners: store.people.people().length > 0,
    agreedUntil: isAgreed ? head.slaDueAt : null,
    until: isAgreed || head.severity === 'critical' || head.severity === 'high' ? head.slaDueAt : null,
    isLasting: head.subject.kind === 'sku' || head.subject.kind === 'stream' || head.subject.kind === 'connection',
    reopened: store.heads.reopened(head.id, now - reopenedWithin),
    now,
  }
}

/** A parameter for each severity; null: nothing is said of incidents of that one. */
export function bySeverity(usual: Readonly<Record<Severity, number | null>>) {
  const figure = (severity: Severity) => z.int().min(1).max(525_600).nullable().default(usual[severity])
  const schema = z.object({ critical: figure('critical'), high: figure('high'), medium: figure('medium'), low: figure('low') })
  return schema.default(usual)
}

/** `3 days`, `5 hours`, `40 minutes`: as a person would say it. */
export function openFor({ incident, now }: IncidentSeen): string {
  const span = Math.max(0, now - incident.openedAt)
  if (span >= days(2)) return `${Math.floor(span / days(1))} days`
  return span >= hours(2) ? `${Math.floor(span / hours(1))} hours` : `${Math.floor(span / minutes(1))} minutes`
}

export function standing({ incident, owner, isAnswered }: IncidentSeen): readonly Evidence[] {
  return [
    evidence('Rule', incident.rule, null, false),
    evidence('Severity', incident.severity, null, false),
    evidence('Opened', iso(incident.openedAt), null, false),
    evidence('Who answers for it', owner === null ? 'nobody' : isAnswered ? owner : `${owner}, a role that nobody has`, null, false),
  ]
}
