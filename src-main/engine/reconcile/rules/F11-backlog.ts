/** Orders go on arriving in the ERP, and many that were due before them have not: the integration does not keep up, or drops them. */
import { z } from 'zod'
import { iso } from '../../../domain/time.ts'
import { defineRule, evidence } from '../rule.ts'

export default defineRule({
  id: 'F11-backlog',
  title: 'Orders pile up before the ERP',
  over: 'flow',
  severity: 'high',
  params: z.object({ ordersMin: z.int().min(1).max(100_000).default(20).meta({ title: 'Orders overtaken, at least', description: 'Fewer are told order by order.' }) }),
  repair: null,
  guide: [
    'Look at the integration’s queue: does it take orders more slowly than they come, or does it set some aside?',
    'If it is slow, find out what each order waits for: a limit of the ERP, a lock, a call that times out.',
    'If it sets some aside, compare a few of them: a common payment method, market or product names the cause.',
  ],
  absentOn: null,
  detect(seen, { params }) {
    const { count, oldestDueAt } = seen.overtaken
    if (seen.arrivedAt === null || oldestDueAt === null || count < params.ordersMin) return null
    return {
      kind: 'speaks',
      dueAt: oldestDueAt,
      says: `${count} orders of ${seen.shopLabel} that fell due in the last hours are not in ${seen.erpLabel}, though later ones are.`,
      evidence: [
        evidence('Overdue', String(count), 'not there', true),
        evidence('Oldest due', iso(oldestDueAt), null, false),
        evidence('Last order that arrived', null, iso(seen.arrivedAt), false),
      ],
    }
  },
})
