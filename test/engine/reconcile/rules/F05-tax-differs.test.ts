/** F05: tax that differs by more than honest rounding explains. */
import { describe, expect, it } from 'vitest'
import { anErpLine, anErpOrder, anOrder, anOrderLine, aTax } from '../../../support/builders.ts'
import { aReadSeam } from '../../../support/seam.ts'

describe('F05-tax-differs', () => {
  it('compares a side that states no cents as the interval of its roundings, and stays silent inside it', async () => {
    const unrounded = anOrder({
      taxesIncluded: true,
      lines: [anOrderLine({ total: '24.00', unitPrice: '12.00', taxes: [aTax({ amount: '3.996666666666' })] })],
      totals: { tax: '3.996666666666' },
    })
    const seam = await aReadSeam().shop(unrounded).erp(anErpOrder()).run()
    expect(seam.open()).toEqual([])
  })

  it('names the wrong rate', async () => {
    const lines = [anErpLine({ taxes: [aTax({ ratePercent: '21', amount: '4.20' })] })]
    const seam = await aReadSeam().shop(anOrder()).erp(anErpOrder({ lines, totals: { tax: '4.20', total: '24.20' } })).run()
    const tax = seam.store.incidents.live(10).find((one) => one.rule === 'F05-tax-differs')
    expect([tax?.amount, tax?.cause, tax?.market]).toEqual([{ minor: -20, currency: 'EUR' }, 'wrong-rate', 'DE'])
  })

  it('takes 20.0 and 20 for one rate', async () => {
    const lines = [anErpLine({ taxes: [aTax({ ratePercent: '20.0' })] })]
    const seam = await aReadSeam().shop(anOrder()).erp(anErpOrder({ lines })).run()
    expect(seam.open()).toEqual([])
  })

  it('gathers pure rounding of one market into one incident, with count and sum, and closes it with the last', async () => {
    // 4 × 1.48, 1.52, 1.54 and 0.39 at 21 %: 1.96 per line, 1.97 in total (recomputed with exact decimals)
    const nets = ['5.92', '1.52', '1.54', '0.39']
    const order = (number: string) =>
      anOrder({
        number,
        lines: nets.map((net, index) => anOrderLine({ id: `l${index}`, sku: `S${index}`, quantity: '1', total: net, unitPrice: net, taxes: [aTax({ ratePercent: '21', amount: null })] })),
        totals: { tax: '1.96', total: '11.33' },
      })
    const booked = (number: string, tax = '1.97', total = '11.33') =>
      anErpOrder({
        references: [number],
        lines: nets.map((net, index) => anErpLine({ id: `l${index}`, sku: `S${index}`, quantity: '1', net, unitPrice: net, taxes: [aTax({ ratePercent: '21', amount: null })] })),
        totals: { net: '9.37', tax, total },
      })
    const seam = await aReadSeam()
      .shop(order('1001'), order('1002'))
      .erp(booked('1001'), booked('1002'))
      .run()
    const [whole] = seam.store.incidents.live(10)
    expect([seam.open().length, whole?.cause, whole?.severity, whole?.amount?.minor]).toEqual([1, 'rounding', 'low', -2])
    await seam.erp(booked('1001', '1.96'), booked('1002', '1.96')).run()
    expect(seam.open()).toEqual([])
  })

  it('is alone to speak of a total that differs by that rounding, and not of one that differs by more', async () => {
    const nets = ['5.92', '1.52', '1.54', '0.39']
    const taxes = [aTax({ ratePercent: '21', amount: null })]
    const seam = (total: string) =>
      aReadSeam()
        .shop(anOrder({ lines: nets.map((net, nth) => anOrderLine({ id: `l${nth}`, sku: `S${nth}`, quantity: '1', total: net, unitPrice: net, taxes })), totals: { tax: '1.96', total: '11.33' } }))
        .erp(anErpOrder({ lines: nets.map((net, nth) => anErpLine({ id: `l${nth}`, sku: `S${nth}`, quantity: '1', net, unitPrice: net, taxes })), totals: { net: '9.37', tax: '1.97', total } }))
        .run()
    expect((await seam('11.34')).open()).toEqual(['F05-tax-differs rounding DE EUR'])
    expect((await seam('11.35')).open().toSorted()).toEqual(['F02-total-differs 1001', 'F05-tax-differs rounding DE EUR'])
  })

  it('calls it unexplained when a side leaves the method that it follows for all other orders', async () => {
    const nets = ['5.92', '1.52', '1.54', '0.39']
    const taxed = [aTax({ ratePercent: '21', amount: null })]
    const both = (number: string, erpTax: string) =>
      [
        anOrder({
          number,
          lines: nets.map((net, index) => anOrderLine({ sku: `S${index}`, quantity: '1', total: net, unitPrice: net, taxes: taxed })),
          totals: { tax: '1.96', total: '11.33' },
        }),
        anErpOrder({
          references: [number],
          lines: nets.map((net, index) => anErpLine({ sku: `S${index}`, quantity: '1', net, unitPrice: net, taxes: taxed })),
          totals: { net: '9.37', tax: erpTax, total: '11.33' },
        }),
      ] as const
    const orders = Array.from({ length: 20 }, (_, index) => both(String(1000 + index), index === 7 ? '1.97' : '1.96'))
    const seam = await aReadSeam()
      .shop(...orders.map(([shop]) => shop))
      .erp(...orders.map(([, erp]) => erp))
      .run()
    const [odd] = seam.store.incidents.live(10)
    expect([seam.open().length, odd?.subject.key, odd?.cause]).toEqual([1, '1007', 'unexplained'])
    expect(odd?.evidence.find((one) => one.label === 'How tax is rounded here')?.erp).toBe(
      'per line, half up (19 of 20 orders)',
    )
  })
})
