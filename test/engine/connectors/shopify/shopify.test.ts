import { describe } from 'vitest'
import { shopify } from '../../../../src-main/engine/connectors/shopify/index.ts'
import { shopifySchemaMissing } from '../../../support/shopify-schema.ts'
import { anOrder } from '../../../support/builders.ts'
import { describeConnector } from '../laws.ts'
import { accessToken, client, isSignIn, playShopify } from './platform.ts'
import { gid, shopNow } from './shop.ts'

const order = (number: number): string => gid('Order', 5_000_000 + number)

const subject = {
  definition: shopify,
  folder: 'shopify',
  start: () => playShopify(),
  settings: (url: string) => ({ shop: url, orderNumber: 'name', currency: 'shop' as const }),
  recordedAt: shopNow,
  credentialHeader: 'x-shopify-access-token',
  records: { orders: 45, stock: 209, products: 160, customers: 5, payouts: 12 },
  lookups: [
    {
      stream: 'orders',
      found: { by: 'number', values: ['1001', '1003'] },
      ids: [
        order(1001),
        gid('OrderTransaction', 1001),
        order(1003),
        gid('OrderTransaction', 1003),
        gid('Refund', 300),
      ],
      absent: { by: 'number', values: ['999999'] },
      proves: true,
    },
    {
      stream: 'orders',
      found: { by: 'id', values: [order(1005)] },
      ids: [order(1005), gid('OrderTransaction', 1005)],
      absent: { by: 'id', values: [order(9999)] },
      proves: true,
    },
    {
      stream: 'stock',
      found: { by: 'id', values: ['MUG-BLK@Hamburg'] },
      ids: ['MUG-BLK@Hamburg', 'MUG-BLK@Leipzig'],
      absent: { by: 'number', values: ['NO-SUCH-SKU'] },
      proves: false,
    },
    {
      stream: 'products',
      found: { by: 'number', values: ['VAR-3'] },
      ids: [gid('ProductVariant', 9003)],
      absent: { by: 'id', values: [gid('ProductVariant', 1)] },
      proves: true,
    },
    {
      stream: 'customers',
      found: { by: 'id', values: [gid('Customer', 7001)] },
      ids: [gid('Customer', 7001)],
      absent: { by: 'id', values: [gid('Customer', 1)] },
      proves: true,
    },
  ],
  actions: [
    {
      id: 'stock.set',
      input: {
        sku: 'MUG-BLK',
        location: 'Hamburg',
        quantity: 4,
        reference: 'stock:MUG-BLK@Hamburg',
      },
    },
    {
      id: 'status.push',
      input: {
        order: { ...anOrder(), id: order(1001) },
        parcel: { name: 'WH/OUT/00007', lines: [{ sku: 'MUG-BLK', quantity: '1' }], tracking: ['00340434'], location: 'Hamburg' },
        more: 0,
      },
    },
  ],
} as const

// both ways in keep the laws: a lasting token, and one that is asked for
describe.skipIf(shopifySchemaMissing)('with a lasting token', () => {
  describeConnector({ ...subject, secrets: { accessToken } })
})
describe.skipIf(shopifySchemaMissing)('with a token that is asked for', () => {
  describeConnector({ ...subject, secrets: client, isSignIn })
})
