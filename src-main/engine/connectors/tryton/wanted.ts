/** What a shop order asks the ERP to sell, and at which price without tax. Pure. */
import { type Decimal, add, compare, divide, isZero, round } from '../../../domain/decimal.ts'
import type { ErpOrder, Order, Tax } from '../../../domain/records.ts'
import { type Refused, refused } from './draft-payload.ts'

/** Something the customer pays for, in the shop's words: an article or the way it is sent. */
export interface Wanted {
  readonly sku: string
  readonly quantity: Decimal
  /** After discount, on the shop's basis. */
  readonly total: Decimal
  readonly taxes: readonly Tax[]
}

/**
 * The articles and the shipping of an order, without what is none. Shipping has the ERP's own SKU.
 */
export function wantedOf(
  order: Order,
  examples: readonly ErpOrder[],
): { kind: 'wanted'; lines: readonly Wanted[] } | Refused {
  const articles = order.lines.filter(({ quantity }) => !isZero(quantity))
  const shipping = order.shipping.filter(({ price }) => !isZero(price))
  const service = shippingSkuIn(examples)
  const nameless = articles.find(({ sku }) => sku === null)
  if (nameless !== undefined) {
    return refused(
      `The line "${nameless.title.slice(0, 80)}" has no SKU in the shop, so its product in Tryton is unknown.`,
      'Give the product a SKU in the shop, or enter this sale in Tryton by hand.',
    )
  }
  const giftCard = articles.find((line) => line.giftCard)
  if (giftCard !== undefined) {
    return refused(
      `${giftCard.sku} is a gift card. It is a liability and no sale, so it is not entered from here.`,
      'Enter this sale in Tryton by hand, as your accountant wants gift cards booked.',
    )
  }
  if (
    [...articles, ...shipping].some(({ taxes }) => taxes.some((tax) => tax.collectedByMarketplace))
  ) {
    return refused(
      'A marketplace collected the tax of this order, so it must not be booked as yours.',
      'Enter this sale in Tryton by hand.',
    )
  }
  if (shipping.length > 0 && service === null) {
    return refused(
      'No recent sale in Tryton shows which product stands for shipping there.',
      'Enter one order with shipping in Tryton by hand, with the service product that you use for it.',
      'Once that was read here, repair again.',
    )
  }
  const lines = [
    ...articles.map(({ quantity, sku, taxes, total }) => ({
      sku: sku ?? '',
      quantity,
      total,
      taxes,
    })),
    ...shipping.map(({ price, taxes }) => ({
      sku: service ?? '',
      quantity: '1',
      total: price,
      taxes,
    })),
  ]
  if (lines.length === 0) return refused('The order has no lines, so there is nothing to enter.')
  return { kind: 'wanted', lines }
}

/** The service that most of the recent sales carry; of equals the most recent one. */
function shippingSkuIn(examples: readonly ErpOrder[]): string | null {
  const services = examples.flatMap(({ lines }) => lines.filter(({ goods }) => !goods))
  const seen = new Map<string, number>()
  for (const { sku } of services) if (sku !== null) seen.set(sku, (seen.get(sku) ?? 0) + 1)
  let best: string | null = null
  for (const [sku, count] of seen) if (best === null || count > (seen.get(best) ?? 0)) best = sku
  return best
}

/** Tryton's prices are without tax and of a few digits; the discount goes into the price. */
export function netPrice(
  { quantity, taxes, total }: Wanted,
  taxesIncluded: boolean,
  digits: number,
): Decimal {
  const rate = add('0', ...taxes.map(({ ratePercent }) => ratePercent))
  const net = taxesIncluded ? divide(total, add('1', divide(rate, '100'))) : total
  return round(divide(net, quantity), digits, 'half-away')
}

/** `5.5 %`, `20 % + 1 %`, or `no`: a rate of zero is no tax. */
export function ratesInWords(taxes: readonly { readonly ratePercent: Decimal }[]): string {
  const rates = taxes.map(({ ratePercent }) => ratePercent).filter((rate) => !isZero(rate))
  const words = rates.toSorted(compare).map((rate) => `${rate} %`)
  return words.length === 0 ? 'no' : words.join(' + ')
}
