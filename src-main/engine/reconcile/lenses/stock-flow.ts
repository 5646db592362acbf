/** Gathers the flow of a pair's stock into the shop: when a change last showed there, and how many wait since. */
import type { Subject } from '../../../domain/incident.ts'
import { type Instant, type Span, minutes } from '../../../domain/time.ts'
import type { Store } from '../../store/store.ts'
import type { PairSight } from '../sight.ts'
import type { Covered } from './coverage.ts'

export interface StockFlowSeen {
  readonly subject: Subject
  readonly shopLabel: string
  readonly erpLabel: string
  /** When the shop's figure last moved to what the ERP had moved to; null where that was never watched. */
  readonly shownAt: Instant | null
  /** SKUs by location that the ERP has moved since, and that the shop should show by now and does not; the first such move. */
  readonly open: number
  readonly oldestAt: Instant | null
  /** How long a change usually takes: half of the last were faster; null where too few were watched. */
  readonly usualMs: Span | null
  readonly targetMs: Span
  readonly covered: Covered
}

const shownSeen = 100
const usualOf = 3

export function seeStockFlow(store: Store, sight: PairSight): StockFlowSeen {
  const { pair, stock } = sight
  const targetMs = minutes(pair.settings.stockTargetMinutes)
  const shown = store.stock.shown(pair.id, shownSeen)
  const shownAt = shown[0]?.shownAt ?? null
  const known = shownAt !== null && stock.to !== null
  const open = known ? store.stock.openIn(pair.id, { after: shownAt, upTo: stock.to - targetMs }) : { count: 0, oldestAt: null }
  const took = shown.map((one) => one.shownAt - one.at).toSorted((a, b) => a - b)
  return {
    subject: { kind: 'stream', connection: pair.shop, key: 'stock' },
    shopLabel: sight.shopLabel,
    erpLabel: sight.erpLabel,
    shownAt,
    open: open.count,
    oldestAt: open.oldestAt,
    usualMs: took.length < usualOf ? null : (took[Math.ceil(took.length / 2) - 1] ?? null),
    targetMs,
    covered: stock,
  }
}
