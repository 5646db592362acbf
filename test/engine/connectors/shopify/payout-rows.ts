/** Payouts of Shopify Payments, in the shapes of the Admin schema 2026-07. */
import { type Row, gid, shopNow } from './shop.ts'

function inEuro(amount: string): Row {
  return { amount, currencyCode: 'EUR' }
}

/** Twelve of as many days, the last two not paid yet: one issued today, one to be issued in two days. */
export function somePayouts(): readonly Row[] {
  return Array.from({ length: 12 }, (_, index) => {
    const day = new Date(shopNow - (10 - index) * 86_400_000).toISOString().slice(0, 10)
    return aPayout(800 + index, `${index === 11 ? '2026-11-26' : day}T06:00:00Z`, index < 10 ? 'PAID' : index === 10 ? 'IN_TRANSIT' : 'SCHEDULED')
  })
}

/** 11.90 charged and 1.90 given back, of two orders. */
export function aPayout(number: number, issuedAt: string, status: string, given: Row = {}): Row {
  const transaction = (type: string, amount: string, fee: string, order: number): Row => ({
    id: gid('ShopifyPaymentsBalanceTransaction', number * 10 + order),
    type,
    transactionDate: new Date(Date.parse(issuedAt) - 2 * 86_400_000).toISOString().replace('.000Z', 'Z'),
    amount: inEuro(amount),
    fee: inEuro(fee),
    associatedOrder: { id: gid('Order', 5_001_000 + order), name: `#${1000 + order}` },
  })
  const none = inEuro('0.0')
  return {
    __typename: 'ShopifyPaymentsPayout',
    id: gid('ShopifyPaymentsPayout', number),
    legacyResourceId: String(number),
    issuedAt,
    status,
    net: inEuro('9.57'),
    summary: {
      chargesGross: inEuro('11.9'), chargesFee: inEuro('0.43'), refundsFeeGross: inEuro('-1.9'), refundsFee: none,
      adjustmentsGross: none, adjustmentsFee: none, advanceGross: none, advanceFees: none, reservedFundsGross: none,
      reservedFundsFee: none, retriedPayoutsGross: none, retriedPayoutsFee: none,
    },
    entries: [transaction('CHARGE', '11.9', '0.43', 1), transaction('REFUND', '-1.9', '0.0', 3)],
    ...given,
  }
}

/** The transactions of one payout are found by its number. */
export function accountOf(payouts: readonly Row[] | null, searched: (rows: readonly Row[], args: Row) => readonly Row[]): Row | null {
  if (payouts === null) return null
  return {
    payouts: (args: Row) => searched(payouts, args),
    balanceTransactions({ query }: Row) {
      const number = /^payments_transfer_id:(\d+)$/.exec(String(query))?.[1]
      return payouts.find((one) => one['legacyResourceId'] === number)?.['entries'] ?? []
    },
  }
}
