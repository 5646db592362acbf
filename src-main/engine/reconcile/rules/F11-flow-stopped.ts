/** Orders fall due and none arrives in the ERP any more: the integration stands still, and that is one incident, not one per order. */
import { z } from 'zod'
import { iso, minutes } from '../../../domain/time.ts'
import { defineRule, evidence, notJudged } from '../rule.ts'

export default defineRule({
  id: 'F11-flow-stopped',
  title: 'No order reaches the ERP any more',
  over: 'flow',
  severity: 'critical',
  params: z.object({
    ordersMin: z.int().min(2).max(1000).default(3).meta({ title: 'Orders that wait, at least', description: 'Fewer may each have been lost by themselves.' }),
    timesUsual: z.int().min(1).max(100).default(3).meta({ title: 'Times the usual time', description: 'How many times as long as usual an order must have waited.' }),
    minutesMin: z.int().min(0).max(10_080).default(10).meta({ title: 'But at least, in minutes', description: 'What is usual may be very quick.' }),
  }),
  repair: null,
  guide: [
    'Look at the integration between shop and ERP: does it run, and what does its log say since the last order arrived?',
    'Set it going again; it should bring the orders that wait. Do not repair them one by one meanwhile.',
    'The incident closes by itself when orders arrive; what is still missing a while later is then told order by order.',
  ],
  absentOn: null,
  detect(seen, { params }) {
    const { arrivedAt, covered } = seen
    // it never ran, or not for a month: each missing order speaks for itself
    if (arrivedAt === null) return null
    // what may still be on its way, as orders are, waits for nothing
    const onItsWay = 2 * (seen.usualMs ?? 0)
    const since = seen.awaited.filter((one) => one.dueAt > arrivedAt && one.dueAt + onItsWay <= (covered.to ?? 0))
    const [first] = since
    if (first === undefined || since.length < params.ordersMin) return null
    const usual = params.timesUsual * (seen.usualMs ?? 0)
    const period = 1.5 * (seen.batches?.periodMs ?? 0)
    // one that came by another way, or just before the end, does not make the others any less late
    const oldest = seen.awaited[0] ?? first
    const late = Math.max(oldest.dueAt + seen.graceMs, first.dueAt + Math.max(minutes(params.minutesMin), usual, period))
    if (covered.to === null || covered.to < late) return notJudged('the orders that wait are not late yet', late)
    return {
      kind: 'speaks',
      dueAt: oldest.dueAt,
      says: `No order of ${seen.shopLabel} has arrived in ${seen.erpLabel} since ${iso(arrivedAt)}; ${seen.waiting} wait.`,
      evidence: [
        evidence('Last order that arrived by itself', null, iso(arrivedAt), false),
        evidence('Due since then and not there', String(seen.waiting), '0', true),
        evidence('First of them', `${first.number}, due ${iso(first.dueAt)}`, 'not there', true),
        evidence('Usual time from due to arrival', null, seen.usualMs === null ? 'not known yet' : `${Math.ceil(seen.usualMs / minutes(1))} minutes`, false),
      ],
    }
  },
})
