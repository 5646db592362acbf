/** The reconciler's laws: judging what changed equals judging everything, and what is there is never called missing. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type RuleSetting, marketSettingSchema, pairSettingsSchema, ruleSettingSchema, settingIn } from '../../../src-main/domain/pair.ts'
import type { CreditNote, ErpOrder, GoodsReturn, Invoice, Order, Shipment, StockLevel } from '../../../src-main/domain/records.ts'
import { hours, minutes } from '../../../src-main/domain/time.ts'
import { aCreditNote, anErpLine, anErpOrder, anInvoice, anOrder, aPair, aReturn, aShipment, aStockLevel, aTax, placedAt } from '../../support/builders.ts'
import { monday } from '../../support/clock.ts'
import { type Seam, aSeam } from '../../support/seam.ts'

/** Rules with a patience of their own speak within the hours of a history. */
const patient = ['F02-order-stuck', 'F02-paid-state-differs', 'F06-invoice-missing', 'F06-refund-without-credit-note', 'F07-refund-not-told', 'F07-return-not-told']
const pair = aPair({
  settings: pairSettingsSchema.parse({
    stockTargetMinutes: 0,
    locations: { WH: 'Lyon' },
    rules: Object.fromEntries(patient.map((id) => [id, { params: { graceMinutes: 0, ...(id === 'F02-order-stuck' ? { undeliveredDays: 0 } : {}) } }])),
  }),
})

/** A few numbers, so that histories meet. */
const number = fc.constantFrom('1001', '1002', '1003')

const shopOrder: fc.Arbitrary<Order> = fc.record({ number, paid: fc.boolean(), cancelled: fc.boolean(), refunded: fc.boolean(), edit: fc.nat(3), test: fc.boolean() }).map((one) =>
  anOrder({
    number: one.number,
    version: String(one.edit),
    cancelledAt: one.cancelled ? placedAt + minutes(3) : null,
    test: one.test && one.edit === 3,
    payment: one.paid ? {} : { state: 'authorised', captures: [] },
    refunds: one.refunded ? [{ id: 'r', at: placedAt, amount: 2400, tax: null, lines: [], reason: null }] : [],
  }),
)

const erpOrder: fc.Arbitrary<ErpOrder> = fc
  .record({ id: fc.constantFrom('a', 'b', 'c'), number, named: fc.boolean(), cancelled: fc.boolean(), kind: fc.constantFrom('same', 'rate', 'half') })
  .map((one) => {
    const whole = { lines: [anErpLine()], totals: { net: '20.00', tax: '4.00', total: '24.00' } }
    const shapes = {
      same: whole,
      rate: { lines: [anErpLine({ taxes: [aTax({ ratePercent: '10', amount: '2.00' })] })], totals: { net: '20.00', tax: '2.00', total: '22.00' } },
      half: { lines: [anErpLine({ quantity: '1', net: '10.00', taxes: [aTax({ amount: '2.00' })] })], totals: { net: '10.00', tax: '2.00', total: '12.00' } },
    }
    return anErpOrder({
      id: one.id,
      number: one.id,
      references: one.named ? [one.number] : [],
      ...(one.cancelled ? { state: 'cancelled', platformState: 'cancelled', reservesStock: false } : {}),
      ...shapes[one.kind as keyof typeof shapes],
    })
  })

/** ERP orders that a document serves, as in its id: one, or two of them together. A document never moves to other orders. */
const served = fc.constantFrom('a', 'b', 'ab')

const invoice: fc.Arbitrary<Invoice> = fc
  .record({ of: served, nth: fc.constantFrom('i', 'j'), state: fc.constantFrom('draft', 'posted', 'paid', 'cancelled'), rate: fc.boolean(), linked: fc.boolean(), units: fc.constantFrom('1', '2') })
  .map(({ of, nth, state, rate, linked, units }) =>
    anInvoice({
      id: nth + of, number: state === 'draft' ? null : nth + of, orderIds: [...of], state: state as Invoice['state'],
      lines: [anErpLine({ quantity: units, net: units === '2' ? '20.00' : '10.00', taxes: [aTax({ ratePercent: rate ? '10' : '20', amount: null })], orderLineId: linked ? '1' : null })],
    }),
  )

const creditNote: fc.Arbitrary<CreditNote> = fc
  .record({ of: served, nth: fc.constantFrom('i', 'j'), state: fc.constantFrom('draft', 'paid'), whole: fc.boolean() })
  .map(({ of, nth, state, whole }) =>
    aCreditNote({ id: `k${of}`, number: `k${of}`, orderIds: [...of], creditsInvoiceIds: [nth + of], state: state as CreditNote['state'], ...(whole ? {} : { totals: { net: '-5.00', tax: '-1.00', total: '-6.00' } }) }),
  )

/** The ERP's for `a` and `b`, the shop's for numbers. */
const parcel = (of: fc.Arbitrary<string>): fc.Arbitrary<Shipment> =>
  fc.record({ of, nth: fc.constantFrom('p', 'q'), state: fc.constantFrom('open', 'shipped', 'cancelled'), units: fc.constantFrom('1', '2'), numbered: fc.boolean() }).map((one) =>
    aShipment({
      id: one.nth + one.of, orderIds: /^\d/.test(one.of) ? [`order_${one.of}`] : [...one.of], state: one.state as Shipment['state'],
      shippedAt: one.state === 'shipped' ? placedAt : null,
      tracking: one.numbered ? [`${one.nth}${one.units}`] : [], lines: [{ sku: 'MUG', quantity: one.units, orderId: null }],
    }),
  )

const goodsReturn: fc.Arbitrary<GoodsReturn> = fc
  .record({ of: served, state: fc.constantFrom('open', 'received', 'cancelled'), units: fc.constantFrom('1', '2') })
  .map(({ of, state, units }) =>
    aReturn({ id: `r${of}`, orderIds: [...of], state: state as GoodsReturn['state'], receivedAt: state === 'received' ? placedAt : null, lines: [{ sku: 'MUG', quantity: units, orderId: null }] }),
  )

/** Shop orders with what may come of them. */
const following: fc.Arbitrary<Order> = fc
  .record({ number: fc.constantFrom('1001', '1002'), back: fc.constantFrom(0, 600, 2400), sent: fc.constantFrom('none', 'shipped'), paid: fc.boolean(), returned: fc.constantFrom('0', '1', null) })
  .map(({ number: of, back, sent, paid, returned }) =>
    anOrder({
      number: of,
      fulfilment: { state: sent as Order['fulfilment']['state'], shippedAt: sent === 'none' ? null : placedAt },
      payment: paid ? {} : { state: 'authorised', captures: [] },
      returns: returned === null ? null : returned === '0' ? [] : [{ id: 'back', at: placedAt, lines: [{ sku: 'MUG', quantity: returned }] }],
      refunds: back === 0 ? [] : [{ id: 'r', at: placedAt, amount: back, tax: null, lines: [], reason: null }],
    }),
  )

function booked(id: string, shopNumber: string, state: ErpOrder['state']): ErpOrder {
  return anErpOrder({ id, number: id, references: [shopNumber], state, platformState: state, reservesStock: state === 'open' })
}

const level = (location: string): fc.Arbitrary<StockLevel> =>
  fc.integer({ min: -2, max: 6 }).map((units) => aStockLevel({ location, onHand: String(units), available: String(units) }))

/** Of a rule as people may want it: everywhere or in the market that all these orders are of. */
const wish: fc.Arbitrary<Event> = fc
  .record({
    rule: fc.constantFrom('F02-paid-order-missing', 'F02-order-missing', 'F02-total-differs', 'F05-tax-differs', 'F02-cancelled-in-shop', 'F06-invoice-missing', 'F05-invoice-tax-differs', 'F06-invoice-line-differs'),
    on: fc.boolean(),
    severity: fc.constantFrom(null, 'low', 'critical'),
    here: fc.constantFrom(undefined, { on: true }, { on: false }, { severity: 'medium' }),
  })
  .map(({ rule, on, severity, here }): Event => {
    const ofMarkets = here !== undefined && !/invoice-(tax|line)/.test(rule)
    const set = { ...pair.settings.rules[rule], on, severity, ...(ofMarkets ? { markets: { FR: marketSettingSchema.parse(here) } } : {}) }
    return { on: 'rule', rule, set: ruleSettingSchema.parse(set) }
  })

type Event =
  | { readonly on: 'rule'; readonly rule: string; readonly set: RuleSetting }
  /** To the end of every history. */
  | { readonly on: 'read' }
  | { readonly on: 'shop'; readonly record: Order | Shipment | StockLevel }
  | { readonly on: 'erp'; readonly record: CreditNote | ErpOrder | GoodsReturn | Invoice | Shipment | StockLevel }
  | { readonly on: 'clock'; readonly shop: boolean; readonly erp: boolean }

const event: fc.Arbitrary<Event> = fc.oneof(
  { weight: 4, arbitrary: shopOrder.map((record): Event => ({ on: 'shop', record })) },
  { weight: 5, arbitrary: erpOrder.map((record): Event => ({ on: 'erp', record })) },
  { weight: 2, arbitrary: fc.oneof(invoice, creditNote, goodsReturn, parcel(served)).map((record): Event => ({ on: 'erp', record })) },
  { weight: 1, arbitrary: parcel(number).map((record): Event => ({ on: 'shop', record })) },
  { weight: 1, arbitrary: level('Lyon').map((record): Event => ({ on: 'shop', record })) },
  { weight: 1, arbitrary: level('WH').map((record): Event => ({ on: 'erp', record })) },
  { weight: 2, arbitrary: fc.record({ shop: fc.boolean(), erp: fc.boolean() }).map((read): Event => ({ on: 'clock', ...read })) },
)

const end = monday + hours(2)

function happen(seam: Seam, now: Event, at: number): void {
  if (now.on === 'shop') seam.shop(now.record)
  else if (now.on === 'erp') seam.erp(now.record)
  else if (now.on === 'rule') want(seam, now.rule, now.set)
  else if (now.on === 'read') seam.coveredTo({ shop: end, erp: end })
  else seam.coveredTo({ ...(now.shop ? { shop: at } : {}), ...(now.erp ? { erp: at } : {}) })
}

function want({ store }: Seam, rule: string, set: RuleSetting): void {
  const before = store.pairs.get('pair') ?? pair
  store.transaction((tx) => store.pairs.save(tx, { ...before, settings: { ...before.settings, rules: { ...before.settings.rules, [rule]: set } } }))
}

/** Without what its rule cannot judge any more: that stays as it was left, as nothing is closed unseen. */
function verdicts(seam: Seam): readonly string[] {
  return seam.store.incidents
    .live(1000)
    .filter((one) => !seam.store.judgements.waitingFor('pair', one.rule).includes(one.subject.key))
    .map((one) => `${one.rule} ${one.subject.key} ${one.amount?.minor ?? ''} ${one.cause ?? ''} ${one.severity}`)
    .toSorted()
}

/** What is open when all is read, judged step by step and all at once: the same. */
async function bothWays(events: readonly Event[], after: (seam: Seam) => void = () => undefined): Promise<readonly string[]> {
  const stepwise = aSeam({ pair })
  const atOnce = aSeam({ pair })
  let at = monday
  for (const one of events) {
    at += minutes(1)
    happen(stepwise, one, at)
    await stepwise.run()
    after(stepwise)
    happen(atOnce, one, at)
  }
  // both sides read to the end: only then nothing is kept open for want of a look
  await stepwise.coveredTo({ shop: end, erp: end }).run()
  await atOnce.coveredTo({ shop: end, erp: end }).full()
  expect(orderRules(verdicts(stepwise))).toEqual(orderRules(verdicts(atOnce)))
  // judging everything once more changes nothing
  const before = verdicts(stepwise)
  await stepwise.full()
  expect(orderRules(verdicts(stepwise))).toEqual(orderRules(before))
  stepwise.store.close()
  atOnce.store.close()
  return before
}

describe('for any history', () => {
  it('judging what changed, step by step, gives what judging everything at the end gives', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 1, maxLength: 30 }), async (events) => {
        await bothWays(events)
      }),
      { numRuns: 120 },
    )
  }, 120_000)

  it('the same holds for what follows two orders that both sides have: documents, parcels and refunds in any order', async () => {
    const documents = fc.oneof(
      { weight: 4, arbitrary: fc.oneof(invoice, creditNote, goodsReturn, parcel(served)).map((record): Event => ({ on: 'erp', record })) },
      { weight: 2, arbitrary: parcel(fc.constantFrom('1001', '1002')).map((record): Event => ({ on: 'shop', record })) },
      { weight: 2, arbitrary: following.map((record): Event => ({ on: 'shop', record })) },
      { weight: 1, arbitrary: fc.constantFrom('draft', 'open', 'cancelled').map((state): Event => ({ on: 'erp', record: booked('a', '1001', state as ErpOrder['state']) })) },
      { weight: 1, arbitrary: fc.record({ shop: fc.boolean(), erp: fc.boolean() }).map((read): Event => ({ on: 'clock', ...read })) },
    )
    const spoken = new Set<string>()
    await fc.assert(
      fc.asyncProperty(fc.array(documents, { minLength: 2, maxLength: 16 }), async (events) => {
        const start: readonly Event[] = [
          { on: 'shop', record: anOrder() },
          { on: 'shop', record: anOrder({ number: '1002' }) },
          { on: 'erp', record: booked('a', '1001', 'open') },
          { on: 'erp', record: booked('b', '1002', 'open') },
        ]
        const said = await bothWays([...start, ...events])
        for (const one of said) spoken.add(one.split(' ')[0] ?? '')
      }),
      { numRuns: 100 },
    )
    // a law over histories of which nothing is ever said would hold for nothing
    expect([...spoken].filter((rule) => /^F0[67]-/.test(rule)).length).toBeGreaterThan(4)
    expect(spoken).toContain('F07-return-not-told')
  }, 180_000)

  it('the same holds while people want rules otherwise, and what is off neither stands nor was ever ended by evidence', async () => {
    const ended = new Set<string>()
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 3, maxLength: 15 }), fc.array(fc.oneof(event, wish), { minLength: 2, maxLength: 15 }), async (before, later) => {
        await bothWays([...before, { on: 'read' }, ...later], (seam) => {
          const { rules } = (seam.store.pairs.get('pair') ?? pair).settings
          const isOff = ({ rule, market }: { readonly rule: string; readonly market: string | null }) => rules[rule] !== undefined && !settingIn(rules[rule], market).on
          expect(seam.store.incidents.live(1000).filter(isOff)).toEqual([])
          const over = seam.store.incidents.list({ states: ['resolved'], severities: null, rule: null, search: null }, 1000, 0)
          for (const one of over) if (one.closedAs === 'rule-off') ended.add(one.rule)
        })
      }),
      { numRuns: 120 },
    )
    expect(ended.size).toBeGreaterThan(2)
  }, 180_000)

  it('an order that both sides have, live, is never called missing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 1, maxLength: 20 }), async (events) => {
        const seam = aSeam({ pair })
        let at = monday
        for (const one of events) {
          at += minutes(1)
          happen(seam, one, at)
          await seam.run()
          for (const missing of seam.store.incidents.live(100)) {
            if (!missing.rule.endsWith('order-missing') || missing.seenAt !== monday + hours(1)) continue
            const there = seam.store.claims
              .records('pair', missing.subject.key)
              .some(({ record }) => record.kind === 'erp-order' && record.state !== 'cancelled')
            expect([missing.subject.key, there]).toEqual([missing.subject.key, false])
          }
        }
        seam.store.close()
      }),
      { numRuns: 120 },
    )
  }, 120_000)
})

/**
 * Staleness speaks of when a change was met, F12 of how an incident lived: a history that is only read at its end knows
 * neither. Both have a law of their own, step by step: incident-life.test.ts.
 */
function orderRules(all: readonly string[]): readonly string[] {
  return all.filter((one) => !one.startsWith('F01') && !one.startsWith('F12'))
}
