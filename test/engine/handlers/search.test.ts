/** The search over everything: found by how it begins, told once, and only what is kept. */
import { afterEach, describe, expect, it } from 'vitest'
import { aCustomer, aPair, aProduct, anErpOrder, anInvoice, anOrder } from '../../support/builders.ts'
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
    ['a customer by their e-mail, and their orders', 'Ann@', ['erp-order #1001', 'customer party-9']],
    ['nothing of a document that is of no order', 'SO0008', []],
    ['nothing in the middle of a name', 'BLUE', []],
    ['nothing by what only looks like a pattern', '%', []],
  ])('finds %s', async (_what, text, found) => {
    expect(await (await aSearch())(text)).toEqual(found)
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
