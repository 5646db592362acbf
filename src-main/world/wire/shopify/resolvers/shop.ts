/** The shop itself, the app that asks, and its bulk operations. */
import { gid } from '../ids.ts'
import { dateTime, dateTimeOrNull } from '../scalars.ts'
import { metafieldResolvers } from './owners.ts'
import type { BulkOperation } from '../bulk/operations.ts'
import type { Resolvers } from './resolver.ts'

/** Everything is answered from what the desk knows: there is one shop. */
const shopFields = {
  id: () => gid('Shop', 1),
  name: (_shop, _args, { desk }) => desk.shop.books.domain.split('.')[0],
  email: (_shop, _args, { desk }) => `owner@${desk.shop.books.domain}`,
  contactEmail: (_shop, _args, { desk }) => `owner@${desk.shop.books.domain}`,
  myshopifyDomain: (_shop, _args, { desk }) => desk.shop.books.domain,
  primaryDomain: (_shop, _args, { desk }) => ({
    id: gid('Domain', 1),
    host: desk.shop.books.domain,
    sslEnabled: true,
    url: `https://${desk.shop.books.domain}`,
  }),
  url: (_shop, _args, { desk }) => `https://${desk.shop.books.domain}`,
  currencyCode: (_shop, _args, { desk }) => desk.shop.books.currency,
  enabledPresentmentCurrencies: (_shop, _args, { desk }) => [
    ...new Set([desk.shop.books.currency, ...[...desk.shop.books.orders.all()].map((order) => order.currency)]),
  ],
  ianaTimezone: (_shop, _args, { desk }) => desk.shop.books.zone,
  timezoneAbbreviation: () => 'UTC',
  timezoneOffset: () => '+0000',
  timezoneOffsetMinutes: () => 0,
  taxesIncluded: (_shop, _args, { desk }) => desk.shop.books.taxesIncluded,
  taxShipping: () => true,
  plan: (_shop, _args, { desk }) => ({
    displayName: desk.plan,
    publicDisplayName: desk.plan,
    partnerDevelopment: false,
    shopifyPlus: desk.plan === 'Shopify Plus',
  }),
  orderNumberFormatPrefix: () => '#',
  orderNumberFormatSuffix: () => '',
  setupRequired: () => false,
  weightUnit: () => 'KILOGRAMS',
  createdAt: () => dateTime(0),
  updatedAt: () => dateTime(0),
  ...metafieldResolvers(() => gid('Shop', 1)),
} satisfies Resolvers<object>

export const shopResolvers = {
  Shop: shopFields,
  AppInstallation: {
    id: () => gid('AppInstallation', 1),
    accessScopes: (_installation, _args, { scopes }) =>
      [...scopes].toSorted().map((handle) => ({ handle, description: handle.replaceAll('_', ' ') })),
    app: (_installation, _args, { app }) => ({ id: gid('App', 1), title: app, handle: app, apiKey: app }),
  } satisfies Resolvers<object>,
  BulkOperation: {
    id: (operation) => gid('BulkOperation', operation.id),
    status: (operation, _args, { at }) => operation.statusAt(at),
    type: () => 'QUERY',
    errorCode: (operation, _args, { at }) => (operation.statusAt(at) === 'FAILED' ? operation.errorCode : null),
    query: (operation) => operation.query,
    objectCount: (operation, _args, { at }) => String(operation.doneAt(at, operation.objects)),
    rootObjectCount: (operation, _args, { at }) => String(operation.doneAt(at, operation.roots)),
    fileSize: (operation, _args, { at }) =>
      operation.statusAt(at) === 'COMPLETED' && operation.file !== null ? String(operation.file.length) : null,
    url: (operation, _args, { at, desk }) =>
      operation.statusAt(at) === 'COMPLETED' && operation.file !== null ? `${desk.origin}${operation.path}` : null,
    partialDataUrl: () => null,
    createdAt: (operation) => dateTime(operation.createdAt),
    completedAt: (operation, _args, { at }) =>
      dateTimeOrNull(operation.statusAt(at) === 'COMPLETED' ? operation.endsAt : null),
  } satisfies Resolvers<BulkOperation>,
}
