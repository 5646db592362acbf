/** One side's tax is turned into the other's by the smallest set of named differences, exactly, or it is called unexplained. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Explanation, type TaxFact, explainTax, linesOf, netOf } from '../../src-main/domain/explanation.ts'
import { toMajor, toMinor } from '../../src-main/domain/money.ts'
import { namedDifferences } from '../../src-main/domain/named-differences.ts'
import { shippingKey } from '../../src-main/domain/comparison.ts'
import { type TaxMethod, taxBy } from '../../src-main/domain/tax.ts'

const perLine: TaxMethod = { per: 'line', rounding: 'half-away', extraction: 'gross' }
const perTotal: TaxMethod = { ...perLine, per: 'total' }

function aFact(more: Partial<TaxFact> = {}): TaxFact {
  return { key: 'A', title: 'Olive Oil', quantity: '2', amount: '20.00', included: false, rates: ['20'], ...more }
}

interface Given {
  readonly shop: readonly TaxFact[]
  readonly erp: readonly TaxFact[]
  readonly ours?: TaxMethod
  readonly theirs?: TaxMethod
  readonly tax?: number
  readonly collected?: ReadonlySet<string>
  readonly business?: boolean
}

function explain(given: Given): Explanation {
  const { shop, erp, ours = perLine, theirs = perLine } = given
  const shopTax = taxBy(ours, linesOf(shop), 'EUR')
  const erpTax = given.tax ?? taxBy(theirs, linesOf(erp), 'EUR')
  const gross = (facts: readonly TaxFact[], tax: number): number =>
    facts.reduce((sum, fact) => sum + toMinor(fact.included ? fact.amount : netOf(fact), 'EUR'), 0) + (facts.some((fact) => fact.included) ? 0 : tax)
  const side = (facts: readonly TaxFact[], tax: number, method: TaxMethod) => ({
    facts,
    tax: { low: tax, high: tax },
    gross: { low: gross(facts, tax), high: gross(facts, tax) },
    currency: 'EUR',
    follows: { method, agrees: 100, of: 100 },
  })
  const between = { shop, erp, collected: given.collected ?? new Set<string>(), business: given.business ?? false, tolerance: '0.02' }
  return explainTax(side(shop, shopTax, ours), side(erp, erpTax, theirs), namedDifferences(between))
}

function causes(explanation: Explanation): readonly string[] {
  return explanation.kind === 'explained' ? explanation.by.map((one) => one.cause) : [explanation.kind]
}

const oil = aFact()
const soap = aFact({ key: 'B', title: 'Soap', quantity: '1', amount: '7.50' })
const parcel = aFact({ key: shippingKey, title: 'Parcel', quantity: '1', amount: '5.00' })

describe('an ERP that takes its tax out of prices that it does not state', () => {
  const goods = aFact({ quantity: '1', amount: '7.98', included: true, rates: ['21'] })
  const sent = aFact({ key: shippingKey, title: 'Parcel', quantity: '1', amount: '4.90', included: true, rates: ['21'] })
  // 1.38 + 0.85 in the shop; 2.24 of 12.88 in the ERP, whose nets each line rounds to give 2.24 as well
  const booked = [{ ...goods, amount: '6.60', included: false }, { ...sent, amount: '4.05', included: false }]

  it('rounds otherwise than its nets would have one think, and nothing else differs', () => {
    expect(causes(explain({ shop: [goods, sent], erp: booked, tax: 224 }))).toEqual(['rounding'])
  })

  it('is held to how it was found to round where it states them', () => {
    const [first, second] = booked
    const stated = [{ ...goods, ...first, gross: '7.98' }, { ...sent, ...second, gross: '4.90' }]
    expect(causes(explain({ shop: [goods, sent], erp: stated, tax: 224 }))).toEqual(['unexplained'])
  })
})

describe('an explanation', () => {
  it('is not asked for where both sides agree', () => {
    expect(explain({ shop: [oil], erp: [oil] })).toEqual({ kind: 'equal' })
  })

  it.each<[string, Given, readonly string[]]>([
    ['another rate', { shop: [oil, soap], erp: [{ ...oil, rates: ['5.5'] }, soap] }, ['wrong-rate']],
    ['one wrong rate on many lines as one', { shop: [oil, soap], erp: [{ ...oil, rates: ['19'] }, { ...soap, rates: ['19'] }] }, ['wrong-rate']],
    ['another rate of shipping', { shop: [oil, parcel], erp: [oil, { ...parcel, rates: ['5.5'] }] }, ['shipping-rate']],
    ['missing shipping', { shop: [oil, parcel], erp: [oil] }, ['shipping-missing']],
    ['a missing line', { shop: [oil, soap], erp: [oil] }, ['line-missing']],
    ['another quantity', { shop: [oil], erp: [{ ...oil, quantity: '3', amount: '30.00' }] }, ['quantity-differs']],
    ['another price', { shop: [oil], erp: [{ ...oil, amount: '18.00' }] }, ['discount']],
    ['no tax for a private buyer', { shop: [oil], erp: [{ ...oil, rates: [] }] }, ['exempt']],
    ['no tax for a business', { shop: [oil], erp: [{ ...oil, rates: [] }], business: true }, ['reverse-charge']],
    ['another rate in the same price', { shop: [{ ...oil, amount: '24.20', included: true, rates: ['21'] }], erp: [{ ...oil, amount: '20.17', rates: ['20'] }] }, ['wrong-rate']],
    ['another rate, where a net that was rounded leads to another cent', { shop: [{ ...oil, amount: '9.99', included: true, rates: [] }, { ...soap, amount: '4.99', included: true, rates: ['20'] }], erp: [{ ...oil, amount: '8.32', gross: '9.99', rates: ['20'] }, { ...soap, amount: '4.16', gross: '4.99', rates: ['20'] }], tax: 250 }, ['exempt']],
    ['an exemption that was lost', { shop: [{ ...oil, amount: '50.00', included: true, rates: [] }], erp: [{ ...oil, amount: '41.67', rates: ['20'] }] }, ['exempt']],
    ['no tax on the same price', { shop: [{ ...oil, amount: '24.00', included: true }], erp: [{ ...oil, amount: '24.00', rates: [] }] }, ['exempt']],
    ['tax that a marketplace collected', { shop: [oil], erp: [{ ...oil, rates: [] }], collected: new Set(['A']) }, ['marketplace-tax']],
    ['a gross price booked as net', { shop: [{ ...oil, amount: '24.00', included: true }], erp: [{ ...oil, amount: '24.00' }] }, ['gross-as-net']],
    ['a discount after tax', { shop: [oil], erp: [{ ...oil, amount: '25.00' }, aFact({ key: 'D', title: 'Coupon', amount: '-5.00', rates: [] })] }, ['discount-after-tax']],
    ['a bundle booked as its parts, one at another rate', { shop: [oil], erp: [aFact({ key: 'P1', amount: '12.00', quantity: '1' }), aFact({ key: 'P2', amount: '8.00', quantity: '1', rates: ['5.5'] })] }, ['bundle-split']],
    ['two mistakes at once', { shop: [oil, soap], erp: [{ ...oil, rates: ['5.5'] }, { ...soap, quantity: '2', amount: '15.00' }] }, ['quantity-differs', 'wrong-rate']],
  ])('names %s', (_what, given, expected) => {
    const explanation = explain(given)
    expect(causes(explanation).toSorted()).toEqual(expected.toSorted())
  })

  it('names rounding when the sides follow different methods', () => {
    const nets = ['5.92', '1.52', '1.54', '0.39']
    const facts = nets.map((amount, nth) => aFact({ key: `S${nth}`, amount, rates: ['21'] }))
    expect(causes(explain({ shop: facts, erp: facts, theirs: perTotal }))).toEqual(['rounding'])
  })

  it('shows every set that is equally small and equally exact', () => {
    const [a, b, c] = ['A', 'B', 'C'].map((key) => aFact({ key, title: key })) as [TaxFact, TaxFact, TaxFact]
    const one = { quantity: '1', amount: '10.00' }
    const shop = [a, b, { ...c, ...one }]
    // two mistakes cancel each other out: the third alone would do, and so would the second
    const explanation = explain({ shop, erp: [{ ...a, quantity: '3', amount: '30.00' }, { ...b, ...one }] })
    const sets = explanation.kind === 'ambiguous' ? explanation.sets.map((set) => set.map((difference) => difference.cause)) : []
    expect(sets).toEqual([['quantity-differs'], ['line-missing']])
  })

  const many = (count: number) => Array.from({ length: count }, (_, nth) => aFact({ key: `S${nth}`, title: `S${nth}`, quantity: '1', amount: `${7 + nth * nth}.${10 + nth}` }))

  it('names an old price list on many lines as one', () => {
    const shop = many(6)
    const explanation = explain({ shop, erp: shop.map((fact, nth) => ({ ...fact, amount: `${5 + nth * nth}.50` })) })
    const says = explanation.kind === 'explained' ? explanation.by.map((one) => one.says) : [explanation.kind]
    expect(says).toEqual(['Prices of 6 lines (S0, S1, S2, S3, S4, S5) without tax: 97.75 in the shop, 88 in the ERP'])
  })

  it('names the one line of an old price where the others are as ordered', () => {
    const shop = many(6)
    const explanation = explain({ shop, erp: shop.map((fact, nth) => (nth === 3 ? { ...fact, amount: '14.50' } : fact)) })
    expect(explanation.kind === 'explained' ? explanation.by.map((one) => one.says) : []).toEqual(['Price of S3 without tax: 16.13 in the shop, 14.50 in the ERP'])
  })

  it('names all that differs where it is more than a few things at once', () => {
    const shop = many(7)
    expect(causes(explain({ shop, erp: shop.slice(0, 1) }))).toEqual(Array.from({ length: 6 }, () => 'line-missing'))
  })

  it('is one among others, and not the only one, where more differs than can be tried', () => {
    const shop = many(20)
    const explanation = explain({ shop, erp: shop.map((fact) => ({ ...fact, quantity: '3', amount: toMajor(toMinor(fact.amount, 'EUR') * 3, 'EUR') })) })
    expect(explanation).toMatchObject({ kind: 'ambiguous', cut: true })
    expect(explanation.kind === 'ambiguous' ? explanation.sets.map((set) => set.length) : []).toEqual([20])
  })

  it('is never a plug: what no named difference gives is unexplained, with what is left', () => {
    expect(explain({ shop: [oil], erp: [oil], tax: 397 })).toEqual({ kind: 'unexplained', residualMinor: 3 })
  })
})

describe('the law of explanations', () => {
  const rates = ['5.5', '10', '20', '21']
  const fact = fc.record({ quantity: fc.integer({ min: 1, max: 9 }), unit: fc.integer({ min: 37, max: 19_999 }), rate: fc.constantFrom(...rates) })
  const order = fc.array(fact, { minLength: 1, maxLength: 6 })

  it('one planted difference is found by its name, or among equals, and never called something else alone', () => {
    fc.assert(
      fc.property(order, fc.nat(5), fc.constantFrom('rate', 'quantity', 'missing', 'extra'), fc.boolean(), (drawn, at, what, included) => {
        const shop = drawn.map((one, nth) =>
          aFact({ key: `S${nth}`, title: `S${nth}`, quantity: String(one.quantity), amount: toMajor(one.quantity * one.unit, 'EUR'), included, rates: [one.rate] }),
        )
        const booked = shop.map((one) => ({ ...one, amount: toMajor(toMinor(netOf(one), 'EUR'), 'EUR'), included: false }))
        const hit = at % shop.length
        const planted = plant(booked, hit, what)
        const explanation = explain({ shop, erp: planted.erp, ours: perLine, theirs: perLine })
        if (explanation.kind === 'equal') return
        if (explanation.kind === 'explained') expect(explanation.by.map((one) => one.cause)).toContain(planted.cause)
        else if (explanation.kind === 'ambiguous') expect(explanation.sets.flat().map((one) => one.cause)).toContain(planted.cause)
        else expect(included).toBe(true)
      }),
    )
  })
})

function plant(facts: readonly TaxFact[], hit: number, what: string): { readonly erp: readonly TaxFact[]; readonly cause: string } {
  const change = (make: (fact: TaxFact) => TaxFact) => facts.map((fact, nth) => (nth === hit ? make(fact) : fact))
  switch (what) {
    case 'rate':
      return { cause: 'wrong-rate', erp: change((fact) => ({ ...fact, rates: [fact.rates[0] === '19' ? '7' : '19'] })) }
    case 'quantity':
      return {
        cause: 'quantity-differs',
        erp: change((fact) => {
          const units = Number(fact.quantity)
          return { ...fact, quantity: String(units * 2), amount: toMajor(toMinor(fact.amount, 'EUR') * 2, 'EUR') }
        }),
      }
    case 'missing':
      return { cause: 'line-missing', erp: facts.filter((_, nth) => nth !== hit) }
    default:
      return { cause: 'line-missing', erp: [...facts, aFact({ key: 'X', amount: '12.34' })] }
  }
}
