/** Missing order status updates: goods that came back, and only one side knows. */
import { minute } from '../business/calendar.ts'
import { takeUnitsIn } from '../business/changes.ts'
import type { Case, Script } from '../business/stage.ts'
import type { Decimal } from '../decimal.ts'
import { later } from '../integration/gate.ts'
import { lookAgain } from '../integration/stock.ts'
import { portionOf, sentOf } from '../shop/units.ts'
import { onOrder, paid } from './hands.ts'
import { mends, missedAfter } from './mending.ts'
import { money, orderOf, type OrderScenario, type Tools } from './scenario.ts'

const rules = ['F07-return-not-told']
const wish = { ...paid, trait: 'plain', lines: 1 } as const

export const returnedOnOneSide: readonly OrderScenario[] = [
  onOrder({
    name: 'F07-return-only-in-erp', rules, critical: false, wish,
    says: 'The warehouse has taken goods back, and the shop never hears of it: its customer waits for the money.',
    twin: 'Some units come back, are paid back in the shop and taken in by the warehouse within minutes.',
    twinWish: { ...wish, fate: 'return-some' },
    script: (tools) => comesBack(tools, (one, lines) => takeUnitsIn(tools.stage, one, lines), (one, lines) => bringToShop(tools, one, lines)),
  }),
  onOrder({
    name: 'F07-return-only-in-shop', rules, critical: false, wish,
    says: 'The shop has noted a return and put it on sale again, and the ERP never takes it in.',
    twin: 'The shop notes a return, and the warehouse takes it in half an hour later; the money is still to go back.',
    script: (tools) => comesBack(tools, (one, lines) => bringToShop(tools, one, lines), (one, lines) => takeUnitsIn(tools.stage, one, lines)),
    twinScript: (tools) => ({
      told(one) {
        const { stage } = tools
        tools.after(tools.dice.int(60, 200) * minute, () => {
          const lines = withCustomer(one)
          if (lines === null) return
          bringToShop(tools, one, lines)
          later(stage, 15 * minute, 'people', () => takeUnitsIn(stage, one, lines))
        })
      },
    }),
  }),
]

type Lines = readonly { readonly lineId: number; readonly quantity: number }[]

/** All units of the order's first line; null where they did not all leave, or came back already. */
function withCustomer({ order, sale }: Case): Lines | null {
  const [line] = order.lines
  const isWhole = line !== undefined && line.currentQuantity === line.quantity && sentOf(order, line) === line.quantity
  return !isWhole || sale === null || order.cancelledAt !== null || order.returns.length > 0 ? null : [{ lineId: line.id, quantity: line.quantity }]
}

/** What the units cost the customer, with tax. */
function costOf({ order }: Case, lines: Lines): Decimal | null {
  const [first] = lines
  const line = order.lines.find(({ id }) => id === first?.lineId)
  if (first === undefined || line === undefined) return null
  const { subtotal, tax } = portionOf(order, line, first.quantity)
  return order.taxesIncluded ? subtotal : subtotal.plus(tax)
}

function bringToShop(tools: Tools, one: Case, lines: Lines): void {
  tools.stage.shop.takeBack(one.order.id, lines, tools.stage.shopNow())
  lookAgain(tools.stage, one)
}

/** One side has it some hours after the parcel was told; the other perhaps a day later, else never. */
function comesBack(tools: Tools, here: (one: Case, lines: Lines) => void, there: (one: Case, lines: Lines) => void): Script {
  return {
    told(one) {
      const { stage } = tools
      later(stage, tools.dice.int(60, 200) * minute, 'people', () => {
        const lines = withCustomer(one)
        const cost = lines === null ? null : costOf(one, lines)
        if (lines === null || cost === null) return
        here(one, lines)
        const planted = tools.plant({ subject: orderOf(one), amount: money(cost, one) })
        mends(tools, planted, 'people', () => there(one, lines), missedAfter.goods)
      })
    },
  }
}
