/** Faults are data of a bounded size, and times are written in one way. */
import { describe, expect, it } from 'vitest'
import { failed, fault, faultClasses, faultPolicies, faultSchema, ok, reactionTo, rejectionClass } from '../../src-main/domain/fault.ts'
import { iso, isoOrNull, parseInstant } from '../../src-main/domain/time.ts'

describe('a fault', () => {
  it('is cut to its size and is valid whatever went into it', () => {
    const long = fault('temporary', 'x'.repeat(9999), { detail: 'y'.repeat(9999), retryAfterMs: -3.7, status: 503 })
    expect([long.says.length, long.detail.length, long.retryAfterMs, long.path]).toEqual([500, 2000, 0, null])
    expect(faultSchema.parse(long)).toEqual(long)
  })

  it('of every class has a reaction', () => {
    expect(faultClasses.filter((name) => reactionTo[name] === undefined)).toEqual([])
    expect(['credentials', 'rate-limited', 'unreachable'].map((name) => reactionTo[name as 'credentials'])).toEqual(['ask', 'wait', 'retry'])
  })

  it('of every class has an owner, thresholds, and a next one who is told before its time is over', () => {
    const policies = faultClasses.map((name) => faultPolicies[name])
    expect(policies.every((one) => one.countMin > 0 && one.windowMinutes > 0 && one.shareMin >= 0 && one.shareMin <= 100)).toBe(true)
    expect(policies.filter((one) => one.escalateMinutes >= one.slaMinutes)).toEqual([])
    // what a person must act on is told by its count, however many other calls succeed
    expect(faultClasses.filter((name) => reactionTo[name] === 'ask' && name !== 'not-found' && faultPolicies[name].shareMin > 0)).toEqual([])
  })

  it.each([
    ['The fiscal position of the customer needs a tax on every line.', 'tax'],
    ['Steuersatz fehlt für Artikel 12', 'tax'],
    ['La TVA est obligatoire', 'tax'],
    ['The payment does not match the total of the order.', 'payment-mismatch'],
    ['Der Zahlungsbetrag weicht ab', 'payment-mismatch'],
    ['This customer has reached its credit limit.', 'erp-rejection'],
    ['Wrong syntax in the private address', 'erp-rejection'],
    ['', 'erp-rejection'],
  ])('of an ERP that refuses "%s" is one of %s', (words, name) => {
    expect(rejectionClass(words)).toBe(name)
  })

  it('and a success are told apart', () => {
    expect([ok(1), failed(fault('tax', 'x')).ok]).toEqual([{ ok: true, value: 1 }, false])
  })
})

describe('a time', () => {
  it.each([
    ['2026-11-23T09:00:00Z', '2026-11-23T09:00:00.000Z'],
    ['2026-11-23T09:00:00.123456+02:00', '2026-11-23T07:00:00.123Z'],
    ['2026-11-23T09:00:00-0330', '2026-11-23T12:30:00.000Z'],
    ['2026-11-23T09:00:00', null],
    ['2026-11-23', null],
    ['yesterdayZ', null],
    ['', null],
  ])('%j is read as %j', (text, expected) => {
    expect(isoOrNull(parseInstant(text))).toBe(expected)
  })

  it('is written in UTC with milliseconds', () => {
    expect(iso(0)).toBe('1970-01-01T00:00:00.000Z')
  })
})
