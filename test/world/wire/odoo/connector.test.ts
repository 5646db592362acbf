/** Plumbline's own connector reads the simulated Odoo of each version over HTTP, and finds in it what the books hold. */
import { describe, expect, it } from 'vitest'
import type { DomainRecord } from '../../../../src-main/domain/records.ts'
import type { Page } from '../../../../src-main/engine/connectors/definition.ts'
import { odoo } from '../../../../src-main/engine/connectors/odoo/index.ts'
import { value } from '../../../engine/connectors/odoo/connection.ts'
import { addGoods, decimal, monday, quote } from '../../erp/scene.ts'
import { connected, versions } from './connected.ts'

type Connected = Awaited<ReturnType<typeof connected>>

async function recordsOf({ api, settings }: Connected, name: 'orders' | 'stock' | 'products' | 'customers' | 'shipments'): Promise<readonly DomainRecord[]> {
  const stream = odoo.streams.find((one) => one.name === name)
  if (stream === undefined) throw new Error(`no ${name}`)
  const records: DomainRecord[] = []
  let cursor: unknown = null
  let pages = 0
  do {
    pages += 1
    if (pages > 50) throw new Error(`${name} has no end`)
    // oxlint-disable-next-line no-await-in-loop -- a page says where the next one is
    const page: Page = value(await stream.read(api, cursor, { settings, since: null }))
    records.push(...page.rows.flatMap((row) => stream.normalise(stream.raw.parse(row), settings)))
    cursor = page.next
  } while (cursor !== null)
  return records
}

describe.each(versions)('the connector before an Odoo %i', (version) => {
  it('is let in, and has nothing refused', async () => {
    const erp = await connected(version)
    const { steps } = value(await odoo.check(erp.api, erp.settings))
    expect(steps.filter(({ state }) => state === 'failed')).toEqual([])
    // what a version or an installation does not have it is asked for once, and no more
    expect(erp.log.filter(({ fault }) => fault !== null && fault !== 'not-found')).toEqual([])
    expect(steps.find(({ title }) => title === 'API key')?.says).toBe(version >= 18 ? 'It has no end.' : 'Its end is not told by this Odoo.')
  })

  it('reads orders as they are booked, by the protocol of the version', async () => {
    const erp = await connected(version)
    for (let count = 0; count < 12; count += 1) {
      const sale = quote(erp, [[1 + (count % 3), '9.99'], [2, '0.35']], monday + count * 1000, `shop1:${1001 + count}`)
      if (count % 2 === 0) erp.erp.confirm(sale.id, erp.by, monday + count * 1000 + 500)
    }
    const read = (await recordsOf(erp, 'orders')).flatMap((one) => (one.kind === 'erp-order' ? [{ references: one.references, total: one.totals.total, lines: one.lines.length }] : []))
    const booked = [...erp.erp.books.sales.all()].map((sale) => ({ references: [sale.clientOrderRef ?? ''], total: String(sale.total), lines: sale.lineIds.length }))
    expect(read).toHaveLength(12)
    expect(read.toSorted(byReference)).toEqual(booked.toSorted(byReference))
    expect(erp.platform.seen.some(({ path }) => path.startsWith('/json/2/'))).toBe(version >= 19)
  })

  it('reads what a supplier sends as a parcel of the order, and none of it on a shelf', async () => {
    const erp = await connected(version)
    const chair = addGoods(erp, 'CHAIR', { dropShipped: true })
    const sale = quote(erp, [[2, '9.99']])
    erp.erp.addLine(sale.id, { productId: chair.id, quantity: decimal(3), priceUnit: decimal('249') }, erp.by, monday)
    erp.erp.confirm(sale.id, erp.by, monday)
    for (const picking of erp.erp.books.find.pickingsOfSale(sale.id)) erp.erp.deliver(picking.id, { carrier: 'DHL', tracking: [`T${picking.moves.length}`] }, erp.by, monday + 1000)
    const read = await recordsOf(erp, 'shipments')
    expect(read.flatMap((one) => (one.kind === 'shipment' ? [{ from: one.location, lines: one.lines.map(({ sku, quantity }) => `${quantity} ${sku}`), orders: one.orderIds.length }] : []))).toEqual([
      { from: 'WH', lines: ['2 MUG'], orders: 1 }, { from: null, lines: ['3 CHAIR'], orders: 1 },
    ])
    expect((await recordsOf(erp, 'stock')).flatMap((one) => (one.kind === 'stock' ? [`${one.sku} ${one.onHand}`] : []))).toEqual(['MUG 98', 'CHAIR 0'])
  })

  it('reads what is on the shelf, whose it is and who bought', async () => {
    const erp = await connected(version)
    const [stock, products, customers] = [await recordsOf(erp, 'stock'), await recordsOf(erp, 'products'), await recordsOf(erp, 'customers')]
    expect(stock.flatMap((one) => (one.kind === 'stock' ? [`${one.sku} ${one.onHand}`] : []))).toEqual(['MUG 100'])
    expect(products.flatMap((one) => (one.kind === 'product' ? [one.sku] : []))).toContain('MUG')
    expect(customers.flatMap((one) => (one.kind === 'customer' ? [one.email] : []))).toContain('ada@example.com')
  })
})

function byReference(one: { readonly references: readonly string[] }, other: { readonly references: readonly string[] }): number {
  return one.references.join() < other.references.join() ? -1 : 1
}
