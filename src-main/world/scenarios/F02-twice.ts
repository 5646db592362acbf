/** Partial order failures (2): the ERP has the order more than once, or only half-way. */
import { hour, minute, second } from '../business/calendar.ts'
import { later } from '../integration/gate.ts'
import { agreedTotal } from '../business/figures.ts'
import { cameOver, draftOf, know } from '../integration/orders.ts'
import { bookAgain, cleanUp, onOrder, owed, paid } from './hands.ts'
import { money, orderOf, type OrderScenario, type Tools } from './scenario.ts'
import type { Script } from '../business/stage.ts'

export const twice: readonly OrderScenario[] = [
  onOrder({
    name: 'F02-duplicate-retry', rules: ['F02-duplicate-erp-order'], critical: true, wish: paid,
    says: 'The reply to the first try is lost, the order is sent again without a key, and the ERP has it twice.',
    twin: 'Cancelled in the ERP and made anew under the same reference: one live document.',
    script: (tools) => duplicates(tools, 1, true),
    twinWish: { ...paid, fate: 'made-anew' },
  }),
  onOrder({
    name: 'F02-duplicate-two-workers', rules: ['F02-duplicate-erp-order'], critical: true, wish: { ...paid, lines: 2 },
    says: 'Three workers take the same message and make the order three times.',
    twin: 'One order is made as two documents that add up to it: a split by warehouse.',
    script: (tools) => duplicates(tools, 2, true),
    twinWish: { ...paid, lines: 3, discount: 'none' },
    twinScript: splitInTwo,
  }),
  onOrder({
    name: 'F02-duplicate-draft', rules: ['F02-duplicate-erp-order'], critical: true, wish: paid,
    says: 'A second document of the order stays a draft: somebody will confirm it one day.',
    twin: 'A draft of the order was made and deleted again.',
    script: (tools) => duplicates(tools, 1, false),
    twinScript: (tools) => ({
      booked(one) {
        const draft = bookAgain(tools, one, { confirm: false })
        later(tools.stage, 30 * second, 'people', () => tools.stage.erp.deleteSale(draft.id, tools.stage.erpNow()))
      },
    }),
  }),
  onOrder({
    name: 'F02-order-stuck', rules: ['F02-order-stuck'], critical: false, wish: paid,
    says: 'The order is made in the ERP and stays a draft: nobody will send it.',
    twin: 'The order is a draft for some minutes and is confirmed then.',
    script: (tools) => asDraft(tools, tools.dice.int(2, 6) * hour, true),
    twinScript: (tools) => asDraft(tools, tools.dice.int(2, 6) * minute, false),
  }),
]

function duplicates(tools: Tools, copies: number, confirm: boolean): Script {
  return {
    booked(one) {
      tools.after(tools.dice.int(15, 80) * second, () => {
        const sales = Array.from({ length: copies }, () => bookAgain(tools, one, { confirm }))
        const value = agreedTotal(one.order).times(-copies)
        const planted = tools.plant({ subject: orderOf(one), amount: money(value, one) })
        cleanUp(tools, planted, sales)
      })
    },
  }
}

function splitInTwo(tools: Tools): Script {
  return {
    book(one) {
      const draft = draftOf(tools.stage, one)
      const cut = Math.ceil(draft.lines.length / 2)
      const { integration } = tools.stage.house.staff
      const sales = [draft.lines.slice(0, cut), draft.lines.slice(cut)].filter((lines) => lines.length > 0).map((lines) => {
        const sale = tools.stage.erp.createSale({ ...draft, lines }, integration, tools.stage.erpNow())
        tools.stage.erp.confirm(sale.id, integration, tools.stage.erpNow())
        return sale
      })
      cameOver(tools.stage)
      // its two halves go their own ways by hand: nothing more is told of it here
      if (sales[0] !== undefined) know(tools.stage, one, sales[0])
      return 'instead'
    },
    ship: () => 'instead',
  }
}

export function asDraft(tools: Tools, spanMs: number, isFault: boolean): Script {
  const { stage } = tools
  return {
    book(one) {
      const sale = bookAgain(tools, one, { confirm: false })
      one.sale = sale
      const planted = isFault ? tools.plant({ subject: orderOf(one), amount: money(owed(one), one) }) : null
      later(stage, spanMs, 'people', () => {
        if (sale.state !== 'draft') return
        stage.erp.confirm(sale.id, stage.house.staff.clerk, stage.erpNow())
        know(stage, one, sale)
        if (planted !== null) tools.heal(planted)
      })
      return 'instead'
    },
    ship: (one) => (one.sale?.state === 'draft' ? 'instead' : undefined),
  }
}
