/** While the ERP rounds a tax over the document, and the shop each line, an order here and there comes to another cent. */
import { zero } from '../decimal.ts'
import { second } from '../business/calendar.ts'
import { agreedTax } from '../business/figures.ts'
import type { Case, Stage } from '../business/stage.ts'

const lookEvery = 20 * second

/** Says so of an order that was booked as it is, by itself or after all, and takes it back as soon as it is so no more. */
export function noteRounding(stage: Stage, one: Case, isAsBought = isOrdinary(stage, one)): void {
  const value = apart(stage, one)
  if (value.isZero() || stage.rounded.has(one) || !isAsBought) return
  const subject = { kind: 'order', key: one.number } as const
  const planted = stage.truth.plant({
    scenario: 'lever vat-rounding', pattern: 'F05', rule: 'F05-tax-differs', subject,
    amount: { value, currency: one.order.currency }, cause: 'rounding', critical: false, findableAt: stage.agenda.now(),
  })
  stage.truth.excuse({ subject, rule: null, because: 'The ERP rounds over the document.' })
  stage.rounded.set(one, () => {
    if (apart(stage, one).equals(value)) return
    stage.truth.heal(planted)
    stage.rounded.delete(one)
    noteRounding(stage, one, isAsBought)
  })
  watch(stage, one)
}

/** Nothing of an order that has left is changed any more. */
function watch(stage: Stage, one: Case): void {
  stage.agenda.after(lookEvery, () => {
    lookAtRounding(stage, one)
    if (stage.rounded.has(one) && one.shippedAt === null) watch(stage, one)
  })
}

/** One of its two figures may have changed. */
export function lookAtRounding(stage: Stage, one: Case): void {
  stage.rounded.get(one)?.()
}

/** What a scenario has booked otherwise is the scenario's; its twin is an order like any other. */
function isOrdinary({ truth }: Stage, { script, number }: Case): boolean {
  return script === null || truth.read().innocents.some(({ subject }) => subject.kind === 'order' && subject.key === number)
}

/** Nothing while one of the two does not stand. */
function apart({ erp }: Stage, { sale, order }: Case) {
  const stands = sale !== null && sale.state !== 'cancel' && order.cancelledAt === null
  return stands && erp.rounding === 'round_globally' ? agreedTax(order).minus(sale.tax) : zero
}
