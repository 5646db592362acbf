/** Quiet hours and the digest's hour, in the person's own zone and over changes of clocks. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Quiet } from '../../../src-main/domain/channel.ts'
import { hours } from '../../../src-main/domain/time.ts'
import { digestDay, quietUntil } from '../../../src-main/engine/notices/quiet.ts'
import { at } from '../../support/clock.ts'

const night: Quiet = { enabled: true, from: '22:00', to: '07:00', zone: 'Europe/Paris', exceptCritical: true }

describe('quiet hours', () => {
  it.each([
    ['in the evening end the next morning', '2026-11-23T21:30:00Z', '2026-11-24T06:00:00Z'],
    ['after midnight end the same morning', '2026-11-24T03:00:00Z', '2026-11-24T06:00:00Z'],
    ['over the night the clocks go forward are an hour shorter', '2026-03-28T22:00:00Z', '2026-03-29T05:00:00Z'],
    ['over the night the clocks go back are an hour longer', '2026-10-24T21:00:00Z', '2026-10-25T06:00:00Z'],
  ])('%s', (_what, now, end) => {
    expect(quietUntil(night, at(now), 'high')).toBe(at(end))
  })

  it('leave the day alone, what is critical, and whoever wants none', () => {
    expect(quietUntil(night, at('2026-11-23T09:00:00Z'), 'high')).toBeNull()
    expect(quietUntil(night, at('2026-11-23T06:00:00Z'), 'high')).toBeNull()
    expect(quietUntil(night, at('2026-11-23T23:00:00Z'), 'critical')).toBeNull()
    expect(quietUntil({ ...night, exceptCritical: false }, at('2026-11-23T23:00:00Z'), 'critical')).not.toBeNull()
    expect(quietUntil({ ...night, enabled: false }, at('2026-11-23T23:00:00Z'), 'high')).toBeNull()
  })

  it('always end within a day and an hour, and are over when they end', () => {
    const time = fc.tuple(fc.nat(23), fc.nat(59)).map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`)
    const zone = fc.constantFrom('Europe/Paris', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC')
    fc.assert(
      fc.property(time, time, zone, fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2027-01-01T00:00:00Z') }), (from, to, where, now) => {
        fc.pre(from !== to)
        const quiet = { ...night, from, to, zone: where }
        const end = quietUntil(quiet, now, 'low')
        if (end === null) return
        expect(end).toBeGreaterThan(now)
        expect(end - now).toBeLessThanOrEqual(hours(25))
      }),
    )
  })
})

describe('the digest', () => {
  const digest = { enabled: true, at: '08:00', zone: 'Asia/Tokyo' }
  it('is due from its hour on, once for each local day', () => {
    expect(digestDay(digest, at('2026-11-23T22:59:00Z'))).toBeNull()
    expect(digestDay(digest, at('2026-11-23T23:00:00Z'))).toBe('2026-11-24')
    expect(digestDay({ ...digest, enabled: false }, at('2026-11-23T23:00:00Z'))).toBeNull()
  })
})
