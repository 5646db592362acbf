/** What the simulated Shopify tells of single rows, and how it writes it. */
import { expect, it } from 'vitest'
import { aCheckout, aShop, d, noon } from '../../shop/a-shop.ts'
import { aServer, within } from './a-server.ts'

it('answers null for what is not there, and for an id of another type', () => {
  const { ask } = aServer()
  const answer = ask(
    '{ order(id: "gid://shopify/Order/1") { id } product: product(id: "gid://shopify/Order/1") { id } nodes(ids: ["gid://shopify/Order/1"]) { id } }',
  )
  expect([answer.data, answer.errors]).toEqual([{ order: null, product: null, nodes: [null] }, undefined])
})

it('finds what hangs on an order by its own id, however the books were written since', () => {
  const client = aServer()
  const order = client.shop.place(aCheckout([{ variantId: client.mug, quantity: 2 }]))
  client.shop.capture(order.id, order.originalTotal, 'paypal', noon + 10_000)
  const ask = (id: string) =>
    client.ask(
      'query ($id: ID!) { node(id: $id) { __typename id ... on Refund { order { name } refundLineItems(first: 5) { nodes { quantity restockType } } } } }',
      { id },
    )
  expect(ask(`gid://shopify/OrderTransaction/${order.transactions[0]?.id}`).data).toMatchObject({
    node: { __typename: 'OrderTransaction' },
  })
  // Stamped before what was there already.
  const refund = client.shop.refund(
    order.id,
    { lines: [{ lineId: order.lines[0]?.id ?? 0, quantity: 1, restock: true }] },
    noon + 5000,
  )
  expect(ask(`gid://shopify/Refund/${refund.id}`).data).toEqual({
    node: {
      __typename: 'Refund',
      id: `gid://shopify/Refund/${refund.id}`,
      order: { name: '#1001' },
      refundLineItems: { nodes: [{ quantity: 1, restockType: 'CANCEL' }] },
    },
  })
})

it('shows a pre-order as scheduled until its day', () => {
  const client = aServer({ accessTokens: { token: ['read_orders', 'read_merchant_managed_fulfillment_orders'] } })
  const order = client.shop.place(aCheckout([{ variantId: client.mug, quantity: 1 }], { promisedAt: noon + 60_000 }))
  const look = () =>
    within(
      client.ask(
        `{ order(id: "gid://shopify/Order/${order.id}") { displayFulfillmentStatus fulfillmentOrders(first: 5) { nodes { status fulfillAt } } } }`,
      ).data,
      'order',
    )
  expect(look()).toEqual({
    displayFulfillmentStatus: 'SCHEDULED',
    fulfillmentOrders: { nodes: [{ status: 'SCHEDULED', fulfillAt: '2026-11-25T12:01:00Z' }] },
  })
  client.later(60_000)
  expect(look()).toMatchObject({
    displayFulfillmentStatus: 'UNFULFILLED',
    fulfillmentOrders: { nodes: [{ status: 'OPEN' }] },
  })
})

it('states foreign money in the shop’s and in the buyer’s, each figure rounded for itself', () => {
  const client = aServer({}, aShop({ shopRate: () => d('0.0061') }))
  const order = client.shop.place(
    aCheckout([{ variantId: client.mug, quantity: 1, unitPrice: d(2115) }], { currency: 'JPY' }),
  )
  const { data } = client.ask(`{ order(id: "gid://shopify/Order/${order.id}") { currencyCode presentmentCurrencyCode
    totalPriceSet { shopMoney { amount currencyCode } presentmentMoney { amount currencyCode } } } }`)
  expect(data).toEqual({
    order: {
      currencyCode: 'EUR',
      presentmentCurrencyCode: 'JPY',
      totalPriceSet: {
        shopMoney: { amount: '12.9', currencyCode: 'EUR' },
        presentmentMoney: { amount: '2115.0', currencyCode: 'JPY' },
      },
    },
  })
})

it('writes amounts as the platform does: as many digits as they have, and one after the point at least', () => {
  const client = aServer()
  const order = client.shop.place(aCheckout([{ variantId: client.mug, quantity: 10 }]))
  const answer = client.ask(
    `{ order(id: "gid://shopify/Order/${order.id}") { totalPriceSet { shopMoney { amount currencyCode } } totalPrice } }`,
  )
  expect(within(answer.data, 'order')).toEqual({
    totalPriceSet: { shopMoney: { amount: '129.0', currencyCode: 'EUR' } },
    totalPrice: '129.00',
  })
})
