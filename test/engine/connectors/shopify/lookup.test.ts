/** Live look-ups: what is found is the very row, and absence is proven only where lateness cannot explain it. */
import { afterEach, describe, expect, it } from 'vitest'
import type { LookupKeys } from '../../../../src-main/engine/connectors/definition.ts'
import { type Shop, allScopes } from './platform.ts'
import { type OpenShop, openShop, ordersIn, recordsIn, streamOf, value } from './read.ts'
import { anOrder, gid, someOrders } from './shop.ts'
import { shopifySchemaMissing } from '../../../support/shopify-schema.ts'

const open: OpenShop[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map(({ platform }) => platform.close()))
})

async function lookup(keys: LookupKeys, given: Partial<Shop> = {}, orderNumber = 'name') {
  const shop = await openShop(given, orderNumber)
  open.push(shop)
  const stream = streamOf('orders')
  if (stream.lookup === undefined) throw new Error('no look-up')
  const found = value(await stream.lookup(shop.api, keys, shop.settings))
  shop.platform.assertExpected()
  return {
    ids: ordersIn(recordsIn('orders', found.rows, orderNumber)).map((one) => one.id),
    complete: found.complete,
  }
}

const byNumber = (...values: string[]): LookupKeys => ({ by: 'number', values })
const fewScopes = allScopes.filter((scope) => scope !== 'read_all_orders')

describe.skipIf(shopifySchemaMissing)('a look-up of orders by number', () => {
  it('finds the order of that name, and proves that there is none below the newest that has settled', async () => {
    const some = someOrders().filter((one) => one['number'] !== 1020)
    expect(await lookup(byNumber('1001', '1020'), { orders: some })).toEqual({
      ids: [gid('Order', 5_001_001)],
      complete: true,
    })
  })

  it('proves nothing of a number that may have been given out this minute', async () => {
    expect(await lookup(byNumber('1046'))).toEqual({ ids: [], complete: false })
  })

  it('proves nothing of an order that the search has not seen yet', async () => {
    const fresh = anOrder(1100)
    const orders = [...someOrders(), { ...fresh, createdAt: '2026-11-24T11:58:00Z' }]
    const hidden = new Set([gid('Order', 5_001_100)])
    expect(await lookup(byNumber('1100'), { orders, hidden })).toEqual({ ids: [], complete: false })
  })

  it('proves the absence of a number that no shop reaches within minutes', async () => {
    expect(await lookup(byNumber('88001001'))).toEqual({ ids: [], complete: true })
  })

  it('proves nothing of numbers older than what it may see', async () => {
    expect(await lookup(byNumber('900'), { scopes: fewScopes })).toEqual({
      ids: [],
      complete: false,
    })
    expect(await lookup(byNumber('900'))).toEqual({ ids: [], complete: true })
  })

  it.each([
    ['poNumber', 'PO-77', true],
    ['metafield.custom.erp_number', 'M-1012', true],
    ['number', '1012', true],
  ])('finds by %s, of which absence is never proven', async (setting, number) => {
    expect(await lookup(byNumber(number), {}, setting)).toEqual({
      ids: [gid('Order', 5_001_012)],
      complete: true,
    })
    expect(await lookup(byNumber('1'), {}, setting)).toEqual({ ids: [], complete: false })
  })

  it('does not claim to search attributes, which Shopify does not', async () => {
    expect(await lookup(byNumber('A-1012'), {}, 'customAttribute.erp')).toEqual({
      ids: [],
      complete: false,
    })
  })

  it('words a number as a value, whatever marks it holds', async () => {
    const odd = anOrder(1050, { name: 'A" OR name:"#1001' })
    expect(
      await lookup(byNumber('A" OR name:"#1001'), { orders: [...someOrders(), odd] }),
    ).not.toMatchObject({
      ids: [gid('Order', 5_001_001)],
    })
  })
})

describe.skipIf(shopifySchemaMissing)('a look-up of orders by id', () => {
  it('reads past the search', async () => {
    const hidden = new Set([gid('Order', 5_001_001)])
    const keys: LookupKeys = { by: 'id', values: [gid('Order', 5_001_001)] }
    expect(await lookup(keys, { hidden })).toEqual({
      ids: [gid('Order', 5_001_001)],
      complete: true,
    })
  })

  it('proves no absence where older orders are kept from it', async () => {
    const keys: LookupKeys = { by: 'id', values: [gid('Order', 1)] }
    expect(await lookup(keys, { scopes: fewScopes })).toEqual({ ids: [], complete: false })
    expect(await lookup(keys)).toEqual({ ids: [], complete: true })
  })
})
