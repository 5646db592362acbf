/** Too many calls to a platform fail, though others are answered: what is written through it is lost wherever nobody tries again. */
import { z } from 'zod'
import { type FaultRate, gravestOf, within } from '../lenses/connection.ts'
import { defineRule, evidence, notJudged } from '../rule.ts'

export default defineRule({
  id: 'F03-failed-calls',
  title: 'Too many calls fail',
  over: 'connection',
  severity: 'high',
  params: z.object({
    strictness: z.int().min(10).max(1000).default(100).meta({ title: 'Strictness, in percent', description: 'Of what each class of failed calls is allowed: 200 is twice as much.' }),
    retriesMax: z.int().min(1).max(100).default(25).meta({ title: 'Tried again, in percent of the calls', description: 'More than that is told, though each of them arrived in the end.' }),
  }),
  repair: null,
  guide: [
    'The classes say who must act: see the evidence.',
    'Find out whether the shop’s own integration fails as often: what it does not try again is lost, and must be made up for by hand.',
    'Plumbline tries its own readings again by itself; it never repeats a write.',
  ],
  absentOn: null,
  detect(seen, { params }) {
    // a whole outage is told by itself: neither more of this nor less is known meanwhile
    if (seen.state === 'unreachable' || seen.state === 'refused') return notJudged('it cannot be read at all', null)
    // what fails with one stream only is told of that stream
    const spread = seen.faults.filter((one) => one.policy.shareMin === 0 || !seen.failsByStream)
    // once told it stands until they fail half as often: a storm has gaps
    const strictness = seen.callsFail ? params.strictness / 2 : params.strictness
    // a burst of seconds is a large share of few calls, and all of them are made again
    const isBurst = ({ policy }: FaultRate): boolean => policy.shareMin > 0 && !seen.callsFail && seen.failedApart * 100 < policy.countMin * strictness
    const over = spread.filter((one) => isOver(one, strictness) && !isBurst(one))
    const retried = seen.calls === 0 ? 0 : Math.round((100 * seen.retries) / seen.calls)
    const restless = !seen.failsByStream && seen.retries >= 10 && retried > params.retriesMax
    if (over.length === 0 && !restless) return null
    const worst = gravestOf(over)
    const failed = over.map((one) => `${one.count} of ${one.calls} ${one.class}`).join(', ')
    return {
      kind: 'speaks',
      severity: worst?.policy.severity ?? 'medium',
      faultClass: worst?.class ?? null,
      says: over.length === 0 ? `${retried} % of the calls to ${seen.label} had to be made again.` : `Calls to ${seen.label} fail: ${failed}.`,
      evidence: [
        ...over.flatMap((one) => [
          evidence(`Failed: ${one.class}`, `${one.count} of ${one.calls} calls in ${one.policy.windowMinutes} minutes`, null, true),
          evidence('Who acts', within(one), null, false),
        ]),
        evidence('Cut for want of an answer', String(seen.timeOuts), null, seen.timeOuts > 0),
        evidence('Made again', `${seen.retries} of ${seen.calls} calls`, null, restless),
      ],
    }
  },
})

function isOver({ count, calls, policy }: FaultRate, strictness: number): boolean {
  const share = calls === 0 ? 0 : (100 * count) / calls
  return count * 100 >= policy.countMin * strictness && share * 100 >= policy.shareMin * strictness
}
