/** Bulk operations of the simulated Shopify, from their start to their file and its end. */
import { describe, expect, it } from 'vitest'
import { aCheckout } from '../../../shop/a-shop.ts'
import { aServer, within, type Client } from '../a-server.ts'

const run =
  'mutation ($query: String!) { bulkOperationRunQuery(query: $query, groupObjects: false) { bulkOperation { id status } userErrors { field code message } } }'
const look =
  'query ($id: ID!) { bulkOperation(id: $id) { status errorCode objectCount rootObjectCount fileSize url completedAt } }'
const wanted = '{ orders { edges { node { id name transactions { kind } lineItems { edges { node { id sku } } } } } } }'

function start(client: Client, query = wanted): unknown {
  return within(client.ask(run, { query }).data, 'bulkOperationRunQuery')
}

function operation(client: Client, started: unknown): unknown {
  return within(client.ask(look, { id: within(started, 'bulkOperation.id') }).data, 'bulkOperation')
}

function file(client: Client, found: unknown) {
  return client.send({ method: 'GET', headers: {}, path: new URL(String(within(found, 'url'))).pathname })
}

describe('a bulk operation', () => {
  it('takes its time, and leaves a line for each row, children with the id of their parent', () => {
    const client = aServer({ bulkRowsPerSecond: 1 })
    const order = client.shop.place(
      aCheckout([
        { variantId: client.mug, quantity: 1 },
        { variantId: client.tea, quantity: 2 },
      ]),
    )
    client.shop.capture(order.id, order.originalTotal, 'paypal', client.at())
    const started = start(client)
    expect(started).toMatchObject({ bulkOperation: { status: 'CREATED' }, userErrors: [] })
    client.later(2000)
    expect(operation(client, started)).toMatchObject({
      status: 'RUNNING',
      objectCount: '1',
      url: null,
      completedAt: null,
    })
    client.later(2000)
    const done = operation(client, started)
    expect(done).toMatchObject({
      status: 'COMPLETED',
      errorCode: null,
      objectCount: '3',
      rootObjectCount: '1',
      completedAt: '2026-11-25T12:00:04Z',
    })
    const { status, body } = file(client, done)
    expect(status).toBe(200)
    expect(within(done, 'fileSize')).toBe(String(Buffer.byteLength(body)))
    const id = `gid://shopify/Order/${order.id}`
    expect(
      body
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      { id, name: '#1001', transactions: [{ kind: 'SALE' }] },
      { id: expect.stringContaining('LineItem'), sku: 'MUG', __parentId: id },
      { id: expect.stringContaining('LineItem'), sku: 'TEA', __parentId: id },
    ])
  })

  it('reads every row, however many a page would show, and searches as lists do', () => {
    const client = aServer()
    for (let count = 0; count < 300; count += 1)
      client.shop.place(aCheckout([{ variantId: client.mug, quantity: 1 }], { source: 'pos', test: count % 3 === 0 }))
    const started = start(client, '{ orders(query: "test:false") { nodes { name } } }')
    client.later(60_000)
    const done = operation(client, started)
    expect(done).toMatchObject({ rootObjectCount: '200' })
    expect(file(client, done).body.split('\n')).toHaveLength(201)
  })

  it('hands its file out in pieces that can be cut at any byte', () => {
    const client = aServer()
    client.shop.place(aCheckout([{ variantId: client.mug, quantity: 1 }], { poNumber: 'Köln-7' }))
    const started = start(client, '{ orders { nodes { poNumber } } }')
    client.later(60_000)
    const done = operation(client, started)
    const { body } = file(client, done)
    const piece = (range: string) =>
      client.send({ method: 'GET', headers: { range }, path: new URL(String(within(done, 'url'))).pathname })
    expect(JSON.parse(body)).toEqual({ poNumber: 'Köln-7' })
    expect(piece('bytes=0-14')).toMatchObject({
      status: 206,
      headers: { 'content-range': `bytes 0-14/${body.length}` },
    })
    expect(Array.from({ length: body.length }, (_each, at) => piece(`bytes=${at}-${at}`).body).join('')).toBe(body)
    expect([piece('bytes=3-').body, piece(`bytes=${body.length}-`).status]).toEqual([body.slice(3), 416])
  })

  it('has no file when nothing was found, and none any more after a week', () => {
    const client = aServer()
    const empty = start(client)
    client.shop.place(aCheckout([{ variantId: client.mug, quantity: 1 }]))
    const full = start(client)
    client.later(60_000)
    expect(operation(client, empty)).toMatchObject({ status: 'COMPLETED', url: null, fileSize: null })
    const done = operation(client, full)
    expect(file(client, done).status).toBe(200)
    client.later(8 * 24 * 60 * 60 * 1000)
    expect([file(client, done).status, within(operation(client, full), 'status')]).toEqual([404, 'EXPIRED'])
  })

  it('fails when the app may not read what it asks for', () => {
    const client = aServer({ accessTokens: { token: ['read_products'] } })
    const started = start(client)
    client.later(60_000)
    expect(operation(client, started)).toMatchObject({ status: 'FAILED', errorCode: 'ACCESS_DENIED', url: null })
  })

  it('can be called off while it runs', () => {
    const client = aServer()
    client.shop.place(aCheckout([{ variantId: client.mug, quantity: 1 }]))
    const started = start(client)
    const cancel = () =>
      client.ask(
        'mutation ($id: ID!) { bulkOperationCancel(id: $id) { bulkOperation { status } userErrors { message } } }',
        { id: within(started, 'bulkOperation.id') },
      ).data
    expect(cancel()).toEqual({ bulkOperationCancel: { bulkOperation: { status: 'CANCELED' }, userErrors: [] } })
    expect(cancel()).toMatchObject({
      bulkOperationCancel: { userErrors: [{ message: 'A bulk operation cannot be canceled when it is canceled' }] },
    })
  })

  it('runs alone before 2026-01', () => {
    const client = aServer()
    client.shop.place(aCheckout([{ variantId: client.mug, quantity: 1 }]))
    const mutation = 'mutation ($query: String!) { bulkOperationRunQuery(query: $query) { bulkOperation { id } userErrors { code message } } }'
    const again = (): unknown => within(client.ask(mutation, { query: '{ orders { nodes { id } } }' }, '2025-10').data, 'bulkOperationRunQuery')
    const first = within(again(), 'bulkOperation.id')
    expect(again()).toEqual({
      bulkOperation: null,
      userErrors: [{ code: 'OPERATION_IN_PROGRESS', message: `A bulk query operation for this app and shop is already in progress: ${String(first)}.` }],
    })
    client.later(60_000)
    expect(again()).toMatchObject({ userErrors: [] })
  })

  it('runs beside four others, and no fifth', () => {
    const client = aServer()
    client.shop.place(aCheckout([{ variantId: client.mug, quantity: 1 }]))
    for (let count = 0; count < 5; count += 1) expect(start(client)).toMatchObject({ userErrors: [] })
    expect(start(client)).toMatchObject({ bulkOperation: null, userErrors: [{ code: 'LIMIT_REACHED' }] })
    client.later(60_000)
    expect(start(client)).toMatchObject({ userErrors: [] })
  })

  it.each([
    ['no connection', '{ shop { name } }', 'Bulk queries must contain at least one connection.'],
    [
      'a connection inside a list',
      '{ orders { edges { node { id refunds { refundLineItems { edges { node { quantity } } } } } } } }',
      'Queries that contain a connection field within a list field are not currently supported.',
    ],
    [
      'a parent without its id',
      '{ orders { edges { node { name lineItems { edges { node { id } } } } } } }',
      "Connection fields without 'id': lineItems.",
    ],
    [
      'three levels',
      '{ products { nodes { id variants { nodes { id inventoryItem { id inventoryLevels { nodes { id } } } } } } } }',
      'nesting depth greater than 2',
    ],
    [
      'six connections',
      `{ ${[1, 2, 3, 4, 5, 6].map((each) => `o${each}: orders { nodes { id } }`).join(' ')} }`,
      'cannot contain more than 5 connections',
    ],
    [
      'a row by its id',
      '{ node(id: "gid://shopify/Order/1") { id } orders { nodes { id } } }',
      "top level 'node' or 'nodes' field",
    ],
    ['a field that there is not', '{ orders { nodes { nmae } } }', 'Invalid bulk query'],
    ['no query at all', '{', 'Invalid bulk query'],
  ])('is refused with %s', (_what, query, says) => {
    expect(start(aServer(), query)).toMatchObject({
      bulkOperation: null,
      userErrors: [{ field: ['query'], code: 'INVALID', message: expect.stringContaining(says) }],
    })
  })
})
