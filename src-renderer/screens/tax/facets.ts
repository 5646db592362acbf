/** What a variance of tax is rolled up by, in words. */
import { causes } from '../../../src-main/domain/incident.ts'
import { type Exemption, type TaxFacet, exemptions } from '../../../src-main/domain/tax-facets.ts'
import { causeWords } from '../../../src-main/domain/cause-words.ts'
import { marketWords } from '../markets.ts'

export const facetTitles: Readonly<Record<TaxFacet, string>> = {
  market: 'By market',
  productType: 'By product type',
  shipping: 'By shipping method',
  exemption: 'By exemption',
  cause: 'By cause',
}

const exemptionWords: Readonly<Record<Exemption, string>> = {
  customer: 'Exempt customer',
  'reverse-charge': 'Reverse charge',
  marketplace: 'Collected by marketplace',
  'zero-rated': 'Zero-rated',
  none: 'Taxed as usual',
}

/** A value that an order does not name has words of its own. */
export function facetWords(by: TaxFacet, value: string): string {
  switch (by) {
    case 'market':
      return value === '' ? 'No country named' : marketWords(value)
    case 'productType':
      return value === '' ? 'Nothing sold' : value
    case 'shipping':
      return value === '' ? 'Nothing shipped' : value
    case 'exemption': {
      const known = exemptions.find((one) => one === value)
      return known === undefined ? value : exemptionWords[known]
    }
    case 'cause': {
      const known = causes.find((one) => one === value)
      return known === undefined ? value : causeWords[known]
    }
    default:
      return by satisfies never
  }
}
