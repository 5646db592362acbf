/** Opens the lying world: a business from a seed, an integration that works by itself, and the faults that are asked for. */
import type { ErpRounding } from './erp/erp.ts'
import { openErp } from './erp/open-erp.ts'
import { openShop } from './shop/open-shop.ts'
import { openTruth } from './truth.ts'
import type { Agreement, Instant, Weather, World } from './world.ts'
import { openAgenda } from './business/agenda.ts'
import { calendarOf, day } from './business/calendar.ts'
import { compose, gatewayOf, type Wish } from './business/carts.ts'
import { catalogue } from './business/catalogue.ts'
import { diceOf } from './business/dice.ts'
import { furnish, homeMarket, logins, stockBuffer } from './business/house.ts'
import { place } from './business/life.ts'
import { euroWorth, markets, type RateClass, served, taxesIn } from './business/markets.ts'
import { openPeople } from './business/people.ts'
import type { Case, Script, Stage } from './business/stage.ts'
import { startTraffic } from './business/traffic.ts'
import { startWarehouse } from './business/warehouse.ts'
import { startBillingRun } from './integration/month.ts'
import { startStockSync } from './integration/stock.ts'
import { openLevers } from './levers.ts'
import { openPlay } from './scenarios/play.ts'

export interface WorldOptions {
  readonly seed: number
  readonly startAt: Instant
  readonly ordersPerDay: number
  /** No new orders after so many days; left out: without end. */
  readonly days?: number
  /** Which scenarios may happen; left out: none. Throws for a name that nobody knows. */
  readonly scenarios?: 'all' | readonly string[]
  /** Faults for each order that is placed: 0.02 is one in fifty orders. */
  readonly faultRate?: number
  /** The same for what only looks like a fault. */
  readonly twinRate?: number
  /** Until then all goes well: a past in which nobody made a mistake. Left out: there is none. */
  readonly faultsFrom?: Instant
  readonly zone?: string
  readonly domain?: string
  readonly database?: string
  readonly company?: string
  /** How many times faster than in life an order goes its way; 1 when left out. */
  readonly pace?: number
  /** Shelves counted in an hour beside those of an ordinary day; none when left out. */
  readonly countsPerHour?: number
  /** How the ERP's company rounds; by the line when left out, as the shop does. */
  readonly erpRounding?: ErpRounding
  /** Of the first order. */
  readonly firstNumber?: number
  /** What each platform's clock is ahead by, day in, day out; both are right when left out. */
  readonly clockOffsetMs?: { readonly shop: number; readonly erp: number }
}

/** The zone that the merchant lives in unless told otherwise. */
const zoneByDefault = 'Europe/Paris'

export function openWorld(options: WorldOptions): World {
  const stage = openStage(options)
  const people = openPeople(stage.shop, stage.dice('people'), markets, stage.shopNow())
  const agreement: Agreement = { ...stage.agreement, billedMonthly: people.billedMonthly }
  let arrivals = 0

  function arrive(wish: Wish, script: (one: Case) => Script | null): Case | null {
    arrivals += 1
    const dice = stage.dice('order', arrivals)
    const cart = compose(stage, people, dice, wish)
    return cart.checkout.lines.length === 0 ? null : place(stage, cart, dice, script)
  }

  const play = openPlay(stage, options, arrive)
  const levers = openLevers(stage, play)
  startWarehouse(stage, options.countsPerHour)
  startStockSync(stage)
  startBillingRun(stage)
  const until = options.days === undefined ? null : options.startAt + options.days * day
  startTraffic(stage, { ordersPerDay: options.ordersPerDay, until, arrives: () => play.order() })
  return {
    shop: stage.shop,
    erp: stage.erp,
    weather: stage.weather,
    agreement,
    advance: (to) => stage.agenda.advance(to),
    nextAt: () => stage.agenda.nextAt(),
    truth: () => stage.truth.read(),
    get levers() {
      return levers.list()
    },
    pull: (lever, at) => levers.pull(lever, at),
    stage: (scenario, twin = false) => play.stage(scenario, twin),
  }
}

function openStage(options: WorldOptions): Stage {
  const agenda = openAgenda(options.startAt, options.pace)
  const weather = clearWeather(options.clockOffsetMs)
  const desk: Stage['desk'] = { market: homeMarket() }
  const classes = new Map<number, RateClass>()
  const agreement = agreementOf(options)
  const shop = openShop({
    domain: options.domain ?? 'plum.myshopify.com',
    currency: 'EUR',
    firstNumber: options.firstNumber ?? 1001,
    shopRate: (currency) => euroWorth(currency),
    taxes: {
      get taxesIncluded() {
        return desk.market.taxesIncluded
      },
      rounding: 'per-line',
      raisedOn: (_country, variantId) =>
        taxesIn(desk.market, variantId === 'shipping' ? (desk.market.shippingTaxed ? 'standard' : 'none') : (classes.get(variantId) ?? 'standard')),
    },
  })
  const erp = openErp({
    database: options.database ?? 'plum', company: options.company ?? 'Plum SARL', currency: 'EUR', rounding: options.erpRounding ?? 'round_per_line', at: options.startAt,
  })
  const levelsAt = shop.books.levels.index((level) => [`${level.variantId}@${level.locationId}`])
  const house = furnish(shop, erp, diceOf(options.seed, 'house'), options.startAt)
  for (const article of house.articles) classes.set(article.variant.id, article.facts.rateClass)
  return {
    seed: options.seed, shop, erp, agenda, weather, agreement, house, desk, classes,
    calendar: calendarOf(agreement.zone),
    truth: openTruth(agenda.now),
    cases: new Map(), waiting: new Set(), frozen: new Set(), mended: new Set(), dirty: new Set(), stopped: new Set(), inflow: { lastAt: options.startAt, excused: [] }, sync: { brought: 0 }, met: new Set(), rounded: new Map(), held: [],
    partners: new Map(), unbilled: new Map(),
    levelOf: (article, here) => levelsAt(`${article.variant.id}@${here.location.id}`)[0] ?? null,
    shopNow: () => agenda.now() + weather.clockOffsetMs.shop,
    erpNow: () => agenda.now() + weather.clockOffsetMs.erp,
    dice: (...purpose) => diceOf(options.seed, ...purpose),
  }
}

function clearWeather({ shop, erp } = { shop: 0, erp: 0 }): Weather {
  return {
    erpDown: false, shopDown: false, shopThrottled: false, erpThrottled: false, shopRefusesKey: false, erpRefusesKey: false,
    errorShare: { shop: 0, erp: 0 }, silenceShare: { shop: 0, erp: 0 }, streamDown: { shop: new Set(), erp: new Set() },
    streamSlowMs: { shop: new Map(), erp: new Map() },
    clockOffsetMs: { shop, erp },
  }
}

function agreementOf(options: WorldOptions): Agreement {
  return {
    reference: '^(?<store>[A-Z]{2})-(?<number>\\d+)$',
    store: 'FR',
    zone: options.zone ?? zoneByDefault,
    due: { klarna: 'authorised', bank_deposit: 'placed', cash_on_delivery: 'placed', manual: 'placed', gift_card: 'placed', '*': 'captured' },
    locations: { LYO: 'Lyon', GNT: 'Gent' },
    stockBuffer,
    stockShare: 1,
    stockTargetMinutes: 15,
    graceMinutes: 15,
    packs: Object.fromEntries(catalogue.filter((one) => one.pack > 1).map((one) => [one.sku, one.pack])),
    kits: Object.fromEntries(catalogue.filter((one) => one.parts.length > 0).map((one) => [one.sku, one.parts])),
    actors: { integration: logins.integration, people: logins.people, monitor: logins.monitor },
    shippingSku: 'DELIVERY',
    markets: [...new Set(served.map((market) => market.country))],
    gateways: Object.values(gatewayOf).filter((gateway) => gateway !== null),
    channels: ['web', 'pos', 'amazon'],
    shippingMethods: ['Colissimo', 'DPD'],
    discountCodes: ['BIENVENUE25', 'MERCI'],
    statuses: { draft: 'draft', sent: 'draft', sale: 'open', cancel: 'cancelled' },
    taxTitles: [...new Set(served.flatMap((market) => market.taxes.map((tax) => tax.title)))],
    billedMonthly: [],
    testMarks: ['test'],
    promisedAttribute: 'promised_at',
    sharedEmails: ['no-reply@marketplace.example'],
  }
}
