/** Something is open far longer than anything of its severity should be. */
import { z } from 'zod'
import { hours } from '../../../domain/time.ts'
import { bySeverity, openFor, standing } from '../lenses/incident.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'F12-aged',
  title: 'An incident is open for too long',
  over: 'incident',
  severity: 'medium',
  params: z.object({ hours: bySeverity({ critical: 24, high: 96, medium: null, low: null }).meta({ title: 'Open for, in hours, by severity', description: 'How long one may be open where no deadline is agreed; null: for ever.' }) }),
  repair: null,
  guide: [
    'Open the incident: its guide says what to do, and its timeline who has tried.',
    'If it is to stay as it is, ignore it with the reason; if it waits for somebody, snooze it until they can.',
  ],
  absentOn: null,
  detect(seen, { params }) {
    const { incident } = seen
    const allowed = params.hours[incident.severity]
    // where a deadline is agreed, that one counts
    if (allowed === null || seen.agreedUntil !== null) return null
    const dueAt = incident.openedAt + hours(allowed)
    if (seen.now < dueAt) return null
    return {
      kind: 'speaks',
      dueAt,
      says: `Open for ${openFor(seen)} about ${seen.about}: ${incident.says}`,
      evidence: standing(seen),
    }
  },
})
