import { tryton } from '../../../../src-main/engine/connectors/tryton/index.ts'
import { describeConnector } from '../laws.ts'
import { missingOrder } from './missing-order.ts'
import { examples } from './rows.ts'
import { fixture, isSignIn, password, recordedAt, replayTryton, user } from './platform.ts'

describeConnector({
  definition: tryton,
  folder: 'tryton',
  start: () => replayTryton(),
  settings: (url) => ({ baseUrl: `${url}/tryton/`, user }),
  secrets: { password },
  recordedAt,
  records: {
    orders: fixture('sale.sale').length,
    invoices: fixture('account.invoice').length + 1,
    shipments: fixture('stock.shipment.out').length,
    returns: fixture('stock.shipment.out.return').length,
    stock: fixture('stock-lyon').length + fixture('stock-gent').length,
    products: fixture('product.product').length,
    customers: fixture('party.party').length,
  },
  isSignIn,
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
      found: { by: 'number', values: ['1'] },
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
      found: { by: 'number', values: ['F2026-000001'] },
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
      stream: 'returns',
      found: { by: 'number', values: ['2'] },
      ids: ['2'],
      absent: { by: 'number', values: ['nope'] },
      proves: true,
    },
    {
      stream: 'products',
      found: { by: 'number', values: ['SHIRT-S'] },
      ids: ['1'],
      absent: { by: 'number', values: ['SHIRT'] },
      proves: true,
    },
    {
      stream: 'customers',
      found: { by: 'number', values: ['C00001'] },
      ids: ['3'],
      absent: { by: 'number', values: ['C1'] },
      proves: true,
    },
  ],
  actions: [
    {
      id: 'order.create',
      input: { order: missingOrder, reference: missingOrder.number, locations: {}, examples },
    },
  ],
})
