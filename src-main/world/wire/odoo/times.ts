/** Instants as Odoo writes them: naive, in UTC, to the second; and as it reads them. */
import type { Instant } from '../../erp/erp.ts'
import { databaseError, type OdooFault, valueError } from './faults.ts'
import type { Version } from './fields.ts'
import { repr } from './python-json.ts'

export function naive(at: Instant): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ')
}

const shape = /^(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?)?(?:Z|[+-]\d\d:?\d\d)?$/

/**
 * What a search compares with. PostgreSQL takes a timestamp without zone as it stands, and passes over a zone that
 * somebody wrote; since 19 Odoo reads it first.
 */
export function parseNaive(text: string, version: Version): Instant {
  const match = shape.exec(text.trim())
  if (match === null) throw unreadable(text, 'timestamp', version)
  const [, year, month, day, hour, minute, second, fraction] = match
  const at = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour ?? 0), Number(minute ?? 0), Number(second ?? 0))
  if (Number.isNaN(at) || Number(month) > 12 || Number(day) > 31) throw unreadable(text, 'timestamp', version)
  return at + Number(fraction ?? 0) * 1000
}

export function parseDay(text: string, version: Version): string {
  const match = shape.exec(text.trim())
  if (match === null || Number(match[2]) > 12 || Number(match[3]) > 31) throw unreadable(text, 'date', version)
  return text.trim().slice(0, 10)
}

export function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text)
}

function unreadable(text: string, type: 'timestamp' | 'date', version: Version): OdooFault {
  if (version >= 19) return valueError(`Invalid term ${repr(text.trim().split(/\s+/)[0] ?? '')} in expression date: ${repr(text)}`)
  return databaseError('InvalidDatetimeFormat', `invalid input syntax for type ${type}: "${text}"\n`)
}
