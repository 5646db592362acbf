/** Orders whose tax differs: rolled up by SQL's own sums, currency by currency, and listed the heaviest first. */
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import type { TaxVariance, VarianceWanted } from '../../../src-main/engine/store/tax-variance.ts'
import type { Store } from '../../../src-main/engine/store/store.ts'
import { taxFacetNames } from '../../../src-main/domain/tax-facets.ts'
import { aStore } from '../../support/store.ts'

const variance = fc.record({
  number: fc.stringMatching(/^[0-9]{1,3}$/),
  currency: fc.constantFrom('EUR', 'JPY'),
  minor: fc.integer({ min: -5, max: 5 }),
  cause: fc.constantFrom('rounding' as const, 'wrong-rate' as const),
  market: fc.constantFrom('', 'DE', 'FR'),
  productType: fc.constantFrom('VAT20', 'Shipping'),
  shipping: fc.constantFrom('', 'Parcel'),
  exemption: fc.constantFrom('none' as const, 'customer' as const),
})
const variances = fc.uniqueArray(variance, { selector: ({ number }) => number, maxLength: 25 })

function kept(given: readonly TaxVariance[]): Store {
  const store = aStore()
  store.transaction((tx) => given.forEach((one) => store.taxVariance.save(tx, 'pair', one)))
  return store
}

it('adds up to the whole by whatever it is rolled up by, never over currencies', () => {
  fc.assert(
    fc.property(variances, (given) => {
      const { taxVariance } = kept(given)
      const sum = (rows: readonly { readonly currency: string; readonly over: number; readonly under: number; readonly count: number }[]) =>
        ['EUR', 'JPY'].map((currency) => {
          const own = rows.filter((row) => row.currency === currency)
          return (['over', 'under', 'count'] as const).map((name) => own.reduce((all, row) => all + row[name], 0))
        })
      const wanted = ['EUR', 'JPY'].map((currency) => {
        const own = given.filter((one) => one.currency === currency)
        const net = (sign: 1 | -1) => own.reduce((all, { minor }) => all + (minor * sign > 0 ? minor : 0), 0)
        return [net(1), net(-1), own.length]
      })
      expect(sum(taxVariance.whole('pair'))).toEqual(wanted)
      for (const by of taxFacetNames) expect(sum(taxVariance.sums('pair', by))).toEqual(wanted)
    }),
  )
})

it('lists each order behind a figure once, the heaviest first, whatever the size of a page', () => {
  fc.assert(
    fc.property(variances, fc.integer({ min: 1, max: 5 }), fc.constantFrom(null, { by: 'market', value: 'FR' } as const, { by: 'productType', value: 'Shipping' } as const), (given, limit, only) => {
      const { taxVariance } = kept(given)
      const met: string[] = []
      for (let after: VarianceWanted['after'] = null, full = true; full; ) {
        const page = taxVariance.list({ pair: 'pair', currency: 'EUR', only, after, limit })
        met.push(...page.map((one) => one.number))
        const last = page.at(-1)
        full = page.length === limit
        if (last !== undefined) after = { weight: Math.abs(last.minor), number: last.number }
      }
      const wanted = given
        .filter((one) => one.currency === 'EUR' && (only === null || one[only.by] === only.value))
        .toSorted((a, b) => Math.abs(b.minor) - Math.abs(a.minor) || (a.number < b.number ? -1 : 1))
      expect(met).toEqual(wanted.map((one) => one.number))
    }),
  )
})

it('keeps an order once, as it was judged last, and forgets it when it agrees', () => {
  const [one] = fc.sample(variance, 1)
  if (one === undefined) throw new Error('nothing to keep')
  const store = kept([one])
  store.transaction((tx) => store.taxVariance.save(tx, 'pair', { ...one, minor: 42 }))
  expect(store.taxVariance.get('pair', one.number)?.minor).toBe(42)
  store.transaction((tx) => store.taxVariance.drop(tx, 'pair', one.number))
  expect([store.taxVariance.get('pair', one.number), store.taxVariance.whole('pair')]).toEqual([null, []])
})
