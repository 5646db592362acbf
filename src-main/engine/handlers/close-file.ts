/** A closed day as a file: both totals, every row of every step, what was counted, and who signed it. */
import { stringify } from 'csv-stringify/sync'
import type { ClosedDayView } from '../../contract/close-views.ts'
import { toMajor } from '../../domain/money.ts'
import { iso } from '../../domain/time.ts'
import type { ClosedDay } from '../reconcile/close/close.ts'
import type { Place } from '../reconcile/close/waterfall.ts'

export interface FiledDay {
  readonly closed: ClosedDay
  readonly signOff: ClosedDayView['signOff']
}

const columns = ['day', 'currency', 'place', 'detail', 'order', 'amount', 'count'] as const
type Row = Readonly<Partial<Record<(typeof columns)[number], string | number>>>

export function csvOf(days: readonly FiledDay[]): string {
  return stringify(days.flatMap(rowsOf), { header: true, columns: [...columns], record_delimiter: 'windows' })
}

/** Amounts in major units; those of the steps are shop less ERP. */
function rowsOf({ closed, signOff }: FiledDay): readonly Row[] {
  const { day, currency, counts, beside } = closed
  const money = (minor: number): string => toMajor(minor, currency)
  const rows: readonly Row[] = [
    { place: 'shop takings', amount: money(closed.shop) },
    { place: 'ERP bookings', amount: money(closed.erp) },
    ...closed.steps.flatMap((step) => step.rows.map((row) => ({ place: step.place.kind, detail: detailOf(step.place), order: row.number, amount: money(row.minor) }))),
    { place: 'counted', detail: 'shop orders', amount: money(counts.captured), count: counts.orders },
    { place: 'counted', detail: 'shop refunds', amount: money(counts.refunded), count: counts.refunds },
    { place: 'counted', detail: 'ERP orders', amount: money(counts.booked), count: counts.erpOrders },
    { place: 'counted', detail: 'ERP credit notes', amount: money(counts.credited), count: counts.creditNotes },
    { place: 'counted', detail: 'ERP invoices', count: counts.invoices },
    { place: 'counted', detail: 'ERP shipments', count: counts.shipments },
    { place: 'counted', detail: 'ERP orders without a shop reference, in neither total', amount: money(beside.minor), count: beside.count },
    ...signatureOf(signOff, money).map((detail) => ({ place: 'sign-off', detail })),
  ]
  return rows.map((row) => ({ day, currency, ...row }))
}

/** Words of ours come first: what a person wrote must never be a formula where the file is opened. */
function signatureOf(signOff: FiledDay['signOff'], money: (minor: number) => string): readonly string[] {
  if (signOff === null) return ['not signed']
  const { at, by, note, entry, changed, figures } = signOff
  const { shop, erp, unexplained, notJudged } = figures
  return [
    `signed at ${iso(at)} by ${by}`,
    `signed figures: shop ${money(shop)}, ERP ${money(erp)}, unexplained ${money(unexplained)}, not judged ${money(notJudged)}`,
    ...(note === null ? [] : [`note: ${note}`]),
    ...(entry === null ? [] : [`entry ${entry.seq} of the audit trail, ${entry.hash}`]),
    ...(changed ? ['changed since it was signed'] : []),
  ]
}

function detailOf(place: Place): string {
  switch (place.kind) {
    case 'incident':
      return place.rule
    case 'timing':
      return place.on === null ? place.what : `${place.what} ${place.on}`
    case 'class':
      return place.what
    case 'out-of-scope':
    case 'not-judged':
      return place.why
    case 'unexplained':
      return ''
    default:
      return place satisfies never
  }
}
