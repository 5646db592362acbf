/** SO-10015 as the shop's connector gives it: paid, and never entered in the recorded Tryton. */
import type { Order, Tax } from '../../../../src-main/domain/records.ts'

export function tax(ratePercent: string): Tax {
  return { code: null, ratePercent, amount: null, collectedByMarketplace: false }
}

function line(
  sku: string,
  quantity: string,
  unitPrice: string,
  total: string,
  rate: string,
): Order['lines'][number] {
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
    allocations: [{ location: 'Lyon', quantity }],
  }
}

export const missingOrder: Order = {
  kind: 'order',
  id: 'order_15',
  version: '1',
  changedAt: Date.parse('2026-11-02T10:00:00Z'),
  changedBy: null,
  trace: null,
  number: 'SO-10015',
  store: null,
  placedAt: Date.parse('2026-11-02T10:00:00Z'),
  channel: 'Web',
  currency: 'EUR',
  taxesIncluded: true,
  market: { country: 'FR', region: null },
  lines: [
    line('SCARF-GRN', '2', '29.9', '59.8', '20'),
    line('SHIRT-S', '2', '49.9', '99.8', '20'),
    line('BOOK-COOK-EN', '1', '24.5', '24.5', '5.5'),
  ],
  shipping: [{ method: 'Colis Express', price: '4.9', taxes: [tax('20')] }],
  totals: { lines: '184.1', discount: '0', shipping: '4.9', tax: '31.2', total: '189' },
  payment: {
    state: 'captured',
    captures: [{ at: Date.parse('2026-11-02T10:00:05Z'), amount: 18900 }],
    authorisedAt: null,
    method: 'card',
    gatewayRefs: [],
    giftCardPaid: 0,
  },
  refunds: [],
  cancelledAt: null,
  cancelReason: null,
  fulfilment: { state: 'none', shippedAt: null, tracking: [] },
  customer: { id: 'cus_1', email: 'C1@example.test', vatId: null, taxExempt: null },
  test: false,
  marks: [],
  promisedAt: null,
}
