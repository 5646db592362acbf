/** Writes onto orders of the simulated Shopify: tags, notes, markers, tracking, payment. */
import { describe, expect, it } from 'vitest'
import { aCheckout } from '../../shop/a-shop.ts'
import { aServer, within } from './a-server.ts'

describe('writing onto an order', () => {
  function placed() {
    const client = aServer()
    const order = client.shop.place(aCheckout([{ variantId: client.mug, quantity: 1 }], { tags: ['b'] }))
    client.later(60_000)
    return { client, order, id: `gid://shopify/Order/${order.id}` }
  }

  it('adds tags without losing any, takes them away, and moves its stamp', () => {
    const { client, order, id } = placed()
    const add = client.ask(
      'mutation ($id: ID!) { tagsAdd(id: $id, tags: ["a, c", "b"]) { node { ... on Order { tags updatedAt } } userErrors { message } } }',
      { id },
    )
    expect(within(add.data, 'tagsAdd.node')).toEqual({ tags: ['a', 'b', 'c'], updatedAt: '2026-11-25T12:01:00Z' })
    client.ask('mutation ($id: ID!) { tagsRemove(id: $id, tags: ["a"]) { node { id } userErrors { message } } }', {
      id,
    })
    expect(order.tags).toEqual(['b', 'c'])
  })

  it('overwrites its note and tags as a whole, and leaves what it is not told', () => {
    const { client, order, id } = placed()
    client.ask(
      'mutation ($input: OrderInput!) { orderUpdate(input: $input) { order { id } userErrors { message } } }',
      { input: { id, note: 'hello', tags: ['z'] } },
    )
    client.ask(
      'mutation ($input: OrderInput!) { orderUpdate(input: $input) { order { id } userErrors { message } } }',
      { input: { id, poNumber: 'PO-1' } },
    )
    expect([order.note, order.tags, order.poNumber]).toEqual(['hello', ['z'], 'PO-1'])
  })

  it('says so when there is no such order', () => {
    const { client } = placed()
    const { data } = client.ask(
      'mutation { orderUpdate(input: { id: "gid://shopify/Order/1", note: "x" }) { order { id } userErrors { field message } } }',
    )
    expect(data).toEqual({
      orderUpdate: { order: null, userErrors: [{ field: ['id'], message: 'Order does not exist' }] },
    })
  })

  it('sets a marker once when it is compared with nothing, and tells one who comes later', () => {
    const { client, order, id } = placed()
    const mark = (value: string, compareDigest: unknown) =>
      within(
        client.ask(
          `mutation ($m: [MetafieldsSetInput!]!) {
      metafieldsSet(metafields: $m) { metafields { value compareDigest } userErrors { field code elementIndex } } }`,
          {
            m: [
              {
                ownerId: id,
                namespace: 'plumbline',
                key: 'replay',
                type: 'single_line_text_field',
                value,
                compareDigest,
              },
            ],
          },
        ).data,
        'metafieldsSet',
      )
    const first = mark('one', null)
    expect(within(first, 'metafields.0.value')).toBe('one')
    expect(order.changedAt).toBe(client.at())
    expect(mark('two', null)).toEqual({
      metafields: [],
      userErrors: [{ field: ['metafields', '0', 'compareDigest'], code: 'STALE_OBJECT', elementIndex: 0 }],
    })
    expect(within(mark('two', within(first, 'metafields.0.compareDigest')), 'metafields.0.value')).toBe('two')
    const read = client.ask(
      'query ($id: ID!) { order(id: $id) { metafield(namespace: "plumbline", key: "replay") { value } metafields(first: 5) { nodes { key } } } }',
      { id },
    )
    expect(read.data).toEqual({ order: { metafield: { value: 'two' }, metafields: { nodes: [{ key: 'replay' }] } } })
  })

  it('gives a fulfilment its tracking number', () => {
    const { client, order } = placed()
    const sent = client.shop.fulfil(
      order.id,
      { lines: [{ lineId: order.lines[0]?.id ?? 0, quantity: 1 }], locationId: client.vienna, tracking: [] },
      client.at(),
    )
    const denied = `mutation ($id: ID!) { fulfillmentTrackingInfoUpdate(fulfillmentId: $id, trackingInfoInput: { company: "DHL", numbers: ["1", "2"] }) {
      fulfillment { trackingInfo { company number } } userErrors { message } } }`
    const id = `gid://shopify/Fulfillment/${sent.id}`
    expect(client.ask(denied, { id }).errors?.[0]?.extensions).toMatchObject({ code: 'ACCESS_DENIED' })
    const allowed = aServer(
      { accessTokens: { token: ['read_orders', 'write_merchant_managed_fulfillment_orders'] } },
      client,
    )
    expect(within(allowed.ask(denied, { id }).data, 'fulfillmentTrackingInfoUpdate')).toEqual({
      fulfillment: {
        trackingInfo: [
          { company: 'DHL', number: '1' },
          { company: 'DHL', number: '2' },
        ],
      },
      userErrors: [],
    })
  })

  it('marks it as paid, and archives it when it was sent', () => {
    const { client, order, id } = placed()
    client.shop.fulfil(
      order.id,
      { lines: [{ lineId: order.lines[0]?.id ?? 0, quantity: 1 }], locationId: client.vienna, tracking: [] },
      client.at(),
    )
    const { data } = client.ask(
      'mutation ($id: ID!) { orderMarkAsPaid(input: { id: $id }) { order { displayFinancialStatus closed } userErrors { message } } }',
      { id },
    )
    expect(data).toEqual({
      orderMarkAsPaid: { order: { displayFinancialStatus: 'PAID', closed: true }, userErrors: [] },
    })
  })
})
