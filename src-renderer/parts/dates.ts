/** How instants are written: exact ones in the machine's zone and unmistakable in any country, relative ones in words. */
import type { Instant } from '../../src-main/domain/time.ts'
import { shortSpanOf, spanOf } from './numbers.ts'

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

/** "just now", "12 min ago", "in 40 s"; from 30 days on the day itself. */
export function relative(at: Instant, now: Instant, style: 'full' | 'short' = 'full'): string {
  const span = now - at
  const words = style === 'short' ? shortSpanOf : spanOf
  if (Math.abs(span) >= 30 * 86_400_000) return dayOf(at)
  if (span < 0) return span > -1000 ? 'now' : `in ${words(-span)}`
  return span < 1000 ? 'just now' : `${words(span)} ago`
}

function zoneOf(date: Date): string {
  const east = -date.getTimezoneOffset()
  const size = Math.abs(east)
  return `UTC${east < 0 ? '−' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`
}
