/** Virtual time: who waits is woken in order, and time stands while anything works. */
import { setImmediate as breathe } from 'node:timers/promises'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { virtualClock } from './virtual-clock.ts'

describe('virtual time', () => {
  it('wakes sleepers in the order of their moments, who asked first being first, each at its own', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 30 }), async (spans) => {
        const clock = virtualClock(0)
        const woken: { nth: number; at: number }[] = []
        for (const [nth, span] of spans.entries()) void clock.sleep(span).then(() => woken.push({ nth, at: clock.now() }))
        await clock.advanceTo(50)
        const wanted = spans.map((span, nth) => ({ nth, at: span })).toSorted((left, right) => left.at - right.at || left.nth - right.nth)
        expect(woken).toEqual(wanted)
        expect([clock.now(), clock.waiting]).toEqual([50, 0])
      }),
    )
  })

  it('stands while somebody works on, turn after turn', async () => {
    const clock = virtualClock(0)
    const seen: number[] = []
    void clock.sleep(10).then(async () => {
      for (let turn = 0; turn < 100; turn += 1) await breathe()
      seen.push(clock.now())
      await clock.sleep(5)
      seen.push(clock.now())
    })
    await clock.advanceTo(1000)
    expect(seen).toEqual([10, 15])
  })

  it('lets go of whoever is called away, with the reason', async () => {
    const clock = virtualClock(0)
    const away = new AbortController()
    const asleep = clock.sleep(10, away.signal)
    away.abort(new Error('come'))
    await expect(asleep).rejects.toThrow('come')
    await expect(clock.sleep(10, away.signal)).rejects.toThrow('come')
    expect(clock.waiting).toBe(0)
  })

  it('ends what takes too long, and nothing before', async () => {
    const clock = virtualClock(0)
    const limit = clock.timeout(30)
    await clock.advanceTo(29)
    expect(limit.aborted).toBe(false)
    await clock.advanceTo(30)
    expect(limit.reason).toMatchObject({ name: 'TimeoutError' })
  })
})
