/** How instants are written: exact ones in the machine's zone and unmistakable in any country, relative ones in words. */
import type { Instant } from '../../src-main/domain/time.ts'
import { shortSpanOf } from './numbers.ts'

const two = (figure: number): string => String(figure).padStart(2, '0')

/** `2026-07-14 14:02:31 UTC+02:00` */
export function exact(at: Instant): string {
  const date = new Date(at)
  return `${dayOf(at)} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())} ${zoneOf(date)}`
}

/** `2026-07-14`, in the machine's zone. */
export function dayOf(at: Instant): string {
  const date = new Date(at)
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** `14:02`, in the machine's zone. */
export function timeOfDay(at: Instant): string {
  const date = new Date(at)
  return `${two(date.getHours())}:${two(date.getMinutes())}`
}

/**
 * "just now", "20 s ago", "12 min ago", "in 3 h"; from 30 days on the day itself. It moves in steps of ten seconds and
 * then of whole minutes, hours and days, so that a page at rest looks at rest.
 */
export function relative(at: Instant, now: Instant): string {
  const span = now - at
  if (Math.abs(span) >= 30 * 86_400_000) return dayOf(at)
  if (Math.abs(span) < 10_000) return span > -1_000 ? 'just now' : 'in a moment'
  const stepped = Math.abs(span) < 60_000 ? Math.floor(Math.abs(span) / 10_000) * 10_000 : Math.abs(span)
  return span < 0 ? `in ${shortSpanOf(stepped)}` : `${shortSpanOf(stepped)} ago`
}

function zoneOf(date: Date): string {
  const east = -date.getTimezoneOffset()
  const size = Math.abs(east)
  return `UTC${east < 0 ? '−' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`
}

/** The engine's sentences keep their moments in ISO, the same for everybody; a person reads them in their own day and hour. */
export function inOwnTime(sentence: string): string {
  return sentence.replaceAll(/\b\d{4}-\d{2}-\d{2}T[\d:.]+Z/g, (iso) => exact(Date.parse(iso)))
}
