/** Goods have left, and the shop still shows their order as waiting. */
import { z } from 'zod'
import { aheadSince, inBoth, sentOf, shareWords, toldOf } from '../../../domain/progress.ts'
import { iso } from '../../../domain/time.ts'
import { liveDeliveries, tooEarlyFor } from '../lenses/chain.ts'
import { comparable, netCaptured } from '../lenses/order.ts'
import { defineRule, evidence, graceOf, notJudged, patience } from '../rule.ts'

export default defineRule({
  id: 'F07-shipped-not-told',
  title: 'Shipped, and the shop does not know',
  over: 'chain',
  severity: 'medium',
  params: z.object({ graceMinutes: graceOf(null) }),
  repair: 'status.push',
  guide: [
    'Mark the parcel as sent in the shop, with its tracking number: the customer is told by that.',
    'If payment is taken on shipment, check that it was taken.',
    'If it happens to many, look at the job that brings deliveries to the shop.',
  ],
  absentOn: null,
  silentOnAgreement: true,
  detect(seen, { params }) {
    if (!comparable(seen)) return null
    const { shop } = seen
    // wholly refunded: nobody is told of parcels any more
    if (seen.capturedMinor > 0 && netCaptured(seen, shop).minor <= 0) return null
    const deliveries = liveDeliveries(seen)
    const sent = sentOf(seen.live, deliveries)
    if (sent === null) return notJudged('one delivery serves several orders and does not say which units are whose', null)
    const told = toldOf(shop, seen.fulfilments)
    if (told === null) return null
    const untold = inBoth(sent, told).flatMap(([one, other]) => {
      const since = aheadSince(one, other)
      return since === null ? [] : [{ one, other, since: seen.erpAxis.ours(since) }]
    })
    if (untold.length === 0) return null
    const sentAt = Math.min(...untold.map((one) => one.since))
    // called back in the shop to be told anew
    const calledBack = seen.fulfilments.filter((one) => one.state === 'cancelled').map((one) => seen.shopAxis.ours(one.changedAt ?? 0))
    const from = Math.max(sentAt, ...calledBack)
    const early = tooEarlyFor(seen, 'fulfilments', from, patience(seen, params))
    if (early !== null) return early
    const numbers = deliveries.flatMap((one) => one.tracking)
    const uncaptured = seen.capturedMinor === 0 && shop.payment.state === 'authorised'
    return {
      kind: 'speaks',
      // taken on shipment: not told is not paid
      severity: uncaptured ? 'high' : 'medium',
      dueAt: from,
      says: `Order ${seen.number} has left ${seen.erpLabel} and is not sent in ${seen.shopLabel}${uncaptured ? ', where its payment waits for that' : ''}.`,
      evidence: [
        evidence('Sent', shareWords(untold.map(({ other }) => other)), shareWords(untold.map(({ one }) => one)), true),
        evidence('State', shop.fulfilment.state, deliveries.map((one) => `${one.number ?? one.id} ${one.state}`).join(', '), true),
        evidence('Left the warehouse', 'not told', iso(sentAt)),
        ...(numbers.length === 0 ? [] : [evidence('Tracking', shop.fulfilment.tracking.join(', ') || 'none', numbers.join(', '), true)]),
      ],
    }
  },
})
