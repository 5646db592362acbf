import { odoo } from '../../../../src-main/engine/connectors/odoo/index.ts'
import { describeConnector } from '../laws.ts'
import { example, missingOrder } from './missing-order.ts'
import { apiKey, database, playOdoo, user } from './platform.ts'
import { type Version, recordedAt } from './tables.ts'

for (const version of [16, 17, 18, 19] satisfies readonly Version[]) {
  describeConnector({
    definition: odoo,
    folder: 'odoo',
    start: () => playOdoo({ version }),
    settings: (url) => ({ baseUrl: `${url}/`, database, ...(version === 19 ? {} : { user }) }),
    secrets: { apiKey },
    recordedAt,
    records: { orders: 120, invoices: 4, shipments: 3, stock: 4, products: 5, customers: 3 },
    lookups: [
      {
        stream: 'orders',
        found: { by: 'reference', values: ['SO-10001', '10002'] },
        ids: ['1', '2'],
        absent: { by: 'reference', values: ['SO-1000', '0001', 'SO-99999'] },
        proves: true,
      },
      {
        stream: 'orders',
        found: { by: 'number', values: ['S00001'] },
        ids: ['1'],
        absent: { by: 'number', values: ['SO-10001'] },
        proves: true,
      },
      {
        stream: 'orders',
        found: { by: 'id', values: ['2', '999999', 'not an id'] },
        ids: ['2'],
        absent: { by: 'id', values: ['999999'] },
        proves: true,
      },
      {
        stream: 'invoices',
        found: { by: 'number', values: ['INV/2026/00001'] },
        ids: ['1'],
        absent: { by: 'reference', values: ['SO-10001'] },
        proves: false,
      },
      {
        stream: 'shipments',
        found: { by: 'id', values: ['1'] },
        ids: ['1'],
        absent: { by: 'number', values: ['nope'] },
        proves: true,
      },
      {
        stream: 'stock',
        found: { by: 'number', values: ['DESK'] },
        ids: ['DESK@WH', 'DESK@SUD'],
        absent: { by: 'number', values: ['DES'] },
        proves: true,
      },
      {
        stream: 'products',
        found: { by: 'number', values: ['BOOK'] },
        ids: ['7'],
        absent: { by: 'number', values: ['BOO'] },
        proves: true,
      },
      {
        stream: 'customers',
        found: { by: 'number', values: ['C2'] },
        ids: ['19'],
        absent: { by: 'number', values: ['C'] },
        proves: true,
      },
    ],
    actions: [
      {
        id: 'order.create',
        input: {
          order: missingOrder,
          reference: missingOrder.number,
          locations: { WH: 'Main' },
          examples: [example],
        },
      },
      { id: 'invoice.create', input: { order: example, number: missingOrder.number } },
    ],
  })
}
