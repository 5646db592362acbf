/** From cards in the simulated world to the payout that an order names: read by the real poller, kept in the real store. */
import { expect, it } from 'vitest'
import { openWorld } from '../../../src-main/world/open-world.ts'
import { payoutStatusAt } from '../../../src-main/world/shop/payouts.ts'
import { shopify } from '../../../src-main/engine/connectors/shopify/index.ts'
import { paidOut } from '../../../src-main/engine/handlers/paid-out.ts'
import { passOver } from '../../../src-main/engine/poll/poller.ts'
import { sightOf } from '../../../src-main/engine/reconcile/sight.ts'
import { aConnection, aPair } from '../../support/builders.ts'
import { aStore } from '../../support/store.ts'
import { everyScope } from '../../world/wire/shopify/a-server.ts'
import { connected } from '../../world/wire/shopify/connected.ts'

const day = 24 * 3_600_000
/** A Monday. */
const startAt = Date.parse('2026-11-23T14:00:00.000Z')
const readAt = startAt + 4 * day

async function read(scopes: readonly string[]) {
  const world = openWorld({ seed: 7, startAt, ordersPerDay: 45 })
  world.advance(readAt)
  const { api, clock, settings } = await connected({ shop: world.shop }, scopes, readAt - 3_600_000)
  const store = aStore({ at: readAt })
  for (const stream of shopify.streams.filter(({ name }) => name === 'orders' || name === 'payouts')) {
    const order = { store, connector: shopify, connection: aConnection(), stream, settings: { ...settings, currency: 'customer' }, api, clock, since: null, signal: new AbortController().signal }
    // oxlint-disable-next-line no-await-in-loop -- one stream after the other, as a connection is read
    expect(await passOver(order)).toMatchObject({ fault: null, goesOn: false, pass: { complete: true } })
  }
  const sight = sightOf(store, aPair())
  const told = (id: number) => {
    const order = store.snapshots.get('shop', 'orders', `gid://shopify/Order/${id}`)?.record
    return order?.kind === 'order' ? paidOut(store, sight, order, 'UTC') : []
  }
  return { world, told, at: clock.now() }
}

it('names of each order the payouts that the world has it in, to the cent, and of no other order any', async () => {
  const { world, told, at } = await read(everyScope)
  const { balance, orders, payouts } = world.shop.books
  const digits = (currency: string): number => (currency === 'JPY' ? 0 : 2)
  let inSome = 0
  let expected = 0
  for (const { id } of orders.all()) {
    const own = [...balance.all()].filter((entry) => entry.orderId === id)
    const closed = own.filter((entry) => payoutStatusAt(payouts.must(entry.payoutId), at) !== 'PENDING')
    const held = closed.map(({ payoutId, amount, fee, currency }) => [String(payoutId), amount.minus(fee).times(10 ** digits(currency)).toNumber(), currency])
    const said = told(id)
    const rows = said.flatMap(({ payout, net }) => (payout === null ? [] : [[payout, net?.minor, net?.currency]]))
    expect(summed(rows)).toEqual(summed(held))
    const charged = own.some((entry) => entry.kind === 'CHARGE' && !closed.includes(entry))
    expect(said.some(({ state }) => state === 'expected')).toBe(charged)
    inSome += closed.length
    if (charged) expected += 1
  }
  expect([inSome > 30, expected > 3]).toEqual([true, true])
}, 60_000)

/** What an order has in one payout, as one. */
function summed(rows: readonly (readonly unknown[])[]): Record<string, number> {
  const sums: Record<string, number> = {}
  for (const [payout, minor, currency] of rows) sums[`${String(payout)} ${String(currency)}`] = (sums[`${String(payout)} ${String(currency)}`] ?? 0) + Number(minor)
  return sums
}

it('reads the orders all the same where payouts may not be read, and says nothing of them', async () => {
  const { world, told } = await read(everyScope.filter((scope) => !scope.startsWith('read_shopify_payments')))
  expect([...world.shop.books.orders.all()].flatMap(({ id }) => told(id))).toEqual([])
}, 60_000)
