/** Reading what changed: frozen windows, an overlap for a late search, and a cursor of its own for each location. */
import { array, assert, nat, property } from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import {
  type PageCursor,
  filterOf,
  turn,
} from '../../../../src-main/engine/connectors/shopify/changes.ts'
import { allScopes } from './platform.ts'
import { type OpenShop, askedOf, openShop, pagesOf, recordsIn } from './read.ts'
import { aLevel, gid, shopNow, someItems } from './shop.ts'
import { shopifySchemaMissing } from '../../../support/shopify-schema.ts'

const open: OpenShop[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map(({ platform }) => platform.close()))
})
async function shopOf(given: Parameters<typeof openShop>[0] = {}): Promise<OpenShop> {
  const shop = await openShop(given)
  open.push(shop)
  return shop
}

function variablesOf(shop: OpenShop, name: string): readonly unknown[] {
  return shop.platform.seen.flatMap(({ body }) => {
    const { query, variables }: { query?: string; variables?: unknown } = Object(body)
    return query?.includes(` ${name}(`) === true ? [variables] : []
  })
}

describe.skipIf(shopifySchemaMissing)('a pass over changed orders', () => {
  it.each([
    ['asks where orders are held, and for when they are promised', allScopes, true],
    ['does not ask what the app may not see, as it would be refused at each reading', allScopes.filter((one) => !one.includes('fulfillment')), false],
  ])('%s', async (_what, scopes, isAsked) => {
    const shop = await shopOf({ scopes })
    await pagesOf(shop, 'orders', { kind: 'resume', at: 0 })
    expect(askedOf(shop.platform).includes('OpenWork')).toBe(isAsked)
    expect(askedOf(shop.platform)).toContain('GrantedScopes')
  })

  it('reads ten minutes back behind its cursor, up to a moment that all its pages share', async () => {
    const shop = await shopOf({ pageMax: 20 })
    const at = shopNow - 3_600_000
    await pagesOf(shop, 'orders', { kind: 'resume', at })
    const asked = variablesOf(shop, 'OrderHeads')
    expect(asked.length).toBeGreaterThan(0)
    expect(new Set(asked.map((one) => Object(one).query)).size).toBe(1)
    expect(Object(asked[0]).query).toMatch(
      /^updated_at:>='2026-11-24T10:50:00Z' updated_at:<='2026-11-24T1[12]:\d\d:\d\dZ'$/,
    )
  })

  it('reads whole only the orders that the search named', async () => {
    const shop = await shopOf()
    const pages = await pagesOf(shop, 'orders', { kind: 'resume', at: shopNow - 3_600_000 })
    const rows = pages.flatMap((page) => page.rows).length
    expect(askedOf(shop.platform).filter((name) => name === 'OrderBodies')).toHaveLength(
      Math.ceil(rows / 4),
    )
  })

  it('says from when on it is shown orders, for want of the right to all of them', async () => {
    const few = await shopOf({ scopes: allScopes.filter((scope) => scope !== 'read_all_orders') })
    const last = (await pagesOf(few, 'orders')).at(-1)
    expect(last?.shownFrom).toBe(shopNow - 60 * 86_400_000)
    const all = await shopOf()
    expect((await pagesOf(all, 'orders')).at(-1)?.shownFrom).toBe(null)
  })
})

describe('a window', () => {
  const row = (id: number, updatedAt: number) => ({ id: String(id), updatedAt })
  const begun: PageCursor = {
    kind: 'page',
    from: 0,
    until: 10_000_000,
    after: null,
    high: null,
    taken: 0,
    seen: [],
    waiting: true,
  }

  it('ends before Shopify stops paging, and begins anew at the last stamp without its rows', () => {
    const rows = [row(1, 5000), row(2, 6000), row(3, 6000)]
    const { next } = turn({ ...begun, taken: 19_998 }, rows, { hasNextPage: true, endCursor: 'x' })
    expect(next).toEqual({
      ...begun,
      from: 6000,
      after: null,
      high: 6000,
      taken: 0,
      seen: ['2', '3'],
      waiting: false,
    })
  })

  it('keeps the highest stamp, however many pages it came over', () => {
    assert(
      property(array(array(nat(9_000_000), { minLength: 1 }), { minLength: 1 }), (pages) => {
        let window: PageCursor | null = begun
        let resumeAt: number | null = null
        for (const [index, stamps] of pages.entries()) {
          if (window === null) break
          const page = { hasNextPage: index < pages.length - 1, endCursor: 'x' }
          const turned = turn(
            window,
            stamps.map((at, id) => row(id, at)),
            page,
          )
          window = turned.next
          resumeAt = turned.resumeAt?.at ?? null
        }
        expect(window).toBe(null)
        expect(resumeAt).toBe(Math.max(...pages.flat()))
      }),
    )
  })

  it('is asked for in whole seconds, with signs that every version reads alike', () => {
    expect(filterOf({ from: null, until: 1_500 })).toBe("updated_at:<='1970-01-01T00:00:01Z'")
  })
})

describe.skipIf(shopifySchemaMissing)('a pass over stock', () => {
  it('keeps a cursor for each location, so that a quiet one loses nothing to a busy one', async () => {
    const late = new Date(shopNow - 60_000).toISOString().replace('.000Z', 'Z')
    const items = someItems().map((item, index) =>
      index === 0
        ? { ...item, levels: [aLevel(1, 1, 11, { updatedAt: late }), aLevel(1, 2, 12)] }
        : item,
    )
    const shop = await shopOf({ items })
    const first = (await pagesOf(shop, 'stock')).at(-1)?.resumeAt
    expect(first).toMatchObject({ kind: 'resume', at: { [gid('Location', 1)]: shopNow - 60_000 } })
    expect(Object(first).at[gid('Location', 2)]).toBeLessThan(shopNow - 3_600_000)
    const again = await pagesOf(shop, 'stock', first)
    const records = recordsIn(
      'stock',
      again.flatMap((page) => page.rows),
    )
    expect(
      records
        .filter((level) => level.kind === 'stock' && level.location === 'Hamburg')
        .map((level) => level.id),
    ).toEqual(['MUG-BLK@Hamburg'])
    expect(records.length).toBeGreaterThan(1)
  })
})
