/** Answers about tax: variance rolled up, how each side rounds, the orders behind a figure, and one order line by line. */
import type { MethodView, TaxLineView, TaxOrderView, TaxView, VarianceOrderView } from '../../contract/tax-views.ts'
import { add, compare, round, subtract } from '../../domain/decimal.ts'
import { type TaxFact, type TaxSide, explainTax, linesOf, netOf } from '../../domain/explanation.ts'
import { toMinor } from '../../domain/money.ts'
import { namedDifferences } from '../../domain/named-differences.ts'
import type { Pair } from '../../domain/pair.ts'
import { type Support, admissible, exactTax, methodName } from '../../domain/tax.ts'
import { taxFacetNames } from '../../domain/tax-facets.ts'
import { type BothFacts, factsOf } from '../../domain/tax-facts.ts'
import { type TaxStep, taxSteps } from '../../domain/tax-steps.ts'
import { priceTolerance, shopTaxFigures, waysShown } from '../reconcile/difference.ts'
import { type OrderSeen, comparable, duplicated, erpTotal, orderSubject, seeOrder, totalOf } from '../reconcile/lenses/order.ts'
import { catalogue } from '../reconcile/registry.ts'
import { type PairSight, sightOf } from '../reconcile/sight.ts'
import type { TaxVariance } from '../store/tax-variance.ts'
import { type Rooms, asOf, os, staleAfter } from './rooms.ts'

const taxRule = 'F05-tax-differs'
const documentRules = ['F05-invoice-tax-differs', 'F05-refund-tax-differs', 'F06-invoice-sums', 'F10-unmapped-tax-code']

const linesShown = 500

export function taxHandlers(rooms: Rooms) {
  const { store } = rooms
  return {
    get: os.tax.get.handler(({ input, errors }) => {
      const pair = store.pairs.get(input.pair)
      if (pair === null) throw errors.NOT_FOUND({ data: { says: `There is no pair ${input.pair}.` } })
      return taxOf(rooms, pair)
    }),
    orders: os.tax.orders.handler(({ input, errors }) => {
      const pair = store.pairs.get(input.pair)
      if (pair === null) throw errors.NOT_FOUND({ data: { says: `There is no pair ${input.pair}.` } })
      const { currency, only, limit, cursor } = input
      const found = store.taxVariance.list({ pair: pair.id, currency, only, limit, after: cursor })
      const last = found.at(-1)
      return {
        rows: found.map((one) => rowOf(rooms, pair, one)),
        next: last === undefined || found.length < limit ? null : { weight: Math.abs(last.minor), number: last.number },
      }
    }),
    order: os.tax.order.handler(({ input, errors }) => {
      const pair = store.pairs.get(input.pair)
      if (pair === null) throw errors.NOT_FOUND({ data: { says: `There is no pair ${input.pair}.` } })
      const sight = sightOf(store, pair)
      const seen = seeOrder(store, sight, input.number)
      if (seen === null) throw errors.NOT_FOUND({ data: { says: `Order ${input.number} is not known on either side.` } })
      return orderOf(rooms, sight, seen)
    }),
  }
}

function taxOf({ store, clock }: Rooms, pair: Pair): TaxView {
  const sight = sightOf(store, pair)
  const overdue = store.judgements.notJudged(pair.id, clock.now() - staleAfter(store))
  return {
    pair: pair.id,
    shopLabel: sight.shopLabel,
    erpLabel: sight.erpLabel,
    asOf: asOf(store, sight.orders.to),
    notJudged: overdue.filter((row) => row.rule === taxRule).reduce((sum, row) => sum + row.count, 0),
    whole: [...store.taxVariance.whole(pair.id)],
    rollUps: taxFacetNames.map((by) => ({ by, sums: [...store.taxVariance.sums(pair.id, by)] })),
    methods: Object.entries(sight.methods)
      .map(([market, { shop, erp }]) => ({ market, shop: methodOf(shop), erp: methodOf(erp) }))
      .toSorted((a, b) => supportOf(b) - supportOf(a) || (a.market < b.market ? -1 : 1)),
    documents: documentRules.flatMap((rule) => documentsOf({ store }, pair, rule)),
  }
}

function supportOf({ shop, erp }: { readonly shop: MethodView | null; readonly erp: MethodView | null }): number {
  return (shop?.of ?? 0) + (erp?.of ?? 0)
}

function methodOf(support: Support | null): MethodView | null {
  return support === null ? null : { says: methodName(support.method), agrees: support.agrees, of: support.of }
}

function documentsOf({ store }: Pick<Rooms, 'store'>, pair: Pair, rule: string): TaxView['documents'] {
  const byCurrency = new Map<string, { minor: number; count: number }>()
  for (const { currency, minor, count } of store.incidents.sums([rule], pair.id)) {
    if (currency === null) continue
    const known = byCurrency.get(currency) ?? { minor: 0, count: 0 }
    byCurrency.set(currency, { minor: known.minor + minor, count: known.count + count })
  }
  return [...byCurrency].map(([currency, sum]) => ({ rule, title: catalogue.get(rule)?.title ?? rule, currency, ...sum }))
}

function rowOf(rooms: Rooms, pair: Pair, variance: TaxVariance): VarianceOrderView {
  return { ...variance, incident: incidentOf(rooms, pair, variance.number) }
}

/** Its own incident, or the one that it is a part of. */
function incidentOf({ store }: Pick<Rooms, 'store'>, pair: Pair, number: string): string | null {
  const own = store.incidents.find(pair.id, taxRule, orderSubject(pair, number))
  if (own !== null && own.state !== 'resolved') return own.id
  const whole = store.judgements.partOf(pair.id, taxRule, number)
  if (whole === null) return null
  return store.incidents.find(pair.id, taxRule, { kind: 'stream', connection: pair.shop, key: whole })?.id ?? null
}

function orderOf(rooms: Rooms, sight: PairSight, seen: OrderSeen): TaxOrderView {
  const { store } = rooms
  const { pair } = sight
  const currency = seen.shop?.currency ?? seen.live[0]?.currency ?? 'EUR'
  const parts = seen.shop === null ? [] : shopTaxFigures(seen.shop)
  const stated = admissible(parts, currency)
  const booked = toMinor(add('0', ...seen.live.map((order) => order.totals.tax)), currency)
  const shopMinor = toMinor(add('0', ...parts), currency)
  const gross = comparable(seen) ? erpTotal(seen.live, seen.shop.currency) : null
  const view = {
    number: seen.number,
    shopLabel: sight.shopLabel,
    erpLabel: sight.erpLabel,
    shopAsOf: asOf(store, store.streams.coverage(pair.shop, 'orders').to),
    erpAsOf: asOf(store, store.streams.coverage(pair.erp, 'orders').to),
    currency,
    shop: { minor: shopMinor, ...stated },
    erp: booked,
    methods: { shop: methodOf(seen.methods.shop), erp: methodOf(seen.methods.erp) },
    incident: incidentOf(rooms, pair, seen.number),
  }
  if (!comparable(seen) || gross === null) {
    return { ...view, incomparable: incomparable(seen), lines: [], kind: 'equal', ways: [], more: 0, cut: false, residual: 0 }
  }
  const facts = factsOf(seen.shop, seen.live.flatMap((order) => order.lines))
  const shop: TaxSide = { facts: facts.shop, tax: stated, gross: totalOf(seen.shop), currency, follows: seen.methods.shop }
  const erp: TaxSide = { facts: facts.erp, tax: { low: booked, high: booked }, gross: { low: gross, high: gross }, currency, follows: seen.methods.erp }
  const explanation = explainTax(shop, erp, namedDifferences({ ...facts, business: seen.shop.customer.vatId !== null, tolerance: priceTolerance(currency) }))
  const { sets, more, cut } = waysShown(explanation)
  return {
    ...view,
    incomparable: null,
    lines: linesBetween(facts, currency).slice(0, linesShown),
    kind: explanation.kind,
    ways: sets.flatMap((set) => {
      const steps = taxSteps(shop, erp, set, shopMinor)
      return steps === null ? [] : [steps.map((step): TaxStep => ({ ...step }))]
    }),
    more,
    cut,
    residual: explanation.kind === 'unexplained' ? explanation.residualMinor : 0,
  }
}

function incomparable(seen: OrderSeen): string {
  if (seen.shop === null) return seen.shopCopies > 1 ? `${seen.shopLabel} has several orders under this number.` : `${seen.shopLabel} does not know this order.`
  if (seen.shop.cancelledAt !== null) return `The order is cancelled in ${seen.shopLabel}.`
  if (seen.live.length === 0) return `${seen.erpLabel} has no order for it that stands.`
  if (duplicated(seen)) return `${seen.erpLabel} has it more than once; first one of them must go.`
  return `${seen.erpLabel} has it in another currency.`
}

/** Both sides' lines beside each other, in the shop's order; what only the ERP has at the end. */
function linesBetween({ shop, erp }: BothFacts, currency: string): readonly TaxLineView[] {
  const theirs = new Map(erp.map((fact) => [fact.key, fact]))
  const keys = [...new Set([...shop, ...erp].map((fact) => fact.key))]
  const ours = new Map(shop.map((fact) => [fact.key, fact]))
  return keys.map((key) => {
    const left = ours.get(key)
    const right = theirs.get(key)
    return {
      key,
      title: left?.title ?? right?.title ?? key,
      shop: left === undefined ? null : sideOf(left),
      erp: right === undefined ? null : sideOf(right),
      differs: left === undefined || right === undefined ? ['line'] : differsIn(left, right, currency),
    }
  })
}

function differsIn(left: TaxFact, right: TaxFact, currency: string): TaxLineView['differs'] {
  const apart = subtract(netOf(left), netOf(right))
  const tolerance = priceTolerance(currency)
  return [
    ...(compare(left.quantity, right.quantity) === 0 ? [] : (['quantity'] as const)),
    ...(compare(apart, tolerance) > 0 || compare(apart, subtract('0', tolerance)) < 0 ? (['net'] as const) : []),
    ...(left.rates.join(' ') === right.rates.join(' ') ? [] : (['rate'] as const)),
  ]
}

/** Four digits after the point say enough to a person. */
function sideOf(fact: TaxFact): NonNullable<TaxLineView['shop']> {
  const tax = add('0', ...linesOf([fact]).map(exactTax))
  return { quantity: fact.quantity, net: round(netOf(fact), 4, 'half-away'), rates: [...fact.rates], tax: round(tax, 4, 'half-away') }
}
