/** How fresh each stream must be: its class by DESIGN §6, whatever pace a platform lets us read it at. */
import type { StreamName } from './records.ts'

export const freshnessClasses = ['near-real-time', 'often', 'batch'] as const
export type FreshnessClass = (typeof freshnessClasses)[number]

export const freshnessOf: Readonly<Record<StreamName, FreshnessClass>> = {
  orders: 'near-real-time',
  payments: 'near-real-time',
  refunds: 'near-real-time',
  stock: 'near-real-time',
  fulfilments: 'near-real-time',
  shipments: 'near-real-time',
  returns: 'near-real-time',
  invoices: 'often',
  'credit-notes': 'often',
  customers: 'batch',
  products: 'batch',
  payouts: 'batch',
}
