/** The ERP has the order and does nothing with it. */
import { z } from 'zod'
import { sentOf } from '../../../domain/progress.ts'
import { type Instant, days, iso } from '../../../domain/time.ts'
import { type ChainSeen, liveDeliveries, tooEarlyFor } from '../lenses/chain.ts'
import { comparable, money, netCaptured, tooEarly } from '../lenses/order.ts'
import { defineRule, evidence, graceOf, patience } from '../rule.ts'

export default defineRule({
  id: 'F02-order-stuck',
  title: 'Order is stuck in the ERP',
  over: 'chain',
  severity: 'high',
  params: z.object({
    /** How long a due order may stay a draft. */
    graceMinutes: graceOf(60),
    drafts: z.boolean().default(false).meta({ title: 'Orders stay drafts here', description: 'Orders are booked as drafts, and stay so until a person confirms them.' }),
    undeliveredDays: z.int().min(0).max(365).default(7).meta({ title: 'Undelivered for, in days', description: 'How long a paid order may lie without anything of it being delivered.' }),
  }),
  repair: null,
  guide: [
    'Open the document in the ERP: what keeps it from going on (credit limit, missing address, missing stock, nobody confirmed it)?',
    'Confirm it or start its delivery; if it cannot be delivered, tell the customer and refund.',
    'If drafts are how orders are booked here, say so in this rule’s settings.',
  ],
  absentOn: null,
  rereads: 'drafts',
  silentOnAgreement: true,
  detect(seen, { params }) {
    const { dueAt } = seen
    if (dueAt === null || !comparable(seen)) return null
    const owed = netCaptured(seen, seen.shop)
    // what was wholly given back asks for no delivery
    if (seen.capturedMinor > 0 && owed.minor <= 0) return null
    const drafts = seen.live.filter((order) => order.state === 'draft')
    const isDraft = drafts.length > 0 && !params.drafts
    if (!isDraft && (owed.minor <= 0 || !nothingSent(seen))) return null
    const since = Math.max(dueAt, ...seen.live.map((order) => seen.erpAxis.ours(order.createdAt)))
    const early = isDraft ? tooEarly(seen, since, patience(seen, params)) : tooEarlyFor(seen, 'shipments', since, days(params.undeliveredDays))
    // of what was read until now, only that it was a draft can have been told: it is none any more
    if (early !== null) return isDraft || early.until === null || seen.documents.shipments.to === null ? early : { ...early, settles: true }
    const names = (isDraft ? drafts : seen.live).map((order) => order.number ?? order.id).join(', ')
    return {
      kind: 'speaks',
      amount: owed.minor > 0 ? owed : null,
      dueAt: since,
      says: isDraft
        ? `Order ${seen.number} is still a draft in ${seen.erpLabel} (${names}): nobody will send it.`
        : `Order ${seen.number} is paid, and ${seen.erpLabel} has sent nothing of it (${names}).`,
      evidence: [
        evidence('State', seen.shop.payment.state, seen.live.map((order) => order.platformState).join(', '), true),
        evidence('Captured less refunded', money(owed.minor, owed.currency), null, false),
        evidence('Due in the ERP', iso(dueAt), `made ${iso(made(seen))}`, false),
        evidence('Deliveries', null, liveDeliveries(seen).map((one) => `${one.number ?? one.id} ${one.state}`).join(', ') || 'none', false),
      ],
    }
  },
})

function made(seen: ChainSeen): Instant {
  return Math.min(...seen.live.map((order) => seen.erpAxis.ours(order.createdAt)))
}

/** Deliveries are there and wait. An ERP that keeps none tells nothing. */
function nothingSent(seen: ChainSeen): boolean {
  const sent = sentOf(seen.live, liveDeliveries(seen))
  return sent !== null && sent.length > 0 && sent.every((one) => one.steps.length === 0) && sent.some((one) => one.waits)
}
