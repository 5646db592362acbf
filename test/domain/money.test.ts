/** Booked amounts: whole minor units with the currency's own exponent, never a float, never two currencies in one sum. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { roundings } from '../../src-main/domain/decimal.ts'
import { exponentOf, moneySchema, sum, toMajor, toMinor, wholeMinor } from '../../src-main/domain/money.ts'

const currencies = fc.constantFrom('EUR', 'JPY', 'KWD', 'USD', 'CLF', 'XTS')

describe('a currency', () => {
  it.each([
    ['EUR', 2],
    ['JPY', 0],
    ['KWD', 3],
    ['BHD', 3],
    ['CLF', 4],
    ['ISK', 0],
    ['HUF', 2],
    ['QQQ', 2],
  ])('%s has %d digits', (currency, digits) => {
    expect(exponentOf(currency)).toBe(digits)
  })
})

describe('an amount', () => {
  it('comes back from its major units as it went', () => {
    fc.assert(
      fc.property(fc.integer({ min: -Number.MAX_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER }), currencies, (minor, currency) => {
        expect(toMinor(toMajor(minor, currency), currency)).toBe(minor)
      }),
    )
  })

  it.each([
    [1999, 'EUR', '19.99'],
    [1999, 'JPY', '1999'],
    [1999, 'KWD', '1.999'],
    [-5, 'EUR', '-0.05'],
    [0, 'KWD', '0.000'],
  ])('%d %s is %s', (minor, currency, major) => {
    expect(toMajor(minor, currency)).toBe(major)
  })

  it.each([
    ['13.2227', 'EUR', 1322],
    ['11.22567140600316', 'EUR', 1123],
    ['2.685', 'EUR', 269],
    ['-2.685', 'EUR', -269],
    ['2.5', 'JPY', 3],
    ['1.0005', 'KWD', 1001],
    ['0.1', 'EUR', 10],
    ['1.005', 'EUR', 101],
    ['-0.00', 'EUR', 0],
    ['100', 'EUR', 10_000],
  ])('%s %s is %d minor units', (major, currency, minor) => {
    expect(toMinor(major, currency)).toBe(minor)
    expect(Object.is(toMinor(major, currency), -0)).toBe(false)
  })

  it('is the same by the short way as by the long one', () => {
    const text = fc.tuple(fc.integer({ min: -1_000_000, max: 1_000_000 }), fc.stringMatching(/^\d{0,6}$/))
    fc.assert(
      fc.property(text, currencies, fc.constantFrom(...roundings), ([whole, fraction], currency, rounding) => {
        const major = fraction === '' ? String(whole) : `${whole}.${fraction}`
        const short = wholeMinor(major, currency)
        // where the text states no more than the currency has, no rounding may matter
        if (short === null) expect(fraction.replace(/0+$/, '').length).toBeGreaterThan(exponentOf(currency))
        else expect(toMinor(`${major}${fraction === '' ? '.' : ''}0000000000`, currency, rounding)).toBe(short)
      }),
    )
  })

  it('beyond what can be counted exactly is refused, not guessed', () => {
    expect(() => toMinor('90071992547409.93', 'EUR')).toThrow(RangeError)
    expect(moneySchema.safeParse({ minor: 1.5, currency: 'EUR' }).success).toBe(false)
    expect(moneySchema.safeParse({ minor: 1, currency: 'eur' }).success).toBe(false)
  })
})

describe('a sum', () => {
  it('is of one currency, and of nothing is nothing', () => {
    expect(sum([{ minor: 1, currency: 'EUR' }, { minor: -3, currency: 'EUR' }], 'EUR')).toEqual({ minor: -2, currency: 'EUR' })
    expect(sum([], 'USD')).toEqual({ minor: 0, currency: 'USD' })
    expect(() => sum([{ minor: 1, currency: 'USD' }], 'EUR')).toThrow('cannot add USD to EUR')
  })
})
