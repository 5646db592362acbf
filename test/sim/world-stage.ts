/** The lying world as a stage: its shop behind Shopify's API, its ERP behind Odoo's, and a monitor that was told what both agreed on. */
import { pairSchema, pairSettingsSchema } from '../../src-main/domain/pair.ts'
import { type Instant, hours } from '../../src-main/domain/time.ts'
import { termsOf } from '../../src-main/demo/terms.ts'
import { connectorFor } from '../../src-main/engine/connectors/registry.ts'
import { catalogue } from '../../src-main/engine/reconcile/registry.ts'
import { scenarios } from '../../src-main/world/scenarios/registry.ts'
import { patternOf } from '../../src-main/world/scenarios/scenario.ts'
import { type Climate, type Manners, type Weathered, roughClimate, weathered } from '../../src-main/world/wire/weather.ts'
import { type Crowd, crowded, nobody, roughCrowd } from '../../src-main/world/wire/odoo/crowd.ts'
import { odooManners } from '../../src-main/world/wire/odoo/manners.ts'
import { odooServer } from '../../src-main/world/wire/odoo/server.ts'
import { outlookOf } from '../../src-main/world/wire/outlook.ts'
import { shopifyManners } from '../../src-main/world/wire/shopify/manners.ts'
import { shopifyServer } from '../../src-main/world/wire/shopify/server.ts'
import { calendarOf } from '../../src-main/world/business/calendar.ts'
import { openWorld } from '../../src-main/world/open-world.ts'
import type { Server } from '../../src-main/world/wire/exchange.ts'
import type { World } from '../../src-main/world/world.ts'
import { dice } from './chance.ts'
import { deskScenarios } from './desk/desk.ts'
import { namedBy } from './plan.ts'
import type { ScenarioScore } from './score.ts'
import { type Skies, fairSkies, skiesOf } from './skies.ts'
import type { OpenStage, Stage, Standing } from './stage.ts'
import { inTurns } from './turns.ts'

/** An ordinary merchant's day. */
const ordersPerDay = 400
const faultRate = 0.05
const twinRate = 0.05
/** More, and there would be hardly an order left that is only what it is. */
const maxFaultRate = 0.25

/** Merchants run all that are supported: each seed's is another, and answers otherwise. */
const versions = [16, 17, 18, 19] as const

/** So many merchants' ERPs round a tax over the whole document, where the shop rounds each line. */
const roundsGlobally = 0.4

const shopOrigin = 'https://plum.myshopify.com'
const erpOrigin = 'https://plum.odoo.example'
const clientId = 'simulated-client'
const clientSecret = 'simulated-client-secret'
const scopes = ['read_orders', 'read_all_orders', 'read_products', 'read_inventory', 'read_locations', 'read_customers', 'read_fulfillments', 'write_merchant_managed_fulfillment_orders', 'read_returns', 'read_shopify_payments_accounts', 'read_shopify_payments_payouts', 'write_inventory']

/** Of the lying world, and of what befalls the monitor itself. */
export function scenarioNames(): readonly string[] {
  return [...scenarios, ...deskScenarios].map((scenario) => scenario.name).toSorted()
}

/** All that a run may plant, with nothing counted yet. */
export function scenariosAsked(scenario: string | null): readonly ScenarioScore[] {
  const names = new Set(scenario === null ? scenarioNames() : namedBy(scenario, scenarioNames()))
  const none = { planted: 0, found: 0, late: 0, missed: 0, excused: 0, falseAlarms: 0, causeRight: 0, causeOpen: 0, causeWrong: 0, amountRight: 0, amountWrong: 0 } as const
  return [...scenarios, ...deskScenarios.map((one) => ({ ...one, critical: false }))]
    .filter(({ name }) => names.has(name))
    .map((one) => ({ ...none, name: one.name, pattern: patternOf(one), critical: one.critical, status: one.rules.some((rule) => catalogue.has(rule)) ? 'live' : 'pending' }))
}

/** Every scenario; or one alone and more often; or those of one pattern, so often that each has its turn within a day; or each in its turn. */
export function worldStage(scenario: string | null, { faults = null, errors = 0, weather = false, turns = 0 }: Ills = {}): OpenStage {
  const skies = ({ seed, startsAt }: Given): Skies => worse(weather ? skiesOf(seed, startsAt) : fairSkies, errors)
  if (turns > 0) {
    // what befalls a whole side takes hours each, and hides what the others show: it is played when it is named
    const names = scenario === null ? companionable() : worldNames(namedBy(scenario, scenarioNames()))
    return (given) => stageOf(given, { names, faultRate: 0, twinRate: 0, turns, skies: skies(given) })
  }
  if (scenario === null) return (given) => stageOf(given, { names: 'all', faultRate: faults ?? faultRate, twinRate: faults ?? twinRate, skies: skies(given) })
  const names = worldNames(namedBy(scenario, scenarioNames()))
  const often = Math.min(maxFaultRate, faultRate * (names.length + 1))
  return (given) => stageOf(given, { names, faultRate: faults ?? often, twinRate: faults ?? twinRate, skies: skies(given) })
}

function companionable(): readonly string[] {
  return scenarios.flatMap((one) => (one.kind === 'world' && one.alone ? [] : [one.name]))
}

/** Of those that were asked for, what the world plays; what befalls the monitor itself is played before it. */
function worldNames(names: readonly string[]): readonly string[] {
  return names.filter((name) => scenarios.some((one) => one.name === name))
}

/** What a run may have otherwise than usual. */
interface Ills {
  readonly faults?: number | null
  readonly errors?: number
  /** The seed's own, and not only what the scenarios bring. */
  readonly weather?: boolean
  /** Each is played so often, and none by chance. */
  readonly turns?: number
}

/** Orders that never arrive, on bad lines: what repairs are tried on. */
export function enduringStage(): OpenStage {
  const missing = scenarios.filter(({ kind, rules }) => kind === 'order' && /^F02-(?:paid-)?order-missing$/.test(rules[0] ?? ''))
  return (given) => stageOf(given, { names: missing.map((one) => one.name), faultRate: 0.3, twinRate, skies: { ...fairSkies, climate: { shop: roughClimate, erp: roughClimate } }, crowd: roughCrowd })
}

interface Business {
  readonly names: 'all' | readonly string[]
  readonly faultRate: number
  readonly twinRate: number
  readonly skies: Skies
  /** Left out: all comes by chance. */
  readonly turns?: number
  /** Left out: the monitor has the ERP to itself. */
  readonly crowd?: Crowd
}

type Given = Parameters<OpenStage>[0]

/** Calls that end in an error that passes by itself, over and above. */
function worse(skies: Skies, errors: number): Skies {
  if (errors === 0) return skies
  const more = (climate: Climate): Climate => ({ ...climate, odds: { ...climate.odds, 'server-error': (climate.odds['server-error'] ?? 0) + errors } })
  return { ...skies, climate: { shop: more(skies.climate.shop), erp: more(skies.climate.erp) } }
}

function stageOf({ seed, startsAt, now }: Given, { names, faultRate: faults, twinRate: twins, skies, turns = 0, crowd = nobody }: Business): Stage {
  const { clockOffsetMs, restoreRate, indexLag } = skies
  // a past is one in which all went well, and has no cents that are apart
  const erpRounding = skies.past === 0 && dice(seed, 'rounding of the ERP')() < roundsGlobally ? 'round_globally' : 'round_per_line'
  const world = openWorld({ seed, startAt: startsAt - skies.past, erpRounding, ordersPerDay, scenarios: names, faultRate: faults, twinRate: twins, faultsFrom: startsAt, clockOffsetMs })
  world.advance(startsAt)
  const advance = turns === 0 ? world.advance : inTurns({
    world, calendar: calendarOf(world.agreement.zone), scenarios: scenarios.filter(({ name }) => names.includes(name)), startsAt, turns, fraction: dice(seed, 'turns'),
  })
  const monitor = monitorOf(world)
  const skyOver = (side: 'shop' | 'erp', manners: Manners, server: Server): Weathered =>
    weathered({ server, climate: skies.climate[side], now, fraction: dice(seed, `weather of ${side}`), manners, outlook: () => outlookOf(world, side) })
  const shopWeather = skyOver('shop', shopifyManners, (request) => serveShop(request))
  const erpWeather = skyOver('erp', odooManners, (request) => serveErp(request))
  const serveShop = shopifyServer({ shop: world.shop, now: shopWeather.now, apps: [{ id: clientId, secret: clientSecret, scopes }], restoreRate, indexLagMs: indexLag, origin: shopOrigin })
  const serveErp = odooServer({ erp: world.erp, version: versions[seed % versions.length] ?? 18, now: erpWeather.now, interrupt: crowded(crowd, dice(seed, 'others in the ERP')) })
  return {
    skies: skies.says,
    indexLag,
    advance,
    truth: () => world.truth(),
    shop: {
      connection: { id: 'shop', platform: 'shopify', role: 'shop', label: 'Plum', settings: { shop: 'plum.myshopify.com', orderNumber: 'name', currency: 'customer' } },
      secrets: { clientId, clientSecret },
      origin: shopOrigin,
      weather: shopWeather,
    },
    erp: {
      connection: { id: 'erp', platform: 'odoo', role: 'erp', label: 'Odoo', settings: { baseUrl: `${erpOrigin}/`, database: world.erp.books.database, user: monitor.login } },
      secrets: { apiKey: monitor.key },
      origin: erpOrigin,
      weather: erpWeather,
    },
    pair: pairOf(world, startsAt),
    connectorOf: connectorFor,
    standing: () => standingIn(world, monitor.id),
  }
}

/** The monitor's own user, who may repair. */
function monitorOf(world: World): { readonly id: number; readonly login: string; readonly key: string } {
  const user = [...world.erp.books.users.all()].find(({ login }) => login === world.agreement.actors.monitor)
  if (user?.apiKey === undefined || user.apiKey === null) throw new Error('the world has no user for a monitor')
  return { id: user.id, login: user.login, key: user.apiKey }
}

function pairOf(world: World, startsAt: Instant): Stage['pair'] {
  return pairSchema.parse({
    id: 'pair',
    shop: 'shop',
    erp: 'erp',
    settings: pairSettingsSchema.parse({ ...termsOf(world), since: new Date(startsAt - hours(1)).toISOString() }),
  })
}

/** Sales under the shop's numbers. */
function standingIn(world: World, monitor: number): readonly Standing[] {
  const pattern = new RegExp(world.agreement.reference)
  const counts = new Map<string, { count: number; byUs: number }>()
  for (const sale of world.erp.books.sales.all()) {
    const number = pattern.exec(sale.clientOrderRef ?? '')?.groups?.['number']
    if (number === undefined || sale.state === 'cancel') continue
    const known = counts.get(number) ?? { count: 0, byUs: 0 }
    counts.set(number, { count: known.count + 1, byUs: known.byUs + (sale.createdBy === monitor ? 1 : 0) })
  }
  return [...counts].map(([number, one]) => ({ number, ...one }))
}
