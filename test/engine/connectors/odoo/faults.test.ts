import { describe, expect, it } from 'vitest'
import type { FaultClass } from '../../../../src-main/domain/fault.ts'
import { faultOfMessages, faultOfOdoo } from '../../../../src-main/engine/connectors/odoo/faults.ts'

const debug = 'Traceback (most recent call last): password=hunter2'
const rpc = (name: string, message: string, code = '200') => ({
  status: 200,
  json: {
    jsonrpc: '2.0',
    id: '1',
    error: {
      code,
      message: 'Odoo Server Error',
      data: { name, message, arguments: [message], debug },
    },
  },
})
const json2 = (status: number, name: string, message: string) => ({
  status,
  json: { name, message, arguments: [message], context: {}, debug },
})

describe('what an error of Odoo means', () => {
  it.each<[string, ReturnType<typeof rpc> | ReturnType<typeof json2>, FaultClass]>([
    [
      'a conflict of transactions',
      rpc(
        'psycopg2.errors.SerializationFailure',
        'could not serialize access due to concurrent update',
      ),
      'temporary',
    ],
    [
      'a locked row',
      rpc(
        'psycopg2.errors.LockNotAvailable',
        'could not obtain lock on row in relation "sale_order"',
      ),
      'temporary',
    ],
    [
      'a deadlock',
      json2(500, 'psycopg2.errors.DeadlockDetected', 'deadlock detected'),
      'temporary',
    ],
    [
      'a lock of 19',
      json2(409, 'odoo.exceptions.LockError', 'Cannot grab a lock on records'),
      'temporary',
    ],
    [
      'a database that restarts',
      rpc('psycopg2.OperationalError', 'server closed the connection unexpectedly'),
      'temporary',
    ],
    [
      'an unknown database',
      rpc('psycopg2.OperationalError', 'FATAL:  database "nothing" does not exist'),
      'not-found',
    ],
    ['a bad key', rpc('odoo.exceptions.AccessDenied', 'Access Denied'), 'credentials'],
    [
      'a bad key of 19',
      json2(401, 'werkzeug.exceptions.Unauthorized', 'Invalid apikey'),
      'credentials',
    ],
    [
      'an expired session',
      rpc('odoo.http.SessionExpiredException', 'Session expired', '100'),
      'credentials',
    ],
    [
      'a missing right',
      rpc(
        'odoo.exceptions.AccessError',
        "You are not allowed to access 'Quant' (stock.quant) records.",
      ),
      'permission',
    ],
    [
      'a missing right of 19',
      json2(
        403,
        'odoo.exceptions.AccessError',
        "You are not allowed to access 'Quant' (stock.quant) records.",
      ),
      'permission',
    ],
    [
      'a record that went',
      json2(404, 'odoo.exceptions.MissingError', 'Record does not exist or has been deleted.'),
      'temporary',
    ],
    [
      'a wrong value',
      rpc(
        'odoo.exceptions.ValidationError',
        'Missing required fields on accountable sale order line.',
      ),
      'validation',
    ],
    [
      'an unknown field',
      rpc('builtins.ValueError', "Invalid field 'tax_id' on model 'sale.order.line'"),
      'validation',
    ],
    [
      'wrong arguments',
      json2(
        422,
        'werkzeug.exceptions.UnprocessableEntity',
        "missing a required argument: 'domain'",
      ),
      'validation',
    ],
    [
      'a business rule',
      rpc(
        'odoo.exceptions.UserError',
        'It is not allowed to confirm an order in the following states: cancel',
      ),
      'erp-rejection',
    ],
    [
      'a business rule of 19',
      json2(422, 'odoo.exceptions.UserError', 'It is not allowed to confirm an order'),
      'erp-rejection',
    ],
    [
      'a question',
      rpc('odoo.exceptions.RedirectWarning', 'You must first configure a journal.'),
      'erp-rejection',
    ],
    [
      'an unknown model',
      json2(404, 'werkzeug.exceptions.NotFound', "the model 'sale.order' does not exist"),
      'not-found',
    ],
    [
      'an unknown model before 19',
      rpc('odoo.exceptions.UserError', "Object stock.quant doesn't exist"),
      'not-found',
    ],
    [
      'an unknown method',
      rpc('builtins.AttributeError', "The method 'sale.order.has_access' does not exist"),
      'not-found',
    ],
    [
      'a text where the database wants a number',
      json2(
        500,
        'psycopg2.errors.InvalidTextRepresentation',
        'invalid input syntax for type bigint: "many"',
      ),
      'validation',
    ],
    [
      'a domain that is none',
      rpc('builtins.AssertionError', 'This domain is syntactically not correct: [...]'),
      'validation',
    ],
    ['a failure inside', json2(500, 'builtins.ZeroDivisionError', 'division by zero'), 'temporary'],
    [
      'a failure inside, before 19',
      rpc('builtins.ZeroDivisionError', 'division by zero', '0'),
      'unexpected-shape',
    ],
  ])('takes %s for %s', (_what, answer, expected) => {
    const found = faultOfOdoo(answer)
    expect(found?.class).toBe(expected)
    expect(found?.says).toMatch(/^[A-Z].{20,}\.$/)
    expect(JSON.stringify(found)).not.toMatch(/Traceback|hunter2/)
  })

  it('says nothing of a good answer, nor of a status that is no Odoo’s word', () => {
    expect(faultOfOdoo({ status: 200, json: { jsonrpc: '2.0', id: '1', result: [] } })).toBeNull()
    expect(faultOfOdoo({ status: 200, json: [{ id: '1', name: 'S00001' }] })).toBeNull()
    expect(faultOfOdoo({ status: 502, json: null })).toBeNull()
  })

  it.each([
    [
      'that is missing',
      'odoo.exceptions.ValidationError',
      'The operation cannot be completed:\n- Create/update: a mandatory field is not set.\n\nModel: Sales Order (sale.order)\nField: Customer (partner_id)\n',
      'Odoo wants a value for “Customer” and got none. Nothing was changed.',
    ],
    [
      'that is missing in 19',
      'odoo.exceptions.ValidationError',
      "The operation cannot be completed: Missing required value for the field 'Customer' (partner_id).\nModel: 'Sales Order' (sale.order)\n",
      'Odoo wants a value for “Customer” and got none. Nothing was changed.',
    ],
    [
      'that Odoo does not have',
      'builtins.ValueError',
      "Invalid field 'tax_id' in 'sale.order.line'",
      'Odoo does not have the field “tax_id” that was asked for or written. Nothing was changed.',
    ],
    [
      'that Odoo does not have to search by',
      'builtins.ValueError',
      "Invalid field sale.order.shop_ref in leaf ('shop_ref', '=', 'x')",
      'Odoo does not have the field “sale.order.shop_ref” that was asked for or written. Nothing was changed.',
    ],
  ])('names the field %s', (_what, name, message, says) => {
    expect(faultOfOdoo(rpc(name, message))?.says).toBe(says)
  })

  it('names the model that may not be read', () => {
    expect(
      faultOfOdoo(
        rpc(
          'odoo.exceptions.AccessError',
          "You are not allowed to access 'Quant' (stock.quant) records.",
        ),
      )?.says,
    ).toContain('"stock.quant"')
  })

  it('says nothing of a customer, whatever Odoo names', () => {
    const said = [
      rpc(
        'odoo.exceptions.AccessError',
        "Uh-oh! Looks like you have stumbled upon some top-secret records.\n\nSorry, Ana García (id=7) doesn't have 'read' access to:",
      ),
      rpc('odoo.exceptions.UserError', 'The partner "Ana García" (ana@example.test) is blocked.'),
      rpc('odoo.exceptions.ValidationError', "Duplicate e-mail: 'ana@example.test'"),
    ].map((answer) => JSON.stringify(faultOfOdoo(answer)))
    expect(said.join()).not.toMatch(/Ana|García|ana@/)
  })

  it.each<[string, FaultClass]>([
    ['could not serialize access due to concurrent update', 'temporary'],
    ["No matching record found for database id '99' in field 'Customer'", 'validation'],
    ["Missing required value for the field 'Customer' (partner_id)", 'validation'],
    ['You cannot sell this product to this customer.', 'erp-rejection'],
  ])('takes what load says, "%s", for %s', (message, expected) => {
    expect(faultOfMessages([message]).class).toBe(expected)
  })
})
