/** Tryton 6.0 over JSON-RPC: sales, invoices, shipments, returns, stock, and drafts of missing sales. */
import { defineConnector } from '../definition.ts'
import { orderCreate } from './actions.ts'
import { authorise } from './calls.ts'
import { check } from './check.ts'
import { faultOfTryton } from './faults.ts'
import {
  type TrytonSettings,
  secretFields,
  serverUrl,
  settingsFields,
  trytonSettings,
} from './settings.ts'
import { stock } from './stock.ts'
import { customers, invoices, orders, products, returns, shipments } from './streams.ts'

export const tryton = defineConnector<TrytonSettings>({
  id: 'tryton',
  label: 'Tryton',
  role: 'erp',
  settings: trytonSettings,
  settingsFields,
  secretFields,
  // Tryton limits logins only (ERP.md §4.9); this keeps its few workers free for the people who use
  // it.
  limits: { concurrent: 2, perMinute: 600, answerBytesMax: 32 * 1024 * 1024 },
  baseUrl: serverUrl,
  authorise,
  faultOf: faultOfTryton,
  check,
  streams: [orders, invoices, shipments, returns, stock, products, customers],
  actions: [orderCreate],
})
