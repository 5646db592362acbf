/** What the simulated Odoo of each version refuses, as our connector sorts it: the same by either protocol. */
import { describe, expect, it } from 'vitest'
import type { FaultClass } from '../../../../src-main/domain/fault.ts'
import { faultOfMessages, faultOfOdoo } from '../../../../src-main/engine/connectors/odoo/faults.ts'
import { odooServer } from '../../../../src-main/world/wire/odoo/server.ts'
import { aScene, monday, quote } from '../../erp/scene.ts'
import { aCaller, type Version } from './caller.ts'

const versions: readonly Version[] = [16, 17, 18, 19]

interface Call {
  readonly model: string
  readonly method: string
  readonly ids?: readonly number[]
  readonly named?: Readonly<Record<string, unknown>>
}

const refusals: readonly (readonly [what: string, call: Call, expected: FaultClass])[] = [
  ['a model of an app that is not there', { model: 'project.task', method: 'search', named: { domain: [] } }, 'not-found'],
  ['a method that there is not', { model: 'sale.order', method: 'teleport', ids: [1] }, 'not-found'],
  ['an order that is gone', { model: 'sale.order', method: 'action_confirm', ids: [99] }, 'temporary'],
  ['a field that there is not', { model: 'sale.order', method: 'search_read', named: { domain: [], fields: ['shop_ref'] } }, 'validation'],
  ['a domain by a field that there is not', { model: 'sale.order', method: 'search', named: { domain: [['shop_ref', '=', 1]] } }, 'validation'],
  ['a domain that breaks off', { model: 'sale.order', method: 'search', named: { domain: ['|', ['id', '=', 1]] } }, 'validation'],
  ['a limit in words', { model: 'sale.order', method: 'search', named: { domain: [], limit: 'many' } }, 'validation'],
  ['a time in words', { model: 'sale.order', method: 'search', named: { domain: [['write_date', '>', 'lately']] } }, 'validation'],
  ['an order without a customer', { model: 'sale.order', method: 'create', named: { vals_list: [{}] } }, 'validation'],
  ['an order in no warehouse of theirs', { model: 'sale.order', method: 'create', named: { vals_list: [{ partner_id: 41, warehouse_id: 99 }] } }, 'validation'],
  ['an argument that there is not', { model: 'sale.order', method: 'search', named: { domain: [], page: 2 } }, 'validation'],
  ['a state that there is not', { model: 'sale.order', method: 'write', ids: [1], named: { vals: { state: 'shipped' } } }, 'validation'],
  ['what only the books may write', { model: 'account.move', method: 'create', named: { vals_list: [{}] } }, 'permission'],
  ['an order that is locked', { model: 'sale.order', method: 'action_cancel', ids: [1], named: { context: { disable_cancel_warning: true } } }, 'erp-rejection'],
]

describe.each(versions)('a refusal of Odoo %i', (version) => {
  it.each(refusals)('of %s is told by JSON-RPC in a class of its own', (_what, { model, method, ids, named = {} }, expected) => {
    const caller = locked(version)
    const places = ids === undefined ? [] : [ids]
    const { status, body } = caller.raw('object', 'execute_kw', ['acme', caller.by, 'key', model, method, places, named])
    expect(told(status, body)).toMatchObject({ class: expected, says: expect.stringMatching(/^[A-Z].{20,}\.$/) })
  })

  it.each([
    ['psycopg2.errors.SerializationFailure', 'could not serialize access due to concurrent update\n'],
    ['psycopg2.errors.LockNotAvailable', 'could not obtain lock on row in relation "sale_order"\n'],
    ['psycopg2.errors.DeadlockDetected', 'deadlock detected\n'],
  ])('by a lock, %s, passes', (exception, says) => {
    const scene = aScene()
    const server = odooServer({ erp: scene.erp, version, now: () => monday, interrupt: () => ({ exception, says }) })
    const ask = (path: string, body: unknown) => {
      const headers = { 'content-type': 'application/json', authorization: 'bearer key' }
      const reply = server({ method: 'POST', path, headers, body: JSON.stringify(body) })
      return reply.kind === 'answer' ? told(reply.status, JSON.parse(reply.body)) : null
    }
    const args = ['acme', scene.by, 'key', 'sale.order', 'create', [[{ partner_id: 41 }]]]
    expect(ask('/jsonrpc', { jsonrpc: '2.0', id: 1, params: { service: 'object', method: 'execute_kw', args } })?.class).toBe('temporary')
    if (version === 19) expect(ask('/json/2/sale.order/create', { vals_list: [{ partner_id: 41 }] })?.class).toBe('temporary')
    expect(scene.erp.books.sales.size).toBe(0)
  })

  it('of a wrong key asks for another', () => {
    const caller = aCaller(version)
    const { status, body } = caller.raw('object', 'execute_kw', ['acme', caller.by, 'wrong', 'sale.order', 'search', [[]]])
    expect(told(status, body)?.class).toBe('credentials')
    if (version < 19) return
    const other = caller.json2('sale.order/search', { domain: [] }, { authorization: 'bearer wrong' })
    expect(told(other.status, other.body)?.class).toBe('credentials')
  })

  it('of an import names the field that is missing', () => {
    const answer = aCaller(version).call('sale.order', 'load', [['id', 'client_order_ref'], [['so_1', 'shop1:1001']]])
    const { messages } = answer as { readonly messages: readonly { readonly message: string }[] }
    expect(faultOfMessages(messages.map(({ message }) => message))).toMatchObject({
      class: 'validation', says: 'Odoo wants a value for “Customer” and got none. Nothing was changed.',
    })
  })
})

describe('a refusal by JSON-2', () => {
  it.each(refusals)('of %s is told in the class that JSON-RPC gives it', (_what, { model, method, ids, named = {} }, expected) => {
    const { status, body } = locked(19).json2(`${model}/${method}`, { ...named, ...(ids === undefined ? {} : { ids }) })
    expect(told(status, body)).toMatchObject({ class: expected, says: expect.stringMatching(/^[A-Z].{20,}\.$/) })
  })
})

/** One order, which is locked. */
function locked(version: Version) {
  const caller = aCaller(version)
  quote(caller, [[1, 1]])
  caller.erp.confirm(1, caller.by, monday)
  caller.erp.changeSale(1, { locked: true }, caller.by, monday)
  return caller
}

/** As the connector's transport hands bodies on: figures are texts. */
function told(status: number, body: unknown) {
  const json: unknown = JSON.parse(JSON.stringify(body), (_key, value: unknown) => (typeof value === 'number' ? String(value) : value))
  return faultOfOdoo({ status, json })
}
