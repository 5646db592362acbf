/** No audit trail: nobody can say who changed it, or where it came from. */
import { nobody, robot } from '../erp/ledger.ts'
import { minute } from '../business/calendar.ts'
import { later } from '../integration/gate.ts'
import { cameOver, draftOf } from '../integration/orders.ts'
import { agreedTotal } from '../business/figures.ts'
import type { Case, Script } from '../business/stage.ts'
import { adopt, booksInstead, onOrder, paid } from './hands.ts'
import { mends } from './mending.ts'
import { money, orderOf, type OrderScenario, type Tools } from './scenario.ts'

/** After the order has come, and before it is sent. */
export function soon(tools: Tools, happens: (one: Case) => void): Script {
  return {
    booked(one) {
      later(tools.stage, tools.dice.int(10, 80) * minute, 'people', () => {
        if (one.sale !== null && one.sale.state === 'sale' && one.shippedAt === null) happens(one)
      })
    },
  }
}

/** The first line's price goes down by a fifth, and is put back hours later by the integration, as long as nothing is billed. */
function lowersPrice(tools: Tools, one: Case, by: number, rule: string): void {
  const { stage } = tools
  const { erp } = stage
  const { sale } = one
  const lineId = sale?.lineIds[0]
  if (sale === null || lineId === undefined) return
  const { priceUnit } = erp.books.saleLines.must(lineId)
  erp.changeLine(lineId, { priceUnit: priceUnit.times('0.8').toDecimalPlaces(10) }, by, stage.erpNow())
  const planted = [
    tools.plant({ rule, critical: false, subject: orderOf(one) }),
    tools.plant({ rule: 'F02-total-differs', subject: orderOf(one), cause: 'price', amount: money(agreedTotal(one.order).minus(sale.total), one) }),
  ]
  mends(tools, planted, 'edits', () => {
    if (sale.state !== 'sale' || one.invoices.length > 0) return false
    erp.changeLine(lineId, { priceUnit }, stage.house.staff.integration, stage.erpNow())
  })
}

const wish = { ...paid, discount: 'none', trait: 'plain' } as const

export const noAuditTrail: readonly OrderScenario[] = [
  onOrder({
    name: 'F09-price-changed-by-person', rules: ['F09-document-changed-outside', 'F02-total-differs'], critical: true, wish,
    says: 'A person changes the price of a shop’s order in the ERP: the shop owns it.', twin: 'A person puts a note’s worth of routing on the order: nothing of the shop’s is touched.',
    script: (tools) => soon(tools, (one) => lowersPrice(tools, one, tools.stage.house.staff.seller, 'F09-document-changed-outside')),
    twinScript: (tools) => soon(tools, (one) => {
      if (one.sale !== null) tools.stage.erp.changeSale(one.sale.id, { locked: false }, tools.stage.house.staff.picker, tools.stage.erpNow())
    }),
  }),
  onOrder({
    name: 'F09-changed-by-nobody', rules: ['F09-change-without-identity', 'F02-total-differs'], critical: true, wish,
    says: 'A script that runs as the system itself changes a price.', twin: 'The system’s robot reserves goods for the order, as it does each night.',
    script: (tools) => soon(tools, (one) => lowersPrice(tools, one, robot, 'F09-change-without-identity')),
    twinScript: (tools) => soon(tools, () => tools.stage.erp.runScheduler(tools.stage.erpNow())),
  }),
  onOrder({
    name: 'F09-origin-missing', rules: ['F09-trace-missing'], critical: false, wish: paid,
    says: 'The order is in the ERP with nothing that says where it came from but its number.', twin: 'The order carries the shop’s id as its origin.',
    script: (tools) => booksInstead(tools, (draft) => ({ ...draft, origin: null }), (one) => mends(tools, tools.plant({ subject: orderOf(one) }), 'edits', () => setsOrigin(tools, one))),
  }),
  onOrder({
    name: 'F09-imported-by-nobody', rules: ['F09-document-without-identity'], critical: false, wish: paid,
    says: 'An import writes an order into the ERP’s database: it has no author, and nothing says where it came from.',
    twin: 'The same import leaves the shop’s id on the order.',
    script: (tools) => importedByNobody(tools, 'without a trace'), twinScript: (tools) => importedByNobody(tools, 'with its trace'),
  }),
  onOrder({
    name: 'F09-unknown-user', rules: ['F09-change-without-identity'], critical: false, wish: paid,
    says: 'A user that nobody has named changes the order.', twin: 'A person that everybody knows changes the order’s salesman.',
    script: (tools) => soon(tools, (one) => {
      const user = tools.stage.erp.addUser({ login: `tmp${tools.dice.int(100, 999)}@plum.example`, name: 'tmp', apiKey: null, mayWriteOrders: true }, tools.stage.erpNow())
      if (one.sale !== null) tools.stage.erp.changeSale(one.sale.id, { origin: `tmp ${one.order.id}` }, user.id, tools.stage.erpNow())
      mends(tools, tools.plant({ subject: orderOf(one) }), 'edits', () => setsOrigin(tools, one))
    }),
    twinScript: (tools) => soon(tools, (one) => {
      if (one.sale !== null) tools.stage.erp.changeSale(one.sale.id, { origin: `shop ${one.order.id}` }, tools.stage.house.staff.clerk, tools.stage.erpNow())
    }),
  }),
  onOrder({
    name: 'F09-customer-changed-outside', rules: ['F09-document-changed-outside'], critical: false, wish,
    says: 'A person puts a shop’s order on another customer’s account in the ERP.', twin: 'The integration itself puts the order on the customer’s merged account.',
    script: (tools) => soon(tools, (one) => {
      const other = movesToOther(tools, one, tools.stage.house.staff.seller)
      const planted = tools.plant({ subject: orderOf(one) })
      mends(tools, planted, 'edits', () => {
        if (one.sale === null || one.sale.state !== 'sale' || one.invoices.length > 0) return false
        tools.stage.erp.changeSale(one.sale.id, { partnerId: other }, tools.stage.house.staff.integration, tools.stage.erpNow())
      })
    }),
    twinScript: (tools) => soon(tools, (one) => {
      if (one.sale !== null) tools.stage.erp.changeSale(one.sale.id, { partnerId: one.sale.partnerId }, tools.stage.house.staff.integration, tools.stage.erpNow())
    }),
  }),
]

/** An import writes the order into the ERP's database, past everything that would note who did it. */
function importedByNobody(tools: Tools, trace: 'without a trace' | 'with its trace'): Script {
  const { stage } = tools
  return {
    book(one) {
      const draft = draftOf(stage, one)
      const sale = stage.erp.createSale(trace === 'with its trace' ? draft : { ...draft, origin: null }, nobody, stage.erpNow())
      stage.erp.confirm(sale.id, nobody, stage.erpNow())
      if (trace === 'without a trace') tools.plant({ subject: orderOf(one) })
      cameOver(stage)
      adopt(tools, one, sale)
      return 'instead'
    },
  }
}

/** Gives back the partner that the order was on. */
function movesToOther(tools: Tools, one: Case, by: number): number {
  const before = one.sale?.partnerId ?? 0
  const other = [...tools.stage.partners.values()].find((id) => id !== before)
  if (one.sale !== null && other !== undefined) tools.stage.erp.changeSale(one.sale.id, { partnerId: other }, by, tools.stage.erpNow())
  return before
}

/** The integration writes once more where the order came from. */
function setsOrigin({ stage }: Tools, { sale, order }: Case): false | void {
  if (sale === null || sale.state === 'cancel') return false
  stage.erp.changeSale(sale.id, { origin: `shop ${order.id}` }, stage.house.staff.integration, stage.erpNow())
}
