/**
 * The gist of a record: what of it decides whether any order rule could speak. A shop order and the one ERP order under its
 * number, whose gists agree, need not be gathered while no document follows them: every rule that promises
 * `silentOnAgreement` is silent about them.
 */
import { hash } from 'node:crypto'
import { type Decimal, add, isZero } from '../../domain/decimal.ts'
import { type Pair, actorOf } from '../../domain/pair.ts'
import { lookupsOf } from '../../domain/pair-maps.ts'
import type { DomainRecord, ErpOrder, Order } from '../../domain/records.ts'
import { type Interval, admissible } from '../../domain/tax.ts'
import { days } from '../../domain/time.ts'
import type { Gist } from '../store/claims.ts'
import type { Snapshot } from '../store/snapshots.ts'
import { shopTaxFigures } from './difference.ts'
import { dueMoment, scopeOfOrder, totalOf } from './lenses/order.ts'

/** Null for what is out of the ordinary: gone, cancelled, returned, a draft, made by hand, out of scope, with no stock held, in no whole cents. */
export function gistOf(pair: Pair, { record, goneAt }: Snapshot): Gist | null {
  if (goneAt !== null) return null
  try {
    return figuresOf(pair, record)
  } catch {
    // an amount beyond what can be counted, or a row in a shape of before: whoever judges it says so, and the others are judged
    return null
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
  // what came back must have come back on both sides
  if (order.returns !== null && order.returns !== undefined && order.returns.length > 0) return null
  const judgedFrom = dueMoment(order, pair, { ours: (at) => at }) ?? order.placedAt
  if (scopeOfOrder(order, pair, judgedFrom - axisDoubt) !== null) return null
  const goods = goodsSold(pair, order)
  if (goods === null) return null
  return { currency: order.currency, total: totalOf(order), tax: admissible(shopTaxFigures(order), order.currency), goods }
}

/** Null for goods that are not found again by a look: without a SKU, packs, bundles, two under one SKU of the ERP. */
function goodsSold(pair: Pair, { lines }: Order): number | null {
  const lookups = lookupsOf(pair.settings)
  const units = new Map<string, Decimal>()
  const sold = new Map<string, string>()
  for (const { sku, quantity, giftCard } of lines) {
    if (giftCard || isZero(quantity)) continue
    if (sku === null || lookups.bundle(sku) !== null || lookups.packSize(sku) !== '1') return null
    const erpSku = lookups.erpSku(sku)
    if ((sold.get(erpSku) ?? sku) !== sku) return null
    sold.set(erpSku, sku)
    units.set(erpSku, add(units.get(erpSku) ?? '0', quantity))
  }
  const names = new Set(lines.map((line) => line.sku))
  // a name that is another product's in the shop may be taken for that one
  if ([...sold].some(([erpSku, sku]) => erpSku !== sku && names.has(erpSku))) return null
  return fingerprint(units)
}

function goodsBooked({ lines }: ErpOrder): number | null {
  const units = new Map<string, Decimal>()
  for (const { sku, quantity, goods } of lines) {
    if (!goods || isZero(quantity)) continue
    if (sku === null) return null
    units.set(sku, add(units.get(sku) ?? '0', quantity))
  }
  return fingerprint(units)
}

/** 48 bits: a number of JavaScript holds them, and no two orders under one number look alike by chance. */
function fingerprint(units: ReadonlyMap<string, Decimal>): number {
  const inOrder = [...units].toSorted(([one], [other]) => (one < other ? -1 : 1))
  return hash('sha256', JSON.stringify(inOrder), 'buffer').readUIntBE(0, 6)
}

function ofErp(pair: Pair, order: ErpOrder): Gist | null {
  // who is not the integration is somebody to speak of, or to say that nobody knows
  const actor = actorOf(order.createdBy, pair.settings)
  if (actor !== null && actor !== 'integration') return null
  // an order that the ERP's stock does not know of holds units, and they are counted
  if (order.state === 'cancelled' || order.state === 'draft' || !order.reservesStock) return null
  const total = admissible([order.totals.total], order.currency)
  const tax = admissible([order.totals.tax], order.currency)
  const goods = goodsBooked(order)
  return isOne(total) && isOne(tax) && goods !== null ? { currency: order.currency, total, tax, goods } : null
}

function isOne({ low, high }: Interval): boolean {
  return low === high
}
