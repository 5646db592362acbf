/** The way from one side's tax to the other's: whatever explains it, its steps add up to the difference to the cent. */
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { type NamedDifference, type TaxFact, type TaxSide, explainTax, linesOf } from '../../src-main/domain/explanation.ts'
import { namedDifferences } from '../../src-main/domain/named-differences.ts'
import { taxBy, taxMethods } from '../../src-main/domain/tax.ts'
import { taxSteps } from '../../src-main/domain/tax-steps.ts'

const amount = fc.integer({ min: 1, max: 99_999 }).map((cents) => (cents / 100).toFixed(2))
const rate = fc.constantFrom('5.5', '7', '19', '20', '21')
const method = fc.constantFrom(...taxMethods.filter((one) => one.extraction === 'gross'))

interface Mistake {
  readonly facts: readonly TaxFact[]
  readonly booked: readonly TaxFact[]
}

/** Lines, and what an ERP made of them: another rate, a line too few, another quantity, or none of that. */
const mistakes: fc.Arbitrary<Mistake> = fc
  .tuple(fc.array(fc.record({ amount, rate }), { minLength: 1, maxLength: 4 }), fc.constantFrom('rate', 'missing', 'price', 'none'), rate, amount)
  .map(([lines, what, other, price]) => {
    const facts = lines.map((line, nth) => ({ key: `S${nth}`, title: `Thing ${nth}`, quantity: '1', amount: line.amount, included: false, rates: [line.rate] }))
    const booked = facts.flatMap((fact, nth) => {
      if (nth > 0 || what === 'none') return [fact]
      if (what === 'missing') return []
      return [what === 'rate' ? { ...fact, rates: [other] } : { ...fact, amount: price }]
    })
    return { facts, booked }
  })

function side(facts: readonly TaxFact[], by: (typeof taxMethods)[number]): TaxSide {
  const minor = taxBy(by, linesOf(facts), 'EUR')
  const gross = { low: minor, high: minor }
  return { facts, tax: { low: minor, high: minor }, gross, currency: 'EUR', follows: { method: by, agrees: 20, of: 20 } }
}

it('adds up to exactly what the two sides differ by', () => {
  fc.assert(
    fc.property(mistakes, method, method, ({ facts, booked }, ours, theirs) => {
      const shop = side(facts, ours)
      const erp = side(booked, theirs)
      const differences = namedDifferences({ shop: facts, erp: booked, collected: new Set(), business: false, tolerance: '0.02' })
      for (const set of waysOf(explainTax(shop, erp, differences))) {
        const steps = taxSteps(shop, erp, set, shop.tax.low)
        expect(steps?.reduce((sum, step) => sum + step.minor, 0)).toBe(erp.tax.low - shop.tax.low)
        expect(steps?.length).toBeGreaterThan(0)
      }
    }),
    { numRuns: 500 },
  )
})

it('names what each difference moves, in the order in which they are told', () => {
  const fact = { key: 'OIL', title: 'Olive oil', quantity: '1', amount: '100.00', included: false, rates: ['20'] }
  const by = taxMethods[0]
  if (by === undefined) throw new Error('no method')
  const shop = side([fact], by)
  const erp = side([{ ...fact, rates: ['5.5'] }], by)
  const set = waysOf(explainTax(shop, erp, namedDifferences({ shop: shop.facts, erp: erp.facts, collected: new Set(), business: false, tolerance: '0.02' })))[0] ?? []
  expect(taxSteps(shop, erp, set, 2000)).toEqual([{ cause: 'wrong-rate', says: 'Tax rate of Olive oil: 20 % in the shop, 5.5 % in the ERP', minor: -1450 }])
})

it('is no way at all where a set does not lead to the ERP’s figure', () => {
  const fact = { key: 'OIL', title: 'Olive oil', quantity: '1', amount: '100.00', included: false, rates: ['20'] }
  const [by] = taxMethods
  if (by === undefined) throw new Error('no method')
  expect(taxSteps(side([fact], by), { ...side([fact], by), tax: { low: 1, high: 1 } }, [], 2000)).toBeNull()
})

function waysOf(explanation: ReturnType<typeof explainTax>): readonly (readonly NamedDifference[])[] {
  return explanation.kind === 'explained' ? [explanation.by] : explanation.kind === 'ambiguous' ? explanation.sets : []
}
