/** When a stream is read again: by its pace, and by what went wrong. */
import { describe, expect, it } from 'vitest'
import { type FaultClass, fault } from '../../../src-main/domain/fault.ts'
import { hours, minutes, seconds } from '../../../src-main/domain/time.ts'
import { backOff, dueIn, holdAfter, isDue, periodOf } from '../../../src-main/engine/poll/due.ts'
import { sinceOf } from '../../../src-main/engine/poll/since.ts'
import { aPair } from '../../support/builders.ts'
import { at, monday } from '../../support/clock.ts'

const always = (fraction: number) => ({ fraction: () => fraction, id: () => '' })

describe('the pace of a stream', () => {
  it.each([
    ['near-real-time', 30, seconds(30)],
    ['often', 30, minutes(5)],
    ['batch', 30, minutes(30)],
    ['batch', 3600, hours(6)],
  ] as const)('%s at %d seconds is %d ms', (pace, pollSeconds, span) => {
    expect(periodOf(pace, pollSeconds)).toBe(span)
  })
})

describe('a fault', () => {
  it.each<[FaultClass, 'connection' | 'stream', 'asks' | 'waits']>([
    ['credentials', 'connection', 'asks'],
    ['permission', 'stream', 'asks'],
    ['not-found', 'stream', 'asks'],
    ['validation', 'stream', 'asks'],
    ['unreachable', 'connection', 'waits'],
    ['rate-limited', 'connection', 'waits'],
    ['temporary', 'stream', 'waits'],
    ['unexpected-shape', 'stream', 'waits'],
  ])('of class %s holds up the %s and %s', (faultClass, over, how) => {
    const hold = holdAfter(fault(faultClass, 'x'), 1, always(0))
    expect([hold.over, hold.span === null ? 'asks' : 'waits']).toEqual([over, how])
  })

  it('waits as long as the platform asked', () => {
    const because = fault('rate-limited', 'x', { retryAfterMs: minutes(47) })
    expect(holdAfter(because, 9, always(0.5)).span).toBe(minutes(47))
  })

  it('of the cursor heals by itself', () => {
    expect(holdAfter(fault('validation', 'x', { path: 'cursor' }), 1, always(0))).toEqual({ over: 'stream', span: 2500 })
  })

  it('is tried again after 5 seconds at first and 5 minutes at last, half of it by chance', () => {
    const spans = [1, 2, 3, 7, 20, 1000].map((attempts) => [backOff(attempts, always(0)), backOff(attempts, always(1))])
    expect(spans).toEqual([
      [seconds(2.5), seconds(5)],
      [seconds(5), seconds(10)],
      [seconds(10), seconds(20)],
      [minutes(2.5), minutes(5)],
      [minutes(2.5), minutes(5)],
      [minutes(2.5), minutes(5)],
    ])
  })
})

describe('a moment that is waited for', () => {
  it('comes', () => {
    const due = dueIn(seconds(30), monday)
    expect([isDue(due, monday), isDue(due, monday + seconds(29)), isDue(due, monday + seconds(30))]).toEqual([false, false, true])
  })

  it('comes at once when the clock was put back, and not for the second by which a clock is kept right', () => {
    const due = dueIn(seconds(30), monday)
    expect([isDue(due, monday - seconds(1)), isDue(due, monday - hours(1))]).toEqual([false, true])
  })
})

describe('how far back a connection is read', () => {
  const since = (text: string | null, id = 'pair', shop = 'shop') => aPair({ id, shop, settings: { since: text } })

  it('is to the earliest beginning of its pairs, less a day', () => {
    const pairs = [since('2026-11-10T00:00:00Z'), since('2026-11-01T00:00:00+01:00', 'p2'), since('2026-01-01T00:00:00Z', 'p3', 'other')]
    expect(sinceOf(pairs, 'shop')).toBe(at('2026-10-30T23:00:00Z'))
  })

  it('is to the beginning when one of its pairs has none, or there is no pair', () => {
    expect([sinceOf([since('2026-11-10T00:00:00Z'), since(null, 'p2')], 'shop'), sinceOf([], 'shop')]).toEqual([null, null])
  })

  it('counts connections that only stand beside a pair', () => {
    const pair = aPair({ with: [{ role: 'payments', connection: 'psp' }], settings: { since: '2026-11-10T00:00:00Z' } })
    expect(sinceOf([pair], 'psp')).toBe(at('2026-11-09T00:00:00Z'))
  })
})
