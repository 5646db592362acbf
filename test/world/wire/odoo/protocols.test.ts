/** The two protocols, their ways in, and what each answers when something is wrong. */
import { describe, expect, it } from 'vitest'
import { diceOf } from '../../../../src-main/world/business/dice.ts'
import { crowded } from '../../../../src-main/world/wire/odoo/crowd.ts'
import { odooServer } from '../../../../src-main/world/wire/odoo/server.ts'
import { aScene, monday, quote } from '../../erp/scene.ts'
import { aCaller, type Version } from './caller.ts'

const versions: readonly Version[] = [16, 17, 18, 19]

describe('common', () => {
  it.each(versions)('tells that it is Odoo %i', (version) => {
    expect(aCaller(version).raw('common', 'version', [])).toEqual({ status: 200, body: { jsonrpc: '2.0', id: 7, result: {
      server_version: `${version}.0`, server_version_info: [version, 0, 0, 'final', 0, ''], server_serie: `${version}.0`, protocol_version: 1,
    } } })
  })

  it('lets in by key or password, and answers false to anything else', () => {
    const caller = aCaller(18)
    caller.erp.addUser({ login: 'ada', name: 'Ada', apiKey: null, password: 'secret', mayWriteOrders: false }, monday)
    const authenticate = (login: string, secret: string): unknown => caller.raw('common', 'authenticate', ['acme', login, secret, {}]).body.result
    expect([authenticate('shop', 'key'), authenticate('ada', 'secret'), authenticate('shop', 'wrong'), authenticate('nobody', 'key'), authenticate('ada', '')])
      .toEqual([2, 3, false, false, false])
  })
})

describe('JSON-RPC', () => {
  it.each([
    ['a wrong key', ['acme', 2, 'wrong', 'sale.order', 'search', [[]]], 'odoo.exceptions.AccessDenied'],
    ['a wrong database', ['other', 2, 'key', 'sale.order', 'search', [[]]], 'psycopg2.OperationalError'],
    ['an unknown model', ['acme', 2, 'key', 'no.model', 'search', [[]]], 'odoo.exceptions.UserError'],
    ['an unknown method', ['acme', 2, 'key', 'sale.order', 'nothing', [[]]], 'builtins.AttributeError'],
    ['a private method', ['acme', 2, 'key', 'sale.order', '_write', [[]]], 'odoo.exceptions.AccessError'],
    ['an unknown field', ['acme', 2, 'key', 'sale.order', 'search_read', [[], ['nothing']]], 'builtins.ValueError'],
    ['an unknown argument', ['acme', 2, 'key', 'sale.order', 'search', [[]], { nothing: 1 }], 'builtins.TypeError'],
    ['a missing argument', ['acme', 2, 'key', 'sale.order', 'search', []], 'builtins.TypeError'],
    ['a company of others', ['acme', 2, 'key', 'sale.order', 'search', [[]], { context: { allowed_company_ids: [2] } }], 'odoo.exceptions.AccessError'],
    ['a record that is gone', ['acme', 2, 'key', 'sale.order', 'action_confirm', [[9]]], 'odoo.exceptions.MissingError'],
  ])('answers 200 to %s, and says what it was', (_what, args, name) => {
    const { status, body } = aCaller(18).raw('object', 'execute_kw', args)
    expect(status).toBe(200)
    expect(body).toEqual({ jsonrpc: '2.0', id: 7, error: { code: 200, message: 'Odoo Server Error', data: {
      name, message: expect.any(String), arguments: expect.any(Array), context: {}, debug: expect.stringContaining(`${name}: `),
    } } })
  })

  it('gives the code 0 in 19', () => {
    expect(aCaller(19).raw('object', 'execute_kw', ['acme', 2, 'wrong', 'sale.order', 'search', [[]]]).body.error?.code).toBe(0)
  })

  it('says that a session has expired where a session is wanted', () => {
    const reply = aCaller(17).server({ method: 'POST', path: '/web/dataset/call_kw', headers: { 'content-type': 'application/json' }, body: '{"id":1,"params":{}}' })
    expect(reply).toMatchObject({ status: 200, body: expect.stringContaining('"code": 100, "message": "Odoo Session Expired"') })
  })

  it.each([['no JSON at all', 'nothing', 400], ['a list', '[]', 400]])('answers %s with a page', (_what, body, status) => {
    expect(aCaller(17).server({ method: 'POST', path: '/jsonrpc', headers: { 'content-type': 'application/json' }, body })).toMatchObject({ status })
  })
})

describe('JSON-2', () => {
  it('is of 19 alone', () => {
    expect(versions.map((version) => aCaller(version).json2('res.users/context_get', {}).status)).toEqual([404, 404, 404, 200])
    const probe = { method: 'GET', path: '/web/version', headers: {}, body: '' }
    expect(aCaller(18).server(probe)).toMatchObject({ status: 404 })
    expect(aCaller(19).server(probe)).toMatchObject({ status: 200, body: '{"version_info": [19, 0, 0, "final", 0, ""], "version": "19.0"}' })
  })

  it.each([
    ['a missing key', 'sale.order/search', { domain: [] }, {}, 401, 'werkzeug.exceptions.Unauthorized'],
    ['a wrong key', 'sale.order/search', { domain: [] }, { authorization: 'bearer wrong' }, 401, 'werkzeug.exceptions.Unauthorized'],
    ['an unknown model', 'no.model/search', { domain: [] }, undefined, 404, 'werkzeug.exceptions.NotFound'],
    ['an unknown method', 'sale.order/nothing', {}, undefined, 404, 'werkzeug.exceptions.NotFound'],
    ['a missing argument', 'sale.order/search', {}, undefined, 422, 'werkzeug.exceptions.UnprocessableEntity'],
    ['an argument that the method has not', 'sale.order/search', { domain: [], nothing: 1 }, undefined, 422, 'werkzeug.exceptions.UnprocessableEntity'],
    ['ids for a method of the model', 'sale.order/search', { ids: [1], domain: [] }, undefined, 422, 'werkzeug.exceptions.UnprocessableEntity'],
    ['an unknown field', 'sale.order/search_read', { fields: ['nothing'] }, undefined, 500, 'builtins.ValueError'],
    ['a record that is gone', 'sale.order/action_confirm', { ids: [9] }, undefined, 404, 'odoo.exceptions.MissingError'],
    ['what Odoo refuses', 'sale.order/create', { vals_list: [{}] }, undefined, 422, 'odoo.exceptions.ValidationError'],
    ['what the user may not', 'account.move/create', { vals_list: [{}] }, undefined, 403, 'odoo.exceptions.AccessError'],
    ['a private method', 'sale.order/_write', {}, undefined, 404, 'werkzeug.exceptions.NotFound'],
    ['a question to a user that names none', 'res.users/has_group', { ids: [1, 2], group: 'base.group_user' }, undefined, 422, 'werkzeug.exceptions.UnprocessableEntity'],
    ['a body that is no object', 'sale.order/search', [], undefined, 400, 'werkzeug.exceptions.BadRequest'],
  ])('answers %s with its status', (_what, path, body, headers, status, name) => {
    expect(aCaller(19).json2(path, body, headers)).toEqual({ status, body: {
      name, message: expect.any(String), arguments: expect.any(Array), context: {}, debug: expect.any(String),
    } })
  })

  it('knows no route for a database that is not there', () => {
    expect(aCaller(19).json2('sale.order/search', { domain: [] }, { authorization: 'bearer key', 'x-odoo-database': 'other' }).status).toBe(404)
    expect(aCaller(19).json2('sale.order/search', { domain: [] }, { authorization: 'bearer key', 'x-odoo-database': 'acme' }).status).toBe(200)
  })

  it('gives the rows that JSON-RPC gives', () => {
    const caller = aCaller(19)
    const sale = quote(caller, [[3, '9.99'], [1, '0.10']])
    caller.erp.confirm(sale.id, caller.by, monday)
    const move = caller.erp.invoice(sale.lineIds.map((saleLineId) => ({ saleLineId })), caller.by, monday)
    caller.erp.post(move.id, '2026-11-23', caller.by, monday)
    for (const model of ['sale.order', 'sale.order.line', 'account.move', 'account.move.line', 'stock.picking', 'stock.move', 'stock.quant', 'product.product', 'res.partner', 'account.tax']) {
      const named = { domain: [['write_date', '>=', '2026-11-23 03:00:00']], order: 'write_date asc, id asc', limit: 5, load: null }
      const { domain, ...others } = named
      const rows = caller.call(model, 'search_read', [domain], others)
      expect(rows, model).not.toEqual([])
      expect(caller.json2(`${model}/search_read`, named).body, model).toEqual(rows)
    }
  })
})

describe('a call that meets something', () => {
  it.each([
    ['odoo.exceptions.LockError', 409], ['odoo.exceptions.UserError', 422], ['psycopg2.errors.SerializationFailure', 500],
  ])('answers %s in either protocol, and does nothing', (exception, status) => {
    const scene = aScene()
    const server = odooServer({
      erp: scene.erp, version: 19, now: () => monday,
      interrupt: ({ method }) => method === 'create' ? { exception, says: 'Not now.' } : null,
    })
    const headers = { 'content-type': 'application/json', authorization: 'bearer key' }
    const vals = { partner_id: 41 }
    const rpc = JSON.stringify({ id: 1, params: { service: 'object', method: 'execute_kw', args: ['acme', 2, 'key', 'sale.order', 'create', [vals]] } })
    expect(server({ method: 'POST', path: '/jsonrpc', headers, body: rpc })).toMatchObject({ status: 200, body: expect.stringContaining(`"name": "${exception}", "message": "Not now."`) })
    expect(server({ method: 'POST', path: '/json/2/sale.order/create', headers, body: JSON.stringify({ vals_list: [vals] }) })).toMatchObject({ status })
    expect(scene.erp.books.sales.size).toBe(0)
  })
})

describe('a crowded Odoo', () => {
  const vals = { partner_id: 41 }
  const headers = { 'content-type': 'application/json', authorization: 'bearer key' }

  /** What comes of so many calls, by what was said. */
  function said(version: Version, method: string, args: readonly unknown[], times: number): ReadonlyMap<string, number> {
    const scene = aScene()
    const fraction = diceOf(7, 'crowd')
    const interrupt = crowded({ reads: 0.1, writes: 0.5 }, () => fraction.int(0, 999) / 1000)
    const server = odooServer({ erp: scene.erp, version, now: () => monday, interrupt })
    const counts = new Map<string, number>()
    for (let count = 0; count < times; count += 1) {
      const body = JSON.stringify({ id: 1, params: { service: 'object', method: 'execute_kw', args: ['acme', 2, 'key', 'sale.order', method, args] } })
      const reply = server({ method: 'POST', path: '/jsonrpc', headers, body })
      const name = reply.kind === 'answer' ? JSON.parse(reply.body).error?.data.name ?? 'done' : 'nothing'
      counts.set(name, (counts.get(name) ?? 0) + 1)
    }
    expect(scene.erp.books.sales.size).toBe(method === 'create' ? counts.get('done') : 0)
    return counts
  }

  it('stands in the way of writers by every kind of lock, and does nothing then', () => {
    const names = ['psycopg2.errors.SerializationFailure', 'psycopg2.errors.LockNotAvailable', 'psycopg2.errors.DeadlockDetected']
    expect([...said(18, 'create', [vals], 200).keys()].toSorted()).toEqual(['done', ...names].toSorted())
    expect([...said(19, 'create', [vals], 200).keys()].toSorted()).toEqual(['done', ...names, 'odoo.exceptions.LockError'].toSorted())
  })

  it('has no connection left for some readers', () => {
    expect([...said(18, 'search', [[]], 200).keys()].toSorted()).toEqual(['done', 'odoo.sql_db.PoolError'])
  })

  it('only tells an import that its rows are held: the answer is a good one without ids', () => {
    const scene = aScene()
    const server = odooServer({ erp: scene.erp, version: 18, now: () => monday, interrupt: crowded({ reads: 0, writes: 1 }, () => 0) })
    const args = ['acme', 2, 'key', 'sale.order', 'load', [['id', 'partner_id/.id'], [['so_1', '41']]]]
    const reply = server({ method: 'POST', path: '/jsonrpc', headers, body: JSON.stringify({ id: 1, params: { service: 'object', method: 'execute_kw', args } }) })
    expect(reply.kind === 'answer' ? JSON.parse(reply.body).result : null).toEqual({
      ids: false, nextrow: 0,
      messages: [{ type: 'error', record: 0, rows: { from: 0, to: 0 }, message: 'could not serialize access due to concurrent update\n' }],
    })
    expect(scene.erp.books.sales.size).toBe(0)
  })
})

describe('a user who may not', () => {
  it.each<Version>([16, 17, 18])('is told in Odoo %i of all fields that it asked for in vain', (version) => {
    const scene = aScene()
    const mayNotRead = ['sale.order.amount_total', 'sale.order.amount_tax']
    const by = scene.erp.addUser({ login: 'monitor', name: 'Monitor', apiKey: 'key', mayWriteOrders: false, mayNotRead }, monday).id
    expect(() => aCaller(version, { ...scene, by }).call('sale.order', 'search_read', [[], ['name', 'amount_total', 'amount_tax']])).toThrow(
      'odoo.exceptions.AccessError: You do not have enough rights to access the fields "amount_total,amount_tax" on Sales Order (sale.order). '
      + 'Please contact your system administrator.\n\n(Operation: read)',
    )
  })

  it('reads neither the model nor the field, and is not told that the field exists', () => {
    const caller = aCaller(19)
    quote(caller, [[1, 1]])
    caller.erp.addUser({ login: 'monitor', name: 'Monitor', apiKey: 'monitor', mayWriteOrders: false, mayNotRead: ['account.move', 'sale.order.amount_total'] }, monday)
    const ask = (path: string, body: unknown) => caller.json2(path, body, { authorization: 'bearer monitor' })
    expect(ask('account.move/search_read', {})).toMatchObject({ status: 403, body: { name: 'odoo.exceptions.AccessError', message: expect.stringContaining("You are not allowed to access 'Journal Entry' (account.move) records.") } })
    expect(ask('sale.order/search_read', { fields: ['name', 'amount_total'] })).toMatchObject({ status: 403, body: { message: 'You do not have enough rights to access the field "amount_total" on Sales Order (sale.order). Please contact your system administrator.\n\nOperation: read' } })
    expect(ask('sale.order/search', { domain: [['amount_total', '>', 0]] }).status).toBe(403)
    expect(ask('sale.order/fields_get', { allfields: ['amount_total'] }).body).toEqual({})
    expect(ask('sale.order/search_read', { fields: ['name'] })).toEqual({ status: 200, body: [{ id: 1, name: 'S00001' }] })
    expect(ask('sale.order/check_access_rights', { operation: 'create', raise_exception: false }).body).toBe(false)
    expect(ask('sale.order/create', { vals_list: [{ partner_id: 41 }] }).status).toBe(403)
    expect(caller.erp.books.sales.size).toBe(1)
  })
})
