/** Where several authorities tax one line, and where a tax is rounded to the thousandth. */
import { describe, expect, it } from 'vitest'
import { agreedTax } from '../../../src-main/world/business/figures.ts'
import { birmingham, rateIn, served, taxesIn } from '../../../src-main/world/business/markets.ts'
import { openWorld } from '../../../src-main/world/open-world.ts'

const startAt = Date.parse('2026-11-23T06:00:00.000Z')

describe('the merchant’s markets', () => {
  it('raise what all authorities raise together', () => {
    expect([String(rateIn(birmingham, 'standard')), String(rateIn(birmingham, 'reduced')), String(rateIn(birmingham, 'none'))]).toEqual(['0.1', '0.08', '0'])
  })

  it('have no tax at all of a rate of nothing', () => {
    expect(served.every((market) => taxesIn(market, 'reduced').every(({ rate }) => rate.greaterThan(0)))).toBe(true)
  })

  it('book several taxes of a line, and a taxed thousandth, to the same figure on both sides', () => {
    const world = openWorld({ seed: 5, startAt, ordersPerDay: 1500, days: 1 })
    world.advance(startAt + 30 * 3_600_000)
    const orders = [...world.shop.books.orders.all()].filter((order) => order.cancelledAt === null && order.refunds.length === 0 && !order.edited)
    const both = orders.flatMap((order) => world.erp.books.find.salesByRef(`FR-${order.number}`).filter(({ state }) => state === 'sale').map((sale) => ({ order, sale })))
    const several = both.filter(({ order }) => order.lines.some((line) => line.taxLines.length > 1))
    const fils = both.filter(({ order }) => order.currency === 'BHD' && order.lines.some((line) => line.taxLines.length > 0))
    expect([several.length > 10, fils.length > 5, fils.some(({ sale }) => sale.tax.decimalPlaces() === 3)]).toEqual([true, true, true])
    for (const { order, sale } of [...several, ...fils]) expect([order.number, String(sale.tax)]).toEqual([order.number, String(agreedTax(order))])
  })
})
