/** Words of an order that a pair's maps do not know, once the pair has such a map: they are met here for the first time. */
import { compare } from '../../../domain/decimal.ts'
import type { Pair } from '../../../domain/pair.ts'
import type { MapName, PairMaps } from '../../../domain/pair-maps.ts'
import type { Speaks } from '../rule.ts'
import { evidence } from '../rule.ts'
import { type OrderSeen, totalOf } from './order.ts'

type Watched = 'markets' | 'taxCodes' | 'shippingMethods' | 'salesChannels' | 'paymentMethods' | 'discountCodes' | 'statusMap'

export type Unmapped = Readonly<Record<Watched, readonly string[]>>

export function unmappedOf({ settings }: Pair, { shop, live }: Pick<OrderSeen, 'shop' | 'live'>): Unmapped {
  const taxes = shop === null ? [] : [...shop.lines.flatMap((line) => line.taxes), ...shop.shipping.flatMap((one) => one.taxes)]
  // what is not taxed needs no code
  const codes = taxes.flatMap(({ code, ratePercent }) => (code === null || compare(ratePercent, '0') === 0 ? [] : [code]))
  return {
    markets: strangers(settings.markets, shop?.market.country == null ? [] : [shop.market.country]),
    taxCodes: strangers(settings.taxCodes, codes),
    shippingMethods: strangers(settings.shippingMethods, shop?.shipping.map((one) => one.method) ?? []),
    salesChannels: strangers(settings.salesChannels, shop?.channel == null ? [] : [shop.channel]),
    paymentMethods: strangers(settings.paymentMethods, shop?.payment.method == null ? [] : [shop.payment.method]),
    discountCodes: strangers(settings.discountCodes, shop?.discountCodes ?? [], isKnownCode),
    statusMap: strangers(settings.statusMap, live.map((order) => order.platformState)),
  }
}

/** A pair without such a map has not said that it maps them: nothing is met for the first time. */
export function knowsNo(map: PairMaps[Watched & MapName]): boolean {
  return Object.keys(map).length === 0
}

function strangers(
  map: PairMaps[Watched & MapName],
  words: readonly string[],
  isKnown: (map: object, word: string) => boolean = Object.hasOwn,
): readonly string[] {
  if (knowsNo(map)) return []
  return [...new Set(words)].filter((word) => !isKnown(map, word)).toSorted()
}

/** Customers type codes in capitals or not, and shops give out thousands that begin alike and are one promotion. */
function isKnownCode(map: object, word: string): boolean {
  const code = word.trim().toUpperCase()
  return Object.keys(map).some((known) => {
    const wanted = known.trim().toUpperCase()
    return wanted.endsWith('*') ? code.startsWith(wanted.slice(0, -1)) : code === wanted
  })
}

/** One incident for all orders of one word, with what they cost together. */
export function speakOfUnmapped(seen: OrderSeen & { readonly unmapped: Unmapped }, map: Watched, what: string): Speaks | null {
  const [word] = seen.unmapped[map]
  const { shop } = seen
  if (word === undefined || shop === null || shop.cancelledAt !== null) return null
  return {
    kind: 'speaks',
    amount: { minor: totalOf(shop).low, currency: shop.currency },
    partOf: `${what} ${word}`,
    says: `Order ${seen.number} has the ${what} ${word}, which the pair does not map.`,
    evidence: [evidence('First met', word, null, true)],
  }
}

export function unmappedTogether(count: number, whole: string): string {
  return `${count} ${count === 1 ? 'order has' : 'orders have'} the ${whole}, which the pair’s settings do not map.`
}
