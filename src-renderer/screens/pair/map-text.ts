/** Maps as they are typed and pasted: one row a line, the shop's word left of the sign and the ERP's right of it. */
import { parseDecimal } from '../../../src-main/domain/decimal.ts'
import type { MapName, PairMaps } from '../../../src-main/domain/pair-maps.ts'

export interface MapWords {
  readonly label: string
  readonly says: string
  readonly example: string
}

export const mapWords: Readonly<Record<MapName, MapWords>> = {
  skuMap: {
    label: 'SKUs',
    says: 'The shop’s SKU and the ERP’s, where they are not one.',
    example: 'MUG-BLUE = 0815',
  },
  bundles: {
    label: 'Bundles',
    says: 'What a SKU of the shop is made of, by SKUs of the shop.',
    example: 'BREAKFAST = 2 × MUG + 1 × TEA',
  },
  packs: {
    label: 'Packs',
    says: 'How many of the ERP’s product one of the shop’s is, and in which unit the ERP counts.',
    example: 'MUG-SIX = 6 Unit',
  },
  units: {
    label: 'Units',
    says: 'How many of one unit another is.',
    example: 'box = 12 piece',
  },
  taxCodes: {
    label: 'Tax codes',
    says: 'The shop’s tax code and the ERP’s.',
    example: 'VAT20 = 20% G',
  },
  statusMap: {
    label: 'Statuses',
    says: 'The ERP’s word for an order’s state: draft, open, done or cancelled.',
    example: 'processing = open',
  },
  markets: {
    label: 'Markets',
    says: 'A country by its two letters, and what the ERP sells it under.',
    example: 'FR = EU OSS',
  },
  shippingMethods: {
    label: 'Shipping methods',
    says: 'The shop’s method, and the SKU or name of the ERP’s line.',
    example: 'Express = SHIP-EX',
  },
  salesChannels: {
    label: 'Sales channels',
    says: 'The shop’s channel, and what the ERP books its sales under.',
    example: 'amazon = Marketplaces',
  },
  paymentMethods: {
    label: 'Ways to pay',
    says: 'The shop’s way to pay, and the ERP’s journal or payment method.',
    example: 'shopify_payments = Stripe',
  },
  discountCodes: {
    label: 'Discounts',
    says: 'The shop’s discount code, and the ERP’s product or promotion; SUMMER-* stands for all that begin so.',
    example: 'WELCOME10 = PROMO-NEW',
  },
}

export const mapNames: readonly MapName[] = [
  'skuMap',
  'bundles',
  'packs',
  'units',
  'taxCodes',
  'statusMap',
  'markets',
  'shippingMethods',
  'salesChannels',
  'paymentMethods',
  'discountCodes',
]

export function mapText(maps: PairMaps, name: MapName): string {
  return Object.keys(maps[name])
    .map((key) => `${key} = ${valueText(maps, name, key)}`)
    .join('\n')
}

function valueText(maps: PairMaps, name: MapName, key: string): string {
  switch (name) {
    case 'bundles':
      return Object.entries(maps.bundles[key] ?? {})
        .map(([sku, count]) => `${count} × ${sku}`)
        .join(' + ')
    case 'packs': {
      const pack = maps.packs[key]
      return [pack?.size, pack?.unit].filter((part) => part != null).join(' ')
    }
    case 'units': {
      const unit = maps.units[key]
      return `${unit?.times} ${unit?.of}`
    }
    case 'skuMap':
    case 'taxCodes':
    case 'statusMap':
    case 'markets':
    case 'shippingMethods':
    case 'salesChannels':
    case 'paymentMethods':
    case 'discountCodes':
      return maps[name][key] ?? ''
    default:
      return name satisfies never
  }
}

export type ReadMap = { readonly value: Readonly<Record<string, unknown>> } | { readonly problem: string }

/** Rows of a spreadsheet are taken as well: there a tab stands for the sign. */
export function readMap(name: MapName, text: string): ReadMap {
  const rows = new Map<string, unknown>()
  for (const [nth, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const at = /\t|\s=\s/.exec(line) ?? /=/.exec(line)
    const key = at === null ? '' : line.slice(0, at.index).trim()
    const value = at === null ? '' : line.slice(at.index + at[0].length).trim()
    if (key === '' || value === '') return { problem: `Line ${nth + 1} is not such as ${mapWords[name].example}` }
    if (rows.has(key)) return { problem: `Line ${nth + 1} names ${key} a second time` }
    const read = readValue(name, value)
    if (read === null) return { problem: `Line ${nth + 1} is not such as ${mapWords[name].example}` }
    rows.set(key, read)
  }
  return { value: Object.fromEntries(rows) }
}

function readValue(name: MapName, text: string): unknown {
  switch (name) {
    case 'bundles':
      return readBundle(text)
    case 'packs': {
      const parts = /^(\S+)(?:\s+(.+))?$/.exec(text)
      const size = parseDecimal(parts?.[1] ?? '')
      return size === null ? null : { size, unit: parts?.[2] ?? null }
    }
    case 'units': {
      const parts = /^(\S+)\s+(.+)$/.exec(text)
      const times = parseDecimal(parts?.[1] ?? '')
      return times === null ? null : { of: parts?.[2], times }
    }
    case 'skuMap':
    case 'taxCodes':
    case 'statusMap':
    case 'markets':
    case 'shippingMethods':
    case 'salesChannels':
    case 'paymentMethods':
    case 'discountCodes':
      return text
    default:
      return name satisfies never
  }
}

function readBundle(text: string): Readonly<Record<string, string>> | null {
  const parts = new Map<string, string>()
  for (const part of text.split(/\s\+\s/)) {
    const [, count, sku] = /^(\S+)\s*[×x*]\s*(\S.*)$/.exec(part.trim()) ?? []
    const exact = parseDecimal(count ?? '')
    if (exact === null || sku === undefined || parts.has(sku)) return null
    parts.set(sku, exact)
  }
  return Object.fromEntries(parts)
}
