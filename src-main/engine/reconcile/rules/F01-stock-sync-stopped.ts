/** The ERP's stock moves and the shop shows none of it any more: the stock sync stands still, and that is one incident. */
import { z } from 'zod'
import { iso, minutes } from '../../../domain/time.ts'
import { defineRule, evidence, notJudged } from '../rule.ts'

export default defineRule({
  id: 'F01-stock-sync-stopped',
  title: 'The stock sync has stopped',
  over: 'stockFlow',
  severity: 'critical',
  params: z.object({
    skusMin: z.int().min(2).max(10_000).default(5).meta({ title: 'SKUs that wait, at least', description: 'Fewer may each be mapped wrongly.' }),
    timesUsual: z.int().min(1).max(100).default(3).meta({ title: 'Times the usual time', description: 'How many times as long as usual the first of them must have waited.' }),
  }),
  repair: null,
  guide: [
    'Look at the stock sync: does it run, and what does its log say since the last change showed in the shop?',
    'Until it runs again, take what is scarce off sale by hand: the shop sells by figures of then.',
    'The incident closes by itself when the shop shows the ERP’s changes; what stays behind is then told SKU by SKU.',
  ],
  absentOn: null,
  detect(seen, { params }) {
    const { shownAt, oldestAt, covered } = seen
    if (shownAt === null || oldestAt === null || seen.open < params.skusMin) return null
    const due = oldestAt + seen.targetMs
    const late = oldestAt + Math.max(seen.targetMs, params.timesUsual * (seen.usualMs ?? 0))
    if (covered.to === null || covered.to < late) return notJudged('the changes that wait are not late yet', late)
    return {
      kind: 'speaks',
      dueAt: due,
      cause: null,
      says: `${seen.shopLabel} has shown no stock change of ${seen.erpLabel} since ${iso(shownAt)}; ${seen.open} SKUs wait.`,
      evidence: [
        evidence('Last change that the shop showed', iso(shownAt), null, false),
        evidence('Moved since then and not shown', '0', String(seen.open), true),
        evidence('First of them', null, iso(oldestAt), false),
        evidence('Usual time until a change shows', seen.usualMs === null ? 'not known yet' : `${Math.ceil(seen.usualMs / minutes(1))} minutes`, null, false),
      ],
    }
  },
})
