/** SO-10015 as the shop's connector gives it: paid, and never entered in the recorded Tryton. */
import { shopLine, shopOrder, tax } from '../shop-order.ts'

const location = 'Lyon'

export const missingOrder = shopOrder({
  number: 'SO-10015',
  placedAt: Date.parse('2026-11-02T10:00:00Z'),
  market: { country: 'FR', region: null },
  lines: [
    shopLine({
      sku: 'SCARF-GRN',
      quantity: '2',
      unitPrice: '29.9',
      total: '59.8',
      rate: '20',
      location,
    }),
    shopLine({
      sku: 'SHIRT-S',
      quantity: '2',
      unitPrice: '49.9',
      total: '99.8',
      rate: '20',
      location,
    }),
    shopLine({
      sku: 'BOOK-COOK-EN',
      quantity: '1',
      unitPrice: '24.5',
      total: '24.5',
      rate: '5.5',
      location,
    }),
  ],
  shipping: [{ method: 'Colis Express', price: '4.9', taxes: [tax('20')] }],
  totals: { lines: '184.1', discount: '0', shipping: '4.9', tax: '31.2', total: '189' },
  email: 'C1@example.test',
  paid: 18_900,
})
