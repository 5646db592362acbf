/** Parcels of the simulated Shopify: units are marked as sent once, and only those that wait to be. */
import { describe, expect, it } from 'vitest'
import { aCheckout } from '../../shop/a-shop.ts'
import { aServer, everyScope, within, type Client } from './a-server.ts'

const tell = `mutation ($fulfillment: FulfillmentInput!) { fulfillmentCreate(fulfillment: $fulfillment) {
  fulfillment { status totalQuantity trackingInfo { company number } location { name } } userErrors { field message } } }`

const may = { accessTokens: { token: [...everyScope, 'write_merchant_managed_fulfillment_orders'] } }

function placed(over: Parameters<typeof aCheckout>[1] = {}) {
  const client = aServer(may)
  const order = client.shop.place(aCheckout([{ variantId: client.mug, quantity: 3 }, { variantId: client.tea, quantity: 1 }], over))
  const [mugs, tea] = order.lines.map(({ id }) => `gid://shopify/FulfillmentOrderLineItem/${id}`)
  return { client, order, work: `gid://shopify/FulfillmentOrder/${order.id * 10}`, mugs: mugs ?? '', tea: tea ?? '' }
}

function asked(client: Client, fulfillmentOrderId: string, lines?: readonly { readonly id: string; readonly quantity: number }[]) {
  const lineItemsByFulfillmentOrder = [{ fulfillmentOrderId, ...(lines !== undefined && { fulfillmentOrderLineItems: lines }) }]
  return client.ask(tell, { fulfillment: { lineItemsByFulfillmentOrder, trackingInfo: { company: 'DHL', numbers: ['00340'] } } })
}

describe('telling of a parcel', () => {
  it('marks its units as sent, those that are left as waiting, and what is asked for whole as all that is left', () => {
    const { client, order, work, mugs } = placed()
    expect(within(asked(client, work, [{ id: mugs, quantity: 2 }]).data, 'fulfillmentCreate')).toEqual({
      fulfillment: { status: 'SUCCESS', totalQuantity: 2, trackingInfo: [{ company: 'DHL', number: '00340' }], location: { name: 'Vienna' } },
      userErrors: [],
    })
    const state = (): unknown => client.ask('query ($id: ID!) { order(id: $id) { displayFulfillmentStatus } }', { id: `gid://shopify/Order/${order.id}` }).data
    expect(within(state(), 'order.displayFulfillmentStatus')).toBe('PARTIALLY_FULFILLED')
    expect(within(asked(client, work).data, 'fulfillmentCreate.fulfillment.totalQuantity')).toBe(2)
    expect(within(state(), 'order.displayFulfillmentStatus')).toBe('FULFILLED')
  })

  it.each<[string, Parameters<typeof aCheckout>[1], number, RegExp]>([
    ['more units than wait', {}, 4, /^Invalid fulfillment order line item quantity requested\.$/],
    ['no units', {}, 0, /^Invalid fulfillment order line item quantity requested\.$/],
    ['units of a pre-order', { promisedAt: Date.parse('2026-12-24T00:00:00Z') }, 1, /^Fulfillment order \d+ has an unfulfillable status= scheduled\.$/],
  ])('refuses %s, and sends nothing', (_what, over, quantity, says) => {
    const { client, order, work, mugs } = placed(over)
    expect(within(asked(client, work, [{ id: mugs, quantity }]).data, 'fulfillmentCreate')).toEqual({
      fulfillment: null,
      userErrors: [{ field: ['fulfillment'], message: expect.stringMatching(says) }],
    })
    expect(order.fulfillments).toEqual([])
  })

  it('refuses what was sent already, what it does not know, and an app that may only read', () => {
    const { client, work } = placed()
    asked(client, work)
    expect(within(asked(client, work).data, 'fulfillmentCreate.userErrors.0.message')).toMatch(/unfulfillable status= closed\.$/)
    expect(within(asked(client, 'gid://shopify/FulfillmentOrder/1').data, 'fulfillmentCreate.userErrors.0.message')).toBe('Fulfillment order does not exist.')
    expect(asked(aServer({}, client), work).errors?.[0]?.extensions).toMatchObject({ code: 'ACCESS_DENIED' })
  })
})
