/** What a shop order asks an ERP to sell, at which price without tax, and when its draft must be refused. Pure. */
import {
  type Decimal,
  add,
  compare,
  divide,
  isZero,
  multiply,
  round,
  subtract,
} from '../../domain/decimal.ts'
import { type Currency, toMajor, toMinor } from '../../domain/money.ts'
import type { ErpOrder, Order, Tax } from '../../domain/records.ts'

/** Why no draft can be made, and what a person can do about it. */
export interface Refused {
  readonly kind: 'refused'
  readonly says: string
  readonly guide: readonly string[]
}

export function refused(says: string, ...guide: readonly string[]): Refused {
  return { kind: 'refused', says, guide }
}

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
 * `erp` is the ERP's name in sentences.
 */
export function wantedOf(
  order: Order,
  examples: readonly ErpOrder[],
  erp: string,
): { kind: 'wanted'; lines: readonly Wanted[] } | Refused {
  const articles = order.lines.filter(({ quantity }) => !isZero(quantity))
  const shipping = order.shipping.filter(({ price }) => !isZero(price))
  const service = shippingSkuIn(examples)
  const nameless = articles.find(({ sku }) => sku === null)
  if (nameless !== undefined) {
    return refused(
      `The line "${nameless.title.slice(0, 80)}" has no SKU in the shop, so its product in ${erp} is unknown.`,
      `Give the product a SKU in the shop, or enter this sale in ${erp} by hand.`,
    )
  }
  const giftCard = articles.find((line) => line.giftCard)
  if (giftCard !== undefined) {
    return refused(
      `${giftCard.sku} is a gift card. It is a liability and no sale, so it is not entered from here.`,
      `Enter this sale in ${erp} by hand, as your accountant wants gift cards booked.`,
    )
  }
  if (
    [...articles, ...shipping].some(({ taxes }) => taxes.some((tax) => tax.collectedByMarketplace))
  ) {
    return refused(
      'A marketplace collected the tax of this order, so it must not be booked as yours.',
      `Enter this sale in ${erp} by hand.`,
    )
  }
  if (shipping.length > 0 && service === null) {
    return refused(
      `No recent sale in ${erp} shows which product stands for shipping there.`,
      `Enter one order with shipping in ${erp} by hand, with the service product that you use for it.`,
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

/** Per unit, for an ERP whose prices are without tax and of a few digits; the discount goes into the price. */
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

/** Null: equal to the cent. A sentence: within one minor unit a line. Refused: more than that. */
export function differenceIn(
  order: Order,
  total: Decimal,
  lines: number,
  erp: string,
): Refused | string | null {
  const { currency } = order
  const difference = subtract(total, order.totals.total)
  const sign = compare(difference, '0')
  if (sign === 0) return null
  const apart = difference.replace('-', '')
  const figures = `${money(total, currency)} instead of ${money(order.totals.total, currency)}`
  const than = `${money(apart, currency)} ${sign > 0 ? 'more' : 'less'} than the shop charged`
  const says = `${erp} would book ${than} (${figures})`
  if (compare(apart, multiply(toMajor(1, currency), String(lines))) <= 0) {
    return `${says}: its prices have fewer digits, or it rounds tax in another way.`
  }
  const over = lines === 1 ? 'one line' : `${lines} lines`
  return refused(
    `${says}. That is more than rounding can explain over ${over}.`,
    'Look for a discount, a fee or a tip of the order that is not among its lines in the shop.',
    `Enter this sale in ${erp} by hand.`,
  )
}

/** `178.70 EUR`. */
export function money(figure: Decimal, currency: Currency): string {
  return `${toMajor(toMinor(figure, currency), currency)} ${currency}`
}
