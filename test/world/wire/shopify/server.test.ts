/** The door of the simulated Shopify: who is let in, what it costs, and how it says no. */
import { describe, expect, it } from 'vitest'
import { aCheckout, noon } from '../../shop/a-shop.ts'
import { aServer, within } from './a-server.ts'

const heads = `query Heads($q: String, $after: String) {
  orders(first: 50, after: $after, query: $q, sortKey: UPDATED_AT) { pageInfo { hasNextPage endCursor } nodes { id name updatedAt totalPriceSet { shopMoney { amount } } } }
}`

describe('the door', () => {
  it('says which version answered, when, and under which number', () => {
    const { send } = aServer()
    const reply = send({ body: JSON.stringify({ query: '{ shop { name } }' }) })
    expect(reply).toMatchObject({
      status: 200,
      headers: { 'x-shopify-api-version': '2026-07', date: 'Wed, 25 Nov 2026 12:00:00 GMT', 'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/) },
    })
    expect(JSON.parse(reply.body)).toMatchObject({ data: { shop: { name: 'plum' } } })
  })

  it('serves a version that is gone by the oldest that it has', () => {
    const { send } = aServer()
    const reply = send({ path: '/admin/api/2019-04/graphql.json', body: JSON.stringify({ query: '{ shop { name } }' }) })
    expect(reply.headers['x-shopify-api-version']).toBe('2025-10')
  })

  it('turns away who has no token, in its own words', () => {
    const reply = aServer().send({ headers: {}, body: JSON.stringify({ query: '{ shop { name } }' }) })
    expect([reply.status, JSON.parse(reply.body)]).toEqual([
      401, { errors: '[API] Invalid API key or access token (unrecognized login or wrong password)' },
    ])
  })

  it('gives an app a token for its secret, which ends within a day', () => {
    const client = aServer({ apps: [{ id: 'app', secret: 'hush', scopes: ['read_orders'] }] })
    const grant = (client_secret: string) => client.send({
      path: '/admin/oauth/access_token', headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ grant_type: 'client_credentials', client_id: 'app', client_secret }),
    })
    expect(grant('wrong').status).toBe(400)
    const given = JSON.parse(grant('hush').body)
    expect(given).toEqual({ access_token: expect.stringMatching(/^shpat_/), scope: 'read_orders', expires_in: 86_399 })
    const use = () => client.send({ headers: { 'x-shopify-access-token': given.access_token }, body: JSON.stringify({ query: '{ shop { name } }' }) }).status
    expect(use()).toBe(200)
    client.later(24 * 60 * 60 * 1000)
    expect(use()).toBe(401)
  })

  it.each([['frozen', 402], ['locked', 423]] as const)('is shut when the shop is %s', (state, status) => {
    expect(aServer({ state: () => state }).send({ body: '{}' }).status).toBe(status)
  })

  it('refuses a body that holds no query, and answers nothing at other places', () => {
    const { send } = aServer()
    expect(send({ body: 'not json' }).status).toBe(400)
    expect(send({ body: '{}' }).status).toBe(400)
    expect(send({ path: '/admin/api/2026-07/orders.json', method: 'GET' }).status).toBe(404)
  })
})

describe('scopes', () => {
  it('denies what the app may not read, and names the scope', () => {
    const { ask } = aServer({ accessTokens: { token: ['read_products'] } })
    const answer = ask('{ shop { name } orders(first: 1) { nodes { id } } }')
    expect(answer.data).toBeNull()
    expect(answer.errors).toEqual([{
      message: 'Access denied for orders field. Required access: `read_orders` access scope, `read_marketplace_orders` access scope or `read_quick_sale` access scope.',
      locations: [{ line: 1, column: 17 }], path: ['orders'],
      extensions: {
        code: 'ACCESS_DENIED', documentation: 'https://shopify.dev/api/usage/access-scopes',
        requiredAccess: '`read_orders` access scope, `read_marketplace_orders` access scope or `read_quick_sale` access scope.',
      },
    }])
  })

  it('lets a write scope read', () => {
    const { ask } = aServer({ accessTokens: { token: ['write_orders'] } })
    expect(ask('{ orders(first: 1) { nodes { id } } }').errors).toBeUndefined()
  })

  it('refuses a write without its scope and writes nothing', () => {
    const { ask, shop } = aServer({ accessTokens: { token: ['read_orders'] } })
    const order = shop.place(aCheckout([{ variantId: [...shop.books.variants.all()][0]?.id ?? 0, quantity: 1 }]))
    const answer = ask(`mutation { tagsAdd(id: "gid://shopify/Order/${order.id}", tags: ["seen"]) { userErrors { message } } }`)
    expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'ACCESS_DENIED', requiredAccess: '`write_orders` access scope.' })
    expect(order.tags).toEqual([])
  })

  it('tells nobody a name or an address who is not trusted with customers', () => {
    const client = aServer({ customerData: false })
    const customer = client.shop.addCustomer({ email: 'ada@example.com', name: 'Ada Byron', company: null, vatId: null, taxExempt: false }, noon)
    const order = client.shop.place(aCheckout([{ variantId: client.mug, quantity: 1 }], { customerId: customer.id, email: 'ada@example.com' }))
    const answer = client.ask(`{ order(id: "gid://shopify/Order/${order.id}") { email customer { email firstName defaultEmailAddress { emailAddress } } } }`)
    expect(answer.data).toEqual({ order: { email: null, customer: { email: null, firstName: null, defaultEmailAddress: null } } })
  })
})

describe('cost', () => {
  it('is counted by what is asked for before, and by what was found after', () => {
    const client = aServer()
    for (let count = 0; count < 3; count += 1) client.shop.place(aCheckout([{ variantId: client.mug, quantity: 1 }]))
    // A connection of fifty orders, each with a bag and the money in it: 2 + 50 × (1 + 1 + 1).
    expect(client.ask(heads).extensions.cost).toEqual({
      requestedQueryCost: 152, actualQueryCost: 11, throttleStatus: { maximumAvailable: 2000, currentlyAvailable: 1989, restoreRate: 100 },
    })
  })

  it('comes back with time, as fast as the plan says', () => {
    const client = aServer({ restoreRate: 10 })
    const left = () => client.ask('{ shop { name } }').extensions.cost.throttleStatus.currentlyAvailable
    expect(left()).toBe(199)
    for (let count = 0; count < 150; count += 1) client.ask('{ shop { name } }')
    expect(left()).toBe(48)
    client.later(10_000)
    expect(left()).toBe(147)
    client.later(100_000)
    expect(left()).toBe(199)
  })

  it('throttles with status 200 and no data when the bucket does not hold it', () => {
    const client = aServer({ restoreRate: 10 })
    client.shop.place(aCheckout([{ variantId: client.mug, quantity: 1 }]))
    for (let count = 0; count < 10; count += 1) client.ask(heads)
    const reply = client.send({ body: JSON.stringify({ query: heads }) })
    expect([reply.status, JSON.parse(reply.body)]).toEqual([200, {
      errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED', documentation: 'https://shopify.dev/api/usage/rate-limits' } }],
      extensions: { cost: { requestedQueryCost: 152, actualQueryCost: null, throttleStatus: { maximumAvailable: 200, currentlyAvailable: 150, restoreRate: 10 } } },
    }])
  })

  it('refuses what alone costs more than a thousand points', () => {
    const answer = aServer().ask('{ orders(first: 250) { nodes { lineItems(first: 10) { nodes { id } } } } }')
    expect(answer.errors?.[0]?.message).toContain('Query cost is 3252, which exceeds the single query max cost limit (1000).')
    expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'MAX_COST_EXCEEDED', cost: 3252, maxCost: 1000 })
  })

  it('is ten points a write', () => {
    const client = aServer()
    const order = client.shop.place(aCheckout([{ variantId: client.mug, quantity: 1 }]))
    const answer = client.ask(`mutation { tagsAdd(id: "gid://shopify/Order/${order.id}", tags: ["a"]) { node { id } userErrors { message } } }`)
    expect(answer.extensions.cost).toMatchObject({ requestedQueryCost: 10, actualQueryCost: 10 })
  })
})

describe('a document that is wrong', () => {
  it.each([
    ['a field that there is not', 'query Heads { orders(first: 1) { nodes { nmae } } }',
      { message: "Field 'nmae' doesn't exist on type 'Order'", locations: [{ line: 1, column: 42 }], path: ['query Heads', 'orders', 'nodes', 'nmae'], extensions: { code: 'undefinedField', typeName: 'Order', fieldName: 'nmae' } }],
    ['an argument that there is not', '{ orders(first: 1, page: 2) { nodes { id } } }',
      { message: "Field 'orders' doesn't accept argument 'page'", path: ['query', 'orders', 'page'], extensions: { code: 'argumentNotAccepted' } }],
    ['an argument that is missing', '{ order { id } }',
      { message: "Field 'order' is missing required arguments: id", extensions: { code: 'missingRequiredArguments' } }],
    ['an object without selections', '{ shop }', { extensions: { code: 'selectionMismatch' } }],
    ['a variable that nobody uses', 'query ($q: String) { shop { name } }', { message: 'Variable $q is declared by the operation but not used' }],
    ['a value of another kind', '{ orders(first: "ten") { nodes { id } } }', { extensions: { code: 'argumentLiteralsIncompatible' } }],
  ])('is told of %s, with status 200 and no data', (_what, query, error) => {
    const answer = aServer().ask(query)
    expect(answer.errors?.[0]).toMatchObject(error)
    expect(answer.data).toBeUndefined()
  })

  it('is told which variable does not fit, where and why', () => {
    const answer = aServer().ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: ['gid://shopify/Order/1', null] })
    expect(answer.errors?.[0]).toMatchObject({
      message: 'Variable $ids of type [ID!]! was provided invalid value for 1 (Expected value to not be null)',
      extensions: { code: 'INVALID_VARIABLE', problems: [{ path: [1], explanation: 'Expected value to not be null' }] },
    })
  })

  it.each([
    ['{ orders { nodes { id } } }', 'you must provide one of first or last'],
    ['{ orders(first: 251) { nodes { id } } }', 'first cannot exceed 250'],
    ['{ orders(first: 1, after: "bogus") { nodes { id } } }', 'Invalid cursor for current pagination sort.'],
    ['{ order(id: "1001") { id } }', "Invalid global id '1001'"],
  ])('is refused at run time: %s', (query, message) => {
    expect(aServer().ask(query).errors?.[0]?.message).toBe(message)
  })

  it('may not ask for more than 250 ids at once', () => {
    const ids = Array.from({ length: 251 }, (_each, count) => `gid://shopify/Order/${count + 1}`)
    expect(aServer().ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: ids.slice(0, 250) }).errors).toBeUndefined()
    expect(aServer().ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids }).errors?.[0]?.extensions).toMatchObject({ code: 'MAX_INPUT_SIZE_EXCEEDED' })
  })
})

it('answers null for what is not there, and for an id of another type', () => {
  const { ask } = aServer()
  const answer = ask('{ order(id: "gid://shopify/Order/1") { id } product: product(id: "gid://shopify/Order/1") { id } nodes(ids: ["gid://shopify/Order/1"]) { id } }')
  expect([answer.data, answer.errors]).toEqual([{ order: null, product: null, nodes: [null] }, undefined])
})

it('writes amounts as the platform does: as many digits as they have, and one after the point at least', () => {
  const client = aServer()
  const order = client.shop.place(aCheckout([{ variantId: client.mug, quantity: 10 }]))
  const answer = client.ask(`{ order(id: "gid://shopify/Order/${order.id}") { totalPriceSet { shopMoney { amount currencyCode } } totalPrice } }`)
  expect(within(answer.data, 'order')).toEqual({ totalPriceSet: { shopMoney: { amount: '129.0', currencyCode: 'EUR' } }, totalPrice: '129.00' })
})
