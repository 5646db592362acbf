/** F09: changes by whom it is not; F10: words that no map of the pair knows. */
import { describe, expect, it } from 'vitest'
import type { PairSettings } from '../../../../src-main/domain/pair.ts'
import type { Customer, ErpOrder, Product } from '../../../../src-main/domain/records.ts'
import { minutes } from '../../../../src-main/domain/time.ts'
import { aCustomer, aPair, aProduct, anErpLine, anErpOrder, anOrder, anOrderLine, aTax, placedAt } from '../../../support/builders.ts'
import { monday } from '../../../support/clock.ts'
import { type Seam, aReadSeam, aSeam } from '../../../support/seam.ts'
import { keep } from '../../../support/store.ts'

const owner = (side: 'shop' | 'erp', more: object = {}) => ({ owner: side, create: [], update: [], override: [], ...more })
const actors = { integration: ['sync'], people: ['eva'] }
const listed = (amount: string) => ({ prices: [{ amount, currency: null, market: null, taxesIncluded: false }], unit: null })

function owned(settings: Partial<PairSettings>): Seam {
  return aReadSeam({ pair: aPair({ settings: { actors, ...settings } }) })
}

/** What a side said a while before. */
function before(seam: Seam, side: 'shop' | 'erp', record: Product | ErpOrder | Customer, minute = 0): Seam {
  const streams = { product: 'products', 'erp-order': 'orders', customer: 'customers' } as const
  keep(seam.store, side, streams[record.kind], [record], monday + minutes(minute))
  return seam
}

async function found(seam: Seam): Promise<readonly string[]> {
  const open = (await seam.run()).open()
  expect((await seam.full()).open()).toEqual(open)
  return open
}

describe('F09-product-changed-outside', () => {
  const erpOwns = { owners: { price: owner('erp') } }

  it('speaks of a price that was changed in the shop although the ERP owns prices, instead of the rule on prices', async () => {
    const seam = before(owned(erpOwns), 'shop', aProduct(listed('10.00'))).shop(aProduct(listed('12.00'))).erp(aProduct(listed('10.00')))
    expect(await found(seam)).toEqual(['F09-product-changed-outside MUG'])
    expect(seam.store.incidents.live(1)[0]?.says).toBe('Price of MUG was changed in Shop from 10.00 to 12.00, and the ERP owns it.')
    await seam.erp(aProduct(listed('12.00'))).run()
    expect(seam.open()).toEqual([])
  })

  it('leaves a price that the owner once said to the rule on prices: it was sent late', async () => {
    const seam = before(before(owned(erpOwns), 'erp', aProduct(listed('12.00'))), 'shop', aProduct(listed('10.00')))
    seam.erp(aProduct(listed('10.00'))).shop(aProduct(listed('12.00')))
    expect(await found(seam)).toEqual(['F08-price-differs MUG'])
  })

  it.each([
    ['nobody owns prices', {}],
    ['the shop owns them', { owners: { price: owner('shop') } }],
    ['the shop may change them, too', { owners: { price: owner('erp', { update: ['shop'] }) } }],
  ])('stays silent when %s', async (_why, settings) => {
    const seam = before(owned(settings), 'shop', aProduct(listed('10.00'))).shop(aProduct(listed('12.00'))).erp(aProduct(listed('10.00')))
    expect(await found(seam)).toEqual(['F08-price-differs MUG'])
  })

  it('waits until the ERP is read past the change: the owner’s own word may be on its way', async () => {
    const seam = aSeam({ pair: aPair({ settings: erpOwns }) }).coveredTo({ shop: monday, erp: placedAt })
    await before(seam, 'shop', aProduct(listed('10.00'))).shop(aProduct({ ...listed('12.00'), changedAt: monday })).erp(aProduct(listed('10.00'))).run()
    expect(seam.open()).toEqual([])
    await seam.coveredTo({ shop: monday + minutes(15), erp: monday + minutes(15) }).run()
    expect(seam.open()).toEqual(['F09-product-changed-outside MUG'])
  })
})

describe('F09-document-changed-outside', () => {
  const dearer = { totals: { net: '25.00', tax: '5.00', total: '30.00' }, lines: [anErpLine({ unitPrice: '12.50', net: '25.00', taxes: [aTax({ amount: '5.00' })] })] }
  const shopOwns = { owners: { order: owner('shop') } }
  const rules = async (settings: Partial<PairSettings>, by: string | null) =>
    (await found(before(owned(settings), 'erp', anErpOrder({ changedBy: 'sync' })).shop(anOrder()).erp(anErpOrder({ ...dearer, changedBy: by })))).filter((one) => one.startsWith('F09'))

  it('speaks of an order that a person made dearer in the ERP, also once it has moved on', async () => {
    expect(await rules(shopOwns, 'eva')).toEqual(['F09-document-changed-outside 1001'])
    const seam = before(before(owned(shopOwns), 'erp', anErpOrder({ changedBy: 'sync' })), 'erp', anErpOrder({ ...dearer, changedBy: 'eva' }), 5)
    seam.shop(anOrder()).erp(anErpOrder({ ...dearer, changedBy: 'sync', platformState: 'done' }))
    expect((await found(seam)).filter((one) => one.startsWith('F09'))).toEqual(['F09-document-changed-outside 1001'])
  })

  it.each([
    ['it was the integration', shopOwns, 'sync'],
    ['the ERP owns orders', { owners: { order: owner('erp') } }, 'eva'],
    ['the person may overrule the owner', { owners: { order: owner('shop', { override: ['eva'] }) } }, 'eva'],
  ])('stays silent when %s', async (_why, settings, by) => {
    expect(await rules(settings, by)).toEqual([])
  })

  it('stays silent about a person who only moves an order on', async () => {
    const seam = before(owned(shopOwns), 'erp', anErpOrder({ changedBy: 'sync' })).shop(anOrder()).erp(anErpOrder({ changedBy: 'eva', platformState: 'done' }))
    expect(await found(seam)).toEqual([])
  })
})

describe('F09-change-without-identity', () => {
  const shopOwns = { owners: { order: owner('shop') } }
  const changed = async (settings: Partial<PairSettings>, change: Partial<ErpOrder>) =>
    (await found(before(owned(settings), 'erp', anErpOrder({ changedBy: 'sync', trace: 'run 7' })).shop(anOrder()).erp(anErpOrder({ trace: 'run 7', ...change })))).filter((one) => one.startsWith('F09'))

  it('speaks of an order whose origin, customer or total a user changed whom the pair does not name', async () => {
    expect(await changed(shopOwns, { changedBy: 'tmp417', trace: 'by hand' })).toEqual(['F09-change-without-identity 1001'])
    expect(await changed(shopOwns, { changedBy: 'tmp417', customerId: 'party-9' })).toEqual(['F09-change-without-identity 1001'])
  })

  it('leaves a person who puts an order on another customer’s account to the rule on owners', async () => {
    expect(await changed(shopOwns, { changedBy: 'eva', customerId: 'party-9' })).toEqual(['F09-document-changed-outside 1001'])
  })

  it.each<[string, Partial<PairSettings>, Partial<ErpOrder>]>([
    ['nothing of it is changed', shopOwns, { changedBy: 'tmp417', platformState: 'done' }],
    ['nobody owns orders', {}, { changedBy: 'tmp417', trace: 'by hand' }],
    ['the pair names no users', { ...shopOwns, actors: { integration: [], people: [] } }, { changedBy: 'tmp417', trace: 'by hand' }],
    ['the user may overrule the owner', { owners: { order: owner('shop', { override: ['tmp417'] }) } }, { changedBy: 'tmp417', trace: 'by hand' }],
    ['the platform names nobody', shopOwns, { changedBy: null, trace: 'by hand' }],
  ])('stays silent when %s', async (_why, settings, change) => {
    expect(await changed(settings, change)).toEqual([])
  })
})

describe('F09-trace-missing', () => {
  const asked = { rules: { 'F09-trace-missing': { on: true, severity: null, owner: null, slaMinutes: null, reactMinutes: null, params: { expected: true }, markets: {} } } }
  const said = async (settings: Partial<PairSettings>, erp: Partial<ErpOrder>) => found(owned(settings).shop(anOrder()).erp(anErpOrder({ createdBy: 'sync', trace: null, ...erp })))

  it('speaks of an order that the integration made without a trace, where traces are expected', async () => {
    expect(await said(asked, {})).toEqual(['F09-trace-missing 1001'])
  })

  it.each<[string, Partial<PairSettings>, Partial<ErpOrder>]>([
    ['no traces are expected', {}, {}],
    ['it says where it came from', asked, { trace: 'shop 8001' }],
  ])('stays silent when %s', async (_why, settings, erp) => {
    expect(await said(settings, erp)).toEqual([])
  })
})

describe('F09-customer-changed-outside and F09-document-without-identity', () => {
  it('speaks of a VAT id that a person changed where the shop owns customers, once', async () => {
    const seam = before(owned({ owners: { customer: owner('shop') } }), 'erp', aCustomer({ vatId: 'BE1' })).erp(aCustomer({ vatId: 'BE2', changedBy: 'eva' }))
    expect(await found(seam)).toEqual(['F09-customer-changed-outside email of party-1'])
  })

  it('asks for an author only where the pair says who may make documents', async () => {
    const nameless = anErpOrder({ createdBy: null })
    expect(await found(owned({}).shop(anOrder()).erp(nameless))).toEqual([])
    const ownsOrders = { owners: { order: owner('shop') } }
    expect(await found(owned(ownsOrders).shop(anOrder()).erp(nameless))).toEqual(['F09-document-without-identity 1001'])
    expect(await found(owned(ownsOrders).shop(anOrder()).erp(anErpOrder({ createdBy: null, trace: 'run-7' })))).toEqual([])
  })
})

describe('F10-unmapped', () => {
  it.each([
    ['F10-unmapped-tax-code', 'tax code VAT20', { taxCodes: { VAT7: 'A' } }, { taxCodes: { VAT20: 'B' } }],
    ['F10-unmapped-market', 'market DE', { markets: { FR: 'OSS' } }, { markets: { DE: 'Inland' } }],
    ['F10-unmapped-status', 'ERP status processing', { statusMap: { done: 'done' as const } }, { statusMap: { processing: 'open' as const } }],
    ['F10-unmapped-shipping', 'shipping method Bike', { shippingMethods: { DHL: 'SHIP' } }, { shippingMethods: { Bike: 'BIKE' } }],
    ['F10-unmapped-channel', 'sales channel tiktok', { salesChannels: { web: 'Web' } }, { salesChannels: { tiktok: 'Social' } }],
    ['F10-unmapped-payment', 'way to pay bancontact', { paymentMethods: { card: 'CARD' } }, { paymentMethods: { bancontact: 'BAN' } }],
    ['F10-unmapped-discount', 'discount code TEN', { discountCodes: { FIVE: 'F' } }, { discountCodes: { FIVE: 'F', TEN: 'T' } }],
  ])('%s makes one incident of all orders of one word, and none without a map', async (rule, whole, other, fitting) => {
    const two = (settings: Partial<PairSettings>) => {
      const shipping = [{ method: 'Bike', price: '0', taxes: [] }]
      return owned(settings)
        .shop(...['1001', '1002'].map((number) => anOrder({ number, shipping, channel: 'tiktok', payment: { method: 'bancontact' }, discountCodes: ['FIVE', 'TEN'] })))
        .erp(anErpOrder(), anErpOrder({ id: 'b', references: ['1002'] }))
    }
    expect(await found(two({}))).toEqual([])
    expect(await found(two(fitting))).toEqual([])
    const seam = two(other)
    expect(await found(seam)).toEqual([`${rule} ${whole}`])
    expect(seam.store.incidents.live(1)[0]).toMatchObject({ amount: { minor: 4800, currency: 'EUR' }, says: `2 orders have the ${whole}, which the pair’s settings do not map.` })
  })

  it.each([
    [{ 'summer-*': 'S' }, []],
    [{ ' Summer-1a ': 'S' }, []],
    [{ 'SUMMER-1': 'S', 'WINTER-*': 'W' }, ['F10-unmapped-discount discount code SUMMER-1A']],
    [{ 'SUMMER-1A-*': 'S' }, ['F10-unmapped-discount discount code SUMMER-1A']],
  ] as const)('knows discount codes however they are typed, and many by how they begin: %j', async (discountCodes, told) => {
    const seam = owned({ discountCodes }).shop(anOrder({ discountCodes: ['SUMMER-1A'] })).erp(anErpOrder())
    expect(await found(seam)).toEqual(told)
  })

  it('asks for no code where nothing is taxed', async () => {
    const untaxed = anOrderLine({ taxes: [aTax({ code: 'ZERO', ratePercent: '0', amount: '0' })], total: '20.00' })
    const seam = owned({ taxCodes: { VAT20: 'B' } })
      .shop(anOrder({ lines: [untaxed], totals: { tax: '0', total: '20.00' } }))
      .erp(anErpOrder({ lines: [anErpLine({ taxes: [] })], totals: { tax: '0', total: '20.00' } }))
    expect(await found(seam)).toEqual([])
  })
})
