/** Setting a stock figure: compared before it is set, known by its key, and proven by the figure itself. */
import { afterEach, describe, expect, it } from 'vitest'
import { stockSet } from '../../../../src-main/engine/connectors/shopify/actions.ts'
import type { Shop } from './platform.ts'
import { type OpenShop, openShop, value } from './read.ts'
import { aLevel, gid, someItems } from './shop.ts'
import { shopifySchemaMissing } from '../../../support/shopify-schema.ts'

const open: OpenShop[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map(({ platform }) => platform.close()))
})
async function shopOf(given: Partial<Shop> = {}): Promise<OpenShop> {
  const shop = await openShop(given)
  shop.platform.allowWrites()
  open.push(shop)
  return shop
}

const input = {
  sku: 'MUG-BLK',
  location: 'Hamburg',
  quantity: 4,
  reference: 'stock:MUG-BLK@Hamburg',
}
const key = 'stock:MUG-BLK@Hamburg:1'

async function payloadFrom({ api, settings }: OpenShop, given = input): Promise<unknown> {
  const preview = value(await stockSet.preview(api, given, settings))
  if (preview.kind !== 'ready') throw new Error(preview.says)
  return preview.payload
}

function withFigure(available: number): Partial<Shop> {
  return {
    items: someItems().map((item, index) =>
      index === 0 ? { ...item, levels: [aLevel(1, 1, available)] } : item,
    ),
  }
}

describe.skipIf(shopifySchemaMissing)('stock.set', () => {
  it('shows what it would change', async () => {
    const shop = await shopOf()
    expect(await stockSet.preview(shop.api, input, shop.settings)).toMatchObject({
      ok: true,
      value: {
        kind: 'ready',
        payload: { item: gid('InventoryItem', 1), location: gid('Location', 1), from: 11, to: 4 },
        facts: expect.arrayContaining([
          { label: 'For sale now', value: '11' },
          { label: 'For sale after', value: '4' },
        ]),
      },
    })
  })

  it('sends the figure that it compares with, and its key', async () => {
    const shop = await shopOf()
    const payload = await payloadFrom(shop)
    expect(value(await stockSet.send(shop.api, payload, key, shop.settings))).toMatchObject({
      targetId: expect.stringContaining('InventoryLevel'),
    })
    expect(shop.platform.seen.at(-1)?.body).toMatchObject({
      query: expect.stringContaining('@idempotent(key: $key)'),
      variables: {
        key,
        input: {
          name: 'available',
          reason: 'correction',
          quantities: [
            {
              inventoryItemId: gid('InventoryItem', 1),
              locationId: gid('Location', 1),
              quantity: 4,
              changeFromQuantity: 11,
            },
          ],
        },
      },
    })
  })

  it('never leaves the comparison out, not even of nothing', async () => {
    const shop = await shopOf(withFigure(0))
    value(await stockSet.send(shop.api, await payloadFrom(shop), key, shop.settings))
    expect(JSON.stringify(shop.platform.seen.at(-1)?.body)).toContain('"changeFromQuantity":0')
  })

  it('writes nothing over a sale that came between', async () => {
    const before = await shopOf()
    const payload = await payloadFrom(before)
    const after = await shopOf(withFigure(10))
    expect(await stockSet.send(after.api, payload, key, after.settings)).toMatchObject({
      ok: false,
      fault: { class: 'validation', says: expect.stringContaining('moved in the shop') },
    })
  })

  it.each([
    ['IDEMPOTENCY_CONCURRENT_REQUEST', 'temporary', /at work/],
    ['IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED', 'validation', /new preview/],
    ['IDEMPOTENCY_KEY_PARAMETER_MISMATCH', 'validation', /other figures/],
    ['NON_MUTABLE_INVENTORY_ITEM', 'validation', /bundle/],
    ['ITEM_NOT_STOCKED_AT_LOCATION', 'validation', /not stocked/],
    ['INVALID_INVENTORY_ITEM', 'validation', /not in the shop any more/],
    ['INVALID_REASON', 'validation', /refused/],
  ])('tells %s for what it is', async (code, faultClass, says) => {
    const shop = await shopOf({ stockErrors: [{ code, message: 'no' }] })
    expect(
      await stockSet.send(shop.api, await payloadFrom(shop), key, shop.settings),
    ).toMatchObject({
      ok: false,
      fault: { class: faultClass, says: expect.stringMatching(says) },
    })
  })

  it.each([
    [11, []],
    [4, [{ matches: true }]],
    [7, [{ matches: false, says: expect.stringContaining('neither 11 nor 4') }]],
  ])('is proven by a figure of %i', async (figure, found) => {
    const payload = await payloadFrom(await shopOf())
    const shop = await shopOf(withFigure(figure))
    expect(value(await stockSet.verify(shop.api, payload, key, shop.settings)).found).toMatchObject(
      found,
    )
  })

  it.each([
    ['an unknown SKU', { sku: 'NOPE' }, /no item with the SKU/],
    ['a location where it is not', { location: 'Paris' }, /not stocked at Paris/],
    ['one that nobody counts', { sku: 'FREE' }, /does not keep count/],
    ['what is there already', { quantity: 11 }, /shows 11 .* already/],
    ['less than nothing', { quantity: -1 }, /no number of units/],
  ])('is refused for %s', async (_what, change, says) => {
    const shop = await shopOf()
    expect(
      value(await stockSet.preview(shop.api, { ...input, ...change }, shop.settings)),
    ).toMatchObject({
      kind: 'refused',
      says: expect.stringMatching(says),
    })
  })
})
