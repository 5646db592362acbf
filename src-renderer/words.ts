/** What the domain's own words are called on a screen, one table a list, so that every screen says the same. */
import type { Role } from '../src-main/domain/connection.ts'
import type { FaultClass } from '../src-main/domain/fault.ts'
import type { Cause } from '../src-main/domain/incident.ts'
import type { ActionId, Guarantee } from '../src-main/domain/intent.ts'
import type { StreamName } from '../src-main/domain/records.ts'

export const streamWords: Readonly<Record<StreamName, string>> = {
  orders: 'Orders',
  payments: 'Payments',
  refunds: 'Refunds',
  fulfilments: 'Fulfilments',
  stock: 'Stock',
  products: 'Products',
  customers: 'Customers',
  invoices: 'Invoices',
  'credit-notes': 'Credit notes',
  shipments: 'Shipments',
}

export const causeWords: Readonly<Record<Cause, string>> = {
  'wrong-rate': 'Another rate',
  rounding: 'Rounding',
  'quantity-differs': 'Quantity differs',
  'shipping-missing': 'Shipping not taxed',
  'line-missing': 'Line missing',
  discount: 'Discount',
  exempt: 'Exemption',
  ambiguous: 'Several explanations',
  unexplained: 'Unexplained',
  tax: 'Tax',
  quantity: 'Quantity',
  shipping: 'Shipping',
  lines: 'Lines',
  price: 'Price',
  currency: 'Currency',
  oversell: 'Too many on sale',
  undersell: 'Too few on sale',
}

export const roleWords: Readonly<Record<Role, string>> = {
  shop: 'Shop',
  erp: 'ERP',
  payments: 'Payments',
  middleware: 'Middleware',
  warehouse: 'Warehouse',
  pim: 'PIM',
  crm: 'CRM',
  tax: 'Tax',
  carrier: 'Carrier',
}

export const faultWords: Readonly<Record<FaultClass, string>> = {
  credentials: 'Credentials refused',
  permission: 'Not permitted',
  unreachable: 'No answer',
  temporary: 'Failed for the moment',
  'rate-limited': 'Asked too often',
  validation: 'Request refused',
  'not-found': 'Not found',
  tax: 'Tax refused',
  'payment-mismatch': 'Payment differs',
  'erp-rejection': 'Refused by the ERP',
  'unexpected-shape': 'Answer not understood',
}

export const actionWords: Readonly<Record<ActionId, string>> = {
  'order.create': 'Create the order in the ERP',
  'invoice.create': 'Create the invoice',
  'stock.set': 'Set the stock on sale',
  'status.push': 'Tell the shop the status',
}

/** How sure a replay is not to make a duplicate, best first. */
export const guaranteeWords: Readonly<Record<Guarantee, string>> = {
  'native-key': 'The platform itself refuses a second one',
  'natural-upsert': 'A second one overwrites the first',
  'probe-then-create': 'Looked up right before it is created',
  unsafe: 'Not safe to repeat',
}

const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' })

/** A market as the rules name it (`FR`, `US-CA`) in words; anything that is not a country code as it is. */
export function marketWords(market: string): string {
  return /^[A-Z]{2}$/.test(market) ? (regions.of(market) ?? market) : market
}
