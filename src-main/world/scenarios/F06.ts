/** Invoice errors: missing, twice, or not what was sold. */
import { sum } from '../decimal.ts'
import type { Move } from '../erp/erp.ts'
import { hour, minute } from '../business/calendar.ts'
import { agreedTotal } from '../business/figures.ts'
import { later } from '../integration/gate.ts'
import type { Case, Script } from '../business/stage.ts'
import { billNow, creditNow, openLines, refundAmount, settle, today } from '../integration/billing.ts'
import { billedOtherwise } from './F06-lines.ts'
import { onOrder, paid } from './hands.ts'
import { billedLate, creditedAnew, mends, missedAfter } from './mending.ts'
import { money, orderOf, type OrderScenario, type Tools } from './scenario.ts'

const invoiced = { critical: true } as const

function skipsInvoice(tools: Tools): Script {
  return {
    invoice(one) {
      const now = tools.stage.agenda.now()
      const planted = tools.plant({
        subject: orderOf(one), amount: money(agreedTotal(one.order), one),
        // who is billed by the month is due an invoice when the others of the month have theirs
        findableAt: one.monthly ? now : (one.shippedAt ?? now),
      })
      mends(tools, planted, 'people', () => billedLate(tools, one), missedAfter.document)
      return 'instead'
    },
  }
}

function billsLater(tools: Tools): Script {
  return {
    invoice(one) {
      later(tools.stage, tools.dice.int(1, 4) * minute, 'invoices', () => billNow(tools.stage, one))
      return 'instead'
    },
  }
}

/** A second invoice over what is billed already. */
function billsTwice(tools: Tools): Script {
  return {
    invoiced(one) {
      const { stage } = tools
      const [first] = one.invoices
      if (first === undefined) return
      const { integration } = stage.house.staff
      const again = stage.erp.invoice(first.lines.flatMap((line) => line.saleLineIds.map((saleLineId) => ({ saleLineId, quantity: line.quantity }))), integration, stage.erpNow())
      stage.erp.post(again.id, today(stage), integration, stage.erpNow())
      const planted = tools.plant({ subject: { kind: 'invoice', key: again.name }, amount: money(again.total.negated(), one) })
      tools.excuse({ kind: 'invoice', key: first.name }, null, 'It is the first of two that bill the same.')
      mends(tools, planted, 'people', () => stage.erp.cancelMove(again.id, stage.house.staff.clerk, stage.erpNow()))
    },
  }
}

export const invoiceErrors: readonly OrderScenario[] = [
  onOrder({
    ...invoiced, name: 'F06-invoice-missing', rules: ['F06-invoice-missing'], wish: paid,
    says: 'The parcel has left, and nobody makes the invoice.', twin: 'The invoice is made some minutes after the parcel has left.',
    script: (tools) => skipsInvoice(tools), twinScript: billsLater,
  }),
  onOrder({
    ...invoiced, name: 'F06-part-never-billed', rules: ['F06-invoice-missing'], wish: { ...paid, fate: 'parts', lines: 2, trait: 'plain' },
    says: 'An order leaves in two parcels, and the second is never billed.', twin: 'Two parcels, two invoices, which add up to the order.',
    script: (tools) => ({
      invoice(one) {
        if (one.invoices.length === 0) return
        const billed = sum(one.invoices.map((move) => move.total))
        const planted = tools.plant({ subject: orderOf(one), amount: money(agreedTotal(one.order).minus(billed), one) })
        mends(tools, planted, 'people', () => billedLate(tools, one), missedAfter.document)
        return 'instead'
      },
    }),
  }),
  onOrder({
    ...invoiced, name: 'F06-left-out-of-the-month', rules: ['F06-invoice-missing'], wish: { method: 'terms', business: 'monthly', fate: 'plain' },
    says: 'An order is left out of its customer’s monthly invoice.', twin: 'Nothing is billed for weeks, as the customer is billed by the month.',
    script: (tools) => skipsInvoice(tools),
  }),
  onOrder({
    ...invoiced, name: 'F06-invoice-stays-draft', rules: ['F06-invoice-missing'], wish: paid,
    says: 'The invoice is drawn up and never posted.', twin: 'The invoice is a draft for a minute.',
    script: (tools) => ({
      invoice(one) {
        const lines = openLines(tools.stage, one)
        if (lines.length === 0) return
        const { stage } = tools
        const move = stage.erp.invoice(lines, stage.house.staff.integration, stage.erpNow())
        one.invoices.push(move)
        const planted = tools.plant({ subject: orderOf(one), amount: money(agreedTotal(one.order), one), findableAt: one.shippedAt ?? stage.agenda.now() })
        mends(tools, planted, 'people', () => {
          stage.erp.post(move.id, today(stage), stage.house.staff.clerk, stage.erpNow())
          settle(stage, one)
        }, missedAfter.document)
        return 'instead'
      },
    }),
    twinScript: billsLater,
  }),
  onOrder({
    ...invoiced, name: 'F06-invoice-cancelled', rules: ['F06-invoice-missing'], wish: paid,
    says: 'The invoice is cancelled to be corrected, and no other is made.', twin: 'An invoice is cancelled and another made at once.',
    script: (tools) => cancelsInvoice(tools, false), twinScript: (tools) => cancelsInvoice(tools, true),
  }),
  onOrder({
    ...invoiced, name: 'F06-invoice-twice', rules: ['F06-invoice-duplicate'], wish: paid,
    says: 'The run is started twice, and the order is billed twice.', twin: 'Two invoices, for two parcels.',
    twinWish: { ...paid, fate: 'parts', lines: 2 }, script: billsTwice,
  }),
  ...billedOtherwise,
  onOrder({
    ...invoiced, name: 'F06-refund-not-credited', rules: ['F06-refund-without-credit-note'], wish: { ...paid, fate: 'return-some', trait: 'plain' },
    says: 'The customer has the money back, and no credit note is made.', twin: 'The money is back, and the credit note follows within minutes.',
    script: skipsCredit,
  }),
  onOrder({
    ...invoiced, name: 'F06-goodwill-not-credited', rules: ['F06-refund-without-credit-note'], wish: { ...paid, fate: 'goodwill' },
    says: 'A part of the price is given back without goods, and no credit note is made.',
    twin: 'A unit is taken off before it is sent, and paid back: nothing was billed for it, and nothing is to be credited.',
    twinWish: { ...paid, fate: 'edit-less', trait: 'plain', discount: 'none', units: 3 },
    script: skipsCredit,
  }),
  onOrder({
    ...invoiced, name: 'F06-credited-in-full', rules: ['F06-credit-note-differs'], wish: { ...paid, fate: 'return-some', trait: 'plain', units: 3 },
    says: 'One unit comes back, and the whole order is credited.', twin: 'All of it comes back, and the whole order is credited.',
    twinWish: { ...paid, fate: 'return-all', trait: 'plain' },
    script: (tools) => ({
      credit(one) {
        const refund = one.order.refunds.at(-1)
        const [invoice] = one.invoices
        if (refund === undefined || invoice === undefined) return
        const note = creditNow(tools.stage, one, refund, invoice.total)
        if (note === null) return 'instead'
        const planted = tools.plant({ subject: orderOf(one), amount: money(refundAmount(one, refund).minus(note.total).negated(), one) })
        mends(tools, planted, 'people', () => creditedAnew(tools, one, note, refund))
        return 'instead'
      },
    }),
  }),
  onOrder({
    ...invoiced, name: 'F06-credited-twice', rules: ['F06-credit-note-differs'], wish: { ...paid, fate: 'return-all', trait: 'plain', lines: 1 },
    says: 'A refund is credited twice.', twin: 'Two refunds, each with its credit note.',
    script: (tools) => ({
      credited(one) {
        const refund = one.order.refunds.at(-1)
        if (refund === undefined || one.credits.length > 1) return
        const note = creditNow(tools.stage, one, refund, refundAmount(one, refund))
        if (note === null) return
        const planted = tools.plant({ subject: orderOf(one), amount: money(note.total, one) })
        mends(tools, planted, 'people', () => tools.stage.erp.cancelMove(note.id, tools.stage.house.staff.clerk, tools.stage.erpNow()))
      },
    }),
    twinWish: { ...paid, fate: 'return-some', trait: 'plain', units: 3 },
    twinScript: (tools) => ({
      credited(one) {
        if (one.credits.length !== 1) return
        tools.after(tools.dice.int(3, 9) * hour, () => giveBackOne(tools, one))
      },
    }),
  }),
]

function skipsCredit(tools: Tools): Script {
  return {
    credit(one) {
      const refund = one.order.refunds.at(-1)
      if (refund === undefined) return
      const planted = tools.plant({
        subject: orderOf(one), amount: money(refundAmount(one, refund).negated(), one),
        findableAt: Math.max(refund.createdAt - tools.stage.weather.clockOffsetMs.shop, invoicedAt(tools, one.invoices)),
      })
      mends(tools, planted, 'people', () => void creditNow(tools.stage, one, refund), missedAfter.document)
      return 'instead'
    },
  }
}

function invoicedAt(tools: Tools, moves: readonly Move[]): number {
  return Math.min(...moves.map((move) => move.createdAt - tools.stage.weather.clockOffsetMs.erp))
}

function giveBackOne(tools: Tools, one: Case): void {
  const { stage } = tools
  const line = one.order.lines.find((each) => each.currentQuantity > 0)
  if (line === undefined) return
  stage.shop.refund(one.order.id, { lines: [{ lineId: line.id, quantity: 1, restock: false }] }, stage.shopNow())
  const refund = one.order.refunds.at(-1)
  later(stage, 2 * minute, 'credits', () => {
    if (refund !== undefined) creditNow(stage, one, refund)
  })
}

function cancelsInvoice(tools: Tools, again: boolean): Script {
  return {
    invoiced(one) {
      const { stage } = tools
      const [move] = one.invoices
      if (move === undefined || move.state !== 'posted') return
      later(stage, tools.dice.int(10, 50) * minute, 'people', () => {
        stage.erp.cancelMove(move.id, stage.house.staff.clerk, stage.erpNow())
        if (again) {
          billNow(stage, one)
          return
        }
        const planted = tools.plant({ subject: orderOf(one), amount: money(agreedTotal(one.order), one) })
        mends(tools, planted, 'people', () => billedLate(tools, one), missedAfter.document)
      })
    },
  }
}

