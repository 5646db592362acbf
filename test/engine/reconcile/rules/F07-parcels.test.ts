/** F07: parcels that one of the sides does not know of, or by another number. */
import { describe, expect, it } from 'vitest'
import type { DomainRecord } from '../../../../src-main/domain/records.ts'
import { minutes } from '../../../../src-main/domain/time.ts'
import { anErpLine, anErpOrder, anInvoice, anOrder, anOrderLine, aPair, aShipment, placedAt } from '../../../support/builders.ts'
import { monday } from '../../../support/clock.ts'
import { aReadSeam } from '../../../support/seam.ts'

const left = aShipment()
const number = (...tracking: readonly string[]) => aShipment({ tracking: [...tracking] })
const half = (id: string, at: number) => aShipment({ id, shippedAt: at, lines: [{ sku: 'MUG', quantity: '1', orderId: null }] })
/** What the shop tells of a parcel. */
const told = (more: Partial<ReturnType<typeof aShipment>> = {}) =>
  aShipment({ id: 'ful_1', number: null, orderIds: ['order_1001'], shippedAt: placedAt + minutes(40), ...more })
const waiting = (more: Partial<ReturnType<typeof aShipment>> = {}) => aShipment({ state: 'open', shippedAt: null, ...more })

type Records = readonly DomainRecord[]
const said = async (erp: Records, shop: Records, order = anOrder()) => {
  const seam = await aReadSeam({ pair: aPair() }).shop(order, ...shop).erp(anErpOrder(), ...erp).run()
  return seam.open().filter((one) => one.startsWith('F07'))
}

describe('F07-shipped-not-told', () => {
  it('speaks when goods have left and the shop shows none of it, and closes when it is told', async () => {
    const seam = await aReadSeam().shop(anOrder()).erp(anErpOrder(), left).run()
    expect(seam.store.incidents.live(10).map((one) => [one.rule, one.severity])).toEqual([['F07-shipped-not-told', 'medium']])
    await seam.shop(anOrder({ fulfilment: { state: 'shipped', shippedAt: monday } }), told()).run()
    expect(seam.open()).toEqual([])
  })

  it('weighs more where the payment waits for it', async () => {
    const authorised = anOrder({ payment: { state: 'authorised', captures: [] } })
    const pair = aPair({ settings: { due: { '*': 'authorised' } } })
    const seam = await aReadSeam({ pair }).shop(authorised).erp(anErpOrder(), left).run()
    expect(seam.store.incidents.live(10).map((one) => [one.rule, one.severity])).toEqual([['F07-shipped-not-told', 'high']])
  })

  it.each<[string, Records, Records]>([
    ['a second parcel is not told', [half('a', placedAt + minutes(30)), half('b', placedAt + minutes(60))], [told({ lines: [{ sku: 'MUG', quantity: '1', orderId: null }] })]],
    ['a fulfilment was called back', [left], [told({ state: 'cancelled' })]],
  ])('speaks when %s', async (_what, erp, shop) => {
    expect(await said(erp, shop)).toEqual(['F07-shipped-not-told 1001'])
  })

  it.each<[string, Records, Records, ReturnType<typeof anOrder>?]>([
    ['it is told', [left], [told()]],
    ['the shop’s own word says so, without parcels', [left], [], anOrder({ fulfilment: { state: 'delivered', shippedAt: placedAt } })],
    ['nothing has left', [waiting()], []],
    ['half has left and half is told', [half('a', placedAt + minutes(30)), waiting({ id: 'b', lines: [{ sku: 'MUG', quantity: '1', orderId: null }] })], [told({ lines: [{ sku: 'MUG', quantity: '1', orderId: null }] })]],
    ['it has only just left', [aShipment({ shippedAt: monday + minutes(50) })], []],
    ['the shop counts packs and the ERP units', [aShipment({ lines: [{ sku: 'MUG', quantity: '24', orderId: null }] })], [told()]],
    ['all of it was given back', [left], [], anOrder({ refunds: [{ id: 'r', at: placedAt, amount: 2400, tax: null, lines: [], reason: null }] })],
    ['the parcel holds another order’s goods', [aShipment({ orderIds: ['so-1001', 'so-9'], lines: [{ sku: 'MUG', quantity: '2', orderId: 'so-9' }] })], []],
  ])('stays silent when %s', async (_why, erp, shop, order) => {
    expect(await said(erp, shop, order)).toEqual([])
  })

  it('judges none whose parcel serves several orders and does not say which', async () => {
    const seam = await aReadSeam().shop(anOrder()).erp(anErpOrder(), aShipment({ orderIds: ['so-1001', 'so-9'] })).run()
    expect([seam.open(), seam.store.judgements.waitingFor('pair', 'F07-shipped-not-told')]).toEqual([[], ['1001']])
  })
})

describe('F07-shipped-only-in-shop', () => {
  it.each<[string, Records, Records]>([
    ['nothing has left the warehouse', [waiting()], [told()]],
    ['half of it has, and the rest waits there', [half('a', placedAt + minutes(30)), waiting({ id: 'b', lines: [{ sku: 'MUG', quantity: '1', orderId: null }] })], [told()]],
  ])('speaks when %s', async (_what, erp, shop) => {
    expect(await said(erp, shop)).toEqual(['F07-shipped-only-in-shop 1001'])
  })

  it.each<[string, Records, Records, ReturnType<typeof anOrder>?]>([
    ['it has left', [left], [told()]],
    ['the rest was given up', [half('a', placedAt + minutes(30))], [told()]],
    ['the ERP keeps no deliveries', [], [told()]],
    ['it is told only just now', [waiting()], [told({ shippedAt: monday + minutes(55) })]],
    ['the ERP sends a kit as its parts', [waiting({ lines: [{ sku: 'HANDLE', quantity: '2', orderId: null }] })], [told()]],
    ['only its gift card was sent', [waiting()], [told({ lines: [{ sku: 'CARD', quantity: '1', orderId: null }] })], anOrder({ lines: [anOrderLine(), anOrderLine({ id: 'c', sku: 'CARD', quantity: '1', giftCard: true })] })],
  ])('stays silent when %s', async (_why, erp, shop, order) => {
    expect(await said(erp, shop, order)).toEqual([])
  })
})

describe('F07-tracking-missing and F07-tracking-differs', () => {
  it.each<[string, Records, Records, string]>([
    ['without its number', [number('6A1')], [told()], 'F07-tracking-missing 1001'],
    ['by another number', [number('6A1')], [told({ tracking: ['6A2'] })], 'F07-tracking-differs 1001'],
  ])('speaks of a parcel %s', async (_what, erp, shop, expected) => {
    expect(await said(erp, shop)).toEqual([expected])
  })

  it.each<[string, Records, Records]>([
    ['both know it by one number, however it is written', [number('6a 1-2')], [told({ tracking: ['6A12'] })]],
    ['the ERP has none either', [left], [told()]],
    ['the shop knows one of two', [number('6A1', '6A2')], [told({ tracking: ['6A1'] })]],
    ['the number came only just now', [{ ...number('6A1'), changedAt: monday + minutes(55) }], [told()]],
  ])('stays silent when %s', async (_why, erp, shop) => {
    expect(await said(erp, shop)).toEqual([])
  })
})

describe('what follows an order', () => {
  it('says the same of everything as of what changed', async () => {
    const seam = await aReadSeam().shop(anOrder()).erp(anErpOrder({ lines: [anErpLine()] }), left).run()
    await seam.erp(anInvoice({ orderIds: ['so-1001'] })).shop(told({ state: 'cancelled' })).run()
    const found = seam.open()
    await seam.full()
    expect([found, seam.open()]).toEqual([['F07-shipped-not-told 1001'], ['F07-shipped-not-told 1001']])
  })
})
