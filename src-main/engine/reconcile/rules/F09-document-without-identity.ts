/** An ERP document that does not say who made it, although the pair says who may: nobody can be asked about it. */
import { z } from 'zod'
import { defineRule, evidence } from '../rule.ts'

export default defineRule({
  id: 'F09-document-without-identity',
  title: 'Order or invoice without an author',
  over: 'chain',
  severity: 'medium',
  params: z.object({}),
  repair: null,
  guide: [
    'Look at how the document came about: an import, a script, a user that was removed.',
    'Let the integration write with a user of its own, and leave its trace on what it writes.',
  ],
  absentOn: null,
  asleep: ({ owners }) => owners.order === undefined && owners.invoice === undefined,
  detect(seen) {
    if (!seen.ownersNamed) return null
    const nameless = [...seen.live.filter((order) => order.createdBy === null), ...seen.invoices.filter((one) => one.state !== 'cancelled')].filter(
      (one) => one.changedBy === null && one.trace === null,
    )
    const [first] = nameless
    if (first === undefined) return null
    return {
      kind: 'speaks',
      says: `${first.number ?? first.id} of ${seen.erpLabel} says neither who made it nor where it came from.`,
      evidence: nameless.slice(0, 20).map((one) => evidence('Document', null, `${one.number ?? one.id}: no author, no trace`, true)),
    }
  },
})
