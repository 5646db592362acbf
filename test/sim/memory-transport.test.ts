/** The network in memory, seen through the engine's own door: each reply of a server becomes what a socket would make of it. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { openApi } from '../../src-main/engine/connectors/api.ts'
import type { WireReply, WireRequest } from '../../src-main/world/wire/exchange.ts'
import { seededChance } from './chance.ts'
import { memoryTransport } from './memory-transport.ts'
import { tinyShop } from './tiny/connectors.ts'
import { virtualClock } from './virtual-clock.ts'

const origin = 'http://127.0.0.1:4001'
const json = { 'content-type': 'application/json' }

function aDoor(reply: (request: WireRequest) => WireReply, baseUrl = origin) {
  const clock = virtualClock(1000)
  const seen: WireRequest[] = []
  const transport = memoryTransport(clock, new Map([[origin, (request) => {
    seen.push(request)
    return reply(request)
  }]]))
  const stop = new AbortController()
  const api = openApi({
    connector: { ...tinyShop, baseUrl: () => `${baseUrl}/` },
    settings: {},
    secrets: {},
    clock,
    chance: seededChance(1, 1),
    signal: stop.signal,
    log: () => undefined,
    dispatcher: transport.dispatcher,
  })
  const asked = () => api.request({ method: 'POST', path: 'orders', query: { a: 'b' }, body: { c: 1 }, reads: false }).catch((error: unknown) => error)
  /** The outcome, and how long it took in virtual time. */
  async function ask() {
    const before = clock.now()
    let took = -1
    const outcome = asked().finally(() => {
      took = clock.now() - before
    })
    await clock.advanceTo(before + 120_000)
    return { outcome: await outcome, took }
  }
  return { ask, asked, seen, clock, transport, stop }
}

describe('the network in memory', () => {
  it('hands the whole request over, and the answer back after its delay', async () => {
    const door = aDoor(() => ({ kind: 'answer', status: 200, headers: { ...json, date: 'Mon, 23 Nov 2026 06:00:00 GMT' }, body: '{"d":2}', delayMs: 70 }))
    const { outcome, took } = await door.ask()
    const date = Date.parse('2026-11-23T06:00:00.000Z')
    expect([outcome, took]).toMatchObject([{ ok: true, value: { status: 200, json: { d: '2' }, date } }, 70])
    expect(door.seen).toMatchObject([{ method: 'POST', path: '/orders?a=b', body: '{"c":1}', headers: { 'content-type': 'application/json' } }])
  })

  it.each<[string, WireReply, { class: string; says: RegExp }, number]>([
    ['a reset', { kind: 'reset' }, { class: 'unreachable', says: /cannot be reached/ }, 0],
    ['a cut', { kind: 'answer', status: 200, headers: json, body: '{"d":2}', cutAfter: 3 }, { class: 'temporary', says: /before its answer was complete/ }, 0],
    ['silence', { kind: 'silence' }, { class: 'unreachable', says: /did not answer within 30 seconds/ }, 30_000],
  ])('makes of %s the fault that a socket would', async (_what, reply, fault, after) => {
    const { outcome, took } = await aDoor(() => reply).ask()
    expect(outcome).toMatchObject({ ok: false, fault: { class: fault.class, says: expect.stringMatching(fault.says) } })
    expect(took).toBe(after)
  })

  it('knows no host that no server stands behind', async () => {
    const { outcome } = await aDoor(() => ({ kind: 'reset' }), 'http://127.0.0.1:4999').ask()
    expect(outcome).toMatchObject({ ok: false, fault: { class: 'unreachable', says: expect.stringMatching(/No server is known/) } })
  })

  it('brings nothing more to whoever is dead, and nothing of theirs arrives', async () => {
    const door = aDoor(() => ({ kind: 'answer', status: 200, headers: json, body: '{}', delayMs: 50 }))
    const asked = door.asked()
    await door.clock.advanceTo(1020)
    door.transport.cut()
    await door.clock.advanceTo(60_000)
    const again = door.asked()
    await door.clock.advanceTo(61_000)
    expect(door.seen).toHaveLength(1)
    door.stop.abort(new Error('dead'))
    expect(await again).toMatchObject({ message: 'dead' })
    // what was on its way had been given up before, by the time that it took
    expect(await asked).toMatchObject({ ok: false, fault: { class: 'unreachable' } })
  })

  it('holds on to what nobody answers, as a socket does, so that an end still reaches it', async () => {
    const silent = aDoor(() => ({ kind: 'silence' }))
    const asked = silent.asked()
    await silent.clock.settle()
    await collectGarbage()
    await silent.clock.advanceTo(40_000)
    expect(await asked).toMatchObject({ ok: false, fault: { class: 'unreachable', says: expect.stringMatching(/did not answer/) } })
    const dead = aDoor(() => ({ kind: 'silence' }))
    dead.transport.cut()
    const again = dead.asked()
    await dead.clock.settle()
    await collectGarbage()
    dead.stop.abort(new Error('dead'))
    expect(await again).toMatchObject({ message: 'dead' })
  })
})

/** Twice, with a turn between: what a weak reference was just asked for lives until the turn is over. */
async function collectGarbage(): Promise<void> {
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('gc')
  for (let time = 0; time < 2; time += 1) {
    // oxlint-disable-next-line no-await-in-loop -- a turn between
    await new Promise((resolve) => setImmediate(resolve))
    if (typeof collect === 'function') collect()
  }
}
