/** No recovery workflow: a side cannot be read, and what fails is not put right. */
import { hour, minute, second } from '../business/calendar.ts'
import { afterBooking } from '../business/life.ts'
import { later } from '../integration/gate.ts'
import { enter, forget } from '../integration/orders.ts'
import { excuseLate } from './excuses.ts'
import { inWorld, lateBy, missing, onOrder, owed, paid } from './hands.ts'
import { money, orderOf, type Scenario, type Tools } from './scenario.ts'

interface Blindness {
  readonly name: string
  readonly side: 'shop' | 'erp'
  readonly says: string
  readonly twin: string
  readonly set: (tools: Tools, on: boolean) => void
}

function blind({ side, set, ...facts }: Blindness): Scenario {
  return inWorld({
    ...facts, rules: ['F12-connection-blind'], critical: false, alone: true, lastsMs: 150 * minute,
    happens(tools) {
      set(tools, true)
      const planted = tools.plant({ subject: { kind: 'connection', key: side } })
      const from = tools.stage.agenda.now()
      tools.after(tools.dice.int(20, 120) * minute, () => {
        excuseLate(tools.stage, 'people', from)
        set(tools, false)
        tools.heal(planted)
      })
    },
    twinHappens(tools) {
      set(tools, true)
      tools.innocent({ kind: 'connection', key: side })
      tools.after(tools.dice.int(5, 15) * second, () => set(tools, false))
    },
  })
}

/** What costs money is to be put right within these, by night as by day. */
const putRightWithin = 4 * hour

export const noRecovery: readonly Scenario[] = [
  blind({ name: 'F12-erp-down', side: 'erp', says: 'The ERP is down, for everybody.', twin: 'The ERP is restarted within seconds.', set: ({ stage }, on) => { stage.weather.erpDown = on } }),
  blind({ name: 'F12-shop-down', side: 'shop', says: 'The shop’s API is down, for everybody.', twin: 'The shop’s API is away for seconds.', set: ({ stage }, on) => { stage.weather.shopDown = on } }),
  blind({ name: 'F12-erp-refuses-key', side: 'erp', says: 'The monitor’s key to the ERP is revoked.', twin: 'The ERP refuses the key once, while it restarts.', set: ({ stage }, on) => { stage.weather.erpRefusesKey = on } }),
  blind({ name: 'F12-shop-refuses-key', side: 'shop', says: 'The monitor’s token of the shop is revoked.', twin: 'The shop refuses the token for seconds.', set: ({ stage }, on) => { stage.weather.shopRefusesKey = on } }),
  blind({ name: 'F12-erp-silent', side: 'erp', says: 'The ERP takes every call and answers none.', twin: 'The ERP answers nobody for some seconds.', set: ({ stage }, on) => { stage.weather.silenceShare.erp = on ? 1 : 0 } }),
  onOrder({
    name: 'F12-failure-ages', rules: ['F02-paid-order-missing', 'F12-past-sla', 'F12-aged'], critical: true, wish: paid,
    says: 'A paid order is missing, past its deadline of some hours and for more than a day, and nobody does anything about it.', twin: 'A paid order is late and needs nobody.',
    script: (tools) => ({
      book(one) {
        const planted = missing(tools, one)
        // whoever answers has so long from when they are told, which is after the grace; from then it grows old as well
        const toldAt = planted.findableAt + tools.stage.agreement.graceMinutes * minute
        tools.plant({ rule: 'F12-past-sla', critical: false, subject: orderOf(one), findableAt: toldAt + putRightWithin + minute })
        tools.plant({ rule: 'F12-aged', critical: false, subject: orderOf(one), findableAt: toldAt + 24 * hour + minute })
        return 'instead'
      },
    }),
    twinScript: (tools) => lateBy(tools, 7 * minute, 9 * minute),
  }),
  onOrder({
    name: 'F12-failure-comes-back', rules: ['F02-paid-order-missing', 'F12-reopened-often'], critical: true, wish: paid,
    says: 'A missing order is made at last, and deleted again by mistake.', twin: 'A draft of the order is deleted, and the order itself stays.',
    script: (tools) => ({
      book(one) {
        const { stage } = tools
        const first = missing(tools, one)
        later(stage, tools.dice.int(60, 200) * minute, 'orders', () => {
          const sale = enter(stage, one)
          tools.heal(first)
          later(stage, tools.dice.int(60, 90) * minute, 'people', () => {
            stage.erp.cancelSale(sale.id, stage.house.staff.clerk, stage.erpNow())
            stage.erp.deleteSale(sale.id, stage.erpNow())
            forget(stage, one)
            const now = stage.agenda.now()
            const again = [
              tools.plant({ rule: 'F02-paid-order-missing', subject: orderOf(one), amount: money(owed(one), one), findableAt: now }),
              tools.plant({ rule: 'F12-reopened-often', critical: false, subject: orderOf(one), findableAt: now }),
            ]
            later(stage, tools.dice.int(2, 9) * hour, 'orders', () => {
              enter(stage, one)
              afterBooking(stage, one)
              for (const planted of again) tools.heal(planted)
            })
          })
        })
        return 'instead'
      },
    }),
  }),
]
