/** Judges what moves between a pair's two sides as a whole: orders into the ERP, stock into the shop, and what follows deliveries. */
import { iso } from '../../domain/time.ts'
import type { Store } from '../store/store.ts'
import { type Judgement, allWait, ask, silent } from './judge.ts'
import { blindBefore } from './lenses/coverage.ts'
import { type DocumentFlow, seeDocumentFlow, sentLately } from './lenses/document-flow.ts'
import { seeFlow } from './lenses/flow.ts'
import { seeStockFlow } from './lenses/stock-flow.ts'
import { rules } from './registry.ts'
import type { Lenses } from './rule.ts'
import type { PairSight } from './sight.ts'

/** What moves between a pair's two sides, as a whole: by what both have shown so far, before any of it is judged by itself. */
export function judgeFlows(store: Store, sight: PairSight): readonly Judgement[] {
  const orders = seeFlow(store, sight)
  const stock = seeStockFlow(store, sight)
  const lately = sentLately(store, sight)
  const judge = <Over extends Flowing>(over: Over, seen: Lenses[Over], closing: string): Judgement => judgeFlow(store, sight, over, seen, closing)
  const arrived = orders.arrivedAt === null ? '' : `: the last one at ${iso(orders.arrivedAt)}`
  const shown = stock.shownAt === null ? '' : `: the last one at ${iso(stock.shownAt)}`
  return [
    judge('flow', orders, `Orders arrive in ${sight.erpLabel} as they should${arrived}.`),
    ...documentFlows.map((flow) => {
      const seen = seeDocumentFlow(sight, flow, lately)
      const last = seen.followedAt === null ? '' : `: the last one at ${iso(seen.followedAt)}`
      const runs = flow === 'fulfilments' ? `${sight.shopLabel} is told of parcels` : `${sight.erpLabel} bills what leaves`
      return judge('documentFlow', seen, `${runs} as it should${last}.`)
    }),
    judge('stockFlow', stock, `${sight.shopLabel} shows the stock changes of ${sight.erpLabel}${shown}.`),
  ]
}

const documentFlows: readonly DocumentFlow[] = ['fulfilments', 'invoices']
type Flowing = 'flow' | 'documentFlow' | 'stockFlow'

/** What a side could not show for hours it shows at once: a flow is judged when both are read past that, as what caught up is seen then. */
function judgeFlow<Over extends Flowing>(store: Store, sight: PairSight, over: Over, seen: Lenses[Over], closing: string): Judgement {
  const { subject, covered } = seen
  const why = blindBefore(store, sight.pair, covered)
  if (why === null) return { ...silent, subject, ...ask<Over>(rules[over], seen, sight.pair, null), closing }
  return { ...silent, subject, ...allWait(rules[over], sight.pair, subject, why), closing: '' }
}
