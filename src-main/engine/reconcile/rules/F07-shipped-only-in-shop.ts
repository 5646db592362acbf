/** The shop tells its customer that goods are on their way, and the ERP has them in the warehouse. */
import { z } from 'zod'
import { type Progress, aheadSince, inBoth, sentOf, shareWords, toldOf } from '../../../domain/progress.ts'
import { iso } from '../../../domain/time.ts'
import { liveDeliveries, tooEarlyFor } from '../lenses/chain.ts'
import { comparable } from '../lenses/order.ts'
import { defineRule, evidence, graceOf, notJudged, patience } from '../rule.ts'

export default defineRule({
  id: 'F07-shipped-only-in-shop',
  title: 'Shipped in the shop only',
  over: 'chain',
  severity: 'medium',
  params: z.object({ graceMinutes: graceOf(null) }),
  repair: null,
  guide: [
    'Ask the warehouse whether the goods have left.',
    'If they have, finish the delivery in the ERP: its stock and its invoice wait for that.',
    'If not, cancel the fulfilment in the shop, or send the goods: the customer waits for a parcel.',
  ],
  absentOn: null,
  silentOnAgreement: true,
  detect(seen, { params }) {
    if (!comparable(seen)) return null
    const told = toldOf(seen.shop, seen.fulfilments)
    if (told === null || told.every((one) => one.steps.length === 0)) return null
    const deliveries = liveDeliveries(seen)
    const sent = sentOf(seen.live, deliveries)
    if (sent === null) return notJudged('one delivery serves several orders and does not say which units are whose', null)
    const ahead = inBoth(told, sent).flatMap(([one, other]) => {
      const since = isOver(other) ? null : aheadSince(one, other)
      return since === null ? [] : [{ one, other, since: seen.shopAxis.ours(since) }]
    })
    if (ahead.length === 0) return null
    const toldAt = Math.min(...ahead.map((one) => one.since))
    const early = tooEarlyFor(seen, 'fulfilments', toldAt, patience(seen, params))
    if (early !== null) return early
    return {
      kind: 'speaks',
      dueAt: toldAt,
      says: `${seen.shopLabel} says that order ${seen.number} is sent; ${seen.erpLabel} has not sent ${sent.every((one) => one.steps.length === 0) ? 'any of it' : 'all of that'}.`,
      evidence: [
        evidence('Sent', shareWords(ahead.map(({ one }) => one)), shareWords(ahead.map(({ other }) => other)), true),
        evidence('State', seen.shop.fulfilment.state, deliveries.map((one) => `${one.number ?? one.id} ${one.state}`).join(', '), true),
        evidence('Told', iso(toldAt), null, false),
      ],
    }
  },
})

/** Some of it has left and nothing more is to: the rest was given up, as with a part that is out of stock. */
function isOver(sent: Progress): boolean {
  return sent.steps.length > 0 && !sent.waits
}
