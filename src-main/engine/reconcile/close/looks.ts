/**
 * Looks at business days that somebody signs or has signed, hour by hour: keeps what each of them shows, and opens a
 * signed day again once late facts have made it another one.
 */
import { setImmediate as breathe } from 'node:timers/promises'
import { type Day, boundsOf, dayAfter, dayOf } from '../../../domain/business-day.ts'
import type { Pair } from '../../../domain/pair.ts'
import { type Instant, type Span, days, hours } from '../../../domain/time.ts'
import type { BusinessDay, DayFigures, Stretch } from '../../store/business-days.ts'
import type { Tx } from '../../store/database.ts'
import type { SignOff } from '../../store/sign-offs.ts'
import type { Store } from '../../store/store.ts'
import { type PairSight, sightOf } from '../sight.ts'
import { type ClosedDay, closeDay, figuresOf, hasTotals, sameFigures } from './close.ts'
import { bookingStretches, documentBounds } from './gather.ts'

export interface LookParts {
  readonly store: Store
  /** Where this computer is: the business day of a pair that names no zone. */
  readonly zone: string
  readonly retentionMs: () => Span
  /** A signed day is another one now, or again the one that was signed; in the transaction that says so. */
  readonly moved: (tx: Tx, signed: SignOff, to: 'reopened' | 'restored', now: DayFigures) => void
}

/** A day whose records have not changed is worked out anew all the same after this: a rule or a clock may judge it otherwise. */
const anewAfter: Span = days(1)
const lookEvery: Span = hours(1)
/** Days that are looked at in one run: the others have their turn in the next. */
const looksMax = 10

export function zoneOf(pair: Pair, zone: string): string {
  return pair.settings.zone ?? zone
}

/** The streams that a day's totals are made of. */
export function stretchesOf(pair: Pair, day: Day, zone: string): readonly Stretch[] {
  const own = boundsOf(day, zone)
  const documents = documentBounds(day)
  return [
    ...bookingStretches(pair, day, zone),
    { connection: pair.shop, stream: 'refunds', by: 'happened', ...own },
    { connection: pair.erp, stream: 'credit-notes', by: 'happened', ...documents },
  ]
}

/** `all`: also what was looked at within the hour, however much it is. */
export async function lookAtDays(parts: LookParts, pair: Pair, now: Instant, all: boolean): Promise<void> {
  const { store } = parts
  const zone = zoneOf(pair, parts.zone)
  const due = daysToSee(parts, pair, now).filter((day) => all || isDue(store.businessDays.get(pair.id, day), now))
  // most runs have nothing to look at, and need not gather what a look needs
  if (due.length === 0) return
  const sight = sightOf(store, pair)
  for (const day of all ? due : due.slice(0, looksMax)) {
    // a person may remove the pair, or a question wait, between two days
    // oxlint-disable-next-line no-await-in-loop -- one day after the other is the point
    await breathe()
    if (store.pairs.get(pair.id) === null) return
    lookAt(parts, sight, { day, zone, now, all })
  }
}

/** Days that are over and are to be signed, or were: as far back as history is kept. */
function daysToSee({ store, zone, retentionMs }: LookParts, pair: Pair, now: Instant): readonly Day[] {
  const own = zoneOf(pair, zone)
  const today = dayOf(now, own)
  const oldest = dayOf(now - retentionMs(), own)
  const seen = new Set(store.signOffs.since(pair.id, oldest).map((signed) => signed.day))
  const { signOffFrom } = pair.settings
  if (signOffFrom !== null) {
    for (let day = signOffFrom > oldest ? signOffFrom : oldest; day < today; day = dayAfter(day)) seen.add(day)
  }
  return [...seen].filter((day) => day < today).toSorted()
}

function isDue(known: BusinessDay | null, now: Instant): boolean {
  // a clock that was set back leaves looks in the future
  return known === null || now < known.lookedAt || now - known.lookedAt >= lookEvery
}

function lookAt(parts: LookParts, sight: PairSight, asked: { readonly day: Day; readonly zone: string; readonly now: Instant; readonly all: boolean }): void {
  const { store } = parts
  const { pair } = sight
  const { day, zone, now, all } = asked
  const known = store.businessDays.get(pair.id, day)
  const mark = markOf(store, pair, day, zone)
  if (known !== null && !all && known.mark === mark && isSettled(known) && now - known.closedAt < anewAfter) {
    store.transaction((tx) => store.businessDays.looked(tx, known, now))
    return
  }
  const signed = store.signOffs.ofDay(pair.id, day)
  const figures = dayFigures(closeDay(store, sight, day, zone), signed)
  store.transaction((tx) => {
    keepDay(tx, store, { pair, day, zone, now, figures })
    for (const one of signed) follow(tx, parts, one, figures, now)
  })
}

/** What has no place may find one without any record of the day changing. */
function isSettled(known: BusinessDay): boolean {
  return known.figures.every((one) => one.unexplained === 0 && one.notJudged === 0)
}

export function markOf(store: Store, pair: Pair, day: Day, zone: string): string {
  const stretches = stretchesOf(pair, day, zone).map((stretch) => `${stretch.by} ${store.businessDays.mark(stretch)}`)
  return [zone, ...stretches].join(' ')
}

/** Of what is to be signed: a currency with invoices alone has nothing in either total, and is nobody's to sign unless it was. */
export function dayFigures(closed: readonly ClosedDay[], signed: readonly SignOff[]): readonly DayFigures[] {
  const asked = closed.filter((one) => hasTotals(one) || signed.some((own) => own.currency === one.currency))
  return asked.map((one) => ({ currency: one.currency, ...figuresOf(one) }))
}

/** Also when a person signs: what was seen then is what later looks are compared with. */
export function keepDay(
  tx: Tx,
  store: Store,
  seen: { readonly pair: Pair; readonly day: Day; readonly zone: string; readonly now: Instant; readonly figures: readonly DayFigures[] },
): void {
  const { pair, day, zone, now, figures } = seen
  store.businessDays.save(tx, { pair: pair.id, day, lookedAt: now, closedAt: now, mark: markOf(store, pair, day, zone), figures })
}

function follow(tx: Tx, parts: LookParts, signed: SignOff, figures: readonly DayFigures[], now: Instant): void {
  const { store } = parts
  const present = figures.find((one) => one.currency === signed.currency)
  // what was signed is shown for as long as it is signed, whatever is left of it
  if (present === undefined) throw new Error(`the close of ${signed.day} lacks ${signed.currency}, which was signed`)
  if (!sameFigures(signed.figures, present)) {
    if (store.signOffs.reopen(tx, signed, now)) parts.moved(tx, signed, 'reopened', present)
  } else if (store.signOffs.restore(tx, signed)) parts.moved(tx, signed, 'restored', present)
}
