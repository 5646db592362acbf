/**
 * What Shopify Payments keeps for the merchant, and pays out: cards that were captured and refunded, each with its fee, and
 * one payout a currency and business day, two business days later. Money by any other way never passes through here.
 */
import { Decimal, booked, sum, zero } from '../decimal.ts'
import type { Row } from '../table.ts'
import { calendarOf, hour } from '../business/calendar.ts'
import type { ShopState } from './state.ts'
import type { Instant, Order, Transaction } from './shop.ts'

export interface BalanceEntry extends Row {
  orderId: number
  transactionId: number
  payoutId: number
  kind: 'CHARGE' | 'REFUND'
  at: Instant
  currency: string
  /** Signed: a refund takes away. */
  amount: Decimal
  /** Never given back with a refund. */
  fee: Decimal
  /** What the fee was made of. */
  rate: Decimal
  flat: Decimal
}

export interface Payout extends Row {
  currency: string
  /** From when on it is there, with all that it will ever hold. */
  closedAt: Instant
  issuedAt: Instant
  paidAt: Instant
}

export type PayoutStatus = 'PENDING' | 'SCHEDULED' | 'IN_TRANSIT' | 'PAID'

const gateway = 'shopify_payments'

/** What the account has a bank account in; other money is changed into the shop's as it comes. */
const currenciesBeside: readonly string[] = ['GBP', 'USD']

const rates = { home: new Decimal('0.015'), abroad: new Decimal('0.0325') }
/** In the shop's currency, for each charge. */
const flatFee = new Decimal('0.25')

/** Enters what came in or went back by card; anything else is left alone. */
export function enterBalance(state: ShopState, order: Order, made: Transaction): void {
  const { books } = state
  if (made.gateway !== gateway || made.status !== 'SUCCESS' || order.test) return
  const kind = made.kind === 'REFUND' ? 'REFUND' : made.kind === 'SALE' || made.kind === 'CAPTURE' ? 'CHARGE' : null
  if (kind === null) return
  const isKept = order.currency === books.currency || currenciesBeside.includes(order.currency)
  const currency = isKept ? order.currency : books.currency
  const inCurrency = (amount: Decimal): Decimal => (isKept ? amount : booked(amount.times(order.shopRate), currency))
  const charged = kind === 'CHARGE'
  const rate = !charged ? zero : order.currency === books.currency ? rates.home : rates.abroad
  const flat = !charged ? zero : booked(currency === books.currency ? flatFee : flatFee.div(order.shopRate), currency)
  const amount = inCurrency(made.amount)
  books.balance.put({
    id: state.next('balance'),
    changedAt: made.processedAt,
    orderId: order.id,
    transactionId: made.id,
    payoutId: payoutFor(state, currency, made.processedAt).id,
    kind,
    at: made.processedAt,
    currency,
    amount: charged ? amount : amount.negated(),
    fee: booked(amount.times(rate).plus(flat), currency),
    rate,
    flat,
  })
}

/** The one of the currency and the business day; what comes at a weekend waits for Monday's. */
function payoutFor(state: ShopState, currency: string, at: Instant): Payout {
  const { day, closedAt, issuedAt, paidAt } = termsOf(state.books.zone, at)
  const key = `${currency} ${day}`
  const known = state.payouts.get(key)
  if (known !== undefined) return known
  const made = { id: state.next('payout'), changedAt: at, currency, closedAt, issuedAt, paidAt }
  state.payouts.set(key, made)
  state.books.payouts.put(made)
  return made
}

interface Terms {
  readonly day: string
  readonly closedAt: Instant
  readonly issuedAt: Instant
  readonly paidAt: Instant
}

const known = new Map<string, Terms>()

/** Closed with its business day, issued in the morning two business days after it, in the bank by that evening. */
function termsOf(zone: string, at: Instant): Terms {
  const calendar = calendarOfZone(zone)
  const key = `${zone} ${calendar.local(at).date}`
  const before = known.get(key)
  if (before !== undefined) return before
  const start = calendar.businessDay(at, 0)
  const issuedAt = calendar.businessDay(at, 2) + 6 * hour
  const terms = { day: calendar.local(start).date, closedAt: calendar.nextAtHour(start, 0), issuedAt, paidAt: issuedAt + 12 * hour }
  known.set(key, terms)
  return terms
}

const calendars = new Map<string, ReturnType<typeof calendarOf>>()

function calendarOfZone(zone: string): ReturnType<typeof calendarOf> {
  const made = calendars.get(zone) ?? calendarOf(zone)
  calendars.set(zone, made)
  return made
}

/** PENDING: it gathers still, and nobody is shown it. */
export function payoutStatusAt({ closedAt, issuedAt, paidAt }: Payout, at: Instant): PayoutStatus {
  if (at < closedAt) return 'PENDING'
  if (at < issuedAt) return 'SCHEDULED'
  return at < paidAt ? 'IN_TRANSIT' : 'PAID'
}

export interface PayoutSums {
  readonly charges: Decimal
  readonly chargesFee: Decimal
  /** Below nothing, as what went back is. */
  readonly refunds: Decimal
  readonly refundsFee: Decimal
  readonly net: Decimal
}

export function sumsOf(entries: readonly BalanceEntry[]): PayoutSums {
  const of = (kind: BalanceEntry['kind'], figure: (entry: BalanceEntry) => Decimal): Decimal =>
    sum(entries.filter((each) => each.kind === kind).map(figure))
  return {
    charges: of('CHARGE', ({ amount }) => amount),
    chargesFee: of('CHARGE', ({ fee }) => fee),
    refunds: of('REFUND', ({ amount }) => amount),
    refundsFee: of('REFUND', ({ fee }) => fee),
    net: sum(entries.map(({ amount, fee }) => amount.minus(fee))),
  }
}
