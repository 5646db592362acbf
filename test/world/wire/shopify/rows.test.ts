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

it('says when what was owed on account had come, and nothing while a part of it is open', () => {
  const client = aServer()
  const dueAt = noon + 30 * 24 * 3_600_000
  const order = client.shop.place(aCheckout([{ variantId: client.mug, quantity: 1 }], { paymentTerms: { name: 'Net 30', dueAt } }))
  const completed = () => {
    const schedules = 'paymentTerms { paymentSchedules(first: 1) { nodes { completedAt balanceDue { amount } } } }'
    return within(client.ask(`{ order(id: "gid://shopify/Order/${order.id}") { ${schedules} } }`).data, 'order.paymentTerms.paymentSchedules.nodes')
  }
  expect(completed()).toEqual([{ completedAt: null, balanceDue: { amount: '12.9' } }])
  client.shop.capture(order.id, d('2.9'), 'manual', noon + 60_000)
  expect(completed()).toEqual([{ completedAt: null, balanceDue: { amount: '10.0' } }])
  client.shop.capture(order.id, d(10), 'manual', noon + 120_000)
  expect(completed()).toEqual([{ completedAt: '2026-11-25T12:02:00Z', balanceDue: { amount: '0.0' } }])
})

it('tells of a payment why it failed, and of an authorisation up to when it holds', () => {
  const client = aServer()
  const order = client.shop.place(aCheckout([{ variantId: client.mug, quantity: 1 }]))
  client.shop.decline(order.id, d('12.9'), 'shopify_payments', 'CARD_DECLINED', noon)
  client.shop.authorise(order.id, d('12.9'), 'shopify_payments', noon)
  const look = () =>
    within(
      client.ask(
        `{ order(id: "gid://shopify/Order/${order.id}") { displayFinancialStatus transactions { kind status errorCode authorizationExpiresAt } } }`,
      ).data,
      'order',
    )
  const transactions = [
    { kind: 'SALE', status: 'FAILURE', errorCode: 'CARD_DECLINED', authorizationExpiresAt: null },
    { kind: 'AUTHORIZATION', status: 'SUCCESS', errorCode: null, authorizationExpiresAt: '2026-12-02T12:00:00Z' },
  ]
  expect(look()).toEqual({ displayFinancialStatus: 'AUTHORIZED', transactions })
  client.shop.lapse(order.id, noon + 8 * 24 * 3_600_000)
  expect(look()).toEqual({ displayFinancialStatus: 'EXPIRED', transactions })
})
