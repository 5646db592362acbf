/** Missing order status updates: the customer is not told what the warehouse knows. */
import { hour, minute, second } from '../business/calendar.ts'
import { later } from '../integration/gate.ts'
import { agreedTotal } from '../business/figures.ts'
import type { Case, Script } from '../business/stage.ts'
import { type Parcel, parcelOf, tellShop } from '../integration/fulfilments.ts'
import { billNow, settle, today } from '../integration/billing.ts'
import { onOrder, paid } from './hands.ts'
import { mends, missedAfter } from './mending.ts'
import { money, orderOf, type OrderScenario, type Tools } from './scenario.ts'

/** What has left with the ERP's last delivery of the order. */
function sentOf(tools: Tools, one: Case): Parcel | null {
  const { stage } = tools
  const picking = one.sale === null ? undefined : stage.erp.books.find.pickingsOfSale(one.sale.id).findLast((each) => each.state === 'done')
  return picking === undefined ? null : parcelOf(stage, one, picking)
}

/** The shop hears of the parcel in another way, or hours later; at its own time where that is part of the story. */
function tells(tools: Tools, rule: string, how: (parcel: Parcel, one: Case) => Parcel | null, toldAfterMs: number | null = null): Script {
  return {
    tell(one) {
      const parcel = sentOf(tools, one)
      if (parcel === null) return
      const said = how(parcel, one)
      if (said !== null) tellShop(tools.stage, one, said)
      const planted = tools.plant({ rule, subject: orderOf(one), findableAt: said === null ? (one.shippedAt ?? tools.stage.agenda.now()) : tools.stage.agenda.now() })
      if (toldAfterMs === null) mends(tools, planted, 'fulfilments', () => mend(tools, one, parcel))
      else later(tools.stage, toldAfterMs, 'fulfilments', () => {
        mend(tools, one, parcel)
        tools.heal(planted)
      })
      return 'instead'
    },
  }
}

/** Tells what was not told, or puts the tracking right. */
function mend(tools: Tools, one: Case, parcel: Parcel): void {
  const { stage } = tools
  const told = one.order.fulfillments.at(-1)
  if (told === undefined) tellShop(stage, one, parcel)
  else stage.shop.changeFulfilment(one.order.id, told.id, { tracking: parcel.tracking.map((each) => ({ ...each })) }, stage.shopNow())
}

/** Captured on shipment: a parcel that is not told is money that is not taken. */
const onShipment = { method: 'klarna', fate: 'plain' } as const

export const missingStatus: readonly OrderScenario[] = [
  onOrder({
    name: 'F07-shipped-not-told', rules: ['F07-shipped-not-told'], critical: false, wish: paid,
    says: 'The parcel has left, and the shop shows the order as unfulfilled.', twin: 'The shop is told some minutes after the parcel has left.',
    script: (tools) => tells(tools, 'F07-shipped-not-told', () => null),
  }),
  onOrder({
    name: 'F07-shipped-told-late', rules: ['F07-shipped-not-told'], critical: false, wish: { ...paid, method: 'paypal' },
    says: 'The shop hears of the parcel with the nightly run.', twin: 'The shop hears of the parcel within ten minutes.',
    script: (tools) => tells(tools, 'F07-shipped-not-told', () => null, tools.dice.int(5, 12) * hour),
    twinScript: (tools) => ({
      tell(one) {
        const parcel = sentOf(tools, one)
        if (parcel === null) return
        later(tools.stage, tools.dice.int(1, 4) * minute, 'fulfilments', () => tellShop(tools.stage, one, parcel))
        return 'instead'
      },
    }),
  }),
  onOrder({
    name: 'F07-shipped-not-told-nor-captured', rules: ['F07-shipped-not-told'], critical: true, wish: onShipment,
    says: 'An order that is captured on shipment has left, and the money is not taken, as the shop does not know.',
    twin: 'An order that is captured on shipment: told and captured.',
    script: (tools) => tells(tools, 'F07-shipped-not-told', () => null),
  }),
  onOrder({
    name: 'F07-second-parcel-not-told', rules: ['F07-shipped-not-told'], critical: false, wish: { ...paid, fate: 'parts', lines: 2, trait: 'plain' },
    says: 'The second parcel of an order is not told.', twin: 'The second parcel leaves a day later, and both are told.',
    script: (tools) => ({
      tell(one) {
        const parcel = sentOf(tools, one)
        if (one.order.fulfillments.length === 0 || parcel === null) return
        mends(tools, tools.plant({ subject: orderOf(one) }), 'fulfilments', () => tellShop(tools.stage, one, parcel))
        return 'instead'
      },
    }),
  }),
  onOrder({
    name: 'F07-told-whole-sent-half', rules: ['F07-shipped-only-in-shop'], critical: false, wish: { ...paid, fate: 'parts', lines: 2, trait: 'plain' },
    says: 'Half of the order has left, and the shop says all of it has.', twin: 'Half has left, and the shop says half.',
    script: (tools) => ({
      tell(one) {
        if (one.order.fulfillments.length > 0) return 'instead'
        const parcel = sentOf(tools, one)
        if (parcel === null) return
        const lines = one.order.lines.map((line) => ({ lineId: line.id, quantity: line.currentQuantity }))
        tellShop(tools.stage, one, { ...parcel, lines })
        const planted = tools.plant({ subject: orderOf(one) })
        tools.stage.agenda.after(0, () => watchRest(tools, one, () => tools.heal(planted)))
        return 'instead'
      },
    }),
  }),
  onOrder({
    name: 'F07-told-never-sent', rules: ['F07-shipped-only-in-shop'], critical: false, wish: paid,
    says: 'Somebody marks the order as fulfilled in the shop; nothing has left.', twin: 'At the till the goods are handed over before the ERP knows.',
    twinWish: { method: 'till', fate: 'plain' },
    script: (tools) => ({
      booked(one) {
        tools.after(tools.dice.int(5, 30) * minute, () => {
          const lines = one.order.lines.map((line) => ({ lineId: line.id, quantity: line.currentQuantity }))
          if (one.shippedAt !== null || one.order.cancelledAt !== null) return
          tellShop(tools.stage, one, { lines, tracking: [] })
          const planted = tools.plant({ subject: orderOf(one) })
          watchRest(tools, one, () => tools.heal(planted))
          mends(tools, planted, 'people', () => calledBack(tools, one))
        })
      },
    }),
  }),
  onOrder({
    name: 'F07-tracking-missing', rules: ['F07-tracking-missing'], critical: false, wish: paid,
    says: 'The shop is told of the parcel without its number.', twin: 'A gift card is sent by mail and has no number.',
    twinWish: { ...paid, trait: 'gift-card', lines: 1 },
    script: (tools) => tells(tools, 'F07-tracking-missing', (parcel) => ({ ...parcel, tracking: [] })),
  }),
  onOrder({
    name: 'F07-tracking-of-another-parcel', rules: ['F07-tracking-differs'], critical: false, wish: { ...paid, lines: 2 },
    says: 'The shop has the tracking number of another parcel.', twin: 'A parcel is sent anew, and both sides have its new number.',
    script: (tools) => tells(tools, 'F07-tracking-differs', (parcel) => ({ ...parcel, tracking: [{ company: 'Colissimo', number: '6A00000000000' }] })),
    twinScript: (tools) => ({
      told(one) {
        const { stage } = tools
        const parcel = sentOf(tools, one)
        const picking = one.sale === null ? undefined : stage.erp.books.find.pickingsOfSale(one.sale.id).findLast((each) => each.state === 'done')
        if (parcel === null || picking === undefined) return
        later(stage, hour, 'people', () => {
          const number = `8R${tools.dice.int(10_000_000, 99_999_999)}`
          stage.erp.setTracking(picking.id, [number], stage.house.staff.picker, stage.erpNow())
          later(stage, 90 * second, 'fulfilments', () => mend(tools, one, { ...parcel, tracking: [{ company: 'Colissimo', number }] }))
        })
      },
    }),
  }),
  onOrder({
    name: 'F07-credited-not-paid-back', rules: ['F07-refund-not-told'], critical: true, wish: paid,
    says: 'The ERP has made a credit note, and the customer has no money back in the shop.', twin: 'A company on account is credited: nothing was paid that could go back.',
    twinWish: { method: 'terms', fate: 'plain', business: 'exempt' },
    script: (tools) => creditsAlone(tools, true), twinScript: (tools) => creditsAlone(tools, false),
  }),
  onOrder({
    name: 'F07-delivered-and-called-back', rules: ['F07-shipped-not-told'], critical: false, wish: { ...paid, lines: 1 },
    says: 'Somebody cancels the fulfilment in the shop of a parcel that has left.', twin: 'A fulfilment is cancelled and made anew with another number.',
    script: (tools) => callsBack(tools, false), twinScript: (tools) => callsBack(tools, true),
  }),
]

/** What was marked as sent by mistake is taken back in the shop, unless it has left by now. */
function calledBack({ stage }: Tools, one: Case): false | void {
  const told = one.order.fulfillments.at(-1)
  if (told === undefined || told.status !== 'SUCCESS' || one.shippedAt !== null) return false
  stage.shop.changeFulfilment(one.order.id, told.id, { status: 'CANCELLED' }, stage.shopNow())
}

/** Waits until the ERP has sent all of it. */
/** Often: a monitor may see the rest leave a few seconds after it has. */
function watchRest(tools: Tools, one: Case, done: () => void): void {
  tools.after(5 * second, () => {
    const lines = one.sale?.lineIds.map((id) => tools.stage.erp.books.saleLines.must(id)) ?? []
    const goods = lines.filter((line) => tools.stage.erp.books.products.must(line.productId).kind === 'goods')
    if (goods.every((line) => line.delivered.greaterThanOrEqualTo(line.quantity))) done()
    else watchRest(tools, one, done)
  })
}

function creditsAlone(tools: Tools, isFault: boolean): Script {
  return {
    invoiced(one) {
      const { stage } = tools
      later(stage, tools.dice.int(30, 200) * minute, 'people', () => {
        const [invoice] = one.invoices
        if (invoice === undefined || invoice.state !== 'posted' || invoice.total.isZero()) return
        const note = stage.erp.credit(invoice.id, { invoiceDate: today(stage) }, stage.house.staff.clerk, stage.erpNow())
        one.credits.push(note)
        if (!isFault) {
          billAgain(tools, one)
          return
        }
        const planted = tools.plant({ subject: orderOf(one), amount: money(note.total, one) })
        mends(tools, planted, 'people', () => {
          stage.erp.cancelMove(note.id, stage.house.staff.clerk, stage.erpNow())
          settle(stage, one)
        }, missedAfter.document)
      })
    },
  }
}

/** A correction: credited and billed anew. */
function billAgain(tools: Tools, one: Case): void {
  if (agreedTotal(one.order).greaterThan(0)) billNow(tools.stage, one)
}

function callsBack(tools: Tools, again: boolean): Script {
  return {
    told(one) {
      const { stage } = tools
      tools.after(tools.dice.int(20, 90) * minute, () => {
        const told = one.order.fulfillments.at(-1)
        const parcel = sentOf(tools, one)
        if (told === undefined || parcel === null || told.status !== 'SUCCESS') return
        stage.shop.changeFulfilment(one.order.id, told.id, { status: 'CANCELLED' }, stage.shopNow())
        if (again) later(stage, 2 * minute, 'fulfilments', () => tellShop(stage, one, parcel))
        else mends(tools, tools.plant({ subject: orderOf(one) }), 'fulfilments', () => tellShop(stage, one, parcel))
      })
    },
  }
}
