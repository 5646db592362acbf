/** Why figures differ and where, in words; the other words that screens share are in `words.ts`. */
import type { Cause } from '../../src-main/domain/incident.ts'

export const causeWords: Readonly<Record<Cause, string>> = {
  'wrong-rate': 'Another rate',
  rounding: 'Rounding',
  'quantity-differs': 'Quantity differs',
  'shipping-missing': 'Shipping not taxed',
  'line-missing': 'Line missing',
  discount: 'Discount',
  exempt: 'Exemption',
  'reverse-charge': 'Reverse charge',
  'marketplace-tax': 'Collected by marketplace',
  'shipping-rate': 'Shipping taxed otherwise',
  'gross-as-net': 'Gross booked as net',
  'discount-after-tax': 'Discount after tax',
  'bundle-split': 'Bundle split',
  'refund-recomputed': 'Refund computed otherwise',
  several: 'Several causes',
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

const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' })

/** A market as the rules name it: `FR` is France; anything that is not a country code stays as it is. */
export function marketWords(market: string): string {
  return /^[A-Z]{2}$/.test(market) ? (regions.of(market) ?? market) : market
}
