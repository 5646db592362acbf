/** What each step between takings and bookings is called, and what it means for who signs the day. */
import type { OpenableView, PlaceView } from '../../../src-main/contract/close-views.ts'

export interface PlaceWords {
  readonly title: string
  readonly says: string
}

const timings: Readonly<Record<Extract<PlaceView, { kind: 'timing' }>['what'], PlaceWords>> = {
  'not-yet-due': { title: 'Not yet due', says: 'Taken, and the ERP may still bring it in time' },
  'booked-another-day': { title: 'Booked on another day', says: 'Taken on this day, booked on the day named' },
  'taken-another-day': { title: 'Taken on another day', says: 'Booked on this day, taken on the day named' },
  'not-captured-yet': { title: 'Not captured yet', says: 'Booked, and the money is still to come' },
}

const classes: Readonly<Record<Extract<PlaceView, { kind: 'class' }>['what'], PlaceWords>> = {
  'gift-card-paid': { title: 'Paid by gift card', says: 'The money came when the card was sold' },
  'gift-card-sold': { title: 'Gift cards sold', says: 'A debt to whoever holds the card, no revenue yet' },
  'marketplace-tax': { title: 'Marketplace tax', says: 'The marketplace collects it and hands it over itself' },
  currency: { title: 'Another currency', says: 'Sold in one currency and booked in another: nothing of it stands against it here' },
  'refunded-before-booking': { title: 'Refunded, not booked', says: 'Given back, and no booking of it stands in the ERP' },
  'billed-anew': { title: 'Credited, billed anew', says: 'Its invoice was taken back and made again: nothing is to go back' },
  'cash-rounding': { title: 'Cash rounding', says: 'Paid in coins: the ERP books what was handed over' },
  'never-received': { title: 'Credited, never paid', says: 'The shop had no money for it: nothing is to go back' },
}

export function placeWords(place: PlaceView): PlaceWords {
  switch (place.kind) {
    case 'incident':
      return { title: place.title, says: 'Open incidents; each is solved by itself' }
    case 'timing': {
      const words = timings[place.what]
      return place.on === null ? words : { ...words, title: `${words.title}, ${place.on}` }
    }
    case 'class':
      return classes[place.what]
    case 'out-of-scope':
      return { title: 'Out of scope', says: place.why }
    case 'not-judged':
      return { title: 'Not judged', says: place.why }
    case 'unexplained':
      return { title: 'Unexplained', says: 'No incident, no timing and no class names it' }
    default:
      return place satisfies never
  }
}

export function placeKey(place: OpenableView): string {
  return JSON.stringify(place)
}

/** By what takings and bookings belong to a day. */
export const basisWords = {
  shop: { captured: 'by an order’s first capture', placed: 'by when an order was placed' },
  erp: { document: 'by the document’s own day', created: 'by when the document was made' },
} as const

export interface DayAt {
  readonly pair: string
  readonly day: string
}

/** `pair@2026-11-23`, as links to a day name it; null for what names none. */
export function dayAt(id: string): DayAt | null {
  const [, pair, day] = /^(.+)@(\d{4}-\d{2}-\d{2})$/.exec(id) ?? []
  return pair === undefined || day === undefined ? null : { pair, day }
}

export function nameOfDay({ pair, day }: DayAt): string {
  return `${pair}@${day}`
}
