/** The lying world: the same seed is the same world, and where nothing was planted both sides agree. */
import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openWorld, type WorldOptions } from '../../src-main/world/open-world.ts'
import type { World } from '../../src-main/world/world.ts'
import { auditNow, openWatch } from './auditor/audit.ts'
import { unexplained } from './auditor/played.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
/** A Friday: a weekend and the end of the month follow. */
const startAt = Date.parse('2026-11-27T06:00:00.000Z')

/** An audit each quarter of an hour over days takes a while on a busy machine. */
const patient = 120_000

function aWorld(options: Partial<WorldOptions> = {}): World {
  return openWorld({ seed: 1, startAt, ordersPerDay: 80, ...options })
}

function hashOf({ shop, erp }: World): string {
  const hash = createHash('sha256')
  for (const books of [shop.books, erp.books]) {
    for (const table of Object.values(books)) {
      if (typeof table !== 'object' || table === null || !('all' in table)) continue
      for (const row of table.all()) hash.update(JSON.stringify(row))
    }
  }
  return hash.digest('hex')
}

const everything = { scenarios: 'all', faultRate: 0.1, twinRate: 0.1 } as const

describe('a world', () => {
  it('is the same from the same seed, in one leap or step by step', () => {
    const leap = aWorld(everything)
    leap.advance(startAt + 3 * day)
    const steps = aWorld(everything)
    for (let at = startAt; at <= startAt + 3 * day; at += 7 * minute) steps.advance(at)
    steps.advance(startAt + 3 * day)
    expect(hashOf(steps)).toBe(hashOf(leap))
    expect(steps.truth()).toEqual(leap.truth())
  }, patient)

  it('is another one from another seed', () => {
    const worlds = [1, 2].map((seed) => aWorld({ seed }))
    for (const world of worlds) world.advance(startAt + 6 * hour)
    expect(new Set(worlds.map(hashOf)).size).toBe(2)
  })

  it('says when the next thing happens, and does not go back', () => {
    const world = aWorld()
    const next = world.nextAt()
    expect(next).not.toBeNull()
    world.advance(startAt + hour)
    expect(world.nextAt()).toBeGreaterThanOrEqual(startAt + hour)
    expect(() => world.advance(startAt)).toThrow('does not go back')
  })

  it('has shelves counted as often as is asked for, and the shop follows', () => {
    const movedIn = (world: World): number => {
      world.advance(startAt + 3 * hour)
      return [...world.shop.books.levels.all()].filter((level) => level.changedAt > startAt + 2 * hour).length
    }
    const [quiet, busy] = [0, 180].map((countsPerHour) => movedIn(aWorld({ ordersPerDay: 1, countsPerHour })))
    expect(busy).toBeGreaterThan((quiet ?? 0) + 20)
  })

  it('loses for a visitor an order that can be made again: ordinary goods, bought by somebody whom the ERP knows', () => {
    const world = aWorld({ ordersPerDay: 400 })
    for (let at = startAt + 2 * hour; at < startAt + 6 * hour; at += 5 * minute) world.pull('webhook-lost', at)
    world.advance(startAt + 7 * hour)
    const known = new Set([...world.erp.books.partners.all()].map(({ email }) => email))
    const odd = new Set([...Object.keys(world.agreement.packs), ...Object.keys(world.agreement.kits)])
    const lost = world.truth().planted.map(({ subject }) => [...world.shop.books.orders.all()].find(({ number }) => `${number}` === subject.key))
    expect(lost.length).toBeGreaterThan(40)
    for (const order of lost) {
      expect(known).toContain(order?.email)
      expect(order?.lines.filter((line) => line.giftCard || odd.has(line.sku ?? ''))).toEqual([])
    }
  })

  it('takes no new orders after its days', () => {
    const world = aWorld({ days: 1 })
    world.advance(startAt + 4 * day)
    expect(Math.max(...[...world.shop.books.orders.all()].map((order) => order.createdAt))).toBeLessThan(startAt + day)
  })

  it('names the scenarios there are when it is asked for one that is not', () => {
    expect(() => aWorld({ scenarios: ['F02-nothing'] })).toThrow(/F02-nothing.*F01-receipt-not-told/)
    expect(() => aWorld().stage('F02-nothing')).toThrow(/There is no scenario/)
  })

  it('counts an order clean only when nothing was planted on it', () => {
    const clean = aWorld()
    clean.advance(startAt + day)
    expect(clean.truth()).toMatchObject({ planted: [], excused: [] })
    expect(clean.truth().cleanOrders).toBe(clean.truth().orders)
    const faulty = aWorld(everything)
    faulty.advance(startAt + day)
    expect(faulty.truth().cleanOrders).toBeLessThan(faulty.truth().orders)
  })
})

describe('a clean world', () => {
  it.each([21, 22])('has both sides agree on everything, over a weekend and the end of a month (seed %i)', (seed) => {
    const world = aWorld({ seed })
    const watch = openWatch(world)
    for (let at = startAt; at <= startAt + 5 * day; at += 15 * minute) {
      world.advance(at)
      watch.look(at)
    }
    // what the integration has under way is never older than a quarter of an hour
    expect(watch.spells(15 * minute)).toEqual([])
  }, patient)

  it('has all that a merchant has', () => {
    const world = aWorld({ ordersPerDay: 400 })
    world.advance(startAt + 5 * day)
    const orders = [...world.shop.books.orders.all()]
    const all = (keep: (order: (typeof orders)[number]) => boolean): number => orders.filter(keep).length
    const figures = {
      yen: all((one) => one.currency === 'JPY'),
      dinars: all((one) => one.currency === 'KWD'),
      pounds: all((one) => one.currency === 'GBP'),
      taxOnTop: all((one) => !one.taxesIncluded),
      reverseCharge: all((one) => one.taxExempt),
      byTheMarketplace: all((one) => one.channelLiable),
      atTheTill: all((one) => one.source === 'pos'),
      free: all((one) => one.transactions.length === 0),
      giftCardsSpent: all((one) => one.transactions.some((each) => each.gateway === 'gift_card')),
      giftCardsBought: all((one) => one.lines.some((line) => line.giftCard)),
      terms: all((one) => one.paymentTerms !== null),
      cashOnDelivery: all((one) => one.transactions.some((each) => each.gateway === 'cash_on_delivery')),
      capturedOnShipment: all((one) => one.transactions.some((each) => each.kind === 'AUTHORIZATION') && one.fulfillments.length > 0),
      capturedInParts: all((one) => one.transactions.filter((each) => each.kind === 'CAPTURE').length > 1),
      edited: all((one) => one.edited),
      cancelled: all((one) => one.cancelledAt !== null),
      partlyRefunded: all((one) => one.refunds.length > 0 && one.cancelledAt === null),
      inParcels: all((one) => one.fulfillments.length > 1),
      preOrders: all((one) => one.tags.includes('pre-order')),
      tests: all((one) => one.test),
      ofManyLines: all((one) => one.lines.length >= 100),
      lineDiscounts: all((one) => one.lines.some((line) => line.discounts.some((each) => !each.acrossCart))),
      codes: all((one) => one.lines.some((line) => line.discounts.some((each) => each.code !== null))),
      consolidated: [...world.erp.books.moves.all()].filter((move) => (move.invoiceOrigin ?? '').includes(',')).length,
      creditNotes: [...world.erp.books.moves.all()].filter((move) => move.moveType === 'out_refund').length,
      ofTheOtherShop: [...world.erp.books.sales.all()].filter((sale) => sale.clientOrderRef?.startsWith('UK-')).length,
      madeAnew: [...world.erp.books.sales.all()].filter((sale) => sale.state === 'cancel').length,
      archived: [...world.erp.books.partners.all()].filter((partner) => !partner.active).length,
    }
    expect(Object.entries(figures).filter(([, count]) => count === 0)).toEqual([])
  }, patient)
})

describe('an outage', () => {
  it('holds everything up, and the integration catches up within a minute and makes nothing twice', () => {
    const world = aWorld({ ordersPerDay: 400 })
    world.advance(startAt + 5 * hour)
    world.pull('erp-down', startAt + 5 * hour)
    world.advance(startAt + 7 * hour - 5 * minute)
    const waiting = auditNow(world, startAt + 7 * hour - 5 * minute).filter((one) => one.rule === 'F02-paid-order-missing')
    expect(waiting.length).toBeGreaterThan(10)
    world.pull('erp-down', startAt + 7 * hour)
    world.advance(startAt + 7 * hour + minute)
    const numbers = new Set(waiting.map((one) => one.key))
    expect(auditNow(world, startAt + 7 * hour + minute).filter((one) => one.rule.startsWith('F02') && numbers.has(one.key))).toEqual([])
  })
})

describe('the levers', () => {
  it('are each pulled by name, and a switch is mended by pulling it again', () => {
    const world = aWorld()
    for (const { name, kind } of world.levers) {
      const at = (world.nextAt() ?? startAt) + minute
      world.pull(name, at)
      if (kind === 'once') continue
      expect(world.levers.find((lever) => lever.name === name)).toMatchObject({ on: true })
      world.pull(name, at + minute)
      expect(world.levers.find((lever) => lever.name === name)).toMatchObject({ on: false })
    }
    expect(() => world.pull('nothing', startAt + day)).toThrow('There is no lever nothing')
  })

  it('leave nothing wrong that is not in the truth, whatever is pulled and when', () => {
    const names = aWorld().levers.map((lever) => lever.name)
    const pulls = fc.array(fc.record({ lever: fc.constantFrom(...names), afterMs: fc.integer({ min: minute, max: 5 * hour }) }), { maxLength: 8 })
    fc.assert(fc.property(fc.integer({ min: 1, max: 1_000_000 }), pulls, (seed, pulled) => {
      const world = aWorld({ seed, ordersPerDay: 60 })
      const watch = openWatch(world)
      let at = startAt + 2 * hour
      for (const { lever, afterMs } of pulled) world.pull(lever, (at += afterMs))
      for (const lever of world.levers) if (lever.on) world.pull(lever.name, (at += minute))
      for (let now = at + 30 * minute; now < at + 6 * hour; now += 30 * minute) {
        world.advance(now)
        watch.look(now)
      }
      expect(unexplained({ truth: world.truth(), end: at, spells: watch.spells(0) }, 30 * minute)).toEqual([])
    }), { numRuns: 8 })
  }, patient)
})
