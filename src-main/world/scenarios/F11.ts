/** Batch sync bottlenecks: a whole flow stands still, a stream is stale, a clock is off. */
import { hour, minute, second } from '../business/calendar.ts'
import type { Decimal } from '../decimal.ts'
import { figuresOf } from '../shop/figures.ts'
import { callOff, settleRefund } from '../business/changes.ts'
import type { Case, Flow, Stage } from '../business/stage.ts'
import { driftedShelves, excuseLate, excuseWhileStopped } from './excuses.ts'
import { inWorld, likeStopped, lostOf } from './hands.ts'
import { money, orderOf, type Tools, type WorldScenario } from './scenario.ts'

interface StopFacts {
  readonly name: string
  readonly says: string
  readonly twin: string
  readonly stream: string
  readonly lasts: readonly [from: number, to: number]
}

interface WholeStop extends StopFacts {
  readonly flow: Whole
}

/** Something rare is made, so that there is one that is held up. */
interface RareStop extends StopFacts {
  readonly flow: 'credits' | 'cancellations'
  readonly rule: string
  readonly make: (tools: Tools) => Rare | undefined
}

interface Rare {
  readonly one: Case
  /** What its order is out by while it is held up. */
  readonly atStake: Decimal
}

type Stop = WholeStop | RareStop

/** Many wait for these at a time, and are one matter together; of the rare ones each is its order's own. */
const wholeRules = {
  orders: 'F11-flow-stopped', stock: 'F01-stock-sync-stopped', fulfilments: 'F11-documents-stopped', invoices: 'F11-documents-stopped',
} as const
type Whole = keyof typeof wholeRules

/** Fewer that wait may each have been left out by themselves, and fewer shelves be mapped wrongly. */
const heldMin: Readonly<Record<Whole, number>> = { orders: 3, stock: likeStopped, fulfilments: 3, invoices: 3 }

/** From the first thing that is held up; what it makes late is its own, and excused. */
function stop(facts: Stop): WorldScenario {
  const { flow, stream, lasts } = facts
  // nobody sends, bills or counts at night: there would be nothing to hold up
  const atWork = flow !== 'orders' && !('make' in facts)
  return inWorld({
    name: facts.name, says: facts.says, twin: facts.twin, rules: ['rule' in facts ? facts.rule : wholeRules[facts.flow]], critical: flow === 'orders',
    alone: true, lastsMs: lasts[1] + 30 * minute, atWork,
    happens(tools) {
      const { calendar, agenda } = tools.stage
      const from = atWork ? calendar.working(agenda.now()) : agenda.now()
      agenda.at(from, () => standStill(tools, facts, from))
    },
    twinHappens(tools) {
      tools.stage.stopped.add(flow)
      tools.innocent({ kind: 'stream', key: stream })
      tools.after(tools.dice.int(60, 100) * second, () => tools.stage.stopped.delete(flow))
    },
  })
}

function standStill(tools: Tools, facts: Stop, from: number): void {
  const { stage } = tools
  const { flow, lasts } = facts
  // it stands still already, as one that was put off to working hours may find it
  if (stage.stopped.has(flow)) return
  stage.stopped.add(flow)
  const rare = 'make' in facts ? facts.make(tools) : undefined
  const subject = 'make' in facts ? (rare === undefined ? null : orderOf(rare.one)) : hasRun(stage, facts.flow) ? { kind: 'stream' as const, key: facts.stream } : null
  if (subject === null) tools.excuse({ kind: 'stream', key: facts.stream }, null, 'It stopped before it had run for a while.')
  const amount = rare === undefined ? null : money(rare.atStake, rare.one)
  const stopAt = from + stage.agenda.paced(tools.dice.int(...lasts))
  const watch = watchHeld(tools, { flow, until: stopAt, min: 'make' in facts ? 1 : heldMin[facts.flow] }, (since) => (subject === null ? null : tools.plant({ subject, findableAt: since, amount })))
  excuseWhileStopped(stage, flow, from, stopAt)
  stage.agenda.at(stopAt, () => {
    excuseLate(stage, flow, from)
    stage.stopped.delete(flow)
    const planted = watch()
    // some runs begin in this very second
    if (planted !== null) tools.heal(planted)
  })
}

/** Whoever looks every few minutes need not have seen one of so few figures come: most are brought before the next look. */
const broughtMin = 20

/** Of what was never seen to run nobody can know that it has stopped. */
function hasRun(stage: Stage, flow: Whole): boolean {
  if (flow === 'orders') return true
  if (flow === 'stock') return stage.sync.brought >= broughtMin
  const followed = [...stage.cases.values()].filter((one) => one.shippedAt !== null && one.method !== 'till' && (flow === 'invoices' ? one.invoices.length > 0 : one.order.fulfillments.length > 0))
  return followed.length > 0
}

function somebodyCancels({ stage }: Tools): Rare | undefined {
  const open = [...stage.cases.values()].findLast((one) => one.script === null && one.sale !== null && one.shippedAt === null && one.method === 'card')
  if (open?.sale == null) return undefined
  callOff(stage, open)
  return { one: open, atStake: open.sale.total.negated() }
}

function somebodyIsPaidBack({ stage }: Tools): Rare | undefined {
  const open = [...stage.cases.values()].findLast((one) => one.script === null && one.invoices.length > 0 && one.method === 'card' && one.order.refunds.length === 0)
  const part = open === undefined ? null : figuresOf(open.order).currentTotal.times('0.1').toDecimalPlaces(0)
  if (open === undefined || part === null || part.isZero()) return undefined
  stage.shop.refund(open.order.id, { lines: [], adjustment: { amount: part.negated(), reason: 'Goodwill' } }, stage.shopNow())
  settleRefund(stage, open, 2 * minute)
  return { one: open, atStake: part.negated() }
}

interface Held {
  readonly flow: Flow
  readonly until: number
  /** So many that wait make it what it is labelled as. */
  readonly min: number
}

/**
 * What waits for the flow, as it can be seen. Of orders those that fell due after the last one came: one that fell due before may
 * have been left out by itself, and what is made anew or mended is no order that waits.
 */
function waitingFor({ stage }: Tools, flow: Flow): number {
  if (flow === 'stock') return driftedShelves(stage).filter((key) => !stage.frozen.has(key)).length
  if (flow === 'orders') return lostOf(stage, stage.inflow.lastAt).length
  return stage.held.filter((one) => one.flow === flow).length
}

/** Labels from what makes it one, which at night may come long after the flow has stopped. */
function watchHeld<Label>(tools: Tools, { flow, until, min }: Held, found: (since: number) => Label): () => Label | null {
  let label: Label | null = null
  function look(): void {
    const now = tools.stage.agenda.now()
    if (label === null && waitingFor(tools, flow) >= min) label = found(now)
    if (label === null && now < until) tools.after(10 * second, look)
  }
  look()
  return () => label
}

const stops: readonly Stop[] = [
  { name: 'F11-orders-stopped', flow: 'orders', stream: 'orders', lasts: [70 * minute, 200 * minute], says: 'The integration’s worker is dead: no order reaches the ERP.', twin: 'The worker is restarted and catches up within two minutes.' },
  { name: 'F11-stock-stopped', flow: 'stock', stream: 'stock', lasts: [240 * minute, 480 * minute], says: 'The stock sync is dead.', twin: 'One run of the stock sync is left out.' },
  { name: 'F11-parcels-stopped', flow: 'fulfilments', stream: 'fulfilments', lasts: [100 * minute, 300 * minute], says: 'No parcel is told to the shop.', twin: 'Parcels are told two minutes later.' },
  { name: 'F11-invoices-stopped', flow: 'invoices', stream: 'invoices', lasts: [120 * minute, 400 * minute], says: 'No invoice is made.', twin: 'Invoices are made two minutes later.' },
  { name: 'F11-credits-stopped', flow: 'credits', rule: 'F06-refund-without-credit-note', make: somebodyIsPaidBack, stream: 'credit-notes', lasts: [200 * minute, 500 * minute], says: 'No credit note is made.', twin: 'Credit notes are made two minutes later.' },
  { name: 'F11-cancellations-stopped', flow: 'cancellations', rule: 'F02-cancelled-in-shop', make: somebodyCancels, stream: 'orders', lasts: [150 * minute, 400 * minute], says: 'Cancellations of the shop do not reach the ERP.', twin: 'Cancellations arrive two minutes later.' },
]

/** Orders come in lumps: the integration has become an hourly batch. */
const batches = inWorld({
  name: 'F11-orders-in-batches', rules: ['F11-batch-rhythm'], critical: false, alone: true, lastsMs: 5 * hour,
  says: 'Orders are brought over once an hour, all at a time.', twin: 'A pause of some minutes, once.',
  happens(tools) {
    const { stage } = tools
    const from = stage.agenda.now()
    const planted = tools.plant({ subject: { kind: 'stream', key: 'orders' }, findableAt: from + 2 * hour })
    excuseWhileStopped(stage, 'orders', from, from + 4 * hour)
    for (let turn = 0; turn < 4; turn += 1) {
      tools.after(turn * hour, () => stage.stopped.add('orders'))
      tools.after(turn * hour + 58 * minute, () => {
        excuseLate(stage, 'orders', from)
        stage.stopped.delete('orders')
      })
    }
    tools.after(4 * hour, () => {
      stage.stopped.delete('orders')
      tools.heal(planted)
    })
  },
  twinHappens(tools) {
    tools.stage.stopped.add('orders')
    tools.innocent({ kind: 'stream', key: 'orders' })
    tools.after(2 * minute, () => tools.stage.stopped.delete('orders'))
  },
})

function stale(side: 'shop' | 'erp', stream: string): WorldScenario {
  return inWorld({
    name: `F11-${side}-${stream}-stale`, rules: ['F11-stream-stale'], critical: false, alone: true, lastsMs: 150 * minute,
    says: `The ${side} answers everything but its ${stream}.`, twin: `The ${side} refuses its ${stream} once.`,
    happens(tools) {
      tools.stage.weather.streamDown[side].add(stream)
      const planted = tools.plant({ subject: { kind: 'stream', key: stream } })
      tools.after(tools.dice.int(60, 140) * minute, () => {
        tools.stage.weather.streamDown[side].delete(stream)
        tools.heal(planted)
      })
    },
    twinHappens(tools) {
      tools.stage.weather.streamDown[side].add(stream)
      tools.innocent({ kind: 'stream', key: stream })
      tools.after(15 * second, () => tools.stage.weather.streamDown[side].delete(stream))
    },
  })
}

/** Of a platform that was never watched for long nobody can say that it has become slow. */
const usualAfter = 7 * hour

/** No answer comes before so much; who asks waits a minute at the most. */
const slowMs = 45 * second

const slowStock = inWorld({
  name: 'F11-erp-stock-slow', rules: ['F11-sync-slow'], critical: false, alone: true, lastsMs: 150 * minute,
  says: 'The ERP’s table of stock has lost an index: each question about it takes most of a minute.', twin: 'The ERP is slow for some minutes, while a backup runs.',
  happens(tools) {
    const { stage } = tools
    const [first] = stage.cases.values()
    if (first === undefined || stage.agenda.now() < first.placedAt + usualAfter) return
    stage.weather.streamSlowMs.erp.set('stock', slowMs)
    const planted = tools.plant({ subject: { kind: 'stream', key: 'stock' } })
    tools.after(tools.dice.int(60, 140) * minute, () => {
      stage.weather.streamSlowMs.erp.delete('stock')
      tools.heal(planted)
    })
  },
  twinHappens(tools) {
    tools.stage.weather.streamSlowMs.erp.set('stock', 10 * second)
    tools.innocent({ kind: 'stream', key: 'stock' })
    tools.after(6 * minute, () => tools.stage.weather.streamSlowMs.erp.delete('stock'))
  },
})

function drifts(side: 'shop' | 'erp', offsetMs: number): WorldScenario {
  const way = offsetMs > 0 ? 'ahead' : 'behind'
  /** From where it has always been. */
  const drift = ({ stage, after }: Tools, by: number, forMs: number, then: () => void): void => {
    const { clockOffsetMs } = stage.weather
    const before = clockOffsetMs[side]
    clockOffsetMs[side] = before + by
    after(forMs, () => {
      clockOffsetMs[side] = before
      then()
    })
  }
  return inWorld({
    name: `F11-${side}-clock-${way}`, rules: ['F11-clock-differs'], critical: false, alone: true, lastsMs: 4 * hour,
    says: `The ${side}’s clock is minutes ${way}.`, twin: `The ${side}’s clock is half a minute ${way}.`,
    happens(tools) {
      const planted = tools.plant({ subject: { kind: 'connection', key: side } })
      drift(tools, offsetMs, tools.dice.int(60, 230) * minute, () => tools.heal(planted))
    },
    twinHappens(tools) {
      tools.innocent({ kind: 'connection', key: side })
      drift(tools, Math.sign(offsetMs) * 30 * second, 40 * minute, () => undefined)
    },
  })
}

export const batchBottlenecks: readonly WorldScenario[] = [
  ...stops.map(stop), batches, stale('erp', 'stock'), stale('shop', 'orders'), stale('erp', 'invoices'),
  slowStock,
  drifts('erp', 5 * minute), drifts('erp', -4 * minute), drifts('shop', 6 * minute),
]
