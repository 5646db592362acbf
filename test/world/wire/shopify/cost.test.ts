/** What requests to the simulated Shopify cost, and what is said to who has spent it all. */
import { describe, expect, it } from 'vitest'
import { aCheckout } from '../../shop/a-shop.ts'
import { aServer } from './a-server.ts'

const heads = `query Heads($q: String, $after: String) {
  orders(first: 50, after: $after, query: $q, sortKey: UPDATED_AT) { pageInfo { hasNextPage endCursor } nodes { id name updatedAt totalPriceSet { shopMoney { amount } } } }
}`

describe('cost', () => {
  it('is counted by what is asked for before, and by what was found after', () => {
    const client = aServer()
    for (let count = 0; count < 3; count += 1) client.shop.place(aCheckout([{ variantId: client.mug, quantity: 1 }]))
    // A connection of fifty orders, each with a bag and the money in it: 2 + 50 × (1 + 1 + 1).
    expect(client.ask(heads).extensions.cost).toEqual({
      requestedQueryCost: 152,
      actualQueryCost: 11,
      throttleStatus: { maximumAvailable: 2000, currentlyAvailable: 1989, restoreRate: 100 },
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
    expect([reply.status, JSON.parse(reply.body)]).toEqual([
      200,
      {
        errors: [
          {
            message: 'Throttled',
            extensions: { code: 'THROTTLED', documentation: 'https://shopify.dev/api/usage/rate-limits' },
          },
        ],
        extensions: {
          cost: {
            requestedQueryCost: 152,
            actualQueryCost: null,
            throttleStatus: { maximumAvailable: 200, currentlyAvailable: 150, restoreRate: 10 },
          },
        },
      },
    ])
  })

  it('refuses what alone costs more than a thousand points', () => {
    const answer = aServer().ask('{ orders(first: 250) { nodes { lineItems(first: 10) { nodes { id } } } } }')
    expect(answer.errors?.[0]?.message).toContain(
      'Query cost is 3252, which exceeds the single query max cost limit (1000).',
    )
    expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'MAX_COST_EXCEEDED', cost: 3252, maxCost: 1000 })
  })

  it('is ten points a write', () => {
    const client = aServer()
    const order = client.shop.place(aCheckout([{ variantId: client.mug, quantity: 1 }]))
    const answer = client.ask(
      `mutation { tagsAdd(id: "gid://shopify/Order/${order.id}", tags: ["a"]) { node { id } userErrors { message } } }`,
    )
    expect(answer.extensions.cost).toMatchObject({ requestedQueryCost: 10, actualQueryCost: 10 })
  })
})
