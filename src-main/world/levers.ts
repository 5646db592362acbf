/** What a visitor of the demo may break or mend by hand. */
import type { Instant, Lever, Planted } from './world.ts'
import { minute } from './business/calendar.ts'
import type { Flow, Stage } from './business/stage.ts'
import { excuseLate } from './scenarios/excuses.ts'
import type { Play } from './scenarios/play.ts'
import { patternOf } from './scenarios/scenario.ts'

export interface Levers {
  list(): readonly Lever[]
  pull(name: string, at: Instant): void
}

interface Switch {
  readonly name: string
  readonly title: string
  readonly says: string
  readonly on: (stage: Stage) => boolean
  readonly set: (stage: Stage, on: boolean) => void
  /** What a monitor should come to say while it is on. */
  readonly rule: string
  readonly subject: Planted['subject']
  /** What stands still meanwhile. */
  readonly holds?: Flow
}

function stops(flow: Flow, title: string, says: string, stream: string, rule: string): Switch {
  return {
    name: `${flow}-stopped`, title, says, rule, subject: { kind: 'stream', key: stream }, holds: flow,
    on: ({ stopped }) => stopped.has(flow),
    set: ({ stopped }, on) => {
      if (on) stopped.add(flow)
      else stopped.delete(flow)
    },
  }
}

const blind = 'F12-connection-blind'

const switches: readonly Switch[] = [
  {
    name: 'erp-down', title: 'ERP goes down', says: 'Nothing and nobody reaches the ERP until it is up again.', rule: blind, subject: { kind: 'connection', key: 'erp' }, holds: 'people',
    on: ({ weather }) => weather.erpDown, set: ({ weather }, on) => { weather.erpDown = on },
  },
  {
    name: 'shop-down', title: 'Shop goes down', says: 'The shop’s API answers nobody; customers still buy.', rule: blind, subject: { kind: 'connection', key: 'shop' }, holds: 'people',
    on: ({ weather }) => weather.shopDown, set: ({ weather }, on) => { weather.shopDown = on },
  },
  {
    name: 'shop-throttles', title: 'Shop throttles', says: 'The shop answers THROTTLED to nearly every call.', rule: 'F03-failed-calls', subject: { kind: 'connection', key: 'shop' },
    on: ({ weather }) => weather.shopThrottled, set: ({ weather }, on) => { weather.shopThrottled = on },
  },
  {
    name: 'erp-errors', title: 'ERP answers with errors', says: 'Two of five calls to the ERP end in a 5xx.', rule: 'F03-failed-calls', subject: { kind: 'connection', key: 'erp' },
    on: ({ weather }) => weather.errorShare.erp > 0, set: ({ weather }, on) => { weather.errorShare.erp = on ? 0.4 : 0 },
  },
  {
    name: 'key-revoked', title: 'Key to the ERP is revoked', says: 'The monitor’s key is refused.', rule: blind, subject: { kind: 'connection', key: 'erp' },
    on: ({ weather }) => weather.erpRefusesKey, set: ({ weather }, on) => { weather.erpRefusesKey = on },
  },
  {
    name: 'clock-drifts', title: 'ERP’s clock drifts', says: 'The ERP’s clock is five minutes ahead.', rule: 'F11-clock-differs', subject: { kind: 'connection', key: 'erp' },
    on: ({ weather }) => weather.clockOffsetMs.erp !== 0, set: ({ weather }, on) => { weather.clockOffsetMs.erp = on ? 5 * minute : 0 },
  },
  {
    name: 'vat-rounding', title: 'VAT rounding changed', says: 'The ERP rounds tax over the document, and the shop by the line.', rule: 'F05-tax-differs', subject: { kind: 'stream', key: 'orders' },
    on: ({ erp }) => erp.rounding === 'round_globally',
    set: (stage, on) => stage.erp.changeRounding(on ? 'round_globally' : 'round_per_line', stage.erpNow()),
  },
  stops('orders', 'Orders stop', 'The integration’s worker is dead: no order reaches the ERP.', 'orders', 'F11-flow-stopped'),
  stops('stock', 'Stock sync stops', 'The shop sells by the figures it has.', 'stock', 'F01-stock-sync-stopped'),
  stops('fulfilments', 'Parcels are not told', 'What the warehouse sends is not told to the shop.', 'fulfilments', 'F11-documents-stopped'),
  stops('invoices', 'Invoices stop', 'What is sent is not billed.', 'invoices', 'F11-documents-stopped'),
]

interface Once {
  readonly name: string
  readonly title: string
  readonly says: string
  readonly scenario: string
}

const onces: readonly Once[] = [
  { name: 'webhook-lost', title: 'Webhook lost', says: 'The next order never reaches the ERP.', scenario: 'F02-order-lost-webhook' },
  { name: 'order-twice', title: 'Duplicate order', says: 'The next order is made twice in the ERP.', scenario: 'F02-duplicate-retry' },
  { name: 'cancelled-in-shop', title: 'Order cancelled only in the shop', says: 'A customer cancels within the hour, and the ERP goes on.', scenario: 'F02-cancelled-only-in-shop' },
  { name: 'cancelled-in-erp', title: 'Order cancelled only in the ERP', says: 'Somebody cancels a paid order in the ERP within the hour.', scenario: 'F02-cancelled-only-in-erp' },
  { name: 'wrong-rate', title: 'Wrong VAT rate', says: 'The next order to Belgium is taxed at the French rate.', scenario: 'F05-home-rate-abroad' },
  { name: 'price-list-late', title: 'Price list replayed late', says: 'A price of last month comes back in the shop.', scenario: 'F08-price-list-replayed-late' },
  { name: 'count-corrected', title: 'Warehouse count corrected', says: 'A count finds fewer, and the shop is not told.', scenario: 'F01-count-down-not-told' },
  { name: 'sold-out', title: 'Sold out in the ERP', says: 'The last ones are gone, and the shop still shows some.', scenario: 'F01-sold-out-not-told' },
  { name: 'customer-twice', title: 'Duplicate customer', says: 'A guest becomes a second customer in the ERP.', scenario: 'F04-same-email' },
  { name: 'new-market', title: 'First order to Switzerland', says: 'An order from a market that is in no map.', scenario: 'F10-first-order-to-switzerland' },
]

export function openLevers(stage: Stage, play: Play): Levers {
  const labels = new Map<string, Planted>()

  function turn(one: Switch): void {
    const on = !one.on(stage)
    const label = labels.get(one.name)
    if (label !== undefined) {
      if (one.holds !== undefined) excuseLate(stage, one.holds, label.plantedAt)
      stage.truth.heal(label)
    }
    labels.delete(one.name)
    one.set(stage, on)
    // rounding shows on each order that it touches, and is labelled there
    if (on && one.rule !== 'F05-tax-differs') labels.set(one.name, stage.truth.plant(labelOf(stage, one)))
  }

  return {
    list: () => [
      ...switches.map(({ name, title, says, on }) => ({ name, title, says, kind: 'switch' as const, on: on(stage), plants: plantsOf(name) })),
      ...onces.map(({ name, title, says, scenario }) => ({ name, title, says, kind: 'once' as const, on: false, plants: scenario })),
    ],
    pull(name, at) {
      const once = onces.find((each) => each.name === name)
      const lasting = switches.find((each) => each.name === name)
      if (once === undefined && lasting === undefined) throw new Error(`There is no lever ${name}.`)
      stage.agenda.advance(Math.max(at, stage.agenda.now()))
      if (once !== undefined) play.stage(once.scenario, false)
      if (lasting !== undefined) turn(lasting)
    },
  }
}

function plantsOf(name: string): string {
  return `lever ${name}`
}

function labelOf(stage: Stage, { name, rule, subject }: Switch): Parameters<Stage['truth']['plant']>[0] {
  return {
    scenario: plantsOf(name), pattern: patternOf({ name: rule }), rule, subject, amount: null, cause: null, critical: false, findableAt: stage.agenda.now(),
  }
}
