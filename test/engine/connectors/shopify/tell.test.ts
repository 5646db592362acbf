/** Telling Shopify of a parcel: what is shown before, that it is made once, and what is refused. */
import { describe, expect, it } from 'vitest'
import { statusPush } from '../../../../src-main/engine/connectors/shopify/tell.ts'
import type { StatusPushInput } from '../../../../src-main/engine/connectors/definition.ts'
import type { Checkout } from '../../../../src-main/world/shop/checkout.ts'
import { anOrder } from '../../../support/builders.ts'
import { aCheckout, aShop, noon } from '../../../world/shop/a-shop.ts'
import { everyScope } from '../../../world/wire/shopify/a-server.ts'
import { connected } from '../../../world/wire/shopify/connected.ts'
import { value } from './read.ts'

const scopes = [...everyScope, 'write_merchant_managed_fulfillment_orders']

/** Three mugs and a tea, none of them sent in the shop. */
async function sold(over: Partial<Checkout> = {}, granted: readonly string[] = scopes) {
  const shop = await connected(aShop(), granted)
  shop.platform.allowWrites()
  const bought = shop.shop.place(aCheckout([{ variantId: shop.mug, quantity: 3 }, { variantId: shop.tea, quantity: 1 }], over))
  const order = { ...anOrder(), id: `gid://shopify/Order/${bought.id}` }
  const parcel = { name: 'WH/OUT/00007', lines: [{ sku: 'MUG', quantity: '2' }], tracking: ['00340'], location: 'Vienna' }
  const input: StatusPushInput = { order, parcel, more: 0 }
  const preview = async (given: Partial<StatusPushInput['parcel']> = {}, rest: Partial<StatusPushInput> = {}) =>
    value(await statusPush.preview(shop.api, { ...input, ...rest, parcel: { ...parcel, ...given } }, shop.settings))
  return {
    ...shop,
    bought,
    order,
    preview,
    send: (payload: unknown) => statusPush.send(shop.api, payload, 'key', shop.settings),
    verify: async (payload: unknown) => value(await statusPush.verify(shop.api, payload, 'key', shop.settings)).found,
    ready: async (given: Partial<StatusPushInput['parcel']> = {}, rest: Partial<StatusPushInput> = {}) => {
      const previewed = await preview(given, rest)
      if (previewed.kind !== 'ready') throw new Error(previewed.says)
      return previewed
    },
    /** As the integration would tell it. */
    tell: (mugs: number, tracking: readonly string[] = []) =>
      shop.shop.fulfil(
        bought.id,
        { lines: [{ lineId: bought.lines[0]?.id ?? 0, quantity: mugs }], locationId: shop.vienna, tracking: tracking.map((number) => ({ company: '', number })) },
        noon + 60_000,
      ),
  }
}

describe('telling Shopify of a parcel', () => {
  it('shows what would be sent, marks those units once and writes to nobody, and finds that parcel', async () => {
    const scene = await sold()
    const { facts, payload, warnings } = await scene.ready()
    expect(facts.map((one) => one.value)).toEqual([scene.bought.name, 'WH/OUT/00007', 'MUG', 'Vienna', '00340', 'not asked for'])
    expect(payload).toMatchObject({ fulfillment: { notifyCustomer: false, trackingInfo: { numbers: ['00340'] } } })
    expect(warnings).toEqual([expect.stringContaining('no mail to the customer')])
    expect([await scene.verify(payload), scene.bought.fulfillments]).toEqual([[], []])
    const sent = value(await scene.send(payload))
    const [made, ...more] = scene.bought.fulfillments
    expect([made?.lines.map(({ quantity }) => quantity), made?.tracking.map(({ number }) => number), more]).toEqual([[2], ['00340'], []])
    expect(await scene.verify(payload)).toMatchObject([{ id: sent.targetId, number: `${scene.bought.name}-F1`, matches: true, cancelled: false }])
    // one mug is left, so that Shopify itself would take a second sending of one
    expect((await scene.send(payload)).ok).toBe(false)
    expect(scene.bought.fulfillments).toHaveLength(1)
  })

  it('marks the rest of an order after an earlier parcel, which is none of ours', async () => {
    const scene = await sold()
    scene.tell(2, ['00340'])
    const rest = { lines: [{ sku: 'MUG', quantity: '1' }, { sku: 'TEA', quantity: '1' }], tracking: [] }
    const { payload, warnings } = await scene.ready(rest)
    expect(warnings.some((one) => one.includes('no tracking number'))).toBe(true)
    expect(await scene.verify(payload)).toEqual([])
    value(await scene.send(payload))
    expect(await scene.verify(payload)).toMatchObject([{ number: `${scene.bought.name}-F2`, matches: true }])
    expect(await scene.preview(rest)).toMatchObject({ kind: 'refused', says: expect.stringContaining('nothing of this order left') })
  })

  it('sends nothing where the shop was told meanwhile, and knows its own parcel from another', async () => {
    const scene = await sold()
    const { payload } = await scene.ready()
    const other = scene.tell(1, ['00999'])
    const sent = await scene.send(payload)
    expect(sent.ok ? null : sent.fault.says).toContain('another parcel of this order since the preview')
    expect([other.id > 0, await scene.verify(payload)]).toEqual([true, []])
    const ours = scene.tell(2)
    expect(await scene.verify(payload)).toMatchObject([{ id: `gid://shopify/Fulfillment/${ours.id}`, matches: false, says: expect.stringContaining('without a tracking number') }])
    scene.shop.changeFulfilment(scene.bought.id, ours.id, { status: 'CANCELLED' }, noon + 120_000)
    expect(await scene.verify(payload)).toMatchObject([{ cancelled: true, matches: false }])
  })

  it('writes nothing where fewer units are left by the time than were seen, and says so', async () => {
    const scene = await sold()
    const { payload } = await scene.ready()
    scene.shop.refund(scene.bought.id, { lines: [{ lineId: scene.bought.lines[0]?.id ?? 0, quantity: 2, restock: true }] }, noon + 60_000)
    const sent = await scene.send(payload)
    expect(sent.ok ? null : [sent.fault.class, sent.fault.says]).toEqual(['validation', expect.stringContaining('Fewer units are left')])
    expect(scene.bought.fulfillments).toEqual([])
  })

  it.each([
    ['more than waits', { lines: [{ sku: 'MUG', quantity: '4' }] }, 'Of MUG 4 left the ERP, and 3 are left'],
    ['what the order does not hold', { lines: [{ sku: 'CUP', quantity: '1' }] }, 'Of CUP 1 left the ERP, and 0 are left'],
    ['half a mug', { lines: [{ sku: 'MUG', quantity: '0.5' }] }, 'Shopify counts whole units'],
  ])('refuses %s', async (_what, given, says) => {
    expect(await (await sold()).preview(given)).toMatchObject({ kind: 'refused', says: expect.stringContaining(says) })
  })

  it('refuses a pre-order, a cancelled order, and an app that may only read, each with what to do', async () => {
    const refusals = [
      await (await sold({ promisedAt: noon + 30 * 86_400_000 })).preview(),
      await (await sold({}, everyScope)).preview(),
    ]
    const cancelled = await sold()
    cancelled.shop.cancel(cancelled.bought.id, 'CUSTOMER', noon + 60_000)
    refusals.push(await cancelled.preview())
    expect(refusals.map((one) => (one.kind === 'refused' ? [one.says, one.guide.length > 0] : one.kind))).toEqual([
      [expect.stringContaining('scheduled for a later day'), true],
      [expect.stringContaining('lacks write_merchant_managed_fulfillment_orders'), true],
      [expect.stringContaining('is cancelled in the shop'), true],
    ])
  })

  it('warns of a payment that this may take, of stock that is taken elsewhere, and of parcels that are left', async () => {
    const scene = await sold()
    const { order } = scene
    const { warnings } = await scene.ready({ location: 'Graz' }, { order: { ...order, payment: { ...order.payment, state: 'authorised' } }, more: 1 })
    expect(warnings.slice(1)).toEqual([
      expect.stringContaining('Shopify charges the customer by this'),
      expect.stringContaining('takes its stock from Vienna'),
      expect.stringContaining('repair again after this one'),
    ])
  })
})
