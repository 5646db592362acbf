/** A moment as searches write it: a year, a month, a day, a minute, a second or finer, or `now`. */
import type { Instant } from '../../../shop/shop.ts'

export interface Moment {
  readonly from: Instant
  /** The first instant that is no longer meant. */
  readonly upTo: Instant
}

const shape = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?)?)?$/

/** Null for what is none. Without a zone it is the shop's, which is UTC. */
export function momentOf(text: string, now: Instant): Moment | null {
  if (text === 'now') return { from: now, upTo: now + 1 }
  const parts = shape.exec(text)
  if (parts === null) return null
  const [, year, month, day, hour, minute, second, fraction, zone] = parts
  const date = `${year}-${month ?? '01'}-${day ?? '01'}`
  const from = Date.parse(`${date}T${hour ?? '00'}:${minute ?? '00'}:${second ?? '00'}${fraction?.slice(0, 4) ?? ''}${zoneOf(zone)}`)
  if (Number.isNaN(from)) return null
  if (day === undefined) return { from, upTo: nextOf(from, month === undefined) }
  return { from, upTo: from + lengthOf(hour, second, fraction) }
}

function zoneOf(zone: string | undefined): string {
  if (zone === undefined || zone === 'Z') return 'Z'
  return zone.includes(':') ? zone : `${zone.slice(0, 3)}:${zone.slice(3)}`
}

function nextOf(from: Instant, isYear: boolean): Instant {
  const at = new Date(from)
  return isYear ? at.setUTCFullYear(at.getUTCFullYear() + 1) : at.setUTCMonth(at.getUTCMonth() + 1)
}

function lengthOf(hour: string | undefined, second: string | undefined, fraction: string | undefined): number {
  if (hour === undefined) return 86_400_000
  if (second === undefined) return 60_000
  return fraction === undefined ? 1000 : 1
}
