/** F08: products that the two sides do not mean alike. */
import { describe, expect, it } from 'vitest'
import { fault } from '../../../../src-main/domain/fault.ts'
import type { PairSettings } from '../../../../src-main/domain/pair.ts'
import type { Product } from '../../../../src-main/domain/records.ts'
import { aPair, aProduct, anErpLine, anErpOrder, anOrder, anOrderLine, placedAt } from '../../../support/builders.ts'
import { type Hidden, type Seam, aReadSeam, aSeam } from '../../../support/seam.ts'

type Given = Partial<Product>
const price = (amount: string, taxesIncluded: boolean | null = false, currency: string | null = null) => ({ amount, currency, market: null, taxesIncluded })

function seamOf(shop: readonly Given[], erp: readonly Given[], settings: Partial<PairSettings> = {}, hidden: Hidden = {}): Seam {
  const put = (side: string, given: readonly Given[]) => given.map((one, nth) => aProduct({ id: `${side}-${nth}`, unit: null, ...one }))
  return aReadSeam({ pair: aPair({ settings }), hidden }).shop(...put('s', shop)).erp(...put('e', erp))
}

async function open(...given: Parameters<typeof seamOf>): Promise<readonly string[]> {
  const seam = await seamOf(...given).run()
  const found = seam.open()
  // what is found from what changed is found from everything, too
  await seam.full()
  expect(seam.open()).toEqual(found)
  return found
}

describe('F08-sku-unknown', () => {
  it('speaks of what the shop sells and the ERP does not have, once the ERP was asked for it by name', async () => {
    const seam = await seamOf([{}], []).run()
    expect(seam.open()).toEqual(['F08-sku-unknown MUG'])
    expect(seam.asked).toEqual(['MUG'])
    await seam.erp(aProduct()).run()
    expect(seam.open()).toEqual([])
  })

  it('speaks of what the ERP has out of use, and of a bundle of which a part is not there', async () => {
    expect(await open([{}], [{ active: false }])).toEqual(['F08-sku-unknown MUG'])
    const bundles = { SET: { MUG: '2', TEA: '1' } }
    expect(await open([{ sku: 'SET' }], [{}], { bundles })).toEqual(['F08-sku-unknown SET'])
  })

  it.each([
    ['the ERP has it', [{}], [{}], {}],
    ['the ERP has it under the SKU that the pair maps it to', [{}], [{ sku: '0815' }], { skuMap: { MUG: '0815' } }],
    ['it is a bundle of what the ERP has', [{ sku: 'SET' }], [{}], { bundles: { SET: { MUG: '2' } } }],
    ['it is not on sale', [{ active: false }], [], {}],
    ['it is a service or a gift card, and kept count of nowhere', [{ tracked: false }], [], {}],
    ['only the ERP has it', [], [{}], {}],
  ])('stays silent when %s', async (_why, shop, erp, settings) => {
    expect(await open(shop, erp, settings)).toEqual([])
  })

  it('speaks of what only the ERP has where the shop is to sell all of it', async () => {
    const rules = { 'F08-sku-unknown': { on: true, severity: null, owner: null, slaMinutes: null, reactMinutes: null, params: { shopSellsAll: true }, markets: {} } }
    expect(await open([], [{}], { rules })).toEqual(['F08-sku-unknown MUG'])
    expect(await open([], [{ active: false }], { rules })).toEqual([])
  })

  it('is not opened when the look-up finds it, nor when the ERP cannot be asked', async () => {
    expect(await open([{}], [], {}, { erp: { MUG: [aProduct({ id: 'late', unit: null })] } })).toEqual([])
    const dark = await seamOf([{}], [], {}, { erp: fault('unreachable', 'The ERP does not answer.') }).run()
    expect(dark.open()).toEqual([])
    expect(dark.store.judgements.notJudged('pair', Number.MAX_SAFE_INTEGER)).toEqual([{ rule: 'F08-sku-unknown', why: 'ERP could not be asked', count: 1 }])
  })

  it('is not judged before the products of both sides were read', async () => {
    const seam = await aSeam().shop(aProduct()).run()
    expect(seam.open()).toEqual([])
    await seam.coveredTo({ shop: placedAt + 10_000_000, erp: placedAt + 10_000_000 }).run()
    expect(seam.open()).toEqual(['F08-sku-unknown MUG'])
  })
})

describe('F08-duplicate-sku and F08-duplicate-barcode', () => {
  it('speak of each side, once', async () => {
    expect(await open([{}], [{}, {}])).toEqual(['F08-duplicate-sku MUG'])
    expect(await open([{}, {}], [{}])).toEqual(['F08-duplicate-sku MUG'])
    expect(await open([{ barcode: '4006381333931' }, { sku: 'TEA', barcode: '4006381333931' }], [{}, { sku: 'TEA' }])).toEqual(['F08-duplicate-barcode MUG'])
  })

  it.each([
    ['one of two is out of use', [{}], [{}, { active: false }]],
    ['both sides have one barcode for one SKU', [{ barcode: '4006381333931' }], [{ barcode: '4006381333931' }]],
    ['the twin is out of use', [{ barcode: '4006381333931' }, { sku: 'TEA', barcode: '4006381333931', active: false }], [{}]],
  ])('stay silent when %s', async (_why, shop, erp) => {
    expect(await open(shop, erp)).toEqual([])
  })
})

describe('F08-barcode-differs', () => {
  it('speaks of one SKU with two barcodes', async () => {
    expect(await open([{ barcode: '4006381333931' }], [{ barcode: '4006381333948' }])).toEqual(['F08-barcode-differs MUG'])
  })

  it.each([
    ['a side has none', [{ barcode: null }], [{ barcode: '4006381333931' }]],
    ['one is written as a UPC and the other as an EAN', [{ barcode: '036000291452' }], [{ barcode: '0 036000 291452' }]],
    ['one of them is out of use', [{ barcode: '4006381333931' }], [{ barcode: '4006381333948', active: false }]],
  ])('stays silent when %s', async (_why, shop, erp) => {
    expect((await open(shop, erp)).filter((one) => one.startsWith('F08-barcode'))).toEqual([])
  })
})

describe('goods that nobody keeps count of', () => {
  it('are missed in the ERP all the same, and cards and services are not', async () => {
    expect(await open([{ tracked: false, goods: true }], [])).toEqual(['F08-sku-unknown MUG'])
    expect(await open([{ tracked: false, goods: false }], [])).toEqual([])
    expect(await open([{ tracked: false }], [])).toEqual([])
  })
})

describe('F08-unit-differs and F08-pack-differs', () => {
  it('speak of another unit without a rate, of one that the map does not say, and of another pack', async () => {
    expect(await open([{ unit: 'box' }], [{ unit: 'pce' }])).toEqual(['F08-unit-differs MUG'])
    expect(await open([{}], [{ unit: 'pce' }], { packs: { MUG: { size: '6', unit: 'box' } } })).toEqual(['F08-unit-differs MUG'])
    expect(await open([{ packSize: '6' }], [{ packSize: '1' }], { packs: { MUG: { size: '12', unit: null } } })).toEqual(['F08-pack-differs MUG'])
    expect(await open([{ packSize: '6' }], [{ packSize: '1' }])).toEqual(['F08-pack-differs MUG'])
  })

  it('speaks of a pack of the ERP that is not the one by which the shop sells, where the shop states none', async () => {
    const packs = { packs: { MUG: { size: '12', unit: null } } }
    expect(await open([{}], [{ packSize: '10' }], packs)).toEqual(['F08-pack-differs MUG'])
    expect(await open([{}], [{ packSize: '12' }], packs)).toEqual([])
    expect(await open([{}], [{ packSize: null }], packs)).toEqual([])
    // what the pair says nothing of may be packed as the ERP likes
    expect(await open([{}], [{ packSize: '10' }])).toEqual([])
  })

  it.each([
    ['the units are one', [{ unit: 'Pce' }], [{ unit: 'pce' }], {}],
    ['a side names no unit', [{}], [{ unit: 'pce' }], {}],
    ['the pair says how many of the one the other is', [{ unit: 'box' }], [{ unit: 'pce' }], { units: { box: { of: 'pce', times: '12' } } }],
    ['the pack is as the pair says', [{ packSize: '6' }], [{ packSize: '1' }], { packs: { MUG: { size: '6.0', unit: null } } }],
  ])('stay silent when %s', async (_why, shop, erp, settings) => {
    expect(await open(shop, erp, settings)).toEqual([])
  })
})

describe('F08-price-differs', () => {
  const params = (given: object) => ({ rules: { 'F08-price-differs': { on: true, severity: null, owner: null, slaMinutes: null, reactMinutes: null, params: { ...given }, markets: {} } } })

  it('takes the shop’s prices with or without tax as its orders have them', async () => {
    const listed = (included: boolean) => seamOf([{ prices: [price('12.00', null)] }], [{ prices: [price('10.00')] }], params({ taxPercent: '20' })).shop(anOrder({ taxesIncluded: included, cancelledAt: placedAt }))
    expect((await listed(true).run()).open()).toEqual([])
    expect((await listed(false).run()).open()).toEqual(['F08-price-differs MUG'])
  })

  it('speaks beyond its tolerance, and tells gross from net where it is told the tax', async () => {
    expect(await open([{ prices: [price('12.00')] }], [{ prices: [price('10.00')] }])).toEqual(['F08-price-differs MUG'])
    const gross = [{ prices: [price('12.10', true)] }]
    expect(await open(gross, [{ prices: [price('10.00')] }], params({ taxPercent: '20' }))).toEqual(['F08-price-differs MUG'])
    expect(await open(gross, [{ prices: [price('10.00')] }], params({ taxPercent: '21' }))).toEqual([])
  })

  it.each([
    ['within a cent or two', [price('10.02')], [price('10.00')], {}],
    ['of unlike currencies', [price('12.00', false, 'USD')], [price('10.00', false, 'EUR')], {}],
    ['of one pack and one piece', [price('60.00')], [price('10.00')], { packs: { MUG: { size: '6', unit: null } } }],
    ['with and without tax, and nobody says how much', [price('12.00', true)], [price('10.00')], {}],
    ['of which nobody says whether tax is in them', [price('12.00', null)], [price('10.00')], {}],
    ['on one side only', [], [price('10.00')], {}],
  ])('stays silent about prices %s', async (_why, shop, erp, settings) => {
    expect(await open([{ prices: [...shop] }], [{ prices: [...erp] }], settings)).toEqual([])
  })
})

describe('F08-line-unmapped', () => {
  async function ordered(line: Parameters<typeof anOrderLine>[0], booked: Parameters<typeof anErpLine>[0][], settings: Partial<PairSettings> = {}) {
    const seam = await aReadSeam({ pair: aPair({ settings }) })
      .shop(anOrder({ lines: [anOrderLine(line)] }))
      .erp(anErpOrder({ lines: booked.map((one) => anErpLine(one)) }))
      .run()
    return seam.open()
  }

  it('speaks of a line that is booked on another product, or on none', async () => {
    expect(await ordered({}, [{ sku: 'MISC', title: 'Various' }])).toEqual(['F08-line-unmapped 1001'])
    expect(await ordered({ sku: null, title: 'Engraving' }, [{ sku: null, title: 'Various' }])).toEqual(['F08-line-unmapped 1001'])
  })

  it.each([
    ['it is booked as it was sold', {}, [{}], {}],
    ['the pair maps its SKU', {}, [{ sku: '0815' }], { skuMap: { MUG: '0815' } }],
    ['it is a bundle, booked by its parts', { sku: 'SET' }, [{ sku: 'CUP', quantity: '2', net: '12.00', taxes: [] }, { sku: 'TEA', quantity: '4', net: '8.00', taxes: [] }], { bundles: { SET: { CUP: '1', TEA: '2' } } }],
    ['it is a pack, booked by pieces', {}, [{ sku: 'MUG', quantity: '12' }], { packs: { MUG: { size: '6', unit: null } } }],
    ['it is a gift card', { giftCard: true, sku: null }, [{ sku: 'GIFT' }], {}],
    ['the ERP has it under its name', { sku: null, title: 'Engraving' }, [{ sku: 'SRV', title: 'Engraving' }], {}],
  ])('stays silent when %s', async (_why, line, booked, settings) => {
    expect(await ordered(line, booked, settings)).toEqual([])
  })

  it('speaks of a line without a SKU that was left out, beside what that costs', async () => {
    const engraving = anOrderLine({ id: 'b', sku: null, title: 'Engraving', quantity: '1', total: '5.00', taxes: [] })
    const seam = await aReadSeam().shop(anOrder({ lines: [anOrderLine(), engraving], totals: { lines: '25.00', tax: '4.00', total: '29.00' } })).erp(anErpOrder()).run()
    expect(seam.open()).toEqual(['F02-total-differs 1001', 'F08-line-unmapped 1001'])
    expect(seam.store.incidents.live(9).map((one) => one.amount?.minor)).toEqual([500, 500])
  })

  it('leaves it to the rule on totals where the money differs, too', async () => {
    const seam = await aReadSeam().shop(anOrder()).erp(anErpOrder({ lines: [anErpLine({ sku: 'MISC', net: '10.00' })], totals: { net: '10.00', tax: '4.00', total: '14.00' } })).run()
    expect(seam.open()).toEqual(['F02-total-differs 1001'])
  })
})
