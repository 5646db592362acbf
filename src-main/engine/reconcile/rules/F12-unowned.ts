/** Something serious is open, nobody answers for it, and nobody has taken it up. */
import { z } from 'zod'
import { minutes } from '../../../domain/time.ts'
import { bySeverity, openFor, standing } from '../lenses/incident.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'F12-unowned',
  title: 'An incident is nobody’s',
  over: 'incident',
  severity: 'medium',
  params: z.object({ minutes: bySeverity({ critical: 60, high: 480, medium: null, low: null }).meta({ title: 'Nobody’s for, in minutes, by severity', description: 'How long one may be open with nobody who answers; null: for ever.' }) }),
  repair: null,
  guide: ['Open the incident and take it up, or name who answers for incidents of its rule under Rules & owners.'],
  absentOn: null,
  detect(seen, { params }) {
    const { incident } = seen
    const allowed = params.minutes[incident.severity]
    if (allowed === null || !seen.namesOwners || seen.owner !== null) return null
    // taken up is as good as owned: somebody has looked
    if (incident.state !== 'open') return null
    const dueAt = incident.openedAt + minutes(allowed)
    if (seen.now < dueAt) return null
    return {
      kind: 'speaks',
      dueAt,
      says: `Nobody answers for what is open about ${seen.about} for ${openFor(seen)}: ${incident.says}`,
      evidence: standing(seen),
    }
  },
})
