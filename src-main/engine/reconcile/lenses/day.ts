/** Gathers a business day in one currency as something that somebody must sign: who should by when, who did, and what came after. */
import { type Day, boundsOf, dayOf } from '../../../domain/business-day.ts'
import { type Calendar, officeHours } from '../../../domain/calendar.ts'
import type { Subject } from '../../../domain/incident.ts'
import type { Pair } from '../../../domain/pair.ts'
import type { DomainRecord } from '../../../domain/records.ts'
import type { Instant } from '../../../domain/time.ts'
import type { DayFigures } from '../../store/business-days.ts'
import type { SignOff } from '../../store/sign-offs.ts'
import type { Store } from '../../store/store.ts'
import { stretchesOf, zoneOf } from '../close/looks.ts'
import { ownerIn } from '../duty.ts'

/** A record of the day that came, went or changed after somebody had signed. */
export interface LateFact {
  readonly side: 'shop' | 'erp'
  /** `order 1001`, `credit note C-17`. */
  readonly what: string
  readonly at: Instant
}

export interface DaySeen {
  readonly subject: Subject
  readonly day: Day
  readonly currency: string
  /** Whether this day is one that is to be signed at all. */
  readonly isWanted: boolean
  readonly endsAt: Instant
  /** The working hours of whoever answers for it. */
  readonly calendar: Calendar
  /** As last looked at; null when nothing happens in this currency on the day any more. */
  readonly figures: DayFigures | null
  readonly signOff: SignOff | null
  /** What made it another day than the one that was signed, the latest first. */
  readonly late: readonly LateFact[]
  readonly now: Instant
}

const lateMax = 12
/** Rules over a day answer to one owner: that of the first. */
export const notSigned = 'F12-day-not-signed'
export const dayReopened = 'F12-day-reopened'

/** Days of a pair that ask for something, or that an incident still speaks of. */
export function daysInQuestion(store: Store, pair: Pair): readonly Subject[] {
  const { signOffFrom } = pair.settings
  const open = signOffFrom === null ? [] : store.businessDays.since(pair.id, signOffFrom)
  const unsigned = open.flatMap(({ day, figures }) => figures.filter((one) => store.signOffs.get(pair.id, day, one.currency) === null).map((one) => `${day} ${one.currency}`))
  const reopened = store.signOffs.reopened(pair.id).map((one) => `${one.day} ${one.currency}`)
  const spokenOf = [notSigned, dayReopened].flatMap((rule) => store.incidents.liveOfRule(rule)).flatMap((one) => (one.pair === pair.id ? [one.subject.key] : []))
  return [...new Set([...unsigned, ...reopened, ...spokenOf])].toSorted().map((key) => ({ kind: 'day', connection: pair.shop, key }))
}

export function seeDay(store: Store, pair: Pair, subject: Subject, machineZone: string, now: Instant): DaySeen {
  const [day = '', currency = ''] = subject.key.split(' ')
  const zone = zoneOf(pair, machineZone)
  const known = store.businessDays.get(pair.id, day)
  const signOff = store.signOffs.get(pair.id, day, currency)
  const { signOffFrom } = pair.settings
  return {
    subject,
    day,
    currency,
    isWanted: signOffFrom !== null && day >= signOffFrom && day < dayOf(now, zone),
    endsAt: boundsOf(day, zone).to,
    calendar: ownerIn(store, pair.settings.rules[notSigned] ?? null)?.calendar ?? officeHours(zone),
    figures: known?.figures.find((one) => one.currency === currency) ?? null,
    signOff,
    late: signOff === null || signOff.reopenedAt === null ? [] : lateFacts(store, pair, day, { zone, currency, since: signOff.signedAt }),
    now,
  }
}

export function lateFacts(store: Store, pair: Pair, day: Day, { zone, currency, since }: { readonly zone: string; readonly currency: string; readonly since: Instant }): readonly LateFact[] {
  return stretchesOf(pair, day, zone)
    .flatMap((stretch) =>
      store.businessDays.late(stretch, since, lateMax).flatMap(({ row, at }): readonly LateFact[] => {
        const snapshot = store.snapshots.byRow(row)
        if (snapshot === null || !('currency' in snapshot.record) || snapshot.record.currency !== currency) return []
        const gone = snapshot.goneAt === null ? '' : ', gone'
        return [{ side: stretch.connection === pair.shop ? 'shop' : 'erp', what: `${nameOf(store, snapshot.record, pair)}${gone}`, at }]
      }),
    )
    .toSorted((a, b) => b.at - a.at)
    .slice(0, lateMax)
}

function nameOf(store: Store, record: DomainRecord, pair: Pair): string {
  switch (record.kind) {
    case 'order':
      return `order ${record.number}`
    case 'erp-order':
      return `order ${record.number ?? record.id}`
    case 'credit-note':
      return `credit note ${record.number ?? record.id}`
    case 'refund': {
      const order = record.orderId === null ? null : store.snapshots.get(pair.shop, 'orders', record.orderId)
      return order?.record.kind === 'order' ? `refund of order ${order.record.number}` : `refund ${record.id}`
    }
    default:
      return `${record.kind} ${record.id}`
  }
}
