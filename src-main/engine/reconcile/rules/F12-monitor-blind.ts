/** This monitor itself did not watch for a while: what happened then is known only since it was read again. */
import { z } from 'zod'
import { hours, iso, minutes } from '../../../domain/time.ts'
import { defineRule, evidence } from '../rule.ts'

export default defineRule({
  id: 'F12-monitor-blind',
  title: 'Plumbline did not watch',
  over: 'watch',
  severity: 'low',
  params: z.object({
    minutesMin: z.int().min(4).max(10_080).default(10).meta({ title: 'Did not watch for, in minutes', description: 'A shorter gap is read again before anybody would notice.' }),
    shownHours: z.int().min(1).max(720).default(12).meta({ title: 'Shown for, in hours', description: 'How long it is shown: somebody should see it, nobody need act on it.' }),
  }),
  repair: null,
  guide: [
    'This computer slept, or Plumbline was closed. What fell due meanwhile is judged as soon as both sides were read again.',
    'To watch day and night, keep the computer awake, or run `serve` on a machine that is.',
  ],
  absentOn: null,
  detect({ blindFor, now }, { params }) {
    const blind = blindFor(minutes(params.minutesMin))
    if (blind === null || now - blind.to > hours(params.shownHours)) return null
    const length = Math.round((blind.to - blind.from) / minutes(1))
    return {
      kind: 'speaks',
      dueAt: blind.from,
      says: `Plumbline did not watch from ${iso(blind.from)} to ${iso(blind.to)}.`,
      evidence: [
        evidence('From', iso(blind.from), null, false),
        evidence('To', iso(blind.to), null, false),
        evidence('Length', `${length} minutes`, null, true),
      ],
    }
  },
})
