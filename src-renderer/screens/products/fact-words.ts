/** What customers may share, in words. */
import type { ClusterView } from '../../../src-main/contract/product-views.ts'

export const factTitles: Readonly<Record<ClusterView['by'], string>> = {
  email: 'E-mail address',
  vat: 'VAT id',
  registration: 'Registration number',
}

/** The same within a sentence. */
export const factWords: Readonly<Record<ClusterView['by'], string>> = {
  email: 'e-mail address',
  vat: 'VAT id',
  registration: 'registration number',
}
