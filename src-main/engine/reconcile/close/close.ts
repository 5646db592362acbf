/** A business day of a pair, closed: both totals, the steps between them, and what has no place. */
import type { Day } from '../../../domain/business-day.ts'
import { toMinor } from '../../../domain/money.ts'
import type { SignedFigures } from '../../store/sign-offs.ts'
import type { Store } from '../../store/store.ts'
import type { PairSight } from '../sight.ts'
import { type DayRecords, capturedOf, readDay, salesOf } from './gather.ts'
import { givenBackOf } from './given-back.ts'
import { type Part, type Place, placeGivenBack, placeSale } from './waterfall.ts'

export interface StepRow {
  readonly number: string
  /** None where a document names no order. */
  readonly orders: readonly string[]
  readonly minor: number
}

/** One place of the difference, with the orders that it is made of. */
export interface Step {
  readonly place: Place
  readonly minor: number
  readonly rows: readonly StepRow[]
}

export interface ClosedDay {
  readonly day: Day
  readonly currency: string
  /** Captures of orders first captured on the day, less refunds of the day. Minor units, as all that follows. */
  readonly shop: number
  /** Live ERP orders of the day that name an order of the shop, less credit notes of the day. */
  readonly erp: number
  readonly steps: readonly Step[]
  readonly unexplained: number
  readonly notJudged: number
  readonly counts: {
    readonly orders: number
    readonly captured: number
    readonly refunds: number
    readonly refunded: number
    readonly erpOrders: number
    readonly booked: number
    readonly invoices: number
    readonly creditNotes: number
    readonly credited: number
    readonly shipments: number
  }
  /** Live ERP orders of the day without a shop reference: in neither total. */
  readonly beside: { readonly count: number; readonly minor: number }
  /** More happened on the day than was gathered: nothing of it may be signed. */
  readonly cut: boolean
}

/** What a signature stands under: another day is another sum of these. */
export function figuresOf({ shop, erp, unexplained, notJudged }: SignedFigures): SignedFigures {
  return { shop, erp, unexplained, notJudged }
}

export function sameFigures(left: SignedFigures, right: SignedFigures): boolean {
  return left.shop === right.shop && left.erp === right.erp && left.unexplained === right.unexplained && left.notJudged === right.notJudged
}

/** One for each currency that anything happened in, or that was signed when something had. */
export function closeDay(store: Store, sight: PairSight, day: Day, zone: string): readonly ClosedDay[] {
  const records = store.read(() => readDay(store, sight, { day, zone }))
  const happened = [...records.orders, ...records.erpOrders.map((one) => one.order), ...records.refunds, ...records.creditNotes]
  const currencies = [...new Set([...happened, ...store.signOffs.ofDay(sight.pair.id, day)].map((one) => one.currency))].toSorted()
  return currencies.map((currency) => store.read(() => closeCurrency(store, sight, { day, currency, zone }, records)))
}

function closeCurrency(
  store: Store,
  sight: PairSight,
  asked: { readonly day: Day; readonly currency: string; readonly zone: string },
  records: DayRecords,
): ClosedDay {
  const { day, currency } = asked
  const counts = countsOf(records, currency)
  const shop = counts.captured - counts.refunded
  const erp = counts.booked - counts.credited
  const parts = [
    ...salesOf(store, sight, asked, records).flatMap((sale) => placeSale(sale, day).map((part) => ({ part, of: sale }))),
    ...givenBackOf(store, sight, asked, records).flatMap((back) => placeGivenBack(back, day).map((part) => ({ part, of: back }))),
  ]
  const steps = stepsOf(parts)
  const placed = steps.reduce((sum, step) => sum + step.minor, 0)
  const own = (kind: Place['kind']): number => steps.filter((step) => step.place.kind === kind).reduce((sum, step) => sum + step.minor, 0)
  const named = steps.filter((step) => step.place.kind !== 'unexplained' && step.place.kind !== 'not-judged')
  const beside = records.unreferenced.filter((order) => order.currency === currency)
  return {
    day,
    currency,
    shop,
    erp,
    steps: [...named, ...steps.filter((step) => !named.includes(step))],
    // what the totals say beyond the places is nobody's: it is shown, and never made to fit
    unexplained: own('unexplained') + (shop - erp - placed),
    notJudged: own('not-judged'),
    counts,
    beside: { count: beside.length, minor: beside.reduce((sum, order) => sum + toMinor(order.totals.total, currency), 0) },
    cut: records.cut,
  }
}

/** Read straight from the day's records: no step and no cluster has a say in it. */
function countsOf(records: DayRecords, currency: string): ClosedDay['counts'] {
  const orders = records.orders.filter((order) => order.currency === currency)
  const refunds = records.refunds.filter((refund) => refund.currency === currency)
  const erpOrders = records.erpOrders.map((one) => one.order).filter((order) => order.currency === currency)
  const creditNotes = records.creditNotes.filter((note) => note.currency === currency)
  return {
    orders: orders.length,
    captured: orders.reduce((sum, order) => sum + capturedOf(order), 0),
    refunds: refunds.length,
    refunded: refunds.reduce((sum, refund) => sum + refund.amount, 0),
    erpOrders: erpOrders.length,
    booked: erpOrders.reduce((sum, order) => sum + toMinor(order.totals.total, currency), 0),
    invoices: records.invoices.filter((invoice) => invoice.currency === currency).length,
    creditNotes: creditNotes.length,
    credited: creditNotes.reduce((sum, note) => sum - toMinor(note.totals.total, currency), 0),
    shipments: records.shipments.filter((order) => order.currency === currency).length,
  }
}

function stepsOf(parts: readonly { readonly part: Part; readonly of: Pick<StepRow, 'number' | 'orders'> }[]): readonly Step[] {
  const steps = new Map<string, { place: Place; minor: number; rows: StepRow[] }>()
  for (const { part, of } of parts) {
    const key = JSON.stringify(part.place)
    const step = steps.get(key) ?? { place: part.place, minor: 0, rows: [] }
    step.minor += part.minor
    step.rows.push({ number: of.number, orders: of.orders, minor: part.minor })
    steps.set(key, step)
  }
  return [...steps.values()].toSorted((a, b) => Math.abs(b.minor) - Math.abs(a.minor))
}
