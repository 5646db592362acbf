/** The whole engine, where its rooms meet: what happens at once, half way, and at the end. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { Fault } from '../../src-main/domain/fault.ts'
import type { Order } from '../../src-main/domain/records.ts'
import { days, minutes, seconds } from '../../src-main/domain/time.ts'
import { memorySecrets } from '../../src-main/engine/secrets/memory.ts'
import { engineSecrets } from '../../src-main/engine/secrets/secrets.ts'
import { refOf } from '../../src-main/engine/secrets/store.ts'
import { aConnection, aFinding, aPair, anOrder, aStockLevel } from '../support/builders.ts'
import { monday, settle } from '../support/clock.ts'
import { keep } from '../support/store.ts'
import { type Caller, aCaller, bothSides } from './handlers/caller.ts'

const callers: Caller[] = []
const folders: string[] = []

afterEach(async () => {
  await Promise.all(callers.splice(0).map((one) => one.close()))
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

async function aSeam(given: Parameters<typeof aCaller>[0] = {}): Promise<Caller> {
  const caller = await aCaller({ connections: bothSides, pairs: [aPair()], ...given })
  callers.push(caller)
  return caller
}

function aFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-engine-'))
  folders.push(folder)
  return join(folder, 'plumbline.sqlite')
}

/** The ERP takes its time over live look-ups until it is told to go on, or its line is cut. */
function holdLookups({ erp }: Caller): { readonly asked: () => number; go(): void; cut(): void } {
  let asked = 0
  const held: { go(fault: Fault | null): void; cut(error: Error): void }[] = []
  erp.meet((question) => {
    if (question.how !== 'lookup') return null
    asked += 1
    return new Promise((resolve, reject) => held.push({ go: resolve, cut: reject }))
  })
  return {
    asked: () => asked,
    go: () => held.splice(0).forEach((one) => one.go(null)),
    cut: () => held.splice(0).forEach((one) => one.cut(new DOMException('the line was cut', 'AbortError'))),
  }
}

const missing = ['F02-paid-order-missing 1001']
const open = ({ engine }: Caller): readonly string[] => engine.store.incidents.live(100).map((one) => `${one.rule} ${one.subject.key}`)
const errors = ({ logged }: Caller): readonly string[] => logged.filter((line) => line.includes('"level":"error"'))

describe('judging', () => {
  it('is done one run at a time: whoever asks meanwhile is served by one more run', async () => {
    const caller = await aSeam()
    const lookups = holdLookups(caller)
    caller.shop.put('orders', anOrder())
    await caller.engine.scheduler.readAllOnce()
    await settle()
    expect(lookups.asked()).toBe(1)
    // while it is looked up, another one is read, and several ask
    keep(caller.engine.store, 'shop', 'orders', [anOrder({ number: '1002' })], caller.clock.now())
    const asking = [caller.engine.reconcile(), caller.engine.reconcile(), caller.engine.reconcile()]
    await settle()
    expect([lookups.asked(), new Set(asking).size, open(caller)]).toEqual([1, 1, []])
    lookups.go()
    expect(await Promise.all(asking)).toEqual([true, true, true])
    expect(open(caller)).toEqual(missing)
    // the one that came meanwhile was not looked up, so it is not believed before the next reading
    await caller.clock.advance(seconds(30))
    await caller.engine.scheduler.readAllOnce()
    await settle()
    lookups.go()
    await caller.engine.reconcile()
    expect([lookups.asked(), open(caller)]).toEqual([2, [...missing, 'F02-paid-order-missing 1002']])
  })

  it('opens nothing for a pair that was removed while one of its orders was looked up', async () => {
    const caller = await aSeam()
    const lookups = holdLookups(caller)
    caller.shop.put('orders', anOrder())
    keep(caller.engine.store, 'shop', 'stock', [aStockLevel()], monday)
    await caller.engine.scheduler.readAllOnce()
    await settle()
    expect(lookups.asked()).toBe(1)
    const removed = caller.client.pairs.remove({ id: 'pair' })
    await settle()
    lookups.go()
    await removed
    expect([await caller.engine.reconcile(), open(caller), errors(caller)]).toEqual([true, [], []])
  })

  it('of one order that our own code fails on leaves the others, and says that this one is not judged', async () => {
    const caller = await aSeam()
    // a row that an older version kept in another shape
    const broken = { ...anOrder({ number: '1000' }), lines: undefined } as unknown as Order
    caller.shop.put('orders', anOrder())
    await caller.engine.scheduler.readAllOnce()
    keep(caller.engine.store, 'shop', 'orders', [broken], caller.clock.now())
    expect(await caller.engine.reconcile()).toBe(true)
    expect(open(caller)).toEqual(missing)
    expect(caller.engine.store.judgements.notJudged(null, caller.clock.now())).toContainEqual({
      rule: 'F02-paid-order-missing',
      why: 'Plumbline itself failed on it; its log says where',
      count: 1,
    })
    expect(errors(caller)).toHaveLength(1)
  })

  it('that fails says so: nothing is repaired on what was known before', async () => {
    const names = { given: 0, runOut: false }
    const chance = {
      fraction: () => 0.5,
      id() {
        if (names.runOut) throw new Error('no more names')
        return `id-${(names.given += 1)}`
      },
    }
    const caller = await aSeam({ chance })
    caller.shop.put('orders', anOrder())
    await caller.engine.scheduler.readAllOnce()
    await caller.engine.reconcile()
    const [incident] = caller.engine.store.incidents.live(10)
    names.runOut = true
    caller.shop.put('orders', anOrder({ number: '1002' }))
    await caller.engine.scheduler.readAllOnce()
    expect(await caller.engine.reconcile()).toBe(false)
    const preview = await caller.client.replays.preview({ incident: incident?.id ?? '', action: 'order.create' })
    expect(preview).toMatchObject({ kind: 'refused', says: expect.stringContaining('could not be judged') })
    names.runOut = false
    expect(await caller.engine.reconcile()).toBe(true)
    expect(open(caller)).toEqual([...missing, 'F02-paid-order-missing 1002'])
  })
})

describe('an engine that ends', () => {
  it('while it judges waits for the verdicts at hand, opens no new door, and closes the file', async () => {
    const path = aFile()
    const caller = await aSeam({ path })
    const lookups = holdLookups(caller)
    caller.shop.put('orders', anOrder())
    await caller.engine.scheduler.readAllOnce()
    await settle()
    const stopped = caller.engine.stop()
    const afterwards = caller.engine.reconcile()
    await settle()
    lookups.cut()
    await stopped
    expect([await afterwards, lookups.asked(), errors(caller)]).toEqual([false, 1, []])
    expect(() => caller.engine.store.connections.list()).toThrow(/not open/)
  })

  it('twice ends once', async () => {
    const caller = await aSeam()
    caller.engine.start()
    await Promise.all([caller.engine.stop(), caller.engine.stop()])
    await caller.engine.stop()
    expect(errors(caller)).toEqual([])
  })

  it('without a word between a reading and its verdict leaves the order to the next start', async () => {
    const path = aFile()
    const first = await aSeam({ path })
    const lookups = holdLookups(first)
    first.shop.put('orders', anOrder())
    await first.engine.scheduler.readAllOnce()
    await settle()
    expect([lookups.asked(), open(first)]).toEqual([1, []])
    // the process is gone; another one over the same file, to which both sides have nothing new to say
    const second = await aSeam({ path, at: monday + minutes(5), connections: [], pairs: [], chance: { fraction: () => 0.5, id: () => 'later' } })
    second.shop.put('orders', anOrder(), { stamp: monday })
    await second.engine.scheduler.readAllOnce()
    await second.engine.reconcile()
    expect(open(second)).toEqual(missing)
    lookups.cut()
  })
})

describe('a connection that is removed while it is read', () => {
  it('is read no further, and nothing of it stays', async () => {
    const caller = await aSeam()
    for (let number = 1; number <= 9; number += 1) caller.shop.put('orders', anOrder({ number: String(number) }))
    let go: () => void = () => undefined
    caller.shop.meet(({ cursor }) => (cursor === null ? null : new Promise((resolve) => (go = () => resolve(null)))))
    caller.engine.start()
    await caller.clock.advance(seconds(1))
    await caller.client.connections.remove({ id: 'shop' })
    go()
    await caller.clock.advance(minutes(2))
    expect(caller.engine.store.connections.list().map((one) => one.id)).toEqual(['erp'])
    expect(caller.engine.scheduler.nextDueAt('shop')).toBe(null)
    expect([open(caller), errors(caller)]).toEqual([[], []])
  })
})

describe('weeks', () => {
  it('wake what was snoozed within a minute of its time, and tell it once more', async () => {
    const caller = await aSeam()
    const { client, clock, engine } = caller
    engine.store.transaction((tx) =>
      engine.store.incidents.apply(tx, 'pair', aFinding(), { id: 'i', market: null, dueAt: null, parent: null, at: monday }),
    )
    caller.shop.put('orders', anOrder())
    engine.start()
    await clock.advance(seconds(30))
    await client.incidents.snooze({ id: 'i', until: clock.now() + minutes(20), why: 'The carrier is late.' })
    for (const notice of await client.notices.pending()) await client.notices.shown({ id: notice.id })
    await clock.advance(minutes(19))
    expect([(await client.incidents.get({ id: 'i' })).state, await client.notices.pending()]).toEqual(['snoozed', []])
    await clock.advance(minutes(2))
    expect((await client.incidents.get({ id: 'i' })).state).toBe('open')
    expect((await client.notices.pending()).map((notice) => notice.incidents)).toEqual([['i']])
  })

  it('drop history beyond the retention, however much it is, and keep the rest', async () => {
    const caller = await aSeam()
    const { clock, engine, client } = caller
    await client.settings.save({ retentionDays: 10 })
    for (let nth = 0; nth < 100; nth += 1) keep(engine.store, 'shop', 'orders', [anOrder({ version: String(nth) })], monday + nth)
    keep(engine.store, 'shop', 'orders', [anOrder({ version: 'recent' })], monday + days(9))
    clock.jump(days(11))
    engine.start()
    await clock.advance(seconds(2))
    const row = engine.store.snapshots.get('shop', 'orders', 'order_1001')?.row ?? 0
    expect(engine.store.snapshots.asOf(row, monday + 5)).toMatchObject({ version: '99' })
  })
})

describe('events', () => {
  it('arrive gathered, with a heartbeat, and who hangs up is forgotten', async () => {
    const { client, clock, engine } = await aSeam()
    engine.start()
    const events = await client.engine.events()
    await settle()
    await clock.advance(seconds(12))
    const topics = new Set<string>()
    for await (const event of events) {
      for (const topic of event.kind === 'alive' ? ['alive'] : event.topics) topics.add(topic)
      if (topics.has('alive') && topics.has('connections')) break
    }
    await settle(10)
    expect(engine.heard()).toBe(false)
  })

  it('of a client whose line ends without a word are forgotten too', async () => {
    const { client, engine, close } = await aSeam()
    callers.splice(0)
    const events = await client.engine.events()
    await settle(10)
    expect(engine.heard()).toBe(true)
    const over = events.next().then(
      () => 'went on',
      () => 'ended',
    )
    await close()
    await settle(10)
    expect([await over, engine.heard()]).toEqual(['ended', false])
  })
})

describe('a password that is saved while the start still sweeps the keychain', () => {
  it('is not taken for an orphan', async () => {
    const keychain = memorySecrets()
    let list: () => void = () => undefined
    const listed = new Promise<void>((resolve) => (list = resolve))
    const slow = { ...keychain, refs: async () => (await listed, keychain.refs()) }
    const secrets = engineSecrets({ keychain: slow, memory: memorySecrets(), environment: null })
    const caller = await aSeam({ connections: [aConnection({ platform: 'scripted-shop' })], pairs: [], secrets })
    caller.engine.start()
    const settings = { baseUrl: 'https://shop.example.com', orderNumber: 'display_id' }
    const saved = caller.client.connections.save({ id: null, platform: 'medusa', label: 'Lyon', settings, secrets: { apiKey: 'sk_1' } })
    await settle(10)
    list()
    expect(await saved).toMatchObject({ secret: { stored: true, where: 'keychain' } })
    await settle(10)
    const ref = caller.engine.store.connections.get('medusa')?.secretRef ?? refOf('none', 'none')
    expect(await keychain.get(ref)).toMatchObject({ value: { apiKey: expect.anything() } })
  })
})
