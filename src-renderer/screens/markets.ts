/** Markets in words. */
const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' })

/** A market as the rules name it: `FR` is France; anything that is not a country code stays as it is. */
export function marketWords(market: string): string {
  return /^[A-Z]{2}$/.test(market) ? (regions.of(market) ?? market) : market
}
