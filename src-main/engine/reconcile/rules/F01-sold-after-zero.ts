/** The shop has sold units after the ERP had none left: customers wait for goods that are not there. */
import { z } from 'zod'
import { compare } from '../../../domain/decimal.ts'
import { iso } from '../../../domain/time.ts'
import { soldLabels } from '../lenses/oversold.ts'
import { defineRule, evidence, notJudged } from '../rule.ts'

const ordersShown = 10

export default defineRule({
  id: 'F01-sold-after-zero',
  title: 'Sold though nothing was left',
  over: 'stock',
  severity: 'critical',
  params: z.object({
    unitsMin: z.int().min(1).max(1_000_000).default(1).meta({ title: 'Units sold, at least', description: 'Fewer are got from somewhere without a word.' }),
  }),
  repair: null,
  guide: [
    'Take the SKU off sale in the shop at once: every further order makes it worse.',
    'Look whether goods are on their way; else tell these customers, and cancel or replace.',
    'Find out why the shop still showed some: its stock is behind the ERP’s, or it may be sold without stock by mistake.',
  ],
  absentOn: null,
  detect(seen, { params }) {
    const { oversold } = seen
    if (oversold === null || compare(oversold.units, String(params.unitsMin)) < 0) return null
    const until = oversold.firstAt + seen.targetMs
    if (seen.covered.to === null || seen.covered.to < until) return notJudged('stock and orders are not read that far', until)
    // what the ERP's figure holds already would be counted with the orders once more
    if (seen.unreadAt !== null) return notJudged('orders and stock are not read as far as each other', seen.unreadAt)
    const many = oversold.orders.length
    return {
      kind: 'speaks',
      amount: oversold.worth,
      cause: 'oversell',
      dueAt: until,
      says: `${seen.shopLabel} has sold ${oversold.units} of ${seen.sku} at ${seen.location} since ${seen.erpLabel} had none left, in ${many} ${many === 1 ? 'order' : 'orders'}.`,
      evidence: [
        evidence('None left since', null, iso(oversold.since), false),
        evidence(soldLabels.units, oversold.units, seen.erpAvailable, true),
        evidence(soldLabels.orders, String(many), null, false),
        evidence('Orders', oversold.orders.slice(0, ordersShown).join(', '), null, false),
        evidence('Still on sale', seen.shop, seen.expected),
        ...[...oversold.cancelled].map(([why, count]) => evidence('Cancelled since then', `${count} × ${why}`, null, false)),
      ],
    }
  },
})
