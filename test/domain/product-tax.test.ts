/** When a product's tax became another one, and which of its taxes an order follows. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Told, followed, ratesInWords, takenBeyond, taxChangeIn, taxesInWords } from '../../src-main/domain/product-tax.ts'
import type { ProductTaxes } from '../../src-main/domain/records.ts'
import { aProduct } from '../support/builders.ts'

const tax = (ratePercent: string, code: string | null = `VAT ${ratePercent}`): ProductTaxes => [{ code, ratePercent }]
const [full, middle, low] = [tax('20'), tax('10'), tax('5.5')]

/** Versions newest first, each met and stamped an hour before the one that it follows. */
function told(...versions: readonly (ProductTaxes | null)[]): readonly Told[] {
  return versions.map((taxes, nth) => ({ product: aProduct({ taxes: taxes === null ? null : [...taxes], changedAt: 1000 - nth }), metAt: 2000 - nth }))
}

describe('a change of a product’s tax', () => {
  it('is the last one of its rates, with all that it had before and the first version that says so', () => {
    expect(taxChangeIn(told(low, low, middle, full))).toEqual({ now: low, before: [middle, full], metAt: 1999, changedAt: 999 })
    expect(taxChangeIn(told(full, low, full))).toEqual({ now: full, before: [low], metAt: 2000, changedAt: 1000 })
  })

  it('has no stamp where the product was not written: the rate of its tax was', () => {
    const [now, before] = told(low, full)
    if (now === undefined || before === undefined) throw new Error('two versions were told')
    const unwritten = { ...now, product: { ...now.product, changedAt: before.product.changedAt } }
    expect(taxChangeIn([unwritten, before])).toMatchObject({ metAt: 2000, changedAt: null })
  })

  it.each<[string, readonly (ProductTaxes | null)[]]>([
    ['was always the same', [full, full]],
    ['got another name', [tax('20', 'TVA'), full]],
    ['is written with more digits', [tax('20.00'), full]],
    ['was said for the first time', [full, null]],
    ['is not said any more', [null, full]],
    ['was met once', [full]],
  ])('is none where it %s', (_why, versions) => {
    expect(taxChangeIn(told(...versions))).toBeNull()
  })

  it('never counts what is as now among what was before, nor any of it twice', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(full, middle, low, tax('20', 'TVA'), [], null), { maxLength: 12 }), (versions) => {
        const change = taxChangeIn(told(...versions))
        if (change === null) return
        expect(change.before.length).toBeGreaterThan(0)
        expect(change.before.map(ratesInWords)).not.toContain(ratesInWords(change.now))
        expect(new Set(change.before.map(taxesInWords)).size).toBe(change.before.length)
      }),
    )
  })
})

describe('an order of it', () => {
  const change = { now: low, before: [middle, full] }

  it('follows what it was charged at, under the name that the tax has on the ERP’s lines', () => {
    expect(followed(change, { charged: tax('20', 'TVA'), booked: [full] })).toEqual(full)
    expect(followed(change, { charged: tax('5.5', 'TVA'), booked: [] })).toEqual(low)
    expect(followed(change, { charged: tax('20', 'TVA'), booked: [full, full] })).toEqual(full)
  })

  it.each<[string, ProductTaxes, readonly ProductTaxes[]]>([
    ['at a rate that it never had', tax('21'), [tax('21')]],
    ['that the ERP books under another name', full, [tax('20', 'Abroad 20 %')]],
    ['that the ERP books at another rate', full, [low]],
    ['of which the ERP books one line otherwise', full, [full, low]],
    ['that the ERP has no line of', full, []],
  ])('says nothing %s', (_why, charged, booked) => {
    expect(followed(change, { charged, booked })).toBeNull()
  })

  it('took so much more as tax than it would have at the rate of now', () => {
    expect(takenBeyond('20.00', false, full, low)).toBe('2.9')
    expect(takenBeyond('24.00', true, full, [])).toBe('4')
    expect(takenBeyond('10.00', false, low, full)).toBe('-1.45')
  })
})

it('is told in rates, and in rates with their codes', () => {
  expect([full, [...low, ...full], []].map(ratesInWords)).toEqual(['20 %', '5.5 % + 20 %', 'no tax'])
  expect([full, tax('20', null), []].map(taxesInWords)).toEqual(['20 % (VAT 20)', '20 %', 'no tax'])
})
