import { afterEach, describe, expect, it } from 'vitest'
import { orders } from '../../../../src-main/engine/connectors/odoo/streams.ts'
import { stock } from '../../../../src-main/engine/connectors/odoo/stock.ts'
import { type Connection, closeAll, connect, ordersBy, value } from './connection.ts'
import { apiKey, calledIn } from './platform.ts'

afterEach(closeAll)

const argsOf = (body: unknown): readonly unknown[] => Object(Object(body).params).args ?? []
const logins = ({ platform }: Connection): number =>
  platform.seen.filter(({ body }) => Object(Object(body).params).method === 'authenticate').length
const read = ({ api, settings }: Connection) => orders.read(api, null, { settings, since: null })

describe('logging in to an Odoo up to 18', () => {
  it('asks once who we are, and puts the key where JSON-RPC takes it', async () => {
    const connection = await connect()
    value(await read(connection))
    value(await stock.read(connection.api, null, { settings: connection.settings, since: null }))
    expect(logins(connection)).toBe(1)
    const calls = connection.platform.seen.filter(
      (request) => calledIn(request)?.method === 'search_read',
    )
    expect(calls.length).toBeGreaterThan(5)
    for (const { body } of calls) expect(argsOf(body).slice(0, 3)).toEqual(['atelier', 7, apiKey])
  })

  it('calls a wrong key by its name and does not send it again', async () => {
    const connection = await connect({ key: 'wrong' })
    expect(await read(connection)).toMatchObject({ ok: false, fault: { class: 'credentials' } })
    expect(await read(connection)).toMatchObject({ ok: false, fault: { class: 'credentials' } })
    expect(logins(connection)).toBe(1)
  })

  it('asks for the login that it cannot do without', async () => {
    const connection = await connect({ settings: { user: null } })
    expect(await read(connection)).toMatchObject({
      ok: false,
      fault: { class: 'validation', path: 'user' },
    })
  })

  it('names a database that is not there', async () => {
    const connection = await connect({ settings: { database: 'nothing' } })
    expect(await read(connection)).toMatchObject({
      ok: false,
      fault: { class: 'not-found', path: 'database' },
    })
  })

  it('shows the key in no log line', async () => {
    const connection = await connect()
    value(await read(connection))
    connection.platform.misbehave({
      status: 500,
      json: { error: { data: { name: 'x', message: `args: ${apiKey}` } } },
    })
    const failed = await read(connection)
    expect(JSON.stringify([connection.log, failed])).not.toContain(apiKey)
  })
})

describe('logging in to an Odoo from 19 on', () => {
  it('needs no login, and sends the key as a bearer and nowhere else', async () => {
    const connection = await connect({ version: 19, settings: { user: null } })
    value(await read(connection))
    expect(
      connection.platform.seen.every(
        ({ path }) => path === '/web/version' || path.startsWith('/json/2/'),
      ),
    ).toBe(true)
    expect(JSON.stringify(connection.platform.seen.map(({ body }) => body))).not.toContain(apiKey)
  })

  it.each([
    ['a wrong key', { key: 'wrong' }, { class: 'credentials' }],
    [
      'a database that is not there',
      { settings: { database: 'nothing' } },
      { class: 'not-found', path: 'database' },
    ],
  ])('names %s', async (_what, given, fault) => {
    expect(await read(await connect({ version: 19, ...given }))).toMatchObject({ ok: false, fault })
  })
})

describe('what a user of Odoo may not see', () => {
  it('leaves out a field, and reads the order without it', async () => {
    const connection = await connect({
      hidden: [
        'sale.order/origin',
        'sale.order/invoice_status',
        'sale.order.line/discount',
        'res.partner/email',
      ],
    })
    const [order] = await ordersBy(connection, '1')
    expect(order).toMatchObject({
      number: 'S00001',
      references: ['SO-10001'],
      customerEmail: null,
      state: 'open',
    })
    const asked = JSON.stringify(
      connection.platform.seen.map((request) => calledIn(request)?.named),
    )
    expect(asked).not.toMatch(/"origin"|"invoice_status"|"discount"/)
  })

  it('names a field that nothing can be said without', async () => {
    const connection = await connect({ hidden: ['sale.order/amount_total'] })
    expect(await read(connection)).toMatchObject({
      ok: false,
      fault: { class: 'permission', path: 'sale.order.amount_total' },
    })
  })

  it('reads orders of which it may see neither users nor stock moves', async () => {
    const [order] = await ordersBy(
      await connect({ refused: ['res.partner.category', 'stock.move'] }),
      '1',
    )
    expect(order).toMatchObject({ createdBy: 'connector', reservesStock: true })
  })

  it('cannot prove that an order is not there whose reference it may not see', async () => {
    const { api, settings } = await connect({ hidden: ['sale.order/client_order_ref'] })
    const found = await orders.lookup?.(api, { by: 'reference', values: ['SO-99999'] }, settings)
    expect(found).toEqual({ ok: true, value: { rows: [], complete: false } })
  })

  it('cannot prove that an order is not there while a role hides the orders of others', async () => {
    const { api, settings } = await connect({
      answer: ({ method, named }) =>
        method === 'has_group'
          ? { result: named['group_ext_id'] === 'sales_team.group_sale_salesman' }
          : undefined,
    })
    const found = await orders.lookup?.(api, { by: 'reference', values: ['SO-99999'] }, settings)
    expect(found).toEqual({ ok: true, value: { rows: [], complete: false } })
  })

  it('of several companies reads the one that it was told', async () => {
    const { api, settings } = await connect({ settings: { company: 'Nobody Ltd' } })
    expect(await orders.read(api, null, { settings, since: null })).toMatchObject({
      ok: false,
      fault: { class: 'validation', path: 'company' },
    })
  })
})
