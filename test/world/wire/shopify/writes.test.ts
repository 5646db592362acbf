/** Writes to the simulated Shopify: compared, done once, and refused as the platform refuses. */
import { describe, expect, it } from 'vitest'
import { aCheckout } from '../../shop/a-shop.ts'
import { aServer, within, type Client } from './a-server.ts'

const setStock = `mutation ($input: InventorySetQuantitiesInput!, $key: String!) {
  inventorySetQuantities(input: $input) @idempotent(key: $key) {
    inventoryAdjustmentGroup { reason changes { name delta quantityAfterChange item { id } } } userErrors { field code message }
  }
}`

function quantity(client: Client, over: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return {
    inventoryItemId: `gid://shopify/InventoryItem/${client.mug}`, locationId: `gid://shopify/Location/${client.vienna}`,
    quantity: 12, changeFromQuantity: 100, ...over,
  }
}

function input(quantities: readonly unknown[], over: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return { name: 'available', reason: 'correction', referenceDocumentUri: 'gid://plumbline/Replay/1', quantities, ...over }
}

function available(client: Client): number | undefined {
  return [...client.shop.books.levels.all()].find((level) => level.variantId === client.mug)?.available
}

describe('setting stock', () => {
  it('compares, sets, and tells what it did', () => {
    const client = aServer()
    const answer = client.ask(setStock, { key: 'one', input: input([quantity(client)]) })
    expect(answer.data).toEqual({ inventorySetQuantities: {
      inventoryAdjustmentGroup: { reason: 'correction', changes: [
        { name: 'available', delta: -88, quantityAfterChange: 12, item: { id: `gid://shopify/InventoryItem/${client.mug}` } },
        { name: 'on_hand', delta: -88, quantityAfterChange: 12, item: { id: `gid://shopify/InventoryItem/${client.mug}` } },
      ] },
      userErrors: [],
    } })
    expect(available(client)).toBe(12)
  })

  it('sets what is on the shelf less what is promised', () => {
    const client = aServer()
    client.shop.place(aCheckout([{ variantId: client.mug, quantity: 3 }]))
    client.ask(setStock, { key: 'one', input: input([quantity(client, { quantity: 50, changeFromQuantity: 100 })], { name: 'on_hand' }) })
    expect(available(client)).toBe(47)
  })

  it('does it once for a key, and answers the same again', () => {
    const client = aServer()
    const first = client.ask(setStock, { key: 'one', input: input([quantity(client)]) })
    client.shop.setAvailable(client.mug, client.vienna, 40, client.at())
    client.later(60_000)
    const again = client.ask(setStock, { key: 'one', input: input([quantity(client)]) })
    expect([again.data, available(client)]).toEqual([first.data, 40])
  })

  it('refuses a key that comes with other variables', () => {
    const client = aServer()
    client.ask(setStock, { key: 'one', input: input([quantity(client)]) })
    const other = client.ask(setStock, { key: 'one', input: input([quantity(client, { quantity: 13 })]) })
    expect(within(other.data, 'inventorySetQuantities.userErrors.0.code')).toBe('IDEMPOTENCY_KEY_PARAMETER_MISMATCH')
    expect(available(client)).toBe(12)
  })

  it('forgets a key after a day', () => {
    const client = aServer()
    client.ask(setStock, { key: 'one', input: input([quantity(client)]) })
    client.later(25 * 60 * 60 * 1000)
    const again = client.ask(setStock, { key: 'one', input: input([quantity(client)]) })
    expect(within(again.data, 'inventorySetQuantities.userErrors.0.code')).toBe('CHANGE_FROM_QUANTITY_STALE')
  })

  it('does not do it without a key, although the schema would', () => {
    const client = aServer()
    const answer = client.ask(setStock.replace(' @idempotent(key: $key)', '').replace(', $key: String!', ''), { input: input([quantity(client)]) })
    expect(answer.errors?.[0]).toMatchObject({
      message: 'The @idempotent directive is required for this mutation but was not provided.', extensions: { code: 'BAD_REQUEST' },
    })
    expect(available(client)).toBe(100)
  })

  it('does not take silence for null: what is compared must be said', () => {
    const client = aServer()
    const { changeFromQuantity, ...silent } = quantity(client)
    expect(changeFromQuantity).toBe(100)
    expect(client.ask(setStock, { key: 'one', input: input([silent]) }).errors?.[0]).toMatchObject({
      message: 'InventoryQuantityInput must include the following argument: changeFromQuantity.', extensions: { code: 'INVALID_FIELD_ARGUMENTS' },
    })
    client.ask(setStock, { key: 'two', input: input([quantity(client, { changeFromQuantity: null })]) })
    expect(available(client)).toBe(12)
  })

  it('makes no change at all when one of several is wrong', () => {
    const client = aServer()
    const answer = client.ask(setStock, { key: 'one', input: input([
      quantity(client), quantity(client, { inventoryItemId: `gid://shopify/InventoryItem/${client.tea}`, changeFromQuantity: 99 }),
    ]) })
    expect(within(answer.data, 'inventorySetQuantities')).toEqual({ inventoryAdjustmentGroup: null, userErrors: [{
      field: ['input', 'quantities', '1', 'changeFromQuantity'], code: 'CHANGE_FROM_QUANTITY_STALE',
      message: 'The changeFromQuantity argument no longer matches the persisted quantity.',
    }] })
    expect(available(client)).toBe(100)
  })

  it.each([
    ['an item that there is not', { inventoryItemId: 'gid://shopify/InventoryItem/1' }, {}, 'INVALID_INVENTORY_ITEM'],
    ['a place that there is not', { locationId: 'gid://shopify/Location/1' }, {}, 'INVALID_LOCATION'],
    ['less than nothing', { quantity: -1 }, {}, 'INVALID_QUANTITY_NEGATIVE'],
    ['too much', { quantity: 1_000_000_001 }, {}, 'INVALID_QUANTITY_TOO_HIGH'],
    ['a state that cannot be set', {}, { name: 'committed' }, 'INVALID_NAME'],
    ['a reason that there is not', {}, { reason: 'because' }, 'INVALID_REASON'],
    ['a document that is none', {}, { referenceDocumentUri: 'replay 1' }, 'INVALID_REFERENCE_DOCUMENT'],
  ])('refuses %s', (_what, over, header, code) => {
    const client = aServer()
    const answer = client.ask(setStock, { key: 'one', input: input([quantity(client, over)], header) })
    expect(within(answer.data, 'inventorySetQuantities.userErrors.0.code')).toBe(code)
    expect(available(client)).toBe(100)
  })

  it('stocks an item at a new place first, and adjusts it by a difference', () => {
    const client = aServer()
    const there = { inventoryItemId: `gid://shopify/InventoryItem/${client.mug}`, locationId: `gid://shopify/Location/${client.graz}` }
    const refused = client.ask(setStock, { key: 'one', input: input([quantity(client, there)]) })
    expect(within(refused.data, 'inventorySetQuantities.userErrors.0.code')).toBe('ITEM_NOT_STOCKED_AT_LOCATION')
    const activated = client.ask(`mutation ($i: ID!, $l: ID!) { inventoryActivate(inventoryItemId: $i, locationId: $l, available: 4) @idempotent(key: "two") {
      inventoryLevel { quantities(names: ["available"]) { quantity } } userErrors { message } } }`, { i: there.inventoryItemId, l: there.locationId })
    expect(within(activated.data, 'inventoryActivate')).toEqual({ inventoryLevel: { quantities: [{ quantity: 4 }] }, userErrors: [] })
    const adjusted = client.ask(`mutation ($input: InventoryAdjustQuantitiesInput!) { inventoryAdjustQuantities(input: $input) @idempotent(key: "three") {
      inventoryAdjustmentGroup { changes(quantityNames: ["available"]) { delta quantityAfterChange location { name } } } userErrors { code } } }`, {
      input: { name: 'available', reason: 'received', changes: [{ ...there, delta: 6, changeFromQuantity: 4 }] },
    })
    expect(within(adjusted.data, 'inventoryAdjustQuantities')).toEqual({
      inventoryAdjustmentGroup: { changes: [{ delta: 6, quantityAfterChange: 10, location: { name: 'Graz' } }] }, userErrors: [],
    })
  })
})

describe('writing onto an order', () => {
  function placed() {
    const client = aServer()
    const order = client.shop.place(aCheckout([{ variantId: client.mug, quantity: 1 }], { tags: ['b'] }))
    client.later(60_000)
    return { client, order, id: `gid://shopify/Order/${order.id}` }
  }

  it('adds tags without losing any, takes them away, and moves its stamp', () => {
    const { client, order, id } = placed()
    const add = client.ask('mutation ($id: ID!) { tagsAdd(id: $id, tags: ["a, c", "b"]) { node { ... on Order { tags updatedAt } } userErrors { message } } }', { id })
    expect(within(add.data, 'tagsAdd.node')).toEqual({ tags: ['a', 'b', 'c'], updatedAt: '2026-11-25T12:01:00Z' })
    client.ask('mutation ($id: ID!) { tagsRemove(id: $id, tags: ["a"]) { node { id } userErrors { message } } }', { id })
    expect(order.tags).toEqual(['b', 'c'])
  })

  it('overwrites its note and tags as a whole, and leaves what it is not told', () => {
    const { client, order, id } = placed()
    client.ask('mutation ($input: OrderInput!) { orderUpdate(input: $input) { order { id } userErrors { message } } }', { input: { id, note: 'hello', tags: ['z'] } })
    client.ask('mutation ($input: OrderInput!) { orderUpdate(input: $input) { order { id } userErrors { message } } }', { input: { id, poNumber: 'PO-1' } })
    expect([order.note, order.tags, order.poNumber]).toEqual(['hello', ['z'], 'PO-1'])
  })

  it('says so when there is no such order', () => {
    const { client } = placed()
    const { data } = client.ask('mutation { orderUpdate(input: { id: "gid://shopify/Order/1", note: "x" }) { order { id } userErrors { field message } } }')
    expect(data).toEqual({ orderUpdate: { order: null, userErrors: [{ field: ['id'], message: 'Order does not exist' }] } })
  })

  it('sets a marker once when it is compared with nothing, and tells one who comes later', () => {
    const { client, order, id } = placed()
    const mark = (value: string, compareDigest: unknown) => within(client.ask(`mutation ($m: [MetafieldsSetInput!]!) {
      metafieldsSet(metafields: $m) { metafields { value compareDigest } userErrors { field code elementIndex } } }`, {
      m: [{ ownerId: id, namespace: 'plumbline', key: 'replay', type: 'single_line_text_field', value, compareDigest }],
    }).data, 'metafieldsSet')
    const first = mark('one', null)
    expect(within(first, 'metafields.0.value')).toBe('one')
    expect(order.changedAt).toBe(client.at())
    expect(mark('two', null)).toEqual({ metafields: [], userErrors: [{ field: ['metafields', '0', 'compareDigest'], code: 'STALE_OBJECT', elementIndex: 0 }] })
    expect(within(mark('two', within(first, 'metafields.0.compareDigest')), 'metafields.0.value')).toBe('two')
    const read = client.ask('query ($id: ID!) { order(id: $id) { metafield(namespace: "plumbline", key: "replay") { value } metafields(first: 5) { nodes { key } } } }', { id })
    expect(read.data).toEqual({ order: { metafield: { value: 'two' }, metafields: { nodes: [{ key: 'replay' }] } } })
  })

  it('gives a fulfilment its tracking number', () => {
    const { client, order } = placed()
    const sent = client.shop.fulfil(order.id, { lines: [{ lineId: order.lines[0]?.id ?? 0, quantity: 1 }], locationId: client.vienna, tracking: [] }, client.at())
    const denied = `mutation ($id: ID!) { fulfillmentTrackingInfoUpdate(fulfillmentId: $id, trackingInfoInput: { company: "DHL", numbers: ["1", "2"] }) {
      fulfillment { trackingInfo { company number } } userErrors { message } } }`
    const id = `gid://shopify/Fulfillment/${sent.id}`
    expect(client.ask(denied, { id }).errors?.[0]?.extensions).toMatchObject({ code: 'ACCESS_DENIED' })
    const allowed = aServer({ accessTokens: { token: ['read_orders', 'write_merchant_managed_fulfillment_orders'] } }, client)
    expect(within(allowed.ask(denied, { id }).data, 'fulfillmentTrackingInfoUpdate')).toEqual({
      fulfillment: { trackingInfo: [{ company: 'DHL', number: '1' }, { company: 'DHL', number: '2' }] }, userErrors: [],
    })
  })

  it('marks it as paid, and archives it when it was sent', () => {
    const { client, order, id } = placed()
    client.shop.fulfil(order.id, { lines: [{ lineId: order.lines[0]?.id ?? 0, quantity: 1 }], locationId: client.vienna, tracking: [] }, client.at())
    const { data } = client.ask('mutation ($id: ID!) { orderMarkAsPaid(input: { id: $id }) { order { displayFinancialStatus closed } userErrors { message } } }', { id })
    expect(data).toEqual({ orderMarkAsPaid: { order: { displayFinancialStatus: 'PAID', closed: true }, userErrors: [] } })
  })
})
