/** Which incident speaks of what a visitor broke. */
import type { Pull } from '../../src-main/contract/demo.ts'
import type { IncidentRow } from '../../src-main/contract/views.ts'

/** An incident may open this much before the pull is told of: two processes, one clock, and rounding. */
const slackMs = 1000

/** Those that the pull led the world to expect, first opened first. What was open before it is none of them. */
export function noticedOf(pull: Pull, incidents: readonly IncidentRow[]): readonly IncidentRow[] {
  return incidents
    .filter((incident) => pull.expected.some((fault) => fault.rule === incident.rule && (fault.key === null || fault.key === incident.subject.key || isOfMany(incident))))
    .filter((incident) => incident.resolvedAt === null || incident.resolvedAt >= pull.at)
    .filter((incident) => incident.openedAt >= pull.at - slackMs || incident.reopenedCount > 0)
    .toSorted((a, b) => a.openedAt - b.openedAt)
}

/** What many orders have in common is told once, and not of each: a market without a mapping, a rounding. */
function isOfMany({ subject }: IncidentRow): boolean {
  return subject.kind === 'stream'
}
