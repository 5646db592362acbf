/** F06 and F07: money given back in the shop, credited in the ERP, or both and not alike. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DomainRecord } from '../../../../src-main/domain/records.ts'
import { days, minutes } from '../../../../src-main/domain/time.ts'
import { aCreditNote, anErpLine, anErpOrder, anInvoice, anOrder, aPair, placedAt } from '../../../support/builders.ts'
import { monday } from '../../../support/clock.ts'
import { aSeam } from '../../../support/seam.ts'

const rules = ['F06-refund-without-credit-note', 'F06-credit-note-differs', 'F07-refund-not-told']

function refunded(...amounts: readonly number[]) {
  return anOrder({ refunds: amounts.map((amount, nth) => ({ id: `r${nth}`, at: placedAt + minutes(60 + nth), amount, tax: null, lines: [], reason: null })) })
}

/** A credit note over so many cents, with sums that hold. */
function credit(minor: number, more: object = {}) {
  const total = (-minor / 100).toFixed(2)
  return aCreditNote({ id: `c${minor}`, number: `C${minor}`, state: 'paid', createdAt: placedAt + minutes(90), lines: [anErpLine({ sku: null, title: 'Refund', quantity: '-1', net: total, taxes: [] })], taxes: [], totals: { net: total, tax: '0', total }, ...more })
}

const invoice = anInvoice({ state: 'paid' })

async function said(order: ReturnType<typeof anOrder>, erp: readonly DomainRecord[], at = monday + days(3)) {
  const seam = await aSeam({ pair: aPair({ settings: { due: { terms: 'placed' } } }) }).shop(order).erp(anErpOrder({ state: 'done' }), ...erp).coveredTo({ shop: at, erp: at }).run()
  return seam.store.incidents.live(10).filter((one) => rules.includes(one.rule)).map((one) => [one.rule, one.amount?.minor])
}

describe('refunds and credit notes', () => {
  it.each([
    ['a refund without a credit note', refunded(500), [invoice], [['F06-refund-without-credit-note', -500]]],
    ['the second of two refunds', refunded(500, 700), [invoice, credit(500)], [['F06-refund-without-credit-note', -700]]],
    ['a credit note over more than came back', refunded(500), [invoice, credit(2400)], [['F06-credit-note-differs', 1900]]],
    ['a credit note over less than came back', refunded(500), [invoice, credit(400)], [['F06-credit-note-differs', -100]]],
    ['a refund that was credited twice', refunded(500), [invoice, credit(500), credit(500, { id: 'again', number: 'C2' })], [['F06-credit-note-differs', 500]]],
    ['a credit note without a refund', refunded(), [invoice, credit(2400)], [['F07-refund-not-told', 2400]]],
  ])('speaks of %s', async (_what, order, erp, expected) => {
    expect(await said(order, erp)).toEqual(expected)
  })

  it.each([
    ['both agree', refunded(500, 700), [invoice, credit(700), credit(500)]],
    ['nothing was billed', refunded(2400), []],
    ['only what was paid too much went back', { ...refunded(600), payment: { ...anOrder().payment, captures: [{ at: placedAt, amount: 3000 }] } }, [invoice]],
    ['the invoice was credited to be made anew', refunded(), [invoice, aCreditNote({ state: 'paid', createdAt: placedAt + minutes(80) }), anInvoice({ id: 'n', number: 'N', state: 'paid', createdAt: placedAt + minutes(85) })]],
    ['the invoice was made anew at another price', refunded(), [{ ...invoice, totals: { net: '20.00', tax: '4.00', total: '24.00' } }, aCreditNote({ state: 'paid', createdAt: placedAt + minutes(80) }), anInvoice({ id: 'n', number: 'N', state: 'paid', createdAt: placedAt + minutes(85), lines: [anErpLine({ net: '19.00' })] })]],
    ['nobody has paid what is credited', { ...refunded(), payment: { ...anOrder().payment, captures: [], method: 'terms' } }, [anInvoice(), credit(2400)]],
    ['the credit note is a draft', refunded(), [invoice, credit(2400, { state: 'draft' })]],
  ])('stays silent when %s', async (_why, order, erp) => {
    expect(await said(order, erp)).toEqual([])
  })

  it('waits a day for a credit note, and a day for a refund', async () => {
    expect(await said(refunded(500), [invoice], monday + minutes(60 * 20))).toEqual([])
    expect(await said(refunded(), [invoice, credit(500)], monday + minutes(60 * 20))).toEqual([])
  })

  it('judges none whose collective invoice does not say what is this order’s', async () => {
    expect(await said(refunded(500), [{ ...invoice, orderIds: ['so-1001', 'so-9'] }])).toEqual([])
  })

  it('never speaks of two of them at once, and never of more than was given back or credited', async () => {
    const amounts = fc.array(fc.integer({ min: 1, max: 1200 }), { maxLength: 2 })
    await fc.assert(
      fc.asyncProperty(amounts, amounts, async (back, credited) => {
        const found = await said(refunded(...back), [invoice, ...credited.map((minor, nth) => credit(minor, { id: `k${nth}`, number: `K${nth}` }))])
        const most = Math.max(back.reduce((sum, one) => sum + one, 0), credited.reduce((sum, one) => sum + one, 0))
        expect(found.length).toBeLessThanOrEqual(1)
        expect(Math.abs(Number(found[0]?.[1] ?? 0))).toBeLessThanOrEqual(most)
        const agree = back.toSorted().join() === credited.toSorted().join()
        if (agree) expect(found).toEqual([])
        const apart = back.reduce((sum, one) => sum + one, 0) - credited.reduce((sum, one) => sum + one, 0)
        if (apart !== 0) expect(found).toHaveLength(1)
      }),
      { numRuns: 60 },
    )
  }, 30_000)
})
