/** Answers about the daily close: a day's steps, its sign-off, and its rows as a file. */
import { isDeepStrictEqual } from 'node:util'
import type { CloseRowView, CloseView, ClosedDayView, PlaceView } from '../../contract/close-views.ts'
import { boundsOf, dayOf } from '../../domain/business-day.ts'
import type { Pair } from '../../domain/pair.ts'
import { days } from '../../domain/time.ts'
import { type ClosedDay, type Step, type StepRow, closeDay, figuresOf, hasTotals, rowsOfTotal, sameFigures } from '../reconcile/close/close.ts'
import { dayFigures, keepDay, zoneOf as zoneOfPair } from '../reconcile/close/looks.ts'
import type { Place } from '../reconcile/close/waterfall.ts'
import { lateFacts, notSigned } from '../reconcile/lenses/day.ts'
import { catalogue } from '../reconcile/registry.ts'
import { sightOf } from '../reconcile/sight.ts'
import type { SignOff } from '../store/sign-offs.ts'
import { csvOf } from './close-file.ts'
import { paidOutOfDay } from './paid-out.ts'
import { type Rooms, asOf, os } from './rooms.ts'

const signedWord = 'day signed off'
const subjectOf = ({ pair, day, currency }: Pick<SignOff, 'pair' | 'day' | 'currency'>): string => `close ${pair} ${day} ${currency}`

const daysShown = 31
const rowsShown = 100

export function closeHandlers(rooms: Rooms) {
  const { store, clock } = rooms

  const zoneOf = (pair: Pair): string => zoneOfPair(pair, rooms.zone)

  function viewOf(pair: Pair, day: string): CloseView {
    const zone = zoneOf(pair)
    const sight = sightOf(store, pair)
    return {
      pair: pair.id,
      shopLabel: sight.shopLabel,
      erpLabel: sight.erpLabel,
      day,
      zone,
      basis: pair.settings.closeBasis,
      days: daysOf(pair, zone),
      shopAsOf: asOf(store, store.streams.coverage(pair.shop, 'orders').to),
      erpAsOf: asOf(store, store.streams.coverage(pair.erp, 'orders').to),
      currencies: closeDay(store, sight, day, zone).map((closed) => closedViewOf(pair, zone, closed)),
      payouts: store.read(() => paidOutOfDay(store, sight, day, zone)),
    }
  }

  function daysOf(pair: Pair, zone: string): CloseView['days'] {
    const now = clock.now()
    const shown = Array.from({ length: daysShown }, (_, nth) => dayOf(now - days(nth), zone))
    const signed = store.signOffs.since(pair.id, shown.at(-1) ?? '')
    const missed = store.incidents.liveOfRule(notSigned).flatMap((one) => (one.pair === pair.id ? [one.subject.key.slice(0, 10)] : []))
    return [...new Set(shown)].map((day, nth) => {
      const ofDay = signed.filter((one) => one.day === day)
      if (nth === 0) return { day, state: 'running' }
      if (ofDay.some((one) => one.reopenedAt !== null)) return { day, state: 'reopened' }
      if (missed.includes(day)) return { day, state: 'missed' }
      return { day, state: ofDay.length === 0 ? 'open' : 'signed' }
    })
  }

  function closedViewOf(pair: Pair, zone: string, closed: ClosedDay): ClosedDayView {
    const { steps, day: _day, cut: _cut, ...figures } = closed
    return {
      ...figures,
      steps: steps.map((step) => stepViewOf(pair, step)),
      signOff: signOffOf(pair, zone, closed),
      unsignable: unsignable(pair, closed, zone),
    }
  }

  function signOffOf(pair: Pair, zone: string, closed: ClosedDay): ClosedDayView['signOff'] {
    const signed = store.signOffs.get(pair.id, closed.day, closed.currency)
    if (signed === null) return null
    const { signedAt, signedBy, note, figures } = signed
    const changed = !sameFigures(figures, figuresOf(closed))
    const late = changed ? lateFacts(store, pair, closed.day, { zone, currency: closed.currency, since: signedAt }) : []
    const entry = store.audit.about(subjectOf(signed), 50).find((one) => one.what === signedWord && one.at === signedAt)
    return { at: signedAt, by: signedBy, note, figures, entry: entry === undefined ? null : { seq: entry.seq, hash: entry.hash }, changed, late: [...late] }
  }

  /** A day that is still running, that holds more than was read, or nothing to sign, is nobody's to sign. */
  function unsignable(pair: Pair, closed: ClosedDay, zone: string): string | null {
    if (!hasTotals(closed) && store.signOffs.get(pair.id, closed.day, closed.currency) === null) return 'Nothing was taken or booked: there is nothing to sign.'
    if (clock.now() < boundsOf(closed.day, zone).to) return 'The day is not over yet.'
    return closed.cut ? 'More happened on this day than could be read at once.' : null
  }

  function stepViewOf(pair: Pair, step: Step): ClosedDayView['steps'][number] {
    const rows = weightiest(step.rows).slice(0, rowsShown)
    return { place: placeViewOf(step.place), minor: step.minor, count: step.rows.length, rows: rows.map((row) => rowViewOf(pair, step.place, row)) }
  }

  function rowViewOf(pair: Pair, place: Place | null, { minor, number, orders }: StepRow): CloseRowView {
    return { number, minor, orders: orders.map((one) => ({ number: one, incident: incidentOf(pair, place, one) })) }
  }

  function incidentOf(pair: Pair, place: Place | null, number: string): string | null {
    if (place?.kind !== 'incident') return null
    const find = (kind: 'order' | 'stream', key: string) => store.incidents.find(pair.id, place.rule, { kind, connection: pair.shop, key })?.id ?? null
    const whole = store.judgements.partOf(pair.id, place.rule, number)
    return find('order', number) ?? (whole === null ? null : find('stream', whole))
  }

  return {
    get: os.close.get.handler(({ input, errors }) => {
      const pair = store.pairs.get(input.pair)
      if (pair === null) throw errors.NOT_FOUND({ data: { says: `There is no pair ${input.pair}.` } })
      return viewOf(pair, input.day ?? dayOf(clock.now(), zoneOf(pair)))
    }),
    sign: os.close.sign.handler(({ input, errors }) => {
      const pair = store.pairs.get(input.pair)
      if (pair === null) throw errors.NOT_FOUND({ data: { says: `There is no pair ${input.pair}.` } })
      const refused = (says: string, field: string | null) => errors.REFUSED({ data: { says, field } })
      const zone = zoneOf(pair)
      const day = closeDay(store, sightOf(store, pair), input.day, zone)
      const closed = day.find((one) => one.currency === input.currency)
      if (closed === undefined) throw refused(`Nothing happened in ${input.currency} on this day.`, null)
      const why = unsignable(pair, closed, zone)
      if (why !== null) throw refused(why, null)
      const figures = figuresOf(closed)
      if (!sameFigures(figures, input.figures)) throw refused('The figures have changed since you saw them. Look at the day once more.', null)
      const note = input.note?.trim() ?? ''
      if (note === '' && (figures.unexplained !== 0 || figures.notJudged !== 0)) {
        throw refused('A day with something unexplained or not judged is signed with a note that says why.', 'note')
      }
      const before = store.signOffs.get(pair.id, input.day, input.currency)
      const signed = { pair: pair.id, day: input.day, currency: input.currency, signedAt: clock.now(), signedBy: input.name.trim(), note: note === '' ? null : note, figures }
      store.transaction((tx) => {
        store.signOffs.save(tx, signed)
        keepDay(tx, store, { pair, day: input.day, zone, now: clock.now(), figures: dayFigures(day, store.signOffs.ofDay(pair.id, input.day)) })
        rooms.audit(tx, { what: signedWord, subject: subjectOf(signed), before, after: signed, why: signed.note })
      })
      // what spoke of the missing signature is closed by it
      void rooms.reconcile()
      rooms.publish(['close', 'audit'])
      return viewOf(pair, input.day)
    }),
    rows: os.close.rows.handler(({ input, errors }) => {
      const pair = store.pairs.get(input.pair)
      if (pair === null) throw errors.NOT_FOUND({ data: { says: `There is no pair ${input.pair}.` } })
      const { currency, day, limit, of, offset } = input
      const asked = { day, currency, zone: zoneOf(pair) }
      const sight = sightOf(store, pair)
      const step = of.kind === 'total' ? null : (closeDay(store, sight, day, asked.zone).find((one) => one.currency === currency)?.steps.find(({ place }) => isSamePlace(place, of)) ?? null)
      const rows = weightiest(of.kind === 'total' ? rowsOfTotal(store, sight, asked, of.of) : (step?.rows ?? []))
      return { rows: rows.slice(offset, offset + limit).map((row) => rowViewOf(pair, step?.place ?? null, row)), total: rows.length }
    }),
    csv: os.close.csv.handler(({ input, errors }) => {
      const pair = store.pairs.get(input.pair)
      if (pair === null) throw errors.NOT_FOUND({ data: { says: `There is no pair ${input.pair}.` } })
      const zone = zoneOf(pair)
      const text = csvOf(closeDay(store, sightOf(store, pair), input.day, zone).map((closed) => ({ closed, signOff: signOffOf(pair, zone, closed) })))
      return { name: `close-${pair.id}-${input.day}.csv`, text }
    }),
  }
}

function weightiest(rows: readonly StepRow[]): readonly StepRow[] {
  return rows.toSorted((a, b) => Math.abs(b.minor) - Math.abs(a.minor))
}

function isSamePlace(place: Place, asked: PlaceView): boolean {
  return isDeepStrictEqual(placeViewOf(place), asked)
}

function placeViewOf(place: Place): PlaceView {
  if (place.kind !== 'incident') return place
  return { ...place, title: catalogue.get(place.rule)?.title ?? place.rule }
}
