/** What the shop should show of a SKU, through a pair's packs, bundles, shares and caps (DESIGN §3). */
import { describe, expect, it } from 'vitest'
import type { PairSettings } from '../../../../src-main/domain/pair.ts'
import { hours, minutes } from '../../../../src-main/domain/time.ts'
import { seeStock } from '../../../../src-main/engine/reconcile/lenses/stock.ts'
import { sightOf } from '../../../../src-main/engine/reconcile/sight.ts'
import { aPair, aStockLevel, anErpOrder, anOrder, anOrderLine } from '../../../support/builders.ts'
import { monday } from '../../../support/clock.ts'
import { cover } from '../../../support/store.ts'
import { type Seam, aReadSeam } from '../../../support/seam.ts'

const locations = { WH: 'Lyon' }
const shown = (sku: string, units: string) => aStockLevel({ sku, location: 'Lyon', onHand: units, available: units })
const held = (sku: string, units: string) => aStockLevel({ sku, location: 'WH', onHand: units, available: units })

function aStocked(settings: Partial<PairSettings>): Seam {
  return aReadSeam({ pair: aPair({ settings: { locations, stockTargetMinutes: 0, ...settings } }) })
}

function expectedOf(seam: Seam, sku: string): string | null {
  const pair = seam.store.pairs.list()[0]
  if (pair === undefined) return null
  const seen = seeStock(seam.store, sightOf(seam.store, pair), sku, 'Lyon')
  return seen.kind === 'seen' ? seen.seen.expected : null
}

const order = (sku: string, quantity: string) => anOrder({ lines: [anOrderLine({ sku, quantity })] })

describe('a SKU that is behind', () => {
  it.each([
    ['the shop keeps no count of it any more', (seam: Seam) => seam.shop({ ...shown('MUG', '9'), tracked: false })],
    ['the shop sells it without stock', (seam: Seam) => seam.shop({ ...shown('MUG', '9'), backorder: true })],
  ])('is counted as behind no more once %s', async (_why, leave) => {
    const seam = await aStocked({}).shop(shown('MUG', '9')).erp(held('MUG', '4')).run()
    expect([seam.open(), seam.store.stock.states('pair').map((one) => one.sku)]).toEqual([['F01-stock-behind MUG@Lyon'], ['MUG']])
    await leave(seam).run()
    expect([seam.open(), seam.store.stock.states('pair')]).toEqual([[], []])
    expect(seam.store.stock.changes('pair', 'MUG', 'Lyon').filter((one) => one.settledAt === null)).toEqual([])
  })
})

describe('a SKU whose newest figure is later than the orders that it counts', () => {
  it('stays behind with the figures that it was behind by, until the orders are read as far', async () => {
    const seam = await aStocked({}).shop(shown('MUG', '9')).erp(held('MUG', '4')).run()
    const moved = monday + hours(1) + minutes(1)
    const stateNow = () => seam.store.stock.states('pair').map((one) => [one.shop, one.expected, one.behindSince !== null])
    await seam.clock.advance(minutes(2))
    for (const side of ['shop', 'erp']) cover(seam.store, side, ['stock'], moved + minutes(1))
    await seam.shop({ ...shown('MUG', '4'), changedAt: moved }).run()
    expect(stateNow()).toEqual([['9', '4', true]])
    await seam.coveredTo({ shop: moved + minutes(1), erp: moved + minutes(1) }).run()
    expect(stateNow()).toEqual([['4', '4', false]])
  })
})

describe('expected stock', () => {
  it.each([
    ['of the SKU that it is mapped to', { skuMap: { MUG: '0815' } }, [held('0815', '7')], '7'],
    ['in whole packs', { packs: { MUG: { size: '6', unit: null } } }, [held('MUG', '20')], '3'],
    ['of the share that the shop may offer, less the buffer', { stockShare: '0.5', stockBuffer: 1 }, [held('MUG', '10')], '4'],
    ['never more than the cap', { stockCap: 5 }, [held('MUG', '10')], '5'],
    ['of a bundle, as its scarcest part allows', { bundles: { MUG: { CUP: '1', TEA: '3' } } }, [held('CUP', '9'), held('TEA', '8')], '2'],
    ['of a bundle of which the ERP keeps a figure, that figure', { bundles: { MUG: { CUP: '1' } } }, [held('MUG', '4'), held('CUP', '9')], '4'],
    ['never below nothing', { stockBuffer: 20 }, [held('MUG', '10')], '0'],
    ['of a bundle without a figure for one part, unknown', { bundles: { MUG: { CUP: '1', TEA: '3' } } }, [held('CUP', '9')], null],
  ])('is %s', async (_what, settings, levels, expected) => {
    const seam = await aStocked(settings).shop(shown('MUG', '1')).erp(...levels).run()
    expect(expectedOf(seam, 'MUG')).toBe(expected)
  })

  it('counts what waits for the ERP by its own SKU, whatever it was sold as', async () => {
    const settings = { skuMap: { SIX: 'CUP' }, packs: { SIX: { size: '6', unit: null } }, bundles: { SET: { CUP: '2' } } }
    const seam = await aStocked(settings).shop(shown('CUP', '1'), shown('SIX', '1'), shown('SET', '1')).erp(held('CUP', '20')).run()
    await seam.shop(order('SET', '1'), { ...order('SIX', '1'), id: 'b', number: '1002' }).run()
    // 20 less one pack of 6 and one set of 2
    expect(['CUP', 'SIX', 'SET'].map((sku) => expectedOf(seam, sku))).toEqual(['12', '2', '6'])
    await seam.erp(anErpOrder()).run()
    await seam.clock.advance(hours(1))
    await seam.coveredTo({ shop: seam.clock.now(), erp: seam.clock.now() }).run()
    expect(expectedOf(seam, 'CUP')).toBe('14')
  })

  it('is judged again for a bundle when a part of it moves, and gives what judging everything gives', async () => {
    const seam = await aStocked({ bundles: { SET: { CUP: '2' } } }).shop(shown('SET', '5')).erp(held('CUP', '10')).run()
    expect(seam.open()).toEqual([])
    await seam.erp({ ...held('CUP', '2'), changedAt: null }).run()
    expect(seam.open()).toEqual(['F01-stock-behind SET@Lyon'])
    await seam.full()
    expect(seam.open()).toEqual(['F01-stock-behind SET@Lyon'])
  })
})
