/** An order's chain as a line of stations: what is there, what is proven missing, what is not due yet, and what nobody can say. */
import { stands } from '../../domain/billing.ts'
import { type Money, toMinor } from '../../domain/money.ts'
import type { CreditNote, ErpOrder, Invoice, Order, Shipment } from '../../domain/records.ts'
import type { Instant } from '../../domain/time.ts'
import type { Judgement } from './judge.ts'
import type { Axis } from './lenses/coverage.ts'
import { type ChainSeen, parcelsTold } from './lenses/chain.ts'

export interface StationDocument {
  readonly id: string
  readonly name: string
  readonly word: string
  readonly at: Instant | null
  readonly amount: Money | null
  readonly says: readonly string[]
  readonly stands: boolean
}

export interface Station {
  readonly kind: 'order' | 'payment' | 'erp-order' | 'delivery' | 'parcel' | 'invoice' | 'refund' | 'credit-note'
  readonly side: 'shop' | 'erp'
  readonly state: 'there' | 'partly' | 'missing' | 'not-due' | 'unknown' | 'none'
  readonly word: string
  readonly at: Instant | null
  readonly amount: Money | null
  readonly dueAt: Instant | null
  readonly why: string | null
  readonly documents: readonly StationDocument[]
}

/** What is known of one order at a moment. */
export interface ChainKnown {
  readonly seen: ChainSeen
  readonly judgement: Judgement
  /** Rules that an incident of the order stands for: an absence is believed only once it was looked up live. */
  readonly believed: ReadonlySet<string>
  /** What should have been judged by then and was not is unknown; what falls due later is merely not due. */
  readonly dueBefore: Instant
}

type Standing = Pick<Station, 'state' | 'dueAt' | 'why'>

/** The rules that speak of a station's absence. */
const missingRules: Readonly<Record<Station['kind'], readonly string[]>> = {
  order: ['F02-erp-order-without-shop-order'],
  payment: [],
  'erp-order': ['F02-paid-order-missing', 'F02-order-missing', 'F02-suspect-match'],
  delivery: ['F07-shipped-only-in-shop'],
  parcel: ['F07-shipped-not-told'],
  invoice: ['F06-invoice-missing'],
  refund: ['F07-refund-not-told'],
  'credit-note': ['F06-refund-without-credit-note'],
}

const documentsMax = 50

export function stationsOf(known: ChainKnown): readonly Station[] {
  const { seen } = known
  return [
    station(known, 'order', 'shop', shopOrders(seen)),
    payment(known),
    erpOrder(known),
    station(known, 'delivery', 'erp', seen.deliveries.map((one) => parcelDocument(one, seen.erpAxis))),
    station(known, 'parcel', 'shop', shopParcels(seen)),
    station(known, 'invoice', 'erp', seen.invoices.map((one) => billDocument(one, seen.erpAxis))),
    station(known, 'refund', 'shop', refunds(seen)),
    station(known, 'credit-note', 'erp', seen.creditNotes.map((one) => billDocument(one, seen.erpAxis))),
  ]
}

function station(known: ChainKnown, kind: Station['kind'], side: Station['side'], documents: readonly StationDocument[], own?: Standing): Station {
  const standing = documents.filter((one) => one.stands)
  const moments = standing.flatMap((one) => one.at ?? [])
  return {
    kind,
    side,
    ...(own ?? standingOf(known, missingRules[kind], standing.length > 0)),
    word: wordOf(standing.length > 0 ? standing : documents),
    at: moments.length === 0 ? null : Math.min(...moments),
    amount: sumOf(standing),
    documents: documents.slice(0, documentsMax),
  }
}

function standingOf({ judgement, believed, dueBefore }: ChainKnown, rules: readonly string[], isThere: boolean): Standing {
  if (judgement.outOfScope !== null && !isThere) return { state: 'none', dueAt: null, why: judgement.outOfScope }
  const spoken = judgement.found.find((one) => rules.includes(one.finding.rule))
  if (spoken !== undefined) {
    const { dueAt, finding } = spoken
    if (spoken.absentOn !== null && !believed.has(finding.rule)) return { state: 'unknown', dueAt, why: 'it is not there yet, and is looked up live before it is called missing' }
    return { state: isThere ? 'partly' : 'missing', dueAt, why: finding.says }
  }
  const waiting = judgement.notJudged.find((one) => rules.includes(one.rule))
  if (waiting === undefined) return { state: isThere ? 'there' : 'none', dueAt: null, why: null }
  const { until, why } = waiting
  if (isThere) return { state: 'partly', dueAt: until, why }
  return until !== null && until > dueBefore ? { state: 'not-due', dueAt: until, why } : { state: 'unknown', dueAt: until, why }
}

function shopOrders({ shop, shopAxis }: ChainSeen): readonly StationDocument[] {
  if (shop === null) return []
  return [
    {
      id: shop.id,
      name: shop.number,
      word: shop.cancelledAt === null ? 'placed' : 'cancelled',
      at: shopAxis.ours(shop.placedAt),
      amount: amountOf(shop.totals.total, shop.currency),
      says: shop.cancelReason === null ? [] : [shop.cancelReason],
      stands: shop.cancelledAt === null,
    },
  ]
}

/** Money first: what is authorised is a promise, what is captured is there. */
function payment(known: ChainKnown): Station {
  const { shop } = known.seen
  if (shop === null) return station(known, 'payment', 'shop', [], { state: 'none', dueAt: null, why: null })
  const { state, captures, giftCardPaid } = shop.payment
  const why = paymentWhy(shop)
  const standing: Standing = { state: paymentStates[state], dueAt: null, why }
  const made = station(known, 'payment', 'shop', payments(known.seen, shop), giftCardPaid > 0 && captures.length === 0 && state === 'none' ? { ...standing, state: 'there' } : standing)
  return { ...made, word: state.replace('-', ' ') }
}

const paymentStates: Readonly<Record<Order['payment']['state'], Station['state']>> = {
  none: 'none',
  pending: 'not-due',
  authorised: 'partly',
  'partly-captured': 'partly',
  captured: 'there',
  'partly-refunded': 'there',
  refunded: 'there',
  voided: 'none',
  unknown: 'unknown',
}

function paymentWhy({ payment: { state } }: Order): string | null {
  if (state === 'pending') return 'nothing is paid yet'
  if (state === 'authorised') return 'authorised, and not captured yet'
  return state === 'unknown' ? 'the shop does not say how it stands' : null
}

function payments({ shopAxis }: ChainSeen, { payment: paid, currency }: Order): readonly StationDocument[] {
  const entry = (name: string, at: Instant | null, minor: number | null, standing: boolean): StationDocument => ({
    id: `${name} ${at ?? ''}`,
    name,
    word: name.toLowerCase(),
    at: at === null ? null : shopAxis.ours(at),
    amount: minor === null ? null : { minor, currency },
    says: paid.method === null ? [] : [paid.method],
    stands: standing,
  })
  return [
    ...(paid.authorisedAt === null ? [] : [entry('Authorised', paid.authorisedAt, null, paid.captures.length === 0)]),
    ...paid.captures.map((one) => entry('Captured', one.at, one.amount, true)),
    ...(paid.giftCardPaid === 0 ? [] : [entry('Gift card', null, paid.giftCardPaid, true)]),
  ]
}

function erpOrder(known: ChainKnown): Station {
  const { seen, judgement } = known
  const documents = [
    ...seen.live.map((one) => erpDocument(one, seen.erpAxis, one.platformState, true)),
    ...seen.cancelled.map((one) => erpDocument(one, seen.erpAxis, 'cancelled', false)),
    ...seen.takenBack.map((one) => erpDocument(one, seen.erpAxis, 'takes back', false)),
    ...seen.suspect.map((one) => erpDocument(one, seen.erpAxis, 'carries the number and agrees in nothing else', false)),
    ...(seen.probable === null ? [] : [erpDocument(seen.probable, seen.erpAxis, 'could be it: same customer and total', false)]),
  ]
  const isAwaited = seen.shop !== null && seen.shop.cancelledAt === null && seen.live.length === 0 && judgement.outOfScope === null
  const made = station(known, 'erp-order', 'erp', documents)
  if (isAwaited && seen.dueAt === null) return { ...made, state: 'not-due', why: 'nothing is due there before it is paid' }
  return made.state === 'missing' || made.state === 'not-due' || made.state === 'unknown' ? { ...made, dueAt: seen.dueAt ?? made.dueAt } : made
}

function erpDocument(order: ErpOrder, axis: Axis, word: string, standing: boolean): StationDocument {
  return {
    id: order.id,
    name: order.number ?? order.id,
    word,
    at: axis.ours(order.createdAt),
    amount: amountOf(order.totals.total, order.currency),
    says: order.references.slice(0, 5),
    stands: standing,
  }
}

function billDocument(bill: Invoice | CreditNote, axis: Axis): StationDocument {
  return {
    id: bill.id,
    name: bill.number ?? bill.id,
    word: bill.state,
    at: bill.createdAt === null ? (bill.issuedOn === null ? null : Date.parse(bill.issuedOn)) : axis.ours(bill.createdAt),
    amount: amountOf(bill.totals.total, bill.currency),
    says: bill.orderIds.length > 1 ? [`over ${bill.orderIds.length} orders`] : [],
    stands: stands(bill),
  }
}

function parcelDocument(parcel: Shipment, axis: Axis): StationDocument {
  return {
    id: parcel.id,
    name: parcel.number ?? parcel.id,
    word: parcel.state,
    at: parcel.shippedAt === null ? null : axis.ours(parcel.shippedAt),
    amount: null,
    says: parcel.tracking.slice(0, 20),
    stands: parcel.state === 'shipped' || parcel.state === 'delivered',
  }
}

/** Of a platform that keeps no parcels, the order's own word. */
function shopParcels(seen: ChainSeen): readonly StationDocument[] {
  const { shop, shopAxis } = seen
  if (shop === null || seen.fulfilments.length > 0) return seen.fulfilments.map((one) => parcelDocument(one, shopAxis))
  return parcelsTold({ ...seen, shop }).map((one, nth) => ({
    id: `parcel ${nth + 1}`,
    name: 'Parcel',
    word: shop.fulfilment.state,
    at: shopAxis.ours(one.at),
    amount: null,
    says: one.tracking.slice(0, 20),
    stands: true,
  }))
}

function refunds({ shop, shopAxis }: ChainSeen): readonly StationDocument[] {
  if (shop === null) return []
  return shop.refunds.map((one) => ({
    id: one.id,
    name: 'Refund',
    word: 'refunded',
    at: shopAxis.ours(one.at),
    amount: { minor: one.amount, currency: shop.currency },
    says: one.reason === null ? [] : [one.reason],
    stands: true,
  }))
}

function amountOf(major: string, currency: string): Money {
  return { minor: toMinor(major, currency), currency }
}

/** Null where nothing is stated, or in several currencies: those are never added. */
function sumOf(documents: readonly StationDocument[]): Money | null {
  const amounts = documents.flatMap((one) => one.amount ?? [])
  const [first] = amounts
  if (first === undefined || amounts.some((one) => one.currency !== first.currency)) return null
  return { minor: amounts.reduce((sum, one) => sum + one.minor, 0), currency: first.currency }
}

function wordOf(documents: readonly StationDocument[]): string {
  return [...new Set(documents.map((one) => one.word))].slice(0, 3).join(', ')
}
