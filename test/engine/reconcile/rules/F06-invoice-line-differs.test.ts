/** F06: an invoice over other things, units or prices than were ordered and sent. */
import { describe, expect, it } from 'vitest'
import type { DomainRecord } from '../../../../src-main/domain/records.ts'
import { minutes } from '../../../../src-main/domain/time.ts'
import { anErpLine, anErpOrder, anInvoice, anOrder, anOrderLine, aShipment, aTax, placedAt } from '../../../support/builders.ts'
import { aReadSeam } from '../../../support/seam.ts'

const rule = 'F06-invoice-line-differs'
const parcel = anErpLine({ id: '2', sku: 'DELIVERY', title: 'Parcel', quantity: '1', unitPrice: '5.00', net: '5.00', goods: false, taxes: [aTax({ amount: '1.00' })] })
const plate = anErpLine({ id: '3', sku: 'PLATE', title: 'Plate', quantity: '1', unitPrice: '10.00', net: '10.00', taxes: [aTax({ amount: '2.00' })] })
/** Two mugs, a plate and a parcel: 42.00. */
const sold = anOrder({
  lines: [anOrderLine(), anOrderLine({ id: 'l2', sku: 'PLATE', title: 'Plate', quantity: '1', total: '10.00', taxes: [aTax({ amount: '2.00' })] })],
  shipping: [{ method: 'Parcel', price: '5.00', taxes: [aTax({ amount: '1.00' })] }],
  totals: { lines: '30.00', shipping: '5.00', tax: '7.00', total: '42.00' },
  payment: { captures: [{ at: placedAt, amount: 4200 }] },
})
const booked = anErpOrder({ lines: [anErpLine(), plate, parcel], totals: { net: '35.00', tax: '7.00', total: '42.00' } })
const shipped = aShipment({ lines: [{ sku: 'MUG', quantity: '2', orderId: null }, { sku: 'PLATE', quantity: '1', orderId: null }] })

/** An invoice with sums that hold. */
function over(lines: readonly ReturnType<typeof anErpLine>[], more: object = {}) {
  const net = lines.reduce((sum, line) => sum + Math.round(Number(line.net) * 100), 0)
  const tax = lines.reduce((sum, line) => sum + Math.round(Number(line.net) * 100 * Number(line.taxes[0]?.ratePercent ?? 0) / 100), 0)
  const figure = (minor: number): string => (minor / 100).toFixed(2)
  return anInvoice({
    state: 'paid', lines: lines.map((line) => ({ ...line, taxes: line.taxes.map((one) => ({ ...one, amount: null })) })), taxes: [{ code: null, ratePercent: '20', base: figure(net), amount: figure(tax) }],
    totals: { net: figure(net), tax: figure(tax), total: figure(net + tax) }, ...more,
  })
}

async function said(invoices: readonly DomainRecord[], order = sold) {
  const seam = await aReadSeam().shop(order).erp(booked, shipped, ...invoices).run()
  return seam.store.incidents.live(10).filter((one) => one.rule === rule).map((one) => [one.subject.key, one.cause, one.amount?.minor])
}

describe(rule, () => {
  it.each([
    ['a price', [anErpLine({ net: '22.00' }), plate, parcel], 'price', -240],
    ['a unit too few', [anErpLine({ quantity: '1', net: '10.00' }), plate, parcel], 'quantity', 1200],
    ['a unit too many', [anErpLine({ quantity: '3', net: '30.00' }), plate, parcel], 'quantity', -1200],
    ['a line that is not there', [anErpLine(), parcel], 'lines', 1200],
    ['a line that nobody ordered', [anErpLine(), plate, parcel, anErpLine({ id: '9', sku: 'VASE', title: 'Vase', quantity: '1', net: '3.00' })], 'lines', -360],
    ['another article in the place of one', [anErpLine(), anErpLine({ ...plate, sku: 'BOWL', title: 'Bowl' }), parcel], 'lines', 0],
    ['no shipping', [anErpLine(), plate], 'shipping', 600],
    ['a discount that nobody granted', [anErpLine({ net: '17.00', discountPercent: '15' }), plate, parcel], 'discount', 360],
    ['money taken off as a line', [anErpLine(), plate, parcel, anErpLine({ id: '9', sku: null, title: 'Gift card', quantity: '1', net: '-5.00', goods: false })], 'discount', 600],
  ])('speaks of %s', async (_what, lines, cause, minor) => {
    expect(await said([over(lines)])).toEqual([['INV1001', cause, minor]])
  })

  it('names a discount that the shop granted and the invoice forgot', async () => {
    const granted = { ...sold, lines: sold.lines.map((line) => (line.sku === 'MUG' ? { ...line, unitPrice: '12.50', discount: '5.00' } : line)) }
    expect(await said([over([anErpLine({ net: '25.00' }), plate, parcel])], granted)).toEqual([['INV1001', 'discount', -600]])
  })

  it.each<[string, readonly DomainRecord[]]>([
    ['it bills what was ordered', [over([anErpLine(), plate, parcel])]],
    ['it is a draft', [over([anErpLine(), parcel], { state: 'draft', number: null })]],
    ['a cent was rounded', [over([anErpLine({ net: '20.01' }), plate, parcel])]],
    ['a deposit is taken off', [over([anErpLine(), plate, parcel, anErpLine({ id: '9', sku: null, title: 'Down payment', quantity: '-1', net: '-5.00', deposit: true })])]],
    ['what is left is on a later invoice', [over([anErpLine(), parcel]), over([plate], { id: 'b', number: 'INV2', createdAt: placedAt + minutes(50) })]],
    ['the rest had not left when it was drawn up', [over([anErpLine(), parcel], { createdAt: placedAt + minutes(5) })]],
    ['the rate is another and the price with tax the same', [over([anErpLine({ net: '22.75', taxes: [aTax({ ratePercent: '5.5', amount: '1.25' })] }), plate, parcel])]],
    ['it was credited as a whole', [over([anErpLine({ net: '22.00' }), plate, parcel]), over([anErpLine({ net: '-22.00' }), { ...plate, net: '-10.00' }, { ...parcel, net: '-5.00' }], { kind: 'credit-note', id: 'c', number: 'C', creditsInvoiceIds: ['inv-1001'] })]],
    ['a set is billed as its parts', [over([anErpLine(), anErpLine({ id: '7', sku: 'CUP', title: 'Cup', quantity: '1', net: '4.00' }), anErpLine({ id: '8', sku: 'SAUCER', title: 'Saucer', quantity: '1', net: '6.00' }), parcel])]],
  ])('stays silent when %s', async (_why, invoices) => {
    expect(await said(invoices)).toEqual([])
  })

  it('compares an invoice over many orders with all of them', async () => {
    const other = anErpOrder({ references: ['1002'], id: 'so-1002', lines: [anErpLine({ id: '50' })] })
    const both = over([anErpLine({ orderLineId: '1' }), plate, parcel, anErpLine({ id: '90', orderLineId: '50', net: '25.00' })], { orderIds: ['so-1001', 'so-1002'] })
    const seam = await aReadSeam().shop(sold, anOrder({ number: '1002' })).erp(booked, other, shipped, both).run()
    const [found] = seam.store.incidents.live(10).filter((one) => one.rule === rule)
    expect([found?.subject.key, found?.cause, found?.amount?.minor]).toEqual(['INV1001', 'price', -600])
  })
})
