/** A business day of a pair, closed: both totals, the steps between them, and what has no place. */
import type { Day } from '../../../domain/business-day.ts'
import { toMinor } from '../../../domain/money.ts'
import type { SignedFigures } from '../../store/sign-offs.ts'
import type { Store } from '../../store/store.ts'
import type { PairSight } from '../sight.ts'
import type { CreditNote, ErpOrder, Refund } from '../../../domain/records.ts'
import { type DayRecords, capturedOf, readDay, salesOf, sum } from './gather.ts'
import { givenBackOf, numbersOfNote } from './given-back.ts'
import { type Part, type Place, placeGivenBack, placeSale } from './waterfall.ts'

export interface StepRow {
  /** Of the order or orders together, or of a document by itself. */
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

/** Both totals by what they are made of, and what is in neither. */
export type TotalOf = 'took' | 'booked' | 'beside'

/** The orders and documents of a total, each with what it adds to it, as they lie in the day. */
export function rowsOfTotal(store: Store, sight: PairSight, asked: { readonly day: Day; readonly currency: string; readonly zone: string }, of: TotalOf): readonly StepRow[] {
  return store.read(() => {
    const records = inCurrency(readDay(store, sight, asked), asked.currency)
    switch (of) {
      case 'took':
        return [
          ...records.orders.map((order) => ({ number: order.number, orders: [order.number], minor: capturedOf(order) })),
          ...records.refunds.map((refund) => ({ ...refundedOf(store, sight, refund), minor: -refund.amount })),
        ]
      case 'booked':
        return [
          ...records.erpOrders.map(({ order, numbers }) => ({ number: order.number ?? order.id, orders: numbers, minor: bookedOf(order) })),
          ...records.creditNotes.map((note) => ({ number: note.number ?? note.id, orders: numbersOfNote(store, sight, note), minor: bookedOf(note) })),
        ]
      case 'beside':
        return records.unreferenced.map((order) => ({ number: order.number ?? order.id, orders: [], minor: bookedOf(order) }))
      default:
        return of satisfies never
    }
  })
}

function refundedOf(store: Store, sight: PairSight, { id, orderId }: Refund): Pick<StepRow, 'number' | 'orders'> {
  const order = orderId === null ? undefined : store.snapshots.get(sight.pair.shop, 'orders', orderId)?.record
  return order?.kind === 'order' ? { number: order.number, orders: [order.number] } : { number: id, orders: [] }
}

/** One for each currency that anything happened in, or that was signed when something had. */
export function closeDay(store: Store, sight: PairSight, day: Day, zone: string): readonly ClosedDay[] {
  const records = store.read(() => readDay(store, sight, { day, zone }))
  const happened = [...records.orders, ...records.erpOrders.map((one) => one.order), ...records.refunds, ...records.creditNotes, ...records.invoices, ...records.shipments]
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
  const own = inCurrency(records, currency)
  const counts = countsOf(own)
  const shop = counts.captured - counts.refunded
  const erp = counts.booked - counts.credited
  const parts = [
    ...salesOf(store, sight, asked, records).flatMap((sale) => placeSale(sale, day).map((part) => ({ part, of: sale }))),
    ...givenBackOf(store, sight, asked, records).flatMap((back) => placeGivenBack(back, day).map((part) => ({ part, of: back }))),
  ]
  const steps = stepsOf(parts)
  const placed = sum(steps, (step) => step.minor)
  const standing = (kind: Place['kind']): number => sum(steps.filter((step) => step.place.kind === kind), (step) => step.minor)
  const named = steps.filter((step) => step.place.kind !== 'unexplained' && step.place.kind !== 'not-judged')
  return {
    day,
    currency,
    shop,
    erp,
    steps: [...named, ...steps.filter((step) => !named.includes(step))],
    // what the totals say beyond the places is nobody's: it is shown, and never made to fit
    unexplained: standing('unexplained') + (shop - erp - placed),
    notJudged: standing('not-judged'),
    counts,
    beside: { count: own.unreferenced.length, minor: sum(own.unreferenced, bookedOf) },
    cut: records.cut,
  }
}

/** Read straight from the day's records: no step and no cluster has a say in it. */
function countsOf(records: DayRecords): ClosedDay['counts'] {
  return {
    orders: records.orders.length,
    captured: sum(records.orders, capturedOf),
    refunds: records.refunds.length,
    refunded: sum(records.refunds, (refund) => refund.amount),
    erpOrders: records.erpOrders.length,
    booked: sum(records.erpOrders, (one) => bookedOf(one.order)),
    invoices: records.invoices.length,
    creditNotes: records.creditNotes.length,
    credited: -sum(records.creditNotes, bookedOf),
    shipments: records.shipments.length,
  }
}

function inCurrency(records: DayRecords, currency: string): DayRecords {
  const of = <T extends { readonly currency: string }>(all: readonly T[]): readonly T[] => all.filter((one) => one.currency === currency)
  return {
    orders: of(records.orders),
    erpOrders: records.erpOrders.filter((one) => one.order.currency === currency),
    refunds: of(records.refunds),
    creditNotes: of(records.creditNotes),
    invoices: of(records.invoices),
    shipments: of(records.shipments),
    unreferenced: of(records.unreferenced),
    cut: records.cut,
  }
}

function bookedOf({ totals, currency }: ErpOrder | CreditNote): number {
  return toMinor(totals.total, currency)
}

/** Something was taken or booked: there is something to sign. */
export function hasTotals({ counts }: ClosedDay): boolean {
  return counts.orders + counts.refunds + counts.erpOrders + counts.creditNotes > 0
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
