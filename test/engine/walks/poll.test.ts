/**
 * The walk of a poll (scheduler, secrets, door, pages, store) on a real file, through bad days.
 *
 * Each story ends the same way: what the platform has is what the store holds, and nothing was claimed too early.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hours, minutes, seconds } from '../../../src-main/domain/time.ts'
import { openStore } from '../../../src-main/engine/store/store.ts'
import { anErpOrder, anOrder, aPayment } from '../../support/builders.ts'
import { fakeClock, monday } from '../../support/clock.ts'
import { aPolling, covered } from '../../support/polling.ts'
import { aScheduling } from '../../support/scheduling.ts'
import { aFault, scriptConnector } from '../../support/scripted-connector.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plumbline-poll-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

describe('a poll', () => {
  it('that dies between two pages goes on there after the restart and loses nothing', async () => {
    const path = join(folder, 'plumbline.db')
    const clock = fakeClock()
    const platform = scriptConnector({ now: () => clock.now() })
    for (let number = 1; number <= 9; number += 1) {
      platform.put('orders', anOrder({ number: String(number) }), { stamp: monday - hours(number) })
    }
    const before = aPolling({ path, clock, platform })
    let reads = 0
    platform.meet(() => {
      reads += 1
      if (reads === 3) throw new Error('the power failed')
      return null
    })
    await expect(before.pass('orders')).rejects.toThrow('the power failed')
    before.store.close()
    platform.meet(null)
    await clock.advance(hours(2))
    platform.put('orders', anOrder({ number: '10' }))

    const after = aPolling({ path, clock, platform })
    expect([after.held('orders').length, covered(after.store, 'orders')]).toEqual([4, [null, null]])
    const asked = platform.asked.length
    await after.pass('orders')
    // it goes on behind the second page, and is complete only up to where the first run began
    expect(platform.asked[asked]?.cursor).toMatchObject({ inPass: true })
    expect([after.held('orders').length, covered(after.store, 'orders')]).toEqual([10, [0, monday]])
    await after.pass('orders')
    expect(covered(after.store, 'orders')).toEqual([0, monday + hours(2)])
    after.store.close()
  })

  it('whose page could not be kept leaves nothing of it: rows, cursor and marks stand or fall together', async () => {
    const polling = aPolling()
    const { platform, store } = polling
    for (const number of ['1', '2', '3']) platform.put('orders', anOrder({ number }))
    const broken: typeof store = {
      ...store,
      transaction: (work) =>
        store.transaction((tx) => {
          work(tx)
          throw new Error('disk full')
        }),
    }
    await expect(polling.pass('orders', { store: broken })).rejects.toThrow('disk full')
    expect([polling.held('orders'), store.streams.cursor('shop', 'orders'), store.snapshots.backlog()]).toEqual([[], null, 0])
    await polling.pass('orders')
    expect([polling.held('orders').length, store.snapshots.backlog()]).toEqual([3, 3])
  })

  it('goes through an outage: one state, one sentence, and nothing is claimed for the time in between', async () => {
    const { clock, platforms, scheduler, store, healths } = aScheduling()
    platforms['shop']?.put('orders', anOrder({ number: '1' }))
    scheduler.start()
    await clock.advance(minutes(2))
    const lastGood = store.streams.coverage('shop', 'orders').to ?? 0
    platforms['shop']?.meet(() => aFault('unreachable'))
    await clock.advance(minutes(20))
    platforms['shop']?.put('orders', anOrder({ number: '2' }))
    await clock.advance(minutes(20))
    expect(store.streams.coverage('shop', 'orders').to).toBe(lastGood)
    expect(store.connections.health('shop')).toMatchObject({
      state: 'unreachable',
      says: 'The platform says unreachable. Since 10:02 nothing of Shop was read; orders placed since then are not judged.',
    })
    platforms['shop']?.meet(null)
    await clock.advance(minutes(6))
    expect(store.connections.health('shop')).toMatchObject({ state: 'ok', says: null })
    expect(store.snapshots.get('shop', 'orders', 'order_2')).not.toBeNull()
    const states = healths.filter((one) => one.connection === 'shop').map((one) => one.health.state)
    // partial is what it is while its streams are read one after the other
    expect(states.filter((state) => state !== 'partial')).toEqual(['ok', 'unreachable', 'ok'])
    await scheduler.stop()
  })

  it('is refused, waits for a person, and goes on where it was', async () => {
    const { clock, platforms, scheduler, store } = aScheduling()
    scheduler.start()
    await clock.advance(minutes(1))
    platforms['erp']?.meet(() => aFault('credentials'))
    await clock.advance(hours(5))
    platforms['erp']?.put('orders', anErpOrder())
    expect([store.connections.health('erp').state, scheduler.nextDueAt('erp')]).toEqual(['refused', null])
    expect(store.connections.health('shop').state).toBe('ok')
    platforms['erp']?.meet(null)
    scheduler.readNow('erp')
    await clock.advance(seconds(1))
    expect([store.connections.health('erp').state, store.snapshots.page('erp', 'orders', 0, 9).length]).toEqual(['ok', 1])
    await scheduler.stop()
  })

  it('meets a cut page, a bad row and a cursor ahead, and says each by its name', async () => {
    const { clock, platforms, scheduler, store } = aScheduling()
    const shop = platforms['shop']
    for (let number = 1; number <= 5; number += 1) shop?.put('orders', anOrder({ number: String(number) }))
    let reads = 0
    shop?.meet(({ stream }) => (stream === 'orders' && ++reads === 2 ? aFault('unexpected-shape', { path: '' }) : null))
    scheduler.start()
    await clock.advance(seconds(1))
    expect(store.streams.lastPass('shop', 'orders')).toMatchObject({ complete: false, records: 2, faults: { 'unexpected-shape': 1 } })
    await clock.advance(minutes(1))
    expect(store.snapshots.page('shop', 'orders', 0, 9)).toHaveLength(5)

    shop?.putRaw('orders', 'order_6', { id: 'order_6', stamp: 'today' })
    await clock.advance(minutes(1))
    expect(store.connections.health('shop')).toMatchObject({ state: 'partial', says: expect.stringContaining('1 of its orders') })
    expect(store.streams.lastPass('shop', 'orders')?.complete).toBe(true)
    shop?.put('orders', anOrder({ number: '6' }))
    await clock.advance(minutes(1))
    expect(store.connections.health('shop').state).toBe('ok')

    if (shop !== undefined) shop.now = () => clock.now() - hours(30)
    await clock.advance(minutes(1))
    expect(store.connections.health('shop').says).toMatch(/a moment its clock has not reached.*orders of Shop were last complete/)
    if (shop !== undefined) shop.now = () => clock.now()
    await clock.advance(minutes(6))
    expect(store.connections.health('shop').state).toBe('ok')
    await scheduler.stop()
  })

  it('reads the orders that a payment touched before it says that the payments are complete', async () => {
    const { clock, platforms, scheduler, store } = aScheduling()
    const shop = platforms['shop']
    const open = anOrder({ placedAt: monday - hours(9), payment: { state: 'authorised', captures: [] } })
    shop?.put('orders', open, { stamp: monday - hours(9) })
    scheduler.start()
    await clock.advance(minutes(1))
    shop?.put('orders', anOrder({ placedAt: monday - hours(9) }), { stamp: monday - hours(9) })
    shop?.put('payments', aPayment(), { touches: ['order_1001'] })
    await clock.advance(seconds(31))
    const kept = store.snapshots.get('shop', 'orders', 'order_1001')?.record
    expect(kept?.kind === 'order' && kept.payment.captures).toHaveLength(1)
    await scheduler.stop()
  })

  it('leaves a file that another run opens and finds whole', async () => {
    const path = join(folder, 'whole.db')
    const { pass, platform, store } = aPolling({ path })
    platform.put('orders', anOrder())
    await pass('orders')
    store.close()
    const again = openStore(path, monday)
    expect([again.setAside, again.streams.coverage('shop', 'orders').to, again.snapshots.backlog()]).toEqual([null, monday, 1])
    again.close()
  })
})
