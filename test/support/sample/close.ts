/** The sample business day: a difference with steps of every kind, in three currencies, and one that is signed. */
import type { CloseRowView, CloseView, ClosedDayView, OpenableView, StepView } from '../../../src-main/contract/close-views.ts'
import { placeKey } from '../../../src-renderer/screens/close/places.ts'
import { type Scene, lastRead } from './scene.ts'

const dayMs = 86_400_000

function dayBefore(scene: Scene, days: number): string {
  return new Date(scene.now - days * dayMs).toISOString().slice(0, 10)
}

function step(place: StepView['place'], numbers: readonly (readonly [string, number])[], count = numbers.length): StepView {
  const rows = numbers.map(([number, minor]) => ({ number, minor, orders: number.split(' + ').map((one) => ({ number: one, incident: place.kind === 'incident' ? `incident-${one}` : null })) }))
  return { place, minor: rows.reduce((sum, row) => sum + row.minor, 0), count, rows }
}

const counts = { orders: 1091, captured: 0, refunds: 14, refunded: 0, erpOrders: 1064, booked: 0, invoices: 998, creditNotes: 11, credited: 0, shipments: 902 }

function currency(code: string, erp: number, steps: readonly StepView[], more: Partial<ClosedDayView> = {}): ClosedDayView {
  const own = (kind: StepView['place']['kind']): number => steps.filter((one) => one.place.kind === kind).reduce((sum, one) => sum + one.minor, 0)
  return {
    currency: code,
    erp,
    shop: erp + steps.reduce((sum, one) => sum + one.minor, 0),
    unexplained: own('unexplained'),
    notJudged: own('not-judged'),
    steps: [...steps],
    counts,
    beside: { count: 0, minor: 0 },
    signOff: null,
    unsignable: null,
    ...more,
  }
}

/** A correction of the ERP and a refund came after it was signed. */
function aReopened(scene: Scene, signOff: NonNullable<ClosedDayView['signOff']>): NonNullable<ClosedDayView['signOff']> {
  const late = [
    { side: 'erp' as const, what: 'credit note CN-2026-000417, Nordlicht Handels GmbH & Co. Kommanditgesellschaft', at: scene.now - dayMs / 3 },
    { side: 'shop' as const, what: 'refund of order NL-104199', at: scene.now - dayMs / 2.5 },
  ]
  return { ...signOff, figures: { shop: 26_113, erp: 1_234_567, unexplained: 0, notJudged: 0 }, changed: true, late }
}

export function sampleClose(scene: Scene, asked: string | null): CloseView {
  const day = asked ?? dayBefore(scene, 0)
  const running = day === dayBefore(scene, 0)
  const reopenedOn = dayBefore(scene, 4)
  const unsignable = running ? 'The day is not over yet.' : null
  const asOf = { at: scene.mood === 'empty' ? null : lastRead(scene), staleAfterMs: 60_000 }
  const euro = currency(
    'EUR',
    12_345_678_90,
    [
      step({ kind: 'incident', rule: 'F02-paid-order-missing', title: 'Paid order never reached the ERP' }, [['NL-103363', 2457], ['NL-102287', 2309], ['NL-104779', 76_918]], 15),
      step({ kind: 'timing', what: 'booked-another-day', on: dayBefore(scene, -1) }, [['NL-104901 + NL-104903 + NL-104907', 154_020], ['NL-104902', 9_900]]),
      step({ kind: 'timing', what: 'not-captured-yet', on: null }, [['NL-104311', -48_000]]),
      step({ kind: 'class', what: 'gift-card-paid' }, [['NL-104220', -5_000]]),
      step({ kind: 'class', what: 'marketplace-tax' }, [['NL-104199', 3_912]]),
      step({ kind: 'out-of-scope', why: 'Channel "Point of sale, Hamburg flagship store" is not watched' }, [['NL-POS-88', 12_990]]),
      step({ kind: 'not-judged', why: 'orders of Tryton, Nordlicht Handels GmbH are not read that far' }, [['NL-104915', 4_990]]),
      step({ kind: 'unexplained' }, [['NL-104666', 13]]),
    ],
    { unsignable, beside: { count: 37, minor: 1_804_233_00 } },
  )
  const signOff = running ? null : { at: scene.now - dayMs / 2, by: 'Ada Lindqvist', note: null, figures: { shop: 25_613, erp: 25_613, unexplained: 0, notJudged: 0 }, entry: { seq: 412, hash: '9f2c'.repeat(16) }, changed: false, late: [] }
  const yen = currency('JPY', 25_613, [], { unsignable, signOff: reopenedOn === day && signOff !== null ? aReopened(scene, signOff) : signOff })
  const busy = scene.mood === 'busy' || scene.mood === 'blind'
  return {
    pair: 'nordlicht',
    shopLabel: 'Nordlicht Outdoor, EU',
    erpLabel: 'Tryton, Nordlicht Handels GmbH',
    day,
    zone: 'Europe/Berlin',
    basis: { shop: 'captured', erp: 'document' },
    days: Array.from({ length: 31 }, (_, nth) => ({ day: dayBefore(scene, nth), state: nth === 0 ? ('running' as const) : nth === 1 ? ('open' as const) : nth === 2 ? ('missed' as const) : nth === 4 ? ('reopened' as const) : ('signed' as const) })),
    shopAsOf: asOf,
    erpAsOf: asOf,
    currencies: scene.mood === 'empty' || scene.mood === 'unread' ? [] : busy ? [euro, yen] : [yen],
    payouts: busy ? [{ payout: null, state: 'expected', at: scene.now + 2 * dayMs, gross: { minor: 1_204_90, currency: 'EUR' }, fee: null, net: null }] : [],
  }
}

export function signedClose(scene: Scene, { day, currency: code, name, note, figures }: { readonly day: string; readonly currency: string; readonly name: string; readonly note: string | null; readonly figures: { readonly shop: number; readonly erp: number; readonly unexplained: number; readonly notJudged: number } }): CloseView {
  const view = sampleClose(scene, day)
  const signOff = { at: scene.now, by: name, note, figures, entry: { seq: 641, hash: '07ab'.repeat(16) }, changed: false, late: [] }
  return { ...view, currencies: view.currencies.map((one) => (one.currency === code ? { ...one, signOff } : one)) }
}

interface RowsAsked {
  readonly day: string
  readonly currency: string
  readonly of: OpenableView
  readonly limit: number
  readonly offset: number
}

/** A step's own rows; of a total as many orders as it counts. */
export function sampleCloseRows(scene: Scene, { day, currency: code, limit, of, offset }: RowsAsked): { rows: CloseRowView[]; total: number } {
  const closed = sampleClose(scene, day).currencies.find((one) => one.currency === code)
  const rows = of.kind === 'total' ? totalRows(of.of) : (closed?.steps.find((one) => placeKey(one.place) === placeKey(of))?.rows ?? [])
  return { rows: rows.slice(offset, offset + limit), total: rows.length }
}

function totalRows(of: 'took' | 'booked' | 'beside'): readonly CloseRowView[] {
  return Array.from({ length: of === 'beside' ? 37 : counts.orders }, (_, nth) => {
    const number = `NL-${104_000 + nth}`
    return { number: of === 'took' ? number : `S${10_000 + nth}`, minor: 98_765 - nth * 83, orders: of === 'beside' ? [] : [{ number, incident: null }] }
  })
}
