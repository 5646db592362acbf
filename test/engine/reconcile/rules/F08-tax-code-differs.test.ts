/** F08-tax-code-differs: a product that the ERP taxes otherwise than it is sold. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { add } from '../../../../src-main/domain/decimal.ts'
import type { PairSettings } from '../../../../src-main/domain/pair.ts'
import type { Product, ProductTaxes, Tax } from '../../../../src-main/domain/records.ts'
import { type Instant, hours, minutes } from '../../../../src-main/domain/time.ts'
import { aPair, aProduct, anErpLine, anErpOrder, anOrder, anOrderLine, aTax } from '../../../support/builders.ts'
import { monday } from '../../../support/clock.ts'
import { type Seam, aReadSeam } from '../../../support/seam.ts'

const full = [{ code: 'VAT20', ratePercent: '20' }]
const reduced = [{ code: 'VAT7', ratePercent: '7' }]
const spoken = 'F08-tax-code-differs MUG'

/** The seam's clock stands here when the first version is met; the ERP changes the tax half an hour later. */
const metAt = monday + hours(1)
const changedAt = metAt + minutes(30)
const readTo = metAt + hours(6)

function product(taxes: ProductTaxes | null, more: Partial<Product> = {}): Product {
  return aProduct({ id: 'e', unit: null, taxes: taxes === null ? null : [...taxes], taxCode: taxes?.[0]?.code ?? null, ...more })
}

/** Both sides sell the mug at the full rate, and then the ERP says another one. */
async function retaxed(now: ProductTaxes = reduced, given: { settings?: Partial<PairSettings>; sku?: string; stamped?: Instant } = {}): Promise<Seam> {
  const seam = aReadSeam({ pair: aPair({ settings: given.settings ?? {} }) })
    .shop(aProduct({ id: 's', unit: null }))
    .erp(product(full, { sku: given.sku ?? 'MUG' }))
  await seam.run()
  seam.clock.jump(hours(1))
  return seam.erp(product(now, { sku: given.sku ?? 'MUG', changedAt: given.stamped ?? changedAt })).coveredTo({ shop: readTo, erp: readTo }).run()
}

interface Sale {
  /** Minutes after the ERP has changed the tax. */
  readonly after?: number
  readonly tax?: Partial<Tax> | null
  readonly booked?: Partial<Tax> | null
  readonly order?: Parameters<typeof anOrder>[0]
  readonly country?: string
  readonly total?: string
  readonly sku?: string
}

let numbers = 2000

/** One order of a mug that both sides have. */
function sold(seam: Seam, { after = 60, tax = {}, booked = tax, order = {}, country = 'DE', total = '20.00', sku = 'MUG' }: Sale = {}): Seam {
  const number = String((numbers += 1))
  const taxesOf = (given: Partial<Tax> | null) => (given === null ? [] : [aTax(given)])
  return seam
    .shop(anOrder({ number, placedAt: changedAt + minutes(after), market: { country }, lines: [anOrderLine({ total, taxes: taxesOf(tax) })], ...order }))
    .erp(anErpOrder({ references: [number], lines: [anErpLine({ sku, net: total, taxes: taxesOf(booked) })], ...(booked?.amount == null ? {} : { totals: { tax: booked.amount, total: add(total, booked.amount) } }) }))
}

async function open(seam: Seam): Promise<readonly string[]> {
  await seam.run()
  const found = ours(seam)
  // what is found from what changed is found from everything, too
  await seam.full()
  expect(ours(seam)).toEqual(found)
  return found
}

function ours(seam: Seam): readonly string[] {
  return seam.open().filter((one) => one.startsWith('F08-'))
}

const low: Partial<Tax> = { code: 'VAT7', ratePercent: '7', amount: '1.40' }

describe('F08-tax-code-differs of a product whose tax became another one', () => {
  it('speaks once an order after the change goes on at the former rate on both sides, with its cause and what it comes to', async () => {
    const seam = await retaxed()
    expect(await open(seam)).toEqual([])
    expect(await open(sold(seam))).toEqual([spoken])
    expect(await open(sold(seam, { after: 90 }))).toEqual([spoken])
    const [told] = seam.store.incidents.live(9).filter((one) => one.rule === 'F08-tax-code-differs')
    expect(told).toMatchObject({
      severity: 'high',
      cause: 'wrong-rate',
      // of 20.00 without tax: 4.00 was taken, and 1.40 would have been; twice
      amount: { minor: 520, currency: 'EUR' },
      says: `ERP taxes MUG at 7 % (VAT7) now; order ${numbers}, the newest of it to DE, is still taxed at 20 % on both sides, and so is the one before it.`,
    })
  })

  it('takes prices that hold their tax as they are: of 24.00, 4.00 was taken, and 1.57 would have been', async () => {
    const seam = sold(await retaxed(), { total: '24.00', order: { taxesIncluded: true } })
    expect(await open(seam)).toEqual([spoken])
    expect(seam.store.incidents.live(9).find((one) => one.rule === 'F08-tax-code-differs')?.amount).toEqual({ minor: 243, currency: 'EUR' })
  })

  it('is closed when the ERP takes it back, and when the shop follows', async () => {
    const backAgain = sold(await retaxed())
    expect(await open(backAgain)).toEqual([spoken])
    backAgain.clock.jump(hours(1))
    expect(await open(backAgain.erp(product(full, { changedAt: changedAt + hours(1) })))).toEqual([])
    const followed = sold(await retaxed())
    expect(await open(followed)).toEqual([spoken])
    expect(await open(sold(followed, { after: 120, tax: low }))).toEqual([])
  })

  it('takes a country for one market, whatever part of it an order goes to', async () => {
    const part = (region: string) => ({ market: { country: 'IT', region } })
    const seam = sold(await retaxed(), { order: part('MI') })
    expect(await open(seam)).toEqual([spoken])
    expect(await open(sold(seam, { after: 120, tax: low, order: part('RM') }))).toEqual([])
  })

  it('speaks of what is sold where the shop names no country, as at a till', async () => {
    const seam = sold(await retaxed(), { order: { market: { country: null } } })
    expect(await open(seam)).toEqual([spoken])
    expect(seam.store.incidents.live(9).find((one) => one.rule === 'F08-tax-code-differs')?.says).toContain('the newest of it, is still')
  })

  it('speaks again of what was taken back and is changed anew', async () => {
    const seam = sold(await retaxed())
    await seam.run()
    for (const [hour, taxes] of [[1, full], [2, reduced]] as const) {
      seam.clock.jump(hours(1))
      // oxlint-disable-next-line no-await-in-loop -- one version after the other
      await seam.erp(product(taxes, { changedAt: changedAt + hours(hour) })).run()
    }
    expect(await open(seam)).toEqual([])
    expect(await open(sold(seam, { after: 180 }))).toEqual([spoken])
  })

  it('remembers any of the taxes that it had, not the last alone', async () => {
    const seam = await retaxed([{ code: 'VAT10', ratePercent: '10' }])
    seam.clock.jump(minutes(30))
    await seam.erp(product(reduced, { changedAt: changedAt + minutes(30) })).run()
    expect(await open(sold(seam, { after: 90 }))).toEqual([spoken])
  })

  it('goes on speaking when its history is older than what is kept, and a later change of its title changes nothing', async () => {
    const seam = sold(await retaxed())
    expect(await open(seam)).toEqual([spoken])
    seam.store.transaction((tx) => seam.store.snapshots.pruneHistory(tx, Number.MAX_SAFE_INTEGER, 1000))
    seam.clock.jump(hours(1))
    expect(await open(seam.erp(product(reduced, { title: 'Cup', changedAt: changedAt + hours(3) })))).toEqual([spoken])
  })

  it('looks under the ERP’s own SKU where the pair maps one', async () => {
    const seam = await retaxed(reduced, { settings: { skuMap: { MUG: '0815' } }, sku: '0815' })
    expect(await open(sold(seam, { sku: '0815' }))).toEqual([spoken])
  })

  it('takes the moment that the platform stamps; without a stamp, the one at which it was met', async () => {
    expect(await open(sold(await retaxed(), { after: 20 }))).toEqual([spoken])
    // the rate of a tax was changed: the product itself was not written, and was read half an hour later
    const unstamped = await retaxed(reduced, { stamped: monday - hours(1) })
    expect(await open(sold(unstamped, { after: 40 }))).toEqual([])
    expect(await open(sold(unstamped, { after: 50 }))).toEqual([spoken])
  })

  it.each<[string, Sale]>([
    ['was placed before the change', { after: -5 }],
    ['was placed within the grace that the shop has to follow', { after: 14 }],
    ['carries the rate of now', { tax: low }],
    ['goes abroad, where the same rate is another tax', { country: 'AT', booked: { code: 'AT20' } }],
    ['goes abroad at another rate', { country: 'FR', tax: { code: 'TVA21', ratePercent: '21' } }],
    ['is of somebody who is not taxed', { tax: null, order: { customer: { taxExempt: true } } }],
    ['is under reverse charge, at no rate and a code of its own', { tax: null, booked: { code: 'REVERSE', ratePercent: '0', amount: '0' } }],
    ['cost nothing', { total: '0.00', tax: { amount: '0' } }],
    ['is taxed by a marketplace', { tax: { collectedByMarketplace: true } }],
    ['is a test', { order: { test: true } }],
  ])('stays silent where the only order of it %s', async (_why, sale) => {
    expect(await open(sold(await retaxed(), sale))).toEqual([])
  })

  it.each<[string, ProductTaxes]>([
    ['another name for the same rate', [{ code: 'VAT 20 %, goods', ratePercent: '20.0' }]],
    ['a second tax of nothing', [...full, { code: 'ECO', ratePercent: '0' }]],
  ])('stays silent about %s', async (_what, now) => {
    expect(await open(sold(await retaxed(now)))).toEqual([])
  })

  it('leaves an order that the ERP taxed by its product to the rule on its tax: one fault, one incident', async () => {
    const seam = sold(await retaxed(), { booked: low })
    expect(await open(seam)).toEqual([])
    expect(seam.open()).toContain(`F05-tax-differs ${numbers}`)
  })

  it('says nothing of an order that the ERP does not have yet, and speaks when it comes there', async () => {
    const seam = (await retaxed()).shop(anOrder({ number: '7', placedAt: changedAt + minutes(60) }))
    expect(await open(seam)).toEqual([])
    expect(await open(seam.erp(anErpOrder({ references: ['7'] })))).toEqual([spoken])
  })

  it('is told by cents as by thousands: rates are compared, and no amounts', async () => {
    expect(await open(sold(await retaxed(), { total: '0.02', tax: { amount: '0.00' } }))).toEqual([spoken])
  })

  it('waits until the product was read past the order: it may have been put right meanwhile', async () => {
    const seam = sold(await retaxed(), { after: (readTo - changedAt) / minutes(1) + 10 })
    expect(await open(seam)).toEqual([])
    expect(seam.store.judgements.notJudged('pair', Number.MAX_SAFE_INTEGER).map(({ rule }) => rule)).toEqual(['F08-tax-code-differs'])
    seam.coveredTo({ shop: readTo + minutes(20), erp: readTo + minutes(20) })
    expect(await open(seam)).toEqual([spoken])
  })

  it('takes a grace and a number of orders of its own', async () => {
    const rules = (params: object) => ({ rules: { 'F08-tax-code-differs': { on: true, severity: null, owner: null, slaMinutes: null, reactMinutes: null, params: { ...params }, markets: {} } } })
    expect(await open(sold(await retaxed(reduced, { settings: rules({ graceMinutes: 90 }) })))).toEqual([])
    const three = await retaxed(reduced, { settings: rules({ orders: 3 }) })
    for (const [after, found] of [[60, []], [70, []], [80, [spoken]]] as const) {
      // oxlint-disable-next-line no-await-in-loop -- one order after the other
      expect(await open(sold(three, { after }))).toEqual(found)
    }
  })

  it('is left to the rule on ownership where the ERP does not own taxes', async () => {
    const settings: Partial<PairSettings> = { owners: { tax: { owner: 'shop', create: [], update: [], override: [] } }, actors: { integration: ['bot'], people: ['ann'] } }
    const seam = await retaxed(reduced, { settings })
    await seam.erp(product(reduced, { changedAt: changedAt + minutes(1), changedBy: 'ann' })).run()
    expect(await open(sold(seam))).toEqual([])
  })
})

describe('F08-tax-code-differs of a tax class that the shop states', () => {
  const classed = (shop: string | null, erp: string, settings: Partial<PairSettings> = { taxCodes: { full: 'VAT20', low: 'VAT7' } }): Seam =>
    aReadSeam({ pair: aPair({ settings }) }).shop(aProduct({ id: 's', unit: null, taxCode: shop })).erp(aProduct({ id: 'e', unit: null, taxCode: erp }))

  it('speaks of another code than the pair maps it to, and needs no order for it', async () => {
    const seam = classed('full', 'VAT7')
    expect(await open(seam)).toEqual([spoken])
    expect(seam.store.incidents.live(9)[0]).toMatchObject({
      cause: 'tax', amount: null, says: 'Shop sells MUG in the tax class full, which is VAT20 in ERP; the product has VAT7 there.',
    })
    expect(await open(seam.erp(aProduct({ id: 'e', unit: null, taxCode: 'VAT20' })))).toEqual([])
  })

  it.each([
    ['the codes are what the pair says', classed('full', 'VAT20')],
    ['the class is not mapped', classed('odd', 'VAT7')],
    ['the pair maps nothing', classed('full', 'VAT7', {})],
    ['the shop states no class', classed(null, 'VAT7')],
  ])('stays silent where %s', async (_why, seam) => {
    expect(await open(seam)).toEqual([])
  })
})

describe('a product’s taxes over time', () => {
  const taxes = fc.constantFrom<ProductTaxes | null>(full, reduced, [{ code: 'VAT20 new', ratePercent: '20' }], [], null)
  const step = fc.oneof(
    fc.record({ kind: fc.constant('product' as const), taxes }),
    fc.record({ kind: fc.constant('sale' as const), tax: fc.constantFrom<Partial<Tax> | null>({}, low, null), country: fc.constantFrom('DE', 'AT') }),
  )

  it('are judged step by step as all at once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
        const [stepwise, atOnce] = [await retaxed(), await retaxed()]
        for (const [nth, one] of steps.entries()) {
          const before = numbers
          for (const seam of [stepwise, atOnce]) {
            numbers = before
            seam.clock.jump(minutes(20))
            if (one.kind === 'product') seam.erp(product(one.taxes, { changedAt: changedAt + minutes(20 * (nth + 1)) }))
            else sold(seam, { after: 20 * (nth + 1), tax: one.tax, country: one.country })
          }
          // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
          await stepwise.run()
        }
        await atOnce.full()
        expect(ours(stepwise)).toEqual(ours(atOnce))
      }),
      { numRuns: 60 },
    )
  })
})
