/** How far an order has come on each side. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aheadSince, sentOf, toldOf } from '../../src-main/domain/progress.ts'
import { hours } from '../../src-main/domain/time.ts'
import { anErpLine, anErpOrder, anOrder, anOrderLine, aShipment, placedAt } from '../support/builders.ts'

const line = (quantity: string, more: { sku?: string; orderId?: string | null } = {}) => ({ sku: more.sku ?? 'MUG', quantity, orderId: more.orderId ?? null })

describe('what the ERP sent', () => {
  it('adds parcels up in order of time, and knows what waits', () => {
    const second = aShipment({ id: 'b', shippedAt: placedAt + hours(2), lines: [line('1')] })
    const first = aShipment({ id: 'a', shippedAt: placedAt + hours(1), lines: [line('1')] })
    const waits = aShipment({ id: 'c', state: 'open', shippedAt: null, lines: [line('3')] })
    expect(sentOf([anErpOrder({ lines: [anErpLine({ quantity: '5' })] })], [second, waits, first])).toEqual([
      { sku: 'MUG', title: 'Mug', ordered: '5', done: '2', of: '5', waits: true, steps: [{ at: placedAt + hours(1), done: '1' }, { at: placedAt + hours(2), done: '2' }] },
    ])
  })

  it('takes more units than were ordered for the whole: they are counted in another measure', () => {
    const [sent] = sentOf([anErpOrder()], [aShipment({ lines: [line('24')] })]) ?? []
    expect([sent?.ordered, sent?.done, sent?.of]).toEqual(['2', '24', '24'])
  })

  it('leaves out services, and what no delivery names', () => {
    const order = anErpOrder({ lines: [anErpLine(), anErpLine({ sku: 'KIT' }), anErpLine({ sku: 'FEE', goods: false })] })
    expect(sentOf([order], [aShipment({ lines: [line('2'), line('2', { sku: 'FEE' })] })])?.map((one) => one.sku)).toEqual(['MUG'])
  })

  it('takes of a parcel of many orders what is its own, and says nothing where that is not told', () => {
    const shared = (orderId: string | null) => aShipment({ orderIds: ['so-1001', 'so-9'], lines: [line('1', { orderId }), line('1', { orderId: 'so-9' })] })
    expect(sentOf([anErpOrder()], [shared('so-1001')])?.[0]?.done).toBe('1')
    expect(sentOf([anErpOrder()], [shared(null)])).toBeNull()
  })
})

describe('what the shop tells', () => {
  it('is its parcels, or all where the whole order is called sent', () => {
    const half = aShipment({ orderIds: ['order_1001'], lines: [line('1')] })
    expect(toldOf(anOrder(), [half])?.[0]?.done).toBe('1')
    expect(toldOf(anOrder({ fulfilment: { state: 'shipped' } }), [half])?.[0]?.done).toBe('2')
  })

  it('is nothing where a part is sent and no parcel says of what', () => {
    expect(toldOf(anOrder({ fulfilment: { state: 'partly' } }), [])).toBeNull()
  })
})

describe('who is ahead', () => {
  it('is never both sides, and neither where the shares are equal, whatever they are counted in', () => {
    const units = fc.integer({ min: 1, max: 9 })
    fc.assert(
      fc.property(units, units, units, (ordered, pack, done) => {
        const gone = Math.min(ordered, done)
        const shop = toldOf(anOrder({ lines: [anOrderLine({ quantity: String(ordered) })] }), [aShipment({ lines: [line(String(gone))] })]) ?? []
        const erp = sentOf([anErpOrder({ lines: [anErpLine({ quantity: String(ordered * pack) })] })], [aShipment({ lines: [line(String(gone * pack))] })]) ?? []
        const [told] = shop
        const [sent] = erp
        if (told === undefined || sent === undefined) throw new Error('both have the SKU')
        expect([aheadSince(told, sent), aheadSince(sent, told)]).toEqual([null, null])
        const less = { ...told, done: String(gone - 1), steps: [] }
        expect([aheadSince(less, sent), aheadSince(sent, less) === null]).toEqual([null, false])
      }),
    )
  })
})
