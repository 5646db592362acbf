/** A business of orders alone, over the tiny platforms: what is planted, by order number, follows from the seed. */
import { type Instant, hours, minutes, seconds } from '../../../src-main/domain/time.ts'
import { recordSchema } from '../../../src-main/domain/records.ts'
import { type Climate, type Manners, fairClimate, weathered } from '../../../src-main/world/wire/weather.ts'
import { Decimal } from '../../../src-main/world/decimal.ts'
import type { Innocent, Planted } from '../../../src-main/world/world.ts'
import { aPair, anErpOrder, anOrder } from '../../support/builders.ts'
import { dice } from '../chance.ts'
import type { OpenStage, Stage, StagedConnection, Standing } from '../stage.ts'
import { type TinyBooks, tinyBooks } from './books.ts'
import { tinyErp, tinyShop } from './connectors.ts'

export interface TinyOptions {
  readonly climate?: Climate
  /** Of the ERP's side alone, where it differs. */
  readonly erpClimate?: Climate
  /** Out of 1: orders that never reach the ERP, that reach it twice, and that reach it late but within the grace. */
  readonly lost?: number
  readonly doubled?: number
  readonly tardy?: number
  readonly everyMs?: number
}

const graceMinutes = 10

const tinyManners: Manners = {
  writes: (request) => request.method === 'POST',
  streamOf: () => null,
  refuseKey: () => ({ kind: 'answer', status: 401, headers: {}, body: '{}' }),
}

export function tinyStage(options: TinyOptions = {}): OpenStage {
  return ({ seed, startsAt, now }) => {
    const roll = dice(seed, 'business')
    let time = startsAt
    const shop = tinyBooks(() => time, null)
    let made = 0
    const erp: TinyBooks = tinyBooks(() => time, (record) => {
      made += 1
      return { ...recordSchema.parse(JSON.parse(record)), id: `ours-${made}` }
    })
    const planted: Planted[] = []
    const innocents: Innocent[] = []
    const due: { readonly at: Instant; readonly call: () => void }[] = []
    let orders = 0

    function place(at: Instant): void {
      const number = String(1001 + orders)
      orders += 1
      shop.put(anOrder({ number, placedAt: at, customer: { id: `cus_${number}`, email: `buyer-${number}@example.com` }, payment: { captures: [{ at, amount: 2400 }], authorisedAt: at } }))
      const arrives = at + seconds(30) + Math.floor(minutes(3) * roll())
      const fate = roll()
      const lost = options.lost ?? 0.01
      const doubled = lost + (options.doubled ?? 0.01)
      const tardy = doubled + (options.tardy ?? 0.02)
      const enter = (id: string, moment: Instant): void => {
        due.push({ at: moment, call: () => erp.put(anErpOrder({ id, number: id.toUpperCase(), references: [number], createdAt: moment, customerEmail: `buyer-${number}@example.com` })) })
      }
      const plant = (scenario: string, rule: string, findableAt: Instant, minor: number): void => {
        const amount = { value: new Decimal(minor).div(100), currency: 'EUR' }
        planted.push({ scenario, pattern: 'F02', rule, subject: { kind: 'order', key: number }, amount, cause: null, critical: true, plantedAt: at, findableAt, healedAt: null })
      }
      if (fate < lost) plant('order lost', 'F02-paid-order-missing', at, 2400)
      else if (fate < doubled) {
        enter(`so-${number}`, arrives)
        enter(`so-${number}-again`, arrives + minutes(1))
        plant('order doubled', 'F02-duplicate-erp-order', arrives + minutes(1), -2400)
      } else if (fate < tardy) {
        enter(`so-${number}`, at + minutes(graceMinutes - 1))
        innocents.push({ scenario: 'order lost', subject: { kind: 'order', key: number }, because: 'It is late, and within the grace.' })
      } else enter(`so-${number}`, arrives)
      due.push({ at: at + 1000 + Math.floor((options.everyMs ?? minutes(4)) * 2 * roll()), call: () => place(time) })
    }
    due.push({ at: startsAt + minutes(1), call: () => place(time) })

    const advance: Stage['advance'] = (to) => {
      for (;;) {
        due.sort((left, right) => left.at - right.at)
        const next = due[0]
        if (next === undefined || next.at > to) break
        due.shift()
        time = Math.max(time, next.at)
        next.call()
      }
      time = Math.max(time, to)
    }

    const staged = (books: TinyBooks, id: 'shop' | 'erp', climate: Climate): StagedConnection => {
      const origin = `http://127.0.0.1:${id === 'shop' ? 4001 : 4002}`
      return {
        connection: { id, platform: `tiny-${id}`, role: id, label: `Tiny ${id}`, settings: { origin } },
        secrets: {},
        origin,
        weather: weathered({ server: books.serve, climate, now, fraction: dice(seed, `weather of ${id}`), manners: tinyManners }),
      }
    }
    const climate = options.climate ?? fairClimate
    const clean = (): number => orders - planted.length
    return {
      advance,
      truth: () => ({ planted, innocents, excused: [], orders, cleanOrders: clean() }),
      shop: staged(shop, 'shop', climate),
      erp: staged(erp, 'erp', options.erpClimate ?? climate),
      pair: aPair({ settings: { graceMinutes, since: new Date(startsAt - hours(1)).toISOString() } }),
      connectorOf: (platform) => [tinyShop, tinyErp].find((one) => one.id === platform) ?? null,
      standing: () => standingIn(erp),
    }
  }
}

function standingIn(erp: TinyBooks): readonly Standing[] {
  const counts = new Map<string, { count: number; byUs: number }>()
  for (const { record } of erp.rows.values()) {
    if (record.kind !== 'erp-order') continue
    const number = record.references[0] ?? ''
    const known = counts.get(number) ?? { count: 0, byUs: 0 }
    counts.set(number, { count: known.count + 1, byUs: known.byUs + (record.id.startsWith('ours-') ? 1 : 0) })
  }
  return [...counts].map(([number, one]) => ({ number, ...one }))
}
