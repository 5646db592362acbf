/** A list that lags and a replica that stands still show old things: what differs by them alone is never told. */
import { describe, expect, it } from 'vitest'
import { fault } from '../../../src-main/domain/fault.ts'
import { minutes } from '../../../src-main/domain/time.ts'
import { aPair, aStockLevel, anErpOrder, anOrder, placedAt } from '../../support/builders.ts'
import { arrived, flow, nth, numberOf, readTo } from '../../support/flow.ts'
import { type Hidden, aReadSeam, aSeam } from '../../support/seam.ts'

const dearer = { totals: { total: '30', tax: '5' } }
const cancelled = anOrder({ cancelledAt: placedAt })

describe('a difference', () => {
  it.each([
    ['the total', 'F02-total-differs', anOrder(), anErpOrder(dearer), anOrder(dearer)],
    ['the total, where the ERP has answered since', 'F02-total-differs', anOrder(dearer), anErpOrder(), anErpOrder(dearer)],
    ['the cancellation', 'F02-cancelled-in-shop', cancelled, anErpOrder(), anErpOrder({ state: 'cancelled', platformState: 'cancel' })],
  ])('of %s is told where it stands, and not where only what was read of it is old', async (_of, rule, shop, erp, newer) => {
    const told = await aReadSeam().shop(shop).erp(erp).run()
    expect(told.open()).toContain(`${rule} 1001`)
    const old = await aReadSeam({ hidden: { newer: [newer] } }).shop(shop).erp(erp).run()
    expect(old.open()).toEqual([])
  })
})

describe('a stock figure that is behind', () => {
  const pair = aPair({ settings: { stockTargetMinutes: 0, locations: { WH: 'Lyon' } } })
  const inShop = (available: string) => aStockLevel({ location: 'Lyon', onHand: available, available })

  it.each([
    ['still', '12', ['F01-stock-behind MUG@Lyon']],
    ['no more', '10', []],
  ])('is told where the shop, asked live, shows it %s', async (_how, live, told) => {
    const seam = aReadSeam({ pair, hidden: { shop: { MUG: [inShop(live)] } } })
    await seam.shop(inShop('12')).erp(aStockLevel({ location: 'WH', onHand: '10', available: '10' })).run()
    expect(seam.open()).toEqual(told)
    expect(seam.asked).toEqual(['MUG'])
  })
})

describe('a flow that seems to stand still', () => {
  const late = nth(20) + minutes(16)
  const waiting = (hidden: Hidden) => flow(flow(aSeam({ hidden }), 0, 20, minutes(2)), 20, 24, null)
  const numbers = [20, 21, 22, 23].map(numberOf)

  it('has not stopped where the ERP has what waits, though no reading has shown it', async () => {
    const erp = Object.fromEntries(numbers.map((number, index) => [number, [arrived(number, nth(20 + index))]]))
    const seam = await readTo(waiting({ erp }), late)
    expect(seam.open()).toEqual([])
    expect(seam.asked).toEqual(numbers)
  })

  it('is not judged while the ERP cannot be asked', async () => {
    const seam = await readTo(waiting({ erp: fault('unreachable', 'It did not answer.') }), late)
    expect(seam.open()).toEqual([])
  })
})
