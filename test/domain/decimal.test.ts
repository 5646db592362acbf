/** Exact figures against an oracle of whole numbers: nothing may pass through a float. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  add,
  compare,
  decimalSchema,
  divide,
  isZero,
  multiply,
  negate,
  parseDecimal,
  round,
  type Rounding,
  roundings,
  subtract,
  toSafeInteger,
} from '../../src-main/domain/decimal.ts'

/** A figure as a whole number of 10^-scale, and its text. */
const figures = fc.record({ units: fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }), scale: fc.integer({ min: 0, max: 14 }) })

function textOf(units: bigint, scale: number): string {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0')
  const whole = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`
  return units < 0n ? `-${whole}` : whole
}

function unitsAt(text: string, scale: number): bigint {
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.')
  const units = BigInt(whole + fraction.padEnd(scale, '0'))
  return text.startsWith('-') ? -units : units
}

function oracle(units: bigint, scale: number, digits: number, rounding: Rounding): bigint {
  if (scale <= digits) return units * 10n ** BigInt(digits - scale)
  const step = 10n ** BigInt(scale - digits)
  const towardZero = units / step
  const rest = units - towardZero * step
  if (rest === 0n) return towardZero
  const sign = units < 0n ? -1n : 1n
  const floor = sign < 0n ? towardZero - 1n : towardZero
  const twice = (rest < 0n ? -rest : rest) * 2n
  switch (rounding) {
    case 'toward-zero':
      return towardZero
    case 'away-from-zero':
      return towardZero + sign
    case 'floor':
      return floor
    case 'toward-infinity':
      return floor + 1n
    case 'half-away':
      return twice >= step ? towardZero + sign : towardZero
    case 'half-even':
      return twice > step || (twice === step && towardZero % 2n !== 0n) ? towardZero + sign : towardZero
    case 'half-up':
      return twice === step ? floor + 1n : twice > step ? towardZero + sign : towardZero
    default:
      return rounding satisfies never
  }
}

describe('an exact figure', () => {
  it('is read from its own text, to the last digit', () => {
    fc.assert(
      fc.property(figures, ({ units, scale }) => {
        const parsed = parseDecimal(textOf(units, scale))
        expect(parsed).not.toBeNull()
        expect(unitsAt(parsed ?? '', scale)).toBe(units)
        expect(decimalSchema.safeParse(parsed).success).toBe(true)
      }),
    )
  })

  it.each([
    ['105.7', '105.7'],
    [' 13.2227 ', '13.2227'],
    ['11.22567140600316', '11.22567140600316'],
    ['1e-7', '0.0000001'],
    ['1.5E3', '1500'],
    ['+3', '3'],
    ['0.350', '0.35'],
    ['-0.35', '-0.35'],
    ['123456789012345678901234567890.12', '123456789012345678901234567890.12'],
    ['', null],
    ['12,50', null],
    ['1 000', null],
    ['0x10', null],
    ['Infinity', null],
    ['NaN', null],
    ['1e9999', null],
    ['.5', null],
    ['5.', null],
    ['--5', null],
  ])('%j is read as %j', (text, figure) => {
    expect(parseDecimal(text)).toBe(figure)
  })

  it('of nothing has no sign', () => {
    expect([parseDecimal('-0.00'), negate('0'), negate('0.00'), subtract('1.10', '1.1'), multiply('-1', '0')]).toEqual(['0', '0', '0', '0', '0'])
    for (const rounding of roundings) expect([rounding, round('-0.004', 2, rounding)]).not.toEqual([rounding, '-0'])
  })

  it('is added, taken away, multiplied and compared exactly', () => {
    fc.assert(
      fc.property(figures, figures, (left, right) => {
        const [a, b] = [textOf(left.units, left.scale), textOf(right.units, right.scale)]
        const [x, y] = [unitsAt(a, 14), unitsAt(b, 14)]
        expect(unitsAt(add(a, b), 14)).toBe(x + y)
        expect(unitsAt(subtract(a, b), 14)).toBe(x - y)
        expect(unitsAt(multiply(a, b), 28)).toBe(x * y)
        expect(compare(a, b)).toBe(x < y ? -1 : x > y ? 1 : 0)
        expect(isZero(a)).toBe(x === 0n)
        expect(add(a, negate(a))).toBe('0')
      }),
    )
  })

  it('is divided to thirty digits', () => {
    expect([divide('1', '3'), divide('20', '1.2'), divide('-7', '2')]).toEqual([
      '0.333333333333333333333333333333',
      '16.666666666666666666666666666667',
      '-3.5',
    ])
    expect(() => divide('1', '0')).toThrow()
  })
})

describe('rounding', () => {
  it('is what whole numbers say, for every way of it', () => {
    fc.assert(
      fc.property(figures, fc.integer({ min: 0, max: 6 }), fc.constantFrom(...roundings), ({ units, scale }, digits, rounding) => {
        expect(unitsAt(round(textOf(units, scale), digits, rounding), digits)).toBe(oracle(units, scale, digits, rounding))
      }),
      { numRuns: 1000 },
    )
  })

  it.each<[string, readonly string[]]>([
    // half-away, half-even, half-up, toward-infinity, toward-zero, away-from-zero, floor
    ['2.685', ['2.69', '2.68', '2.69', '2.69', '2.68', '2.69', '2.68']],
    ['-2.685', ['-2.69', '-2.68', '-2.68', '-2.68', '-2.68', '-2.69', '-2.69']],
    ['22.425', ['22.43', '22.42', '22.43', '22.43', '22.42', '22.43', '22.42']],
    ['1.005', ['1.01', '1', '1.01', '1.01', '1', '1.01', '1']],
  ])('of %s to two digits', (figure, expected) => {
    expect(roundings.map((rounding) => round(figure, 2, rounding))).toEqual(expected)
  })

  it('of what has no more digits changes nothing', () => {
    for (const rounding of roundings) expect(round('13.22', 2, rounding)).toBe('13.22')
  })
})

describe('a whole number', () => {
  it.each(['0.5', '9007199254740992', '-9007199254740993', '1000.01'])('is not %s', (figure) => {
    expect(() => toSafeInteger(figure)).toThrow(RangeError)
  })

  it('may be written with noughts behind the point', () => {
    expect([toSafeInteger('12.000'), toSafeInteger('-7'), toSafeInteger('9007199254740991')]).toEqual([12, -7, Number.MAX_SAFE_INTEGER])
  })
})
