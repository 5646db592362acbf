/** The search over everything: found by how it begins, told once, and only what is kept. */
import { afterEach, describe, expect, it } from 'vitest'
import { aCustomer, aFinding, aPair, aProduct, anErpOrder, anInvoice, anOrder } from '../../support/builders.ts'
import { monday } from '../../support/clock.ts'
import { keep } from '../../support/store.ts'
import { type Caller, aCaller, bothSides } from './caller.ts'

let caller: Caller | null = null
afterEach(async () => {
  await caller?.close()
  caller = null
})

async function aSearch(): Promise<(text: string) => Promise<readonly string[]>> {
  const made = await aCaller({ at: monday, connections: bothSides, pairs: [aPair()] })
  caller = made
  const { store } = made.engine
  keep(store, 'shop', 'orders', [anOrder({ number: '#1001', id: 'o1' }), anOrder({ number: '#1002', id: 'o2' })])
  keep(store, 'erp', 'orders', [anErpOrder({ references: ['#1001'], number: 'SO0007' }), anErpOrder({ id: 'so-x', references: [], number: 'SO0008', customerEmail: 'bo@example.com' })])
  keep(store, 'erp', 'invoices', [anInvoice({ orderIds: ['so-#1001'], number: 'INV/2026/0042' })])
  keep(store, 'shop', 'products', [aProduct({ sku: 'MUG-BLUE', id: 'p1', barcode: '4006381333931' })])
  keep(store, 'erp', 'products', [aProduct({ sku: 'MUG-BLUE', id: 'p2', barcode: '4006381333931' })])
  keep(store, 'erp', 'customers', [aCustomer({ id: 'party-9', code: 'C-77', email: 'ann@example.com' })])
  keep(store, 'erp', 'invoices', [
    anInvoice({ id: 'i-loose', orderIds: [], number: 'LOOSE/1', customerId: 'party-9' }),
    anInvoice({ id: 'i-own', orderIds: [], number: 'LOOSE/2', customerId: 'party-9' }),
    anInvoice({ id: 'i-nobody', orderIds: [], number: 'STRAY/1', customerId: null }),
  ])
  store.transaction((tx) => {
    const finding = aFinding({ rule: 'F06-invoice-sums', subject: { kind: 'invoice', connection: 'shop', key: 'LOOSE/2' } })
    store.incidents.apply(tx, 'pair', finding, { id: 'about-loose', market: null, dueAt: null, parent: null, at: monday })
  })
  keep(store, 'shop', 'orders', [anOrder({ number: '#2001', id: 'o3', customer: { id: null, email: 'Guest@shop.test' } })])
  keep(store, 'shop', 'customers', [aCustomer({ id: 'cus-5', code: null, email: 'cleo@shop.test' })])
  return async (text) => (await made.client.search.find({ text })).rows.map((row) => `${row.kind} ${row.key}`)
}

describe('a search', () => {
  it.each([
    ['an order by its number', '#100', ['order #1001', 'order #1002', 'erp-order #1001']],
    ['an order without its mark', '1002', ['order #1002']],
    ['an ERP order by its own number, in small letters', 'so0007', ['erp-order #1001']],
    ['an invoice, which leads to its order', 'inv/2026', ['invoice #1001']],
    ['a SKU once, whichever side has it', 'mug', ['product MUG-BLUE']],
    ['a product by its barcode', '40063813', ['product MUG-BLUE']],
    ['a customer by the ERP’s number', 'c-7', ['customer party-9']],
    ['a customer by their e-mail, and their orders', 'Ann@', ['order #1002', 'order #1001', 'erp-order #1001', 'customer party-9']],
    ['a guest’s order by the e-mail that the shop has', 'guest@SHOP', ['order #2001']],
    ['an invoice of no order, which leads to whom it was sent', 'loose/1', ['invoice party-9']],
    ['an invoice of no order, which leads to what is said of it', 'LOOSE/2', ['invoice about-loose']],
    ['an invoice of nobody, which leads to the queue', 'stray', ['invoice STRAY/1']],
    ['invoices of no order each by its number', 'LOOSE', ['invoice party-9', 'invoice about-loose']],
    ['a customer that only the shop has', 'cleo@', ['customer cus-5']],
    ['nothing of a document that is of no order', 'SO0008', []],
    ['nothing in the middle of a name', 'BLUE', []],
    ['nothing by what only looks like a pattern', '%', []],
  ])('finds %s', async (_what, text, found) => {
    expect(await (await aSearch())(text)).toEqual(found)
  })

  it('leads from a customer of the shop to their own page, which is there', async () => {
    const find = await aSearch()
    await find('cleo@')
    const found = (await caller?.client.search.find({ text: 'cleo@' }))?.rows[0]
    expect(found).toMatchObject({ leads: 'shop-customer', key: 'cus-5' })
    const one = await caller?.client.customers.one({ pair: 'pair', id: 'cus-5', side: 'shop' })
    expect(one).toMatchObject({ side: 'shop', label: 'Shop', customer: { id: 'cus-5', email: '…@shop.test' }, clusters: [], counterparts: [] })
  })

  it('shows no more than can be looked over, and says that there are more', async () => {
    const find = await aSearch()
    const made = caller
    if (made === null) throw new Error('nobody to ask')
    keep(made.engine.store, 'shop', 'orders', Array.from({ length: 80 }, (_, nth) => anOrder({ number: `SO-${nth}`, id: `m${nth}` })))
    expect((await find('SO-')).length).toBeLessThanOrEqual(50)
    expect((await made.client.search.find({ text: 'SO-' })).more).toBe(true)
    expect((await made.client.search.find({ text: '#1001' })).more).toBe(false)
  })
})
