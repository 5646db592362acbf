/** F06: an invoice that does not keep what EN 16931 asks of its own figures. */
import { describe, expect, it } from 'vitest'
import { anErpLine, anErpOrder, anInvoice, anOrder, anOrderLine, aTax } from '../../../support/builders.ts'
import { aReadSeam } from '../../../support/seam.ts'

const off = { totals: { net: '20.00', tax: '4.00', total: '24.01' } } as const

describe('F06-invoice-sums', () => {
  it('speaks once of an invoice that does not add up, by its number, and closes when it does', async () => {
    const sold = aReadSeam().shop(anOrder()).erp(anErpOrder())
    const seam = await sold.erp(anInvoice({ number: 'INV-1', ...off })).run()
    expect(seam.store.incidents.live(10).map((one) => [one.rule, one.subject.kind, one.subject.key, one.amount?.minor])).toEqual([
      ['F06-invoice-sums', 'invoice', 'INV-1', 1],
    ])
    await seam.erp(anInvoice({ number: 'INV-1' })).run()
    expect(seam.open()).toEqual([])
  })

  it.each([
    ['adds up', {}],
    ['is a draft', { ...off, state: 'draft' as const }],
    ['is cancelled', { ...off, state: 'cancelled' as const }],
  ])('stays silent about one that %s', async (_what, given) => {
    const seam = await aReadSeam().shop(anOrder()).erp(anErpOrder(), anInvoice({ number: 'INV-1', ...given })).run()
    expect(seam.open()).toEqual([])
  })

  it('names what is missing where no sum is wrong: a reverse charge to a buyer without a number', async () => {
    const lines = [anErpLine({ taxes: [aTax({ code: 'EU 0', ratePercent: '0', amount: null })] })]
    const reverse = { lines, taxes: [{ code: 'EU 0', ratePercent: '0', base: '20.00', amount: '0.00', category: 'AE' as const }], totals: { tax: '0.00', total: '20.00' } }
    const sold = aReadSeam().shop(anOrder({ lines: [anOrderLine({ taxes: [] })], totals: { tax: '0', total: '20.00' } })).erp(anErpOrder({ lines, totals: { tax: '0.00', total: '20.00' } }))
    const seam = await sold.erp(anInvoice({ number: 'INV-1', ...reverse, buyerIsRegistered: false })).run()
    const [found] = seam.store.incidents.live(10).filter((one) => one.rule === 'F06-invoice-sums')
    expect([found?.amount, found?.says]).toEqual([null, expect.stringMatching(/BR-AE-02: it is reverse charge, and the ERP has no VAT number of the buyer\.$/)])
    await seam.erp(anInvoice({ number: 'INV-1', ...reverse, buyerIsRegistered: true })).run()
    expect(seam.store.incidents.live(10).filter((one) => one.rule === 'F06-invoice-sums')).toEqual([])
  })

  it('says the same of everything as of what changed', async () => {
    const seam = await aReadSeam().shop(anOrder()).erp(anErpOrder(), anInvoice({ number: 'INV-1', ...off }), anInvoice({ id: 'b', number: null, state: 'draft' })).run()
    const found = seam.open()
    await seam.full()
    expect(seam.open()).toEqual(found)
  })
})
