/** What comes apart after an order was booked is labelled for just as long as the two systems differ. */
import { expect, it } from 'vitest'
import { openWorld } from '../../../src-main/world/open-world.ts'

const startAt = Date.parse('2026-11-23T06:00:00.000Z')
const hour = 3_600_000

it('an invoice that was marked as paid too early is right from the moment at which the carrier brings the money', () => {
  const world = openWorld({ seed: 5, startAt, ordersPerDay: 20 })
  world.advance(startAt + hour)
  for (let nth = 0; nth < 6; nth += 1) world.stage('F02-paid-only-in-erp')
  world.advance(startAt + 96 * hour)
  const { planted } = world.truth()
  expect(planted.length).toBeGreaterThan(2)
  for (const { subject, healedAt } of planted) {
    const order = [...world.shop.books.orders.all()].find(({ number }) => String(number) === subject.key)
    expect(healedAt).toBe(order?.transactions.find(({ status }) => status === 'SUCCESS')?.processedAt)
  }
})
