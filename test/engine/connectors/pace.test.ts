import { describe, expect, it } from 'vitest'
import { holdFromHeaders, newPace, retryAfterOf } from '../../../src-main/engine/connectors/pace.ts'
import { fault } from '../../../src-main/domain/fault.ts'
import {
  failuresUntilOpen,
  newBreaker,
  openFor,
} from '../../../src-main/engine/connectors/breaker.ts'
import { newOffsetMeter } from '../../../src-main/engine/connectors/offset.ts'
import { steppingClock } from '../../support/api.ts'

const noon = Date.parse('2026-11-23T12:00:00Z')
const never = new AbortController().signal

describe('the pace of a connection', () => {
  it('lets a few requests go at once and spaces the rest to the limit', async () => {
    const clock = steppingClock(noon)
    const pace = newPace(clock, 60)
    for (let request = 0; request < 40; request += 1) await pace.turn(never)
    // 60 a minute, of which ten may come at once.
    expect(clock.now() - noon).toBe(30_000)
  })

  it('sends nothing before a pause is over', async () => {
    const clock = steppingClock(noon)
    const pace = newPace(clock, 600)
    pace.hold(5000)
    pace.hold(1000)
    expect(pace.held()).toBe(5000)
    await pace.turn(never)
    expect(clock.now() - noon).toBe(5000)
    expect(pace.held()).toBe(0)
  })

  it('reads Retry-After in seconds, and as a date on the platform clock', () => {
    expect(retryAfterOf('120', null, noon)).toBe(120_000)
    expect(retryAfterOf('0.5', null, noon)).toBe(500)
    const date = 'Mon, 23 Nov 2026 11:50:00 GMT'
    // Our clock is ten minutes ahead: the pause is still the 30 seconds that the platform meant.
    expect(retryAfterOf('Mon, 23 Nov 2026 11:50:30 GMT', date, noon)).toBe(30_000)
    expect(retryAfterOf('Mon, 23 Nov 2026 12:00:07 GMT', null, noon)).toBe(7000)
    expect(retryAfterOf('Mon, 23 Nov 2026 11:00:00 GMT', date, noon)).toBe(0)
    expect(retryAfterOf('99999999', null, noon)).toBe(86_400_000)
    expect([
      retryAfterOf(null, null, noon),
      retryAfterOf('soon', null, noon),
      retryAfterOf('-5', null, noon),
    ]).toEqual([null, null, null])
  })

  it('holds when the platform says that nothing is left', () => {
    const from = (headers: Record<string, string>) =>
      holdFromHeaders((name) => headers[name] ?? null, noon)
    expect(from({ 'ratelimit-remaining': '0', 'ratelimit-reset': '15' })).toBe(15_000)
    expect(
      from({ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(noon / 1000 + 9) }),
    ).toBe(9000)
    expect(from({ 'ratelimit-remaining': '3', 'ratelimit-reset': '15' })).toBe(0)
    expect(from({ 'ratelimit-remaining': '0', 'ratelimit-reset': '999999' })).toBe(3_600_000)
    expect(from({})).toBe(0)
  })
})

describe('the breaker of a connection', () => {
  const down = fault('unreachable', 'The shop cannot be reached.')

  it('answers by itself after some failures in a row, tries one request after a while, and closes when that succeeds', () => {
    const clock = steppingClock(noon)
    const breaker = newBreaker(clock)
    for (let failure = 0; failure < failuresUntilOpen; failure += 1) {
      expect(breaker.refusal()).toBeNull()
      breaker.note(down)
    }
    expect(breaker.refusal()).toMatchObject({ class: 'unreachable', says: down.says })
    clock.advance(openFor)
    expect(breaker.refusal()).toBeNull()
    expect(breaker.refusal()).not.toBeNull()
    breaker.note(down)
    expect(breaker.refusal()).not.toBeNull()
    clock.advance(openFor)
    expect(breaker.refusal()).toBeNull()
    breaker.note(null)
    expect(breaker.refusal()).toBeNull()
  })

  it('does not count an answer that says no: the platform is there', () => {
    const breaker = newBreaker(steppingClock(noon))
    for (let failure = 0; failure < 50; failure += 1) breaker.note(fault('validation', 'Wrong.'))
    expect(breaker.refusal()).toBeNull()
  })
})

describe('the offset between two clocks', () => {
  it('is measured at the middle of the fastest round trip', () => {
    const meter = newOffsetMeter()
    expect(meter.offset()).toBeNull()
    meter.note(noon, noon + 4000, noon)
    expect(meter.offset()).toBe(1500)
    meter.note(noon + 5000, noon + 5100, noon + 5000)
    expect(meter.offset()).toBe(-450)
    meter.note(noon + 6000, noon + 9000, noon)
    expect(meter.offset()).toBe(-450)
  })

  it('follows a clock that was moved, however fast the answers were before, once two say so', () => {
    const meter = newOffsetMeter()
    meter.note(noon, noon + 20, noon)
    meter.note(noon + 60_000, noon + 60_400, noon + 360_000)
    expect(meter.offset()).toBe(-490)
    meter.note(noon + 61_000, noon + 61_400, noon + 61_000)
    meter.note(noon + 62_000, noon + 62_400, noon + 362_000)
    // the one between them told the old time
    expect(meter.offset()).toBe(-490)
    meter.note(noon + 63_000, noon + 63_900, noon + 363_000)
    expect(meter.offset()).toBe(-300_050)
  })

  it('is measured anew after a while, so that a clock set right is seen', () => {
    const meter = newOffsetMeter()
    meter.note(noon, noon + 10, noon - 600_000)
    expect(meter.offset()).toBe(599_505)
    meter.note(noon + 3_600_000, noon + 3_600_400, noon + 3_600_000)
    expect(meter.offset()).toBe(-300)
  })
})
