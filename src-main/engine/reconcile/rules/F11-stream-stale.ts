/** A connection answers, and one of its streams is older than its class allows: what depends on it is judged by old figures. */
import { z } from 'zod'
import { freshnessOf } from '../../../domain/freshness.ts'
import { iso, minutes } from '../../../domain/time.ts'
import { defineRule, evidence, notJudged } from '../rule.ts'

export default defineRule({
  id: 'F11-stream-stale',
  title: 'A stream is older than it should be',
  over: 'stream',
  severity: 'high',
  params: z.object({
    nearRealTimeMinutes: z.int().min(1).max(10_080).default(10).meta({ title: 'Read at once: late after, in minutes', description: 'For what is read as soon as it changes, such as orders.' }),
    oftenMinutes: z.int().min(1).max(10_080).default(30).meta({ title: 'Read often: late after, in minutes', description: 'For what is read every few minutes.' }),
    batchMinutes: z.int().min(1).max(43_200).default(1440).meta({ title: 'Read in batches: late after, in minutes', description: 'For what is read a few times a day.' }),
  }),
  repair: null,
  guide: [
    'Open the connection: its test says what of this stream is refused or cannot be read.',
    'A right that was taken away, or a module that was switched off, is the usual reason where everything else answers.',
    'Until it is read again, what depends on it is shown as not judged, not as fine.',
  ],
  absentOn: null,
  detect(seen, { params }) {
    const { coveredTo, answeredAt, lastPass } = seen
    // an outage is told by itself: neither more of this nor less is known meanwhile
    if (seen.state === 'unreachable' || seen.state === 'refused') return notJudged('the side cannot be read at all', null)
    if (seen.callsFail) return notJudged('calls to it fail, which is told by itself', null)
    // a first reading takes the time it takes
    // after a sleep or an outage everything is old until its turn comes, and it fails though the others are read
    if (coveredTo === null || answeredAt === null || lastPass === null || lastPass.complete) return null
    const freshness = freshnessOf[seen.stream]
    const promise = { 'near-real-time': params.nearRealTimeMinutes, often: params.oftenMinutes, batch: params.batchMinutes }[freshness]
    const from = Math.max(coveredTo, seen.awakeSince ?? coveredTo)
    if (answeredAt - from <= Math.max(minutes(promise), seen.staleAfterMs)) return null
    const faults = Object.entries(lastPass.faults).map(([name, count]) => `${name} (${count})`)
    return {
      kind: 'speaks',
      severity: freshness === 'near-real-time' ? 'high' : freshness === 'often' ? 'medium' : 'low',
      dueAt: coveredTo + minutes(promise),
      says: `The ${seen.stream.replaceAll('-', ' ')} of ${seen.label} were last complete at ${iso(coveredTo)}, though the rest of it is read.`,
      evidence: [
        evidence('Last complete', iso(coveredTo), null, true),
        evidence('Others read since', iso(answeredAt), null, false),
        evidence('Allowed age', `${promise} minutes (${freshness})`, null, false),
        evidence('What ended its last reading', faults.length === 0 ? 'there is more to read than fits one reading' : faults.join(', '), null, true),
      ],
    }
  },
})
