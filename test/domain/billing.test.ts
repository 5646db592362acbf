/** What invoices bill of which orders, and what takes them back. */
import { describe, expect, it } from 'vitest'
import { around, openOf, ratesOf, shareOver, unitsBilled, withoutCorrections, withoutCredited } from '../../src-main/domain/billing.ts'
import { minutes } from '../../src-main/domain/time.ts'
import { aCreditNote, anErpLine, anErpOrder, anInvoice, aTax, placedAt } from '../support/builders.ts'

const order = anErpOrder()
const both = anInvoice({
  orderIds: ['so-1001', 'so-9'],
  lines: [anErpLine({ orderLineId: '1' }), anErpLine({ orderLineId: '77', net: '50.00' }), anErpLine({ orderLineId: '78', deposit: true, net: '-5.00' })],
})
const mute = { ...both, lines: both.lines.map((line) => ({ ...line, orderLineId: null })) }
const note = aCreditNote({ createdAt: placedAt + minutes(50) })
const anew = anInvoice({ id: 'inv-2', number: 'INV2', createdAt: placedAt + minutes(55), lines: [anErpLine({ net: '18.00' })] })

describe('an invoice over several orders', () => {
  it('bills of each what its lines say, without money on account', () => {
    expect([unitsBilled([both], [order]), shareOver(both, [order])]).toEqual([new Map([['MUG', '2']]), 2400])
  })

  it('says nothing of one where its lines do not', () => {
    expect([unitsBilled([mute], [order]), shareOver(mute, [order])]).toEqual([null, null])
  })

  it('is whole for whoever sees all of its orders', () => {
    expect(shareOver(mute, [order, anErpOrder({ id: 'so-9' })])).toBe(2400)
  })
})

describe('the rates of lines', () => {
  it('are each there once, and as often as a line is taxed by one of them', () => {
    const taxed = (...rates: readonly string[]) => anErpLine({ taxes: rates.map((ratePercent) => aTax({ ratePercent })) })
    expect([ratesOf([taxed('20'), taxed('5.5', '20.0')]), ratesOf([taxed('4', '2', '4'), taxed('4', '2')]), ratesOf([taxed('4', '2')])]).toEqual([['5.5', '20'], ['2', '4', '4'], ['2', '4']])
  })
})

describe('what was taken back', () => {
  it('is a correction only where something is billed anew', () => {
    expect(withoutCorrections([anInvoice(), note]).map((one) => one.id)).toEqual(['inv-1001', 'crn-1001'])
    expect(withoutCorrections([anInvoice(), note, anew]).map((one) => one.id)).toEqual(['inv-2'])
  })

  it('stands no more, whether anything followed or not; a part of it does', () => {
    expect(withoutCredited([anInvoice(), note, anew]).map((one) => one.id)).toEqual(['inv-2'])
    const part = aCreditNote({ totals: { net: '-5.00', tax: '-1.00', total: '-6.00' } })
    expect(withoutCredited([anInvoice(), part])).toHaveLength(2)
  })

  it('is one invoice for one credit note', () => {
    const again = { ...note, id: 'crn-2', number: 'CRN2' }
    expect(withoutCredited([anInvoice(), note, again]).map((one) => one.id)).toEqual(['crn-2'])
  })
})

describe('the order of invoices', () => {
  it('is by when they were drawn up, then by their numbers', () => {
    const at = placedAt + minutes(35)
    const [ninth, tenth] = ['9', '10'].map((id) => anInvoice({ id, createdAt: at }))
    if (ninth === undefined || tenth === undefined) throw new Error('both are there')
    expect(around(tenth, [ninth]).earlier).toEqual([ninth])
    expect(around(ninth, [tenth, anInvoice({ id: '1', state: 'draft' })])).toEqual({ earlier: [], later: [tenth] })
  })
})

describe('what is still to be paid', () => {
  it('is what the ERP says, else all until it is paid', () => {
    expect([openOf(anInvoice({ open: '3.10' })), openOf(anInvoice()), openOf(anInvoice({ state: 'paid' }))]).toEqual([310, 2400, 0])
  })
})
