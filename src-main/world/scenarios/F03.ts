/** No retry logic: what fails once stays undone, or is done again by hand. */
import { hour, minute, second } from '../business/calendar.ts'
import { afterBooking } from '../business/life.ts'
import { later } from '../integration/gate.ts'
import { know } from '../integration/orders.ts'
import { tellShop } from '../integration/fulfilments.ts'
import { bookAgain, cleanUp, inWorld, lateBy, lost, missing, onOrder, paid } from './hands.ts'
import { billedLate, mends, missedAfter, withdrawnLate } from './mending.ts'
import { money, orderOf, type Scenario, type Tools } from './scenario.ts'
import type { Script } from '../business/stage.ts'
import { agreedTotal } from '../business/figures.ts'

/** A share of a platform's answers are errors for a while: whoever comes to the end of no reading meanwhile cannot read it. */
function stormy(
  name: string, says: string, twin: string, begin: (tools: Tools, share: number) => void,
  key: 'shop' | 'erp', lasts: readonly [number, number] = [40 * minute, 110 * minute],
): Scenario {
  return inWorld({
    name, says, twin, rules: ['F03-failed-calls'], critical: false, alone: true, lastsMs: lasts[1],
    happens(tools) {
      begin(tools, 0.4)
      const planted = tools.plant({ subject: { kind: 'connection', key }, instead: 'F12-connection-blind' })
      tools.after(tools.dice.int(...lasts), () => {
        begin(tools, 0)
        tools.heal(planted)
      })
    },
    twinHappens(tools) {
      tools.innocent({ kind: 'connection', key })
      begin(tools, 0.4)
      tools.after(tools.dice.int(20, 60) * second, () => begin(tools, 0))
    },
  })
}

/** Somebody finds the order missing and types it in, with the shop's number as its reference. */
function typedIn(tools: Tools, afterMs: number, noticed: boolean): Script {
  const { stage } = tools
  return {
    book(one) {
      const planted = noticed ? missing(tools, one) : null
      later(stage, afterMs, 'people', () => {
        if (one.order.cancelledAt !== null) return
        const sale = bookAgain(tools, one, { by: stage.house.staff.clerk })
        know(stage, one, sale)
        afterBooking(stage, one)
        if (planted !== null) tools.heal(planted)
        tools.plant({ rule: 'F03-manual-reentry', critical: false, subject: orderOf(one), findableAt: stage.agenda.now() })
      })
      return 'instead'
    },
  }
}

export const noRetry: readonly Scenario[] = [
  stormy('F03-erp-errors', 'Two of five calls to the ERP end in an error for an hour or so.', 'A few calls fail within a minute and are made again.',
    ({ stage }, share) => { stage.weather.errorShare.erp = share }, 'erp'),
  stormy('F03-shop-errors', 'Two of five calls to the shop end in an error for an hour or so.', 'A few calls fail within a minute and are made again.',
    ({ stage }, share) => { stage.weather.errorShare.shop = share }, 'shop'),
  stormy('F03-erp-times-out', 'The ERP leaves two of five calls without an answer.', 'One call gets no answer and the next one does.',
    ({ stage }, share) => { stage.weather.silenceShare.erp = share }, 'erp'),
  stormy('F03-shop-throttles', 'The shop throttles nearly every call for an hour or so.', 'The shop throttles for some seconds, as it does.',
    ({ stage }, share) => { stage.weather.shopThrottled = share > 0 }, 'shop'),
  stormy('F03-erp-throttles', 'The ERP answers 429 to nearly every call for an hour or so.', 'A burst is throttled for some seconds.',
    ({ stage }, share) => { stage.weather.erpThrottled = share > 0 }, 'erp'),
  onOrder({
    name: 'F03-typed-in-late', rules: ['F03-manual-reentry', 'F02-paid-order-missing'], critical: false, wish: paid,
    says: 'A call fails and is not made again; hours later a person types the order in.',
    twin: 'The call is made again by the integration and needs nobody.',
    script: (tools) => typedIn(tools, tools.dice.int(2, 8) * hour, true),
    twinScript: (tools) => lateBy(tools, 5 * minute, 9 * minute),
  }),
  onOrder({
    name: 'F03-typed-in-early', rules: ['F03-manual-reentry'], critical: false, wish: paid,
    says: 'A person types the order in before anybody could miss it: the integration fails and people cover for it.',
    twin: 'A person writes an order by phone, with no number of the shop’s on it.',
    script: (tools) => typedIn(tools, tools.dice.int(2, 6) * minute, false),
    twinScript: ({ stage }) => ({
      booked(one) {
        const { clerk } = stage.house.staff
        stage.erp.createSale({
          partnerId: one.sale?.partnerId ?? 0, clientOrderRef: 'Téléphone', dateOrder: stage.erpNow(), currency: 'EUR', warehouseId: one.place.warehouse.id,
          lines: [{ productId: stage.house.parcel.id, quantity: stage.house.parcel.listPrice, priceUnit: stage.house.parcel.listPrice }],
        }, clerk, stage.erpNow())
      },
    }),
  }),
  onOrder({
    name: 'F03-tried-again-next-day', rules: ['F02-paid-order-missing'], critical: true, wish: paid,
    says: 'The only retry is the nightly run.', twin: 'The first retry comes after some minutes.',
    script: (tools) => lost(tools, tools.dice.int(9, 20) * hour), twinScript: (tools) => lateBy(tools, 6 * minute, 9 * minute),
  }),
  onOrder({
    name: 'F03-retry-without-key', rules: ['F02-duplicate-erp-order'], critical: true, wish: { ...paid, discount: 'none' },
    says: 'The retry is made while the first call is still at work: both succeed.',
    twin: 'Both calls arrive, and the second is refused, as the reference is there already.',
    script: (tools) => ({
      booked(one) {
        const again = bookAgain(tools, one)
        const planted = tools.plant({ subject: orderOf(one), amount: money(agreedTotal(one.order).negated(), one) })
        cleanUp(tools, planted, [again])
      },
    }),
  }),
  onOrder({
    name: 'F03-invoice-not-tried-again', rules: ['F06-invoice-missing'], critical: true, wish: paid,
    says: 'Making the invoice fails once and is not tried again.', twin: 'Making the invoice fails once and succeeds some minutes later.',
    script: (tools) => ({
      invoice(one) {
        const planted = tools.plant({ subject: orderOf(one), amount: money(agreedTotal(one.order), one), findableAt: one.shippedAt ?? tools.stage.agenda.now() })
        mends(tools, planted, 'people', () => billedLate(tools, one), missedAfter.document)
        return 'instead'
      },
    }),
  }),
  onOrder({
    name: 'F03-parcel-not-tried-again', rules: ['F07-shipped-not-told'], critical: false, wish: paid,
    says: 'Telling the shop of a parcel fails once and is not tried again.', twin: 'Telling the shop fails once and succeeds two minutes later.',
    script: (tools) => untold(tools),
  }),
  onOrder({
    name: 'F03-cancellation-not-tried-again', rules: ['F02-cancelled-in-shop'], critical: true, wish: { ...paid, fate: 'cancel-late' },
    says: 'A cancellation meets an ERP that is busy, and is dropped.', twin: 'A cancellation is tried twice and arrives.',
    script: (tools) => ({
      cancelled(one) {
        if (one.sale === null) return
        const planted = tools.plant({ subject: orderOf(one), amount: money(one.sale.total.negated(), one) })
        mends(tools, planted, 'people', () => withdrawnLate(tools, one))
      },
      withdraw: () => 'instead',
    }),
  }),
]

function untold(tools: Tools): Script {
  return {
    shipped(one) {
      const { stage } = tools
      const picking = one.sale === null ? undefined : stage.erp.books.find.pickingsOfSale(one.sale.id).find((each) => each.state === 'done')
      if (picking === undefined) return
      const planted = tools.plant({ subject: orderOf(one) })
      const lines = one.order.lines.map((line) => ({ lineId: line.id, quantity: line.currentQuantity }))
      mends(tools, planted, 'fulfilments', () => tellShop(stage, one, { lines, tracking: [{ company: 'Colissimo', number: picking.trackingRef ?? '' }] }))
    },
    tell: () => 'instead',
  }
}

