/** One customer stands in the ERP several times: invoices, credit limits and prices are spread over them. */
import { conflictsOf, customerParams, factWords, oughtToBeOne } from '../lenses/customer.ts'
import { defineRule, evidence, notJudged } from '../rule.ts'

export default defineRule({
  id: 'F04-duplicate-customer',
  title: 'Customer more than once in the ERP',
  over: 'customer',
  severity: 'medium',
  params: customerParams,
  repair: null,
  guide: [
    'Open the customers below and find the one that is to stay.',
    'Merge the others into it with the ERP’s own merge, so that their documents move along.',
    'If they are branches, set the head office as their parent, or name them in this rule.',
  ],
  absentOn: null,
  detect(seen, { params }) {
    const customers = oughtToBeOne(seen, params)
    if (customers.length === 0 || conflictsOf(customers).length > 0) return null
    if (seen.covered.to === null) return notJudged(`customers of ${seen.erpLabel} were never read completely`, null)
    const names = customers.map(({ code, id }) => code ?? id)
    return {
      kind: 'speaks',
      says: `${seen.erpLabel} has ${customers.length} customers with the same ${factWords[seen.by]}: ${names.slice(0, 10).join(', ')}.`,
      evidence: [
        evidence(`Customers with the same ${factWords[seen.by]}`, null, String(customers.length), true),
        ...customers.slice(0, 30).map(({ code, id }) => evidence('Customer', null, code === null ? id : `${code} (${id})`, false)),
      ],
    }
  },
})
