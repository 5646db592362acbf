/** What a client reads from the simulated Odoo: fields by version, domains, orders, pages and stamps. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addGoods, aScene, decimal, monday, quote } from '../../erp/scene.ts'
import { aCaller, type Caller, type Version } from './caller.ts'

const versions: readonly Version[] = [16, 17, 18, 19]

function found(caller: Caller, model: string, domain: unknown, named: Readonly<Record<string, unknown>> = {}): unknown {
  return caller.call(model, 'search', [domain], named)
}

describe('fields', () => {
  it.each([
    [16, { 'sale.order.line': ['tax_id', 'product_uom'], 'sale.order': ['currency_id'], 'stock.move': ['quantity_done', 'reserved_availability', 'name'], 'product.product': ['detailed_type'], 'res.users': ['groups_id'], 'account.move': ['reversal_move_id'] }],
    [17, { 'sale.order.line': ['tax_id', 'product_uom'], 'sale.order': ['locked', 'amount_paid'], 'stock.move': ['quantity', 'picked', 'name'], 'product.product': ['detailed_type'], 'res.users': ['groups_id'], 'account.move': ['reversal_move_ids'] }],
    [18, { 'sale.order.line': ['tax_id', 'product_uom'], 'sale.order': ['locked'], 'account.tax': ['price_include_override'], 'product.product': ['is_storable'], 'res.company': ['account_price_include'], 'account.move': ['invoice_currency_rate'] }],
    [19, { 'sale.order.line': ['tax_ids', 'product_uom_id'], 'sale.order': ['locked'], 'res.users': ['group_ids'], 'account.tax': ['price_include_override'] }],
  ] as const)('are what Odoo %i has', (version, expected) => {
    const caller = aCaller(version)
    for (const [model, names] of Object.entries(expected)) {
      expect(caller.call(model, 'fields_get', [names], { attributes: ['type'] })).toEqual(Object.fromEntries(names.map((name: string) => [name, { type: expect.any(String) }])))
    }
  })

  it.each([
    [16, 'sale.order', 'locked'], [17, 'product.product', 'is_storable'], [18, 'sale.order.line', 'tax_ids'],
    [19, 'sale.order.line', 'tax_id'], [19, 'sale.order.line', 'product_uom'], [17, 'stock.move', 'quantity_done'],
  ] as const)('are not what another version has: %i knows no %s.%s', (version, model, field) => {
    const caller = aCaller(version)
    expect(caller.call(model, 'fields_get', [[field]])).toEqual({})
    expect(() => caller.call(model, 'search_read', [[]], { fields: [field] })).toThrow(`builtins.ValueError: Invalid field '${field}' on model '${model}'`)
  })

  it('say of a relation where it leads', () => {
    expect(aCaller(18).call('sale.order', 'fields_get', [['order_line']], { attributes: ['type', 'string', 'relation', 'relation_field', 'readonly'] }))
      .toEqual({ order_line: { type: 'one2many', string: 'Order Lines', relation: 'sale.order.line', relation_field: 'order_id', readonly: false } })
  })

  it.each(versions)('of every model can all be read in Odoo %i', (version) => {
    const caller = aCaller(version)
    const sale = quote(caller, [[3, '9.99']])
    caller.erp.confirm(sale.id, caller.by, monday)
    caller.erp.deliver(201, { carrier: 'DHL', tracking: ['1'] }, caller.by, monday)
    const move = caller.erp.invoice([{ saleLineId: sale.lineIds[0] ?? 0 }], caller.by, monday)
    caller.erp.post(move.id, '2026-11-23', caller.by, monday)
    caller.erp.books.externalIds.set('__import__.so_1', { model: 'sale.order', id: sale.id })
    for (const model of ['sale.order', 'sale.order.line', 'account.move', 'account.move.line', 'stock.picking', 'stock.move', 'stock.quant', 'stock.warehouse', 'stock.location', 'stock.picking.type', 'delivery.carrier', 'product.product', 'product.template', 'product.pricelist', 'res.partner', 'res.company', 'res.currency', 'res.country', 'res.users', 'uom.uom', 'account.tax', 'account.journal', 'ir.model.data']) {
      const rows = caller.call(model, 'search_read', [[]], { limit: 2 })
      expect(rows, model).toEqual(expect.arrayContaining([expect.objectContaining({ id: expect.any(Number), display_name: expect.any(String) })]))
      expect(Object.keys(Object(caller.call(model, 'fields_get'))).toSorted(), model).toEqual(Object.keys(Object(Array.isArray(rows) ? rows[0] : {})).toSorted())
    }
  })
})

describe('values', () => {
  it('come as Odoo writes them', () => {
    const caller = aCaller(18, aScene({ rate: 19 }))
    quote(caller, [[3, '9.99']], monday, null)
    expect(caller.call('sale.order', 'search_read', [[]], { fields: ['name', 'client_order_ref', 'partner_id', 'amount_total', 'write_date', 'order_line', 'locked', 'commitment_date'] })).toEqual([{
      id: 1, name: 'S00001', client_order_ref: false, partner_id: [41, 'Ada'], amount_total: 35.66, write_date: '2026-11-23 03:30:00',
      order_line: [1001], locked: false, commitment_date: false,
    }])
  })

  it('are floats with their noise, and with their point', () => {
    const caller = aCaller(18, aScene({ rate: 19 }))
    quote(caller, [[3, '9.99']])
    const reply = caller.server({
      method: 'POST', path: '/jsonrpc', headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id: 1, params: { service: 'object', method: 'execute_kw', args: ['acme', caller.by, 'key', 'sale.order.line', 'read', [[1001], ['price_tax', 'product_uom_qty']]] } }),
    })
    expect(reply).toMatchObject({ body: '{"jsonrpc": "2.0", "id": 1, "result": [{"id": 1001, "price_tax": 5.689999999999998, "product_uom_qty": 3.0}]}' })
  })

  it('of a many2one are bare ids with load null, and rows that are gone are left out', () => {
    const caller = aCaller(17)
    quote(caller, [[3, '9.99']])
    expect(caller.call('sale.order', 'read', [[1, 99], ['partner_id', 'carrier_id']], { load: null })).toEqual([{ id: 1, partner_id: 41, carrier_id: false }])
  })

  it('say in 16 that a locked order is done, and in later versions that it is locked', () => {
    const states = versions.map((version) => {
      const caller = aCaller(version)
      caller.erp.confirm(quote(caller, [[1, 1]]).id, caller.by, monday)
      caller.erp.changeSale(1, { locked: true }, caller.by, monday)
      return caller.call('sale.order', 'search_read', [[['id', '=', 1]]], { fields: version === 16 ? ['state'] : ['state', 'locked'] })
    })
    expect(states).toEqual([[{ id: 1, state: 'done' }], ...versions.slice(1).map(() => [{ id: 1, state: 'sale', locked: true }])])
  })

  it.each([[17, 'warehouse', 'warehouse_id'], [18, 'warehouse_id', 'warehouse']] as const)('of stock follow the context of Odoo %i alone', (version, key, otherKey) => {
    const caller = aCaller(version)
    const second = caller.erp.addWarehouse('B', 'Branch', monday)
    caller.erp.setQuantity(caller.goods.id, second.id, decimal(5), monday)
    const read = (context: unknown): unknown => caller.call('product.product', 'read', [[caller.goods.id], ['qty_available']], { context })
    expect(read({ [key]: second.id })).toEqual([{ id: 301, qty_available: 5 }])
    expect(read({ [otherKey]: second.id })).toEqual([{ id: 301, qty_available: 105 }])
    expect(read({})).toEqual([{ id: 301, qty_available: 105 }])
  })
})

describe('a domain', () => {
  const caller = aCaller(18)
  const { erp, by } = caller
  const cup = addGoods(caller, 'cup_1')
  for (const [at, ref] of ['a_1', 'A%1', 'ab1', null].entries()) quote(caller, [[at + 1, '10']], monday + at * 1000, ref)
  erp.confirm(1, by, monday + 10_000)
  erp.addPartner({ name: 'Grace', email: null, vat: null, ref: 'G', parentId: null, companyType: 'company', countryCode: 'FR', active: false }, by, monday)

  it.each([
    [[], [1, 2, 3, 4]],
    [[['client_order_ref', '=', 'a_1']], [1]],
    [[['client_order_ref', '!=', 'a_1']], [2, 3, 4]],
    [[['client_order_ref', '=', false]], [4]],
    [[['client_order_ref', '!=', false]], [1, 2, 3]],
    [[['client_order_ref', 'in', ['a_1', false]]], [1, 4]],
    [[['client_order_ref', 'not in', ['a_1']]], [2, 3, 4]],
    [[['client_order_ref', 'like', 'a_1']], [1, 3]],
    [[['client_order_ref', 'ilike', 'a_1']], [1, 2, 3]],
    [[['client_order_ref', 'not ilike', 'b']], [1, 2, 4]],
    [[['client_order_ref', '=ilike', 'a%1']], [1, 2, 3]],
    [[['client_order_ref', '=like', 'a%']], [1, 3]],
    [['|', ['id', '=', 1], ['id', '=', 3]], [1, 3]],
    [['!', ['id', 'in', [1, 3]]], [2, 4]],
    [['&', '!', ['id', '=', 1], '|', ['id', '<', 3], ['id', '>=', 4]], [2, 4]],
    [[['state', '=', 'sale'], ['amount_total', '>', 0]], [1]],
    [[['amount_total', '<=', 24]], [1, 2]],
    [[['partner_id', '=', 41]], [1, 2, 3, 4]],
    [[['partner_id', '=', 'Ada']], [1, 2, 3, 4]],
    [[['partner_id', 'ilike', 'example.com']], [1, 2, 3, 4]],
    [[['partner_id.country_id.code', '!=', 'DE']], []],
    [[['partner_id.email', '=ilike', 'ADA@example.com']], [1, 2, 3, 4]],
    [[['order_line.product_uom_qty', '>', 3]], [4]],
    [[['order_line', 'any', [['product_uom_qty', '<', 2]]]], [1]],
    [[['order_line.product_id', '=', cup.id]], []],
    [[['carrier_id', '=', false]], [1, 2, 3, 4]],
    [[['date_order', '<=', '2026-11-23']], [1, 2, 3, 4]],
    [[['date_order', '>', '2026-11-23']], []],
    [[['date_order', '=', '2026-11-23 03:30:02']], [3]],
    [[['company_id', '=', 1], ['client_order_ref', '=', 'ab1']], [3]],
    [[[1, '=', 1]], [1, 2, 3, 4]],
    [[[0, '=', 1]], []],
  ])('%j finds %j', (domain, ids) => {
    expect(found(caller, 'sale.order', domain, { order: 'id' })).toEqual(ids)
    expect(caller.call('sale.order', 'search_count', [domain])).toBe(ids.length)
  })

  it('shows archived rows only to who asks', () => {
    expect(found(caller, 'res.partner', [])).toEqual([41])
    expect(found(caller, 'res.partner', [], { context: { active_test: false }, order: 'id' })).toEqual([41, 42])
    expect(found(caller, 'res.partner', [['active', '=', false]])).toEqual([42])
  })

  it('reaches the usage of a location', () => {
    expect(found(caller, 'stock.quant', [['location_id.usage', '=', 'internal']])).toEqual([7001])
    expect(found(caller, 'stock.quant', [['location_id', 'child_of', 7]])).toEqual([7001])
    expect(found(caller, 'stock.quant', [['location_id.usage', '=', 'customer']])).toEqual([])
    expect(found(caller, 'stock.quant', [['location_id.usage', '=', 'inventory']])).toEqual([7002])
  })

  it.each([
    [[['nothing', '=', 1]], "Invalid field sale.order.nothing in leaf ('nothing', '=', 1)"],
    [[['partner_id.nothing', '=', 1]], "Invalid field res.partner.nothing in leaf ('nothing', '=', 1)"],
  ])('%j is refused', (domain, says) => {
    expect(() => found(caller, 'sale.order', domain)).toThrow(says)
  })
})

describe('a poll by write_date', () => {
  it('gets the last seen second again by >, and nothing by =', () => {
    const caller = aCaller(18)
    quote(caller, [[1, 1]])
    expect(found(caller, 'sale.order', [['write_date', '>', '2026-11-23 03:30:00']])).toEqual([1])
    expect(found(caller, 'sale.order', [['write_date', '=', '2026-11-23 03:30:00']])).toEqual([])
    expect(found(caller, 'sale.order', [['write_date', '>', '2026-11-23 03:30:01']])).toEqual([])
  })

  it('comes back with a whole second too: the database had microseconds', () => {
    const caller = aCaller(18)
    quote(caller, [[1, 1]], monday - 123)
    expect(found(caller, 'sale.order', [['write_date', '>', '2026-11-23 03:30:00']])).toEqual([1])
  })

  it('gives what looking at every row would give, page after page, however rows were written', () => {
    const stamps = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 25 })
    fc.assert(fc.property(stamps, fc.integer({ min: 0, max: 21 }), fc.integer({ min: 1, max: 7 }), (seconds, from, limit) => {
      const caller = aCaller(18)
      for (const second of seconds) quote(caller, [[1, 1]], monday + second * 1000)
      const since = new Date(monday + from * 1000).toISOString().slice(0, 19).replace('T', ' ')
      const domain = [['write_date', '>=', since]]
      const paged: unknown[] = []
      for (let offset = 0; ; offset += limit) {
        const page = found(caller, 'sale.order', domain, { order: 'write_date asc, id asc', offset, limit })
        if (!Array.isArray(page) || page.length === 0) break
        paged.push(...page)
      }
      const expected = seconds.map((second, at) => ({ second, id: at + 1 })).filter(({ second }) => second >= from)
        .toSorted((left, right) => left.second - right.second || left.id - right.id).map(({ id }) => id)
      expect(paged).toEqual(expected)
    }), { numRuns: 50 })
  })

  it('does not see an order whose line was written, nor one whose goods went', () => {
    const caller = aCaller(18)
    const sale = quote(caller, [[1, 1]])
    caller.erp.confirm(sale.id, caller.by, monday)
    const later = monday + 60_000
    caller.erp.changeLine(1001, { priceUnit: decimal(2) }, caller.by, later)
    caller.erp.deliver(201, { carrier: null, tracking: [] }, caller.by, later)
    const since = [['write_date', '>=', '2026-11-23 03:30:30']]
    expect(found(caller, 'sale.order', since)).toEqual([])
    expect(found(caller, 'sale.order.line', since)).toEqual([1001])
    expect(found(caller, 'stock.picking', since)).toEqual([201])
    expect(found(caller, 'stock.quant', since)).toEqual([7001, 7003])
    expect(caller.call('sale.order', 'read', [[1], ['amount_total', 'delivery_status']])).toEqual([{ id: 1, amount_total: 2.4, delivery_status: 'full' }])
  })
})

describe('a look-up', () => {
  it('by a key finds what looking at every row would find', () => {
    const caller = aCaller(18)
    const sales = ['a', 'b', 'a'].map((ref) => quote(caller, [[1, 10]], monday, ref))
    for (const sale of sales) {
      caller.erp.changeSale(sale.id, { origin: `web-${sale.clientOrderRef}` }, caller.by, monday)
      caller.erp.confirm(sale.id, caller.by, monday)
    }
    const both = caller.erp.invoice(sales.slice(0, 2).flatMap((sale) => sale.lineIds).map((saleLineId) => ({ saleLineId })), caller.by, monday)
    const one = caller.erp.invoice([{ saleLineId: sales[2]?.lineIds[0] ?? 0 }], caller.by, monday)
    caller.erp.post(one.id, '2026-11-23', caller.by, monday)
    caller.erp.credit(one.id, { invoiceDate: '2026-11-24' }, caller.by, monday)
    for (const [model, path, value] of [
      ['sale.order', 'client_order_ref', 'a'], ['sale.order', 'origin', 'web-b'], ['sale.order', 'name', 'S00002'],
      ['sale.order.line', 'order_id', 2], ['stock.picking', 'sale_id', 1], ['stock.picking', 'origin', 'S00003'],
      ['stock.move', 'picking_id', 202], ['stock.move', 'sale_line_id', 1001], ['stock.move', 'product_id', 301],
      ['account.move', 'name', 'INV/2026/00001'], ['account.move', 'invoice_origin', 'S00003'],
      ['account.move', 'invoice_origin', 'S00001, S00002'], ['account.move', 'reversed_entry_id', one.id],
      ['account.move.line', 'move_id', both.id], ['product.product', 'default_code', 'MUG'],
      ['res.partner', 'email', 'ada@example.com'], ['stock.quant', 'product_id', 301],
    ] as const) {
      const scanned = found(caller, model, ['|', [path, '=', value], [0, '=', 1]], { order: 'id' })
      expect(scanned, `${model}.${path}`).not.toEqual([])
      expect(found(caller, model, [[path, '=', value]], { order: 'id' }), `${model}.${path}`).toEqual(scanned)
      expect(found(caller, model, [[path, 'in', [value]]], { order: 'id' }), `${model}.${path}`).toEqual(scanned)
    }
    expect(found(caller, 'account.move', [['invoice_origin', '=', 'S00001']])).toEqual([])
  })
})

describe('order', () => {
  it('is by several keys, up or down, and by the order of another model', () => {
    const caller = aCaller(18)
    for (const [at, ref] of ['b', 'a', 'b'].entries()) quote(caller, [[at + 1, 1]], monday + at * 1000, ref)
    expect(found(caller, 'sale.order', [], { order: 'client_order_ref asc, amount_total desc' })).toEqual([2, 3, 1])
    expect(found(caller, 'sale.order', [])).toEqual([3, 2, 1])
    expect(found(caller, 'sale.order.line', [])).toEqual([1003, 1002, 1001])
    expect(found(caller, 'sale.order', [['id', '>', 1]], { order: 'id', limit: 1 })).toEqual([2])
    expect(() => found(caller, 'sale.order', [], { order: 'nothing' })).toThrow("Invalid field 'nothing'")
  })
})

describe('groups', () => {
  it('count and sum rows by what they have in common', () => {
    const caller = aCaller(18)
    for (const ref of ['a', 'b', 'a']) quote(caller, [[1, 10]], monday, ref)
    expect(caller.call('sale.order', 'read_group', [[], ['amount_total:sum'], ['client_order_ref']])).toEqual([
      { client_order_ref: 'a', client_order_ref_count: 2, amount_total: 24, __domain: [['client_order_ref', '=', 'a']] },
      { client_order_ref: 'b', client_order_ref_count: 1, amount_total: 12, __domain: [['client_order_ref', '=', 'b']] },
    ])
  })
})

describe('quants', () => {
  it('of all places cancel out, and only those inside tell what there is', () => {
    const caller = aCaller(18)
    caller.erp.confirm(quote(caller, [[3, 1]]).id, caller.by, monday)
    caller.erp.deliver(201, { carrier: null, tracking: [] }, caller.by, monday)
    const rows = (domain: unknown): unknown => caller.call('stock.quant', 'search_read', [domain], { fields: ['location_id', 'quantity'], order: 'id' })
    expect(rows([['product_id', '=', 301]])).toEqual([
      { id: 7001, location_id: [8, 'WH/Stock'], quantity: 97 },
      { id: 7002, location_id: [14, 'Virtual Locations/Inventory adjustment'], quantity: -100 },
      { id: 7003, location_id: [5, 'Partners/Customers'], quantity: 3 },
    ])
    expect(rows([['location_id.usage', '=', 'internal']])).toHaveLength(1)
  })
})
