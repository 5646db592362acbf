/** The door of the simulated Shopify: who is let in, and to what. */
import { describe, expect, it } from 'vitest'
import { aCheckout, noon } from '../../shop/a-shop.ts'
import { aServer } from './a-server.ts'

describe('the door', () => {
  it('says which version answered, when, and under which number', () => {
    const { send } = aServer()
    const reply = send({ body: JSON.stringify({ query: '{ shop { name } }' }) })
    expect(reply).toMatchObject({
      status: 200,
      headers: {
        'x-shopify-api-version': '2026-07',
        date: 'Wed, 25 Nov 2026 12:00:00 GMT',
        'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
      },
    })
    expect(JSON.parse(reply.body)).toMatchObject({ data: { shop: { name: 'plum' } } })
  })

  it.each([
    ['a version that is gone by the oldest that it has', '2019-04', '2025-10'],
    ['what is still being made as it is', 'unstable', 'unstable'],
  ])('serves %s', (_what, asked, served) => {
    const { send } = aServer()
    const reply = send({
      path: `/admin/api/${asked}/graphql.json`,
      body: JSON.stringify({ query: '{ shop { name } }' }),
    })
    expect(reply.headers['x-shopify-api-version']).toBe(served)
    expect(JSON.parse(reply.body).errors).toBeUndefined()
  })

  it('turns away who has no token, in its own words', () => {
    const reply = aServer().send({ headers: {}, body: JSON.stringify({ query: '{ shop { name } }' }) })
    expect([reply.status, JSON.parse(reply.body)]).toEqual([
      401,
      { errors: '[API] Invalid API key or access token (unrecognized login or wrong password)' },
    ])
  })

  it('gives an app a token for its secret, which ends within a day', () => {
    const client = aServer({ apps: [{ id: 'app', secret: 'hush', scopes: ['read_orders'] }] })
    const grant = (client_secret: string) =>
      client.send({
        path: '/admin/oauth/access_token',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ grant_type: 'client_credentials', client_id: 'app', client_secret }),
      })
    expect(grant('wrong').status).toBe(400)
    const given = JSON.parse(grant('hush').body)
    expect(given).toEqual({ access_token: expect.stringMatching(/^shpat_/), scope: 'read_orders', expires_in: 86_399 })
    const use = () =>
      client.send({
        headers: { 'x-shopify-access-token': given.access_token },
        body: JSON.stringify({ query: '{ shop { name } }' }),
      }).status
    expect(use()).toBe(200)
    client.later(24 * 60 * 60 * 1000)
    expect(use()).toBe(401)
  })

  it.each([
    ['frozen', 402],
    ['locked', 423],
  ] as const)('is shut when the shop is %s', (state, status) => {
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
    expect(answer.errors).toEqual([
      {
        message:
          'Access denied for orders field. Required access: `read_orders` access scope, `read_marketplace_orders` access scope or `read_quick_sale` access scope.',
        locations: [{ line: 1, column: 17 }],
        path: ['orders'],
        extensions: {
          code: 'ACCESS_DENIED',
          documentation: 'https://shopify.dev/api/usage/access-scopes',
          requiredAccess:
            '`read_orders` access scope, `read_marketplace_orders` access scope or `read_quick_sale` access scope.',
        },
      },
    ])
  })

  it('lets a write scope read', () => {
    const { ask } = aServer({ accessTokens: { token: ['write_orders'] } })
    expect(ask('{ orders(first: 1) { nodes { id } } }').errors).toBeUndefined()
  })

  it('refuses a write without its scope and writes nothing', () => {
    const { ask, shop } = aServer({ accessTokens: { token: ['read_orders'] } })
    const order = shop.place(aCheckout([{ variantId: [...shop.books.variants.all()][0]?.id ?? 0, quantity: 1 }]))
    const answer = ask(
      `mutation { tagsAdd(id: "gid://shopify/Order/${order.id}", tags: ["seen"]) { userErrors { message } } }`,
    )
    expect(answer.errors?.[0]?.extensions).toMatchObject({
      code: 'ACCESS_DENIED',
      requiredAccess: '`write_orders` access scope.',
    })
    expect(order.tags).toEqual([])
  })

  it('tells nobody a name or an address who is not trusted with customers', () => {
    const client = aServer({ customerData: false })
    const customer = client.shop.addCustomer(
      { email: 'ada@example.com', name: 'Ada Byron', company: null, vatId: null, taxExempt: false },
      noon,
    )
    const order = client.shop.place(
      aCheckout([{ variantId: client.mug, quantity: 1 }], { customerId: customer.id, email: 'ada@example.com' }),
    )
    const answer = client.ask(
      `{ order(id: "gid://shopify/Order/${order.id}") { email customer { email firstName defaultEmailAddress { emailAddress } } } }`,
    )
    expect(answer.data).toEqual({
      order: { email: null, customer: { email: null, firstName: null, defaultEmailAddress: null } },
    })
  })
})
