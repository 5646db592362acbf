/** Money comes in: authorised, captured in one or several parts, sold outright, or let go. */
import { booked, sum, zero, type Decimal } from '../decimal.ts'
import { authorisationsOf, figuresOf } from './figures.ts'
import { closeWhenDone } from './closing.ts'
import { enterBalance } from './payouts.ts'
import { touch, type ShopState } from './state.ts'
import type { Declined, Instant, Order, Transaction } from './shop.ts'

const dayMs = 24 * 60 * 60 * 1000

/** A card's bank holds the money for a week, who sells on credit for four (help.shopify.com: authorization periods). */
function holdsDays(gateway: string): number {
  return gateway === 'klarna' ? 28 : 7
}

export function authorise(
  state: ShopState,
  orderId: number,
  amount: Decimal,
  gateway: string,
  at: Instant,
): Transaction {
  const order = payable(state, orderId)
  return book(state, order, { kind: 'AUTHORIZATION', gateway, amount: someMoney(amount, order), parentId: null }, at)
}

export function capture(state: ShopState, orderId: number, amount: Decimal, gateway: string, at: Instant): Transaction {
  const order = payable(state, orderId)
  const open = authorisationsOf(order).filter((each) => each.transaction.gateway === gateway)
  if (open.length === 0) return sell(state, order, someMoney(amount, order), gateway, at)
  const enough = open.find((each) => each.left.greaterThanOrEqualTo(amount))
  if (enough === undefined) {
    const most = sum(open.map((each) => each.left))
    throw new Error(`Only ${most.toString()} is authorised on ${order.name} by ${gateway}, not ${amount.toString()}.`)
  }
  const parentId = enough.transaction.id
  return settle(
    state,
    order,
    book(state, order, { kind: 'CAPTURE', gateway, amount: someMoney(amount, order), parentId }, at),
    at,
  )
}

export function voidAuthorisations(state: ShopState, orderId: number, at: Instant): void {
  const order = state.books.orders.must(orderId)
  const open = authorisationsOf(order)
  if (open.length === 0) throw new Error(`Nothing is authorised on ${order.name} that could be voided.`)
  letGo(state, order, at)
}

export function decline(
  state: ShopState,
  orderId: number,
  amount: Decimal,
  gateway: string,
  because: Declined,
  at: Instant,
): Transaction {
  const order = payable(state, orderId)
  return enter(state, order, { kind: 'SALE', gateway, amount: someMoney(amount, order), parentId: null, status: 'FAILURE', errorCode: because }, at)
}

export function lapse(state: ShopState, orderId: number, at: Instant): void {
  const order = state.books.orders.must(orderId)
  const over = authorisationsOf(order).filter(({ transaction }) => transaction.expiresAt !== null && transaction.expiresAt <= at)
  if (over.length === 0) throw new Error(`Nothing that is authorised on ${order.name} has run out.`)
  for (const { transaction } of over) transaction.lapsed = true
  touch(state, order, at)
}

/** Voids what is authorised still, if anything. */
export function letGo(state: ShopState, order: Order, at: Instant): void {
  for (const { transaction, left } of authorisationsOf(order)) {
    book(state, order, { kind: 'VOID', gateway: transaction.gateway, amount: left, parentId: transaction.id }, at)
  }
}

/** Books a successful transaction. */
export function book(
  state: ShopState,
  order: Order,
  made: Pick<Transaction, 'kind' | 'gateway' | 'amount' | 'parentId'>,
  at: Instant,
): Transaction {
  return enter(state, order, { ...made, status: 'SUCCESS', errorCode: null }, at)
}

type Made = Pick<Transaction, 'kind' | 'gateway' | 'amount' | 'parentId' | 'status' | 'errorCode'>

function enter(state: ShopState, order: Order, made: Made, at: Instant): Transaction {
  const transaction: Transaction = {
    ...made,
    id: state.next('transaction'),
    processedAt: at,
    paymentId: `${order.name}.${order.transactions.length + 1}`,
    expiresAt: made.kind === 'AUTHORIZATION' ? at + holdsDays(made.gateway) * dayMs : null,
    lapsed: false,
  }
  order.transactions.push(transaction)
  enterBalance(state, order, transaction)
  touch(state, order, at)
  return transaction
}

function sell(state: ShopState, order: Order, handed: Decimal, gateway: string, at: Instant): Transaction {
  const { outstanding } = figuresOf(order)
  const rounding = gateway === 'cash' ? roundingOf(state, handed, outstanding) : zero
  const amount = handed.minus(rounding)
  if (amount.greaterThan(outstanding)) {
    throw new Error(`Only ${outstanding.toString()} is outstanding on ${order.name}, not ${handed.toString()}.`)
  }
  if (!rounding.isZero()) order.cashRounding = (order.cashRounding ?? zero).plus(rounding)
  return settle(state, order, book(state, order, { kind: 'SALE', gateway, amount, parentId: null }, at), at)
}

/** What the smallest coin makes of a difference: paid in coins, a bill is over or under by less than one of them. */
function roundingOf(state: ShopState, handed: Decimal, outstanding: Decimal): Decimal {
  const difference = handed.minus(outstanding)
  const step = state.cashStep
  return step !== null && handed.mod(step).isZero() && difference.abs().lessThan(step) ? difference : zero
}

function settle(state: ShopState, order: Order, transaction: Transaction, at: Instant): Transaction {
  closeWhenDone(state, order, at)
  return transaction
}

function payable(state: ShopState, orderId: number): Order {
  const order = state.books.orders.must(orderId)
  if (order.cancelledAt !== null) throw new Error(`${order.name} is cancelled and takes no money.`)
  return order
}

/** Throws unless it is more than nothing, in whole units of the currency. */
function someMoney(amount: Decimal, order: Order): Decimal {
  if (!amount.greaterThan(0) || !booked(amount, order.currency).equals(amount)) {
    throw new Error(`${amount.toString()} ${order.currency} cannot be paid.`)
  }
  return amount
}
