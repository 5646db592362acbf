/** A side cannot be read: nothing that depends on it is judged, and that is one incident, never one per order. */
import { z } from 'zod'
import { iso, minutes } from '../../../domain/time.ts'
import { gravestOf, within } from '../lenses/connection.ts'
import { defineRule, evidence } from '../rule.ts'

export default defineRule({
  id: 'F12-connection-blind',
  title: 'A side cannot be read',
  over: 'connection',
  severity: 'high',
  params: z.object({
    troubleMinutes: z.int().min(0).max(1440).default(1).meta({ title: 'Own trouble passes within, in minutes', description: 'A platform that says itself that it has trouble is often over it within seconds.' }),
  }),
  repair: null,
  guide: [
    'Open the connection and test it: the failed step says what to do.',
    'Until it can be read again, orders and stock that depend on it are shown as not judged, not as fine.',
  ],
  absentOn: null,
  detect(seen, { params }) {
    if (seen.state !== 'unreachable' && seen.state !== 'refused') return null
    const isTrouble = seen.blindBy.length > 0 && seen.blindBy.every((one) => one.class === 'temporary')
    if (seen.state === 'unreachable' && isTrouble && seen.stateMs < minutes(params.troubleMinutes)) return null
    // in a storm that is told of, readings end and fail by chance: it is there, and answers some
    if (seen.state === 'unreachable' && seen.callsFail && seen.answered > 0) return null
    const since = seen.since === null ? '' : ` since ${iso(seen.since)}`
    const waiting = seen.notJudged === 0 ? '' : ` ${seen.notJudged} judgements wait for it.`
    return {
      kind: 'speaks',
      dueAt: seen.since,
      faultClass: gravestOf(seen.blindBy)?.class ?? null,
      says: `${seen.label} ${seen.state === 'refused' ? 'refuses us' : 'cannot be reached'}${since}.${waiting}`,
      evidence: [
        evidence('What happened', seen.says, null, false),
        ...seen.blindBy.map((one) => evidence(`Who acts on ${one.class}`, within(one), null, false)),
        evidence('Not judged meanwhile', String(seen.notJudged), null, false),
      ],
    }
  },
})
