/** Payouts of Shopify Payments: what is in each, read again until it is settled, and nothing where there are none to be read. */
import { afterEach, describe, expect, it } from 'vitest'
import { shopifySchemaMissing } from '../../../support/shopify-schema.ts'
import { type Shop, allScopes } from './platform.ts'
import { type OpenShop, openShop, pagesOf, recordsIn } from './read.ts'
import { aPayout } from './payout-rows.ts'
import { gid, shopNow } from './shop.ts'

const open: OpenShop[] = []
afterEach(async () => Promise.all(open.splice(0).map(({ platform }) => platform.close())))

async function opened(given: Partial<Shop> = {}): Promise<OpenShop> {
  const shop = await openShop(given)
  open.push(shop)
  return shop
}

function asked(shop: OpenShop, name: string): number {
  return shop.platform.seen.filter(({ body }) => JSON.stringify(body).includes(`query ${name}`)).length
}

const settled = aPayout(1, '2026-11-20T06:00:00Z', 'PAID')
const open1 = aPayout(2, '2026-11-24T06:00:00Z', 'IN_TRANSIT')

describe.skipIf(shopifySchemaMissing)('a payout', () => {
  it('is told with its sums, its orders and its fees, in minor units', async () => {
    const pages = await pagesOf(await opened({ payouts: [settled] }), 'payouts')
    const at = Date.parse('2026-11-18T06:00:00Z')
    expect(recordsIn('payouts', pages.flatMap(({ rows }) => rows))).toMatchObject([
      {
        kind: 'payout', id: gid('ShopifyPaymentsPayout', 1), number: '1', method: 'shopify_payments', state: 'paid',
        issuedAt: Date.parse('2026-11-20T06:00:00Z'), currency: 'EUR', net: 957, charges: 1190, refunds: -190, other: 0, fees: 43,
        entries: [
          { orderId: gid('Order', 5_001_001), at, amount: 1190, fee: 43 },
          { orderId: gid('Order', 5_001_003), at, amount: -190, fee: 0 },
        ],
      },
    ])
  })

  it('is read again while it is open, with what is in it, and no more once it is settled', async () => {
    const shop = await opened({ payouts: [settled, open1] })
    const [first] = await pagesOf(shop, 'payouts')
    expect([first?.rows.length, asked(shop, 'PayoutEntries')]).toEqual([2, 2])
    const [second] = await pagesOf(shop, 'payouts', first?.resumeAt)
    expect([second?.rows.length, asked(shop, 'PayoutEntries')]).toEqual([1, 3])
  })

  it('is read again when a bank sends back what was settled', async () => {
    const before = await opened({ payouts: [settled, open1] })
    const [first] = await pagesOf(before, 'payouts')
    const after = await opened({ payouts: [aPayout(1, '2026-11-20T06:00:00Z', 'FAILED'), open1] })
    const rows = (await pagesOf(after, 'payouts', first?.resumeAt)).flatMap((page) => page.rows)
    expect(recordsIn('payouts', rows)).toMatchObject([{ number: '1', state: 'failed' }, { number: '2' }])
  })

  it('is read from the present on, though the newest is to be issued only in two days', async () => {
    const [first] = await pagesOf(await opened({ payouts: [aPayout(3, '2026-11-26T06:00:00Z', 'SCHEDULED')] }), 'payouts')
    expect(first?.resumeAt).toMatchObject({ at: shopNow })
  })

  it.each<[string, Partial<Shop>]>([
    ['the app may not open the account', { scopes: allScopes.filter((scope) => scope !== 'read_shopify_payments_accounts') }],
    ['the app may not see what is in it', { scopes: allScopes.filter((scope) => scope !== 'read_shopify_payments_payouts') }],
  ])('is not asked for where %s: nothing is read, and nothing is said to be known before now', async (_what, given) => {
    const shop = await opened(given)
    const pages = await pagesOf(shop, 'payouts')
    expect(pages).toMatchObject([{ rows: [], next: null, shownFrom: shopNow }])
    expect(asked(shop, 'Payouts')).toBe(0)
  })

  it('is none where the shop takes its cards by another company', async () => {
    expect(await pagesOf(await opened({ payouts: null }), 'payouts')).toMatchObject([{ rows: [], next: null, resumeAt: null }])
  })
})
