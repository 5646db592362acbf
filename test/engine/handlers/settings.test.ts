import { afterEach, describe, expect, it } from 'vitest'
import type { EngineEvent } from '../../../src-main/contract/events.ts'
import { hours, seconds } from '../../../src-main/domain/time.ts'
import { aPair, anOrder } from '../../support/builders.ts'
import { settle } from '../../support/clock.ts'
import { cover, keep } from '../../support/store.ts'
import { type Caller, aCaller, bothSides } from './caller.ts'

let caller: Caller | null = null
afterEach(async () => {
  await caller?.close()
  caller = null
})

async function opened(): Promise<Caller> {
  caller = await aCaller({ connections: bothSides, pairs: [aPair()] })
  return caller
}

describe('the settings', () => {
  it('have every repair switched off until somebody switches it on', async () => {
    const { client } = await opened()
    expect(Object.values((await client.settings.get()).repairs)).toEqual([false, false, false, false])
  })

  it('keep what a save does not name, and say what changed in the audit trail', async () => {
    const { client } = await opened()
    const before = await client.settings.get()
    await client.settings.save({ pollSeconds: 60 })
    const saved = await client.settings.save({ notices: { enabled: false, atLeast: 'critical' } })
    expect(saved).toEqual({ ...before, pollSeconds: 60, notices: { enabled: false, atLeast: 'critical' } })
    expect(await client.settings.get()).toEqual(saved)
    expect((await client.audit.list({ limit: 10, before: null })).rows.map((row) => row.what)).toEqual(['settings changed', 'settings changed'])
  })

  it('answer BAD_REQUEST to a pace that would hammer a shop, and keep the old one', async () => {
    const { client } = await opened()
    await expect(client.settings.save({ pollSeconds: 1 })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    expect(await client.settings.get()).toMatchObject({ pollSeconds: 30 })
  })
})

describe('notices', () => {
  it('wait until they were shown, and are told once', async () => {
    const { client, engine, clock } = await opened()
    keep(engine.store, 'shop', 'orders', [anOrder()])
    clock.jump(hours(1))
    for (const side of ['shop', 'erp']) cover(engine.store, side, ['orders'], clock.now())
    await engine.reconcile()
    const [notice, ...more] = await client.notices.pending()
    expect([notice?.kind, notice?.severity, notice?.incidents.length, more]).toEqual(['opened', 'critical', 1, []])
    expect(await client.notices.pending()).toHaveLength(1)
    await client.notices.shown({ id: notice?.id ?? '' })
    await engine.reconcile()
    expect(await client.notices.pending()).toEqual([])
  })

  it('are not made while they are switched off', async () => {
    const { client, engine, clock } = await opened()
    await client.settings.save({ notices: { enabled: false, atLeast: 'low' } })
    keep(engine.store, 'shop', 'orders', [anOrder()])
    clock.jump(hours(1))
    for (const side of ['shop', 'erp']) cover(engine.store, side, ['orders'], clock.now())
    await engine.reconcile()
    expect(engine.store.incidents.live(10)).toHaveLength(1)
    expect(await client.notices.pending()).toEqual([])
  })
})

describe('the engine’s events', () => {
  async function listening({ client }: Caller, hangUp: AbortController) {
    const heard: EngineEvent[] = []
    const events = await client.engine.events(undefined, { signal: hangUp.signal })
    const over = (async () => {
      for await (const event of events) heard.push(event)
    })().catch(() => undefined) // hanging up ends it
    await settle(20)
    return { heard, over }
  }

  it('tell each listener which topics changed, gathered into one', async () => {
    const one = await opened()
    const hangUp = new AbortController()
    const [first, second] = [await listening(one, hangUp), await listening(one, hangUp)]
    await one.client.settings.save({ pollSeconds: 60 })
    await one.client.settings.save({ pollSeconds: 90 })
    await one.clock.advance(seconds(1))
    await expect.poll(() => [first.heard, second.heard]).toEqual([
      [{ kind: 'changed', topics: ['settings', 'overview', 'audit'] }],
      [{ kind: 'changed', topics: ['settings', 'overview', 'audit'] }],
    ])
    hangUp.abort()
    await Promise.all([first.over, second.over])
  })

  it('are not told to a listener who hung up, and the others go on', async () => {
    const one = await opened()
    const [leaves, stays] = [new AbortController(), new AbortController()]
    const [gone, here] = [await listening(one, leaves), await listening(one, stays)]
    leaves.abort()
    await gone.over
    await one.client.settings.save({ pollSeconds: 60 })
    await one.clock.advance(seconds(1))
    await expect.poll(() => here.heard).toHaveLength(1)
    expect(gone.heard).toEqual([])
    stays.abort()
    await here.over
  })

  it('beat while nothing happens, so that a quiet engine is not taken for a dead one', async () => {
    const one = await opened()
    const hangUp = new AbortController()
    const { heard, over } = await listening(one, hangUp)
    one.engine.start()
    await one.clock.advance(seconds(11))
    await expect.poll(() => heard.filter((event) => event.kind === 'alive')).toHaveLength(2)
    hangUp.abort()
    await over
  })

  it('end when the engine stops', async () => {
    const one = await opened()
    const { over } = await listening(one, new AbortController())
    await one.engine.stop()
    caller = null
    await over
  })
})
