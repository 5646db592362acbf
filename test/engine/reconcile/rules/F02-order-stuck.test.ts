/** F02: an order that the ERP has and does nothing with. */
import { describe, expect, it } from 'vitest'
import { pairSettingsSchema } from '../../../../src-main/domain/pair.ts'
import { days, hours, minutes } from '../../../../src-main/domain/time.ts'
import { anErpOrder, anOrder, aPair, aShipment, placedAt } from '../../../support/builders.ts'
import { monday } from '../../../support/clock.ts'
import { aReadSeam, aSeam } from '../../../support/seam.ts'

const rule = 'F02-order-stuck'
const draft = anErpOrder({ state: 'draft', platformState: 'draft', reservesStock: false })
const waiting = aShipment({ state: 'open', shippedAt: null })

function pairWith(params: Record<string, unknown>) {
  return aPair({ settings: pairSettingsSchema.parse({ rules: { [rule]: { params } } }) })
}

describe(rule, () => {
  it('speaks of an order that stays a draft, with the money that waits, and closes when it is confirmed', async () => {
    const seam = await aReadSeam().shop(anOrder()).erp(draft).run()
    expect(seam.store.incidents.live(10).map((one) => [one.rule, one.severity, one.amount?.minor])).toEqual([[rule, 'high', 2400]])
    await seam.erp(anErpOrder()).run()
    expect(seam.open()).toEqual([])
  })

  it('closes when it is confirmed and its delivery waits, and speaks again when nothing of it is delivered for days', async () => {
    const seam = await aReadSeam().shop(anOrder()).erp(draft).run()
    expect(seam.open()).toEqual([`${rule} 1001`])
    await seam.erp(anErpOrder(), waiting).run()
    expect(seam.open()).toEqual([])
    const at = monday + days(8)
    await seam.coveredTo({ shop: at, erp: at }).run()
    expect(seam.open()).toEqual([`${rule} 1001`])
  })

  it('speaks of a paid order of which nothing was delivered for days', async () => {
    const at = monday + days(8)
    const seam = await aSeam().shop(anOrder()).erp(anErpOrder(), waiting).coveredTo({ shop: at, erp: at }).run()
    expect(seam.open()).toEqual([`${rule} 1001`])
  })

  it.each([
    ['it is not a draft for long yet', anOrder(), [draft], {}, placedAt + minutes(40)],
    ['drafts are how the pair books', anOrder(), [draft], { drafts: true }, monday + hours(1)],
    ['it is cancelled in the shop', anOrder({ cancelledAt: placedAt, payment: { captures: [] } }), [], {}, monday + hours(1)],
    ['all of it was given back', anOrder({ refunds: [{ id: 'r', at: placedAt, amount: 2400, tax: null, lines: [], reason: null }] }), [draft], {}, monday + hours(1)],
    ['it waits for its delivery for less than that', anOrder(), [anErpOrder(), waiting], {}, monday + days(6)],
    ['a part of it has left', anOrder(), [anErpOrder(), waiting, aShipment({ id: 'b', lines: [{ sku: 'MUG', quantity: '1', orderId: null }] })], {}, monday + days(8)],
    ['the ERP keeps no deliveries', anOrder(), [anErpOrder()], {}, monday + days(8)],
    ['nobody has paid what waits', anOrder({ payment: { state: 'pending', captures: [], method: 'invoice' } }), [anErpOrder(), waiting], {}, monday + days(8)],
  ])('stays silent when %s', async (_why, order, erp, params, at) => {
    const seam = await aSeam({ pair: pairWith(params) }).shop(order).erp(...erp).coveredTo({ shop: at, erp: at }).run()
    expect(seam.open().filter((one) => one.startsWith(rule))).toEqual([])
  })
})
