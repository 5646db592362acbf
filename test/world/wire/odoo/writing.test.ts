/** What a client writes into the simulated Odoo: quotations by create and by load, changes, confirmations. */
import { describe, expect, it } from 'vitest'
import { decimal, monday } from '../../erp/scene.ts'
import { aCaller, type Caller, type Version } from './caller.ts'

const versions: readonly Version[] = [16, 17, 18, 19]

function taxField(version: Version): string {
  return version === 19 ? 'tax_ids' : 'tax_id'
}

describe('create', () => {
  it.each(versions)('makes a quotation in Odoo %i, by either form, and fills what was left out', (version) => {
    const caller = aCaller(version)
    const line = { product_id: 301, product_uom_qty: 3, price_unit: 9.99, [taxField(version)]: [[6, 0, [11]]] }
    const values = { partner_id: 41, client_order_ref: 'shop1:1001', date_order: '2026-11-20 10:00:00', order_line: [[0, 0, line], [0, 0, { product_id: 301 }]] }
    expect(caller.call('sale.order', 'create', [values])).toBe(1)
    expect(caller.call('sale.order', 'create', [[values, values]])).toEqual([2, 3])
    const sale = caller.erp.books.sales.must(1)
    expect(sale).toMatchObject({
      state: 'draft', clientOrderRef: 'shop1:1001', dateOrder: Date.UTC(2026, 10, 20, 10), currency: 'EUR', warehouseId: 1,
      changedAt: monday, createdBy: caller.by,
    })
    expect(String(sale.total)).toBe('47.95')
    expect(caller.call('sale.order.line', 'search_read', [[['order_id', '=', 1]]], { fields: ['product_uom_qty', 'price_unit', taxField(version), 'name'] })).toEqual([
      { id: 1001, product_uom_qty: 3, price_unit: 9.99, [taxField(version)]: [11], name: '[MUG] MUG' },
      { id: 1002, product_uom_qty: 1, price_unit: 9.99, [taxField(version)]: [11], name: '[MUG] MUG' },
    ])
  })

  it('gives ids to JSON-2, whichever form it got', () => {
    const caller = aCaller(19)
    expect(caller.json2('sale.order/create', { vals_list: [{ partner_id: 41 }] }).body).toEqual([1])
    expect(caller.json2('sale.order/create', { vals_list: { partner_id: 41 } }).body).toEqual([2])
  })

  it('is in the currency of its pricelist', () => {
    const caller = aCaller(16)
    const [pricelist] = [caller.call('product.pricelist', 'search', [[['currency_id.name', '=', 'JPY']]])].flat()
    caller.call('sale.order', 'create', [{ partner_id: 41, pricelist_id: pricelist, order_line: [[0, 0, { product_id: 301, price_unit: 100.4 }]] }])
    expect(caller.erp.books.sales.must(1)).toMatchObject({ currency: 'JPY', untaxed: decimal(100) })
  })

  it.each([
    ['a field that is not there', { partner_id: 41, nothing: 1 }, "builtins.ValueError: Invalid field 'nothing' on model 'sale.order'"],
    ['no customer', {}, 'odoo.exceptions.ValidationError: The operation cannot be completed:\n- Create/update: a mandatory field is not set.'],
    ['a customer who is gone', { partner_id: 9 }, 'odoo.exceptions.MissingError: Record does not exist or has been deleted.\n(Record: res.partner(9,), User: 2)'],
    ['a line of nothing', { partner_id: 41, order_line: [[0, 0, {}]] }, 'odoo.exceptions.ValidationError'],
    ['a quantity in words', { partner_id: 41, order_line: [[0, 0, { product_id: 301, product_uom_qty: 'three' }]] }, "builtins.ValueError: could not convert string to float: 'three'"],
  ])('refuses %s, and writes nothing', (_what, values, says) => {
    const caller = aCaller(18)
    expect(() => caller.call('sale.order', 'create', [values])).toThrow(says)
    expect([caller.erp.books.sales.size, caller.erp.books.saleLines.size]).toEqual([0, 0])
  })

  it('makes a customer', () => {
    const caller = aCaller(18)
    const [country] = [caller.call('res.country', 'search', [[['code', '=', 'FR']]])].flat()
    expect(caller.call('res.partner', 'create', [{ name: 'Grace', email: 'grace@example.com', is_company: true, vat: 'FR1', country_id: country }])).toBe(42)
    expect(caller.erp.books.partners.must(42)).toMatchObject({ name: 'Grace', companyType: 'company', countryCode: 'FR', vat: 'FR1', active: true })
  })
})

describe('write', () => {
  it('changes the order and its lines by their commands', () => {
    const caller = aCaller(17)
    caller.call('sale.order', 'create', [{ partner_id: 41, order_line: [[0, 0, { product_id: 301 }], [0, 0, { product_id: 301 }]] }])
    caller.at(monday + 5000)
    caller.call('sale.order', 'write', [[1], { client_order_ref: 'x', order_line: [[1, 1001, { product_uom_qty: 4 }], [2, 1002, 0], [0, 0, { product_id: 301, price_unit: 1 }]] }])
    expect(caller.call('sale.order', 'read', [[1], ['client_order_ref', 'order_line', 'amount_untaxed', 'write_date']])).toEqual([
      { id: 1, client_order_ref: 'x', order_line: [1001, 1003], amount_untaxed: 40.96, write_date: '2026-11-23 03:30:05' },
    ])
  })
})

describe('a quotation', () => {
  it.each(versions)('is confirmed once in Odoo %i', (version) => {
    const caller = aCaller(version)
    caller.call('sale.order', 'create', [{ partner_id: 41, order_line: [[0, 0, { product_id: 301 }]] }])
    expect(caller.call('sale.order', 'action_confirm', [[1]])).toBe(true)
    expect(caller.call('stock.picking', 'search_read', [[['sale_id', '=', 1]]], { fields: ['name', 'state', 'origin'] })).toEqual([
      { id: 201, name: 'WH/OUT/00001', state: 'assigned', origin: 'S00001' },
    ])
    const again = (): unknown => caller.call('sale.order', 'action_confirm', [[1]])
    if (version === 16) expect(again()).toBe(true)
    else expect(again).toThrow('odoo.exceptions.UserError: Some orders are not in a state requiring confirmation.')
    expect(caller.erp.books.pickings.size).toBe(1)
  })

  it('is cancelled only by who wants no warning, once it is confirmed', () => {
    const caller = aCaller(17)
    caller.call('sale.order', 'create', [{ partner_id: 41 }])
    caller.call('sale.order', 'action_confirm', [[1]])
    expect(caller.call('sale.order', 'action_cancel', [[1]])).toMatchObject({ res_model: 'sale.order.cancel' })
    expect(caller.erp.books.sales.must(1).state).toBe('sale')
    expect(caller.call('sale.order', 'action_cancel', [[1]], { context: { disable_cancel_warning: true } })).toBe(true)
    expect(caller.erp.books.sales.must(1).state).toBe('cancel')
  })
})

describe('load', () => {
  const fields = ['id', 'partner_id/.id', 'client_order_ref', 'order_line/id', 'order_line/product_id/.id', 'order_line/product_uom_qty', 'order_line/price_unit']
  const rows = [
    ['so_shop1_1001', '41', 'shop1:1001', 'sol_shop1_1001_1', '301', '3', '9.99'],
    ['', '', '', 'sol_shop1_1001_2', '301', '1', '4.90'],
  ]
  const load = (caller: Caller, names: readonly string[], data: readonly (readonly string[])[]): unknown => caller.call('sale.order', 'load', [names, data])

  it('makes order and lines with their external ids in one call, and a second load only updates', () => {
    const caller = aCaller(18)
    expect(load(caller, fields, rows)).toEqual({ ids: [1], messages: [], nextrow: 0 })
    expect(load(caller, fields, [['so_shop1_1001', '41', 'shop1:1001', 'sol_shop1_1001_1', '301', '5', '9.99']])).toEqual({ ids: [1], messages: [], nextrow: 0 })
    expect(caller.erp.books.sales.must(1).lineIds.map((id) => String(caller.erp.books.saleLines.must(id).quantity))).toEqual(['5', '1'])
    expect(caller.call('ir.model.data', 'search_read', [[['name', '=', 'so_shop1_1001']]], { fields: ['module', 'model', 'res_id'] }))
      .toEqual([{ id: expect.any(Number), module: '__import__', model: 'sale.order', res_id: 1 }])
    expect(caller.call('sale.order', 'get_external_id', [[1]])).toEqual({ 1: '__import__.so_shop1_1001' })
    expect(caller.erp.books.externalIds.size).toBe(3)
  })

  it('adds a line anew at each load when the line has no id of its own', () => {
    const caller = aCaller(18)
    const names = fields.filter((name) => name !== 'order_line/id')
    const data = [['so_1', '41', 'r', '301', '1', '1']]
    load(caller, names, data)
    load(caller, names, data)
    expect(caller.erp.books.sales.must(1).lineIds).toHaveLength(2)
  })

  it('says the same over JSON-2', () => {
    const caller = aCaller(19)
    expect(caller.json2('sale.order/load', { fields, data: rows })).toEqual({ status: 200, body: { ids: [1], messages: [], nextrow: 0 } })
  })

  it.each([
    ['an unknown customer', ['so_1', '99', 'r', 'sol_1', '301', '1', '1'], 'partner_id', "No matching record found for database id '99' in field 'Customer'"],
    ['an unknown product', ['so_1', '41', 'r', 'sol_1', '99', '1', '1'], 'product_id', "No matching record found for database id '99' in field 'Product'"],
    ['a price in words', ['so_1', '41', 'r', 'sol_1', '301', '1', 'much'], 'price_unit', "'much' does not seem to be a number for field 'Unit Price'"],
  ])('answers %s with a message and no ids, and writes nothing', (_what, row, field, message) => {
    const caller = aCaller(18)
    expect(load(caller, fields, [row])).toEqual({
      ids: false, nextrow: 0, messages: [expect.objectContaining({ type: 'error', field, message, rows: { from: 0, to: 0 }, record: 0 })],
    })
    expect([caller.erp.books.sales.size, caller.erp.books.externalIds.size]).toEqual([0, 0])
  })

  it('stores none of many when one is wrong', () => {
    const caller = aCaller(18)
    const data = [['so_1', '41', 'a', 'sol_1', '301', '1', '1'], ['so_2', '', 'b', 'sol_2', '301', '1', '1']]
    expect(load(caller, fields, data)).toMatchObject({ ids: false, messages: [{ record: 1, rows: { from: 1, to: 1 }, message: "Missing required value for the field 'Customer' (partner_id)" }] })
    expect([caller.erp.books.sales.size, caller.erp.books.externalIds.size]).toEqual([0, 0])
  })

  it('takes no id with a blank in it, and none of another model', () => {
    const caller = aCaller(18)
    expect(load(caller, fields, [['so 1', '41', 'r', 'sol_1', '301', '1', '1']])).toMatchObject({ ids: false, messages: [{ message: 'External IDs cannot contain spaces' }] })
    caller.erp.books.externalIds.set('__import__.so_1', { model: 'res.partner', id: 41 })
    expect(load(caller, fields, [['so_1', '41', 'r', 'sol_1', '301', '1', '1']])).toMatchObject({ ids: false, messages: [{ message: expect.stringContaining('found record of different model res.partner') }] })
    expect(caller.erp.books.sales.size).toBe(0)
  })

  it('finds by external id, by name, and many by commas', () => {
    const caller = aCaller(18)
    caller.erp.books.externalIds.set('shop.ada', { model: 'res.partner', id: 41 })
    const second = caller.erp.addTax({ name: '5%', amount: decimal(5), priceInclude: false }, monday)
    expect(load(caller, ['id', 'partner_id/id', 'order_line/id', 'order_line/product_id', 'order_line/tax_id/.id'], [['so_1', 'shop.ada', 'sol_1', 'MUG', `11,${second.id}`]]))
      .toEqual({ ids: [1], messages: [], nextrow: 0 })
    expect(caller.erp.books.saleLines.must(1001).taxIds).toEqual([11, second.id])
  })

  it('refuses a field that is not there with an exception, not with a message', () => {
    expect(() => load(aCaller(18), ['id', 'nothing'], [['a', 'b']])).toThrow("builtins.KeyError: 'nothing'")
  })
})
