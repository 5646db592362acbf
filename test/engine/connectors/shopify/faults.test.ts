/** What Shopify says is wrong, most of it with status 200, and how long we wait by what it tells. */
import { afterEach, describe, expect, it } from 'vitest'
import type { FaultClass } from '../../../../src-main/domain/fault.ts'
import { faultOf, holdOf } from '../../../../src-main/engine/connectors/shopify/faults.ts'
import { shopify } from '../../../../src-main/engine/connectors/shopify/index.ts'
import { openTestApi } from '../../../support/api.ts'
import type { Misbehaviour, ScriptedPlatform } from '../../../support/platform.ts'
import { client, isSignIn, playShopify } from './platform.ts'
import { type OpenShop, openShop, streamOf, value } from './read.ts'
import { shopNow } from './shop.ts'
import { shopifySchemaMissing } from '../../../support/shopify-schema.ts'

const open: ScriptedPlatform[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((platform) => platform.close()))
})

async function shop(): Promise<OpenShop> {
  const opened = await openShop()
  open.push(opened.platform)
  return opened
}

async function faultOn(how: Misbehaviour) {
  const { api, platform, settings } = await shop()
  platform.misbehave(how)
  const outcome = await streamOf('orders').read(api, null, { settings, since: null })
  return outcome.ok ? null : outcome.fault
}

function errors(code: string, more: object = {}): object {
  return { errors: [{ message: `${code} it is`, extensions: { code }, ...more }] }
}

const throttled = {
  errors: [
    {
      message: 'Throttled',
      extensions: { code: 'THROTTLED', documentation: 'https://shopify.dev/api/usage/rate-limits' },
    },
  ],
  extensions: {
    cost: {
      requestedQueryCost: 752,
      actualQueryCost: null,
      throttleStatus: { maximumAvailable: 1000.0, currentlyAvailable: 666, restoreRate: 50.0 },
    },
  },
}

describe.skipIf(shopifySchemaMissing)('what Shopify says is wrong', () => {
  it.each<[string, Misbehaviour, FaultClass, RegExp]>([
    [
      'a missing scope',
      {
        json: {
          data: null,
          ...errors('ACCESS_DENIED', {
            path: ['orders'],
            extensions: { code: 'ACCESS_DENIED', requiredAccess: '`read_orders` access scope.' },
          }),
        },
      },
      'permission',
      /It wants: read_orders access scope\./,
    ],
    [
      'a scope named only in the message',
      {
        json: {
          data: null,
          errors: [
            {
              message:
                'Access denied for orders field. Required access: `read_orders` access scope.',
              extensions: { code: 'ACCESS_DENIED' },
            },
          ],
        },
      },
      'permission',
      /read_orders access scope\./,
    ],
    [
      'a shop that is frozen',
      { status: 402, json: { errors: 'Unavailable Shop' } },
      'permission',
      /locked this shop/,
    ],
    [
      'a shop that is locked',
      { status: 423, json: { errors: 'Locked' } },
      'permission',
      /locked this shop/,
    ],
    [
      'a shop that is inactive',
      { json: errors('SHOP_INACTIVE') },
      'permission',
      /locked this shop/,
    ],
    ['a question that is too dear', { json: errors('MAX_COST_EXCEEDED') }, 'validation', /too big/],
    ['trouble of its own', { json: errors('INTERNAL_SERVER_ERROR') }, 'temporary', /trouble/],
    [
      'a question it does not know',
      { json: errors('undefinedField') },
      'validation',
      /did not understand/,
    ],
    [
      'a wrong token',
      { status: 401, json: { errors: '[API] Invalid API key or access token' } },
      'credentials',
      /credentials/,
    ],
  ])('is named for %s', async (_what, how, faultClass, says) => {
    expect(await faultOn(how)).toMatchObject({
      class: faultClass,
      says: expect.stringMatching(says),
    })
  })

  it('takes an order whose buyer it keeps to itself, and no order of which more is missing', () => {
    const denied = (path: readonly string[]) =>
      faultOf({
        status: 200,
        contentType: '',
        json: { data: { nodes: [] }, ...errors('ACCESS_DENIED', { path }) },
      })
    expect(denied(['nodes', '0', 'customer'])).toBe(null)
    expect(denied(['nodes', '0', 'purchasingEntity', 'location'])).toBe(null)
    expect(denied(['nodes', '0', 'refunds'])?.class).toBe('permission')
  })
})

describe.skipIf(shopifySchemaMissing)('the pace of Shopify', () => {
  it('is obeyed when it throttles: with status 200 and the wait that fills the bucket', async () => {
    const { api, clock, platform, settings } = await shop()
    platform.misbehave({ json: throttled }, { times: 1 })
    value(await streamOf('customers').read(api, null, { settings, since: null }))
    // (752 - 666) / 50 points a second
    expect(clock.slept).toContain(1720)
  })

  it('is kept before it throttles: the next question waits until there is room for it', async () => {
    const { api, clock, platform, settings } = await shop()
    const throttleStatus = { maximumAvailable: 1000, currentlyAvailable: 100, restoreRate: 100 }
    const cost = { requestedQueryCost: 900, actualQueryCost: 900, throttleStatus }
    const answer = { data: { shop: { id: 'gid://shopify/Shop/1' } }, extensions: { cost } }
    platform.misbehave({ json: answer }, { times: 1 })
    value(await streamOf('customers').read(api, null, { settings, since: null }))
    expect(clock.slept).toEqual([8000])
  })

  it('takes seconds with a fraction from Retry-After', async () => {
    const { api, clock, platform, settings } = await shop()
    platform.misbehave({ status: 429, headers: { 'retry-after': '2.5' }, json: {} }, { times: 1 })
    value(await streamOf('customers').read(api, null, { settings, since: null }))
    expect(clock.slept).toContain(2500)
  })

  it.each([
    ['1990', '900', '100', 0],
    ['100', '900', '100', 8000],
    ['899.5', '900', '100', 5],
  ])(
    'waits with %s points left before it asks for %s more',
    (currentlyAvailable, requestedQueryCost, restoreRate, ms) => {
      const cost = { requestedQueryCost, throttleStatus: { currentlyAvailable, restoreRate } }
      expect(holdOf({ data: {}, extensions: { cost } })).toBe(ms)
    },
  )

  it('is nothing to wait for where no cost is told', () => {
    expect(holdOf({ data: {} })).toBe(0)
  })
})

describe.skipIf(shopifySchemaMissing)('the way into Shopify', () => {
  async function withSecrets(secrets: Readonly<Record<string, string>>) {
    const platform = await playShopify()
    open.push(platform)
    const settings = { shop: platform.url, orderNumber: 'name', currency: 'shop' as const }
    return {
      platform,
      settings,
      ...openTestApi({ connector: shopify, settings, secrets, at: shopNow }),
    }
  }
  const customers = streamOf('customers')

  it('asks once for a token and again shortly before its day is over', async () => {
    const { api, clock, platform, settings } = await withSecrets(client)
    const signIns = () => platform.seen.filter(isSignIn).length
    const read = async () => value(await customers.read(api, null, { settings, since: null }))
    await read()
    clock.advance(86_399_000 - 11 * 60_000)
    await read()
    expect(signIns()).toBe(1)
    clock.advance(2 * 60_000)
    await read()
    expect(signIns()).toBe(2)
  })

  it('says what to check when the client is refused', async () => {
    const { api, settings } = await withSecrets({ ...client, clientSecret: 'shpss_wrong' })
    expect(await customers.read(api, null, { settings, since: null })).toMatchObject({
      ok: false,
      fault: { class: 'credentials', says: expect.stringContaining('same organisation') },
    })
  })

  it('prefers a lasting token, and asks for none where there is neither', async () => {
    const neither = await withSecrets({ clientId: 'only-the-id' })
    expect(
      await customers.read(neither.api, null, { settings: neither.settings, since: null }),
    ).toMatchObject({
      ok: false,
      fault: { class: 'credentials' },
    })
    expect(neither.platform.seen).toEqual([])
  })
})
