/** What each version of Odoo refuses, in the words of that version; nothing of it is written. */
import { describe, expect, it } from 'vitest'
import { monday, quote } from '../../erp/scene.ts'
import { aCaller, type Caller, type Version } from './caller.ts'

const versions: readonly Version[] = [16, 17, 18, 19]

/** A call that is refused, and what is said to it; by version where versions say it otherwise. */
type Refused = readonly [what: string, args: readonly unknown[], named: Readonly<Record<string, unknown>>, says: string | Readonly<Record<Version, string>>]

function inWords(says: Refused[3], version: Version): string {
  return typeof says === 'string' ? says : says[version]
}

function olderAndNewer(until18: string, from19: string): Readonly<Record<Version, string>> {
  return { 16: until18, 17: until18, 18: until18, 19: from19 }
}

const cannot = 'odoo.exceptions.ValidationError: The operation cannot be completed:'

describe.each(versions)('a search of an Odoo %i', (version) => {
  it.each<Refused>([
    ['an argument by place and by name', [[]], { domain: [] }, "builtins.TypeError: BaseModel.search() got multiple values for argument 'domain'"],
    ['a limit in words', [[]], { limit: 'many' }, {
      16: 'builtins.TypeError: %d format: a real number is required, not str',
      17: 'psycopg2.errors.InvalidTextRepresentation: invalid input syntax for type bigint: "many"',
      18: 'psycopg2.errors.InvalidTextRepresentation: invalid input syntax for type bigint: "many"',
      19: 'psycopg2.errors.InvalidTextRepresentation: invalid input syntax for type bigint: "many"',
    }],
    ['a limit below zero', [[]], { limit: -1 }, 'psycopg2.errors.InvalidRowCountInLimitClause: LIMIT must not be negative'],
    ['an offset below zero', [[]], { offset: -1 }, 'psycopg2.errors.InvalidRowCountInResultOffsetClause: OFFSET must not be negative'],
    ['an order that is none', [[]], { order: 5 }, "builtins.TypeError: expected string or bytes-like object, got 'int'"],
    ['a domain that is no list', ['everything'], {}, olderAndNewer(
      "builtins.AssertionError: Domains to normalize must have a 'domain' form: a list or tuple of domain components",
      "builtins.TypeError: Domain() invalid argument type for domain: 'everything'",
    )],
    ['a domain that breaks off', [['&', ['id', '=', 1]]], {}, {
      16: "builtins.AssertionError: This domain is syntactically not correct: ['&', ['id', '=', 1]]",
      17: "builtins.AssertionError: This domain is syntactically not correct: ['&', ['id', '=', 1]]",
      18: "builtins.ValueError: Domain ['&', ['id', '=', 1]] is syntactically not correct.",
      19: "builtins.ValueError: Domain() malformed domain ['&', ['id', '=', 1]]",
    }],
    ['a word where a condition should be', [['nonsense']], {}, olderAndNewer(
      'builtins.ValueError: Invalid leaf nonsense', "builtins.ValueError: Domain() invalid item in domain: 'nonsense'",
    )],
    ['an operator that there is not', [[['name', 'resembles', 'x']]], {}, olderAndNewer(
      "builtins.ValueError: Invalid leaf ('name', 'resembles', 'x')",
      "builtins.ValueError: Invalid operator in condition ('name', 'resembles', 'x')",
    )],
    ['a field that there is not', [[['nothing.at_all', '=', 1]]], {}, olderAndNewer(
      "builtins.ValueError: Invalid field sale.order.nothing in leaf ('nothing.at_all', '=', 1)",
      "builtins.ValueError: Invalid field sale.order.nothing in condition ('nothing.at_all', '=', 1)",
    )],
    ['a number in words', [[['id', '>', 'three']]], {}, "builtins.ValueError: invalid literal for int() with base 10: 'three'"],
    ['an amount in words', [[['amount_total', '=', 'much']]], {}, "builtins.ValueError: could not convert string to float: 'much'"],
    ['a time in words', [[['write_date', '>', 'lately']]], {}, olderAndNewer(
      'psycopg2.errors.InvalidDatetimeFormat: invalid input syntax for type timestamp: "lately"',
      "builtins.ValueError: Invalid term 'lately' in expression date: 'lately'",
    )],
    ['a time in figures', [[['write_date', '>', 5]]], {}, olderAndNewer(
      'psycopg2.errors.UndefinedFunction: operator does not exist: timestamp without time zone > integer',
      'builtins.TypeError: Failed to cast 5 into a datetime',
    )],
  ])('refuses %s', (_what, args, named, says) => {
    const caller = aCaller(version)
    quote(caller, [[1, 1]])
    expect(() => caller.call('sale.order', 'search', args, named)).toThrow(inWords(says, version))
  })

  it('takes one value where many may be only since 19', () => {
    const caller = aCaller(version)
    quote(caller, [[1, 1]], monday, 'shop1:1001')
    const find = (): unknown => caller.call('sale.order', 'search', [[['client_order_ref', 'in', 'shop1:1001']]])
    if (version === 19) expect(find()).toEqual([1])
    else expect(find).toThrow("builtins.ValueError: Invalid domain term ('client_order_ref', 'in', 'shop1:1001')")
  })

  it('knows what is said of related rows only since 17', () => {
    const caller = aCaller(version)
    quote(caller, [[1, 1]])
    const find = (): unknown => caller.call('sale.order', 'search', [[['order_line', 'any', [['product_id', '=', 301]]]]])
    if (version === 16) expect(find).toThrow("builtins.ValueError: Invalid leaf ('order_line', 'any', [['product_id', '=', 301]])")
    else expect(find()).toEqual([1])
  })

  it('reads a limit that is a number in a text, but for 16', () => {
    const caller = aCaller(version)
    quote(caller, [[1, 1]])
    const find = (): unknown => caller.call('sale.order', 'search', [[]], { limit: '5' })
    if (version === 16) expect(find).toThrow('%d format: a real number is required, not str')
    else expect(find()).toEqual([1])
  })
})

describe.each(versions)('a record of an Odoo %i', (version) => {
  const refused: readonly (readonly [what: string, values: Readonly<Record<string, unknown>>, says: Refused[3]])[] = [
    ['a field that there is not', { nothing: 1 }, olderAndNewer(
      "builtins.ValueError: Invalid field 'nothing' on model 'sale.order'", "builtins.ValueError: Invalid field 'nothing' in 'sale.order'",
    )],
    ['a state that there is not', { state: 'shipped' }, "builtins.ValueError: Wrong value for sale.order.state: 'shipped'"],
    ['a state in figures', { state: 3 }, 'builtins.ValueError: Wrong value for sale.order.state: 3'],
    ['a time that is no time', { date_order: 'tomorrow' }, "builtins.ValueError: time data 'tomorrow' does not match format '%Y-%m-'"],
    ['a time with a T', { date_order: '2026-11-20T10:00:00' }, "builtins.ValueError: time data '2026-11-20T10:00:00' does not match format '%Y-%m-%d %H:%M:%S'"],
    ['a time with a zone', { date_order: '2026-11-20 10:00:00Z' }, 'builtins.ValueError: unconverted data remains: Z'],
    ['a day that no month has', { date_order: '2026-02-30' }, 'builtins.ValueError: day is out of range for month'],
    ['a time in figures', { date_order: 5 }, "builtins.TypeError: object of type 'int' has no len()"],
    ['a customer who is gone', { partner_id: 99 }, 'odoo.exceptions.MissingError: Record does not exist or has been deleted.\n(Record: res.partner(99,), User: 2)'],
    ['a warehouse that is gone', { warehouse_id: 99 }, olderAndNewer(
      `${cannot} another model requires the record being deleted. If possible, archive it instead.\n\n`
      + 'Model: Sales Order (sale.order)\nConstraint: sale_order_warehouse_id_fkey\n',
      `${cannot} Another model is using the record you are trying to delete.\n\nThe troublemaker is: 'Sales Order' (sale.order)\n`
      + "Thanks to the following constraint: 'Warehouse' (warehouse_id)\nHow about archiving the record instead?",
    )],
    ['lines that are no commands', { order_line: 'mugs' }, 'builtins.ValueError: Wrong value for sale.order.order_line: mugs'],
    ['a line of an unknown kind', { order_line: [[9, 0, {}]] }, 'builtins.ValueError: Wrong value for sale.order.order_line: [[9, 0, {}]]'],
    ['a quantity that is a list', { order_line: [[0, 0, { product_id: 301, product_uom_qty: [3] }]] }, "builtins.TypeError: float() argument must be a string or a real number, not 'list'"],
    ['a position in words', { order_line: [[0, 0, { product_id: 301, sequence: 'first' }]] }, "builtins.ValueError: invalid literal for int() with base 10: 'first'"],
    ['a product that is gone', { order_line: [[0, 0, { product_id: 99 }]] }, 'odoo.exceptions.MissingError: Record does not exist or has been deleted.\n(Record: product.product(99,), User: 2)'],
    ['a line of nothing that has a name', { order_line: [[0, 0, { name: 'Wrapping' }]] }, `${cannot} Missing required fields on accountable sale order line.`],
  ]

  it.each(refused)('is not made with %s', (_what, values, says) => {
    const caller = aCaller(version)
    expect(() => caller.call('sale.order', 'create', [{ partner_id: 41, ...values }])).toThrow(inWords(says, version))
    expect([caller.erp.books.sales.size, caller.erp.books.saleLines.size]).toEqual([0, 0])
  })

  it.each(refused)('is not changed to %s', (_what, values, says) => {
    const caller = aCaller(version)
    quote(caller, [[1, 1]])
    const before = JSON.stringify([...caller.erp.books.sales.all()])
    caller.at(monday + 5000)
    expect(() => caller.call('sale.order', 'write', [[1], values])).toThrow(inWords(says, version))
    expect(JSON.stringify([...caller.erp.books.sales.all()])).toBe(before)
  })

  it('is never without what it needs', () => {
    const caller = aCaller(version)
    const says = (label: string, field: string): string => inWords(olderAndNewer(
      `${cannot}\n- Create/update: a mandatory field is not set.\n- Delete: another model requires the record being deleted. If possible, `
      + `archive it instead.\n\nModel: Sales Order (sale.order)\nField: ${label} (${field})\n`,
      `${cannot} Missing required value for the field '${label}' (${field}).\nModel: 'Sales Order' (sale.order)\n- create/update: a mandatory `
      + 'field is not set\n- delete: another model requires the record being deleted, you can archive it instead\n',
    ), version)
    expect(() => caller.call('sale.order', 'create', [{}])).toThrow(says('Customer', 'partner_id'))
    quote(caller, [[1, 1]])
    expect(() => caller.call('sale.order', 'write', [[1], { date_order: false }])).toThrow(says('Order Date', 'date_order'))
    expect(() => caller.call('sale.order', 'write', [[1], { partner_id: 'Ada' }])).toThrow(says('Customer', 'partner_id'))
    expect(() => caller.call('sale.order', 'create', [{ partner_id: 'Ada' }]))
      .toThrow('psycopg2.errors.InvalidTextRepresentation: invalid input syntax for type integer: "Ada"')
    expect(() => caller.call('res.partner', 'create', [{ email: 'grace@example.com' }])).toThrow(`${cannot} Contacts require a name`)
  })

  it('keeps what is written into it', () => {
    const caller = aCaller(version)
    quote(caller, [[1, 1]])
    caller.at(monday + 5000)
    const values = { state: 'sent', note: 'Ring twice', commitment_date: '2026-12-01 08:00:00', date_order: '2026-11-20 10:00', user_id: 2, reference: 12.5 }
    caller.call('sale.order', 'write', [[1], values])
    expect(caller.call('sale.order', 'read', [[1], [...Object.keys(values), 'write_date']])).toEqual([
      { id: 1, ...values, date_order: '2026-11-20 10:00:00', user_id: [2, 'Shop integration'], reference: '12.5', write_date: '2026-11-23 03:30:05' },
    ])
    expect(caller.call('sale.order', 'search', [[['note', 'like', 'twice']]])).toEqual([1])
    caller.call('res.partner', 'write', [[41], { phone: '+33 1', city: 'Lyon', country_id: false }])
    expect(caller.call('res.partner', 'read', [[41], ['phone', 'city', 'country_id', 'zip']])).toEqual([{ id: 41, phone: '+33 1', city: 'Lyon', country_id: false, zip: false }])
    const made = caller.call('res.partner', 'create', [{ name: 'Grace', street: '1 Quay' }])
    expect(caller.call('res.partner', 'read', [[made], ['street']])).toEqual([{ id: made, street: '1 Quay' }])
  })

  it('passes over what is computed, and over its own stamps', () => {
    const caller = aCaller(version)
    quote(caller, [[2, 5]])
    caller.call('sale.order', 'write', [[1], { amount_total: 1, create_date: '2020-01-01 00:00:00', delivery_status: 'full', display_name: 'x' }])
    expect(caller.call('sale.order', 'read', [[1], ['amount_total', 'create_date', 'display_name']])).toEqual([
      { id: 1, amount_total: 12, create_date: '2026-11-23 03:30:00', display_name: 'S00001' },
    ])
  })

  it('is a sale when its state is set, and no goods are asked for', () => {
    const caller = aCaller(version)
    quote(caller, [[2, 5]])
    caller.call('sale.order', 'write', [[1], { state: 'sale' }])
    expect(caller.call('sale.order', 'read', [[1], ['state', 'picking_ids']])).toEqual([{ id: 1, state: 'sale', picking_ids: [] }])
    if (version === 16) return
    expect(() => caller.call('sale.order', 'write', [[1], { pricelist_id: pricelistIn(caller, 'JPY') }])).toThrow('You cannot change the pricelist of a confirmed order !')
  })
})

describe('lines of an order', () => {
  it('leave it by each command that Odoo has for it', () => {
    const caller = aCaller(18)
    const lineIds = (): unknown => caller.erp.books.sales.must(1).lineIds
    quote(caller, [[1, 1], [2, 1], [3, 1], [4, 1]])
    caller.call('sale.order', 'write', [[1], { order_line: [[3, 1001]] }])
    expect(lineIds()).toEqual([1002, 1003, 1004])
    caller.call('sale.order', 'write', [[1], { order_line: [[6, 0, [1002, 1003]]] }])
    expect(lineIds()).toEqual([1002, 1003])
    caller.call('sale.order', 'write', [[1], { order_line: [[5]] }])
    expect(lineIds()).toEqual([])
    expect(() => caller.call('sale.order', 'write', [[1], { order_line: [[2, 1002, 0]] }])).toThrow('(Record: sale.order.line(1002,), User: 2)')
  })

  it('stay as they were when one of them may not go', () => {
    const caller = aCaller(18)
    quote(caller, [[1, 1], [2, 1]])
    caller.erp.confirm(1, caller.by, monday)
    expect(() => caller.call('sale.order', 'write', [[1], { origin: 'x', order_line: [[1, 1001, { product_uom_qty: 5 }], [2, 1002]] }]))
      .toThrow("Once a sales order is confirmed, you can't remove one of its lines")
    expect([String(caller.erp.books.saleLines.must(1001).quantity), caller.erp.books.sales.must(1).origin]).toEqual(['1', null])
  })

  it('keep their names, their places and, once sold, their products', () => {
    const caller = aCaller(18)
    quote(caller, [[1, 1]])
    caller.call('sale.order.line', 'write', [[1001], { name: 'A mug', sequence: 3 }])
    expect(caller.call('sale.order.line', 'read', [[1001], ['name', 'sequence']])).toEqual([{ id: 1001, name: 'A mug', sequence: 3 }])
    caller.erp.confirm(1, caller.by, monday)
    expect(() => caller.call('sale.order.line', 'write', [[1001], { display_type: 'line_note' }])).toThrow('You cannot change the type of a sale order line.')
    caller.erp.changeSale(1, { locked: true }, caller.by, monday)
    expect(() => caller.call('sale.order.line', 'write', [[1001], { price_unit: 2, name: 'x' }]))
      .toThrow('odoo.exceptions.UserError: It is forbidden to modify the following fields in a locked order:\nUnit Price\nDescription')
  })

  it('are counted in the currency that their order comes to be in', () => {
    const caller = aCaller(18)
    quote(caller, [[1, '100.4']])
    caller.call('sale.order', 'write', [[1], { pricelist_id: pricelistIn(caller, 'JPY') }])
    expect(caller.call('sale.order', 'read', [[1], ['amount_untaxed', 'amount_total']])).toEqual([{ id: 1, amount_untaxed: 100, amount_total: 120 }])
  })
})

describe('a locked order', () => {
  it.each<Version>([17, 18, 19])('is not called off in Odoo %i, warned or not', (version) => {
    const caller = aCaller(version)
    quote(caller, [[1, 1]])
    caller.call('sale.order', 'write', [[1], { state: 'sale', locked: true }])
    expect(() => caller.call('sale.order', 'action_cancel', [[1]])).toThrow('odoo.exceptions.UserError: You cannot cancel a locked order. Please unlock it first.')
  })
})

describe('a method', () => {
  it.each(versions)('that Odoo %i does not have is named', (version) => {
    const caller = aCaller(version)
    expect(() => caller.call('sale.order', 'nothing', [[]])).toThrow(version >= 18
      ? "builtins.AttributeError: The method 'sale.order.nothing' does not exist"
      : "builtins.AttributeError: The method 'nothing' does not exist on the model 'sale.order'")
    expect(() => caller.call('sale.order', 'init')).toThrow(version >= 18
      ? "odoo.exceptions.AccessError: Private methods (such as 'sale.order.init') cannot be called remotely."
      : 'odoo.exceptions.AccessError: Private methods (such as init) cannot be called remotely.')
    expect(() => caller.call('sale.order', 'action_confirm')).toThrow('builtins.IndexError: tuple index out of range')
  })
})

function pricelistIn(caller: Caller, currency: string): unknown {
  return [caller.call('product.pricelist', 'search', [[['currency_id.name', '=', currency]]])].flat()[0]
}
