/**
 * Odoo 16–19 over JSON-RPC and JSON-2: orders, invoices, shipments, stock, and drafts of
 * missing orders and invoices.
 */
import { defineConnector } from '../definition.ts'
import { orderCreate } from './actions.ts'
import { invoiceCreate } from './bill.ts'
import { authorise, seal } from './calls.ts'
import { check } from './check.ts'
import { faultOfOdoo } from './faults.ts'
import { type OdooSettings, odooSettings, secretFields, settingsFields } from './settings.ts'
import { stock } from './stock.ts'
import { customers, invoices, orders, products, shipments } from './streams.ts'

export const odoo = defineConnector<OdooSettings>({
  id: 'odoo',
  label: 'Odoo',
  role: 'erp',
  settings: odooSettings,
  settingsFields,
  secretFields,
  // Odoo itself has no limit; this keeps its few workers free for the people who use it. One that is hosted answers 429
  // to more than it likes, and is obeyed.
  limits: { concurrent: 2, perMinute: 300, answerBytesMax: 32 * 1024 * 1024 },
  baseUrl: ({ baseUrl }) => baseUrl,
  authorise,
  seal,
  faultOf: faultOfOdoo,
  check,
  streams: [orders, invoices, shipments, stock, products, customers],
  actions: [orderCreate, invoiceCreate],
})
