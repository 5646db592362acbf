/** Where an order's money is on its way to the bank, over the real contract. */
import { afterEach, describe, expect, it } from 'vitest'
import { pairSettingsSchema } from '../../../src-main/domain/pair.ts'
import type { Payout } from '../../../src-main/domain/payout.ts'
import { days, hours } from '../../../src-main/domain/time.ts'
import { aPair, aPayment, anOrder, placedAt } from '../../support/builders.ts'
import { monday } from '../../support/clock.ts'
import { aPayout } from '../../support/payouts.ts'
import { keep } from '../../support/store.ts'
import { type Caller, aCaller, bothSides } from './caller.ts'

let caller: Caller | null = null
afterEach(async () => {
  await caller?.close()
  caller = null
})

const eur = (minor: number) => ({ minor, currency: 'EUR' })
/** Of another order, three days before: so long does a payout take. */
const before = aPayout({ id: 'po_0', number: '0', issuedAt: placedAt - days(3), entries: [{ orderId: 'order_9', at: placedAt - days(5), amount: 100, fee: 0 }] })

async function told(payouts: readonly Payout[], given: Parameters<typeof aPayment>[0] = {}) {
  const settings = pairSettingsSchema.parse({ zone: 'UTC' })
  caller = await aCaller({ at: monday, connections: bothSides, pairs: [aPair({ settings })] })
  const { store } = caller.engine
  keep(store, 'shop', 'orders', [anOrder()], monday)
  keep(store, 'shop', 'payments', [aPayment(given)], monday)
  keep(store, 'shop', 'payouts', payouts, monday)
  await caller.engine.reconcile()
  const { client } = caller
  return async (asOf: number | null = null) => (await client.orders.chain({ pair: 'pair', number: '1001', asOf })).payouts
}

describe('an order’s money', () => {
  it('is told with the payout that it came in, and what was kept back of it', async () => {
    const ask = await told([aPayout()])
    expect(await ask()).toEqual([{ payout: '1', state: 'paid', at: placedAt + days(2), gross: eur(2400), fee: eur(61), net: eur(2339) }])
  })

  it('is told with the payout that a refund was taken off', async () => {
    const back = aPayout({ id: 'po_2', number: '2', state: 'in-transit', issuedAt: placedAt + days(5), entries: [{ orderId: 'order_1001', at: placedAt + days(3), amount: -500, fee: 0 }] })
    const ask = await told([back, aPayout()])
    expect(await ask()).toMatchObject([{ payout: '1' }, { payout: '2', state: 'in-transit', gross: eur(-500), net: eur(-500) }])
  })

  it('is expected after as many business days as the payouts before it took', async () => {
    const ask = await told([before])
    // placed on a Monday; the one before took from a Wednesday to a Friday
    expect(await ask()).toEqual([{ payout: null, state: 'expected', at: Date.parse('2026-11-25T23:59:59.999Z'), gross: eur(2400), fee: null, net: null }])
  })

  it('is expected for the part that no payout holds', async () => {
    const captures = [{ at: placedAt, amount: 1400 }, { at: placedAt + hours(1), amount: 1000 }]
    const first = aPayout({ entries: [{ orderId: 'order_1001', at: placedAt, amount: 1400, fee: 46 }] })
    const ask = await told([first], { captures })
    expect(await ask()).toMatchObject([{ payout: '1', gross: eur(1400) }, { payout: null, state: 'expected', gross: eur(1000) }])
  })

  it.each<[string, readonly Payout[], Parameters<typeof aPayment>[0]]>([
    ['where no payout was ever read', [], {}],
    ['where it came by another way than is paid out', [before], { method: 'paypal' }],
    ['where nothing was captured', [before], { captures: [] }],
    ['where a later payout is not read one by one, and may hold it', [before, aPayout({ entries: null })], {}],
  ])('is nothing that is spoken of %s', async (_what, payouts, given) => {
    const ask = await told(payouts, given)
    expect(await ask()).toEqual([])
  })

  it('is told as it was known at the moment that is asked about', async () => {
    const ask = await told([aPayout({ state: 'scheduled' })])
    caller?.clock.jump(hours(2))
    if (caller !== null) keep(caller.engine.store, 'shop', 'payouts', [aPayout()], caller.clock.now())
    expect([await ask(monday + 1), await ask()]).toMatchObject([[{ state: 'scheduled' }], [{ state: 'paid' }]])
  })
})

describe('a day’s money', () => {
  const captured = (id: string, amount: number, given: Parameters<typeof aPayment>[0] = {}) =>
    aPayment({ id, orderId: id, captures: [{ at: placedAt, amount }], ...given })
  const entry = (orderId: string, amount: number, at: number) => ({ orderId, at, amount, fee: amount > 0 ? 10 : 0 })

  it('is told by the payouts that hold it, and what is in none yet by when it should come, and changes no total', async () => {
    await told([
      before,
      aPayout({ entries: [entry('a', 1000, placedAt), entry('a', -300, placedAt + 1), entry('old', 500, placedAt - days(1))] }),
    ])
    if (caller === null) throw new Error('nobody was called')
    const { client, engine } = caller
    const ask = () => client.close.get({ pair: 'pair', day: '2026-11-23' })
    const bare = await ask()
    keep(engine.store, 'shop', 'payments', [captured('a', 1000), captured('b', 700), captured('c', 90, { method: 'paypal' }), captured('d', 80, { captures: [{ at: placedAt - days(1), amount: 80 }] })], monday)
    const { payouts, currencies } = await ask()
    expect(payouts).toEqual([
      { payout: '1', state: 'paid', at: placedAt + days(2), gross: eur(700), fee: eur(10), net: eur(690) },
      // 7.00 of one order, and 24.00 of the one that is there from the beginning
      { payout: null, state: 'expected', at: Date.parse('2026-11-25T23:59:59.999Z'), gross: eur(3100), fee: null, net: null },
    ])
    expect(currencies).toEqual(bare.currencies)
  })

  it('is nothing that is spoken of where no payout was ever read', async () => {
    await told([])
    expect((await caller?.client.close.get({ pair: 'pair', day: '2026-11-23' }))?.payouts).toEqual([])
  })
})
