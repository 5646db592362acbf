/** SO-99015 as the shop's connector gives it: paid, with the tax beside its prices, and unknown to the Odoo of the tests. */
import type { ErpOrder, Order, Tax } from '../../../../src-main/domain/records.ts'

export function tax(ratePercent: string): Tax {
  return { code: null, ratePercent, amount: null, collectedByMarketplace: false }
}

export function shopLine(sku: string, quantity: string, unitPrice: string, total: string, rate = '19'): Order['lines'][number] {
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
    allocations: [{ location: 'Main', quantity }],
  }
}

const placedAt = Date.parse('2026-11-22T10:00:00Z')

export const missingOrder: Order = {
  kind: 'order',
  id: 'order_15',
  version: '1',
  changedAt: placedAt,
  changedBy: null,
  trace: null,
  number: 'SO-99015',
  store: null,
  placedAt,
  channel: 'Web',
  currency: 'EUR',
  taxesIncluded: true,
  market: { country: 'DE', region: null },
  lines: [shopLine('DESK', '2', '119', '238'), shopLine('LAMP', '1', '11.9', '11.9')],
  shipping: [{ method: 'Parcel', price: '5.95', taxes: [tax('19')] }],
  totals: { lines: '249.9', discount: '0', shipping: '5.95', tax: '40.85', total: '255.85' },
  payment: {
    state: 'captured',
    captures: [{ at: placedAt + 5000, amount: 25_585 }],
    authorisedAt: null,
    method: 'card',
    gatewayRefs: [],
    giftCardPaid: 0,
  },
  refunds: [],
  cancelledAt: null,
  cancelReason: null,
  fulfilment: { state: 'none', shippedAt: null, tracking: [] },
  customer: { id: 'cus_1', email: 'c1@EXAMPLE.test', vatId: null, taxExempt: null },
  test: false,
  marks: [],
  promisedAt: null,
}

/** What shipping is in the orders that the pair's integration wrote. */
export const example: ErpOrder = {
  kind: 'erp-order',
  id: '1',
  version: null,
  changedAt: null,
  changedBy: null,
  trace: null,
  number: 'S00001',
  references: ['SO-10001'],
  state: 'open',
  platformState: 'sale',
  reservesStock: true,
  createdBy: 'connector',
  createdAt: placedAt,
  documentDate: null,
  currency: 'EUR',
  customerId: '17',
  customerEmail: null,
  lines: [{ id: '12', sku: 'SHIP', title: 'Parcel', quantity: '1', unit: null, unitPrice: '4.9', net: '4.9', taxes: [{ ...tax('19'), code: '19%' }], goods: false }],
  totals: { net: '4.9', tax: '0.93', total: '5.83' },
}
