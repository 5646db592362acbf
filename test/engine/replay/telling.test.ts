/** Which parcel the shop was not told of: found among those that left, and never guessed. */
import { describe, expect, it } from 'vitest'
import type { ErpOrder, Shipment } from '../../../src-main/domain/records.ts'
import { minutes } from '../../../src-main/domain/time.ts'
import { tellingOf } from '../../../src-main/engine/replay/telling.ts'
import { aPair, aShipment, anErpLine, anErpOrder, anOrder, placedAt } from '../../support/builders.ts'
import { monday } from '../../support/clock.ts'
import { aStore, keep } from '../../support/store.ts'

interface Seam {
  readonly left: readonly Shipment[]
  readonly told?: readonly Shipment[]
  readonly erp?: readonly ErpOrder[]
  readonly pair?: ReturnType<typeof aPair>
}

function telling({ left, told = [], erp = [anErpOrder()], pair = aPair() }: Seam) {
  const store = aStore({ pairs: [pair] })
  keep(store, 'erp', 'shipments', left, monday)
  keep(store, 'shop', 'fulfilments', told, monday)
  return tellingOf(store, pair, anOrder(), erp)
}

const one = (id: string, more: Partial<Shipment> = {}) =>
  aShipment({ id, number: id.toUpperCase(), lines: [{ sku: 'MUG', quantity: '1', orderId: null }], ...more })
const inShop = (id: string, more: Partial<Shipment> = {}) => one(id, { number: null, orderIds: ['order_1001'], ...more })
const later = { shippedAt: placedAt + minutes(90) }

describe('a parcel that the shop was not told of', () => {
  it('is the one that left, with its units under the shop’s SKU, its numbers, and the shop’s name of the place', () => {
    const pair = aPair({ settings: { skuMap: { MUG: 'E-MUG' }, locations: { WH: 'Vienna' } } })
    const erp = [anErpOrder({ lines: [anErpLine({ sku: 'E-MUG' })] })]
    const left = [aShipment({ tracking: ['00340'], lines: [{ sku: 'E-MUG', quantity: '2', orderId: null }] })]
    expect(telling({ left, erp, pair })).toMatchObject({
      id: 'shp-1001',
      input: { parcel: { name: 'SHP1001', lines: [{ sku: 'MUG', quantity: '2' }], tracking: ['00340'], location: 'Vienna' }, more: 0 },
    })
  })

  it('is the oldest of several, with how many are left', () => {
    expect(telling({ left: [one('b', later), one('a')] })).toMatchObject({ id: 'a', input: { more: 1 } })
  })

  it('is the other one, where a number says which is told, and where none does, either of two that are alike', () => {
    const left = [one('a', { tracking: ['00 34-0'] }), one('b', { tracking: ['00999'], ...later })]
    expect(telling({ left, told: [inShop('f', { tracking: ['00340'] })] })).toMatchObject({ id: 'b' })
    expect(telling({ left, told: [inShop('f')] })).toMatchObject({ id: 'b' })
    expect(telling({ left, told: [inShop('f', { state: 'cancelled' })] })).toMatchObject({ id: 'a', input: { more: 1 } })
  })

  it.each<[string, Seam, string]>([
    ['the shop tells of one that never left', { left: [one('a')], told: [inShop('f', { lines: [{ sku: 'MUG', quantity: '2', orderId: null }] })] }, 'none of the ERP’s'],
    ['each is told', { left: [one('a')], told: [inShop('f')] }, 'only how much was in them differs'],
    ['one serves several orders and does not say which units are whose', { left: [one('a', { orderIds: ['so-1001', 'so-9'] })] }, 'serves several orders'],
    ['it holds what nobody ordered in the shop', { left: [one('a', { lines: [{ sku: 'GIFT', quantity: '1', orderId: null }] })] }, 'holds GIFT'],
    ['the ERP counts packs as units', { left: [one('a')], erp: [anErpOrder({ lines: [anErpLine({ quantity: '24' })] })] }, 'do not count MUG alike'],
    ['it is a pack there', { left: [one('a')], pair: aPair({ settings: { packs: { MUG: { size: '12', unit: null } } } }) }, 'holds MUG'],
  ])('is not said where %s', (_what, seam, says) => {
    expect(telling(seam)).toMatchObject({ kind: 'refused', says: expect.stringContaining(says) })
  })
})
