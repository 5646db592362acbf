/** The balance that Shopify Payments keeps for the merchant, and its payouts, answered from the shop's books. */
import { zero, type Decimal } from '../../../decimal.ts'
import { payoutStatusAt, sumsOf, type BalanceEntry, type Payout, type PayoutSums } from '../../../shop/payouts.ts'
import { gid } from '../ids.ts'
import { list, type Listing, type ListArguments } from '../listing.ts'
import { dateTime, money } from '../scalars.ts'
import type { Asking } from '../asking.ts'
import type { TransactionOf } from './payments.ts'
import type { Resolvers } from './resolver.ts'

/** A payout with what it holds. */
interface Held {
  readonly id: number
  readonly changedAt: number
  readonly payout: Payout
  readonly entries: readonly BalanceEntry[]
  readonly sums: PayoutSums
}

/** Each with all it holds; one that gathers still is nobody's business yet. */
function payoutsOf({ desk, at }: Asking): readonly Held[] {
  const { balance, payouts } = desk.shop.books
  const byPayout = Map.groupBy(balance.all(), (entry) => entry.payoutId)
  return [...payouts.all()].flatMap((payout) => {
    if (payoutStatusAt(payout, at) === 'PENDING') return []
    const entries = byPayout.get(payout.id) ?? []
    return [{ id: payout.id, changedAt: payout.changedAt, payout, entries, sums: sumsOf(entries) }]
  })
}

const payoutListing: Listing<Held> = {
  rowsSince: (_from, asking) => payoutsOf(asking),
  createdAt: ({ payout }) => payout.closedAt,
  everywhere: ({ id }) => [String(id)],
  sortKeys: {
    ISSUED_AT: ({ payout }) => payout.issuedAt,
    AMOUNT: ({ sums }) => sums.net.toNumber(),
    CHARGE_GROSS: ({ sums }) => sums.charges.toNumber(),
    REFUND_GROSS: ({ sums }) => sums.refunds.toNumber(),
    FEE_AMOUNT: ({ sums }) => sums.chargesFee.toNumber(),
  },
  fields: {
    id: { kind: 'id', of: ({ id }) => [id] },
    issued_at: { kind: 'time', of: ({ payout }) => payout.issuedAt },
    amount: { kind: 'number', of: ({ sums }) => sums.net.toNumber() },
    currency: { kind: 'text', of: ({ payout }) => [payout.currency] },
  },
}

const balanceListing: Listing<BalanceEntry> = {
  rowsSince: (from, { desk }) => desk.shop.books.balance.changedSince(from),
  createdAt: (entry) => entry.at,
  everywhere: (entry) => [String(entry.id)],
  sortKeys: {
    PROCESSED_AT: (entry) => entry.at,
    AMOUNT: (entry) => entry.amount.toNumber(),
    FEE: (entry) => entry.fee.toNumber(),
    NET: (entry) => entry.amount.minus(entry.fee).toNumber(),
    TRANSACTION_TYPE: (entry) => entry.kind,
  },
  fields: {
    id: { kind: 'id', of: (entry) => [entry.id] },
    payments_transfer_id: { kind: 'id', of: (entry) => [entry.payoutId] },
    processed_at: { kind: 'time', of: (entry) => entry.at },
    transaction_type: { kind: 'text', of: (entry) => [entry.kind] },
    currency: { kind: 'text', of: (entry) => [entry.currency] },
  },
}

type Direction = { readonly transactionType?: 'DEPOSIT' | 'WITHDRAWAL' | null }

function directionOf({ sums }: Held): 'DEPOSIT' | 'WITHDRAWAL' {
  return sums.net.isNegative() ? 'WITHDRAWAL' : 'DEPOSIT'
}

const accountFields = {
  id: () => gid('ShopifyPaymentsAccount', 1),
  activated: () => true,
  onboardable: () => false,
  country: () => 'FR',
  defaultCurrency: (_account, _args, { desk }) => desk.shop.books.currency,
  balance(_account, _args, { desk, at }) {
    const { balance, payouts } = desk.shop.books
    const open = [...balance.all()].filter((entry) => payoutStatusAt(payouts.must(entry.payoutId), at) === 'PENDING')
    return [...Map.groupBy(open, (entry) => entry.currency)].map(([currency, entries]) => money(sumsOf(entries).net, currency))
  },
  payouts: (_account: object, args: ListArguments & Direction, asking: Asking) =>
    list(
      { ...payoutListing, isVisible: (held) => (args.transactionType ?? directionOf(held)) === directionOf(held) },
      { ...args, sortKey: args.sortKey ?? 'ISSUED_AT' },
      asking,
      'payouts',
    ),
  balanceTransactions: (_account: object, args: ListArguments, asking: Asking) => list(balanceListing, args, asking, 'balanceTransactions'),
} satisfies Resolvers<object>

function inPayout(figure: (sums: PayoutSums) => Decimal) {
  return ({ payout, sums }: Held) => money(figure(sums), payout.currency)
}

const nothing = inPayout(() => zero)

function inEntry(figure: (entry: BalanceEntry) => Decimal) {
  return (entry: BalanceEntry) => money(figure(entry), entry.currency)
}

/** What was taken for a payment: on the payment itself. */
export function feesOf({ transaction }: TransactionOf, { desk }: Asking): readonly BalanceEntry[] {
  return desk.balanceOf(transaction.id).filter((entry) => entry.kind === 'CHARGE')
}

export const payoutResolvers = {
  ShopifyPaymentsAccount: accountFields,
  ShopifyPaymentsPayout: {
    id: ({ id }) => gid('ShopifyPaymentsPayout', id),
    legacyResourceId: ({ id }) => String(id),
    issuedAt: ({ payout }) => dateTime(payout.issuedAt),
    status: ({ payout }, _args, { at }) => payoutStatusAt(payout, at),
    net: inPayout(({ net }) => net),
    gross: inPayout(({ net }) => net),
    summary: (held) => held,
    transactionType: directionOf,
    externalTraceId: ({ id, payout }, _args, { at }) => (payoutStatusAt(payout, at) === 'PAID' ? `TRACE${id}` : null),
  } satisfies Resolvers<Held>,
  ShopifyPaymentsPayoutSummary: {
    adjustmentsFee: nothing, adjustmentsGross: nothing, advanceFees: nothing, advanceGross: nothing,
    chargesFee: inPayout(({ chargesFee }) => chargesFee),
    chargesGross: inPayout(({ charges }) => charges),
    refundsFee: inPayout(({ refundsFee }) => refundsFee),
    refundsFeeGross: inPayout(({ refunds }) => refunds),
    reservedFundsFee: nothing, reservedFundsGross: nothing, retriedPayoutsFee: nothing, retriedPayoutsGross: nothing,
  } satisfies Resolvers<Held>,
  ShopifyPaymentsBalanceTransaction: {
    id: ({ id }) => gid('ShopifyPaymentsBalanceTransaction', id),
    type: ({ kind }) => kind,
    sourceType: ({ kind }) => kind,
    sourceId: ({ transactionId }) => String(transactionId),
    sourceOrderTransactionId: ({ transactionId }) => String(transactionId),
    transactionDate: ({ at }) => dateTime(at),
    test: () => false,
    adjustmentReason: () => null,
    amount: inEntry(({ amount }) => amount),
    fee: inEntry(({ fee }) => fee),
    net: inEntry(({ amount, fee }) => amount.minus(fee)),
    // an order may be deleted, and what was paid for it stays in the balance
    associatedOrder({ orderId }, _args, { desk }) {
      const order = desk.shop.books.orders.get(orderId)
      return order === null ? null : { id: gid('Order', orderId), name: order.name }
    },
    associatedPayout({ payoutId }, _args, { desk, at }) {
      const status = payoutStatusAt(desk.shop.books.payouts.must(payoutId), at)
      return { id: status === 'PENDING' ? null : gid('ShopifyPaymentsPayout', payoutId), status }
    },
  } satisfies Resolvers<BalanceEntry>,
  TransactionFee: {
    id: ({ id }) => gid('TransactionFee', id),
    amount: inEntry(({ fee }) => fee),
    flatFee: inEntry(({ flat }) => flat),
    flatFeeName: () => 'card_fixed',
    rate: ({ rate }) => rate.toFixed(),
    rateName: () => 'card_variable',
    taxAmount: inEntry(() => zero),
    type: () => 'processing_fee',
  } satisfies Resolvers<BalanceEntry>,
}
