/** While the flow of orders stands still nothing comes over by itself, and that is labelled from when it can be told from orders left out. */
import { describe, expect, it } from 'vitest'
import { openWorld } from '../../../src-main/world/open-world.ts'
import type { World } from '../../../src-main/world/world.ts'

const startAt = Date.parse('2026-11-23T06:00:00.000Z')
const minute = 60_000
const hour = 60 * minute
const seeds = [1, 2, 3, 4, 5, 6]

/** Of the shop's numbers, whoever made them of those that are no person. */
function arrivals({ erp, shop }: World): readonly number[] {
  const numbers = new Set([...shop.books.orders.all()].map((order) => `FR-${order.number}`))
  const people = new Set([...erp.books.users.all()].filter((user) => !user.login.startsWith('integration@')).map((user) => user.id))
  return [...erp.books.sales.all()].filter((sale) => sale.clientOrderRef !== null && numbers.has(sale.clientOrderRef) && !people.has(sale.createdBy)).map((sale) => sale.createdAt)
}

function waitingSince(world: World, since: number): number {
  return [...world.shop.books.orders.all()].filter((order) => {
    const last = Math.max(order.createdAt, ...order.transactions.map((one) => one.processedAt))
    return last > since && world.erp.books.find.salesByRef(`FR-${order.number}`).length === 0
  }).length
}

describe('F11-orders-stopped', () => {
  it.each(seeds)('is labelled once three orders wait that fell due after the last one came, and none comes until it is healed (seed %i)', (seed) => {
    const world = openWorld({ seed, startAt, ordersPerDay: 2000 })
    world.advance(startAt + 3 * hour)
    world.stage('F11-orders-stopped')
    const label = () => world.truth().planted.find((one) => one.scenario === 'F11-orders-stopped')
    let at = startAt + 3 * hour
    while (label() === undefined) world.advance(at += 5000)
    const last = Math.max(...arrivals(world))
    expect(waitingSince(world, last)).toBeGreaterThanOrEqual(3)
    while (label()?.healedAt === null) world.advance(at += minute)
    const from = label()?.plantedAt ?? 0
    const to = label()?.healedAt ?? 0
    expect(to).toBeGreaterThan(from)
    // a transaction that took its time is stamped with its beginning
    expect(arrivals(world).filter((one) => one >= from && one < to - minute)).toEqual([])
  })
})
