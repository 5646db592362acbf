/** In which facts two sides' products differ, as the pair's maps read them. */
import { expect, it } from 'vitest'
import type { PairSettings } from '../../src-main/domain/pair.ts'
import { pairSettingsSchema } from '../../src-main/domain/pair.ts'
import { priceTermsSchema } from '../../src-main/domain/list-price.ts'
import { productDiffers } from '../../src-main/domain/product-faces.ts'
import type { Product } from '../../src-main/domain/records.ts'
import { aProduct } from '../support/builders.ts'

function differs(shop: Partial<Product>, erp: Partial<Product>, settings: Partial<PairSettings> = {}): readonly string[] {
  return productDiffers(pairSettingsSchema.parse(settings), aProduct(shop), aProduct(erp), priceTermsSchema.parse({}))
}

const price = (amount: string) => ({ amount, currency: 'EUR', market: null, taxesIncluded: true })

it.each([
  ['a title, but not its spacing, signs or capitals', { title: 'Tea  pot - Weiß' }, { title: 'tea pot (weiß)' }, { title: 'Teapot weiß' }, 'title'],
  ['a unit', { unit: 'Piece' }, { unit: 'piece' }, { unit: 'Box' }, 'unit'],
  ['a pack', { packSize: '6' }, { packSize: '6.0' }, { packSize: '12' }, 'pack'],
  ['a price beyond its tolerance', { prices: [price('10.00')] }, { prices: [price('10.01')] }, { prices: [price('11.00')] }, 'price'],
  ['a barcode', { barcode: '4006381333931' }, { barcode: '4006381333931' }, { barcode: '4006381333948' }, 'barcode'],
  ['whether it is on sale', { active: true }, { active: true }, { active: false }, 'active'],
])('notices %s', (_what, shop, alike, other, field) => {
  expect([differs(shop, alike), differs(shop, other)]).toEqual([[], [field]])
})

it('takes what one side does not say for no difference', () => {
  expect(differs({ unit: null, packSize: null, barcode: null, taxCode: null }, { unit: 'Box', packSize: '6', barcode: '1', taxCode: 'VAT20' })).toEqual([])
})

it('reads units, packs and tax codes through the pair’s maps', () => {
  const settings: Partial<PairSettings> = { units: { Box: { of: 'Piece', times: '12' } }, taxCodes: { full: 'VAT20' } }
  expect(differs({ unit: 'Box', taxCode: 'full' }, { unit: 'Piece', taxCode: 'VAT20' }, settings)).toEqual([])
  expect(differs({ unit: 'Box', taxCode: 'full' }, { unit: 'Crate', taxCode: 'VAT7' }, settings)).toEqual(['unit', 'tax-code'])
  // each side has words of its own for a tax that no map speaks of
  expect(differs({ taxCode: 'full' }, { taxCode: 'VAT7' })).toEqual([])
  const packs = { MUG: { size: '6', unit: 'Piece' } }
  expect(differs({ unit: 'Box', packSize: '6' }, { unit: 'Piece', packSize: '1' }, { packs })).toEqual([])
  expect(differs({ unit: 'Box', packSize: '6' }, { unit: 'Dozen', packSize: '2' }, { packs })).toEqual(['unit', 'pack'])
})
