/** Writes of stock to the simulated Shopify: compared, done once, and refused as the platform refuses. */
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
    inventoryItemId: `gid://shopify/InventoryItem/${client.mug}`,
    locationId: `gid://shopify/Location/${client.vienna}`,
    quantity: 12,
    changeFromQuantity: 100,
    ...over,
  }
}

function input(
  quantities: readonly unknown[],
  over: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> {
  return {
    name: 'available',
    reason: 'correction',
    referenceDocumentUri: 'gid://plumbline/Replay/1',
    quantities,
    ...over,
  }
}

function available(client: Client): number | undefined {
  return [...client.shop.books.levels.all()].find((level) => level.variantId === client.mug)?.available
}

describe('setting stock', () => {
  it('compares, sets, and tells what it did', () => {
    const client = aServer()
    const answer = client.ask(setStock, { key: 'one', input: input([quantity(client)]) })
    expect(answer.data).toEqual({
      inventorySetQuantities: {
        inventoryAdjustmentGroup: {
          reason: 'correction',
          changes: [
            {
              name: 'available',
              delta: -88,
              quantityAfterChange: 12,
              item: { id: `gid://shopify/InventoryItem/${client.mug}` },
            },
            {
              name: 'on_hand',
              delta: -88,
              quantityAfterChange: 12,
              item: { id: `gid://shopify/InventoryItem/${client.mug}` },
            },
          ],
        },
        userErrors: [],
      },
    })
    expect(available(client)).toBe(12)
  })

  it('sets what is on the shelf less what is promised', () => {
    const client = aServer()
    client.shop.place(aCheckout([{ variantId: client.mug, quantity: 3 }]))
    client.ask(setStock, {
      key: 'one',
      input: input([quantity(client, { quantity: 50, changeFromQuantity: 100 })], { name: 'on_hand' }),
    })
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
    const answer = client.ask(setStock.replace(' @idempotent(key: $key)', '').replace(', $key: String!', ''), {
      input: input([quantity(client)]),
    })
    expect(answer.errors?.[0]).toMatchObject({
      message: 'The @idempotent directive is required for this mutation but was not provided.',
      extensions: { code: 'BAD_REQUEST' },
    })
    expect(available(client)).toBe(100)
  })

  it('does not take silence for null: what is compared must be said', () => {
    const client = aServer()
    const { changeFromQuantity, ...silent } = quantity(client)
    expect(changeFromQuantity).toBe(100)
    expect(client.ask(setStock, { key: 'one', input: input([silent]) }).errors?.[0]).toMatchObject({
      message: 'InventoryQuantityInput must include the following argument: changeFromQuantity.',
      extensions: { code: 'INVALID_FIELD_ARGUMENTS' },
    })
    client.ask(setStock, { key: 'two', input: input([quantity(client, { changeFromQuantity: null })]) })
    expect(available(client)).toBe(12)
  })

  it('makes no change at all when one of several is wrong', () => {
    const client = aServer()
    const answer = client.ask(setStock, {
      key: 'one',
      input: input([
        quantity(client),
        quantity(client, { inventoryItemId: `gid://shopify/InventoryItem/${client.tea}`, changeFromQuantity: 99 }),
      ]),
    })
    expect(within(answer.data, 'inventorySetQuantities')).toEqual({
      inventoryAdjustmentGroup: null,
      userErrors: [
        {
          field: ['input', 'quantities', '1', 'changeFromQuantity'],
          code: 'CHANGE_FROM_QUANTITY_STALE',
          message: 'The changeFromQuantity argument no longer matches the persisted quantity.',
        },
      ],
    })
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
    const there = {
      inventoryItemId: `gid://shopify/InventoryItem/${client.mug}`,
      locationId: `gid://shopify/Location/${client.graz}`,
    }
    const refused = client.ask(setStock, { key: 'one', input: input([quantity(client, there)]) })
    expect(within(refused.data, 'inventorySetQuantities.userErrors.0.code')).toBe('ITEM_NOT_STOCKED_AT_LOCATION')
    const activated = client.ask(
      `mutation ($i: ID!, $l: ID!) { inventoryActivate(inventoryItemId: $i, locationId: $l, available: 4) @idempotent(key: "two") {
      inventoryLevel { quantities(names: ["available"]) { quantity } } userErrors { message } } }`,
      { i: there.inventoryItemId, l: there.locationId },
    )
    expect(within(activated.data, 'inventoryActivate')).toEqual({
      inventoryLevel: { quantities: [{ quantity: 4 }] },
      userErrors: [],
    })
    const adjusted = client.ask(
      `mutation ($input: InventoryAdjustQuantitiesInput!) { inventoryAdjustQuantities(input: $input) @idempotent(key: "three") {
      inventoryAdjustmentGroup { changes(quantityNames: ["available"]) { delta quantityAfterChange location { name } } } userErrors { code } } }`,
      {
        input: { name: 'available', reason: 'received', changes: [{ ...there, delta: 6, changeFromQuantity: 4 }] },
      },
    )
    expect(within(adjusted.data, 'inventoryAdjustQuantities')).toEqual({
      inventoryAdjustmentGroup: { changes: [{ delta: 6, quantityAfterChange: 10, location: { name: 'Graz' } }] },
      userErrors: [],
    })
  })
})

describe('setting stock by an older version of the API', () => {
  const plain = setStock.replace(' @idempotent(key: $key)', '').replace(', $key: String!', '')
  const at = ({ mug, vienna }: Client, over: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => ({
    inventoryItemId: `gid://shopify/InventoryItem/${mug}`,
    locationId: `gid://shopify/Location/${vienna}`,
    quantity: 12,
    ...over,
  })

  it.each([
    ['2025-10', { changeFromQuantity: 100 }, 'Field is not defined on InventoryQuantityInput'],
    ['2026-04', { compareQuantity: 100 }, 'Field is not defined on InventoryQuantityInput'],
  ])('takes in %s only the names that this version has', (version, over, explanation) => {
    const client = aServer()
    const query = version < '2026-01' ? plain : setStock
    const answer = client.ask(query, { key: 'one', input: input([at(client, over)]) }, version)
    expect(answer.errors?.[0]).toMatchObject({
      extensions: { code: 'INVALID_VARIABLE', problems: [{ path: ['quantities', 0], explanation }] },
    })
    expect(available(client)).toBe(100)
  })

  it('knows no key in 2025-10, may have one in 2026-01 and must have one from 2026-04 on', () => {
    const client = aServer()
    expect(client.ask(setStock, { key: 'one', input: input([]) }, '2025-10').errors?.[0]?.message).toBe(
      'Directive @idempotent is not defined',
    )
    const silent = input([at(client, { changeFromQuantity: null })])
    expect(client.ask(plain, { input: silent }, '2026-01').errors).toBeUndefined()
    expect(available(client)).toBe(12)
    expect(client.ask(plain, { input: silent }, '2026-04').errors?.[0]?.extensions).toMatchObject({ code: 'BAD_REQUEST' })
  })

  it.each([
    ['nothing to compare with', {}, {}, 'COMPARE_QUANTITY_REQUIRED'],
    ['a quantity that is no longer so', { compareQuantity: 99 }, {}, 'COMPARE_QUANTITY_STALE'],
    ['the quantity that it has', { compareQuantity: 100 }, {}, undefined],
    ['no wish to compare', {}, { ignoreCompareQuantity: true }, undefined],
  ])('compares in 2025-10 with %s', (_what, over, header, code) => {
    const client = aServer()
    const answer = client.ask(plain, { input: input([at(client, over)], header) }, '2025-10')
    expect(answer.errors).toBeUndefined()
    expect(within(answer.data, 'inventorySetQuantities.userErrors.0.code')).toBe(code)
    expect(available(client)).toBe(code === undefined ? 12 : 100)
  })
})
