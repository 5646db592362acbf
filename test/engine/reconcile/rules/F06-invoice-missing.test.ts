/** F06: delivered and not invoiced, by how the customer is billed. */
import { describe, expect, it } from 'vitest'
import { pairSettingsSchema } from '../../../../src-main/domain/pair.ts'
import type { DomainRecord } from '../../../../src-main/domain/records.ts'
import { days, minutes } from '../../../../src-main/domain/time.ts'
import { anErpLine, anErpOrder, anInvoice, anOrder, aPair, aShipment, placedAt } from '../../../support/builders.ts'
import { monday } from '../../../support/clock.ts'
import { aSeam } from '../../../support/seam.ts'

const rule = 'F06-invoice-missing'
const shipped = aShipment()
/** Told in the shop, so that only its invoice is in question. */
const sold = anOrder({ fulfilment: { state: 'shipped', shippedAt: placedAt + minutes(40) } })

function pairWith(params: Record<string, unknown>) {
  return aPair({ settings: pairSettingsSchema.parse({ due: { terms: 'placed' }, rules: { [rule]: { params } } }) })
}

type Records = readonly DomainRecord[]

function seamOf(erp: Records, given: { at?: number; params?: Record<string, unknown>; order?: ReturnType<typeof anOrder> } = {}) {
  const to = given.at ?? monday + days(2)
  return aSeam({ pair: pairWith(given.params ?? {}) }).shop(given.order ?? sold).erp(...erp).coveredTo({ shop: to, erp: to })
}

const onTerms = { ...sold, payment: { ...sold.payment, state: 'pending' as const, captures: [], method: 'terms' } }
/** Two other orders of the same customer on one invoice. */
const collective = (id: string, day: string, at: number) =>
  anInvoice({ id, number: id, orderIds: ['so-8', 'so-9'], issuedOn: day, createdAt: at, lines: [anErpLine({ orderLineId: '80' })] })

describe(rule, () => {
  it('speaks of what was sent and not billed a day later, and closes with the invoice', async () => {
    const seam = await seamOf([anErpOrder(), shipped]).run()
    expect(seam.store.incidents.live(10).map((one) => [one.rule, one.severity, one.amount?.minor])).toEqual([[rule, 'high', 2400]])
    await seam.erp(anInvoice({ state: 'paid' })).run()
    expect(seam.open()).toEqual([])
  })

  it('speaks of a second parcel that nobody billed, with what it costs', async () => {
    const half = anErpLine({ quantity: '1', net: '10.00', taxes: [{ code: null, ratePercent: '20', amount: '2.00', collectedByMarketplace: false }] })
    const parcels = [placedAt + minutes(30), placedAt + minutes(300)].map((at, nth) => aShipment({ id: `p${nth}`, shippedAt: at, lines: [{ sku: 'MUG', quantity: '1', orderId: null }] }))
    const first = anInvoice({ state: 'paid', createdAt: placedAt + minutes(40), lines: [half], totals: { net: '10.00', tax: '2.00', total: '12.00' }, taxes: [{ code: null, ratePercent: '20', base: '10.00', amount: '2.00' }] })
    const seam = await seamOf([anErpOrder(), ...parcels, first]).run()
    expect(seam.store.incidents.live(10).map((one) => [one.rule, one.amount?.minor])).toEqual([[rule, 1200]])
  })

  it.each<[string, Records, Parameters<typeof seamOf>[1]]>([
    ['it is billed', [anErpOrder(), shipped, anInvoice({ state: 'paid' })], {}],
    ['nothing has left yet', [anErpOrder(), aShipment({ state: 'open', shippedAt: null })], { order: anOrder() }],
    ['it left less than a day ago', [anErpOrder(), shipped], { at: monday + minutes(60 * 20) }],
    ['a draft is as good here', [anErpOrder(), shipped, anInvoice({ state: 'draft', number: null })], { params: { drafts: true } }],
    ['nobody has paid, and its customer may be billed by the month', [anErpOrder(), shipped], { order: onTerms, at: monday + days(5) }],
    ['its customer’s orders are billed together, and the month is not over', [anErpOrder(), shipped, collective('C1', '2026-10-31', placedAt - days(23))], { at: monday + days(5) }],
    ['the cycle is set to a month', [anErpOrder(), shipped], { params: { cycle: 'monthly' }, at: monday + days(5) }],
  ])('stays silent when %s', async (_why, erp, given) => {
    expect((await seamOf(erp, given).run()).open()).toEqual([])
  })

  it('speaks once a collective invoice of its customer has passed it over', async () => {
    const seam = await seamOf([anErpOrder(), shipped, collective('C1', '2026-10-31', placedAt - days(23))], { at: monday + days(7.5), order: onTerms }).run()
    expect(seam.open()).toEqual([])
    await seam.erp(collective('C2', '2026-11-29', monday + days(6))).run()
    expect(seam.open()).toEqual([`${rule} 1001`])
    await seam.full()
    expect(seam.open()).toEqual([`${rule} 1001`])
  })

  it('takes what a collective invoice bills of the order by its lines, and judges none that do not say', async () => {
    const own = anInvoice({ orderIds: ['so-1001', 'so-9'], lines: [anErpLine({ orderLineId: '1' }), anErpLine({ orderLineId: '90' })], totals: { net: '40.00', tax: '8.00', total: '48.00' }, taxes: [{ code: null, ratePercent: '20', base: '40.00', amount: '8.00' }] })
    expect((await seamOf([anErpOrder(), shipped, own]).run()).open()).toEqual([])
    const mute = { ...own, lines: own.lines.map((line) => ({ ...line, orderLineId: null })) }
    const seam = await seamOf([anErpOrder(), shipped, mute]).run()
    expect([seam.open(), seam.store.judgements.waitingFor('pair', rule)]).toEqual([[], ['1001']])
  })

  it('counts packs and units as one thing', async () => {
    const inUnits = aShipment({ lines: [{ sku: 'MUG', quantity: '24', orderId: null }] })
    expect((await seamOf([anErpOrder(), inUnits, anInvoice({ state: 'paid' })], {}).run()).open()).toEqual([])
  })
})
