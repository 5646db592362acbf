/** What is known of rounding tax, held to published cases that were recomputed with exact decimals. */
import { Decimal } from 'decimal.js'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Rounding } from '../../src-main/domain/decimal.ts'
import { toMajor } from '../../src-main/domain/money.ts'
import { type TaxLine, type TaxMethod, admissible, grossBy, inferMethod, taxBy, taxLinesOn, taxMethods } from '../../src-main/domain/tax.ts'

function by(per: TaxMethod['per'], rounding: Rounding = 'half-away', extraction: TaxMethod['extraction'] = 'gross'): TaxMethod {
  return { per, rounding, extraction }
}

function lines(ratePercent: string, included: boolean, ...amounts: readonly string[]): readonly TaxLine[] {
  return amounts.map((amount) => ({ amount, ratePercent, included }))
}

describe('tax per line and per document', () => {
  it.each([
    ['11.90 + 2.80 with 21 % in them', lines('21', true, '11.90', '2.80'), '2.56', '2.55'],
    ['4 × 1.48, 1.52, 1.54, 0.39 at 21 %', lines('21', false, '5.92', '1.52', '1.54', '0.39'), '1.96', '1.97'],
    ['six lines at 7 %', lines('7', false, '5095.20', '523.20', '80.64', '54.12', '182.00', '186.20'), '428.48', '428.50'],
    ['10.99 at 6.25 %', lines('6.25', false, '10.99'), '0.69', '0.69'],
    // wiki.dolibarr.org, VAT setup, calculation and rounding rules
    ['1.24 twice at 10 %', lines('10', false, '1.24', '1.24'), '0.24', '0.25'],
    // community.quickfile.co.uk 10988
    ['2.53 and 3.68 at 20 %', lines('20', false, '2.53', '3.68'), '1.25', '1.24'],
    // magento/magento2 #12643
    ['four rows of 4 × 2.27 at 21 %', lines('21', false, '9.08', '9.08', '9.08', '9.08'), '7.64', '7.63'],
    // magento/magento2 #13903
    ['5.36 three times at 10 %', lines('10', false, '5.36', '5.36', '5.36'), '1.62', '1.61'],
    // woocommerce/woocommerce #18710
    ['10.70 twice at 21 %', lines('21', false, '10.70', '10.70'), '4.50', '4.49'],
    // odoo/odoo #155833
    ['3.60 ten times at 5.5 %', lines('5.5', false, ...Array.from({ length: 10 }, () => '3.60')), '2.00', '1.98'],
    // odoo/odoo #177192: 10 × 30.75 less 5 %, and 70.00 less 5 %
    ['292.13 and 66.50 at 15 %', lines('15', false, '292.13', '66.50'), '53.80', '53.79'],
    // odoo/odoo #2594
    ['1.10 three times with 5 % in it', lines('5', true, '1.10', '1.10', '1.10'), '0.15', '0.16'],
    // odoo/odoo #169960
    ['21.53 twice with 21 % in it', lines('21', true, '21.53', '21.53'), '7.48', '7.47'],
    // developer.wafeq.com, calculations and rounding: two rates, each rounded by itself
    ['45.30 at 5 % and 33.45 at 10 %', [...lines('5', false, '45.30'), ...lines('10', false, '33.45')], '5.62', '5.62'],
  ])('%s', (_what, of, perLine, perTotal) => {
    expect([by('line'), by('total')].map((method) => toMajor(taxBy(method, of, 'EUR'), 'EUR'))).toEqual([perLine, perTotal])
  })

  it('348.35 × 16 less 4 % at 22 % costs a cent less where the line is never rounded', () => {
    const of = lines('22', false, '5350.656')
    expect([by('line'), by('exact')].map((method) => toMajor(grossBy(method, of, 'EUR'), 'EUR'))).toEqual(['6527.81', '6527.80'])
  })

  it('two taxes of less than half a cent are a cent together', () => {
    const of = lines('10', false, '0.03', '0.04')
    expect([by('line'), by('total')].map((method) => taxBy(method, of, 'USD'))).toEqual([0, 1])
  })
})

describe('several taxes on one price', () => {
  it('are rounded each by itself, two of one rate as well', () => {
    const priced = ['10.15', '10.15'].flatMap((amount) => taxLinesOn(amount, ['4', '2', '4'], false))
    // 0.41 + 0.20 + 0.41 on each line; 0.812 + 0.406 + 0.812 over both
    expect([taxBy(by('line'), priced, 'USD'), taxBy(by('total'), priced, 'USD')]).toEqual([204, 203])
    expect(taxBy(by('total'), taxLinesOn('10.12', ['4', '4'], false), 'USD')).toBe(80)
  })

  it('are all in a price that holds them', () => {
    expect(taxLinesOn('11.00', ['4', '2', '4'], true).map((line) => taxBy(by('line'), [line], 'USD'))).toEqual([40, 20, 40])
  })
})

describe('a price that contains its tax', () => {
  it.each([
    ['8.01 with 20 %', '8.01', '1.34', '8.02'],
    ['10 × 23.90 less 25 % with 20 %', '179.25', '29.88', '179.26'],
  ])('%s misses its own gross by a cent when net and tax are rounded each', (_what, amount, tax, gross) => {
    const of = lines('20', true, amount)
    const netFirst = by('line', 'half-away', 'net')
    expect([toMajor(taxBy(netFirst, of, 'EUR'), 'EUR'), toMajor(grossBy(netFirst, of, 'EUR'), 'EUR')]).toEqual([tax, gross])
    expect(toMajor(grossBy(by('line'), of, 'EUR'), 'EUR')).toBe(amount)
  })

  it('is split among all the rates that it contains', () => {
    const of = ['5', '9.975'].map((ratePercent) => ({ amount: '114.98', ratePercent, included: true, containsPercent: '14.975' }))
    expect(of.map((line) => toMajor(taxBy(by('line'), [line], 'CAD'), 'CAD'))).toEqual(['5.00', '9.98'])
  })
})

describe('the way of rounding', () => {
  it.each([
    ['half away from zero', '-6491.34', '25', 'half-away', '-1622.84'],
    ['half toward +∞', '-6491.34', '25', 'half-up', '-1622.83'],
    ['ceiling', '0.93', '8.875', 'toward-infinity', '0.09'],
    ['half up', '0.93', '8.875', 'half-away', '0.08'],
    ['half to even', '45.30', '5', 'half-even', '2.26'],
    ['half up', '45.30', '5', 'half-away', '2.27'],
  ] as const)('%s of %s at %s %%', (_what, amount, rate, rounding, tax) => {
    expect(toMajor(taxBy(by('line', rounding), lines(rate, false, amount), 'USD'), 'USD')).toBe(tax)
  })

  it('agrees with another decimal library on every line', () => {
    const cents = fc.integer({ min: -999_999, max: 999_999 })
    fc.assert(
      fc.property(cents, fc.integer({ min: 1, max: 30_000 }), fc.boolean(), (minor, thousandths, included) => {
        const amount = new Decimal(minor).div(100)
        const rate = new Decimal(thousandths).div(1000)
        const exact = included ? amount.minus(amount.times(100).div(rate.plus(100))) : amount.times(rate).div(100)
        const expected = exact.times(100).toDecimalPlaces(0, Decimal.ROUND_HALF_UP).toNumber() + 0
        expect(taxBy(by('line'), lines(rate.toFixed(), included, amount.toFixed()), 'EUR')).toBe(expected)
      }),
    )
  })

  it('leaves every method’s result inside the interval of admissible roundings', () => {
    const amounts = fc.array(fc.integer({ min: 1, max: 500_000 }), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(amounts, fc.constantFrom('5.5', '7', '19', '20', '21', '8.875'), (minors, rate) => {
        const of = lines(rate, false, ...minors.map((minor) => toMajor(minor, 'EUR')))
        const parts = of.map((line) => new Decimal(line.amount).times(line.ratePercent).div(100).toFixed())
        const { low, high } = admissible(parts, 'EUR')
        for (const method of taxMethods) {
          const tax = taxBy(method, of, 'EUR')
          expect(tax).toBeGreaterThanOrEqual(low)
          expect(tax).toBeLessThanOrEqual(high)
        }
      }),
    )
  })
})

describe('a side’s method', () => {
  it('is inferred from what it states for many documents, with its support', () => {
    const documents = [['5.92', '1.52', '1.54', '0.39'], ['0.13', '0.16', '0.14'], ['9.37'], ['1.03', '1.03', '1.03'], ['7.77', '0.02'], ['3.33', '3.35']]
    for (const method of [by('line'), by('total')]) {
      const samples = documents.map((amounts) => {
        const of = lines('21', false, ...amounts)
        return { lines: of, statedMinor: taxBy(method, of, 'EUR'), currency: 'EUR' }
      })
      expect(inferMethod(samples)).toEqual({ method, agrees: 6, of: 6 })
    }
  })

  it('is not called known from a handful of documents, nor when it explains too few', () => {
    const sample = { lines: lines('20', false, '10.00'), statedMinor: 200, currency: 'EUR' }
    const odd = { ...sample, statedMinor: 199 }
    expect(inferMethod([sample, sample, sample, sample])).toBeNull()
    expect(inferMethod([sample, sample, sample, sample, odd])).toBeNull()
  })
})
