/** Having Odoo bill an order: what is shown before, that it is made once, and what is refused. */
import { describe, expect, it } from 'vitest'
import type { ErpOrder } from '../../../../src-main/domain/records.ts'
import { invoiceCreate } from '../../../../src-main/engine/connectors/odoo/bill.ts'
import { Decimal } from '../../../../src-main/world/decimal.ts'
import { anErpOrder } from '../../../support/builders.ts'
import { monday, quote } from '../../../world/erp/scene.ts'
import { connected, versions } from '../../../world/wire/odoo/connected.ts'
import { value } from './connection.ts'

const second = 1000

/** Two mugs and a parcel, confirmed. */
async function sold(version: (typeof versions)[number]) {
  const erp = await connected(version)
  const sale = quote(erp, [[2, '9.99'], [1, '4.90']])
  erp.erp.confirm(sale.id, erp.by, monday + second)
  const order: ErpOrder = anErpOrder({ id: String(sale.id), number: sale.name })
  const input = { order, number: '1001' }
  return {
    ...erp,
    sale,
    preview: async () => value(await invoiceCreate.preview(erp.api, input, erp.settings)),
    send: (payload: unknown) => invoiceCreate.send(erp.api, payload, 'key', erp.settings),
    verify: async (payload: unknown) => value(await invoiceCreate.verify(erp.api, payload, 'key', erp.settings)).found,
  }
}

async function ready(scene: Awaited<ReturnType<typeof sold>>) {
  const preview = await scene.preview()
  if (preview.kind !== 'ready') throw new Error(preview.says)
  return preview
}

describe.each(versions)('billing an order in an Odoo %i', (version) => {
  it('shows what Odoo would bill, has it drawn up once as a draft, and finds that one', async () => {
    const scene = await sold(version)
    const { facts, payload } = await ready(scene)
    expect(facts.map((one) => one.value)).toEqual([`${scene.sale.name}, of 1001 in the shop`, '19.98 EUR', '4.90 EUR', '24.88 EUR'])
    expect(await scene.verify(payload)).toEqual([])
    expect((await scene.send(payload)).ok).toBe(true)
    const [invoice, ...more] = [...scene.erp.books.moves.all()]
    expect([invoice?.state, String(invoice?.untaxed), more]).toEqual(['draft', '24.88', []])
    expect(await scene.verify(payload)).toMatchObject([{ id: String(invoice?.id), number: null, matches: true, cancelled: false }])
    // what it was made for is billed: a second sending makes nothing, and the order is not offered again
    expect((await scene.send(payload)).ok).toBe(false)
    expect([...scene.erp.books.moves.all()]).toHaveLength(1)
    expect(await scene.preview()).toMatchObject({ kind: 'refused', says: expect.stringContaining('draft invoice already') })
  })

  it('bills what is left after an earlier invoice, which is none of ours', async () => {
    const scene = await sold(version)
    const [mugs] = scene.sale.lineIds
    const first = scene.erp.invoice([{ saleLineId: mugs ?? 0, quantity: new Decimal(1) }], scene.by, monday + 2 * second)
    scene.erp.post(first.id, '2026-11-23', scene.by, monday + 3 * second)
    const { payload } = await ready(scene)
    expect(payload).toMatchObject({ invoicesBefore: [String(first.id)], expected: { net: '14.89', lines: 2 } })
    expect(await scene.verify(payload)).toEqual([])
    await scene.send(payload)
    expect(await scene.verify(payload)).toMatchObject([{ matches: true }])
  })

  it('sends nothing where somebody else billed it meanwhile, and says what stands there', async () => {
    const scene = await sold(version)
    const { payload } = await ready(scene)
    const theirs = scene.erp.invoice(scene.sale.lineIds.map((saleLineId) => ({ saleLineId })), scene.by, monday + 4 * second)
    const sent = await scene.send(payload)
    expect(sent.ok ? null : sent.fault.says).toContain('another invoice of this order by now')
    expect(await scene.verify(payload)).toMatchObject([{ id: String(theirs.id) }])
    scene.erp.cancelMove(theirs.id, scene.by, monday + 5 * second)
    expect(await scene.verify(payload)).toMatchObject([{ cancelled: true, matches: false }])
  })

  it('warns of what is billed as ordered and not delivered yet', async () => {
    const { warnings } = await ready(await sold(version))
    expect(warnings.some((one) => one.includes('not all of it was delivered'))).toBe(true)
  })

  it('refuses what is not confirmed, what is billed whole, and a user who may not', async () => {
    const scene = await sold(version)
    const all = scene.erp.invoice(scene.sale.lineIds.map((saleLineId) => ({ saleLineId })), scene.by, monday + 2 * second)
    scene.erp.post(all.id, '2026-11-23', scene.by, monday + 3 * second)
    expect(await scene.preview()).toMatchObject({ kind: 'refused', says: expect.stringContaining('nothing to bill') })
    const quoted = await sold(version)
    quoted.erp.cancelSale(quoted.sale.id, quoted.by, monday + 2 * second)
    expect(await quoted.preview()).toMatchObject({ kind: 'refused', says: expect.stringContaining('only a confirmed order is billed') })
  })
})
