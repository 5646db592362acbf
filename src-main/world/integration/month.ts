/** The billing run at the end of a month: one invoice for each customer who wants it so. */
import { through } from './gate.ts'
import { billMonth } from './billing.ts'
import type { Stage } from '../business/stage.ts'

const billingHour = 20

export function startBillingRun(stage: Stage): void {
  function run(): void {
    const now = stage.agenda.now()
    stage.agenda.at(stage.calendar.nextAtHour(now, billingHour), run)
    if (!stage.calendar.endsMonth(now)) return
    through(stage, 'invoices', () => {
      const months = [...stage.unbilled.values()]
      stage.unbilled.clear()
      for (const cases of months) for (const ofOneCurrency of Map.groupBy(cases, (one) => one.order.currency).values()) billMonth(stage, ofOneCurrency)
    })
  }
  stage.agenda.at(stage.calendar.nextAtHour(stage.agenda.now(), billingHour), run)
}
