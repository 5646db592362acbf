/** When what is read, what holds it up, and that the engine may run for weeks. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { failed, fault, ok } from '../../../src-main/domain/fault.ts'
import { Secret } from '../../../src-main/domain/secret.ts'
import { days, hours, minutes, seconds } from '../../../src-main/domain/time.ts'
import { aConnection, anErpConnection, anOrder, aPair, aPayment } from '../../support/builders.ts'
import { fakeClock, monday, settle } from '../../support/clock.ts'
import { type Scheduling, aScheduling } from '../../support/scheduling.ts'
import { aFault, scriptConnector } from '../../support/scripted-connector.ts'

const field = { name: 'apiKey', label: 'API key', help: '', kind: 'password', placeholder: '' } as const

/** One connection with one stream, so that each read is one line. */
function oneStream(more: Parameters<typeof aScheduling>[0] = {}): Scheduling {
  return aScheduling({
    platforms: (clock) => ({ shop: scriptConnector({ now: () => clock.now(), id: 'shop', streams: [{ name: 'orders' }] }) }),
    connections: [aConnection({ platform: 'shop' })],
    pairs: [],
    ...more,
  })
}

describe('the scheduler', () => {
  it('reads each stream at its pace, and all of them at once at first', async () => {
    const { clock, scheduler, reads } = aScheduling()
    scheduler.start()
    await clock.advance(0)
    expect(reads()).toEqual({ 'shop/orders': 1, 'shop/payments': 1, 'shop/stock': 1, 'erp/orders': 1, 'erp/products': 1 })
    await clock.advance(minutes(30))
    expect(reads()).toEqual({ 'shop/orders': 61, 'shop/payments': 61, 'shop/stock': 61, 'erp/orders': 61, 'erp/products': 2 })
    await scheduler.stop()
  })

  it('reads what is due one after the other within a connection, and connections beside each other', async () => {
    const { clock, scheduler, platforms } = aScheduling()
    let shop = 0
    let both = 0
    let most = 0
    for (const [name, platform] of Object.entries(platforms)) {
      platform.meet(async () => {
        if (name === 'shop') most = Math.max(most, ++shop)
        both += 1
        await clock.sleep(seconds(2))
        if (name === 'shop') shop -= 1
        return null
      })
    }
    scheduler.start()
    await settle()
    expect(both).toBe(2)
    await clock.advance(minutes(5))
    expect(most).toBe(1)
    const stopped = scheduler.stop()
    await clock.advance(seconds(10))
    await stopped
  })

  it('takes a new pace at once', async () => {
    const { clock, scheduler, reads, setPollSeconds } = oneStream()
    scheduler.start()
    await clock.advance(minutes(1))
    setPollSeconds(10)
    await clock.advance(seconds(30))
    const before = reads()['shop/orders'] ?? 0
    await clock.advance(minutes(1))
    expect((reads()['shop/orders'] ?? 0) - before).toBe(6)
    await scheduler.stop()
  })

  it('says when it reads next', async () => {
    const { clock, scheduler } = oneStream()
    expect(scheduler.nextDueAt('shop')).toBeNull()
    scheduler.start()
    await clock.advance(seconds(1))
    expect(scheduler.nextDueAt('shop')).toBe(monday + seconds(30))
    await scheduler.stop()
  })

  it('reads at once when a person asks, and only what was asked for', async () => {
    const { clock, scheduler, reads } = aScheduling()
    scheduler.start()
    await clock.advance(seconds(1))
    scheduler.readNow('erp')
    await settle()
    expect(reads()).toMatchObject({ 'shop/orders': 1, 'erp/orders': 2, 'erp/products': 2 })
    scheduler.readNow()
    await settle()
    expect(reads()).toMatchObject({ 'shop/orders': 2, 'erp/orders': 3 })
    await scheduler.stop()
  })

  it('reads at once when the laptop wakes, once and not for each poll it slept through', async () => {
    const { clock, scheduler, reads } = oneStream()
    scheduler.start()
    await clock.advance(seconds(1))
    clock.jump(hours(8))
    scheduler.readNow()
    await settle()
    expect(reads()).toEqual({ 'shop/orders': 2 })
    await clock.advance(seconds(29))
    expect(reads()).toEqual({ 'shop/orders': 2 })
    await scheduler.stop()
  })

  it('goes on reading when the clock is put back', async () => {
    const { clock, scheduler, reads } = oneStream()
    scheduler.start()
    await clock.advance(minutes(1))
    const before = reads()['shop/orders'] ?? 0
    clock.jump(-hours(3))
    scheduler.readNow('nobody')
    await clock.advance(minutes(1))
    expect((reads()['shop/orders'] ?? 0) - before).toBeGreaterThanOrEqual(2)
    await scheduler.stop()
  })

  it('reads on at once behind the page cap, and lets the other streams have their turn between', async () => {
    const { clock, scheduler, platforms, passes } = aScheduling()
    for (let number = 0; number < 4100; number += 1) platforms['shop']?.put('orders', anOrder({ number: String(number) }))
    platforms['shop']?.meet(() => {
      clock.jump(1)
      return null
    })
    scheduler.start()
    await clock.advance(0)
    const shop = passes.filter((one) => one.connection === 'shop').map((one) => `${one.stream} ${one.pass.records} ${one.pass.complete}`)
    expect(shop.slice(0, 4)).toEqual(['orders 4000 false', 'payments 0 true', 'stock 0 true', 'orders 100 true'])
    await scheduler.stop()
  })

  it('notices a connection that was added, and closes one that was removed', async () => {
    const { clock, scheduler, store, reads, doors } = aScheduling()
    scheduler.start()
    await clock.advance(seconds(1))
    store.transaction((tx) => store.connections.save(tx, aConnection({ id: 'second', platform: 'shop' })))
    await clock.advance(seconds(10))
    expect(reads()).toMatchObject({ 'second/orders': 1 })
    const door = await doors.open('second')
    store.transaction((tx) => store.connections.remove(tx, 'second'))
    await clock.advance(minutes(2))
    expect([door.ok && door.value.api.signal.aborted, scheduler.nextDueAt('second')]).toEqual([true, null])
    await scheduler.stop()
  })
})

describe('the door of a connection', () => {
  const guarded = (more: Parameters<typeof aScheduling>[0] = {}): Scheduling =>
    oneStream({
      platforms: (clock) => ({
        shop: scriptConnector({ now: () => clock.now(), id: 'shop', streams: [{ name: 'orders' }], secretFields: [field] }),
      }),
      connections: [aConnection({ platform: 'shop', secretRef: 'here/shop' })],
      secrets: () => ok({ apiKey: new Secret('k') }),
      ...more,
    })

  it('asks for the secrets once, however often it is read through', async () => {
    const { clock, scheduler, asks, reads } = guarded()
    scheduler.start()
    await clock.advance(minutes(10))
    expect([asks.count, reads()]).toEqual([1, { 'shop/orders': 21 }])
    await scheduler.stop()
  })

  it('is opened anew when settings or secrets change, and what waited for them is read', async () => {
    const { clock, scheduler, store, asks, reads, platforms } = guarded()
    platforms['shop']?.meet(() => aFault('credentials'))
    scheduler.start()
    await clock.advance(hours(1))
    expect(reads()).toEqual({ 'shop/orders': 1 })
    platforms['shop']?.meet(null)
    store.transaction((tx) => store.connections.noteSecret(tx, 'shop', 'keychain', clock.now()))
    await clock.advance(seconds(5))
    expect([asks.count, reads(), store.connections.health('shop').state]).toEqual([2, { 'shop/orders': 2 }, 'ok'])
    await scheduler.stop()
  })

  it('that has no secrets is a refusal in words, and waits for a person', async () => {
    const { clock, scheduler, store, reads, lines } = guarded({ secrets: () => ok(null) })
    scheduler.start()
    await clock.advance(hours(3))
    expect(store.connections.health('shop')).toMatchObject({
      state: 'refused',
      says: expect.stringMatching(/^No API key is stored for Shop\. Enter it under Connections\. No orders/),
    })
    expect([reads(), scheduler.nextDueAt('shop')]).toEqual([{ 'shop/orders': 1 }, null])
    expect(lines.join('')).toContain('"fault":"credentials"')
    await scheduler.stop()
  })

  it('says that secrets of the last run are lost', async () => {
    const { clock, scheduler, store } = guarded({ secrets: () => ok(null) })
    store.transaction((tx) => store.connections.noteSecret(tx, 'shop', 'memory', monday))
    scheduler.start()
    await clock.advance(0)
    expect(store.connections.health('shop').says).toMatch(/kept for the last run only/)
    await scheduler.stop()
  })

  it('waits for a keychain that is still locked, and asks it again by itself', async () => {
    let locked = true
    const { clock, scheduler, store } = guarded({
      secrets: () => (locked ? failed(fault('temporary', 'The keychain is locked. Unlock it.')) : ok({ apiKey: new Secret('k') })),
    })
    scheduler.start()
    await clock.advance(minutes(1))
    expect(store.connections.health('shop')).toMatchObject({ state: 'unreachable', says: expect.stringMatching(/keychain is locked/) })
    locked = false
    await clock.advance(minutes(6))
    expect(store.connections.health('shop').state).toBe('ok')
    await scheduler.stop()
  })

  it.each([
    [{ platform: 'unheard-of' }, /does not know the platform/],
    [{ settings: { server: 7 } }, /settings of Shop are not complete \(server\)/],
  ])('of %j stays shut, in words', async (more, words) => {
    const { doors } = oneStream({ connections: [aConnection({ platform: 'shop', ...more })] })
    const door = await doors.open('shop')
    expect(door.ok ? null : door.fault.says).toMatch(words)
  })
})

describe('a fault', () => {
  it('of the network holds up the whole connection, with rising pauses, and nothing of the other one', async () => {
    const { clock, scheduler, platforms, reads, store } = aScheduling()
    platforms['shop']?.meet(() => aFault('unreachable'))
    scheduler.start()
    await clock.advance(minutes(30))
    const { 'shop/orders': orders = 0, 'shop/payments': payments = 0, 'erp/orders': erp } = reads()
    // about one try per 2.5 to 5 minutes, and the first ones sooner
    expect(orders + payments).toBeGreaterThan(9)
    expect(orders + payments).toBeLessThan(22)
    expect([erp, store.connections.health('shop').state, store.connections.health('erp').state]).toEqual([61, 'unreachable', 'ok'])
    platforms['shop']?.meet(null)
    await clock.advance(minutes(6))
    expect(store.connections.health('shop').state).toBe('ok')
    await scheduler.stop()
  })

  it('of one stream leaves the others alone', async () => {
    const { clock, scheduler, platforms, reads, store } = aScheduling()
    platforms['shop']?.meet(({ stream }) => (stream === 'payments' ? aFault('permission') : null))
    scheduler.start()
    await clock.advance(hours(1))
    expect(reads()).toMatchObject({ 'shop/orders': 121, 'shop/payments': 1, 'shop/stock': 121 })
    expect(store.connections.health('shop').state).toBe('partial')
    scheduler.readNow('shop')
    await settle()
    expect(reads()).toMatchObject({ 'shop/payments': 2 })
    await scheduler.stop()
  })

  it('of one stream, repeated until nothing is sent for a while, makes no other stream fail: whoever is due then is asked', async () => {
    const { clock, scheduler, platforms, reads, doors, healths } = aScheduling()
    platforms['shop']?.meet(({ stream }) => (stream === 'orders' ? aFault('temporary') : null))
    scheduler.start()
    await clock.advance(minutes(10))
    const shutUntil = clock.now() + seconds(45)
    const door = await doors.open('shop')
    if (!door.ok) throw new Error('the door is open')
    Object.assign(door.value.api, { shutFor: () => Math.max(0, shutUntil - clock.now()) })
    const before = reads()
    await clock.advance(seconds(44))
    expect(reads()).toMatchObject({ 'shop/orders': before['shop/orders'], 'shop/stock': before['shop/stock'] })
    await clock.advance(seconds(2))
    expect(reads()['shop/stock']).toBe((before['shop/stock'] ?? 0) + 1)
    expect(healths.filter(({ connection, health }) => connection === 'shop' && health.state === 'unreachable')).toEqual([])
    await scheduler.stop()
  })

  it('that asks us to wait is obeyed to the second', async () => {
    const { clock, scheduler, platforms, reads } = oneStream()
    platforms['shop']?.meet(() => aFault('rate-limited', { retryAfterMs: minutes(10) }))
    scheduler.start()
    await clock.advance(minutes(10) - 1)
    expect([reads(), scheduler.nextDueAt('shop')]).toEqual([{ 'shop/orders': 1 }, monday + minutes(10)])
    await clock.advance(1)
    expect(reads()).toEqual({ 'shop/orders': 2 })
    await scheduler.stop()
  })

  it('of the credentials is not tried again until a person asks', async () => {
    const { clock, scheduler, platforms, reads } = aScheduling()
    platforms['shop']?.meet(() => aFault('credentials'))
    scheduler.start()
    await clock.advance(days(1))
    expect([reads()['shop/orders'], reads()['shop/payments'], scheduler.nextDueAt('shop')]).toEqual([1, undefined, null])
    platforms['shop']?.meet(null)
    scheduler.readNow('shop')
    await settle()
    expect(reads()).toMatchObject({ 'shop/orders': 2, 'shop/payments': 1 })
    await scheduler.stop()
  })

  it('is told once, and its end once', async () => {
    const { clock, scheduler, platforms, healths } = oneStream()
    scheduler.start()
    await clock.advance(minutes(1))
    platforms['shop']?.meet(() => aFault('unreachable'))
    await clock.advance(minutes(10))
    platforms['shop']?.meet(null)
    await clock.advance(minutes(10))
    expect(healths.map((one) => one.health.state)).toEqual(['ok', 'unreachable', 'ok'])
    await scheduler.stop()
  })

  it('of our own in one connection is told, and stops neither the others nor the engine', async () => {
    const { clock, scheduler, platforms, reads, lines } = aScheduling()
    platforms['shop']?.meet(() => Promise.reject(new Error('a bug')))
    scheduler.start()
    await clock.advance(minutes(10))
    expect([reads()['erp/orders'], reads()['shop/orders']]).toEqual([21, undefined])
    const told = lines.filter((line) => line.includes('lane-failed'))
    expect(told.length).toBeGreaterThan(3)
    expect(told.length).toBeLessThan(15)
    expect(told[0]).toContain('Error: a bug')
    platforms['shop']?.meet(null)
    await clock.advance(minutes(6))
    expect(reads()['shop/orders']).toBeGreaterThan(0)
    await scheduler.stop()
  })
})

describe('stopping', () => {
  it('finishes the page at hand and begins no other', async () => {
    const { clock, scheduler, platforms, store } = oneStream()
    for (let number = 0; number < 10; number += 1) platforms['shop']?.put('orders', anOrder({ number: String(number) }))
    platforms['shop']?.meet(() => clock.sleep(seconds(1)).then(() => null))
    scheduler.start()
    await clock.advance(seconds(2.5))
    const stopped = scheduler.stop()
    await clock.advance(seconds(1))
    await stopped
    expect(store.snapshots.page('shop', 'orders', 0, 99)).toHaveLength(6)
    const asked = platforms['shop']?.asked.length
    await clock.advance(hours(1))
    expect(platforms['shop']?.asked.length).toBe(asked)
    expect(clock.sleeping()).toBe(0)
  })

  it('cuts a request that hangs', async () => {
    const { clock, scheduler, platforms, doors } = oneStream()
    const door = await doors.open('shop')
    if (!door.ok) throw new Error(door.fault.says)
    platforms['shop']?.meet(() => clock.sleep(days(9), door.value.api.signal).then(() => null))
    scheduler.start()
    await clock.advance(seconds(1))
    const stopped = scheduler.stop()
    await clock.advance(seconds(5))
    await stopped
    expect(clock.sleeping()).toBe(0)
  })
})

describe('one whole reading', () => {
  it('reads every stream of every connection to its end, and nothing twice', async () => {
    const { scheduler, platforms, store } = aScheduling()
    for (let number = 0; number < 4100; number += 1) platforms['shop']?.put('orders', anOrder({ number: String(number) }))
    platforms['shop']?.put('payments', aPayment())
    const readings = await scheduler.readAllOnce()
    expect(
      readings.map(({ connection, health, passes }) => [
        connection.id,
        health.state,
        passes.map((one) => `${one.stream} ${one.pass.records} ${one.pass.complete} ${one.fault?.class ?? 'well'}`),
      ]),
    ).toEqual([
      ['erp', 'ok', ['orders 0 true well', 'products 0 true well']],
      ['shop', 'ok', ['orders 4100 true well', 'payments 1 true well', 'stock 0 true well']],
    ])
    expect(store.streams.coverage('shop', 'orders')).toEqual({ stream: 'orders', from: 0, to: monday })
  })

  it('does not wait for each stream of a connection that nobody answers at', async () => {
    const { scheduler, platforms } = aScheduling()
    platforms['erp']?.meet(() => aFault('unreachable'))
    const readings = await scheduler.readAllOnce()
    const erp = readings.find((one) => one.connection.id === 'erp')
    expect([erp?.health.state, erp?.passes.map((one) => [one.stream, one.pass.faults])]).toEqual([
      'unreachable',
      [
        ['orders', { unreachable: 1 }],
        ['products', { unreachable: 1 }],
      ],
    ])
    expect(platforms['erp']?.asked).toHaveLength(1)
  })

  it('gives passing trouble a second chance', async () => {
    const { clock, scheduler, platforms } = aScheduling()
    let reads = 0
    platforms['shop']?.meet(() => (++reads === 1 ? aFault('temporary') : null))
    const reading = scheduler.readAllOnce()
    await clock.advance(seconds(10))
    const shop = (await reading).find((one) => one.connection.id === 'shop')
    expect([shop?.health.state, shop?.passes[0]]).toMatchObject(['ok', { fault: null, pass: { complete: true, faults: { temporary: 1 } } }])
  })

  it('tells the refusal of a connection that has no secrets for each of its streams, once', async () => {
    const { scheduler } = oneStream({
      platforms: (clock) => ({ shop: scriptConnector({ now: () => clock.now(), id: 'shop', secretFields: [field] }) }),
    })
    const [reading] = await scheduler.readAllOnce()
    expect([reading?.health.state, reading?.passes.map((one) => one.pass.faults)]).toEqual([
      'refused',
      [{ credentials: 1 }, { credentials: 1 }, { credentials: 1 }],
    ])
  })

  it('of a database that was kept sweeps it when that is due', async () => {
    const { clock, scheduler, platforms, store } = oneStream()
    for (const number of ['1', '2', '3']) platforms['shop']?.put('orders', anOrder({ number }), { stamp: monday - days(3) })
    await scheduler.readAllOnce()
    platforms['shop']?.remove('orders', 'order_1')
    await clock.advance(days(2))
    await scheduler.readAllOnce()
    expect(store.snapshots.get('shop', 'orders', 'order_1')?.goneAt).toBe(monday + days(2))
  })

  it('reads no further back than the pair judges', async () => {
    const { scheduler, platforms, store } = aScheduling({ pairs: [aPair({ settings: { since: '2026-11-20T00:00:00Z' } })] })
    platforms['shop']?.put('orders', anOrder({ number: '1' }), { stamp: monday - days(30) })
    platforms['shop']?.put('orders', anOrder({ number: '2' }), { stamp: monday - days(1) })
    await scheduler.readAllOnce()
    expect(store.snapshots.page('shop', 'orders', 0, 9).map((one) => one.record.id)).toEqual(['order_2'])
    expect(store.streams.coverage('shop', 'orders').from).toBe(Date.parse('2026-11-19T00:00:00Z'))
  })
})

/** Bytes that are still reachable. */
function heapInUse(): number {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
  return process.memoryUsage().heapUsed
}

describe('weeks on the wall', () => {
  it('keep memory flat over 10,000 polls', async () => {
    const clock = fakeClock()
    const { scheduler, platforms, reads } = aScheduling({
      clock,
      quiet: true,
      platforms: () => ({ shop: scriptConnector({ now: () => clock.now(), id: 'shop', forget: true }), erp: scriptConnector({ now: () => clock.now(), id: 'erp', forget: true, streams: [{ name: 'orders' }] }) }),
      connections: [aConnection({ platform: 'shop' }), anErpConnection({ platform: 'erp' })],
    })
    for (const platform of Object.values(platforms)) {
      platform.put('orders', anOrder())
      platform.put('payments', aPayment(), { touches: ['order_1001'] })
    }
    scheduler.start()
    await clock.advance(minutes(150))
    const warm = heapInUse()
    await clock.advance(minutes(1100))
    const grown = heapInUse() - warm
    const polls = Object.values(reads()).reduce((sum, count) => sum + count, 0)
    await scheduler.stop()
    expect(polls).toBeGreaterThan(10_000)
    expect(clock.sleeping()).toBe(0)
    // a hundred bytes left behind by each poll would be a megabyte
    expect(grown).toBeLessThan(1_000_000)
  }, 60_000)
})
