/** Something serious is open, nobody answers for it, as in a role that has lost its people, and nobody has taken it up. */
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
  guide: [
    'Open the incident and take it up, or name who answers for incidents of its rule under Rules & owners.',
    'Where it is a role’s that nobody has, put somebody into that role.',
  ],
  absentOn: null,
  detect(seen, { params }) {
    const { incident } = seen
    const allowed = params.minutes[incident.severity]
    if (allowed === null || !seen.namesOwners || seen.isAnswered) return null
    // taken up is as good as owned: somebody has looked
    if (incident.state !== 'open') return null
    const dueAt = incident.openedAt + minutes(allowed)
    if (seen.now < dueAt) return null
    return {
      kind: 'speaks',
      dueAt,
      says: `Nobody answers for what is open about ${seen.about} for ${openFor(seen)}${seen.owner === null ? '' : `, as nobody has the role ${seen.owner}`}: ${incident.says}`,
      evidence: standing(seen),
    }
  },
})
