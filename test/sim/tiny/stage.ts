/** A business of orders alone, over tiny platforms: what is planted, by order number, follows from the seed. */
import { type Instant, hours, minutes, seconds } from '../../../src-main/domain/time.ts'
import { Decimal } from '../../../src-main/world/decimal.ts'
import { type Climate, fairClimate, weathered } from '../../../src-main/world/wire/weather.ts'
import type { Innocent, Planted } from '../../../src-main/world/world.ts'
import { aPair, anOrder } from '../../support/builders.ts'
import { dice } from '../chance.ts'
import type { OpenStage, Stage } from '../stage.ts'
import { tinyBooks } from './books.ts'
import { tinyShop } from './connectors.ts'
import { type ErpSide, type OpenErpSide, tinyManners, tinySide } from './erp-sides.ts'

export interface TinyOptions {
  readonly climate?: Climate
  /** Of the ERP's side alone, where it differs. */
  readonly erpClimate?: Climate
  /** Out of 1: orders that never reach the ERP, that reach it twice, and that reach it late but within the grace. */
  readonly lost?: number
  readonly doubled?: number
  readonly tardy?: number
  readonly everyMs?: number
  /** As tiny as the shop, unless it is another. */
  readonly erp?: OpenErpSide
}

const graceMinutes = 10
const origins = { shop: 'http://127.0.0.1:4001', erp: 'http://127.0.0.1:4002' } as const

export function tinyStage(options: TinyOptions = {}): OpenStage {
  return ({ seed, startsAt, now }) => {
    let time = startsAt
    const shop = tinyBooks(() => time, null)
    const erp = (options.erp ?? tinySide)(() => time, startsAt, origins.erp)
    const business = openBusiness(options, dice(seed, 'business'), startsAt, shop, erp)
    const climate = options.climate ?? fairClimate
    const erpWeather = weathered({
      server: (request) => serveErp(request),
      climate: options.erpClimate ?? climate,
      now,
      fraction: dice(seed, 'weather of erp'),
      manners: erp.manners,
    })
    const serveErp = erp.serve(erpWeather.now, dice(seed, 'others in the ERP'))
    return {
      skies: 'as the stage was asked for',
      indexLag: 0,
      advance(to) {
        business.until(to, (at) => {
          time = Math.max(time, at)
        })
      },
      truth: business.truth,
      shop: {
        connection: { id: 'shop', platform: tinyShop.id, role: 'shop', label: 'Tiny shop', settings: { origin: origins.shop } },
        secrets: {},
        origin: origins.shop,
        weather: weathered({ server: shop.serve, climate, now, fraction: dice(seed, 'weather of shop'), manners: tinyManners }),
      },
      erp: {
        connection: { id: 'erp', platform: erp.connector.id, role: 'erp', label: 'Tiny ERP', settings: { ...erp.settings } },
        secrets: erp.secrets,
        origin: origins.erp,
        weather: erpWeather,
      },
      pair: aPair({ settings: { graceMinutes, since: new Date(startsAt - hours(1)).toISOString() } }),
      connectorOf: (platform) => [tinyShop, erp.connector].find((one) => one.id === platform) ?? null,
      standing: erp.standing,
    }
  }
}

interface Business {
  /** Everything that happens by then, in order; `reach` is told of each moment before it does. */
  until(to: Instant, reach: (at: Instant) => void): void
  truth: Stage['truth']
}

function openBusiness(options: TinyOptions, roll: () => number, startsAt: Instant, shop: ReturnType<typeof tinyBooks>, erp: ErpSide): Business {
  const planted: Planted[] = []
  const innocents: Innocent[] = []
  const due: { readonly at: Instant; readonly call: () => void }[] = []
  let orders = 0

  function plant(scenario: string, rule: string, number: string, at: Instant, findableAt: Instant, minor: number): void {
    const amount = { value: new Decimal(minor).div(100), currency: 'EUR' }
    planted.push({ scenario, pattern: 'F02', rule, subject: { kind: 'order', key: number }, amount, cause: null, critical: true, plantedAt: at, findableAt, healedAt: null })
  }

  function place(at: Instant): void {
    const number = String(1001 + orders)
    const email = `buyer-${number}@example.com`
    orders += 1
    shop.put(anOrder({ number, placedAt: at, customer: { id: `cus_${number}`, email }, payment: { captures: [{ at, amount: 2400 }], authorisedAt: at } }))
    erp.customer(email, at)
    const arrives = at + seconds(30) + Math.floor(minutes(3) * roll())
    const enter = (moment: Instant): void => void due.push({ at: moment, call: () => erp.enter(number, email, moment) })
    const fate = roll()
    const lost = options.lost ?? 0.01
    const doubled = lost + (options.doubled ?? 0.01)
    const tardy = doubled + (options.tardy ?? 0.02)
    if (fate < lost) plant('order lost', 'F02-paid-order-missing', number, at, at, 2400)
    else if (fate < doubled) {
      enter(arrives)
      enter(arrives + minutes(1))
      plant('order doubled', 'F02-duplicate-erp-order', number, at, arrives + minutes(1), -2400)
    } else if (fate < tardy) {
      enter(at + minutes(graceMinutes - 1))
      innocents.push({ scenario: 'order lost', subject: { kind: 'order', key: number }, because: 'It is late, and within the grace.' })
    } else enter(arrives)
    const next = at + 1000 + Math.floor((options.everyMs ?? minutes(4)) * 2 * roll())
    due.push({ at: next, call: () => place(next) })
  }

  due.push({ at: startsAt + minutes(1), call: () => place(startsAt + minutes(1)) })
  return {
    until(to, reach) {
      for (;;) {
        due.sort((left, right) => left.at - right.at)
        if ((due[0]?.at ?? Infinity) > to) break
        const next = due.shift()
        if (next === undefined) break
        reach(next.at)
        next.call()
      }
      reach(to)
    },
    truth: () => ({ planted, innocents, excused: [], orders, cleanOrders: orders - planted.length }),
  }
}
