/**
 * The way from a day's shop takings to its ERP bookings: every cent in between has a named place, and what has none is
 * called unexplained. Pure; both totals are read elsewhere and independently of the steps.
 */
import type { Day } from '../../../domain/business-day.ts'
import { type Told, tellersOf } from './tellers.ts'

/** Differences that are named by what they are, and are no fault. */
type Class = 'gift-card-paid' | 'gift-card-sold' | 'marketplace-tax' | 'currency' | 'refunded-before-booking' | 'billed-anew' | 'never-received' | 'cash-rounding'

/** What a step is of. */
export type Place =
  | { readonly kind: 'incident'; readonly rule: string }
  /** Due later, or on another business day on the other side; `on` names that day, null where it is not known yet. */
  | { readonly kind: 'timing'; readonly what: 'not-yet-due' | 'booked-another-day' | 'taken-another-day' | 'not-captured-yet'; readonly on: Day | null }
  | { readonly kind: 'class'; readonly what: Class }
  | { readonly kind: 'out-of-scope'; readonly why: string }
  | { readonly kind: 'not-judged'; readonly why: string }
  | { readonly kind: 'unexplained' }

/** A part of one subject's difference, shop less ERP, in minor units. */
export interface Part {
  readonly place: Place
  readonly minor: number
}

/** What is known of one order on one business day. Minor units of the close's currency. */
export interface Sale {
  readonly number: string
  /** The orders that it is made of; none where a document names no order. */
  readonly orders: readonly string[]
  /** Captured, all of it, on the day of the first capture; null when that is not this day. */
  readonly takenToday: number | null
  /** The day of the first capture; null while nothing was captured, or where the shop has no such order. */
  readonly takenOn: Day | null
  /** Live ERP documents by their own day. */
  readonly booked: readonly { readonly day: Day; readonly minor: number }[]
  /** What the customer agreed to, and what of it money has not come for. */
  readonly outstanding: number
  readonly giftCardPaid: number
  /** Gift cards in the cart that the ERP does not book as revenue. */
  readonly giftCardSold: number
  /** Tax that a marketplace hands over, and that the ERP does not book. */
  readonly marketplaceTax: number
  /** What the smallest coin added to what was captured, all told; an ERP may book it, and may not. */
  readonly cashRounding: number
  /** Given back before the ERP had the order. */
  readonly refundedBefore: number
  /** The two sides have it in different currencies: what stands in this one has no counterpart in it. */
  readonly inOtherCurrency: boolean
  /** Null: due already, or nothing is due. */
  readonly notDueUntil: Day | null
  readonly outOfScope: string | null
  readonly notJudged: string | null
  /** Live incidents with the money they are about, the weightiest rule first. */
  readonly incidents: readonly Told[]
}

/** What is given back on a day: refunds in the shop, credit notes in the ERP; both as positive figures. */
export interface GivenBack {
  readonly number: string
  readonly orders: readonly string[]
  readonly refunded: readonly { readonly day: Day; readonly minor: number }[]
  readonly credited: readonly { readonly day: Day; readonly minor: number }[]
  /** Credited to be billed anew: nobody is to get it. */
  readonly billedAnew: readonly { readonly day: Day; readonly minor: number }[]
  /** Credited of what the shop never had any money for. */
  readonly neverReceived: number
  /** What the smallest coin added to the refunds, all told. */
  readonly cashRounding: number
  /** Until when the ERP may still credit what was refunded, and the shop refund what was credited; null where that is over. */
  readonly creditDueUntil: Day | null
  readonly refundDueUntil: Day | null
  readonly inOtherCurrency: boolean
  readonly outOfScope: string | null
  readonly notJudged: string | null
  readonly neverBooked: boolean
  readonly incidents: readonly Told[]
}

/** The parts add up to the sale's difference on the day, always. */
export function placeSale(sale: Sale, day: Day): readonly Part[] {
  const today = sale.booked.filter((one) => one.day === day).reduce((sum, one) => sum + one.minor, 0)
  const difference = (sale.takenToday ?? 0) - today
  if (difference === 0 && sale.booked.every((one) => one.day === day)) return []
  if (sale.takenToday === null) return placed(difference, [], elsewhere(sale))
  const parts: Part[] = sale.booked
    .filter((one) => one.day !== day)
    .map((one) => ({ place: { kind: 'timing', what: 'booked-another-day', on: one.day }, minor: one.minor }))
  const rest = difference - total(parts)
  if (rest === 0) return parts
  if (sale.outOfScope !== null) return placed(difference, parts, { kind: 'out-of-scope', why: sale.outOfScope })
  if (sale.booked.length === 0 && sale.notDueUntil !== null) {
    return placed(difference, parts, { kind: 'timing', what: 'not-yet-due', on: sale.notDueUntil })
  }
  if (sale.booked.length > 0 || sale.inOtherCurrency) {
    parts.push(...facts(sale))
    parts.push(...rounded(difference - total(parts), -sale.cashRounding))
  } else if (sale.refundedBefore > 0) {
    parts.push({ place: { kind: 'class', what: 'refunded-before-booking' }, minor: Math.min(sale.refundedBefore, rest) })
  }
  return settle(difference, parts, sale)
}

/** The parts add up to the difference on the day, always: refunds are takings that went, credit notes bookings that went. */
export function placeGivenBack(back: GivenBack, day: Day): readonly Part[] {
  const refunded = sumOn(back.refunded, day)
  const credited = sumOn(back.credited, day)
  const anew = sumOn(back.billedAnew, day)
  const difference = credited + anew - refunded
  if (difference === 0) return []
  if (back.outOfScope !== null) return placed(difference, [], { kind: 'out-of-scope', why: back.outOfScope })
  if (back.neverBooked) return placed(difference, [], { kind: 'class', what: 'refunded-before-booking' })
  const parts: Part[] = anew === 0 ? [] : [{ place: { kind: 'class', what: 'billed-anew' }, minor: anew }]
  // what the other side has given back on other days, as far as this side's other days do not take it up
  if (refunded > credited) {
    const spare = spareOf(back.credited, back.refunded, day)
    const taken = Math.min(refunded - credited, spare.minor)
    if (taken > 0) parts.push({ place: { kind: 'timing', what: 'booked-another-day', on: spare.on }, minor: -taken })
  } else {
    const spare = spareOf(back.refunded, back.credited, day)
    const taken = Math.min(credited - refunded, spare.minor)
    if (taken > 0) parts.push({ place: { kind: 'timing', what: 'taken-another-day', on: spare.on }, minor: taken })
    const never = Math.min(credited - refunded - taken, back.neverReceived)
    if (never > 0) parts.push({ place: { kind: 'class', what: 'never-received' }, minor: never })
  }
  parts.push(...rounded(difference - total(parts), back.cashRounding))
  const rest = difference - total(parts)
  const dueUntil = rest < 0 ? back.creditDueUntil : back.refundDueUntil
  if (rest !== 0 && dueUntil !== null) return placed(difference, parts, { kind: 'timing', what: 'not-yet-due', on: dueUntil })
  return settle(difference, parts, back)
}

/** A booking of this day whose takings belong to another day: its other differences are told there. */
function elsewhere(sale: Sale): Place {
  if (sale.outOfScope !== null) return { kind: 'out-of-scope', why: sale.outOfScope }
  if (sale.takenOn !== null) return { kind: 'timing', what: 'taken-another-day', on: sale.takenOn }
  if (sale.inOtherCurrency) return { kind: 'class', what: 'currency' }
  const [incident] = sale.incidents
  if (incident !== undefined) return { kind: 'incident', rule: incident.rule }
  if (sale.notJudged !== null) return { kind: 'not-judged', why: sale.notJudged }
  return { kind: 'timing', what: 'not-captured-yet', on: null }
}

/** What the records themselves say of why takings and bookings of one order differ. */
function facts(sale: Sale): readonly Part[] {
  const parts: Part[] = [
    { place: { kind: 'timing', what: 'not-captured-yet', on: null }, minor: -sale.outstanding },
    { place: { kind: 'class', what: 'gift-card-paid' }, minor: -sale.giftCardPaid },
    { place: { kind: 'class', what: 'gift-card-sold' }, minor: sale.giftCardSold },
    { place: { kind: 'class', what: 'marketplace-tax' }, minor: sale.marketplaceTax },
  ]
  return parts.filter((part) => part.minor !== 0)
}

/** An ERP that books what was handed over differs by just the coins' rounding. */
function rounded(rest: number, byCoins: number): readonly Part[] {
  return rest !== 0 && rest === byCoins ? [{ place: { kind: 'class', what: 'cash-rounding' }, minor: rest }] : []
}

/** What is left goes to the incidents that are about so much, then to what was not judged, and else is unexplained. */
function settle(difference: number, parts: readonly Part[], known: Pick<Sale, 'incidents' | 'notJudged' | 'inOtherCurrency'>): readonly Part[] {
  const rest = difference - total(parts)
  if (rest === 0) return parts
  const told = tellersOf(rest, known.incidents)
  if (told.length > 0) {
    // their own figures, never whatever is left: what they do not speak of stays without a place
    const rules = [...new Set(told.map((one) => one.rule))]
    const steps = rules.map((rule): Part => ({ place: { kind: 'incident', rule }, minor: total(told.filter((one) => one.rule === rule)) }))
    return placed(difference, [...parts, ...steps], { kind: 'unexplained' })
  }
  if (known.inOtherCurrency) return placed(difference, parts, { kind: 'class', what: 'currency' })
  return placed(difference, parts, known.notJudged === null ? { kind: 'unexplained' } : { kind: 'not-judged', why: known.notJudged })
}

/** The parts, and what is left of the difference in one more place. */
function placed(difference: number, parts: readonly Part[], place: Place): readonly Part[] {
  const rest = difference - total(parts)
  return rest === 0 ? parts : [...parts, { place, minor: rest }]
}

function total(parts: readonly Pick<Part, 'minor'>[]): number {
  return parts.reduce((sum, part) => sum + part.minor, 0)
}

function sumOn(given: GivenBack['refunded'], day: Day): number {
  return given.filter((one) => one.day === day).reduce((sum, one) => sum + one.minor, 0)
}

/** What one side gave back on other days beyond what the other side did on those same days. */
function spareOf(these: GivenBack['refunded'], those: GivenBack['refunded'], day: Day): { readonly minor: number; readonly on: Day | null } {
  const days = [...new Set(these.map((one) => one.day))].filter((one) => one !== day).toSorted()
  let minor = 0
  let on: Day | null = null
  for (const one of days) {
    const spare = sumOn(these, one) - sumOn(those, one)
    if (spare > 0) {
      minor += spare
      on ??= one
    }
  }
  return { minor, on }
}
