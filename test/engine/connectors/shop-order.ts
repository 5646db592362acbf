/** A paid order as a shop's connector gives it, for ERPs that never heard of it. */
import type { Order, Tax } from '../../../src-main/domain/records.ts'

export function tax(ratePercent: string): Tax {
  return { code: null, ratePercent, amount: null, collectedByMarketplace: false }
}

export function shopLine(given: {
  readonly sku: string
  readonly quantity: string
  readonly unitPrice: string
  readonly total: string
  readonly rate: string
  readonly location: string
}): Order['lines'][number] {
  const { location, quantity, rate, sku, total, unitPrice } = given
  return {
    id: `line ${sku}`,
    sku,
    title: sku,
    quantity,
    unit: null,
    unitPrice,
    discount: '0',
    total,
    taxes: [tax(rate)],
    giftCard: false,
    bundleOf: null,
    allocations: [{ location, quantity }],
  }
}

export function shopOrder(
  given: Pick<Order, 'number' | 'placedAt' | 'market' | 'lines' | 'shipping' | 'totals'> & {
    readonly email: string
    /** Minor units. */
    readonly paid: number
  },
): Order {
  const { email, lines, market, number, paid, placedAt, shipping, totals } = given
  return {
    kind: 'order',
    id: 'order_15',
    version: '1',
    changedAt: placedAt,
    changedBy: null,
    trace: null,
    number,
    store: null,
    placedAt,
    channel: 'Web',
    currency: 'EUR',
    taxesIncluded: true,
    market,
    lines,
    shipping,
    totals,
    payment: {
      state: 'captured',
      captures: [{ at: placedAt + 5000, amount: paid }],
      authorisedAt: null,
      method: 'card',
      gatewayRefs: [],
      giftCardPaid: 0,
    },
    refunds: [],
    cashRounding: null,
    returns: [],
    cancelledAt: null,
    cancelReason: null,
    fulfilment: { state: 'none', shippedAt: null, tracking: [] },
    customer: { id: 'cus_1', email, vatId: null, taxExempt: null },
    test: false,
    marks: [],
    discountCodes: [],
    promisedAt: null,
  }
}
