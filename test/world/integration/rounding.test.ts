/** Where the ERP rounds a tax over the document, each order that comes to another cent is labelled for just as long as it does. */
import { describe, expect, it } from 'vitest'
import { agreedTax } from '../../../src-main/world/business/figures.ts'
import { openWorld } from '../../../src-main/world/open-world.ts'

const startAt = Date.parse('2026-11-23T06:00:00.000Z')
const hour = 3_600_000

function world(erpRounding?: 'round_globally') {
  const opened = openWorld({ seed: 7, startAt, ordersPerDay: 500, days: 1, ...(erpRounding === undefined ? {} : { erpRounding }) })
  const apart = (): readonly string[] =>
    [...opened.shop.books.orders.all()].flatMap((order) => {
      const sale = opened.erp.books.find.salesByRef(`FR-${order.number}`).find(({ state }) => state !== 'cancel')
      return sale === undefined || order.cancelledAt !== null || sale.tax.equals(agreedTax(order)) ? [] : [String(order.number)]
    })
  const labelled = (): readonly string[] => opened.truth().planted.filter(({ healedAt }) => healedAt === null).map(({ subject }) => subject.key)
  return { opened, apart, labelled }
}

describe('an ERP that rounds over the document', () => {
  it('has its cents labelled at any time, edited and cancelled orders among them', () => {
    const { opened, apart, labelled } = world('round_globally')
    for (let at = startAt + hour; at < startAt + 20 * hour; at += hour) {
      opened.advance(at)
      // an edit is on its way to the ERP for some minutes
      const edited = new Set([...opened.shop.books.orders.all()].filter((order) => order.edited && at - order.changedAt < hour).map(({ number }) => String(number)))
      const settled = (numbers: readonly string[]): readonly string[] => numbers.filter((number) => !edited.has(number)).toSorted()
      expect(settled(labelled())).toEqual(settled(apart()))
    }
    expect(labelled().length).toBeGreaterThan(10)
    expect(opened.truth().planted.some(({ healedAt }) => healedAt !== null)).toBe(true)
  })

  it('has the cent labelled too of what was booked wrongly and then made anew', () => {
    const { opened, apart, labelled } = world('round_globally')
    for (let nth = 1; nth <= 24; nth += 1) {
      opened.advance(startAt + nth * (hour / 4))
      opened.stage('F05-provincial-tax-dropped')
    }
    opened.advance(startAt + 14 * hour)
    const faults = opened.truth().planted.filter(({ scenario }) => scenario === 'F05-provincial-tax-dropped')
    const mended = new Set(faults.filter(({ healedAt }) => healedAt !== null).map(({ subject }) => subject.key))
    const ofMended = (numbers: readonly string[]): readonly string[] => numbers.filter((number) => mended.has(number)).toSorted()
    expect(ofMended(apart()).length).toBeGreaterThan(0)
    expect(ofMended(labelled())).toEqual(ofMended(apart()))
  })

  it('differs from the shop in no order where it rounds each line as the shop does', () => {
    const { opened, labelled } = world()
    opened.advance(startAt + 20 * hour)
    expect(labelled()).toEqual([])
  })
})
