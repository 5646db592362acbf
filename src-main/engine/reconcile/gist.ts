/**
 * The gist of a record: what of it decides whether any order rule could speak. A shop order and the one ERP order under its
 * number, whose gists agree, need not be gathered while no document follows them: every rule that promises
 * `silentOnAgreement` is silent about them.
 */
import { type Pair, actorOf } from '../../domain/pair.ts'
import type { DomainRecord, ErpOrder, Order } from '../../domain/records.ts'
import { type Interval, admissible } from '../../domain/tax.ts'
import { days } from '../../domain/time.ts'
import type { Gist } from '../store/claims.ts'
import type { Snapshot } from '../store/snapshots.ts'
import { shopTaxFigures } from './difference.ts'
import { dueMoment, scopeOfOrder, totalOf } from './lenses/order.ts'

/** Null for what is out of the ordinary: gone, cancelled, a draft, made by hand, out of scope, with no stock held, in no whole cents. */
export function gistOf(pair: Pair, { record, goneAt }: Snapshot): Gist | null {
  if (goneAt !== null) return null
  try {
    return figuresOf(pair, record)
  } catch (error) {
    // an amount beyond what can be counted: whoever judges it says so
    if (error instanceof RangeError) return null
    throw error
  }
}

function figuresOf(pair: Pair, record: DomainRecord): Gist | null {
  if (record.kind === 'order') return ofShop(pair, record)
  return record.kind === 'erp-order' ? ofErp(pair, record) : null
}

/** No clock that anything is read by is this far off. */
const axisDoubt = days(2)

function ofShop(pair: Pair, order: Order): Gist | null {
  if (order.cancelledAt !== null) return null
  const judgedFrom = dueMoment(order, pair, { ours: (at) => at }) ?? order.placedAt
  if (scopeOfOrder(order, pair, judgedFrom - axisDoubt) !== null) return null
  return { currency: order.currency, total: totalOf(order), tax: admissible(shopTaxFigures(order), order.currency) }
}

function ofErp(pair: Pair, order: ErpOrder): Gist | null {
  // who is not the integration is somebody to speak of, or to say that nobody knows
  const actor = actorOf(order.createdBy, pair.settings)
  if (actor !== null && actor !== 'integration') return null
  // an order that the ERP's stock does not know of holds units, and they are counted
  if (order.state === 'cancelled' || order.state === 'draft' || !order.reservesStock) return null
  const total = admissible([order.totals.total], order.currency)
  const tax = admissible([order.totals.tax], order.currency)
  return isOne(total) && isOne(tax) ? { currency: order.currency, total, tax } : null
}

function isOne({ low, high }: Interval): boolean {
  return low === high
}
