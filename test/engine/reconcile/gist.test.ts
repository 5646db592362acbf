/**
 * The laws of the shortcut past agreeing orders: whoever the store calls in agreement is one about whom every order rule is
 * silent, and judging with the shortcut gives what judging without it gives. A rule that breaks its promise fails here.
 */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PairSettings } from '../../../src-main/domain/pair.ts'
import type { ErpOrder, GoodsReturn, Invoice, Order, Shipment } from '../../../src-main/domain/records.ts'
import { days, hours, minutes } from '../../../src-main/domain/time.ts'
import { judgeOrder } from '../../../src-main/engine/reconcile/judge.ts'
import { judgeAgreed, mayPassOver } from '../../../src-main/engine/reconcile/shortcut.ts'
import { sightOf } from '../../../src-main/engine/reconcile/sight.ts'
import { doubtfulOrders, everyOrder } from '../../../src-main/engine/reconcile/subjects.ts'
import type { Store } from '../../../src-main/engine/store/store.ts'
import { aConnection, anErpConnection, anErpLine, anErpOrder, anInvoice, anOrder, anOrderLine, aPair, aReturn, aShipment, aTax, placedAt } from '../../support/builders.ts'
import { monday } from '../../support/clock.ts'
import { aSeam } from '../../support/seam.ts'
import { aStore, keep } from '../../support/store.ts'

const numbers = ['1001', '1002', '1003']
const number = fc.constantFrom(...numbers)
const often = <T>(usual: T, ...others: readonly T[]) =>
  fc.oneof({ weight: 6, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(usual, ...others) })

/** Figures of one order as a shop may state them, each on its own: alike, another, unrounded, beyond what can be counted. */
const figures = fc.record({
  currency: often('EUR', 'USD', 'JPY'),
  net: often('20.00', '21.00'),
  tax: often('4.00', '3.00', '4.004', '0.5'),
  total: often('24.00', '22.00', '24.004', '90071992547409.931'),
})

/** What was sold, each side by its own words: the same, more or less of it, under another name, under none, beside something else. */
const goods = fc.record({ sku: often<string | null>('MUG', 'CUP', null), quantity: often('1', '2', '1.0', '0'), more: often<string | null>(null, 'CUP', 'MUG') })

function linesOf<T>({ sku, quantity, more }: { sku: string | null; quantity: string; more: string | null }, lineOf: (sku: string | null, quantity: string) => T): readonly T[] {
  return [lineOf(sku, quantity), ...(more === null ? [] : [lineOf(more, '1')])]
}

const shopOrder: fc.Arbitrary<Order> = fc
  .record({
    number,
    copy: often('', 'b'),
    figures,
    goods,
    cancelled: often(false, true),
    returned: often(false, true),
    refunded: often(false, true),
    test: often(false, true),
    mark: often('', 'TESTING'),
    channel: often('web', 'phone'),
    capturedAt: often<number | null>(placedAt, null, placedAt - days(1), placedAt - days(9)),
  })
  .map((one) => {
    const { currency, net, tax, total } = one.figures
    return anOrder({
      id: `order_${one.number}${one.copy}`,
      number: one.number,
      currency,
      channel: one.channel,
      test: one.test,
      marks: one.mark === '' ? [] : [one.mark],
      cancelledAt: one.cancelled ? placedAt + minutes(3) : null,
      lines: linesOf(one.goods, (sku, quantity) =>
        anOrderLine({ sku, quantity, unitPrice: net, total: net, taxes: [aTax({ amount: tax })], allocations: [{ location: 'Lyon', quantity: '1' }] }),
      ).slice(),
      totals: { lines: net, tax, total },
      payment: one.capturedAt === null ? { state: 'authorised', captures: [] } : { captures: [{ at: one.capturedAt, amount: 2400 }] },
      returns: one.returned ? [{ id: 'b', at: placedAt, lines: [{ sku: 'MUG', quantity: '1' }] }] : [],
      refunds: one.refunded ? [{ id: 'r', at: placedAt, amount: 2400, tax: null, lines: [], reason: null }] : [],
    })
  })

const erpOrder: fc.Arbitrary<ErpOrder> = fc
  .record({
    number,
    copy: often('', 'b'),
    figures,
    goods,
    state: often<ErpOrder['state']>('open', 'cancelled', 'draft', 'done'),
    reserves: often(true, false),
    named: often<readonly string[]>(['1001'], [], ['1001', '1002']),
    far: often(false, true),
    by: often('integration', 'clerk', 'temp'),
  })
  .map((one) => {
    const { currency, net, tax, total } = one.figures
    return anErpOrder({
      id: `so_${one.number}${one.copy}`,
      number: one.number,
      references: one.named.map((named) => (named === '1001' ? one.number : named)),
      state: one.state,
      platformState: one.state,
      reservesStock: one.reserves && one.state !== 'cancelled',
      currency,
      createdBy: one.by,
      createdAt: one.far ? placedAt + days(90) : placedAt + minutes(2),
      lines: linesOf(one.goods, (sku, quantity) => anErpLine({ sku, quantity, unitPrice: net, net, taxes: [aTax({ amount: tax })] })).slice(),
      totals: { net, tax, total },
    })
  })

/** An order as most are: both sides have it, in equal words or in the pair's. */
const ordinary: fc.Arbitrary<{ readonly order: Order; readonly booked: ErpOrder }> = fc
  .record({ number, sold: fc.constantFrom('MUG', 'CUP'), booked: often<string | null>(null, 'JUG') })
  .map(({ number: of, sold, booked }) => ({
    order: anOrder({ id: `order_${of}`, number: of, lines: [anOrderLine({ sku: sold })] }),
    booked: anErpOrder({ id: `so_${of}`, number: of, references: [of], createdBy: 'integration', lines: [anErpLine({ sku: booked ?? sold })] }),
  }))

type Step =
  | { readonly on: 'shop' | 'rival'; readonly record: Order }
  | { readonly on: 'erp'; readonly record: ErpOrder }
  | { readonly on: 'both'; readonly order: Order; readonly booked: ErpOrder }
  | { readonly on: 'gone'; readonly side: 'shop' | 'erp' }
  | { readonly on: 'documents'; readonly record: GoodsReturn | Invoice | Shipment }

/** What follows an ERP order, or a shop order. */
const document: fc.Arbitrary<GoodsReturn | Invoice | Shipment> = fc.record({ number, kind: fc.constantFrom('invoice', 'delivery', 'parcel', 'return'), open: fc.boolean() }).map((one) => {
  if (one.kind === 'invoice') return anInvoice({ id: `i${one.number}`, number: `I${one.number}`, orderIds: [`so_${one.number}`], state: one.open ? 'posted' : 'paid' })
  if (one.kind === 'return') return aReturn({ id: `r${one.number}`, orderIds: [`so_${one.number}`], state: one.open ? 'open' : 'received' })
  const ids = one.kind === 'parcel' ? [`order_${one.number}`] : [`so_${one.number}`]
  return aShipment({ id: `${one.kind}${one.number}`, orderIds: ids, state: one.open ? 'open' : 'shipped' })
})

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: shopOrder.map((record): Step => ({ on: 'shop', record })) },
  { weight: 6, arbitrary: erpOrder.map((record): Step => ({ on: 'erp', record })) },
  { weight: 8, arbitrary: ordinary.map((both): Step => ({ on: 'both', ...both })) },
  { weight: 1, arbitrary: shopOrder.map((record): Step => ({ on: 'rival', record })) },
  { weight: 2, arbitrary: document.map((record): Step => ({ on: 'documents', record })) },
  { weight: 1, arbitrary: fc.constantFrom('shop', 'erp').map((side): Step => ({ on: 'gone', side })) },
)

const aRuleSwitchedOff = { on: false, severity: null, owner: null, slaMinutes: null, reactMinutes: null, params: {}, markets: {} }

const settings = fc.constantFrom<Partial<PairSettings>>(
  {},
  { since: new Date(placedAt - days(1)).toISOString() },
  { channels: ['web'], testMarks: ['test'] },
  { due: { '*': 'placed' } },
  { locations: { WH: 'Lyon' } },
  { actors: { integration: ['integration'], people: ['clerk'] } },
  // goods by other names, and counted otherwise
  { skuMap: { MUG: 'JUG' } },
  { skuMap: { MUG: 'CUP', CUP: 'JUG' } },
  { skuMap: { MUG: 'JUG', CUP: 'JUG' } },
  { packs: { MUG: { size: '2', unit: null } } },
  { bundles: { MUG: { CUP: '1', JUG: '1' } } },
  // rules that look at maps and owners are awake, and switched off
  { markets: { US: 'abroad' } },
  { statusMap: { done: 'done' }, shippingMethods: { Post: 'POST' }, taxCodes: { reduced: 'R' } },
  { markets: { US: 'abroad' }, rules: { 'F10-unmapped-market': aRuleSwitchedOff } },
  { owners: { order: { owner: 'shop', create: [], update: [], override: [] } } },
)

function pairsOf(given: Partial<PairSettings>) {
  return [aPair({ settings: given }), aPair({ id: 'rival', shop: 'other', settings: {} })]
}

function storeOf(given: Partial<PairSettings>): Store {
  return aStore({ connections: [aConnection(), aConnection({ id: 'other' }), anErpConnection()], pairs: pairsOf(given) })
}

function happen(store: Store, now: Step, at: number): void {
  if (now.on === 'documents') keepDocument(store, now.record, at)
  else if (now.on === 'both') {
    keep(store, 'shop', 'orders', [now.order], at)
    keep(store, 'erp', 'orders', [now.booked], at)
  } else if (now.on === 'gone') store.transaction((tx) => store.snapshots.markGone(tx, now.side, 'orders', at, at))
  else keep(store, now.on === 'rival' ? 'other' : now.on, 'orders', [now.record], at)
}

function keepDocument(store: Store, record: GoodsReturn | Invoice | Shipment, at: number): void {
  if (record.kind === 'invoice') keep(store, 'erp', 'invoices', [record], at)
  else if (record.kind === 'return') keep(store, 'erp', 'returns', [record], at)
  else if (record.orderIds.some((id) => id.startsWith('order_'))) keep(store, 'shop', 'fulfilments', [record], at)
  else keep(store, 'erp', 'shipments', [record], at)
}

function verdicts(store: Store): readonly unknown[] {
  return [
    store.incidents.live(1000).map((one) => [one.rule, one.subject.key, one.amount, one.cause, one.severity]).toSorted(),
    store.judgements.notJudged(null, monday + days(9)),
    store.judgements.outOfScope(null),
    numbers.map((one) => store.stock.waitingOf('pair', one)),
  ]
}

describe('a pair', () => {
  it('has its agreeing orders passed over while it names no maps and no owners', () => {
    expect(mayPassOver(aPair())).toBe(true)
    expect(mayPassOver(aPair({ settings: { skuMap: { MUG: 'JUG' } } }))).toBe(true)
  })

  it('has every order gathered once a rule looks at a map or an owner of its, unless it has that rule off', () => {
    const mapped = { markets: { FR: 'home' } }
    expect(mayPassOver(aPair({ settings: mapped }))).toBe(false)
    expect(mayPassOver(aPair({ settings: { ...mapped, rules: { 'F10-unmapped-market': aRuleSwitchedOff } } }))).toBe(true)
    const actors = { integration: ['integration'], people: [] }
    const traced = { 'F09-trace-missing': { ...aRuleSwitchedOff, on: true, params: { expected: true } } }
    expect(mayPassOver(aPair({ settings: { actors } }))).toBe(true)
    expect(mayPassOver(aPair({ settings: { actors, rules: traced } }))).toBe(false)
    expect(mayPassOver(aPair({ settings: { owners: { invoice: { owner: 'erp', create: [], update: [], override: [] } } } }))).toBe(false)
  })
})

describe('an order on which both sides agree', () => {
  it('is one of which no order rule speaks, that none puts off, that is in scope, and of which no units wait', async () => {
    let met = 0
    await fc.assert(
      fc.asyncProperty(settings, fc.array(step, { minLength: 1, maxLength: 15 }), fc.boolean(), async (given, steps, covered) => {
        const store = storeOf(given)
        const seam = aSeam({ store })
        if (covered) seam.coveredTo({ shop: monday + hours(1), erp: monday + hours(1) })
        steps.forEach((one, nth) => happen(store, one, monday + nth))
        await seam.run()
        for (const pair of store.pairs.list().filter(mayPassOver)) {
          const sight = sightOf(store, pair)
          const doubtful = new Set([...doubtfulOrders(store, sight)].flat())
          for (const one of [...everyOrder(store, pair)].flat()) {
            const agreed = judgeAgreed(store, sight, one)
            if (agreed === null) continue
            met += 1
            // what is switched off is not asked, and an agreeing order has nothing open that it could close
            expect([one, { ...judgeOrder(store, sight, one), off: [], closing: '' }]).toEqual([one, agreed])
            // and only such a one is passed over
            expect(doubtful.has(one)).toBe(false)
          }
        }
        store.close()
      }),
      { numRuns: 300 },
    )
    // else the law would say nothing
    expect(met).toBeGreaterThan(50)
  }, 120_000)

  it('is judged alike with the shortcut and without, step by step and all at once', async () => {
    await fc.assert(
      fc.asyncProperty(settings, fc.array(step, { minLength: 1, maxLength: 15 }), async (given, steps) => {
        const seamOf = (more: { gatherAll?: true }) =>
          aSeam({ store: storeOf(given), ...more }).coveredTo({ shop: monday + hours(1), erp: monday + hours(1) })
        const [short, long] = [{}, { gatherAll: true } as const].map((more) => ({ stepwise: seamOf(more), atOnce: seamOf(more) }))
        if (short === undefined || long === undefined) throw new Error('two ways')
        const stepwise = [short.stepwise, long.stepwise]
        const atOnce = [short.atOnce, long.atOnce]
        for (const [nth, one] of steps.entries()) {
          for (const seam of [...stepwise, ...atOnce]) happen(seam.store, one, monday + nth)
          for (const seam of stepwise) await seam.run()
        }
        for (const seam of atOnce) await seam.full()
        expect(verdicts(short.stepwise.store)).toEqual(verdicts(long.stepwise.store))
        expect(verdicts(short.atOnce.store)).toEqual(verdicts(long.atOnce.store))
        for (const seam of [...stepwise, ...atOnce]) seam.store.close()
      }),
      { numRuns: 60 },
    )
  }, 120_000)

  it('is gathered all the same while anything stands of it, so that what is said of it ends', async () => {
    const seam = aSeam().coveredTo({ shop: monday + hours(1), erp: monday + hours(1) })
    await seam.shop(anOrder()).run()
    expect(seam.open()).toEqual(['F02-paid-order-missing 1001'])
    await seam.erp(anErpOrder()).run()
    expect(seam.open()).toEqual([])
    expect(seam.store.incidents.list({ states: ['resolved'], severities: null, rule: null, search: null }, 1, 0)[0]?.resolvedBy).toContain(
      'SO1001 processing',
    )
  })
})
