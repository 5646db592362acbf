/** F05: tax that changes on its way from the order to its invoice, or from a refund to its credit note. */
import { describe, expect, it } from 'vitest'
import { minutes } from '../../../../src-main/domain/time.ts'
import { aCreditNote, anErpLine, anErpOrder, anInvoice, anOrder, anOrderLine, aTax, placedAt } from '../../../support/builders.ts'
import { aReadSeam } from '../../../support/seam.ts'

const taxed = (ratePercent: string, net: string, tax: string, total: string, more: object = {}) =>
  anInvoice({
    state: 'paid', lines: [anErpLine({ net, taxes: ratePercent === '0' ? [] : [aTax({ ratePercent, amount: null })] })],
    taxes: ratePercent === '0' ? [] : [{ code: null, ratePercent, base: net, amount: tax }], totals: { net, tax, total }, ...more,
  })

describe('F05-invoice-tax-differs', () => {
  it.each([
    ['another rate', taxed('10', '20.00', '2.00', '22.00'), anOrder(), 'wrong-rate', 200],
    ['another rate inside the same price', taxed('5.5', '22.75', '1.25', '24.00'), anOrder(), 'wrong-rate', 275],
    ['no tax at all', taxed('0', '20.00', '0', '20.00'), anOrder(), 'exempt', 400],
    ['no tax, to a company', taxed('0', '20.00', '0', '20.00'), anOrder({ customer: { vatId: 'DE129273398' } }), 'reverse-charge', 400],
  ])('speaks of %s', async (_what, invoice, order, cause, minor) => {
    const seam = await aReadSeam().shop(order).erp(anErpOrder(), invoice).run()
    expect(seam.store.incidents.live(10).map((one) => [one.rule, one.subject.key, one.cause, one.amount?.minor])).toEqual([
      ['F05-invoice-tax-differs', 'INV1001', cause, minor],
    ])
  })

  it.each([
    ['it is taxed as its order', taxed('20', '20.00', '4.00', '24.00')],
    ['the rate is written otherwise', taxed('20.0', '20.00', '4.00', '24.00')],
    ['only a part is billed', taxed('20', '10.00', '2.00', '12.00', { lines: [anErpLine({ quantity: '1', net: '10.00' })] })],
    ['it is cancelled', taxed('10', '20.00', '2.00', '22.00', { state: 'cancelled' })],
  ])('stays silent when %s', async (_why, invoice) => {
    const seam = await aReadSeam().shop(anOrder()).erp(anErpOrder(), invoice).run()
    expect(seam.open()).toEqual([])
  })

  it('leaves the order’s own tax to the order’s rule', async () => {
    const booked = anErpOrder({ lines: [anErpLine({ taxes: [aTax({ ratePercent: '10', amount: '2.00' })] })], totals: { tax: '2.00', total: '22.00' } })
    const seam = await aReadSeam().shop(anOrder()).erp(booked, taxed('10', '20.00', '2.00', '22.00')).run()
    expect(seam.open().toSorted()).toEqual(['F02-total-differs 1001', 'F05-tax-differs 1001'])
  })
})

describe('F05-refund-tax-differs', () => {
  const returned = (tax: string | null, amount = 1200, lines = [{ sku: 'MUG', quantity: '1' }]) =>
    anOrder({ refunds: [{ id: 'r', at: placedAt + minutes(30), amount, tax, lines, reason: null }] })
  const note = (net: string, tax: string, rate: string | null, total = '-12.00') =>
    aCreditNote({
      state: 'paid', lines: [anErpLine({ quantity: '-1', net, taxes: rate === null ? [] : [aTax({ ratePercent: rate, amount: null })] })],
      taxes: rate === null ? [] : [{ code: null, ratePercent: rate, base: net, amount: tax }], totals: { net, tax, total }, createdAt: placedAt + minutes(40),
    })
  const said = async (order: ReturnType<typeof anOrder>, credited: ReturnType<typeof aCreditNote>) => {
    const seam = await aReadSeam().shop(order).erp(anErpOrder({ state: 'done' }), anInvoice({ state: 'paid' }), credited).run()
    return seam.store.incidents.live(10).map((one) => [one.rule, one.cause, one.amount?.minor])
  }

  it.each([
    ['another rate', returned('2.00'), note('-10.91', '-1.09', '10'), 'wrong-rate', 91],
    ['a credit note without tax', returned('2.00'), note('-12.00', '0', null), 'exempt', 200],
    ['a part computed anew', returned('2.00'), note('-9.90', '-2.10', '20'), 'refund-recomputed', -10],
  ])('speaks of %s', async (_what, order, credited, cause, minor) => {
    expect(await said(order, credited)).toEqual([['F05-refund-tax-differs', cause, minor]])
  })

  it.each([
    ['both give back the same', returned('2.00'), note('-10.00', '-2.00', '20')],
    ['the shop states no tax', returned(null), note('-12.00', '0', null)],
    ['it is a goodwill over no lines', returned('0', 1200, []), note('-10.00', '-2.00', '20')],
    ['more went back than its lines cost', returned('2.00', 1500), note('-12.50', '-2.50', '20', '-15.00')],
  ])('stays silent when %s', async (_why, order, credited) => {
    expect(await said(order, credited)).toEqual([])
  })

  it('takes a figure that honest rounding gives', async () => {
    const third = anOrder({
      taxesIncluded: true, lines: [anOrderLine({ quantity: '3', unitPrice: '8.00', total: '24.00' })],
      refunds: [{ id: 'r', at: placedAt + minutes(30), amount: 800, tax: '1.33', lines: [{ sku: 'MUG', quantity: '1' }], reason: null }],
    })
    expect(await said(third, note('-6.66', '-1.34', '20', '-8.00'))).toEqual([])
  })
})
