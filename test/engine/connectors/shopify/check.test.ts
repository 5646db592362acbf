/** "Test connection" for Shopify, and what a person may enter. */
import { afterEach, describe, expect, it } from 'vitest'
import { check } from '../../../../src-main/engine/connectors/shopify/check.ts'
import { baseUrl, settingsSchema } from '../../../../src-main/engine/connectors/shopify/settings.ts'
import { allScopes } from './platform.ts'
import { type OpenShop, openShop, value } from './read.ts'
import { shopifySchemaMissing } from '../../../support/shopify-schema.ts'

const open: OpenShop[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map(({ platform }) => platform.close()))
})
async function checked(given: Parameters<typeof openShop>[0] = {}, orderNumber = 'name') {
  const shop = await openShop(given, orderNumber)
  open.push(shop)
  const told = value(await check(shop.api, shop.settings))
  return { ...told, step: (title: string) => told.steps.find((one) => one.title === title) }
}

describe.skipIf(shopifySchemaMissing)('testing a connection to Shopify', () => {
  it('names the shop, its places and where its orders come from', async () => {
    const told = await checked()
    expect(told.steps.map((step) => step.state)).toEqual(told.steps.map(() => 'ok'))
    expect(told.step('Read orders')?.says).toMatch(/the newest is 10\d\d\./)
    expect(told).toMatchObject({
      locations: ['Hamburg', 'Leipzig'],
      channels: ['amazon-us', 'web'],
    })
  })

  it.each([
    ['read_all_orders', 'warning', /older than 60 days/],
    ['read_orders', 'failed', /no order can be read/],
    ['read_customers', 'warning', /customers cannot be read/],
    ['read_merchant_managed_fulfillment_orders', 'warning', /promised day of a pre-order/],
    ['read_shopify_payments_accounts', 'warning', /when cards are paid out/],
    ['read_shopify_payments_payouts', 'warning', /what each payout/],
  ])('says what the lack of %s means', async (scope, state, says) => {
    const told = await checked({ scopes: allScopes.filter((one) => one !== scope && one !== scope.replace('read_', 'write_')) })
    expect(told.step(`Right ${scope}`)).toMatchObject({ state, says: expect.stringMatching(says) })
  })

  it('takes a right to write for the one to read', async () => {
    expect((await checked()).step('Right read_inventory')).toBeUndefined()
  })

  it('says what a repair would still need, and finds nothing wrong with an app that may only read', async () => {
    const title = 'Write (only for repairs)'
    expect((await checked()).step(title)?.says).toBe('The app may correct stock and mark parcels as sent.')
    const reading = await checked({ scopes: allScopes.filter((one) => one !== 'write_merchant_managed_fulfillment_orders') })
    expect(reading.step(title)).toMatchObject({ state: 'ok', says: expect.stringContaining('write_merchant_managed_fulfillment_orders (no parcel can be marked as sent)') })
  })

  it('warns when the chosen field holds no number', async () => {
    const told = await checked({}, 'poNumber')
    expect(told.step('Read orders')).toMatchObject({
      state: 'warning',
      says: expect.stringContaining('poNumber'),
    })
  })
})

describe('the address of a shop', () => {
  it.each([
    ['mugs.myshopify.com', 'https://mugs.myshopify.com/'],
    ['https://mugs.myshopify.com/admin/orders', 'https://mugs.myshopify.com/'],
    ['https://admin.shopify.com/store/mugs/settings', 'https://mugs.myshopify.com/'],
    ['http://127.0.0.1:4010', 'http://127.0.0.1:4010/'],
  ])('is taken as %s', (shop, base) => {
    expect(baseUrl(settingsSchema.parse({ shop }))).toBe(base)
  })

  it.each([
    'mugs',
    'https://mugs.example.com',
    'http://mugs.myshopify.com',
    'mugs.myshopify.com.evil.example',
    '',
  ])('is refused as %j', (shop) => {
    expect(settingsSchema.safeParse({ shop }).success).toBe(false)
  })
})
