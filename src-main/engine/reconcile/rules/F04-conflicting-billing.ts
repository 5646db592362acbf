/** Customers of one identity that contradict each other in what they are billed by: one of them gets the wrong tax. */
import { conflictsOf, customerParams, factWords, oughtToBeOne } from '../lenses/customer.ts'
import { defineRule, evidence, notJudged } from '../rule.ts'

export default defineRule({
  id: 'F04-conflicting-billing',
  title: 'Customer billed by facts that contradict each other',
  over: 'customer',
  severity: 'medium',
  params: customerParams,
  repair: null,
  guide: [
    'Open the customers below and ask which VAT id and country are right.',
    'Correct the wrong one, or merge both if they are one customer.',
    'If they are branches that are billed on their own, set the head office as their parent, or name them in this rule.',
  ],
  absentOn: null,
  detect(seen, { params }) {
    const customers = oughtToBeOne(seen, params)
    const conflicts = conflictsOf(customers)
    if (conflicts.length === 0) return null
    if (seen.covered.to === null) return notJudged(`customers of ${seen.erpLabel} were never read completely`, null)
    const names = customers.map(({ code, id }) => code ?? id)
    const said = conflicts.map(({ label }) => (label === 'Country' ? 'country' : label)).join(' and ')
    return {
      kind: 'speaks',
      says: `Customers ${names.slice(0, 10).join(', ')} of ${seen.erpLabel} share one ${factWords[seen.by]} and differ in ${said}.`,
      evidence: conflicts.map(({ label, values }) => evidence(label, null, values.join(' / '), true)),
    }
  },
})
