import { afterEach, describe, expect, it } from 'vitest'
import type { LookupKeys } from '../../../../src-main/engine/connectors/definition.ts'
import { medusa } from '../../../../src-main/engine/connectors/medusa/index.ts'
import { openTestApi } from '../../../support/api.ts'
import type { ScriptedPlatform } from '../../../support/platform.ts'
import { type Row, recordedAt, recordedLists, replayMedusa, secretKey } from './platform.ts'

let platform: ScriptedPlatform | null = null
afterEach(async () => {
  await platform?.close()
  platform?.assertExpected()
  platform = null
})

/** A shop of so many orders: shop numbers SO-1, SO-2, … from the oldest on, display ids the same, custom ids `W1`, … */
function shopOf(count: number): Row[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `order_${String(index + 1).padStart(6, '0')}`,
    display_id: index + 1,
    custom_display_id: `W${index + 1}`,
    email: `buyer-${index % 7}@example.test`,
    metadata: { shop_number: `SO-${index + 1}` },
    created_at: new Date(recordedAt - (count - index) * 1000).toISOString(),
    updated_at: new Date(recordedAt - (count - index) * 1000).toISOString(),
    items: [],
  }))
}

async function ask(rows: Row[], orderNumber: string, keys: LookupKeys) {
  platform = await replayMedusa({ lists: { ...recordedLists(), orders: rows } })
  const settings = { baseUrl: platform.url, orderNumber }
  const { api } = openTestApi({
    connector: medusa,
    settings,
    secrets: { apiKey: secretKey },
    at: recordedAt,
  })
  const orders = medusa.streams.find((stream) => stream.name === 'orders')
  const outcome = await orders?.lookup?.(api, keys, settings)
  if (outcome === undefined) throw new Error('no look-up')
  if (!outcome.ok) return outcome.fault
  return {
    ids: outcome.value.rows.map((row) => String(Object(row).id)),
    complete: outcome.value.complete,
  }
}

describe('asking Medusa for an order by its number', () => {
  it('finds a display id among those that only contain it', async () => {
    expect(await ask(shopOf(900), 'display_id', { by: 'number', values: ['7', '89'] })).toEqual({
      ids: ['order_000007', 'order_000089'],
      complete: true,
    })
  })

  it('proves that there is no such display id, without reading the whole shop', async () => {
    const rows = shopOf(3000).filter((row) => row['display_id'] !== 7)
    expect(await ask(rows, 'display_id', { by: 'number', values: ['7', 'SO-7', '4000'] })).toEqual({
      ids: [],
      complete: true,
    })
    expect(platform?.seen.length).toBeLessThanOrEqual(3)
  })

  it('finds a custom number, and takes nothing that merely looks like it', async () => {
    expect(await ask(shopOf(40), 'custom_display_id', { by: 'number', values: ['W3'] })).toEqual({
      ids: ['order_000003'],
      complete: true,
    })
    expect(
      await ask(shopOf(40), 'custom_display_id', { by: 'number', values: ['w3', 'W99'] }),
    ).toEqual({ ids: [], complete: true })
  })

  it('looks through the newest orders for a number in the metadata', async () => {
    expect(
      await ask(shopOf(500), 'metadata.shop_number', { by: 'number', values: ['SO-499', 'SO-2'] }),
    ).toEqual({ ids: ['order_000002', 'order_000499'], complete: true })
  })

  it('says that it does not know where the orders are too many to look through', async () => {
    expect(
      await ask(shopOf(2500), 'metadata.shop_number', {
        by: 'number',
        values: ['SO-2499', 'SO-1'],
      }),
    ).toEqual({ ids: ['order_002499'], complete: false })
    expect(platform?.seen.filter((request) => request.path === '/admin/orders')).toHaveLength(11)
  })

  it('finds both of two orders with one number', async () => {
    const rows = [...shopOf(10), { ...shopOf(11)[10], metadata: { shop_number: 'SO-9' } }]
    expect(await ask(rows, 'metadata.shop_number', { by: 'number', values: ['SO-9'] })).toEqual({
      ids: ['order_000009', 'order_000011'],
      complete: true,
    })
  })

  it('finds an order that lacks its number by the name it was given here', async () => {
    const rows = shopOf(30).map((row) =>
      row['display_id'] === 12 ? { ...row, custom_display_id: null, metadata: null } : row,
    )
    const keys: LookupKeys = { by: 'number', values: ['display:12'] }
    expect(await ask(rows, 'metadata.shop_number', keys)).toEqual({
      ids: ['order_000012'],
      complete: true,
    })
    expect(await ask(rows, 'custom_display_id', keys)).toEqual({
      ids: ['order_000012'],
      complete: true,
    })
  })

  it('cannot ask by reference: that is the other side’s word', async () => {
    expect(await ask(shopOf(3), 'display_id', { by: 'reference', values: ['1'] })).toEqual({
      ids: [],
      complete: false,
    })
  })

  it('does not take orders that were not asked for, should a filter be ignored', async () => {
    platform = await replayMedusa({ lists: { ...recordedLists(), orders: shopOf(5) } })
    const settings = { baseUrl: platform.url, orderNumber: 'display_id' }
    const { api } = openTestApi({
      connector: medusa,
      settings,
      secrets: { apiKey: secretKey },
      at: recordedAt,
    })
    platform.misbehave(
      { json: { orders: shopOf(5), count: 5 } },
      { when: (request) => request.path === '/admin/orders' },
    )
    const outcome = await medusa.streams[0]?.lookup?.(
      api,
      { by: 'id', values: ['order_000002'] },
      settings,
    )
    expect(outcome).toMatchObject({ ok: false, fault: { class: 'unexpected-shape', path: 'id' } })
  })
})

describe('asking for orders whose payment moved', () => {
  it('names the order of each capture once, though the order itself did not move', async () => {
    platform = await replayMedusa()
    const settings = { baseUrl: platform.url, orderNumber: 'metadata.shop_number' }
    const { api } = openTestApi({
      connector: medusa,
      settings,
      secrets: { apiKey: secretKey },
      at: recordedAt,
    })
    const page = await medusa.streams
      .find((stream) => stream.name === 'payments')
      ?.read(api, null, { settings, since: null })
    if (page?.ok !== true) throw new Error('no page')
    const orders = page.value.rows.map((row) => Object(row).payment_collection.order.id)
    expect(page.value.touched).toEqual([{ stream: 'orders', ids: [...new Set(orders)] }])
    expect(orders).toHaveLength(5)
  })
})
