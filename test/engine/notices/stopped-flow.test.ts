/** A stopped integration is one notice and one when it runs again, however many orders it holds up; what it never brings is told then (DESIGN §8). */
import { expect, it } from 'vitest'
import { ok } from '../../../src-main/domain/fault.ts'
import type { Severity } from '../../../src-main/domain/incident.ts'
import { minutes, seconds } from '../../../src-main/domain/time.ts'
import { outbox } from '../../../src-main/engine/notices/outbox.ts'
import { newDuty, slaMinutesDefault } from '../../../src-main/engine/reconcile/duty.ts'
import { reconciler } from '../../../src-main/engine/reconcile/reconciler.ts'
import { catalogue } from '../../../src-main/engine/reconcile/registry.ts'
import { fakeClock, monday } from '../../support/clock.ts'
import { arrived, nth, numberOf, sold } from '../../support/flow.ts'
import { aStore, cover, keep } from '../../support/store.ts'

const held = 300

function aWatch(atLeast: Severity) {
  const store = aStore()
  const clock = fakeClock(monday)
  let ids = 0
  const chance = { fraction: () => 0.5, id: () => `id-${(ids += 1)}` }
  const duty = newDuty({ store, clock, zone: 'UTC' })
  duty.begin()
  const told = outbox({ store, clock, chance, titleOf: (rule) => catalogue.get(rule)?.title ?? rule, atLeast: () => atLeast })
  const judge = reconciler({ store, clock, chance, lookUp: async () => ok({ found: 0, complete: true }), onChange: (tx, changes) => told.tell(tx, changes) })
  for (let index = 0; index < 20; index += 1) {
    keep(store, 'shop', 'orders', [sold(numberOf(index), nth(index))])
    keep(store, 'erp', 'orders', [arrived(numberOf(index), nth(index) + minutes(1))])
  }
  return {
    store,
    duty,
    async readTo(at: number, isLookedAt = true): Promise<readonly string[]> {
      await clock.advance(at - clock.now())
      for (const side of ['shop', 'erp']) cover(store, side, ['orders'], at)
      await judge.run()
      const titles = store.notices.pending(at).map((notice) => notice.title)
      if (isLookedAt) store.transaction((tx) => store.notices.pending(at).forEach((notice) => store.notices.shown(tx, notice.id, at)))
      return titles
    },
  }
}

it('is told once, and what is lost for good is told when the rest has come', async () => {
  const { store, readTo } = aWatch('high')
  expect(await readTo(nth(20))).toEqual([])
  keep(store, 'shop', 'orders', Array.from({ length: held }, (_, index) => sold(String(10_000 + index), nth(20) + seconds(index * 5))))
  const stopped: string[] = []
  for (let at = nth(20) + minutes(1); at < nth(20) + minutes(60); at += minutes(1)) stopped.push(...(await readTo(at)))
  expect(stopped).toEqual(['No order reaches the ERP any more'])
  expect(store.incidents.liveOfRule('F02-paid-order-missing')).toHaveLength(held)

  const back = nth(20) + minutes(61)
  keep(store, 'erp', 'orders', Array.from({ length: held - 2 }, (_, index) => arrived(String(10_000 + index), back)))
  const later: string[] = []
  for (let at = back + minutes(1); at < back + minutes(40); at += minutes(1)) later.push(...(await readTo(at)))
  expect(later).toEqual(['Orders reach the ERP again', '2 × Paid order never reached the ERP'])
  store.close()
}, 60_000)

it('that runs again before anybody has heard of it is not told at all', async () => {
  const { store, readTo } = aWatch('high')
  await readTo(nth(20))
  keep(store, 'shop', 'orders', [0, 1, 2].map((index) => sold(String(10_000 + index), nth(20 + index))))
  let waiting: readonly string[] = []
  for (let at = nth(20) + minutes(1); at < nth(20) + minutes(120); at += minutes(10)) waiting = await readTo(at, false)
  expect(waiting).toEqual(['No order reaches the ERP any more'])
  const back = nth(20) + minutes(121)
  keep(store, 'erp', 'orders', [0, 1, 2].map((index) => arrived(String(10_000 + index), back)))
  for (let at = back + minutes(1); at < back + minutes(10); at += minutes(1)) waiting = await readTo(at, false)
  expect(waiting).toEqual([])
  store.close()
})

it('gives whoever answers their time to react from when it is told, however long it was held up', async () => {
  const { store, readTo, duty } = aWatch('high')
  await readTo(nth(20))
  keep(store, 'shop', 'orders', [0, 1, 2].map((index) => sold(String(10_000 + index), nth(20 + index))))
  for (let at = nth(20) + minutes(1); at < nth(20) + minutes(120); at += minutes(10)) await readTo(at)
  const back = nth(20) + minutes(121)
  // it runs again, and has dropped the first one
  keep(store, 'erp', 'orders', [1, 2].map((index) => arrived(String(10_000 + index), back)))
  const told: number[] = []
  for (let at = back + minutes(1); at < back + minutes(40) && told.length === 0; at += minutes(1)) {
    if ((await readTo(at)).includes('Paid order never reached the ERP')) told.push(at)
    store.transaction((tx) => duty.settle(tx))
    expect(store.deliveries.unheard(at, 10)).toEqual([])
  }
  const [at = 0] = told
  const [left] = store.incidents.liveOfRule('F02-paid-order-missing')
  expect(left?.openedAt).toBeLessThan(at - minutes(60))
  expect(store.deliveries.unheard(at + minutes(14), 10)).toEqual([])
  expect(store.deliveries.unheard(at + minutes(16), 10)).toEqual([left?.id])
  // what it costs does not wait: the deadline is that of its first second
  expect(left?.slaDueAt).toBe((left?.openedAt ?? 0) + minutes(slaMinutesDefault.critical))
  store.close()
})

it('never hides what is worse than its parent from who hears only of the worst', async () => {
  const { store, readTo } = aWatch('critical')
  // hourly batches are high, the orders that they make late are critical
  for (const hour of [0, 12, 24]) {
    for (let index = 0; index < 12; index += 1) {
      keep(store, 'shop', 'orders', [sold(`${hour}-${index}`, nth(24 + hour + index))])
      keep(store, 'erp', 'orders', [arrived(`${hour}-${index}`, nth(36 + hour) + seconds(index))])
    }
  }
  expect(await readTo(nth(60) + minutes(1))).toEqual([])
  expect(store.incidents.liveOfRule('F11-batch-rhythm')).toHaveLength(1)
  keep(store, 'shop', 'orders', [sold('late', nth(61))])
  expect(await readTo(nth(65))).toEqual(['Paid order never reached the ERP'])
  store.close()
})
