/** An ERP's sale that takes another one back stands under the same number, and is no part of what was ordered. */
import { describe, expect, it } from 'vitest'
import type { DomainRecord, ErpOrder, Order } from '../../../../src-main/domain/records.ts'
import { days, hours, minutes } from '../../../../src-main/domain/time.ts'
import { closeDay } from '../../../../src-main/engine/reconcile/close/close.ts'
import { sightOf } from '../../../../src-main/engine/reconcile/sight.ts'
import { aCreditNote, anErpLine, anErpOrder, anInvoice, anOrder, aPair, aRefund, aReturn, aShipment, aTax, placedAt } from '../../../support/builders.ts'
import { monday } from '../../../support/clock.ts'
import { type Seam, aSeam } from '../../../support/seam.ts'

const later = monday + days(60)

/** As Tryton copies a sale: its reference and its lines, with quantities below nothing. */
function takingBack(quantity: number, more: Partial<ErpOrder> = {}): ErpOrder {
  const sum = (cents: number): string => ((cents * quantity) / 100).toFixed(2)
  return anErpOrder({
    id: 'back',
    number: 'SO2001',
    state: 'done',
    createdAt: placedAt + hours(5),
    lines: [anErpLine({ quantity: String(quantity), net: sum(1000), taxes: [aTax({ amount: sum(200) })] })],
    totals: { net: sum(1000), tax: sum(200), total: sum(1200) },
    ...more,
  })
}

async function seamOf(order: Order, ...erp: readonly DomainRecord[]): Promise<Seam> {
  return aSeam({ pair: aPair() }).shop(order).erp(anErpOrder({ state: 'done' }), anInvoice({ state: 'paid' }), aShipment(), ...erp).coveredTo({ shop: later, erp: later }).run()
}

const spoken = (seam: Seam): readonly unknown[] => seam.store.incidents.live(20).map(({ rule }) => rule).toSorted()

const at = placedAt + hours(6)
const sent = { state: 'shipped', shippedAt: placedAt + minutes(30), tracking: aShipment().tracking } as const

/** Gone out, come back, and paid back, all in the shop. */
function returned(units: number): Order {
  const lines = [{ sku: 'MUG', quantity: String(units) }]
  return anOrder({
    fulfilment: sent,
    returns: [{ id: 'r', at, lines }],
    refunds: [{ id: 'm', at, amount: 1200 * units, tax: null, lines, reason: null }],
  })
}

const credited = (units: number) =>
  aCreditNote({
    state: 'paid',
    orderIds: ['back'],
    creditsInvoiceIds: [],
    createdAt: at,
    lines: [anErpLine({ quantity: String(-units), net: (-10 * units).toFixed(2), taxes: [aTax({ amount: (-2 * units).toFixed(2) })] })],
    taxes: [{ code: 'VAT20', ratePercent: '20', base: (-10 * units).toFixed(2), amount: (-2 * units).toFixed(2) }],
    totals: { net: (-10 * units).toFixed(2), tax: (-2 * units).toFixed(2), total: (-12 * units).toFixed(2) },
  })
const broughtBack = (units: number) => aReturn({ orderIds: ['back'], receivedAt: at, lines: [{ sku: 'MUG', quantity: String(units), orderId: 'back' }] })

describe('a sale that takes another one back', () => {
  it.each([1, 2])('of %i of two units leaves nothing that differs, once both sides have all of it', async (units) => {
    expect(spoken(await seamOf(returned(units), takingBack(-units), credited(units), broughtBack(units)))).toEqual([])
  })

  it('brings its credit note and its goods to the order: each is told where the shop has not its like', async () => {
    const order = anOrder({ fulfilment: sent, returns: [] })
    expect(spoken(await seamOf(order, takingBack(-1), credited(1), broughtBack(1)))).toEqual(['F07-refund-not-told', 'F07-return-not-told'])
  })

  it('hides nothing of what the sale itself has wrong', async () => {
    const seam = aSeam({ pair: aPair() }).shop(anOrder()).erp(anErpOrder({ totals: { total: '25.00', net: '21.00' } }), takingBack(-2)).coveredTo({ shop: later, erp: later })
    expect(spoken(await seam.run())).toContain('F02-total-differs')
  })

  it('is no booking of its day: what it gives back is on the credit note', async () => {
    const day = new Date(placedAt).toISOString().slice(0, 10)
    const note = { ...credited(2), issuedOn: day }
    const refund = aRefund({ orderId: anOrder().id, at, amount: 2400 })
    const seam = aSeam({ pair: aPair() }).shop(returned(2), refund).erp(anErpOrder({ state: 'done' }), takingBack(-2, { documentDate: day }), note)
    const { store } = await seam.coveredTo({ shop: later, erp: later }).run()
    const [pair] = store.pairs.list()
    if (pair === undefined) throw new Error('no pair')
    const [one] = closeDay(store, sightOf(store, pair), day, 'UTC')
    expect([one?.shop, one?.erp, one?.steps, one?.unexplained]).toEqual([0, 0, [], 0])
  })
})
