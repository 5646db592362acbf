import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toMinor } from '../../../src-main/domain/money.ts'
import { amountOf, grouped, minusMark, shortSpanOf, spanOf } from '../../../src-renderer/parts/numbers.ts'

/** As a person reads it: every kind of space is a space. */
const read = (text: string): string => text.replaceAll(/\s/g, ' ')

describe('an amount is written', () => {
  it.each([
    [1999, 'EUR', '19.99'],
    [123_456_789, 'EUR', '1 234 567.89'],
    [1999, 'JPY', '1 999'],
    [1999, 'KWD', '1.999'],
    [-5, 'KWD', `${minusMark}0.005`],
    [0, 'EUR', '0.00'],
    [-123_456, 'JPY', `${minusMark}123 456`],
  ])('%i minor units of %s as %s', (minor, currency, written) => {
    expect(read(amountOf({ minor, currency }))).toBe(written)
  })

  it('with its sign where it is a difference, and without one at zero', () => {
    expect(amountOf({ minor: 37, currency: 'EUR' }, true)).toBe('+0.37')
    expect(amountOf({ minor: -37, currency: 'EUR' }, true)).toBe(`${minusMark}0.37`)
    expect(amountOf({ minor: 0, currency: 'EUR' }, true)).toBe('0.00')
  })

  it('so that it can be read back to the last minor unit', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.constantFrom('EUR', 'JPY', 'KWD'), (minor, currency) => {
        const plain = amountOf({ minor, currency }).replaceAll(/\s/g, '').replace(minusMark, '-')
        expect(toMinor(plain, currency) + 0).toBe(minor + 0)
      }),
    )
  })
})

it('groups the whole part only', () => {
  expect(read(grouped('1234567.1234567'))).toBe('1 234 567.1234567')
})

describe('a span is told', () => {
  it.each([
    [0, '0 s', '0 s'],
    [59_999, '59 s', '59 s'],
    [83_000, '1 min 23 s', '1 min'],
    [120_000, '2 min', '2 min'],
    [3_599_000, '59 min', '59 min'],
    [19_380_000, '5 h 23 min', '5 h'],
    [187_200_000, '2 d 4 h', '2 d'],
    [-5, '0 s', '0 s'],
  ])('%i ms as %s, and short as %s', (ms, full, short) => {
    expect(read(spanOf(ms))).toBe(full)
    expect(read(shortSpanOf(ms))).toBe(short)
  })
})
