/** F01: stock on sale that the ERP has left behind, and how stale it is. */
import { describe, expect, it } from 'vitest'
import { anErpOrder, anOrder, anOrderLine, aPair, aStockLevel } from '../../../support/builders.ts'
import { hours, minutes } from '../../../../src-main/domain/time.ts'
import { monday } from '../../../support/clock.ts'
import { aReadSeam } from '../../../support/seam.ts'
import { cover } from '../../../support/store.ts'

const pair = aPair({ settings: { stockTargetMinutes: 0, locations: { WH: 'Lyon' } } })
const shopLevel = (available: string, more = {}) => aStockLevel({ location: 'Lyon', onHand: available, available, ...more })
const erpLevel = (available: string, more = {}) => aStockLevel({ location: 'WH', onHand: available, available, ...more })

describe('F01-stock-behind', () => {
  it('speaks when the shop shows more than there is, since the moment the ERP moved', async () => {
    const seam = await aReadSeam({ pair }).shop(shopLevel('12')).erp(erpLevel('10', { changedAt: monday })).run()
    const [incident] = seam.store.incidents.live(10)
    expect([incident?.rule, incident?.subject.key, incident?.cause, incident?.severity, incident?.dueAt]).toEqual([
      'F01-stock-behind',
      'MUG@Lyon',
      'oversell',
      'medium',
      monday,
    ])
  })

  it('is critical when there is nothing left to sell', async () => {
    const seam = await aReadSeam({ pair }).shop(shopLevel('3')).erp(erpLevel('0')).run()
    expect(seam.store.incidents.live(10)[0]?.severity).toBe('critical')
  })

  it.each([
    ['both agree', shopLevel('10'), erpLevel('10')],
    ['the shop shows nothing and the ERP owes some', shopLevel('-2'), erpLevel('-5')],
    ['the shop keeps no count', shopLevel('99', { tracked: false }), erpLevel('10')],
    ['it may be sold without stock', shopLevel('99', { backorder: true }), erpLevel('10')],
  ])('stays silent when %s', async (_why, shop, erp) => {
    const seam = await aReadSeam({ pair }).shop(shop).erp(erp).run()
    expect(seam.open()).toEqual([])
  })

  it('counts units that are sold and not yet in the ERP', async () => {
    const sold = anOrder({ lines: [anOrderLine({ allocations: [{ location: 'Lyon', quantity: '2' }] })], payment: { captures: [], state: 'authorised' } })
    const seam = await aReadSeam({ pair }).shop(sold, shopLevel('8')).erp(erpLevel('10')).run()
    expect(seam.open()).toEqual([])
    // the ERP takes the order: its own figure falls, and nothing waits any more
    await seam.erp(anErpOrder(), erpLevel('8')).run()
    expect(seam.open()).toEqual([])
  })

  it.each([
    ['agrees then', '10', 'Shop shows 12', []],
    ['differs still', '11', 'Shop shows 11', ['F01-stock-behind MUG@Lyon']],
    ['is behind the other way', '9', 'Shop shows 9', ['F01-stock-behind MUG@Lyon']],
  ])('is judged again once the orders are read as far as a figure that moved under it, and %s', async (_what, moved, says, left) => {
    const seam = await aReadSeam({ pair }).shop(shopLevel('12')).erp(erpLevel('10', { changedAt: monday })).run()
    cover(seam.store, 'shop', ['stock'], monday + hours(2), 0)
    await seam.shop(shopLevel(moved, { changedAt: monday + minutes(90) })).run()
    expect(seam.open()).toEqual(['F01-stock-behind MUG@Lyon'])
    const told = () => seam.store.incidents.list({ states: null, severities: null, rule: 'F01-stock-behind', search: null }, 1, 0)[0]?.says
    expect(told()).toContain('Shop shows 12')
    const due = () => seam.store.judgements.due('pair', monday + hours(2), 9).map((one) => one.subject.key)
    expect(due()).toEqual(['MUG@Lyon'])
    // nothing of it is read anew
    await seam.coveredTo({ shop: monday + hours(2), erp: monday + hours(2) }).run()
    expect([seam.open(), due()]).toEqual([left, []])
    expect(told()).toContain(says)
  })

  it('allows for the target before it speaks, and measures from the ERP’s change', async () => {
    const patient = aPair({ settings: { stockTargetMinutes: 30, locations: { WH: 'Lyon' } } })
    const seam = aReadSeam({ pair: patient }).shop(shopLevel('10')).erp(erpLevel('10', { changedAt: monday }))
    await seam.run()
    await seam.erp(erpLevel('4', { changedAt: monday + hours(1) })).coveredTo({ shop: monday + hours(1) + minutes(20), erp: monday + hours(1) + minutes(20) }).run()
    expect(seam.open()).toEqual([])
    await seam.coveredTo({ shop: monday + hours(1) + minutes(31), erp: monday + hours(1) + minutes(31) }).run()
    expect(seam.open()).toEqual(['F01-stock-behind MUG@Lyon'])
    await seam.shop(shopLevel('4')).run()
    expect(seam.open()).toEqual([])
  })

  it('stays as it was told when the ERP moves, until the shop is read past that: it may follow', async () => {
    const seam = await aReadSeam({ pair }).shop(shopLevel('12')).erp(erpLevel('10', { changedAt: monday })).run()
    const moved = monday + hours(2)
    await seam.erp(erpLevel('60', { changedAt: moved })).coveredTo({ erp: moved + minutes(1), shop: moved - minutes(1) }).run()
    const told = () => seam.store.incidents.live(10).map((one) => [one.rule, one.cause])
    expect(told()).toEqual([['F01-stock-behind', 'oversell']])
    await seam.coveredTo({ shop: moved + minutes(1) }).run()
    expect(told()).toEqual([['F01-stock-behind', 'undersell']])
  })

  it('stays as it was told while the shop has followed and the orders are not read as far', async () => {
    const seam = await aReadSeam({ pair }).shop(shopLevel('12')).erp(erpLevel('10', { changedAt: monday })).run()
    const later = monday + hours(2)
    cover(seam.store, 'shop', ['stock'], later)
    await seam.shop(shopLevel('10', { changedAt: later })).run()
    expect(seam.store.incidents.live(10).map((one) => [one.rule, one.cause])).toEqual([['F01-stock-behind', 'oversell']])
    await seam.coveredTo({ shop: later, erp: later }).full()
    expect(seam.open()).toEqual([])
  })

  it('needs two reads where the ERP does not say when it changed', async () => {
    const seam = aReadSeam({ pair }).shop(shopLevel('12')).erp(erpLevel('10', { changedAt: null }))
    await seam.run()
    expect(seam.open()).toEqual([])
    expect(seam.store.judgements.notJudged('pair', monday)[0]?.why).toContain('needs two reads')
    await seam.coveredTo({ shop: monday + hours(2), erp: monday + hours(2) }).full()
    expect(seam.open()).toEqual(['F01-stock-behind MUG@Lyon'])
  })

  it('does not judge a location that is mapped to no warehouse', async () => {
    const seam = await aReadSeam({ pair }).shop(aStockLevel({ location: 'Gent', available: '5' })).erp(erpLevel('10')).run()
    expect(seam.open()).toEqual([])
    expect(seam.store.judgements.notJudged('pair', monday)[0]?.why).toContain('mapped to no ERP warehouse')
  })
})

describe('units that wait nobody knows where', () => {
  const locations = { WH1: 'Lyon', WH2: 'Gent' }
  const settings = aPair({ settings: { locations, stockTargetMinutes: 0 } })
  const level = (location: string, available: string) => aStockLevel({ id: `MUG@${location}`, location, onHand: available, reserved: '0', available })
  const waits = anOrder({ lines: [anOrderLine({ quantity: '2', allocations: [] })] })

  it('may be missing at any of the shop’s locations, and are held against none of them', async () => {
    const seam = aReadSeam({ pair: settings }).shop(waits, level('Lyon', '8'), level('Gent', '5')).erp(level('WH1', '10'), level('WH2', '5'))
    expect((await seam.run()).store.stock.states('pair').filter((one) => one.shop !== one.expected)).toEqual([])
  })

  it('excuse no more than there are of them', async () => {
    const seam = aReadSeam({ pair: settings }).shop(waits, level('Lyon', '7'), level('Gent', '6')).erp(level('WH1', '10'), level('WH2', '5'))
    const states = (await seam.run()).store.stock.states('pair').map((one) => [one.location, one.shop, one.expected])
    expect(states.toSorted()).toEqual([['Gent', '6', '5'], ['Lyon', '7', '8']])
  })
})
