/** F06: an invoice whose own figures do not add up. */
import { describe, expect, it } from 'vitest'
import { anErpOrder, anInvoice, anOrder } from '../../../support/builders.ts'
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

  it('says the same of everything as of what changed', async () => {
    const seam = await aReadSeam().shop(anOrder()).erp(anErpOrder(), anInvoice({ number: 'INV-1', ...off }), anInvoice({ id: 'b', number: null, state: 'draft' })).run()
    const found = seam.open()
    await seam.full()
    expect(seam.open()).toEqual(found)
  })
})
