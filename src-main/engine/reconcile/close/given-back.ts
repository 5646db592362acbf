/** Gathers what one business day gives back in one currency: refunds of the shop, credit notes of the ERP, and what is known of both. */
import { z } from 'zod'
import { type Billing, madeAt, stands, withoutCorrections } from '../../../domain/billing.ts'
import { type Day, dayOf } from '../../../domain/business-day.ts'
import { toMinor } from '../../../domain/money.ts'
import type { CreditNote, ErpOrder, Invoice, Refund } from '../../../domain/records.ts'
import type { Instant, Span } from '../../../domain/time.ts'
import type { Store } from '../../store/store.ts'
import { documentsOf, erpDocuments } from '../lenses/chain.ts'
import { type OrderSeen, seeOrder } from '../lenses/order.ts'
import { rules } from '../registry.ts'
import { graceOf, patience } from '../rule.ts'
import { heldBy } from '../rule-settings.ts'
import type { PairSight } from '../sight.ts'
import { type Asked, type DayRecords, areApart, capturedOf, knownOf, refundsOf, sum, uniqueById } from './gather.ts'
import { groupsOf } from './groups.ts'
import type { GivenBack } from './waterfall.ts'

/** What tells of a credit note whose money nobody got. */
const notReturned = 'F07-refund-not-told'
const itsRule = rules.chain.filter((rule) => rule.id === notReturned)

/** The one of that rule's parameters that says how long it waits. */
const waiting = z.object({ graceMinutes: graceOf(null) })

export function givenBackOf(store: Store, sight: PairSight, asked: Asked, records: DayRecords): readonly GivenBack[] {
  const { currency, zone } = asked
  const ofShop = records.refunds.filter((refund) => refund.currency === currency)
  const ofErp = records.creditNotes.filter((note) => note.currency === currency)
  const groups = groupsOf([
    ...ofShop.map((refund) => [numberOfRefund(store, sight, refund)]),
    ...ofErp.map((note) => numbersOfNote(store, sight, note)),
  ])
  return groups.map((numbers) => {
    const seen = numbers.flatMap((number) => seeOrder(store, sight, number) ?? [])
    const shops = seen.flatMap((one) => one.shop ?? [])
    const refunds = uniqueById([...shops.flatMap((order) => refundsOf(store, sight, order)), ...ofShop.filter((one) => numbers.includes(numberOfRefund(store, sight, one)))])
    const documents = seen.flatMap((one) => erpDocuments(one))
    const inOtherCurrency = areApart(shops, documents)
    const notes = uniqueById([
      ...documents.flatMap((order) => notesOf(store, sight, order)),
      ...ofErp.filter((note) => numbersOfNote(store, sight, note).some((number) => numbers.includes(number))),
    ])
    const billings = uniqueById([...notes, ...invoicesOf(store, sight, documents)])
    const again = takenAnew(billings)
    const meant = notes.filter((note) => !again.has(note.id))
    const known = knownOf(store, sight, numbers, seen, asked)
    const graceMs = Math.max(0, ...seen.map((one) => one.graceMs))
    const settled = sight.documents.creditNotes.to
    const due = (from: Instant | null): Day | null => (from !== null && settled !== null && from > settled ? dayOf(from, zone) : null)
    const received = sum(shops, (order) => capturedOf(order) + order.payment.giftCardPaid)
    const ofCurrency = (some: readonly CreditNote[]): GivenBack['credited'] =>
      some.filter((one) => one.currency === currency).map((one) => ({ day: one.issuedOn ?? asked.day, minor: -toMinor(one.totals.total, currency) }))
    const credited = ofCurrency(meant)
    return {
      number: numbers.join(' + '),
      orders: seen.map((one) => one.number),
      refunded: refunds.filter((one) => one.currency === currency).map((one) => ({ day: dayOf(one.at, zone), minor: one.amount })),
      credited,
      billedAnew: ofCurrency(notes.filter((note) => again.has(note.id))),
      neverReceived: shops.length === 0 || inOtherCurrency ? 0 : Math.max(0, sum(credited, (one) => one.minor) - received),
      cashRounding: inOtherCurrency ? 0 : sum(shops, (order) => order.cashRounding?.refunded ?? 0),
      creditDueUntil: due(latest(refunds.map((refund) => sight.shopAxis.ours(refund.at) + graceMs))),
      refundDueUntil: due(latest(meant.map((note) => sight.erpAxis.ours(madeAt(note)) + patienceOf(sight, seen)))),
      inOtherCurrency,
      outOfScope: known.outOfScope,
      notJudged: known.notJudged,
      // what the ERP has cancelled stands in no total of its own: nothing is left there to give back
      neverBooked: shops.length > 0 && notes.length === 0 && seen.every((one) => one.live.length === 0),
      // what was called off and paid back in the shop alone is booked still, and that is told already
      incidents: known.incidents.filter(({ rule }) => rule.startsWith('F06-') || rule === 'F02-cancelled-in-shop' || rule === notReturned),
    }
  })
}

function latest(moments: readonly Instant[]): Instant | null {
  return moments.length === 0 ? null : Math.max(...moments)
}

/** How long the rule that tells of it waits for the shop to give back what the ERP has credited. */
function patienceOf({ pair }: PairSight, seen: readonly OrderSeen[]): Span {
  return Math.max(0, ...seen.flatMap((one) => itsRule.map((rule) => patience(one, waiting.parse(heldBy(rule, pair, one.shop?.market.country ?? null).params)))))
}

/** Credit notes whose invoice was made anew: they give nothing back. */
function takenAnew(billings: readonly Billing[]): ReadonlySet<string> {
  const left = new Set(withoutCorrections(billings).map((one) => one.id))
  return new Set(billings.flatMap((one) => (one.kind === 'credit-note' && !left.has(one.id) ? [one.id] : [])))
}

function invoicesOf(store: Store, sight: PairSight, documents: readonly ErpOrder[]): readonly Invoice[] {
  return documentsOf(store, sight.pair.erp, 'invoices', 'invoice', documents.map((order) => order.id)).filter(stands)
}

function numberOfRefund(store: Store, sight: PairSight, refund: Refund): string {
  const order = refund.orderId === null ? null : store.snapshots.get(sight.pair.shop, 'orders', refund.orderId)
  return order?.record.kind === 'order' ? order.record.number : `refund ${refund.id}`
}

export function numbersOfNote(store: Store, sight: PairSight, note: CreditNote): readonly string[] {
  const numbers = note.orderIds.flatMap((id) => {
    const order = store.snapshots.get(sight.pair.erp, 'orders', id)
    return order === null ? [] : store.claims.numbers(sight.pair.id, order.row)
  })
  return numbers.length === 0 ? [`credit note ${note.number ?? note.id}`] : numbers
}

function notesOf(store: Store, sight: PairSight, order: ErpOrder): readonly CreditNote[] {
  return store.snapshots
    .byKey(sight.pair.erp, 'credit-notes', 'order', order.id)
    .flatMap(({ record, goneAt }) => (goneAt === null && record.kind === 'credit-note' && stands(record) ? [record] : []))
}
