/** Where reading goes on, and up to where a stream is complete. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aPass } from '../../support/builders.ts'
import { monday } from '../../support/clock.ts'
import { aStore } from '../../support/store.ts'

describe('the cursor of a stream', () => {
  it('falls back to where the last complete pass ended', () => {
    const store = aStore()
    store.transaction((tx) => {
      store.streams.saveCursor(tx, 'shop', 'orders', { at: 1 })
      store.streams.complete(tx, 'shop', 'orders', { from: 0, to: 10 })
      store.streams.saveCursor(tx, 'shop', 'orders', { at: 99 })
    })
    expect(store.streams.cursor('shop', 'orders')).toEqual({ at: 99 })
    store.transaction((tx) => store.streams.fallBack(tx, 'shop', 'orders'))
    expect(store.streams.cursor('shop', 'orders')).toEqual({ at: 1 })
  })

  it('of a stream that another fills stays where it is when that one is complete', () => {
    const store = aStore()
    store.transaction((tx) => {
      store.streams.saveCursor(tx, 'shop', 'refunds', { at: 1 })
      store.streams.complete(tx, 'shop', 'refunds', { from: 0, to: 10 })
      store.streams.saveCursor(tx, 'shop', 'refunds', { at: 5 })
      store.streams.cover(tx, 'shop', 'refunds', { from: 0, to: 20 })
      store.streams.fallBack(tx, 'shop', 'refunds')
    })
    expect([store.streams.cursor('shop', 'refunds'), store.streams.coverage('shop', 'refunds').to]).toEqual([{ at: 1 }, 20])
  })
})

describe('coverage', () => {
  it('is nothing before the first complete pass', () => {
    const store = aStore()
    expect(store.streams.coverage('shop', 'orders')).toEqual({ stream: 'orders', from: null, to: null })
  })

  it('only ever widens while the clock goes forward', () => {
    const passes = fc.array(fc.record({ from: fc.integer({ min: 0, max: 50 }), wait: fc.integer({ min: 0, max: 50 }) }), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(passes, (all) => {
        const store = aStore()
        let to = 100
        let before = { from: Infinity, to: 0 }
        for (const { from, wait } of all) {
          to += wait
          const covered = { from, to }
          store.transaction((tx) => store.streams.complete(tx, 'shop', 'orders', covered))
          const now = store.streams.coverage('shop', 'orders')
          expect(now.from).toBe(Math.min(before.from, from))
          expect(now.to).toBeGreaterThanOrEqual(before.to)
          before = { from: now.from ?? 0, to: now.to ?? 0 }
        }
        store.close()
      }),
      { numRuns: 60 },
    )
  })

  it('comes back with a clock that was ahead: what was promised for the future is not kept', () => {
    const store = aStore()
    const complete = (to: number): void => store.transaction((tx) => store.streams.complete(tx, 'shop', 'orders', { from: 0, to }))
    complete(monday + 1e9)
    complete(monday)
    expect(store.streams.coverage('shop', 'orders').to).toBe(monday)
  })

  it('is nothing again when what was read says nothing any more', () => {
    const store = aStore()
    store.transaction((tx) => {
      store.streams.complete(tx, 'shop', 'orders', { from: 0, to: 9 })
      store.streams.uncover(tx, 'shop', 'orders', monday)
    })
    expect(store.streams.coverage('shop', 'orders')).toEqual({ stream: 'orders', from: null, to: null })
  })
})

describe('the passes of a stream', () => {
  it('are kept as they were, and no more than a thousand of them', () => {
    const store = aStore()
    const last = aPass({ startedAt: monday + 1499, endedAt: monday + 1499, faults: { temporary: 2 }, complete: false, clockOffsetMs: -40 })
    store.transaction((tx) => {
      for (let count = 0; count < 1499; count += 1) store.streams.notePass(tx, 'shop', aPass({ startedAt: monday + count }))
      store.streams.notePass(tx, 'shop', last)
    })
    expect(store.streams.lastPass('shop', 'orders')).toEqual(last)
    expect(store.streams.passesSince('shop', 0).length).toBeLessThanOrEqual(1001)
  })
})
