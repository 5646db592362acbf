/** The demo's stage: a business that is in full swing, its shop and its ERP on loopback ports, and time that passes. */
import type { DemoSeam, LeverBoard } from '../contract/demo.ts'
import { minutes } from '../domain/time.ts'
import { openWorld } from '../world/open-world.ts'
import { diceOf } from '../world/business/dice.ts'
import { erpKeys } from '../world/business/house.ts'
import type { Server } from '../world/wire/exchange.ts'
import { type Loopback, serveOnLoopback } from '../world/wire/loopback.ts'
import { odooManners } from '../world/wire/odoo/manners.ts'
import { odooServer } from '../world/wire/odoo/server.ts'
import { outlookOf } from '../world/wire/outlook.ts'
import { shopifyManners } from '../world/wire/shopify/manners.ts'
import { shopifyServer } from '../world/wire/shopify/server.ts'
import { scenarios } from '../world/scenarios/registry.ts'
import { type Manners, fairClimate, weathered } from '../world/wire/weather.ts'
import type { World } from '../world/world.ts'
import { openBoard } from './board.ts'
import { zoneOfMorning } from './morning.ts'
import { termsOf } from './terms.ts'

export interface Stage {
  readonly seam: DemoSeam
  pull(lever: string): void
  close(): Promise<void>
}

export interface StageOptions {
  readonly seed: number
  readonly boardChanged: (board: LeverBoard) => void
}

/** What has happened before the visitor comes: as much as is read in the first seconds. */
const history = minutes(75)
/** An order every quarter of a minute by day: with what each brings about, something happens every few seconds. */
const ordersPerDay = 4000
/** What takes minutes in life takes seconds here; hours of the day stay what they are. */
const pace = 30
/** Every twenty seconds somebody finds a few more or fewer on a shelf, and the shop follows: stock moves while one looks. */
const countsPerHour = 180
/** One order in so many goes wrong by itself, and one in so many only looks like it. */
const faultRate = 0.05
const twinRate = 0.05
const tickMs = 250
/** What befalls a whole side is left to the visitor's levers: a demo that opens on an outage shows nothing of what works. */
const byItself = scenarios.map(({ name }) => name).filter((name) => !/^F(?:03|11|12)-/.test(name))
/** What has gone wrong for certain before the visitor comes, oldest first: every panel of the overview has something to show. */
const opening = [
  { minutesAgo: 45, scenario: 'F05-home-rate-abroad' },
  { minutesAgo: 25, scenario: 'F02-order-lost-webhook' },
  { minutesAgo: 1, scenario: 'F01-sold-out-not-told' },
]
/** Worth nothing anywhere else: the shop that takes it is gone with this process. */
const accessToken = 'shpat_of-the-demo'
const scopes = ['read_orders', 'read_all_orders', 'read_products', 'read_inventory', 'read_locations', 'read_customers', 'read_fulfillments', 'write_merchant_managed_fulfillment_orders', 'read_returns', 'read_shopify_payments_accounts', 'read_shopify_payments_payouts', 'write_inventory']

export async function openStage({ seed, boardChanged }: StageOptions): Promise<Stage> {
  const openedAt = Date.now()
  const zone = zoneOfMorning(openedAt)
  const world = openWorld({ seed, startAt: openedAt - history, ordersPerDay, scenarios: byItself, faultRate, twinRate, zone, pace, countsPerHour })
  for (const { minutesAgo, scenario } of opening) {
    world.advance(openedAt - minutes(minutesAgo))
    world.stage(scenario)
  }
  world.advance(openedAt)
  const [shop, erp] = await Promise.all([serve(world, 'shop', seed), serve(world, 'erp', seed)])
  const board = openBoard(world)
  let reached = Date.now()
  const ticking = setInterval(() => {
    // a clock that is set back lets the world stand still, as time does not go back there
    reached = Math.max(reached, Date.now())
    world.advance(reached)
    if (board.look()) boardChanged(board.view())
  }, tickMs)
  boardChanged(board.view())

  return {
    seam: seamOf(world, shop.url, erp.url),
    pull(lever) {
      board.pull(lever, Date.now())
      boardChanged(board.view())
    },
    async close() {
      clearInterval(ticking)
      await Promise.all([shop.close(), erp.close()])
    },
  }
}

async function serve(world: World, side: 'shop' | 'erp', seed: number): Promise<Loopback> {
  const dice = diceOf(seed, 'weather', side)
  const manners: Manners = side === 'shop' ? shopifyManners : odooManners
  let platform: Server | null = null
  const weather = weathered({
    // nobody knows the address, and asks, before it is served
    server: (request) => (platform === null ? { kind: 'silence' } : platform(request)),
    climate: { ...fairClimate, delayMs: [5, 30] },
    now: () => Date.now(),
    fraction: () => dice.int(0, 999_999) / 1_000_000,
    manners,
    outlook: () => outlookOf(world, side),
  })
  const loopback = await serveOnLoopback(weather.serve)
  platform =
    side === 'shop'
      ? shopifyServer({ shop: world.shop, now: weather.now, accessTokens: { [accessToken]: scopes }, restoreRate: 1000, origin: loopback.url })
      : odooServer({ erp: world.erp, version: 18, now: weather.now })
  return loopback
}

/** Both sides are read every few seconds, and a change is seen on either at its next reading. */
const stockTargetMinutes = 2

/** A visitor waits for minutes, not for the better part of an hour. */
const impatient = {
  'F11-flow-stopped': { params: { minutesMin: 1 } },
  'F11-documents-stopped': { params: { minutesMin: 1, timesUsual: 1 } },
}

/** What a person would enter who connects both. The grace is what the pace makes of the business's own. */
function seamOf(world: World, shopUrl: string, erpUrl: string): DemoSeam {
  const { agreement, erp } = world
  const terms = termsOf(world)
  return {
    shop: { id: 'shop', platform: 'shopify', label: 'Demo shop', settings: { shop: shopUrl, orderNumber: 'name', currency: 'customer' }, secrets: { accessToken } },
    erp: {
      id: 'erp',
      platform: 'odoo',
      label: 'Demo ERP',
      settings: { baseUrl: erpUrl, database: erp.books.database, user: agreement.actors.monitor },
      secrets: { apiKey: erpKeys.monitor },
    },
    pair: { ...terms, stockTargetMinutes, graceMinutes: agreement.graceMinutes / pace, rules: { ...terms.rules, ...impatient } },
  }
}
