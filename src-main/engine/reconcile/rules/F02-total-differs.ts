/** Both sides have the order and disagree about what it costs. */
import { z } from 'zod'
import type { DifferenceKind } from '../../../domain/comparison.ts'
import type { Cause } from '../../../domain/incident.ts'
import type { Order } from '../../../domain/records.ts'
import { type OrderSeen, comparable, erpTotal, money, totalOf, unsettled } from '../lenses/order.ts'
import { compareOrder, compareTax, differenceEvidence, explainedCause, leading } from '../difference.ts'
import { defineRule, evidence } from '../rule.ts'

const causeOf: Readonly<Record<DifferenceKind, Cause>> = {
  rate: 'tax',
  exempt: 'tax',
  quantity: 'quantity',
  price: 'price',
  'line-missing': 'lines',
  'line-extra': 'lines',
  'shipping-missing': 'shipping',
}

/** A tax that the two sides round differently is on the total as well: of that the tax rule speaks, market by market. */
function isRounding({ live, methods }: OrderSeen, shop: Order, minor: number): boolean {
  const booked = erpTotal(live, shop.currency)
  if (booked === null) return false
  const { shopMinor, erpMinor, explain } = compareTax(shop, live, { total: totalOf(shop), gross: booked, methods })
  return shopMinor - erpMinor === minor && explainedCause(explain()) === 'rounding'
}

export default defineRule({
  id: 'F02-total-differs',
  title: 'Totals differ between shop and ERP',
  over: 'order',
  severity: 'high',
  params: z.object({}),
  repair: null,
  guide: [
    'Compare the lines below: what differs is marked.',
    'Correct the ERP document before it is billed, or the shop order if the ERP is right.',
    'If it happens to many orders of one kind, the mapping between the systems is wrong: correct it there.',
  ],
  absentOn: null,
  rereads: 'both',
  silentOnAgreement: true,
  detect(seen) {
    if (!comparable(seen)) return null
    const { shop } = seen
    const stated = totalOf(shop)
    const booked = erpTotal(seen.live, shop.currency)
    if (booked !== null && booked >= stated.low && booked <= stated.high) return null
    // paid in coins: an ERP may book what was handed over
    if (booked !== null && booked === stated.low + (shop.cashRounding?.paid ?? 0)) return null
    const early = unsettled(seen, shop)
    if (early !== null) return early
    if (booked === null) {
      const others = [...new Set(seen.live.map((order) => order.currency))].join(', ')
      // what is booked in another currency is missing from this one, whatever it comes to there
      const inOurs = erpTotal(seen.live.filter((order) => order.currency === shop.currency), shop.currency) ?? 0
      return {
        kind: 'speaks',
        amount: { minor: stated.low - inOurs, currency: shop.currency },
        cause: 'currency',
        says: `Order ${seen.number} was sold in ${shop.currency} and booked in ${others}.`,
        evidence: [evidence('Currency', shop.currency, others)],
      }
    }
    const nearest = booked < stated.low ? stated.low : stated.high
    const compared = compareOrder(shop, seen.live)
    const first = leading(compared, 'gross')
    if (first === null && isRounding(seen, shop, nearest - booked)) return null
    return {
      kind: 'speaks',
      amount: { minor: nearest - booked, currency: shop.currency },
      cause: first === null ? 'unexplained' : causeOf[first.kind],
      says: `Order ${seen.number} costs ${money(nearest, shop.currency)} in ${seen.shopLabel} and ${money(booked, shop.currency)} in ${seen.erpLabel}.`,
      evidence: [
        evidence('Total', money(nearest, shop.currency), money(booked, shop.currency)),
        ...differenceEvidence(compared),
      ],
    }
  },
})
