/** The shop shows a stock figure that the ERP's has left behind. */
import { z } from 'zod'
import { compare, subtract } from '../../../domain/decimal.ts'
import { iso } from '../../../domain/time.ts'
import { overdueAt } from '../lenses/stock.ts'
import { defineRule, evidence, notJudged } from '../rule.ts'

export default defineRule({
  id: 'F01-stock-behind',
  title: 'Stock in the shop is behind the ERP',
  over: 'stock',
  severity: 'medium',
  params: z.object({
    unitsMin: z.int().min(1).max(1_000_000).default(1).meta({ title: 'Units apart, at least', description: 'A smaller difference is let be.' }),
  }),
  repair: 'stock.set',
  guide: [
    'If the shop shows more than there is, take the difference off sale or set the figure by hand.',
    'Look at the stock sync: when did it last run, and for which SKUs does it fail?',
    'A figure that never settles means that the SKU or the location is mapped wrongly.',
  ],
  absentOn: null,
  detect(seen, { params }) {
    const { followed, unreadAt } = seen
    // judged again when the orders are read as far: a sale that moved the figure a moment ago is among them
    const unread = unreadAt === null ? null : notJudged('orders and stock are not read as far as each other', unreadAt)
    if (followed.behindSince === null) return unread
    if (followed.needsTwoReads) return notJudged('needs two reads: the ERP does not say since when', null)
    const due = overdueAt(seen, followed.behindSince)
    if (seen.covered.to === null || seen.covered.to < due) return notJudged('stock is not read that far', Math.min(due, unreadAt ?? due))
    if (unreadAt !== null && unreadAt < due) return unread
    // which way it is behind is told by figures that could be held against each other
    const { shop, expected } = seen.judged
    const apart = subtract(shop, expected)
    if (compare(apart, String(params.unitsMin)) < 0 && compare(apart, String(-params.unitsMin)) > 0) return unread
    const oversold = compare(shop, expected) > 0
    return {
      kind: 'speaks',
      // sold though there is nothing: the next order cannot be delivered
      severity: oversold && expected === '0' ? 'critical' : 'medium',
      cause: oversold ? 'oversell' : 'undersell',
      dueAt: due,
      ...(unread === null ? {} : { again: unread }),
      says: `${seen.shopLabel} shows ${shop} of ${seen.sku} at ${seen.location}; by ${seen.erpLabel} it should show ${expected}.`,
      evidence: [
        evidence('On sale', shop, expected),
        evidence('Available in the ERP', null, `${seen.erpAvailable} at ${seen.erpCodes.join(', ')}`, false),
        evidence('Sold, not yet in the ERP', seen.waiting, null, false),
        ...(seen.buffer === 0 ? [] : [evidence('Safety buffer', String(seen.buffer), null, false)]),
        evidence('Behind since', iso(followed.behindSince), null, false),
      ],
    }
  },
})
