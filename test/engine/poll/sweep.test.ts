/** The slow sweep: what was deleted or hidden is found out in the end, without holding up what is new. */
import { describe, expect, it } from 'vitest'
import { days, hours, minutes } from '../../../src-main/domain/time.ts'
import { sinceMargin } from '../../../src-main/engine/poll/poller.ts'
import { aRefund, anErpOrder, anOrder } from '../../support/builders.ts'
import { monday } from '../../support/clock.ts'
import { type Polling, aPolling, covered } from '../../support/polling.ts'
import { aFault } from '../../support/scripted-connector.ts'

/** A platform that was read whole yesterday, with some orders of last week. */
async function yesterday(count = 5): Promise<Polling> {
  const polling = aPolling()
  for (let number = 1; number <= count; number += 1) {
    const placedAt = monday - days(7) + hours(number)
    polling.platform.put('orders', anOrder({ number: String(number), placedAt }), { stamp: placedAt })
  }
  await polling.pass('orders')
  await polling.clock.advance(days(1))
  await polling.pass('orders')
  await polling.clock.advance(minutes(1))
  return polling
}

describe('the slow sweep', () => {
  it('is due once a day, and not before', async () => {
    const { clock, pass, platform, sweep } = aPolling()
    platform.put('orders', anOrder())
    await pass('orders')
    expect(await sweep('orders')).toBeNull()
    await clock.advance(days(1))
    expect(await sweep('orders')).toMatchObject({ done: true, gone: 0, pass: { complete: true, records: 1 } })
    expect(await sweep('orders')).toBeNull()
  })

  it('finds an order that was deleted without a trace, and marks it to be judged again', async () => {
    const { clock, platform, store, sweep, held } = await yesterday()
    store.transaction((tx) => store.snapshots.clean(tx, 'pair', store.snapshots.dirty('pair', 99).map((one) => one.row)))
    platform.remove('orders', 'order_3')
    expect(await sweep('orders')).toMatchObject({ gone: 1, pass: { changed: 1 } })
    expect(held('orders')).toEqual(['order_1', 'order_2', 'order_4', 'order_5'])
    expect(store.snapshots.dirty('pair', 9).map((one) => [one.record.id, one.goneAt])).toEqual([['order_3', clock.now()]])
  })

  it('calls nothing gone that the platform only does not show any more, and is not due for it', async () => {
    const { clock, platform, pass, sweep, held } = aPolling({ streams: [{ name: 'orders', showsFor: days(60) }] })
    const put = (number: string, placedAt: number) => platform.put('orders', anOrder({ number, placedAt }), { stamp: placedAt })
    put('1', monday - days(59))
    put('2', monday - days(30))
    await pass('orders')
    expect(await sweep('orders')).toBeNull()
    platform.remove('orders', 'order_2')
    await clock.advance(days(5))
    await pass('orders')
    expect(await sweep('orders')).toMatchObject({ done: true, gone: 1 })
    expect(held('orders')).toEqual(['order_1'])
    expect(await sweep('orders')).toBeNull()
  })

  it('says nothing of a refund whose order the platform does not show any more', async () => {
    const { clock, platform, pass, sweep, store } = aPolling({
      streams: [{ name: 'orders', emits: ['orders', 'refunds'], showsFor: days(60) }],
    })
    const refund = aRefund({ at: monday - days(5) })
    platform.put('orders', refund, { stamp: monday - days(59) })
    await pass('orders')
    await clock.advance(days(5))
    await pass('orders')
    expect(await sweep('orders')).toMatchObject({ done: true, gone: 0 })
    expect(store.snapshots.get('shop', 'refunds', refund.id)?.goneAt).toBe(null)
  })

  it('calls nothing gone that came or moved while it ran', async () => {
    const polling = await yesterday()
    const { clock, platform, pass, sweep, held } = polling
    let reads = 0
    platform.meet(async ({ how }) => {
      reads += 1
      if (reads === 2 && how === 'read') {
        platform.put('orders', anOrder({ number: '6' }))
        platform.meet(null)
        await pass('orders')
        clock.jump(minutes(1))
      }
      return null
    })
    await sweep('orders')
    expect(held('orders')).toEqual(['order_1', 'order_2', 'order_3', 'order_4', 'order_5', 'order_6'])
  })

  it('goes on where it was cut, stretch by stretch, and leaves the cursor of the passes alone', async () => {
    const { clock, platform, pass, sweep, held, store } = await yesterday(100)
    platform.remove('orders', 'order_7')
    const first = await sweep('orders')
    expect(first).toMatchObject({ done: false, gone: 0, pass: { records: 40 } })
    await clock.advance(minutes(1))
    platform.put('orders', anOrder({ number: '999' }))
    expect((await pass('orders')).pass).toMatchObject({ complete: true })
    expect(held('orders')).toContain('order_999')
    await sweep('orders')
    expect(await sweep('orders')).toMatchObject({ done: true, gone: 1 })
    expect([held('orders').length, covered(store, 'orders')]).toEqual([100, [0, clock.now()]])
  })

  it('that meets a fault goes on later and calls nothing gone', async () => {
    const { platform, sweep, held } = await yesterday()
    platform.remove('orders', 'order_5')
    let reads = 0
    platform.meet(() => (++reads === 2 ? aFault('temporary') : null))
    expect(await sweep('orders')).toMatchObject({ done: false, fault: { class: 'temporary' } })
    expect(held('orders')).toHaveLength(5)
    const asked = platform.asked.length
    expect(await sweep('orders')).toMatchObject({ done: true, gone: 1 })
    expect(platform.asked[asked]?.cursor).not.toBeNull()
  })

  it('calls nothing gone while a row could not be read', async () => {
    const { platform, sweep, held } = await yesterday()
    platform.remove('orders', 'order_5')
    platform.putRaw('orders', 'order_4', { id: 'order_4', broken: true })
    await sweep('orders')
    expect(held('orders')).toHaveLength(5)
  })

  it('with a beginning leaves what was placed before it as it is', async () => {
    const { clock, platform, pass, sweep, held, store } = aPolling()
    const since = monday - days(5)
    const old = anOrder({ number: '1', placedAt: since - days(30) })
    platform.put('orders', old, { stamp: since + days(1) })
    platform.put('orders', anOrder({ number: '2', placedAt: since + sinceMargin + hours(1) }))
    await pass('orders', { since })
    // both are deleted; only of the second it is certain that a reading since then would have met it
    platform.remove('orders', 'order_1')
    platform.remove('orders', 'order_2')
    await clock.advance(days(1))
    await pass('orders', { since })
    expect(await sweep('orders', { since })).toMatchObject({ gone: 1 })
    expect([held('orders'), store.snapshots.get('shop', 'orders', 'order_1')?.goneAt]).toEqual([['order_1'], null])
  })

  it('works for ERP orders as well', async () => {
    const { clock, platform, pass, sweep, held } = aPolling()
    platform.put('orders', anErpOrder())
    await pass('orders')
    platform.remove('orders', 'so-1001')
    await clock.advance(days(1))
    await pass('orders')
    await sweep('orders')
    expect(held('orders')).toEqual([])
  })

  it('reads further back when a pair judges from earlier on, and only then covers it', async () => {
    const { clock, platform, pass, sweep, held, store } = aPolling()
    platform.put('orders', anOrder({ number: '1' }), { stamp: monday - days(40) })
    platform.put('orders', anOrder({ number: '2' }), { stamp: monday - days(1) })
    await pass('orders', { since: monday - days(10) })
    await clock.advance(minutes(1))
    await pass('orders', { since: null })
    expect([held('orders'), covered(store, 'orders')]).toEqual([['order_2'], [monday - days(10), clock.now()]])
    expect(await sweep('orders', { since: null })).toMatchObject({ done: true })
    expect([held('orders'), covered(store, 'orders')]).toEqual([['order_2', 'order_1'], [0, clock.now()]])
  })
})
