/** What is asked of a person who connects a Shopify shop, and which of an order's names is its number. */
import { z } from 'zod'
import { isLoopback } from '../../../domain/loopback.ts'
import type { Field } from '../definition.ts'

/** The version that every query is written against; Shopify serves one for about twelve months. */
export const apiVersion = '2026-07'

/** What people copy: the shop's own name, its address, or that of its admin pages; a server on this computer for trials. */
function hostOf(shop: string): string | null {
  const text = shop.trim()
  const name =
    /^(?:https:\/\/)?([a-z0-9][a-z0-9-]*)\.myshopify\.com(?:\/.*)?$/i.exec(text)?.[1] ??
    /^https:\/\/admin\.shopify\.com\/store\/([a-z0-9][a-z0-9-]*)(?:\/.*)?$/i.exec(text)?.[1]
  if (name !== undefined) return `https://${name.toLowerCase()}.myshopify.com`
  const url = URL.parse(text)
  const local = url !== null && url.protocol.startsWith('http') && isLoopback(url.hostname)
  return local ? text.replace(/\/+$/, '') : null
}

export const orderNumberSchema = z
  .string()
  .regex(
    /^(?:name|number|poNumber|metafield\.[\w-]{1,255}\.[\w-]{1,64}|customAttribute\..{1,100})$/,
    'name, number, poNumber, metafield.NAMESPACE.KEY or customAttribute.KEY',
  )

export const settingsSchema = z.object({
  shop: z
    .string()
    .max(300)
    .refine(
      (shop) => hostOf(shop) !== null,
      'must be the shop’s own address, such as name.myshopify.com',
    ),
  orderNumber: orderNumberSchema.default('name'),
  /** In which money the ERP books an order that was paid in another than the shop's. */
  currency: z.enum(['shop', 'customer']).default('shop'),
})
export type Settings = z.output<typeof settingsSchema>

export function baseUrl(settings: Settings): string {
  return `${hostOf(settings.shop) ?? settings.shop}/`
}

/** The metafield that the number is in, for the queries; null where it is elsewhere. */
export function metafieldOf(
  settings: Settings,
): { readonly namespace: string; readonly key: string } | null {
  const [, namespace, key] = /^metafield\.([\w-]+)\.([\w-]+)$/.exec(settings.orderNumber) ?? []
  return namespace === undefined || key === undefined ? null : { namespace, key }
}

export interface NamedOrder {
  readonly name: string
  readonly number: number
  readonly poNumber: string | null
  readonly customAttributes: readonly { readonly key: string; readonly value: string | null }[]
  readonly metafield: { readonly value: string } | null
}

/** The number by the setting; null where the order does not carry it. The `#` before names is for people's eyes. */
export function statedNumber(order: NamedOrder, setting: string): string | null {
  const stated = statedIn(order, setting)?.trim() ?? ''
  return stated === '' ? null : stated
}

function statedIn(order: NamedOrder, setting: string): string | null {
  if (setting === 'name') return order.name.replace(/^#/, '')
  if (setting === 'number') return String(order.number)
  if (setting === 'poNumber') return order.poNumber
  if (setting.startsWith('metafield.')) return order.metafield?.value ?? null
  const key = setting.slice('customAttribute.'.length)
  return order.customAttributes.find((one) => one.key === key)?.value ?? null
}

/** An order without the stated number is kept, visibly, under a name that no ERP reference can equal by accident. */
export function numberOf(order: NamedOrder, setting: string): string {
  return statedNumber(order, setting) ?? `name:${order.name}`
}

export const settingsFields: readonly Field[] = [
  {
    name: 'shop',
    label: 'Shop',
    help: 'The shop’s own address, which ends in myshopify.com, or that of its admin pages.',
    kind: 'text',
    placeholder: 'name.myshopify.com',
  },
  {
    name: 'orderNumber',
    label: 'Order number',
    help: 'What the ERP refers to: name (1001, without its #), number, poNumber, metafield.NAMESPACE.KEY or customAttribute.KEY.',
    kind: 'text',
    placeholder: 'name',
  },
  {
    name: 'currency',
    label: 'Currency of the ERP’s orders',
    help: 'Where the shop sells in several currencies: does the ERP book the shop’s own, or the one the customer paid in?',
    kind: 'choice',
    placeholder: '',
    choices: [
      { value: 'shop', label: 'The shop’s' },
      { value: 'customer', label: 'The customer’s' },
    ],
  },
]

export const secretFields: readonly Field[] = [
  {
    name: 'clientId',
    label: 'Client ID',
    help: 'Of an app that your own organisation made in Shopify’s Dev Dashboard and installed on this shop.',
    kind: 'password',
    placeholder: '',
  },
  {
    name: 'clientSecret',
    label: 'Client secret',
    help: 'Beside the Client ID, in the app’s settings.',
    kind: 'password',
    placeholder: 'shpss_…',
  },
  {
    name: 'accessToken',
    label: 'Admin API access token',
    help: 'Instead of the two, where the shop has an older custom app: the token that was shown once when it was installed.',
    kind: 'password',
    placeholder: 'shpat_…',
  },
]

/** New apps have a client and its secret; custom apps made in the admin before 2026 keep their lasting token. */
export const secretSets = [['clientId', 'clientSecret'], ['accessToken']]
