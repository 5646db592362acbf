/** A person typed an order of the shop into the ERP: somebody covers for an integration that failed and did not try again. */
import { z } from 'zod'
import { mayAdd } from '../../../domain/ownership.ts'
import { actorOf } from '../../../domain/pair.ts'
import { iso } from '../../../domain/time.ts'
import { defineRule, evidence, notJudged } from '../rule.ts'

export default defineRule({
  id: 'F03-manual-reentry',
  title: 'An order was typed in by hand',
  over: 'order',
  severity: 'medium',
  params: z.object({}),
  repair: null,
  guide: [
    'Ask whoever typed it in why: what did the integration say of this order, and did it try again?',
    'Compare the order line by line: what is typed is where prices, taxes and addresses go wrong.',
    'If it was on purpose, ignore the incident with that reason; if people may make orders there, or this user is the integration, say so in the pair’s settings.',
  ],
  absentOn: null,
  silentOnAgreement: true,
  detect(seen) {
    const { shop } = seen
    if (shop === null) return null
    const made = seen.live.map((order) => ({ order, actor: actorOf(order.createdBy, seen) }))
    // people whom the pair lets make orders in the ERP cover for nobody
    const typed = made.filter(({ order, actor }) => actor === 'person' && !mayAdd(seen.owners, 'order', { side: 'erp', user: order.createdBy }))
    const [first] = typed
    if (first === undefined) {
      const unknown = made.find((one) => one.actor === 'unknown')?.order.createdBy
      return unknown === undefined || unknown === null ? null : notJudged(`made by user ${unknown} of the ERP, who is neither the integration nor a person here`, null)
    }
    return {
      kind: 'speaks',
      dueAt: seen.dueAt,
      says: `Order ${seen.number} was typed into ${seen.erpLabel} by hand, by user ${first.order.createdBy ?? ''}.`,
      evidence: [
        ...(seen.dueAt === null ? [] : [evidence('Due', iso(seen.dueAt), null, false)]),
        ...typed.map(({ order }) => evidence('Typed in', null, `${order.number ?? order.id} at ${iso(seen.erpAxis.ours(order.createdAt))} by ${order.createdBy ?? ''}`, true)),
      ],
    }
  },
})
