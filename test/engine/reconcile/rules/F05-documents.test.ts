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

  describe('of an order taxed line by line, and an invoice in one sum', () => {
    const taxes = [aTax({ ratePercent: '20', amount: null })]
    // three times 0.42 at 20 %: 0.084 each, 0.252 in total
    const nets = ['0.42', '0.42', '0.42']
    const order = (number: string) =>
      anOrder({ number, lines: nets.map((net, nth) => anOrderLine({ id: `l${nth}`, sku: `S${nth}`, quantity: '1', total: net, unitPrice: net, taxes })), totals: { tax: '0.24', total: '1.50' }, payment: { captures: [{ at: placedAt, amount: 150 }] } })
    const booked = (number: string) =>
      anErpOrder({ id: `so${number}`, references: [number], lines: nets.map((net, nth) => anErpLine({ id: `l${nth}`, sku: `S${nth}`, quantity: '1', net, unitPrice: net, taxes })), totals: { net: '1.26', tax: '0.24', total: '1.50' } })
    const billed = (number: string, tax: string, total: string) =>
      anInvoice({
        id: `i${number}`, number: `INV${number}`, orderIds: [`so${number}`], state: 'paid', currency: 'EUR',
        lines: nets.map((net, nth) => anErpLine({ id: `l${nth}`, sku: `S${nth}`, quantity: '1', net, unitPrice: net, taxes })),
        taxes: [{ code: null, ratePercent: '20', base: '1.26', amount: tax }], totals: { net: '1.26', tax, total },
      })
    const rounding = (seam: Awaited<ReturnType<ReturnType<typeof aReadSeam>['run']>>) =>
      seam.store.incidents.live(20).filter((one) => one.rule === 'F05-invoice-tax-differs').map((one) => [one.subject.kind, one.subject.key, one.severity, one.cause, one.amount?.minor])

    it('makes one low incident of a market, with count and sum, that closes with its last invoice', async () => {
      const seam = await aReadSeam().shop(order('1001'), order('1002')).erp(booked('1001'), booked('1002'), billed('1001', '0.25', '1.51'), billed('1002', '0.25', '1.51')).run()
      expect(rounding(seam)).toEqual([['stream', 'rounding DE EUR', 'low', 'rounding', -2]])
      await seam.erp(billed('1001', '0.24', '1.50')).run()
      expect(rounding(seam)).toEqual([['stream', 'rounding DE EUR', 'low', 'rounding', -1]])
      await seam.erp(billed('1002', '0.24', '1.50')).run()
      expect(rounding(seam)).toEqual([])
    })

    it('is met where its lines are of one thing', async () => {
      const alike = <T extends { readonly lines: readonly object[] }>(record: T): T => ({ ...record, lines: record.lines.map((line) => ({ ...line, sku: 'MUG' })) })
      const seam = await aReadSeam().shop(alike(order('1001'))).erp(alike(booked('1001')), alike(billed('1001', '0.25', '1.51'))).run()
      expect(rounding(seam)).toEqual([['stream', 'rounding DE EUR', 'low', 'rounding', -1]])
    })

    it('says nothing of more than rounding can be', async () => {
      const seam = await aReadSeam().shop(order('1001')).erp(booked('1001'), billed('1001', '0.28', '1.54')).run()
      expect(rounding(seam)).toEqual([])
    })

    it('does not take an invoice for the order whose number it bears', async () => {
      const seam = await aReadSeam()
        .shop(order('1001'))
        .erp({ ...booked('1001'), totals: { net: '1.26', tax: '0.25', total: '1.51' } }, { ...billed('1001', '0.25', '1.51'), number: '1001' })
        .run()
      expect(seam.open()).toEqual(['F05-tax-differs rounding DE EUR'])
      await seam.full()
      expect(seam.open()).toEqual(['F05-tax-differs rounding DE EUR'])
    })
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

  it('says of a part that both sides round honestly, and differently, that it is rounding', async () => {
    const third = anOrder({
      taxesIncluded: true, lines: [anOrderLine({ quantity: '3', unitPrice: '8.00', total: '24.00' })],
      refunds: [{ id: 'r', at: placedAt + minutes(30), amount: 800, tax: '1.33', lines: [{ sku: 'MUG', quantity: '1' }], reason: null }],
    })
    expect(await said(third, note('-6.66', '-1.34', '20', '-8.00'))).toEqual([['F05-refund-tax-differs', 'rounding', -1]])
    expect(await said(third, note('-6.67', '-1.33', '20', '-8.00'))).toEqual([])
  })
})
