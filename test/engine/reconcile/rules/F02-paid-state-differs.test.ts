/** F02: money that one of the sides does not know of. */
import { describe, expect, it } from 'vitest'
import { pairSettingsSchema } from '../../../../src-main/domain/pair.ts'
import type { DomainRecord } from '../../../../src-main/domain/records.ts'
import { days, hours } from '../../../../src-main/domain/time.ts'
import { aCreditNote, anErpOrder, anInvoice, anOrder, aPair, placedAt } from '../../../support/builders.ts'
import { monday } from '../../../support/clock.ts'
import { aSeam } from '../../../support/seam.ts'

const rule = 'F02-paid-state-differs'
const at = monday + days(2)
const unpaid = anOrder({ payment: { state: 'pending', captures: [], method: 'cash' } })

async function judged(order = anOrder(), erp: readonly DomainRecord[] = [], given: { at?: number; pair?: ReturnType<typeof aPair> } = {}) {
  const to = given.at ?? at
  const seam = aSeam(given.pair === undefined ? {} : { pair: given.pair }).shop(order).erp(anErpOrder({ state: 'done' }), ...erp)
  return seam.coveredTo({ shop: to, erp: to }).run()
}

describe(rule, () => {
  it('speaks of an invoice that stands open though the shop has the money, and closes when it is paid', async () => {
    const seam = await judged(anOrder(), [anInvoice()])
    expect(seam.store.incidents.live(10).map((one) => [one.rule, one.amount?.minor])).toEqual([[rule, 2400]])
    await seam.erp(anInvoice({ state: 'paid' })).run()
    expect(seam.open()).toEqual([])
  })

  it('counts only what is still to be paid', async () => {
    const seam = await judged(anOrder(), [anInvoice({ open: '4.50' })])
    expect(seam.store.incidents.live(10).map((one) => one.amount?.minor)).toEqual([450])
  })

  it('speaks of an invoice that is paid though the shop has no money of it', async () => {
    const seam = await judged(unpaid, [anInvoice({ state: 'paid' })], { pair: aPair({ settings: { due: { '*': 'placed' } } }) })
    expect(seam.store.incidents.live(10).map((one) => [one.rule, one.amount?.minor])).toEqual([[rule, -2400]])
  })

  it.each([
    ['both have it', anOrder(), [anInvoice({ state: 'paid' })]],
    ['neither has it', unpaid, [anInvoice()]],
    ['the invoice is a draft', anOrder(), [anInvoice({ state: 'draft', number: null })]],
    ['nothing of it is open any more', anOrder(), [anInvoice({ open: '0' })]],
    ['a gift card paid for it', anOrder({ payment: { state: 'captured', captures: [], giftCardPaid: 2400 } }), [anInvoice({ state: 'paid' })]],
    ['the shop has only a part of it', anOrder({ payment: { state: 'partly-captured', captures: [{ at: placedAt, amount: 1000 }] } }), [anInvoice()]],
    ['what is open was given back and is yet to be credited', anOrder({ refunds: [{ id: 'r', at: placedAt, amount: 400, tax: null, lines: [], reason: null }] }), [anInvoice({ open: '4.00' })]],
    ['a credit note settles it', unpaid, [anInvoice({ state: 'paid' }), aCreditNote()]],
    ['one invoice bills several orders', anOrder(), [anInvoice({ orderIds: ['so-1001', 'so-1002'] })]],
  ])('stays silent when %s', async (_why, order, erp) => {
    const seam = await judged(order, erp)
    expect(seam.open().filter((one) => one.startsWith(rule))).toEqual([])
  })

  it('waits a day for the payment to be booked, and for a method that is told to one side only for ever', async () => {
    expect((await judged(anOrder(), [anInvoice()], { at: monday + hours(20) })).open()).toEqual([])
    const pair = aPair({ settings: pairSettingsSchema.parse({ rules: { [rule]: { params: { exceptMethods: ['card'] } } } }) })
    expect((await judged(anOrder(), [anInvoice()], { pair })).open()).toEqual([])
  })
})
