import { describe, expect, it } from 'vitest'
import {
  wireDecimal,
  wireInstant,
  wireInteger,
  wireOptional,
} from '../../../src-main/engine/connectors/wire.ts'

describe('reading a wire whose numbers are texts', () => {
  it('keeps a decimal exact and plain', () => {
    expect(wireDecimal.parse('16.166528925619834711')).toBe('16.166528925619834711')
    expect(wireDecimal.parse('-3e-22')).toBe('-0.0000000000000000000003')
    expect(wireDecimal.safeParse('many').success).toBe(false)
    expect(wireDecimal.safeParse(5).success).toBe(false)
  })

  it('takes an integer only where it is one', () => {
    expect(wireInteger.parse('42')).toBe(42)
    expect(wireInteger.parse('1e2')).toBe(100)
    expect(wireInteger.safeParse('1.5').success).toBe(false)
    expect(wireInteger.safeParse('12345678901234567890').success).toBe(false)
  })

  it('takes an instant only with its zone', () => {
    expect(wireInstant.parse('2026-11-23T10:00:00.250+01:00')).toBe(
      Date.parse('2026-11-23T09:00:00.250Z'),
    )
    expect(wireInstant.safeParse('2026-11-23T10:00:00').success).toBe(false)
    expect(wireInstant.safeParse('yesterday Z').success).toBe(false)
  })

  it('reads a field that is null or left out as absent', () => {
    expect([
      wireOptional(wireInteger).parse(null),
      wireOptional(wireInteger).parse(undefined),
      wireOptional(wireInteger).parse('7'),
    ]).toEqual([null, null, 7])
  })
})
