/** Gathers one business day of a pair in one currency: who took and who booked, what went back, and what is known of each. */
import { type Day, boundsOf, dayAfter, dayOf } from '../../../domain/business-day.ts'
import { stands } from '../../../domain/billing.ts'
import { takesBack } from '../../../domain/came-back.ts'
import { add, isZero } from '../../../domain/decimal.ts'
import { toMinor } from '../../../domain/money.ts'
import type { Pair } from '../../../domain/pair.ts'
import type { CreditNote, ErpOrder, Invoice, Order, Refund, Shipment } from '../../../domain/records.ts'
import type { Instant } from '../../../domain/time.ts'
import type { Stretch } from '../../store/business-days.ts'
import type { Snapshot } from '../../store/snapshots.ts'
import type { Store } from '../../store/store.ts'
import { erpDocuments } from '../lenses/chain.ts'
import { type OrderSeen, orderSubject, seeOrder } from '../lenses/order.ts'
import type { PairSight } from '../sight.ts'
import { groupsOf } from './groups.ts'
import type { Sale } from './waterfall.ts'

/** Records of one stream on one day that are gathered; a day that has more says so and is not closed by guess. */
export const dayMax = 200_000

export interface Asked {
  readonly day: Day
  readonly currency: string
  readonly zone: string
}

/** What was read of the day, as records; the totals are read from the same, and from nothing that the steps are made of. */
export interface DayRecords {
  readonly orders: readonly Order[]
  readonly erpOrders: readonly { readonly order: ErpOrder; readonly numbers: readonly string[] }[]
  readonly refunds: readonly Refund[]
  readonly creditNotes: readonly CreditNote[]
  /** Posted, and sent, for orders of the pair. */
  readonly invoices: readonly Pick<Invoice, 'currency'>[]
  readonly shipments: readonly Pick<ErpOrder, 'currency'>[]
  /** Live ERP orders of the day that name no order of the pair: the ERP's own business, told beside. */
  readonly unreferenced: readonly ErpOrder[]
  /** More happened than is gathered. */
  readonly cut: boolean
}

/** A document's own day has no zone: it is kept as midnight UTC. */
export function documentBounds(day: Day): { readonly from: Instant; readonly to: Instant } {
  return { from: Date.parse(day), to: Date.parse(dayAfter(day)) }
}

/** What is booked on the day by the pair's basis, on each side; a moment lies in the merchant's day, a document's own day in none. */
export function bookingStretches(pair: Pair, day: Day, zone: string): readonly [shop: Stretch, erp: Stretch] {
  const { closeBasis } = pair.settings
  const own = boundsOf(day, zone)
  return [
    { connection: pair.shop, stream: 'orders', by: closeBasis.shop === 'captured' ? 'booked' : 'happened', ...own },
    closeBasis.erp === 'document'
      ? { connection: pair.erp, stream: 'orders', by: 'booked', ...documentBounds(day) }
      : { connection: pair.erp, stream: 'orders', by: 'happened', ...own },
  ]
}

function inStretch(store: Store, { connection, stream, by, from, to }: Stretch): readonly Snapshot[] {
  return by === 'booked' ? store.snapshots.bookedIn(connection, stream, from, to, dayMax) : store.snapshots.happenedIn(connection, stream, from, to, dayMax)
}

export function readDay(store: Store, sight: PairSight, { day, zone }: Pick<Asked, 'day' | 'zone'>): DayRecords {
  const { pair } = sight
  const own = boundsOf(day, zone)
  const documents = documentBounds(day)
  const [ofShop, ofErp] = bookingStretches(pair, day, zone)
  const orders = inStretch(store, ofShop)
  const erpOrders = inStretch(store, ofErp)
  const refunds = store.snapshots.happenedIn(pair.shop, 'refunds', own.from, own.to, dayMax)
  const creditNotes = store.snapshots.happenedIn(pair.erp, 'credit-notes', documents.from, documents.to, dayMax)
  // what a sale takes back is on its credit note
  const live = erpOrders.flatMap(({ record, row }) => {
    if (record.kind !== 'erp-order' || record.state === 'cancelled' || takesBack(record)) return []
    const numbers = store.claims.numbers(pair.id, row)
    const ours = numbers.filter((number) => !isRivals(store, sight, number, record))
    return numbers.length > 0 && ours.length === 0 ? [] : [{ order: record, numbers: ours }]
  })
  return {
    orders: orders.flatMap(({ record }) => (record.kind === 'order' ? [record] : [])),
    erpOrders: live.filter((one) => one.numbers.length > 0),
    refunds: refunds.flatMap(({ record }) => (record.kind === 'refund' ? [record] : [])),
    creditNotes: creditNotes.flatMap(({ record }) => (record.kind === 'credit-note' && stands(record) && !isOthers(store, sight, record) ? [record] : [])),
    invoices: store.snapshots
      .happenedIn(pair.erp, 'invoices', documents.from, documents.to, dayMax)
      .flatMap(({ record }) => (record.kind === 'invoice' && stands(record) && servedBy(store, sight, record.orderIds).length > 0 ? [record] : [])),
    // a shipment has no currency of its own: it is of the order that it serves
    shipments: store.snapshots
      .happenedIn(pair.erp, 'shipments', own.from, own.to, dayMax)
      .flatMap(({ record }) => (record.kind === 'shipment' && isSent(record) ? servedBy(store, sight, record.orderIds).slice(0, 1) : [])),
    unreferenced: live.filter((one) => one.numbers.length === 0).map((one) => one.order),
    cut: [orders, erpOrders, refunds, creditNotes].some((one) => one.length >= dayMax),
  }
}

function isSent({ state }: Shipment): boolean {
  return state === 'shipped' || state === 'delivered'
}

/** It takes back what the ERP sold by itself, or for another shop: in neither total, as the order is. */
function isOthers(store: Store, sight: PairSight, { orderIds }: CreditNote): boolean {
  const known = orderIds.every((id) => store.snapshots.get(sight.pair.erp, 'orders', id)?.goneAt === null)
  return orderIds.length > 0 && known && servedBy(store, sight, orderIds).length === 0
}

/** Those of the ERP's orders that name an order of the pair. */
function servedBy(store: Store, sight: PairSight, orderIds: readonly string[]): readonly ErpOrder[] {
  return orderIds.flatMap((id) => {
    const found = store.snapshots.get(sight.pair.erp, 'orders', id)
    if (found?.record.kind !== 'erp-order') return []
    const { record, row } = found
    return store.claims.numbers(sight.pair.id, row).some((number) => !isRivals(store, sight, number, record)) ? [record] : []
  })
}

/** Two shops on one ERP may use one number: a document that is another shop's is not in this pair's day. */
function isRivals(store: Store, sight: PairSight, number: string, record: ErpOrder): boolean {
  if (sight.rivals.length === 0) return false
  const seen = seeOrder(store, sight, number)
  return seen === null || ![...erpDocuments(seen), ...seen.suspect].some((one) => one.id === record.id)
}

/** Every order that took or was booked on the day, those that one document names together as one. */
export function salesOf(store: Store, sight: PairSight, asked: Asked, records: DayRecords): readonly Sale[] {
  const { currency } = asked
  const today = records.orders.filter((order) => order.currency === currency)
  const booked = records.erpOrders.filter((one) => one.order.currency === currency)
  const groups = groupsOf([...today.map((order) => [order.number]), ...booked.map((one) => one.numbers)])
  return groups.map((numbers) => saleOf(store, sight, asked, numbers, today, booked))
}

function saleOf(
  store: Store,
  sight: PairSight,
  { currency, zone }: Asked,
  numbers: readonly string[],
  today: readonly Order[],
  booked: DayRecords['erpOrders'],
): Sale {
  const seen = numbers.flatMap((number) => seeOrder(store, sight, number) ?? [])
  const taken = today.filter((order) => numbers.includes(order.number))
  const ofShop = uniqueById([...seen.flatMap((one) => one.shop ?? []), ...taken])
  const shops = ofShop.filter((order) => order.currency === currency)
  const inDay = booked.filter((one) => one.numbers.some((number) => numbers.includes(number))).map((one) => one.order)
  const ofErp = uniqueById([...seen.flatMap((one) => one.live), ...inDay])
  const live = ofErp.filter((order) => order.currency === currency)
  const captured = sum(shops, capturedOf)
  const { closeBasis } = sight.pair.settings
  const moments = shops.flatMap((order) => (closeBasis.shop === 'placed' ? [order.placedAt] : order.payment.captures.map((capture) => capture.at)))
  const first = moments.toSorted((a, b) => a - b)[0]
  const agreed = sum(shops, (order) => toMinor(order.totals.total, currency))
  const giftCardPaid = sum(shops, (order) => order.payment.giftCardPaid)
  const known = knownOf(store, sight, numbers, seen, { zone, currency })
  return {
    number: numbers.join(' + '),
    orders: seen.map((one) => one.number),
    takenToday: taken.length === 0 ? null : sum(taken, capturedOf),
    takenOn: first === undefined ? null : dayOf(first, zone),
    booked: live.map((order) => ({ day: (closeBasis.erp === 'document' ? order.documentDate : null) ?? dayOf(order.createdAt, zone), minor: toMinor(order.totals.total, currency) })),
    outstanding: Math.max(0, agreed - captured - giftCardPaid),
    giftCardPaid,
    giftCardSold: sum(shops, (order) => giftCardsNotIn(order, live, currency)),
    marketplaceTax: marketplaceTaxNotIn(shops, live, currency),
    cashRounding: sum(shops, (order) => order.cashRounding?.paid ?? 0),
    refundedBefore: live.length > 0 ? 0 : sum(shops, (order) => givenBack(store, sight, order)),
    ...known,
    inOtherCurrency: areApart(ofShop, ofErp),
    // what is said of invoices, credit notes and payments is of no order's own total
    incidents: known.incidents.filter(({ rule }) => !/^F0[67]-/.test(rule) && rule !== 'F02-paid-state-differs'),
  }
}

/** Sold in one currency, and in the ERP in another. */
export function areApart(ofShop: readonly Order[], ofErp: readonly ErpOrder[]): boolean {
  return ofShop.some((order) => ofErp.some((document) => document.currency !== order.currency))
}

/** What rules, scope and coverage say of these orders. */
export function knownOf(
  store: Store,
  sight: PairSight,
  numbers: readonly string[],
  seen: readonly OrderSeen[],
  { zone, currency }: Pick<Asked, 'zone' | 'currency'>,
): Pick<Sale, 'notDueUntil' | 'outOfScope' | 'notJudged' | 'incidents'> {
  const { pair } = sight
  const ends = seen.flatMap((one) => (one.dueAt === null ? [] : [one.dueAt + one.graceMs]))
  const latest = Math.max(...ends, 0)
  const covered = sight.orders.to
  const waits = ends.length > 0 && covered !== null && covered < latest
  const doubts = numbers.flatMap((number) => store.judgements.whyNot(pair.id, orderSubject(pair, number)))
  const incidents = numbers.flatMap((number) =>
    store.incidents
      .liveOf(pair.id, orderSubject(pair, number))
      .flatMap((one) => (one.amount?.currency === currency ? [{ rule: one.rule, number, minor: one.amount.minor }] : [])),
  )
  const parts = numbers.flatMap((number) => {
    const part = store.judgements.partIn(pair.id, 'F05-tax-differs', number)
    return part?.currency === currency ? [{ rule: 'F05-tax-differs', number, minor: part.minor }] : []
  })
  return {
    notDueUntil: waits ? dayOf(latest, zone) : null,
    outOfScope: seen.find((one) => one.outOfScope !== null)?.outOfScope ?? null,
    notJudged: doubts[0]?.why ?? (covered === null ? 'not both sides were read yet' : null),
    // F02 comes first: its figures are whole totals, where F05's is the tax that is in them
    incidents: [...incidents, ...parts].toSorted((a, b) => (a.rule < b.rule ? -1 : 1)),
  }
}

export function refundsOf(store: Store, sight: PairSight, order: Order): readonly Refund[] {
  return store.snapshots
    .byKey(sight.pair.shop, 'refunds', 'order', order.id)
    .flatMap(({ record, goneAt }) => (goneAt === null && record.kind === 'refund' ? [record] : []))
}

/** An order and its refunds are read one after the other: whichever was read further knows more. */
function givenBack(store: Store, sight: PairSight, order: Order): number {
  return Math.max(
    sum(order.refunds, (refund) => refund.amount),
    sum(refundsOf(store, sight, order), (refund) => refund.amount),
  )
}

export function capturedOf(order: Order): number {
  return sum(order.payment.captures, (capture) => capture.amount)
}

/** A card that was sold is a debt to whoever holds it; an ERP that books no line for it books no revenue. */
function giftCardsNotIn(order: Order, live: readonly ErpOrder[], currency: string): number {
  if (live.length === 0) return 0
  const lines = live.flatMap((one) => one.lines)
  const sold = order.lines.filter(
    (line) => line.giftCard && !lines.some((one) => (line.sku !== null && one.sku === line.sku) || one.title === line.title),
  )
  return sum(sold, (line) => toMinor(line.total, currency))
}

function marketplaceTaxNotIn(shops: readonly Order[], live: readonly ErpOrder[], currency: string): number {
  const taxes = shops.flatMap((order) => [...order.lines, ...order.shipping].flatMap((line) => line.taxes))
  const collected = add('0', ...taxes.filter((tax) => tax.collectedByMarketplace).map((tax) => tax.amount ?? '0'))
  if (isZero(collected) || live.length === 0) return 0
  const stated = add('0', ...shops.map((order) => order.totals.tax))
  const booked = add('0', ...live.map((order) => order.totals.tax))
  // an ERP that books it all the same owes nobody an explanation here
  return toMinor(stated, currency) === toMinor(add(booked, collected), currency) ? toMinor(collected, currency) : 0
}

export function uniqueById<T extends { readonly id: string }>(all: readonly T[]): readonly T[] {
  return [...new Map(all.map((one) => [one.id, one])).values()]
}

export function sum<T>(all: readonly T[], of: (one: T) => number): number {
  return all.reduce((total, one) => total + of(one), 0)
}
