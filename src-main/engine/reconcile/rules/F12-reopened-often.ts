/** Something was put right and came back, again: whatever mends it does not last. */
import { z } from 'zod'
import { bySeverity, standing } from '../lenses/incident.ts'
import { defineRule, evidence } from '../rule.ts'

export default defineRule({
  id: 'F12-reopened-often',
  title: 'An incident keeps coming back',
  over: 'incident',
  severity: 'medium',
  params: z.object({
    // an order that was mended and is lost again did not stay mended
    times: bySeverity({ critical: 1, high: 2, medium: null, low: null }).meta({ title: 'Came back, times in a week, by severity', description: 'From so many on it is told; null: never.' }),
    timesLasting: bySeverity({ critical: 20, high: null, medium: null, low: null }).meta({ title: 'The same of what lives on, by severity', description: 'SKUs, streams and connections: coming back is a new occasion there.' }),
  }),
  repair: null,
  guide: [
    'Look at the timeline: what closed it each time, and what happened before it came back?',
    'Something undoes the repair: a sync that writes an old figure, a job that deletes, two people who do not know of each other.',
  ],
  absentOn: null,
  detect(seen, { params }) {
    const allowed = (seen.isLasting ? params.timesLasting : params.times)[seen.incident.severity]
    if (allowed === null || seen.reopened < allowed) return null
    return {
      kind: 'speaks',
      says: `It came back ${seen.reopened === 1 ? 'after it was mended' : `${seen.reopened} times in a week`}, about ${seen.about}: ${seen.incident.says}`,
      evidence: [evidence('Came back in the last week', String(seen.reopened), null, true), ...standing(seen)],
    }
  },
})
