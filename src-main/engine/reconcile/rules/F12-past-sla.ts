/** Something should have been put right by now, by what was agreed for its rule, or by the deadline that everything grave has. */
import { z } from 'zod'
import { iso } from '../../../domain/time.ts'
import { openFor, standing } from '../lenses/incident.ts'
import { defineRule, evidence } from '../rule.ts'

export default defineRule({
  id: 'F12-past-sla',
  title: 'An incident is past its deadline',
  over: 'incident',
  severity: 'high',
  params: z.object({}),
  repair: null,
  guide: [
    'Open the incident and see it through, or hand it to somebody who can.',
    'If the deadline of its rule cannot be kept as a rule, set another one under Rules & owners.',
  ],
  absentOn: null,
  detect(seen) {
    const { incident, until, now } = seen
    if (until === null || now < until) return null
    return {
      kind: 'speaks',
      severity: incident.severity === 'critical' ? 'critical' : 'high',
      dueAt: until,
      says: `Past its deadline, and open for ${openFor(seen)}, about ${seen.about}: ${incident.says}`,
      evidence: [evidence('Deadline', iso(until), null, true), ...standing(seen)],
    }
  },
})
