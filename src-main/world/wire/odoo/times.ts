/** Instants as Odoo writes them: naive, in UTC, to the second; and as it reads them. */
import type { Instant } from '../../erp/erp.ts'
import { type OdooFault, valueError } from './faults.ts'

export function naive(at: Instant): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ')
}

const shape = /^(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?)?(?:Z|[+-]\d\d:?\d\d)?$/

/** PostgreSQL takes a timestamp without zone as it stands, and passes over a zone that somebody wrote. */
export function parseNaive(text: string): Instant {
  const match = shape.exec(text.trim())
  if (match === null) throw unreadable(text)
  const [, year, month, day, hour, minute, second, fraction] = match
  const at = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour ?? 0), Number(minute ?? 0), Number(second ?? 0))
  if (Number.isNaN(at)) throw unreadable(text)
  return at + Number(fraction ?? 0) * 1000
}

export function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text)
}

function unreadable(text: string): OdooFault {
  return valueError(`time data '${text}' does not match format '%Y-%m-%d %H:%M:%S'`)
}
