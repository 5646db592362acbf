/** Payments that end badly in the simulated world, and are nobody's fault. */
import { expect, it } from 'vitest'
import { openWorld } from '../../../src-main/world/open-world.ts'
import { figuresOf, financialStatusOf } from '../../../src-main/world/shop/figures.ts'

const startAt = Date.parse('2026-11-27T06:00:00.000Z')
const day = 24 * 60 * 60 * 1000

it('refuses a card now and then, has an authorisation voided or run out, and neither side has lost anything by it', () => {
  const world = openWorld({ seed: 4, startAt, ordersPerDay: 160, days: 4 })
  world.advance(startAt + 14 * day)
  const orders = [...world.shop.books.orders.all()]
  const refused = orders.filter((one) => one.transactions.some((each) => each.status === 'FAILURE'))
  const voided = orders.filter((one) => one.transactions.some((each) => each.kind === 'VOID'))
  const ranOut = orders.filter((one) => one.transactions.some((each) => each.lapsed))
  expect([refused, voided, ranOut].map((some) => some.length > 0)).toEqual([true, true, true])
  const inErp = new Set([...world.erp.books.sales.all()].filter((sale) => sale.state !== 'cancel').map((sale) => sale.clientOrderRef))
  for (const one of refused) {
    expect(one.transactions.filter((each) => each.status === 'SUCCESS' && each.kind === 'SALE')).toHaveLength(1)
    expect(figuresOf(one).received.toString()).toBe(one.originalTotal.toString())
  }
  for (const one of [...voided, ...ranOut]) {
    expect([one.cancelledAt === null, figuresOf(one).received.toString(), inErp.has(`FR-${one.number}`)]).toEqual([false, '0', false])
  }
  expect(new Set(voided.map((one) => financialStatusOf(one)))).toEqual(new Set(['VOIDED']))
  expect(new Set(ranOut.map((one) => financialStatusOf(one)))).toEqual(new Set(['EXPIRED']))
  expect(world.truth()).toMatchObject({ planted: [], excused: [] })
}, 60_000)
