/** The shop sends its customer to follow another parcel. */
import { z } from 'zod'
import { trackingKey } from '../../../domain/parcels.ts'
import { iso } from '../../../domain/time.ts'
import { liveDeliveries, parcelsTold, tooEarlyFor } from '../lenses/chain.ts'
import { comparable } from '../lenses/order.ts'
import { defineRule, evidence, graceOf, patience } from '../rule.ts'

export default defineRule({
  id: 'F07-tracking-differs',
  title: 'Tracking numbers differ',
  over: 'chain',
  severity: 'medium',
  params: z.object({ graceMinutes: graceOf(null) }),
  repair: null,
  guide: [
    'Ask the carrier which of the numbers is this order’s, and correct the other side.',
    'If the numbers of two orders are exchanged, correct both: each customer follows the other’s parcel.',
    'If the ERP keeps another kind of number there, switch this rule off for the pair.',
  ],
  absentOn: null,
  silentOnAgreement: true,
  detect(seen, { params }) {
    if (!comparable(seen)) return null
    const sent = liveDeliveries(seen).filter((one) => one.state === 'shipped' || one.state === 'delivered')
    const told = parcelsTold(seen)
    // a parcel without a number is the missing one's
    if (told.length === 0 || told.some((parcel) => parcel.tracking.length === 0)) return null
    const ours = told.flatMap((parcel) => parcel.tracking)
    const theirs = sent.flatMap((one) => one.tracking)
    const strange = beyond(ours, theirs)
    const missing = beyond(theirs, ours)
    // one side that knows more parcels than the other has no wrong number yet
    if (strange.length === 0 || missing.length === 0) return null
    const from = Math.max(
      ...told.map((parcel) => seen.shopAxis.ours(parcel.changedAt)),
      ...sent.map((one) => seen.erpAxis.ours(one.changedAt ?? one.shippedAt ?? 0)),
    )
    const early = tooEarlyFor(seen, 'fulfilments', from, patience(seen, params))
    if (early !== null) return early
    return {
      kind: 'speaks',
      dueAt: from,
      says: `Order ${seen.number} is followed by ${strange.join(', ')} in ${seen.shopLabel} and by ${missing.join(', ')} in ${seen.erpLabel}.`,
      evidence: [
        evidence('Tracking', ours.join(', '), theirs.join(', ')),
        ...sent.slice(0, 20).map((one) => evidence('Delivery', null, `${one.number ?? one.id}, ${one.shippedAt === null ? one.state : iso(seen.erpAxis.ours(one.shippedAt))}`, false)),
      ],
    }
  },
})

function beyond(numbers: readonly string[], known: readonly string[]): readonly string[] {
  const there = new Set(known.map(trackingKey))
  return numbers.filter((number) => !there.has(trackingKey(number)))
}
