/** F07: goods that came back on one side, and the other does not know. */
import { describe, expect, it } from 'vitest'
import type { DomainRecord, Order } from '../../../../src-main/domain/records.ts'
import { days, hours, minutes } from '../../../../src-main/domain/time.ts'
import { anErpLine, anErpOrder, anOrder, anOrderLine, aPair, aReturn, aShipment, placedAt } from '../../../support/builders.ts'
import { monday } from '../../../support/clock.ts'
import { type Seam, aSeam } from '../../../support/seam.ts'
import { cover } from '../../../support/store.ts'

const later = monday + days(3)
const left = aShipment()
const at = placedAt + minutes(50)
const units = (quantity: string, sku = 'MUG') => ({ sku, quantity })
const took = (quantity: string, more: Partial<ReturnType<typeof aReturn>> = {}) =>
  aReturn({ lines: [{ ...units(quantity), orderId: null }], ...more })

/** The shop has sent it, and says what of it came back. */
function sold(returns: Order['returns'], more: Parameters<typeof anOrder>[0] = {}) {
  return anOrder({ fulfilment: { state: 'shipped', shippedAt: placedAt + minutes(30) }, returns, ...more })
}
const back = (quantity: string): Order['returns'] => [{ id: 'r', at, lines: [units(quantity)] }]
const refunded = (amount: number, lines: ReturnType<typeof units>[] = []): Partial<Order> => ({
  refunds: [{ id: 'ref', at, amount, tax: null, lines, reason: null }],
})

async function seamOf(order: Order, erp: readonly DomainRecord[], to = later): Promise<Seam> {
  return aSeam({ pair: aPair() }).shop(order).erp(anErpOrder({ state: 'done' }), ...erp).coveredTo({ shop: to, erp: to }).run()
}

function spoken(seam: Seam) {
  return seam.store.incidents.live(20).filter(({ rule }) => rule === 'F07-return-not-told')
}

const said = async (order: Order, erp: readonly DomainRecord[], to?: number) =>
  spoken(await seamOf(order, erp, to)).map((one) => [one.severity, one.amount?.minor])

describe('F07-return-not-told', () => {
  it.each<[string, Order, readonly DomainRecord[], readonly unknown[]]>([
    ['all is back in the ERP alone, and no money went back', sold([]), [left, took('2')], ['high', 2400]],
    ['half is back in the ERP alone, and its money went back', sold([], refunded(1200)), [left, took('1')], ['medium', 1200]],
    ['the second half is back in the ERP alone', sold(back('1'), refunded(2400)), [left, took('2')], ['medium', 1200]],
    ['all is back in the shop alone, with its money', sold(back('2'), refunded(2400)), [left], ['medium', 2400]],
    ['all is back in the shop alone, and no money went back', sold(back('2')), [left], ['high', 2400]],
    ['the ERP only waits for it', sold(back('1'), refunded(1200)), [left, took('1', { state: 'open', receivedAt: null })], ['medium', 1200]],
    ['the ERP’s return was called off', sold(back('1'), refunded(1200)), [left, took('1', { state: 'cancelled' })], ['medium', 1200]],
    ['nothing was paid that could go back', sold([], { payment: { state: 'pending', captures: [] } }), [left, took('2')], ['medium', 2400]],
    ['less money went back than the goods cost', sold([], refunded(500)), [left, took('2')], ['high', 2400]],
  ])('speaks when %s', async (_what, order, erp, expected) => {
    expect(await said(order, erp)).toEqual([expected])
  })

  it.each<[string, Order, readonly DomainRecord[]]>([
    ['both sides have it', sold(back('1')), [left, took('1')]],
    ['nothing came back', sold([]), [left]],
    ['the shop gave the money back for these units, and wants none on its shelf', sold([], refunded(2400, [units('2')])), [left, took('2')]],
    ['the ERP counts units and the shop packs', sold(back('1')), [aShipment({ lines: [{ ...units('24'), orderId: null }] }), took('12')]],
    ['what came back was sent anew', sold(back('2')), [left, took('2'), aShipment({ id: 'again', shippedAt: placedAt + hours(5) })]],
    ['the ERP never sends such goods', sold([{ id: 'r', at, lines: [units('1', 'CARD')] }], { lines: [anOrderLine(), anOrderLine({ id: 'c', sku: 'CARD' })] }), [left]],
    ['the order was cancelled', sold([], { cancelledAt: at }), [left, took('2')]],
    ['it is another order’s', sold([]), [left, took('2', { orderIds: ['so-9'] })]],
  ])('stays silent when %s', async (_why, order, erp) => {
    expect(await said(order, erp)).toEqual([])
  })

  it('waits a day for the other side, and closes when it knows', async () => {
    expect(await said(sold([]), [left, took('2')], placedAt + hours(20))).toEqual([])
    const seam = await seamOf(sold([]), [left, took('2')])
    expect(spoken(seam)).toHaveLength(1)
    await seam.shop(sold(back('2'), refunded(2400))).run()
    expect(spoken(seam)).toEqual([])
  })

  it('adds up what several returns brought, with the tax that is not in the price', async () => {
    const lines = [anOrderLine(), anOrderLine({ id: 'b', sku: 'PLATE', title: 'Plate', quantity: '1', total: '5.00', taxes: [] })]
    const goods = [anErpLine(), anErpLine({ id: '2', sku: 'PLATE', title: 'Plate', quantity: '1' })].map(({ discountPercent: _percent, orderLineId: _line, deposit: _deposit, ...one }) => one)
    const sent = aShipment({ lines: [{ ...units('2'), orderId: null }, { ...units('1', 'PLATE'), orderId: null }] })
    const seam = await aSeam({ pair: aPair() })
      .shop(sold([], { lines }))
      .erp(anErpOrder({ state: 'done', lines: goods }), sent, took('1'), took('1', { id: 'second', receivedAt: placedAt + hours(3), lines: [{ ...units('1', 'PLATE'), orderId: null }] }))
      .coveredTo({ shop: later, erp: later }).run()
    expect(spoken(seam).map(({ amount, says }) => [amount?.minor, says])).toEqual([
      [1700, 'Goods of order 1001 are back in ERP, and Shop does not know: Mug, Plate. The customer has not got the money back either.'],
    ])
  })

  it('takes a return that the ERP books as a sale of its own, backwards, under the same reference', async () => {
    const [line] = anErpOrder().lines
    const backwards = anErpOrder({ id: 'so-back', number: 'SO2', state: 'done', lines: line === undefined ? [] : [{ ...line, quantity: '-2', net: '-20.00' }], totals: { net: '-20.00', tax: '-4.00', total: '-24.00' } })
    const erp = [left, backwards, took('2', { orderIds: ['so-back'] })]
    expect(await said(sold([]), erp)).toEqual([['high', 2400]])
    expect(await said(sold(back('2')), erp)).toEqual([])
  })

  it.each<[string, Order, readonly DomainRecord[]]>([
    ['the shop does not state what came back', sold(null), [left, took('2')]],
    ['a return is of several orders and does not say whose units', sold([]), [left, took('2', { orderIds: ['so-1001', 'so-9'] })]],
  ])('is not judged where %s', async (_why, order, erp) => {
    const seam = await seamOf(order, erp)
    expect([spoken(seam), seam.store.judgements.waitingFor('pair', 'F07-return-not-told')]).toEqual([[], ['1001']])
  })

  it('is not judged where the ERP does not state it, and is once it does', async () => {
    const seam = aSeam({ pair: aPair() }).shop(sold(back('2'))).erp(anErpOrder({ state: 'done' }), left)
    cover(seam.store, 'shop', ['orders', 'fulfilments'], later, 0)
    cover(seam.store, 'erp', ['orders', 'shipments'], later, 0)
    await seam.run()
    const why = () => seam.store.judgements.whyNot('pair', { kind: 'order', connection: 'shop', key: '1001' }).filter(({ rule }) => rule === 'F07-return-not-told').map((one) => one.why)
    expect([spoken(seam), why()]).toEqual([[], ['ERP does not state what came back']])
    cover(seam.store, 'erp', ['returns'], later, 0)
    await seam.run()
    expect([spoken(seam).length, why()]).toEqual([1, []])
  })

  it('nothing is waited for where no side says that anything came back', async () => {
    const seam = await seamOf(sold(null), [left])
    expect(seam.store.judgements.waitingFor('pair', 'F07-return-not-told')).toEqual([])
  })
})
