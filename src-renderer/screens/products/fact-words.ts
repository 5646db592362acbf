/** What customers may share, in words. */
import type { ClusterView } from '../../../src-main/contract/product-views.ts'

export const factTitles: Readonly<Record<ClusterView['by'], string>> = {
  email: 'E-mail address',
  vat: 'VAT id',
  registration: 'Registration number',
}
