/** The two sides might mean the same order and might not: confirm it, or it is missing. */
import { z } from 'zod'
import { money, netCaptured, tooEarly } from '../lenses/order.ts'
import { defineRule, evidence, graceOf, patience } from '../rule.ts'

export default defineRule({
  id: 'F02-suspect-match',
  title: 'Match that needs a person',
  over: 'order',
  severity: 'high',
  params: z.object({ graceMinutes: graceOf(null) }),
  repair: null,
  guide: [
    'Open both documents and compare customer, goods and date.',
    'If they are one order, write the shop’s number into the ERP’s reference.',
    'If not, the order is missing in the ERP: create it there; and give the other document a reference of its own.',
  ],
  absentOn: null,
  silentOnAgreement: true,
  detect(seen, { params }) {
    if (seen.shopCopies > 1) {
      return {
        kind: 'speaks',
        says: `${seen.shopCopies} orders of ${seen.shopLabel} carry the number ${seen.number}: none of them can be judged.`,
        evidence: [evidence('Orders with this number', String(seen.shopCopies), String(seen.live.length))],
      }
    }
    const { shop, dueAt } = seen
    if (shop === null || shop.cancelledAt !== null || dueAt === null || seen.live.length > 0) return null
    const other = seen.suspect.find((order) => order.state !== 'cancelled') ?? seen.probable
    if (other === null || other === undefined) return null
    const byNumber = seen.suspect.includes(other)
    const owed = netCaptured(seen, shop)
    // what was wholly given back is due nothing: that it might be there asks for nobody
    if (!byNumber && owed.minor <= 0 && (seen.capturedMinor > 0 || owed.minor < 0)) return null
    const early = tooEarly(seen, dueAt, patience(seen, params))
    if (early !== null) return early
    return {
      kind: 'speaks',
      amount: owed,
      dueAt,
      says: byNumber
        ? `${seen.erpLabel} has a document numbered ${seen.number} that agrees with the shop’s order in neither customer, total nor date.`
        : `Order ${seen.number} is not in ${seen.erpLabel} under its number, but a document of the same customer and total is. Confirm it, or it is missing.`,
      evidence: [
        evidence('Number', seen.number, other.references.join(', ') || (other.number ?? other.id)),
        evidence('Total', `${shop.totals.total} ${shop.currency}`, `${other.totals.total} ${other.currency}`),
        evidence('Captured', money(seen.capturedMinor, shop.currency), null, false),
        evidence('Document', null, `${other.number ?? other.id}, ${other.platformState}`, false),
      ],
    }
  },
})
