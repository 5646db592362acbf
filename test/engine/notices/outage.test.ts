/** An outage is one incident and one notice, however many orders wait for it; its end is one more (DESIGN §3, §8). */
import { describe, expect, it } from 'vitest'
import { ok } from '../../../src-main/domain/fault.ts'
import { hours } from '../../../src-main/domain/time.ts'
import { outbox } from '../../../src-main/engine/notices/outbox.ts'
import { catalogue } from '../../../src-main/engine/reconcile/registry.ts'
import { reconciler } from '../../../src-main/engine/reconcile/reconciler.ts'
import { anErpOrder, anOrder } from '../../support/builders.ts'
import { fakeClock, monday } from '../../support/clock.ts'
import { aStore, cover, keep } from '../../support/store.ts'

const orders = 10_000

describe('an ERP that goes down over ten thousand orders', () => {
  it('is one incident and one notice, and one more when it is back', async () => {
    const store = aStore()
    const clock = fakeClock(monday + hours(1))
    let ids = 0
    const chance = { fraction: () => 0.5, id: () => `id-${(ids += 1)}` }
    const told = outbox({ store, clock, chance, titleOf: (rule) => catalogue.get(rule)?.title ?? rule, atLeast: () => 'high' })
    const judge = reconciler({
      store,
      clock,
      chance,
      lookUp: async () => ok({ found: 0, complete: true }),
      onChange: (tx, changes) => told.tell(tx, changes),
    })
    const health = (state: 'unreachable' | 'ok') =>
      store.transaction((tx) => store.connections.saveHealth(tx, 'erp', { state, says: null, clockOffsetMs: 0, at: clock.now() }))

    // the ERP was last read before any of these was due
    cover(store, 'erp', ['orders'], monday - hours(2))
    cover(store, 'shop', ['orders'], monday + hours(1))
    health('unreachable')
    const numbers = Array.from({ length: orders }, (_, nth) => String(100_000 + nth))
    keep(store, 'shop', 'orders', numbers.map((number) => anOrder({ number })))
    await judge.run()
    expect(store.incidents.live(10).map((one) => one.rule)).toEqual(['F12-connection-blind'])
    expect(store.judgements.notJudged('pair', clock.now()).find((row) => row.rule === 'F02-paid-order-missing')?.count).toBe(orders)
    expect(store.notices.pending(clock.now()).map((notice) => notice.title)).toEqual(['A side cannot be read'])

    // it is back, and had everything all along
    keep(store, 'erp', 'orders', numbers.map((number) => anErpOrder({ references: [number] })))
    health('ok')
    for (const side of ['shop', 'erp']) cover(store, side, ['orders'], clock.now())
    await judge.run()
    expect(store.incidents.live(10)).toEqual([])
    expect(store.judgements.notJudged('pair', clock.now())).toEqual([])
    expect(store.notices.pending(clock.now()).map((notice) => notice.kind)).toEqual(['opened', 'recovered'])
    store.close()
  }, 60_000)
})
