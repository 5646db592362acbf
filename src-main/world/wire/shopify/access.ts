/** Access scopes: which of them a type, a field or a write needs, and what is said where it is missing. */
import { GraphQLError, getNamedType, type GraphQLField } from 'graphql'
import { hasScope, type Asking } from './asking.ts'

interface Access {
  readonly scopes: readonly string[]
  /** As the platform's own reference words it. */
  readonly says: string
}

function access(...scopes: readonly string[]): Access {
  const named = scopes.map((scope) => `\`${scope}\` access scope`)
  const last = named.pop() ?? ''
  return { scopes, says: `${named.length === 0 ? last : `${named.join(', ')} or ${last}`}.` }
}

const orders = access('read_orders', 'read_marketplace_orders', 'read_quick_sale')
const payments = access('read_orders', 'read_marketplace_orders')
const returns = access('read_returns', 'read_marketplace_returns')
const products = access('read_products')
const levels = access('read_inventory')
const places = access('read_locations', 'read_inventory', 'read_markets_home')
const customers = access('read_customers')

/** Two doors one behind the other, each worded in its own way. */
const paymentsAccount: Access = {
  scopes: ['read_shopify_payments', 'read_shopify_payments_accounts'],
  says: 'the `read_shopify_payments` or the `read_shopify_payments_accounts` access scope.',
}
const payouts: Access = {
  scopes: ['read_shopify_payments', 'read_shopify_payments_payouts'],
  says: 'The user must have access to payouts.',
}

/** Whoever asks for one of these, by whatever field, needs this. */
const byType: Readonly<Record<string, Access>> = {
  Order: orders,
  LineItem: payments,
  OrderTransaction: payments,
  Refund: payments,
  Return: returns,
  ReverseFulfillmentOrder: returns,
  ReverseFulfillmentOrderLineItem: returns,
  ReverseFulfillmentOrderDisposition: returns,
  Fulfillment: access(
    'read_orders',
    'read_marketplace_orders',
    'read_assigned_fulfillment_orders',
    'read_merchant_managed_fulfillment_orders',
    'read_third_party_fulfillment_orders',
    'read_marketplace_fulfillment_orders',
  ),
  TenderTransaction: access('read_orders'),
  ShopifyPaymentsAccount: paymentsAccount,
  ShopifyPaymentsPayout: payouts,
  ShopifyPaymentsBalanceTransaction: payouts,
  PaymentTerms: access('read_payment_terms'),
  FulfillmentOrder: access(
    'read_assigned_fulfillment_orders',
    'read_merchant_managed_fulfillment_orders',
    'read_third_party_fulfillment_orders',
    'read_marketplace_fulfillment_orders',
  ),
  Product: products,
  ProductVariant: products,
  InventoryItem: access('read_inventory', 'read_products'),
  InventoryLevel: levels,
  InventoryQuantity: levels,
  InventoryAdjustmentGroup: levels,
  Location: places,
  Customer: customers,
  Company: access('read_customers', 'read_companies'),
}

const parcelWriters = access(
  'write_assigned_fulfillment_orders',
  'write_merchant_managed_fulfillment_orders',
  'write_third_party_fulfillment_orders',
)

const byField: Readonly<Record<string, Access>> = {
  'InventoryItem.duplicateSkuCount': levels,
  'InventoryItem.locationsCount': levels,
  'QueryRoot.ordersCount': orders,
  'QueryRoot.customersCount': customers,
  'QueryRoot.productsCount': products,
  'QueryRoot.productVariantsCount': products,
  'QueryRoot.locationsCount': places,
  'Mutation.inventoryActivate': access('write_inventory'),
  'Mutation.inventoryAdjustQuantities': access('write_inventory'),
  'Mutation.inventorySetQuantities': access('write_inventory'),
  'Mutation.orderUpdate': access('write_orders', 'write_marketplace_orders', 'write_quick_sale'),
  'Mutation.orderClose': access('write_orders'),
  'Mutation.orderOpen': access('write_orders'),
  'Mutation.orderMarkAsPaid': access('write_orders'),
  'Mutation.fulfillmentCreate': parcelWriters,
  'Mutation.fulfillmentTrackingInfoUpdate': parcelWriters,
}

/** Everything of a location but its number, when stock may be read and places may not. */
const ofLocation = access('read_locations')
const openOfLocation = new Set(['id', 'legacyResourceId'])

/** What a field needs; null when nothing. */
export function accessTo(owner: string, field: GraphQLField<unknown, unknown>): Access | null {
  const named = byField[`${owner}.${field.name}`]
  if (named !== undefined) return named
  if (owner === 'Location' && !openOfLocation.has(field.name)) return ofLocation
  const type = getNamedType(field.type).name.replace(/(?:Connection|Edge)$/, '')
  return byType[type] ?? null
}

export function requireAccess(needed: Access, fieldName: string, { scopes }: Asking): void {
  if (needed.scopes.some((scope) => hasScope(scope, scopes))) return
  throw new GraphQLError(`Access denied for ${fieldName} field. Required access: ${needed.says}`, {
    extensions: {
      code: 'ACCESS_DENIED',
      documentation: 'https://shopify.dev/api/usage/access-scopes',
      requiredAccess: needed.says,
    },
  })
}

/** For writes whose scope depends on what they write to. */
export function requireScope(scope: string, asking: Asking): void {
  requireAccess(access(scope), 'node', asking)
}
