/** Lists of the simulated Shopify: what a search finds, when, in which order, and how one pages through it. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aCheckout, noon } from '../../shop/a-shop.ts'
import { aServer, rowsWithin, within, type Client } from './a-server.ts'
import type { Checkout } from '../../../../src-main/world/shop/checkout.ts'
import type { Order } from '../../../../src-main/world/shop/shop.ts'

const day = 24 * 60 * 60 * 1000

function place(client: Client, over: Partial<Checkout> = {}): Order {
  return client.shop.place(aCheckout([{ variantId: client.mug, quantity: 1 }], { source: 'pos', ...over }))
}

function names(client: Client, q: string, rest = '', version = '2026-07'): unknown {
  const answer = client.ask(
    `query ($q: String) { orders(first: 250, query: $q${rest}) { nodes { name } } }`,
    { q },
    version,
  )
  return answer.errors ?? rowsWithin(answer.data, 'orders.nodes').map((node) => within(node, 'name'))
}

describe('a search', () => {
  const client = aServer()
  client.later(10 * day)
  const customer = client.shop.addCustomer(
    { email: 'ada@example.com', name: 'Ada', company: null, vatId: null, taxExempt: false },
    noon,
  )
  const first = place(client, { at: noon, tags: ['wholesale', 'new'] })
  const second = place(client, {
    at: noon + 500,
    source: 'web',
    email: 'ada@example.com',
    customerId: customer.id,
    poNumber: 'PO-7',
  })
  const third = place(client, { at: noon + day, test: true })
  place(client, { at: noon + 2 * day, source: 'Amazon', lines: [{ variantId: client.tea, quantity: 2 }] })
  client.shop.capture(second.id, second.originalTotal, 'paypal', noon + 3 * day)
  client.shop.cancel(third.id, 'CUSTOMER', noon + 3 * day + 250)

  it.each([
    ['', ['#1001', '#1002', '#1003', '#1004']],
    ['name:#1002', ['#1002']],
    ['name:1002 OR name:1004', ['#1002', '#1004']],
    ['name:10*', ['#1001', '#1002', '#1003', '#1004']],
    [`id:>=${second.id} id:<${third.id}`, ['#1002']],
    [`id:gid://shopify/Order/${first.id}`, ['#1001']],
    ['status:cancelled', ['#1003']],
    ['status:open', ['#1001', '#1002', '#1004']],
    ['financial_status:paid,voided', ['#1002', '#1003']],
    ['NOT financial_status:paid', ['#1001', '#1003', '#1004']],
    ['-test:true', ['#1001', '#1002', '#1004']],
    ['tag:wholesale', ['#1001']],
    ['sku:tea', ['#1004']],
    ['source_name:web AND email:"ada@example.com"', ['#1002']],
    [`customer_id:${customer.id}`, ['#1002']],
    ['gateway:paypal', ['#1002']],
    ['(tag:wholesale OR sku:TEA) created_at:<2026-11-26', ['#1001']],
    ['created_at:2026-11-26', ['#1003']],
    ["created_at:'2026-11-25T12:00:00Z'", ['#1001', '#1002']],
    ["created_at:>='2026-11-25T13:00:00+01:00' created_at:<'2026-11-26T12:00:00Z'", ['#1001', '#1002']],
    ['created_at:<=now po_number:PO-7', ['#1002']],
    ['ada', ['#1002']],
  ])('for %j finds its orders', (q, found) => {
    expect(names(client, q, ', sortKey: ID')).toEqual(found)
  })

  it('leaves out what it does not understand, and warns of it', () => {
    const answer = client.ask('{ orders(first: 5, query: "colour:red created_at:someday tag:new") { nodes { name } } }')
    expect(within(answer.data, 'orders.nodes')).toEqual([{ name: '#1001' }])
    expect(answer.extensions.search).toEqual([
      {
        path: ['orders'],
        query: 'colour:red created_at:someday tag:new',
        warnings: [
          { field: 'colour', message: 'Invalid search field for this query.', code: 'invalid_field' },
          { field: 'created_at', message: 'Input `someday` is not an accepted value.', code: 'invalid_value' },
        ],
      },
    ])
  })

  it('sorts by when rows changed, and backwards when it is asked to', () => {
    expect(names(client, '', ', sortKey: UPDATED_AT')).toEqual(['#1001', '#1004', '#1002', '#1003'])
    expect(names(client, '', ', sortKey: UPDATED_AT, reverse: true')).toEqual(['#1003', '#1002', '#1004', '#1001'])
    expect(names(client, '', ', sortKey: TOTAL_PRICE')).toEqual(['#1004', '#1001', '#1002', '#1003'])
  })

  it('compares with the start of a second what it shows as a whole one, until 2026-10', () => {
    const shown = "updated_at:>'2026-11-28T12:00:00Z'"
    const newer = aServer({ versions: ['2026-07', '2026-10'] }, client)
    newer.later(10 * day)
    expect(names(newer, shown)).toEqual(['#1003'])
    expect(names(newer, shown, '', '2026-10')).toEqual([])
    expect(names(newer, "updated_at:>='2026-11-28T12:00:00Z'", ', sortKey: UPDATED_AT', '2026-10')).toEqual([
      '#1002',
      '#1003',
    ])
    expect(names(newer, "updated_at:<='2026-11-28T12:00:00Z' updated_at:>2026-11-28")).toEqual(['#1002'])
  })

  it('counts what it finds, up to a limit', () => {
    const { data } = client.ask(
      '{ all: ordersCount { count precision } some: ordersCount(limit: 2) { count precision } one: ordersCount(query: "tag:new") { count } }',
    )
    expect(data).toEqual({
      all: { count: 4, precision: 'EXACT' },
      some: { count: 2, precision: 'AT_LEAST' },
      one: { count: 1 },
    })
  })
})

describe('what came back', () => {
  it('is found by its status', () => {
    const client = aServer()
    const [back] = [place(client), place(client)]
    const lines = [{ lineId: back?.lines[0]?.id ?? 0, quantity: 1 }]
    client.shop.fulfil(back?.id ?? 0, { lines, locationId: client.vienna, tracking: [] }, noon)
    client.shop.takeBack(back?.id ?? 0, lines, noon)
    expect([names(client, 'return_status:returned'), names(client, 'return_status:no_return')]).toEqual([['#1001'], ['#1002']])
  })
})

describe('the index', () => {
  it('takes a row in late, while reading it by its id shows it at once', () => {
    const client = aServer({ indexLagMs: 5000 })
    client.later(100_000)
    const order = place(client, { at: client.at() })
    const seen = () => [
      names(client, ''),
      within(client.ask(`{ order(id: "gid://shopify/Order/${order.id}") { name } }`).data, 'order.name'),
    ]
    expect(seen()).toEqual([[], '#1001'])
    client.later(5000)
    expect(seen()).toEqual([['#1001'], '#1001'])
  })

  it('shows a changed row among the changed ones as late', () => {
    const client = aServer({ indexLagMs: 5000 })
    const order = place(client)
    client.later(100_000)
    client.shop.tag(order.id, ['seen'], client.at())
    const changed = `updated_at:>='2026-11-25T12:01:00Z'`
    expect([names(client, changed), names(client, '')]).toEqual([[], ['#1001']])
    client.later(5000)
    expect(names(client, changed)).toEqual(['#1001'])
  })
})

it('silently leaves out orders of more than sixty days without the scope for all', () => {
  const client = aServer({ accessTokens: { token: ['read_orders'] } })
  const old = place(client, { at: noon - 61 * day })
  place(client, { at: noon - 59 * day })
  expect(names(client, '')).toEqual(['#1002'])
  expect(client.ask(`{ order(id: "gid://shopify/Order/${old.id}") { name } }`).data).toEqual({ order: null })
  expect(names(aServer({}, client), '')).toEqual(['#1001', '#1002'])
})

describe('pages', () => {
  const query = `query ($first: Int!, $after: String, $reverse: Boolean) {
    orders(first: $first, after: $after, sortKey: UPDATED_AT, reverse: $reverse) { pageInfo { hasNextPage endCursor } edges { cursor node { name } } }
  }`

  it('show each row once, whatever their size and direction', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 30 }),
        fc.integer({ min: 1, max: 12 }),
        fc.boolean(),
        (stamps, first, reverse) => {
          const client = aServer()
          client.later(day)
          for (const stamp of stamps) place(client, { at: noon + stamp })
          const found: unknown[] = []
          for (let after: unknown = null, more: unknown = true, pages = 0; more === true; pages += 1) {
            expect(pages).toBeLessThanOrEqual(stamps.length + 1)
            const { data } = client.ask(query, { first, after, reverse })
            found.push(...rowsWithin(data, 'orders.edges').map((edge) => within(edge, 'node.name')))
            after = within(data, 'orders.pageInfo.endCursor')
            more = within(data, 'orders.pageInfo.hasNextPage')
          }
          const sorted = [...client.shop.books.orders.changedSince(0)].map((order) => order.name)
          expect(found).toEqual(reverse ? sorted.toReversed() : sorted)
        },
      ),
      { numRuns: 40 },
    )
  })

  it('do not take the cursor of another sort', () => {
    const client = aServer()
    place(client)
    const cursor = within(client.ask(query, { first: 1 }).data, 'orders.pageInfo.endCursor')
    expect(
      client.ask('query ($c: String) { orders(first: 1, after: $c, sortKey: ID) { nodes { id } } }', { c: cursor })
        .errors?.[0]?.message,
    ).toBe('Invalid cursor for current pagination sort.')
  })

  it('end at twenty-five thousand rows', () => {
    const client = aServer()
    const deep = Buffer.from(JSON.stringify({ key: 'UPDATED_AT', value: noon, id: 1, seen: 24_950 })).toString('base64')
    expect(client.ask(query, { first: 50, after: deep }).errors).toBeUndefined()
    expect(client.ask(query, { first: 51, after: deep }).errors?.[0]?.message).toContain(
      'Pagination is limited to 25000 objects',
    )
  })

  it('go backwards from a cursor too', () => {
    const client = aServer()
    for (let count = 0; count < 5; count += 1) place(client)
    const cursor = within(client.ask(query, { first: 5 }).data, 'orders.edges.3.cursor')
    const { data } = client.ask(
      'query ($c: String) { orders(last: 2, before: $c, sortKey: UPDATED_AT) { nodes { name } pageInfo { hasNextPage hasPreviousPage } } }',
      { c: cursor },
    )
    expect(data).toEqual({
      orders: { nodes: [{ name: '#1002' }, { name: '#1003' }], pageInfo: { hasNextPage: true, hasPreviousPage: true } },
    })
  })
})

it('lists stock of a place since a moment, and items by SKU with how often it is borne', () => {
  const client = aServer()
  client.shop.setAvailable(client.tea, client.graz, 7, noon + 60_000)
  client.later(120_000)
  const levels = client.ask(
    `query ($q: String) { location(id: "gid://shopify/Location/${client.graz}") { name inventoryLevels(first: 5, query: $q) {
    nodes { item { sku } updatedAt quantities(names: ["available", "on_hand", "committed", "incoming"]) { name quantity updatedAt } } } } }`,
    { q: "updated_at:>='2026-11-25T12:00:30Z'" },
  )
  expect(levels.data).toEqual({
    location: {
      name: 'Graz',
      inventoryLevels: {
        nodes: [
          {
            item: { sku: 'TEA' },
            updatedAt: '2026-11-25T12:01:00Z',
            quantities: [
              { name: 'available', quantity: 7, updatedAt: '2026-11-25T12:01:00Z' },
              { name: 'on_hand', quantity: 7, updatedAt: '2026-11-25T12:01:00Z' },
              { name: 'committed', quantity: 0, updatedAt: '2026-11-25T12:01:00Z' },
              { name: 'incoming', quantity: 0, updatedAt: null },
            ],
          },
        ],
      },
    },
  })
  client.shop.changeVariant(client.tea, { sku: 'MUG' }, client.at())
  const items = client.ask(
    '{ inventoryItems(first: 5, query: "sku:MUG") { nodes { sku tracked duplicateSkuCount variants(first: 1) { nodes { product { title } } } } } }',
  )
  expect(within(items.data, 'inventoryItems.nodes')).toMatchObject([
    { sku: 'MUG', duplicateSkuCount: 1 },
    { sku: 'MUG', duplicateSkuCount: 1 },
  ])
})
