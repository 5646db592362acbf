import { medusa } from '../../../../src-main/engine/connectors/medusa/index.ts'
import { describeConnector } from '../laws.ts'
import { recordedAt, recordedLists, replayMedusa, secretKey } from './platform.ts'

const lists = recordedLists()
const count = (key: string): number => lists[key]?.length ?? 0
const orderId = (number: string): string => {
  const order = lists['orders']?.find((row) => JSON.stringify(row['metadata']).includes(number))
  return String(order?.['id'])
}

describeConnector({
  definition: medusa,
  folder: 'medusa',
  start: () => replayMedusa(),
  settings: (url) => ({ baseUrl: url, orderNumber: 'metadata.shop_number' }),
  secrets: { apiKey: secretKey },
  recordedAt,
  records: {
    orders: count('orders'),
    payments: count('payments'),
    stock: count('inventory_items'),
    products: count('variants'),
    customers: count('customers'),
  },
  lookups: [
    {
      stream: 'orders',
      found: { by: 'number', values: ['SO-10003'] },
      ids: orderRecordIds('SO-10003'),
      absent: { by: 'number', values: ['SO-99999'] },
      proves: true,
    },
    {
      stream: 'orders',
      found: { by: 'id', values: [orderId('SO-10005')] },
      ids: orderRecordIds('SO-10005'),
      absent: { by: 'id', values: ['order_00000000000000000000000000'] },
      proves: true,
    },
    {
      stream: 'payments',
      found: { by: 'id', values: [String(lists['payments']?.[0]?.['id'])] },
      ids: [String(lists['payments']?.[0]?.['id'])],
      absent: { by: 'reference', values: ['SO-10003'] },
      proves: false,
    },
    {
      stream: 'stock',
      found: { by: 'id', values: ['MUG-BLK@Lyon'] },
      ids: ['MUG-BLK@Lyon', 'MUG-BLK@Gent'],
      absent: { by: 'number', values: ['NO-SUCH-SKU'] },
      proves: true,
    },
    {
      stream: 'products',
      found: { by: 'number', values: ['MUG-BLK'] },
      ids: [String(lists['variants']?.find((row) => row['sku'] === 'MUG-BLK')?.['id'])],
      absent: { by: 'number', values: ['NO-SUCH-SKU'] },
      proves: true,
    },
    {
      stream: 'customers',
      found: { by: 'id', values: [String(lists['customers']?.[0]?.['id'])] },
      ids: [String(lists['customers']?.[0]?.['id'])],
      absent: { by: 'id', values: ['cus_00000000000000000000000000'] },
      proves: true,
    },
  ],
  actions: [],
})

/** An order row gives its fulfilments and refunds too. */
function orderRecordIds(number: string): readonly string[] {
  const order = lists['orders']?.find((row) => row['id'] === orderId(number))
  const parts = JSON.stringify(order).match(/"id":"(?:ful|ref)_\w+"/g) ?? []
  return [orderId(number), ...parts.map((part) => part.slice(6, -1))]
}
