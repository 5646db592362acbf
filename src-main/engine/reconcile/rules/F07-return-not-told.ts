/** Goods came back on one side, and the other does not know. */
import { z } from 'zod'
import { backInErp, backInShop, perhapsBackInShop, worthOf } from '../../../domain/came-back.ts'
import { type Progress, aheadSince, inBoth, shareWords } from '../../../domain/progress.ts'
import { type Instant, iso } from '../../../domain/time.ts'
import { type ChainSeen, liveDeliveries, liveReturns, tooEarlyFor } from '../lenses/chain.ts'
import { comparable, money } from '../lenses/order.ts'
import { defineRule, evidence, graceOf, notJudged, patience } from '../rule.ts'

interface Untold {
  readonly one: Progress
  readonly other: Progress
  readonly since: Instant
}

export default defineRule({
  id: 'F07-return-not-told',
  title: 'Returned on one side only',
  over: 'chain',
  severity: 'medium',
  params: z.object({
    /** Parcels that come back are unpacked and booked by the next day. */
    graceMinutes: graceOf(1440),
  }),
  repair: null,
  guide: [
    'Ask the warehouse whether the goods are back, and how many.',
    'If they are, book the return on the side that does not know: its stock is too low until then.',
    'If they are not, take the return off the side that has it: it sells goods that are not there.',
    'Then give the customer the money back, if that is not done yet.',
  ],
  absentOn: null,
  silentOnAgreement: true,
  detect(seen, { params }) {
    if (!comparable(seen)) return null
    const { shop } = seen
    const returns = liveReturns(seen)
    const hasErp = returns.some(({ state }) => state === 'received')
    const inShop = backInShop(shop)
    if (!hasErp && (inShop === null || inShop.every(({ steps }) => steps.length === 0))) return null
    const inErp = backInErp([...seen.live, ...seen.takenBack], liveDeliveries(seen), returns)
    if (inErp === null) return notJudged('one delivery or return serves several orders and does not say which units are whose', null)
    if (inShop === null) {
      return inErp.every(({ steps }) => steps.length === 0) ? null : notJudged(`${seen.shopLabel} does not state what came back`, null)
    }
    const toErp = aheadOf(inErp, perhapsBackInShop(shop, inShop), (at) => seen.erpAxis.ours(at))
    const toShop = aheadOf(inShop, inErp, (at) => seen.shopAxis.ours(at))
    const untold = [...toErp, ...toShop]
    if (untold.length === 0) return null
    const from = Math.min(...untold.map(({ since }) => since))
    const { returns: covered, shipments } = seen.documents
    if (covered.to === null && shipments.to !== null) {
      return notJudged(`${seen.erpLabel} does not state what came back`, from + patience(seen, params))
    }
    const early = tooEarlyFor(seen, 'returns', from, patience(seen, params))
    if (early !== null) return early
    const minor = untold.reduce((sum, { one, other }) => sum + worthOf(shop, one, other, shop.currency), 0)
    const unpaid = Math.min(minor, seen.capturedMinor + shop.payment.giftCardPaid) > seen.refundedMinor
    return {
      kind: 'speaks',
      severity: unpaid ? 'high' : 'medium',
      amount: { minor, currency: shop.currency },
      dueAt: from,
      says: `${said(seen, toErp, toShop)}${unpaid ? ' The customer has not got the money back either.' : ''}`,
      evidence: [
        ...toErp.slice(0, 20).map(({ one, other }) => evidence('Came back', shareWords([other]), shareWords([one]), true)),
        ...toShop.slice(0, 20).map(({ one, other }) => evidence('Came back', shareWords([one]), shareWords([other]), true)),
        evidence('Since', toShop.length === 0 ? 'not told' : iso(from), toErp.length === 0 ? 'not told' : iso(from), true),
        evidence('Given back', money(seen.refundedMinor, shop.currency), null, false),
        evidence('Returns', null, returns.slice(0, 20).map((one) => `${one.number ?? one.id} ${one.state}`).join(', ') || 'none', false),
      ],
    }
  },
})

/** What the one side has back of, more than the other. */
function aheadOf(ours: readonly Progress[], theirs: readonly Progress[], axis: (at: Instant) => Instant): readonly Untold[] {
  return inBoth(ours, theirs).flatMap(([one, other]) => {
    const since = aheadSince(one, other)
    return since === null ? [] : [{ one, other, since: axis(since) }]
  })
}

function said(seen: ChainSeen, toErp: readonly Untold[], toShop: readonly Untold[]): string {
  const what = (untold: readonly Untold[]): string => untold.map(({ one }) => one.title).join(', ')
  if (toShop.length === 0) return `Goods of order ${seen.number} are back in ${seen.erpLabel}, and ${seen.shopLabel} does not know: ${what(toErp)}.`
  if (toErp.length === 0) return `${seen.shopLabel} says that goods of order ${seen.number} came back, and ${seen.erpLabel} has not taken them in: ${what(toShop)}.`
  return `What came back of order ${seen.number} is not alike: ${what(toErp)} in ${seen.erpLabel} alone, ${what(toShop)} in ${seen.shopLabel} alone.`
}
