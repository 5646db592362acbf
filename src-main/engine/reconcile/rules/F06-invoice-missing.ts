/** Something was delivered and nobody has billed it, though its time to be billed is over. */
import { z } from 'zod'
import { billingCycles } from '../../../domain/billing-cycle.ts'
import { shareOver, stands, unitsBilled } from '../../../domain/billing.ts'
import { isZero } from '../../../domain/decimal.ts'
import { sentOf } from '../../../domain/progress.ts'
import type { Order } from '../../../domain/records.ts'
import { iso } from '../../../domain/time.ts'
import { isWholeOrder, unbilledMinor, unbilledOf } from '../../../domain/unbilled.ts'
import { billingDue } from '../lenses/billing-due.ts'
import { type ChainSeen, erpDocuments, liveDeliveries, tooEarlyFor } from '../lenses/chain.ts'
import { comparable, money, totalOf } from '../lenses/order.ts'
import { defineRule, evidence, graceOf, notJudged, patience } from '../rule.ts'

export default defineRule({
  id: 'F06-invoice-missing',
  title: 'Delivered and not invoiced',
  over: 'chain',
  severity: 'high',
  params: z.object({
    /** Nightly billing runs are done by then. */
    graceMinutes: graceOf(1440),
    cycle: z.enum(['inferred', ...billingCycles]).default('inferred').meta({ title: 'When deliveries are billed', description: 'Inferred: as the customer’s earlier invoices were.' }),
    drafts: z.boolean().default(false).meta({ title: 'A draft is enough', description: 'A drawn-up invoice is as good as a booked one here.' }),
  }),
  repair: 'invoice.create',
  guide: [
    'Open the order in the ERP and bill what was delivered.',
    'If it was left out of a collective invoice, add it to the next one, or bill it alone.',
    'If it happens to many, the billing run has stopped or leaves them out: look at what they have in common.',
  ],
  absentOn: null,
  silentOnAgreement: true,
  detect(seen, { params }) {
    if (!comparable(seen)) return null
    const sent = sentOf(seen.live, liveDeliveries(seen))
    if (sent === null) return notJudged('one delivery serves several orders and does not say which units are whose', null)
    if (sent.every((one) => isZero(one.done))) return null
    const made = seen.invoices.filter((one) => stands(one) || (params.drafts && one.state === 'draft'))
    const billed = unitsBilled(made, erpDocuments(seen))
    if (billed === null) return notJudged('one invoice bills several orders and does not say what of each', null)
    // what an invoice left out that was drawn up after the delivery is that invoice's error
    const last = Math.max(0, ...made.flatMap((one) => one.createdAt ?? []))
    const open = unbilledOf(sent, billed).filter((one) => one.since > last)
    if (open.length === 0) return null
    const { cycle, due } = billingDue(seen, Math.min(...open.map((one) => one.since)), params.cycle)
    const early = tooEarlyFor(seen, 'invoices', due, patience(seen, params)) ?? tooEarlyFor(seen, 'shipments', due)
    if (early !== null) return early
    const lines = seen.live.flatMap((order) => order.lines)
    const minor = isWholeOrder(lines, sent) ? restOf(seen, seen.shop) : unbilledMinor(lines, open, seen.shop.currency)
    const amount = { minor, currency: seen.shop.currency }
    const drafts = seen.invoices.filter((one) => one.state === 'draft')
    return {
      kind: 'speaks',
      amount,
      dueAt: due,
      says: `Order ${seen.number} was delivered by ${seen.erpLabel}, and ${money(amount.minor, amount.currency)} of it is not invoiced.`,
      evidence: [
        ...open.slice(0, 30).map((one) => evidence(one.title, null, `${one.done} of ${one.of} sent, ${one.units} not invoiced`, true)),
        evidence('Sent', null, iso(seen.erpAxis.ours(Math.min(...open.map((one) => one.since)))), false),
        evidence('To be invoiced', null, `${cycle === 'shipment' ? 'with the parcel' : cycle}, by ${iso(due)}`, false),
        evidence('Invoices', null, made.map((one) => one.number ?? one.id).join(', ') || 'none', false),
        ...(drafts.length === 0 ? [] : [evidence('Drafts', null, `${drafts.length}, not booked`, true)]),
      ],
    }
  },
})

/** What the order costs less what was billed of it. */
function restOf(seen: ChainSeen, shop: Order): number {
  const billed = seen.invoices.filter(stands).map((one) => shareOver(one, erpDocuments(seen)) ?? 0)
  return totalOf(shop).low - billed.reduce((sum, one) => sum + one, 0)
}
