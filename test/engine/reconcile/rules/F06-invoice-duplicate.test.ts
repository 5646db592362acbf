/** F06: what is billed twice. */
import { describe, expect, it } from 'vitest'
import { minutes } from '../../../../src-main/domain/time.ts'
import { aCreditNote, anErpLine, anErpOrder, anInvoice, anOrder, placedAt } from '../../../support/builders.ts'
import { aReadSeam } from '../../../support/seam.ts'

const rule = 'F06-invoice-duplicate'
const first = anInvoice({ state: 'paid' })
const again = anInvoice({ id: 'inv-2', number: 'INV2', state: 'paid', createdAt: placedAt + minutes(50) })
const half = (id: string, more: object = {}) =>
  anInvoice({
    id, number: id, state: 'paid', lines: [anErpLine({ quantity: '1', net: '10.00' })],
    taxes: [{ code: null, ratePercent: '20', base: '10.00', amount: '2.00' }], totals: { net: '10.00', tax: '2.00', total: '12.00' }, ...more,
  })

describe(rule, () => {
  it('speaks of the later of two invoices over the same things, and closes when it is cancelled', async () => {
    const seam = await aReadSeam().shop(anOrder()).erp(anErpOrder(), first, again).run()
    expect(seam.store.incidents.live(10).map((one) => [one.rule, one.subject.key, one.amount?.minor])).toEqual([[rule, 'INV2', -2400]])
    await seam.erp({ ...again, state: 'cancelled' }).run()
    expect(seam.open()).toEqual([])
  })

  it('counts only the units that are too many', async () => {
    const seam = await aReadSeam().shop(anOrder()).erp(anErpOrder(), first, half('INV2', { createdAt: placedAt + minutes(50) })).run()
    expect(seam.store.incidents.live(10).map((one) => [one.subject.key, one.amount?.minor])).toEqual([['INV2', -1200]])
  })

  it('speaks of one number on two invoices', async () => {
    const seam = await aReadSeam().shop(anOrder()).erp(anErpOrder(), first, { ...again, number: 'INV1001' }).run()
    expect(seam.store.incidents.live(10).map((one) => [one.rule, one.subject.key, one.amount?.minor])).toEqual([[rule, 'INV1001', -2400]])
  })

  it.each([
    ['two invoices share what was ordered', [half('A'), half('B', { createdAt: placedAt + minutes(50) })]],
    ['the second is a draft', [first, { ...again, state: 'draft' as const }]],
    ['one of them was credited as a whole', [first, again, aCreditNote({ creditsInvoiceIds: ['inv-2'], state: 'paid' })]],
    ['a unit came back and was sent again', [first, half('B', { createdAt: placedAt + minutes(50) }), aCreditNote({ state: 'paid', lines: [anErpLine({ quantity: '-1', net: '-10.00' })], taxes: [{ code: null, ratePercent: '20', base: '-10.00', amount: '-2.00' }], totals: { net: '-10.00', tax: '-2.00', total: '-12.00' } })]],
    ['a deposit is taken off', [half('A', { lines: [anErpLine({ deposit: true, sku: null, title: 'Down payment', net: '10.00', quantity: '1' })] }), anInvoice({ state: 'paid', createdAt: placedAt + minutes(50) })]],
  ])('stays silent when %s', async (_why, erp) => {
    const seam = await aReadSeam().shop(anOrder()).erp(anErpOrder(), ...erp).run()
    expect(seam.open().filter((one) => one.startsWith(rule))).toEqual([])
  })

  it('leaves the ERP’s other business alone', async () => {
    const own = anErpOrder({ id: 'so-5', references: [] })
    const seam = await aReadSeam().erp(own, { ...first, orderIds: ['so-5'] }, { ...again, orderIds: ['so-5'] }).run()
    expect(seam.open()).toEqual([])
  })
})
