/** Whether a shop's list prices hold their tax: as its newest orders say, and products are judged again when that turns out other. */
import { describe, expect, it } from 'vitest'
import { basisChanged, keepBasis } from '../../../src-main/engine/reconcile/price-basis.ts'
import { sightOf } from '../../../src-main/engine/reconcile/sight.ts'
import { anOrder, aPair, aProduct } from '../../support/builders.ts'
import { type Seam, aReadSeam } from '../../support/seam.ts'
import { aStore } from '../../support/store.ts'

const differs = 'F08-price-differs MUG'
const listed = (amount: string, taxesIncluded: boolean | null) => [{ amount, currency: null, market: null, taxesIncluded }]

/** The shop asks 12.00 and does not say whether tax is in it; the ERP asks 10.00 without. */
function aSeamOfPrices(): Seam {
  return aReadSeam()
    .shop(aProduct({ id: 's', unit: null, prices: listed('12.00', null) }))
    .erp(aProduct({ id: 'e', unit: null, prices: listed('10.00', false) }))
}

const order = (number: string, taxesIncluded: boolean) => anOrder({ number, taxesIncluded })

describe('the basis of a shop’s prices', () => {
  it('is new while nothing was judged on one, and known once that is noted', () => {
    const [store, pair] = [aStore(), aPair()]
    expect([true, false, null].map((basis) => basisChanged(store, pair, basis))).toEqual([true, true, false])
    keepBasis(store, pair, true)
    expect([true, false, null].map((basis) => basisChanged(store, pair, basis))).toEqual([false, true, true])
    keepBasis(store, pair, null)
    expect([true, false, null].map((basis) => basisChanged(store, pair, basis))).toEqual([true, true, false])
  })

  it('is each pair’s own', () => {
    const store = aStore()
    keepBasis(store, aPair(), true)
    expect(basisChanged(store, aPair({ id: 'other' }), true)).toBe(true)
  })

  it('is what all its newest orders say, and none where they say both', async () => {
    const seam = aSeamOfPrices()
    const basis = () => sightOf(seam.store, aPair()).shopPricesWithTax
    expect(basis()).toBeNull()
    seam.shop(order('1', true))
    expect(basis()).toBe(true)
    seam.shop(order('2', false))
    expect(basis()).toBeNull()
  })
})

describe('a product', () => {
  it('that nothing happened to is judged again when the shop’s orders show that its prices hold no tax', async () => {
    const seam = await aSeamOfPrices().run()
    expect(seam.open()).not.toContain(differs)
    await seam.shop(order('1', false)).run()
    expect(seam.open()).toContain(differs)
    expect(basisChanged(seam.store, aPair(), false)).toBe(false)
  })

  it('is let go when they turn out to hold it', async () => {
    const seam = await aSeamOfPrices().shop(order('1', false)).run()
    expect(seam.open()).toContain(differs)
    await seam.shop(order('1', true)).run()
    expect(seam.open()).not.toContain(differs)
  })

  it('is judged as by everything at once, whichever order came last', async () => {
    for (const bases of [[true, false], [false, true], [true, true, false]]) {
      const seam = aSeamOfPrices()
      for (const [nth, taxesIncluded] of bases.entries()) await seam.shop(order(String(nth), taxesIncluded)).run()
      const found = seam.open()
      await seam.full()
      expect(seam.open()).toEqual(found)
    }
  })
})
