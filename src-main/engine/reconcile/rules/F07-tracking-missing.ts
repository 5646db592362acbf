/** The shop knows that a parcel has left, and not by which number it can be followed. */
import { z } from 'zod'
import { trackingKey } from '../../../domain/parcels.ts'
import { iso } from '../../../domain/time.ts'
import { liveDeliveries, parcelsTold, tooEarlyFor } from '../lenses/chain.ts'
import { comparable } from '../lenses/order.ts'
import { defineRule, evidence, graceOf, patience } from '../rule.ts'

export default defineRule({
  id: 'F07-tracking-missing',
  title: 'Tracking number missing in the shop',
  over: 'chain',
  severity: 'medium',
  params: z.object({ graceMinutes: graceOf(null) }),
  repair: null,
  guide: [
    'Write the number below on the order’s parcel in the shop: its customer cannot follow it otherwise.',
    'If it happens to many, the number comes after the parcel is told: let the job wait for it, or send it later.',
  ],
  absentOn: null,
  silentOnAgreement: true,
  detect(seen, { params }) {
    if (!comparable(seen)) return null
    const sent = liveDeliveries(seen).filter((one) => one.state === 'shipped' || one.state === 'delivered')
    const told = parcelsTold(seen)
    const without = told.filter((parcel) => parcel.tracking.length === 0)
    if (without.length === 0) return null
    const known = new Set(told.flatMap((parcel) => parcel.tracking).map(trackingKey))
    const missing = sent.flatMap((one) => one.tracking).filter((number) => !known.has(trackingKey(number)))
    if (missing.length === 0) return null
    const sentAt = Math.max(...sent.map((one) => seen.erpAxis.ours(one.shippedAt ?? 0)))
    const toldAt = Math.max(...without.map((one) => seen.shopAxis.ours(one.at)))
    const changedAt = sent.map((one) => seen.erpAxis.ours(one.changedAt ?? 0))
    const from = Math.max(toldAt, ...changedAt)
    const early = tooEarlyFor(seen, 'fulfilments', from, patience(seen, params))
    if (early !== null) return early
    return {
      kind: 'speaks',
      dueAt: from,
      says: `Order ${seen.number} is sent in ${seen.shopLabel} without the number ${missing.join(', ')} that ${seen.erpLabel} has.`,
      evidence: [
        evidence('Tracking', [...known].join(', ') || 'none', sent.flatMap((one) => one.tracking).join(', '), true),
        evidence('Sent', iso(toldAt), iso(sentAt), false),
        evidence('Told after', `${Math.max(0, Math.round((toldAt - sentAt) / 60_000))} min`, null, false),
      ],
    }
  },
})
