/** F11: a stream that is older than its class allows, and one that takes far longer to read than it used to. */
import { describe, expect, it } from 'vitest'
import type { Pass } from '../../../../src-main/domain/connection.ts'
import type { StreamName } from '../../../../src-main/domain/records.ts'
import { type Instant, days, hours, minutes, seconds } from '../../../../src-main/domain/time.ts'
import { aFinding, aPass } from '../../../support/builders.ts'
import { cover } from '../../../support/store.ts'
import { type Seam, aSeam } from '../../../support/seam.ts'

function passes(seam: Seam, ...noted: readonly Pass[]): Seam {
  seam.store.transaction((tx) => noted.forEach((pass) => seam.store.streams.notePass(tx, 'erp', pass)))
  return seam
}

function failed(stream: StreamName, at: Instant): Pass {
  return aPass({ stream, startedAt: at, endedAt: at + 100, complete: false, faults: { permission: 1 } })
}

/** Two of five calls to the ERP in each of the last ten minutes. */
function callsFail(seam: Seam): Seam {
  seam.store.transaction((tx) => {
    for (let ago = 10; ago > 0; ago -= 1) seam.store.calls.note(tx, 'erp', seam.clock.now() - minutes(ago), new Map([['ok', 12], ['temporary', 8]]))
  })
  return seam
}

describe('F11-stream-stale', () => {
  const rule = 'F11-stream-stale'

  /** The ERP's orders are read to now, a stream of its only up to some minutes ago, and its last reading failed. */
  function behind(stream: StreamName, ago: number): Seam {
    const seam = aSeam()
    const now = seam.clock.now()
    cover(seam.store, 'erp', [stream], now - minutes(ago))
    cover(seam.store, 'erp', ['orders'], now)
    seam.store.transaction((tx) => seam.store.connections.saveHealth(tx, 'erp', { state: 'partial', says: null, clockOffsetMs: 0, at: now }))
    return passes(seam, aPass({ stream: 'orders', startedAt: now - seconds(31), endedAt: now - seconds(31) }), failed(stream, now - seconds(30)))
  }

  it.each<[StreamName, number, string]>([
    ['stock', 11, 'high'],
    ['invoices', 31, 'medium'],
    ['products', 25 * 60, 'low'],
  ])('speaks of %s that were last complete %i minutes ago while the rest is read', async (stream, ago, severity) => {
    const seam = await behind(stream, ago).run()
    const [incident] = seam.store.incidents.live(10)
    expect([incident?.rule, incident?.subject, incident?.severity, incident?.pair]).toEqual([rule, { kind: 'stream', connection: 'erp', key: stream }, severity, null])
    expect(incident?.evidence.at(-1)?.shop).toBe('permission (1)')
    cover(seam.store, 'erp', [stream], seam.clock.now())
    await passes(seam, aPass({ stream, startedAt: seam.clock.now(), endedAt: seam.clock.now() })).run()
    expect(seam.open()).toEqual([])
  })

  it.each([
    ['it is within its class', () => behind('invoices', 29)],
    ['its last reading was complete and the next one’s turn is not yet', () => {
      const seam = behind('stock', 600)
      return passes(seam, aPass({ stream: 'stock', startedAt: seam.clock.now() - seconds(5), endedAt: seam.clock.now() - seconds(4) }))
    }],
    ['the computer has just woken up', () => {
      const seam = behind('stock', 600)
      seam.store.transaction((tx) => {
        seam.store.watch.note(tx, seam.clock.now() - minutes(600), minutes(3))
        seam.store.watch.note(tx, seam.clock.now() - minutes(2), minutes(3))
      })
      return seam
    }],
    ['the whole side cannot be reached', () => {
      const seam = behind('stock', 600)
      seam.store.transaction((tx) => seam.store.connections.saveHealth(tx, 'erp', { state: 'unreachable', says: null, clockOffsetMs: 0, at: seam.clock.now() }))
      return seam
    }],
    ['it is told of the whole side that too many calls fail', () => {
      const seam = behind('stock', 600)
      const finding = aFinding({ rule: 'F03-failed-calls', subject: { kind: 'connection', connection: 'erp', key: 'erp' } })
      seam.store.transaction((tx) => seam.store.incidents.apply(tx, null, finding, { id: 'calls', market: null, dueAt: null, parent: null, at: seam.clock.now() }))
      return callsFail(passes(seam, failed('orders', seam.clock.now() - seconds(20))))
    }],
    ['the side was down for hours, and others are read again before its turn', () => {
      const seam = aSeam()
      const now = seam.clock.now()
      cover(seam.store, 'erp', ['stock', 'orders'], now - hours(5))
      passes(seam, aPass({ startedAt: now - hours(5), endedAt: now - hours(5) }), failed('stock', now - minutes(5)), failed('orders', now - minutes(5)))
      cover(seam.store, 'erp', ['orders'], now)
      return passes(seam, aPass({ startedAt: now, endedAt: now }))
    }],
    ['it was never read yet', () => passes(aSeam().coveredTo({ shop: 1 }), failed('stock', 0))],
  ])('stays silent when %s', async (_why, given) => {
    const seam = await given().run()
    expect(seam.open().filter((one) => one.startsWith(rule))).toEqual([])
  })
})

describe('F11-stream-stale, once it speaks,', () => {
  it('neither closes nor comes back while the side as a whole comes and goes', async () => {
    const seam = aSeam()
    const now = seam.clock.now()
    cover(seam.store, 'erp', ['stock'], now - hours(1))
    cover(seam.store, 'erp', ['orders'], now)
    passes(seam, aPass({ startedAt: now - seconds(40), endedAt: now - seconds(40) }), failed('stock', now - seconds(30)))
    const health = (state: 'partial' | 'unreachable'): void =>
      seam.store.transaction((tx) => seam.store.connections.saveHealth(tx, 'erp', { state, says: null, clockOffsetMs: 0, at: now }))
    for (const state of ['partial', 'unreachable', 'partial', 'unreachable', 'partial'] as const) {
      health(state)
      await seam.run()
    }
    expect(seam.changes.filter((one) => one.rule === 'F11-stream-stale').map((one) => one.what)).toEqual(['opened'])
  })
})

describe('F11-sync-slow', () => {
  const rule = 'F11-sync-slow'

  /** Ten readings an hour over the last day, then `lately` in this hour. */
  function reading(usualMs: number, lately: readonly number[]): Seam {
    const seam = aSeam()
    const now = seam.clock.now()
    seam.store.transaction((tx) => seam.store.streams.cover(tx, 'erp', 'stock', { from: 0, to: now }))
    for (let hour = 24; hour >= 2; hour -= 1) {
      for (let nth = 0; nth < 4; nth += 1) {
        const startedAt = now - hours(hour) + minutes(nth)
        passes(seam, aPass({ stream: 'stock', startedAt, endedAt: startedAt + usualMs }))
      }
    }
    for (const [nth, tookMs] of lately.entries()) {
      const startedAt = now - minutes(10 - nth)
      passes(seam, aPass({ stream: 'stock', startedAt, endedAt: startedAt + tookMs }))
    }
    return seam
  }

  it('speaks when reading takes many times as long as in the week before', async () => {
    const seam = await reading(2000, [30_000, 40_000, 50_000]).run()
    expect(seam.store.incidents.live(10).map((one) => one.says)).toEqual(['Reading the stock of ERP takes 40 seconds; it used to take 2.0.'])
    await seam.clock.advance(hours(2))
    const now = seam.clock.now()
    for (let nth = 0; nth < 4; nth += 1) passes(seam, aPass({ stream: 'stock', startedAt: now + nth, endedAt: now + nth + 2000 }))
    await seam.run()
    expect(seam.open()).toEqual([])
  })

  it.each([
    ['it takes as long as ever', () => reading(30_000, [30_000, 40_000, 50_000])],
    ['it is slower and still quick', () => reading(200, [4000, 5000, 6000])],
    ['one reading took long', () => reading(2000, [60_000, 2000])],
    ['it was slow in this hour, and is quick again', () => reading(2000, [30_000, 90_000, 90_000, 2000])],
    ['too many calls to the side fail, which is told by itself', () => callsFail(reading(2000, [30_000, 40_000, 50_000]))],
    ['it waited for calls that nobody answered', () => {
      const seam = reading(2000, [2000, 62_000, 62_000])
      seam.store.transaction((tx) => seam.store.calls.note(tx, 'erp', seam.clock.now() - minutes(8), new Map([['ok', 30], ['unreachable', 2], ['time-out', 2]] as const)))
      return seam
    }],
    ['nothing is known of before', () => {
      const seam = aSeam()
      seam.store.transaction((tx) => seam.store.streams.cover(tx, 'erp', 'stock', { from: 0, to: 1 }))
      for (let nth = 0; nth < 5; nth += 1) passes(seam, aPass({ stream: 'stock', startedAt: seam.clock.now() - minutes(nth), endedAt: seam.clock.now() - minutes(nth) + 90_000 }))
      return seam
    }],
  ])('stays silent when %s', async (_why, given) => {
    const seam = await given().run()
    expect(seam.open().filter((one) => one.startsWith(rule))).toEqual([])
  })

  it('keeps the hours of a week and no more', () => {
    const seam = aSeam()
    const now = seam.clock.now()
    passes(seam, aPass({ startedAt: now - days(30), endedAt: now - days(30) }), aPass({ startedAt: now, endedAt: now + 500 }))
    expect(seam.store.streams.byHour('erp', 'orders', 0).map((one) => [one.passes, one.tookMs])).toEqual([[1, 500]])
  })
})
