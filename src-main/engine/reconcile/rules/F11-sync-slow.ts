/** Reading a stream takes many times as long as it used to: the platform is slowing down, or the stream outgrows its pace. */
import { z } from 'zod'
import { type Span, minutes, seconds } from '../../../domain/time.ts'
import type { StreamSeen } from '../lenses/stream.ts'
import { defineRule, evidence, notJudged } from '../rule.ts'

/** An hour with fewer readings says little of its pace, and fewer hours say little of a week. */
const passesMin = 3
const hoursMin = 6
/** No call is waited for longer. */
const waitMax = minutes(1)

export default defineRule({
  id: 'F11-sync-slow',
  title: 'Reading takes far longer than it used to',
  over: 'stream',
  severity: 'medium',
  params: z.object({
    timesUsual: z.int().min(2).max(1000).default(5).meta({ title: 'Times the usual time', description: 'How many times as long as usual a reading must take.' }),
    secondsMin: z.int().min(1).max(86_400).default(20).meta({ title: 'But at least, in seconds', description: 'What is over in less is never slow.' }),
  }),
  repair: null,
  guide: [
    'Ask whoever runs the platform whether it is slow for everybody: its log shows the requests of this user.',
    'Look for what grew: a bulk import, a new warehouse, a price list. It may pass by itself.',
    'If it stays, read less often (Settings) or give the platform more room: until then verdicts come later.',
  ],
  absentOn: null,
  detect(seen, { params }) {
    const { lately, lastPass } = seen
    if (seen.callsFail) return notJudged('calls to it fail, which is told by itself', null)
    const usual = seen.before.filter((one) => one.passes >= passesMin).map(average).toSorted((a, b) => a - b)
    const median = usual[Math.floor(usual.length / 2)]
    if (lately.passes < passesMin || usual.length < hoursMin || median === undefined) return null
    const now = average(lately)
    const slow = Math.max(seconds(params.secondsMin), params.timesUsual * median)
    // what was slow in this hour and is quick again has passed
    if (now < slow || (lastPass !== null && lastPass.complete && lastPass.endedAt - lastPass.startedAt < slow)) return null
    // calls that nobody answers are told by themselves when they are many
    if (lately.tookMs - lately.passes * median <= seen.timeOuts * waitMax) return notJudged('it waited for calls that were not answered', null)
    return {
      kind: 'speaks',
      says: `Reading the ${seen.stream.replaceAll('-', ' ')} of ${seen.label} takes ${inSeconds(now)} seconds; it used to take ${inSeconds(median)}.`,
      evidence: [
        evidence('Lately', `${inSeconds(now)} seconds over ${lately.passes} readings`, null, true),
        evidence('In the week before', `${inSeconds(median)} seconds`, null, false),
      ],
    }
  },
})

function average({ passes, tookMs }: StreamSeen['lately']): Span {
  return tookMs / passes
}

function inSeconds(span: Span): string {
  return span < seconds(10) ? (span / 1000).toFixed(1) : String(Math.round(span / 1000))
}
