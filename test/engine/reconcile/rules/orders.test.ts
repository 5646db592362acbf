/** F02: what else may be wrong between a shop's order and the ERP's documents. */
import { describe, expect, it } from 'vitest'
import { anErpLine, anErpOrder, anOrder, aPair, aTax, placedAt } from '../../../support/builders.ts'
import { days, minutes } from '../../../../src-main/domain/time.ts'
import { aReadSeam, aSeam } from '../../../support/seam.ts'
import { aConnection, anErpConnection } from '../../../support/builders.ts'
import { aStore } from '../../../support/store.ts'
import { cover } from '../../../support/store.ts'
import { monday } from '../../../support/clock.ts'
import { hours } from '../../../../src-main/domain/time.ts'

const cancelled = { state: 'cancelled', platformState: 'cancelled' } as const
const second = { id: 'so-1001-b', number: 'SO1001-B' } as const

async function amounts(seam: Awaited<ReturnType<ReturnType<typeof aReadSeam>['run']>>) {
  return seam.store.incidents.live(10).map((one) => [one.rule, one.subject.key, one.amount?.minor ?? null, one.cause])
}

describe('F02-duplicate-erp-order', () => {
  it('speaks of one order that stands twice, and makes total and tax wait', async () => {
    const seam = await aReadSeam().shop(anOrder()).erp(anErpOrder(), anErpOrder(second)).run()
    expect(await amounts(seam)).toEqual([['F02-duplicate-erp-order', '1001', -2400, null]])
  })

  it('reads a draft again before it speaks of it: what was deleted leaves no trace', async () => {
    const draft = anErpOrder({ ...second, state: 'draft', platformState: 'quotation' })
    const seam = (hidden: object) => aReadSeam({ hidden }).shop(anOrder()).erp(anErpOrder(), draft).run()
    expect((await seam({})).open()).toEqual(['F02-duplicate-erp-order 1001'])
    expect((await seam({ deleted: [draft.id] })).open()).toEqual([])
    // the ERP keeps what was confirmed: there is nothing to ask
    const confirmed = await aReadSeam({ hidden: { deleted: [draft.id] } }).shop(anOrder()).erp(anErpOrder(), anErpOrder(second)).run()
    expect(confirmed.open()).toEqual(['F02-duplicate-erp-order 1001'])
  })

  it('takes documents that add up to the order for a split', async () => {
    const half = { totals: { net: '10.00', tax: '2.00', total: '12.00' }, lines: [anErpLine({ quantity: '1', net: '10.00', taxes: [aTax({ amount: '2.00' })] })] }
    const seam = await aReadSeam().shop(anOrder()).erp(anErpOrder(half), anErpOrder({ ...second, ...half })).run()
    expect(seam.open()).toEqual([])
  })

  it('stays silent about an order that was cancelled in the ERP and made anew', async () => {
    const seam = await aReadSeam().shop(anOrder()).erp(anErpOrder(cancelled), anErpOrder(second)).run()
    expect(seam.open()).toEqual([])
  })
})

describe('cancelled on one side', () => {
  it('speaks of an order that the shop has cancelled and the ERP goes on with', async () => {
    const seam = await aReadSeam().shop(anOrder({ cancelledAt: placedAt + minutes(5) })).erp(anErpOrder()).run()
    expect(await amounts(seam)).toEqual([['F02-cancelled-in-shop', '1001', -2400, null]])
  })

  it('speaks of a paid order of which the ERP has only cancelled documents', async () => {
    const seam = await aReadSeam().shop(anOrder()).erp(anErpOrder(cancelled)).run()
    expect(await amounts(seam)).toEqual([['F02-cancelled-in-erp', '1001', 2400, null]])
  })

  it('stays silent when both have cancelled it', async () => {
    const seam = await aReadSeam().shop(anOrder({ cancelledAt: placedAt + 1 })).erp(anErpOrder(cancelled)).run()
    expect(seam.open()).toEqual([])
  })
})

describe('F02-erp-order-without-shop-order', () => {
  it('speaks of an ERP order whose number the shop does not know, after asking the shop', async () => {
    const seam = await aReadSeam().erp(anErpOrder({ references: ['1999'] })).run()
    expect(await amounts(seam)).toEqual([['F02-erp-order-without-shop-order', '1999', -2400, null]])
    expect(seam.asked).toEqual(['1999'])
  })

  it('does not speak while the shop cannot be searched by number', async () => {
    const seam = await aReadSeam({ hidden: { complete: false } }).erp(anErpOrder({ references: ['1999'] })).run()
    expect(seam.open()).toEqual([])
  })

  it('leaves orders without a shop reference out of scope, and counts them', async () => {
    const seam = await aReadSeam().erp(anErpOrder({ references: [] })).run()
    expect(seam.open()).toEqual([])
    expect(seam.store.judgements.outOfScope('pair')).toEqual([{ why: 'ERP order without a shop reference', count: 1 }])
  })
})

describe('F02-total-differs', () => {
  const one = anErpLine({ quantity: '1', net: '10.00', taxes: [aTax({ amount: '2.00' })] })
  it.each([
    ['quantity', [one], { net: '10.00', tax: '2.00', total: '12.00' }, 1200, 'quantity', 'quantity-differs'],
    ['lines', [], { net: '0.00', tax: '0.00', total: '0.00' }, 2400, 'lines', 'line-missing'],
    ['price', [anErpLine({ net: '15.00', taxes: [aTax({ amount: '3.00' })] })], { net: '15.00', tax: '3.00', total: '18.00' }, 600, 'price', 'discount'],
    ['tax', [anErpLine({ taxes: [aTax({ ratePercent: '10', amount: '2.00' })] })], { net: '20.00', tax: '2.00', total: '22.00' }, 200, 'tax', 'wrong-rate'],
  ])('names %s as the cause', async (_what, lines, totals, minor, cause, taxCause) => {
    const seam = await aReadSeam().shop(anOrder()).erp(anErpOrder({ lines, totals })).run()
    const found = await amounts(seam)
    expect(found).toContainEqual(['F02-total-differs', '1001', minor, cause])
    expect(found.find(([rule]) => rule === 'F05-tax-differs')?.[3]).toBe(taxCause)
  })

  it('names a missing shipping line', async () => {
    const order = anOrder({
      shipping: [{ method: 'Parcel', price: '5.00', taxes: [aTax({ amount: '1.00' })] }],
      totals: { shipping: '5.00', tax: '5.00', total: '30.00' },
    })
    const seam = await aReadSeam().shop(order).erp(anErpOrder()).run()
    expect(await amounts(seam)).toEqual([
      ['F02-total-differs', '1001', 600, 'shipping'],
      ['F05-tax-differs', '1001', 100, 'shipping-missing'],
    ])
  })

  it('takes a total that was rounded for coins for the same, and no other sum', async () => {
    const inCoins = anOrder({ cashRounding: { paid: -2, refunded: 0 } })
    const bookedAt = async (total: string) => amounts(await aReadSeam().shop(inCoins).erp(anErpOrder({ totals: { total } })).run())
    expect((await bookedAt('23.98')).filter(([rule]) => rule === 'F02-total-differs')).toEqual([])
    expect((await bookedAt('23.97')).filter(([rule]) => rule === 'F02-total-differs')).toEqual([['F02-total-differs', '1001', 3, 'unexplained']])
  })

  it('names the currency, compares no figures across it, and takes for missing the whole of what was sold in the shop’s', async () => {
    const seam = await aReadSeam().shop(anOrder()).erp(anErpOrder({ currency: 'CHF' })).run()
    expect(await amounts(seam)).toEqual([['F02-total-differs', '1001', 2400, 'currency']])
  })

  it('waits until the shop is read past what the ERP wrote last: it may be the answer to an edit that is not seen yet', async () => {
    const amended = anErpOrder({ changedAt: monday + minutes(56), totals: { net: '30.00', tax: '6.00', total: '36.00' } })
    const seam = await aSeam().coveredTo({ shop: monday + minutes(55), erp: monday + hours(1) }).shop(anOrder()).erp(amended).run()
    expect(seam.open()).toEqual([])
    expect((await seam.coveredTo({ shop: monday + hours(1) }).run()).open()).toContain('F02-total-differs 1001')
  })

  it('waits for the grace after an edit in the shop', async () => {
    const order = anOrder({ changedAt: monday + hours(1) - minutes(5), totals: { total: '30.00' } })
    const seam = await aReadSeam().shop(order).erp(anErpOrder()).run()
    expect(seam.open()).toEqual([])
  })
})

describe('F02-suspect-match', () => {
  it('lets go of a document whose own order comes late', async () => {
    const like = await aReadSeam().shop(anOrder({ number: '1002' })).erp(anErpOrder()).run()
    expect(like.open()).toContain('F02-suspect-match 1002')
    await like.shop(anOrder()).run()
    expect(like.open()).toEqual(['F02-paid-order-missing 1002'])
  })

  const stranger = { customerEmail: 'other@example.com', totals: { net: '1.00', tax: '0', total: '1.00' }, createdAt: placedAt - days(90), documentDate: '2026-08-01' }

  it('does not believe a number alone: neither customer, total nor date agree', async () => {
    const seam = await aReadSeam().shop(anOrder()).erp(anErpOrder(stranger)).run()
    expect(seam.open()).toEqual(['F02-suspect-match 1001'])
  })

  it('asks to confirm an order that is there without its number', async () => {
    const seam = await aReadSeam().shop(anOrder()).erp(anErpOrder({ references: [] })).run()
    expect(seam.open()).toEqual(['F02-suspect-match 1001'])
  })

  it('asks nobody about an order that was wholly refunded', async () => {
    const refunds = [{ id: 'r', at: placedAt, amount: 2400, tax: null, lines: [], reason: null }]
    const seam = await aReadSeam().shop(anOrder({ refunds })).erp(anErpOrder({ references: [] })).run()
    expect(seam.open()).toEqual([])
  })

  it('judges none of several shop orders under one number', async () => {
    const seam = await aReadSeam().shop(anOrder(), anOrder({ id: 'order_b' })).run()
    expect(seam.open()).toEqual(['F02-suspect-match 1001'])
  })

  it('gives a number that two shops share to the shop whose customer and total agree', async () => {
    const pairs = [aPair(), aPair({ id: 'other', shop: 'shop2' })]
    const store = aStore({ connections: [aConnection(), aConnection({ id: 'shop2', label: 'Shop 2' }), anErpConnection()], pairs })
    cover(store, 'shop2', ['orders', 'stock'], monday + hours(1))
    const seam = aReadSeam({ store }).shop(anOrder())
    const theirs = anOrder({ customer: { email: 'bob@example.com' }, totals: { total: '99.00' } })
    store.transaction((tx) => store.snapshots.save(tx, 'shop2', 'orders', theirs, monday))
    await seam.erp(anErpOrder()).run()
    expect(seam.open()).toEqual(['F02-paid-order-missing 1001'])
    expect(seam.store.incidents.live(10)[0]?.pair).toBe('other')
  })
})
