/** Judges what moves between a pair's two sides as a whole: orders into the ERP, stock into the shop, and what follows deliveries. */
import { iso } from '../../domain/time.ts'
import type { Store } from '../store/store.ts'
import { type Judgement, ask, silent } from './judge.ts'
import { type DocumentFlow, type SentLately, seeDocumentFlow, sentLately } from './lenses/document-flow.ts'
import { seeFlow } from './lenses/flow.ts'
import { seeStockFlow } from './lenses/stock-flow.ts'
import { rules } from './registry.ts'
import type { PairSight } from './sight.ts'

/** What moves between a pair's two sides, as a whole: by what both have shown so far, before any of it is judged by itself. */
export function judgeFlows(store: Store, sight: PairSight): readonly Judgement[] {
  const orders = seeFlow(store, sight)
  const stock = seeStockFlow(store, sight)
  const lately = sentLately(store, sight)
  const arrived = orders.arrivedAt === null ? '' : `: the last one at ${iso(orders.arrivedAt)}`
  const shown = stock.shownAt === null ? '' : `: the last one at ${iso(stock.shownAt)}`
  return [
    {
      ...silent,
      subject: orders.subject,
      ...ask(rules.flow, orders, sight.pair, null),
      closing: `Orders arrive in ${sight.erpLabel} as they should${arrived}.`,
    },
    ...documentFlows.map((flow) => judgeDocuments(sight, flow, lately)),
    {
      ...silent,
      subject: stock.subject,
      ...ask(rules.stockFlow, stock, sight.pair, null),
      closing: `${sight.shopLabel} shows the stock changes of ${sight.erpLabel}${shown}.`,
    },
  ]
}

const documentFlows: readonly DocumentFlow[] = ['fulfilments', 'invoices']

function judgeDocuments(sight: PairSight, flow: DocumentFlow, lately: SentLately): Judgement {
  const seen = seeDocumentFlow(sight, flow, lately)
  const last = seen.followedAt === null ? '' : `: the last one at ${iso(seen.followedAt)}`
  const runs = flow === 'fulfilments' ? `${sight.shopLabel} is told of parcels` : `${sight.erpLabel} bills what leaves`
  return { ...silent, subject: seen.subject, ...ask(rules.documentFlow, seen, sight.pair, null), closing: `${runs} as it should${last}.` }
}
