/** Who puts right what went wrong: most of it is mended within hours, by a clerk's correction or a late run of the integration. */
import { hour, minute } from '../business/calendar.ts'
import type { Case, Flow } from '../business/stage.ts'
import type { Move } from '../erp/erp.ts'
import { billNow, creditNow } from '../integration/billing.ts'
import { through } from '../integration/gate.ts'
import { enterAnew } from '../integration/orders.ts'
import { lookAgain } from '../integration/stock.ts'
import type { Refund } from '../shop/shop.ts'
import type { Planted } from '../world.ts'
import type { Tools } from './scenario.ts'

/** Of the rest nobody takes care. */
const mendedShare = 0.94
const fromMinutes = 60
const toMinutes = 300

/** An invoice, a payment or a credit note is waited for so long before anybody misses it; what comes back is unpacked within the hour. */
export const missedAfter = { document: 24 * hour, goods: hour } as const

/**
 * Some hours after it could be known, and after people have begun to miss it. `mend` changes the two systems, and gives
 * back false where that is too late. By dice of its own: whether it is mended changes nothing else.
 */
export function mends(tools: Tools, planted: Planted | readonly Planted[], flow: Flow, mend: () => false | void, missedAfterMs = 0): void {
  const { stage } = tools
  const all = 'length' in planted ? planted : [planted]
  const [first] = all
  if (first === undefined) return
  const dice = stage.dice('mending', first.scenario, first.subject.key)
  if (!dice.chance(mendedShare)) return
  const known = Math.max(stage.agenda.now(), ...all.map((one) => one.findableAt))
  stage.agenda.at(known + stage.agenda.paced(missedAfterMs + dice.int(fromMinutes, toMinutes) * minute), () => through(stage, flow, () => {
    if (mend() === false) return
    for (const one of all) tools.heal(one)
  }))
}

/**
 * The ERP's document is cancelled and made anew as the shop has the order, in the flow of orders: what comes while that stands
 * still would show that it runs. Too late once goods have left or it is billed.
 */
export function madeAnew({ stage }: Tools, one: Case): false | void {
  const { sale } = one
  if (sale === null || sale.state !== 'sale' || one.shippedAt !== null || one.order.cancelledAt !== null || one.invoices.length > 0) return false
  stage.erp.cancelSale(sale.id, stage.house.staff.clerk, stage.erpNow())
  enterAnew(stage, one)
  lookAgain(stage, one)
}

/** What was cancelled in the shop is cancelled in the ERP after all; too late once goods have left. */
export function withdrawnLate({ stage }: Tools, { sale, shippedAt }: Case): false | void {
  if (sale === null || sale.state === 'cancel' || shippedAt !== null) return false
  stage.erp.cancelSale(sale.id, stage.house.staff.clerk, stage.erpNow())
}

/** What was never billed is billed after all; false where nothing is left to bill. */
export function billedLate({ stage }: Tools, one: Case): false | void {
  if (billNow(stage, one) === null) return false
}

/** A wrong invoice is cancelled and made anew from what was delivered. */
export function billedAnew(tools: Tools, one: Case, wrong: Move): false | void {
  if (wrong.state !== 'posted' || one.credits.length > 0) return false
  tools.stage.erp.cancelMove(wrong.id, tools.stage.house.staff.clerk, tools.stage.erpNow())
  billNow(tools.stage, one)
}

/** A wrong credit note is cancelled, and another made over just what was given back. */
export function creditedAnew({ stage }: Tools, one: Case, wrong: Move, refund: Refund): false | void {
  if (wrong.state !== 'posted') return false
  stage.erp.cancelMove(wrong.id, stage.house.staff.clerk, stage.erpNow())
  creditNow(stage, one, refund)
}
