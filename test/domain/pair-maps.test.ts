/** A pair's maps: refused in words when they cannot be, and looked up exactly when they can. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { add, compare } from '../../src-main/domain/decimal.ts'
import { allows } from '../../src-main/domain/ownership.ts'
import { pairSettingsSchema } from '../../src-main/domain/pair.ts'
import { lookupsOf, mapsProblem } from '../../src-main/domain/pair-maps.ts'
import { inShopWords } from '../../src-main/domain/shop-words.ts'
import { anErpLine, anOrderLine, aTax } from '../support/builders.ts'

const settings = (given: object) => pairSettingsSchema.parse(given)
const problemOf = (given: object) => pairSettingsSchema.safeParse(given).error?.issues[0]?.message ?? null

describe('a map', () => {
  it.each([
    ['units that loop', { units: { BOX: { of: 'PCE', times: '12' }, PCE: { of: 'BOX', times: '1' } } }, 'must not go round in a circle: BOX is so many PCE is so many BOX'],
    ['a unit of itself', { units: { BOX: { of: 'BOX', times: '12' } } }, 'must not go round in a circle: BOX is so many BOX'],
    ['a bundle that contains itself', { bundles: { A: { B: '1' }, B: { C: '2', A: '1' } } }, 'must not contain itself: A contains B contains A'],
    ['a bundle of nothing', { bundles: { A: {} } }, 'a bundle of at least one thing'],
    ['a pack of nothing', { packs: { A: { size: '0' } } }, 'more than nothing'],
  ])('is refused for %s', (_what, given, says) => {
    expect(problemOf(given)).toBe(says)
  })

  it('is refused for bundles that lie too deep in one another, and quickly for very long ones', () => {
    const chain = (length: number) => Object.fromEntries(Array.from({ length }, (_none, nth) => [`S${nth}`, { [`S${nth + 1}`]: '1' }]))
    expect(problemOf({ bundles: chain(5) })).toBe(null)
    expect(problemOf({ bundles: chain(6) })).toBe('must not lie in one another more than 5 deep')
    expect(problemOf({ bundles: chain(20_000) })).toBe('must not lie in one another more than 5 deep')
  })

  it('cannot make one SKU a bundle and a pack', () => {
    const { bundles, packs } = settings({ bundles: { A: { B: '1' } }, packs: { A: { size: '6' } } })
    expect(mapsProblem({ bundles, packs })).toBe('A is a bundle and cannot be a pack, too: say how many of each it is made of.')
  })

  it('opens bundles in bundles and counts packs out', () => {
    const lookups = lookupsOf(settings({ skuMap: { SIX: 'ONE' }, packs: { SIX: { size: '6' } }, bundles: { BOTH: { SIX: '2', TEA: '1' }, ALL: { BOTH: '3' } } }))
    expect(lookups.takes('ALL')).toEqual([{ erpSku: 'ONE', quantity: '36' }, { erpSku: 'TEA', quantity: '3' }])
    expect(lookups.takers('ONE')).toEqual(['SIX', 'ONE', 'BOTH', 'ALL'])
    expect(lookups.takers('MUG')).toEqual(['MUG'])
  })

  it('knows how many of one unit another is, over others and back', () => {
    const { unitsIn } = lookupsOf(settings({ units: { PALLET: { of: 'BOX', times: '40' }, BOX: { of: 'PCE', times: '12' } } }))
    expect([unitsIn('PALLET', 'PCE'), unitsIn('PCE', 'PCE'), unitsIn('PCE', 'KG')]).toEqual(['480', '1', null])
    expect(compare(unitsIn('BOX', 'PALLET') ?? '0', '0.025')).toBe(0)
  })

  it('is not taken in by words that every object has', () => {
    const lookups = lookupsOf(settings({ skuMap: { a: 'b' } }))
    expect([lookups.erpSku('constructor'), lookups.packSize('toString'), lookups.bundle('valueOf')]).toEqual(['constructor', '1', null])
  })
})

describe('ERP lines in the shop’s words', () => {
  const lookups = lookupsOf(settings({ skuMap: { SIX: 'ONE', SOLO: 'ONE' }, packs: { SIX: { size: '6' } }, bundles: { SET: { CUP: '1', TEA: '2' } } }))

  it('count packs, fold bundles, and keep what else there is of their parts', () => {
    const sold = [anOrderLine({ sku: 'SIX', quantity: '2' }), anOrderLine({ sku: 'SOLO', quantity: '1' }), anOrderLine({ sku: 'SET', quantity: '1' })]
    const booked = [
      anErpLine({ sku: 'ONE', quantity: '1', net: '2.00' }),
      anErpLine({ sku: 'ONE', quantity: '12', net: '18.00' }),
      anErpLine({ sku: 'CUP', quantity: '1', net: '5.00', taxes: [aTax({ amount: '1.00' })] }),
      anErpLine({ sku: 'TEA', quantity: '5', net: '10.00', taxes: [aTax({ amount: '2.00' })] }),
    ]
    expect(inShopWords(booked, sold, lookups).map((line) => [line.sku, line.quantity, line.net, line.taxes[0]?.amount])).toEqual([
      ['SOLO', '1', '2.00', '4.00'],
      ['SIX', '2', '18.00', '4.00'],
      ['TEA', '3', '6', '1.2'],
      ['SET', '1', '9', '1.8'],
    ].map(([sku, quantity, net, tax]) => [sku, expect.toSatisfy((one: string) => compare(one, String(quantity)) === 0), expect.toSatisfy((one: string) => compare(one, String(net)) === 0), expect.toSatisfy((one: string) => compare(one, String(tax)) === 0)]))
  })

  it('never move money: for any lines their net adds up to what it was', () => {
    const line = fc.record({ sku: fc.constantFrom('ONE', 'CUP', 'TEA', 'SET', 'OTHER', null), quantity: fc.integer({ min: 1, max: 40 }), net: fc.integer({ min: 0, max: 10_000 }) })
    const sale = fc.record({ sku: fc.constantFrom('SIX', 'SOLO', 'SET', 'CUP', null), quantity: fc.integer({ min: 1, max: 5 }) })
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), fc.array(sale, { maxLength: 5 }), (lines, sold) => {
        const booked = lines.map((one) => anErpLine({ sku: one.sku, quantity: String(one.quantity), net: String(one.net) }))
        const told = inShopWords(booked, sold.map((one) => anOrderLine({ sku: one.sku, quantity: String(one.quantity) })), lookups)
        const off = add('0', ...told.map((one) => one.net), ...booked.map((one) => `-${one.net}`))
        // shares are exact to far more places than any currency has
        expect(Math.abs(Number(off))).toBeLessThan(1e-12)
      }),
    )
  })
})

describe('who may do what', () => {
  const owners = settings({ owners: { price: { owner: 'erp', update: ['pim'], override: ['eva'] } } }).owners
  it.each([
    [true, 'erp', null],
    [true, 'pim', null],
    [false, 'shop', null],
    [true, 'shop', 'eva'],
    [null, null, 'somebody'],
  ] as const)('is %s for the side %s and the user %s', (says, side, user) => {
    expect(allows(owners, 'price', { side, user })).toBe(says)
    expect(allows(owners, 'stock', { side, user })).toBe(null)
  })
})
