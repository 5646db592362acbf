/** SO-99015 as the shop's connector gives it: paid, and unknown to the Odoo of the tests. */
import type { ErpOrder, Order } from '../../../../src-main/domain/records.ts'
import { shopLine, shopOrder, tax } from '../shop-order.ts'

const placedAt = Date.parse('2026-11-22T10:00:00Z')

export function lineOf(
  sku: string,
  quantity: string,
  total: string,
  rate = '19',
): Order['lines'][number] {
  return shopLine({ sku, quantity, unitPrice: total, total, rate, location: 'Main' })
}

export const missingOrder = shopOrder({
  number: 'SO-99015',
  placedAt,
  market: { country: 'DE', region: null },
  lines: [lineOf('DESK', '2', '238'), lineOf('LAMP', '1', '11.9')],
  shipping: [{ method: 'Parcel', price: '5.95', taxes: [tax('19')] }],
  totals: { lines: '249.9', discount: '0', shipping: '5.95', tax: '40.85', total: '255.85' },
  email: 'c1@EXAMPLE.test',
  paid: 25_585,
})

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
  reservesSome: false,
  createdBy: 'connector',
  createdAt: placedAt,
  documentDate: null,
  currency: 'EUR',
  customerId: '17',
  customerEmail: null,
  lines: [
    {
      id: '12',
      sku: 'SHIP',
      title: 'Parcel',
      quantity: '1',
      unit: null,
      unitPrice: '4.9',
      net: '4.9',
      taxes: [{ ...tax('19'), code: '19%' }],
      goods: false,
    },
  ],
  totals: { net: '4.9', tax: '0.93', total: '5.83' },
}
