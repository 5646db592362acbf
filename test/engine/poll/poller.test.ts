/** One pass: what it keeps, what it says it has seen, and what it leaves alone when something goes wrong. */
import { describe, expect, it } from 'vitest'
import { days, hours, minutes, seconds } from '../../../src-main/domain/time.ts'
import { anOrder, aPayment, aStockLevel } from '../../support/builders.ts'
import { monday } from '../../support/clock.ts'
import { aPolling, covered } from '../../support/polling.ts'
import { aFault } from '../../support/scripted-connector.ts'

function orders(count: number): ReturnType<typeof anOrder>[] {
  return Array.from({ length: count }, (_, index) => anOrder({ number: String(1001 + index) }))
}

describe('a pass', () => {
  it('keeps every page with its cursor and covers the stream up to the moment at which it began', async () => {
    const { clock, platform, pass, store, held } = aPolling()
    for (const order of orders(5)) platform.put('orders', order, { stamp: monday - hours(1) })
    platform.meet(async () => {
      clock.jump(seconds(10))
      return null
    })
    const end = await pass('orders')
    expect(end).toMatchObject({
      fault: null,
      goesOn: false,
      pass: { stream: 'orders', startedAt: monday, endedAt: monday + seconds(30), records: 5, changed: 5, complete: true, faults: {} },
    })
    expect(held('orders')).toHaveLength(5)
    expect(covered(store, 'orders')).toEqual([0, monday])
    expect(store.snapshots.dirty('pair', 100)).toHaveLength(5)
    expect(store.streams.lastPass('shop', 'orders')).toEqual(end.pass)
  })

  it('goes on from its cursor the next time, and marks only what changed', async () => {
    const { clock, platform, pass, store } = aPolling()
    for (const order of orders(3)) platform.put('orders', order, { stamp: monday - hours(1) })
    await pass('orders')
    store.transaction((tx) => store.snapshots.clean(tx, 'pair', store.snapshots.dirty('pair', 9).map((one) => one.row)))
    await clock.advance(minutes(1))
    platform.put('orders', anOrder({ number: '1002', channel: 'phone' }))
    const end = await pass('orders')
    expect([end.pass.changed, store.snapshots.dirty('pair', 9).map((one) => one.record.id)]).toEqual([1, ['order_1002']])
    expect(covered(store, 'orders')).toEqual([0, monday + minutes(1)])
  })

  it('reads only what came since, and says so', async () => {
    const { platform, pass, store, held } = aPolling()
    platform.put('orders', anOrder({ number: '1' }), { stamp: monday - days(9) })
    platform.put('orders', anOrder({ number: '2' }), { stamp: monday - days(1) })
    await pass('orders', { since: monday - days(3) })
    expect([held('orders'), covered(store, 'orders')]).toEqual([['order_2'], [monday - days(3), monday]])
  })

  it('covers no more than the platform shows', async () => {
    const { platform, pass, store, held } = aPolling({ streams: [{ name: 'orders', showsFor: days(60) }] })
    platform.put('orders', anOrder({ number: '1' }), { stamp: monday - days(70) })
    platform.put('orders', anOrder({ number: '2' }), { stamp: monday - days(1) })
    await pass('orders')
    expect([held('orders'), covered(store, 'orders')]).toEqual([['order_2'], [monday - days(60), monday]])
  })

  it('of an empty platform is complete too', async () => {
    const { pass, store } = aPolling()
    expect((await pass('orders')).pass).toMatchObject({ records: 0, complete: true })
    expect(covered(store, 'orders')).toEqual([0, monday])
  })

  it('covers every stream that its rows fill', async () => {
    const { platform, pass, store } = aPolling({ streams: [{ name: 'orders', emits: ['orders', 'refunds'] }] })
    platform.put('orders', anOrder())
    await pass('orders')
    expect([covered(store, 'orders'), covered(store, 'refunds')]).toEqual([[0, monday], [0, monday]])
  })

  it('stops at its page cap and goes on there, and covers nothing before it is through', async () => {
    const { clock, platform, pass, store, held } = aPolling()
    for (const order of orders(5)) platform.put('orders', order)
    const first = await pass('orders', { pagesMax: 2 })
    expect(first).toMatchObject({ fault: null, goesOn: true, pass: { records: 4, complete: false } })
    expect([held('orders').length, covered(store, 'orders')]).toEqual([4, [null, null]])
    await clock.advance(minutes(3))
    const second = await pass('orders', { pagesMax: 2 })
    // complete only up to where the walk began: what moved behind its back is read by the next
    expect(second).toMatchObject({ goesOn: false, walkStartedAt: monday, pass: { records: 1, complete: true } })
    expect(covered(store, 'orders')).toEqual([0, monday])
    await pass('orders')
    expect(covered(store, 'orders')).toEqual([0, monday + minutes(3)])
  })

  it('that was told to stop finishes its page and begins no other', async () => {
    const { platform, pass, stop, held, store } = aPolling()
    for (const order of orders(5)) platform.put('orders', order)
    platform.meet(() => {
      stop.abort()
      return null
    })
    const end = await pass('orders')
    expect(end).toMatchObject({ fault: null, pass: { records: 2, complete: false, faults: {} } })
    expect([held('orders').length, covered(store, 'orders')]).toEqual([2, [null, null]])
  })

  it('whose door was closed says nothing against the platform', async () => {
    const { platform, pass, cut } = aPolling()
    platform.put('orders', anOrder())
    platform.meet(() => {
      cut.abort(new Error('closed'))
      return null
    })
    expect(await pass('orders')).toMatchObject({ fault: null, goesOn: true, pass: { complete: false, faults: {} } })
  })
})

describe('a fault', () => {
  it('ends the pass; what was read stays and coverage does not move', async () => {
    const { clock, platform, pass, store, held } = aPolling()
    platform.put('orders', anOrder({ number: '1' }), { stamp: monday - hours(2) })
    await pass('orders')
    await clock.advance(minutes(10))
    for (const order of orders(5)) platform.put('orders', order)
    let reads = 0
    platform.meet(() => (++reads === 3 ? aFault('temporary') : null))
    const end = await pass('orders')
    expect(end).toMatchObject({ fault: { class: 'temporary' }, pass: { complete: false, faults: { temporary: 1 } } })
    expect([held('orders').length, covered(store, 'orders')]).toEqual([4, [0, monday]])
    platform.meet(null)
    await pass('orders')
    expect(held('orders')).toHaveLength(6)
  })

  it('of a cursor that lies ahead of the platform falls back to the last good one', async () => {
    const { clock, platform, pass, held } = aPolling()
    for (const order of orders(3)) platform.put('orders', order, { stamp: monday - hours(1) })
    await pass('orders')
    await clock.advance(minutes(1))
    platform.put('orders', anOrder({ number: '2000' }), { stamp: monday + days(400) })
    await pass('orders', { pagesMax: 1 })
    await pass('orders')
    const end = await pass('orders')
    expect(end).toMatchObject({ fault: { class: 'validation', path: 'cursor' }, pass: { faults: { validation: 1 } } })
    platform.remove('orders', 'order_2000')
    platform.put('orders', anOrder({ number: '1004' }))
    const healed = await pass('orders')
    expect(healed).toMatchObject({ fault: null, pass: { complete: true } })
    expect(held('orders')).toContain('order_1004')
  })

  it('of a good cursor that turned out wrong begins at the beginning', async () => {
    const { platform, pass } = aPolling()
    platform.put('orders', anOrder({ number: '1' }), { stamp: monday })
    await pass('orders')
    // restored from a backup of last year
    platform.now = () => monday - days(300)
    expect((await pass('orders')).fault?.path).toBe('cursor')
    const asked = platform.asked.length
    await pass('orders')
    expect(platform.asked[asked]?.cursor).toBeNull()
  })

  it('of a platform that answers the same page again and again ends the pass', async () => {
    const { platform, pass, order } = aPolling()
    for (const one of orders(5)) platform.put('orders', one)
    const { stream } = order('orders')
    const stuck = { at: 1, id: 'x', inPass: true }
    const end = await pass('orders', {
      stream: { ...stream, read: async () => ({ ok: true, value: { rows: [], next: stuck, resumeAt: stuck, touched: [] } }) },
    })
    expect(end).toMatchObject({ fault: { class: 'unexpected-shape', path: 'next' } })
  })

  it('while a snapshot is read makes it begin anew, as its pages belong together', async () => {
    const { platform, pass } = aPolling()
    for (const sku of ['A', 'B', 'C', 'D', 'E']) platform.put('stock', aStockLevel({ sku }))
    let reads = 0
    platform.meet(() => (++reads === 2 ? aFault('temporary') : null))
    await pass('stock')
    platform.meet(null)
    const asked = platform.asked.length
    await pass('stock')
    expect(platform.asked[asked]?.cursor).toBeNull()
  })
})

describe('a row that cannot be read', () => {
  it('is put aside without its contents, and the page goes on', async () => {
    const { platform, pass, store, held } = aPolling()
    for (const order of orders(2)) platform.put('orders', order)
    platform.putRaw('orders', 'order_bad', { id: 'order_bad', stamp: monday, record: { ...anOrder(), placedAt: 'Ann Smith' } })
    const end = await pass('orders')
    expect(end.pass).toMatchObject({ records: 2, complete: true, faults: { 'unexpected-shape': 1 } })
    expect(held('orders')).toHaveLength(2)
    const [bad] = store.quarantine.list('shop', 'orders')
    expect(bad).toMatchObject({ id: 'order_bad', path: 'record.placedAt' })
    expect(JSON.stringify(bad)).not.toContain('Ann')
  })

  it('without an id is named by its hash, once however often it is met', async () => {
    const { platform, pass, store } = aPolling()
    platform.putRaw('orders', 'x', { nothing: 'known' })
    await pass('orders')
    await pass('orders')
    expect(store.quarantine.list('shop', 'orders').map((one) => one.id)).toEqual([expect.stringMatching(/^row-[0-9a-f]{16}$/)])
  })

  it('leaves the quarantine when it can be read after all', async () => {
    const { platform, pass, store, held } = aPolling()
    platform.putRaw('orders', 'order_1001', { id: 'order_1001' })
    await pass('orders')
    platform.put('orders', anOrder())
    await pass('orders')
    expect([store.quarantine.count('shop', 'orders'), held('orders')]).toEqual([0, ['order_1001']])
  })

  it('is not called gone, nor is anything else while it may be the one that is missed', async () => {
    const { clock, platform, pass, held } = aPolling()
    for (const sku of ['A', 'B']) platform.put('stock', aStockLevel({ sku }))
    await pass('stock')
    await clock.advance(seconds(30))
    platform.putRaw('stock', 'A@WH', { id: 'A@WH', surprise: true })
    await pass('stock')
    expect(held('stock')).toEqual(['A@WH', 'B@WH'])
  })

  it('that failed while it was worded is the row’s fault, not the engine’s end', async () => {
    const { platform, pass, order, store } = aPolling()
    platform.put('orders', anOrder())
    const { stream } = order('orders')
    const end = await pass('orders', {
      stream: {
        ...stream,
        normalise() {
          throw new RangeError('1e999 is not a safe whole number')
        },
      },
    })
    expect(end.pass.faults).toEqual({ 'unexpected-shape': 1 })
    expect(store.quarantine.list('shop', 'orders')).toMatchObject([{ id: 'order_1001', path: '(RangeError)' }])
  })

  it('in company of nothing else is a platform we do not understand: nothing is called complete', async () => {
    const { platform, pass, store } = aPolling({ pageRows: 20 })
    for (let count = 0; count < 12; count += 1) platform.putRaw('orders', `o${count}`, { id: `o${count}`, v3: true })
    const end = await pass('orders')
    expect(end).toMatchObject({ fault: { class: 'unexpected-shape' }, pass: { complete: false } })
    expect(covered(store, 'orders')).toEqual([null, null])
  })
})

describe('what is no longer there', () => {
  it('is gone after a complete pass of a snapshot, and is met again when it comes back', async () => {
    const { clock, platform, pass, store, held } = aPolling()
    for (const sku of ['A', 'B', 'C']) platform.put('stock', aStockLevel({ sku }))
    await pass('stock')
    platform.remove('stock', 'B@WH')
    await clock.advance(seconds(30))
    await pass('stock')
    expect([held('stock'), store.snapshots.get('shop', 'stock', 'B@WH')?.goneAt]).toEqual([['A@WH', 'C@WH'], monday + seconds(30)])
    platform.put('stock', aStockLevel({ sku: 'B' }), { stamp: monday })
    await clock.advance(seconds(30))
    await pass('stock')
    expect(held('stock')).toEqual(['A@WH', 'B@WH', 'C@WH'])
  })

  it('is not called gone when the snapshot broke off', async () => {
    const { clock, platform, pass, held } = aPolling()
    for (const sku of ['A', 'B', 'C']) platform.put('stock', aStockLevel({ sku }))
    await pass('stock')
    await clock.advance(seconds(30))
    let reads = 0
    platform.meet(() => (++reads === 2 ? aFault('unreachable') : null))
    await pass('stock')
    expect(held('stock')).toHaveLength(3)
  })

  it('is not called gone because the clock was put back while it was read', async () => {
    const { clock, platform, pass, held } = aPolling()
    for (const sku of ['A', 'B', 'C']) platform.put('stock', aStockLevel({ sku }))
    await pass('stock')
    await clock.advance(seconds(30))
    platform.meet(() => {
      clock.jump(-hours(1))
      return null
    })
    await pass('stock')
    expect(held('stock')).toHaveLength(3)
  })

  it('stays believed in by an ordinary pass of changes, which cannot know', async () => {
    const { clock, platform, pass, held } = aPolling()
    for (const order of orders(3)) platform.put('orders', order, { stamp: monday - days(1) })
    await pass('orders')
    platform.remove('orders', 'order_1002')
    await clock.advance(minutes(1))
    await pass('orders')
    expect(held('orders')).toHaveLength(3)
  })
})

describe('records that a page touched', () => {
  it('are looked up and kept in the same pass', async () => {
    const { clock, platform, pass, store } = aPolling()
    platform.put('orders', anOrder({ payment: { state: 'authorised', captures: [] } }), { stamp: monday - hours(2) })
    await pass('orders')
    await clock.advance(minutes(1))
    // a capture moves the payment's stamp and not the order's
    platform.put('orders', anOrder(), { stamp: monday - hours(2) })
    platform.put('payments', aPayment(), { touches: ['order_1001'] })
    const end = await pass('payments')
    expect(end.pass).toMatchObject({ stream: 'payments', records: 2, changed: 2, complete: true })
    const kept = store.snapshots.get('shop', 'orders', 'order_1001')?.record
    expect(kept?.kind === 'order' && kept.payment.state).toBe('captured')
  })

  it('are asked for in chunks, each once', async () => {
    const { platform, pass } = aPolling({ pageRows: 200 })
    for (let count = 0; count < 150; count += 1) {
      platform.put('payments', aPayment({ id: `pay_${count}` }), { touches: [`order_${count}`, 'order_0'] })
    }
    await pass('payments')
    const lookups = platform.asked.filter((one) => one.how === 'lookup')
    expect(lookups.map((one) => [one.stream, one.keys.length])).toEqual([['orders', 100], ['orders', 50]])
  })

  it('are asked for until nothing on the page can hide behind a transaction any more, and not for ever', async () => {
    const { clock, platform, pass } = aPolling()
    platform.put('orders', anOrder())
    platform.put('payments', aPayment(), { touches: ['order_1001'] })
    const looked: number[] = []
    for (let minute = 0; minute < 9; minute += 1) {
      const before = platform.asked.length
      // oxlint-disable-next-line no-await-in-loop -- minute by minute
      await pass('payments')
      looked.push(platform.asked.slice(before).filter((one) => one.how === 'lookup').length)
      // oxlint-disable-next-line no-await-in-loop -- as above
      await clock.advance(minutes(1))
    }
    // the overlap is five minutes
    expect(looked).toEqual([1, 1, 1, 1, 1, 1, 1, 0, 0])
  })

  it('are not asked for at the first reading, where they were read after they last moved', async () => {
    const { platform, pass } = aPolling()
    platform.put('orders', anOrder(), { stamp: monday - days(2) })
    platform.put('payments', aPayment(), { stamp: monday - days(2), touches: ['order_1001'] })
    await pass('orders')
    await pass('payments')
    expect(platform.asked.filter((one) => one.how === 'lookup')).toEqual([])
  })

  it('that cannot be asked for hold the cursor back: they are asked for again', async () => {
    const { clock, platform, pass, store, held } = aPolling()
    platform.put('orders', anOrder())
    platform.put('payments', aPayment(), { touches: ['order_1001'] })
    platform.meet(({ how }) => (how === 'lookup' ? aFault('unreachable') : null))
    const end = await pass('payments')
    expect(end).toMatchObject({ fault: { class: 'unreachable' }, pass: { records: 1, complete: false } })
    expect([held('payments'), covered(store, 'payments')]).toEqual([['pay_1001'], [null, null]])
    platform.meet(null)
    await clock.advance(minutes(1))
    await pass('payments')
    expect(held('orders')).toEqual(['order_1001'])
  })
})

describe('other settings', () => {
  it('make reading begin anew, and nothing is covered until it is through', async () => {
    const { clock, platform, pass, store } = aPolling()
    platform.put('orders', anOrder())
    await pass('orders')
    await clock.advance(minutes(1))
    platform.meet(() => aFault('unreachable'))
    await pass('orders', { settings: { server: 'two' } })
    expect([platform.asked.at(-1)?.cursor, covered(store, 'orders')]).toEqual([null, [null, null]])
    platform.meet(null)
    await pass('orders', { settings: { server: 'two' } })
    expect(covered(store, 'orders')).toEqual([0, monday + minutes(1)])
  })
})
