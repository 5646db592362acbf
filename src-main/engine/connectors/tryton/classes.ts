/**
 * The classes of Tryton's JSON (decimals, days, timestamps) and ids, in both directions (ERP.md
 * §4.2).
 */
import { z } from 'zod'
import { type Decimal } from '../../../domain/decimal.ts'
import type { Instant } from '../../../domain/time.ts'
import { wireDecimal, wireInteger } from '../wire.ts'

/**
 * A timestamp of Tryton as text that sorts: `2026-11-23 03:55:03.914132`, UTC. Its microseconds are
 * kept, because a cursor that lost them would read its last row for ever or skip its neighbour.
 */
export type Stamp = string

export const stampSchema = z.string().regex(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}\.\d{6}$/)

export function instantOf(stamp: Stamp): Instant {
  return Date.parse(`${stamp.slice(0, 23).replace(' ', 'T')}Z`)
}

export function stampOf(at: Instant): Stamp {
  return `${new Date(at).toISOString().slice(0, 23).replace('T', ' ')}000`
}

const two = (part: number): string => String(part).padStart(2, '0')
const calendar = { year: wireInteger, month: wireInteger, day: wireInteger }

export const wireDay = z
  .object({ __class__: z.literal('date'), ...calendar })
  .transform(({ year, month, day }) => `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`)

export const wireStamp = z
  .object({
    __class__: z.literal('datetime'),
    ...calendar,
    hour: wireInteger,
    minute: wireInteger,
    second: wireInteger,
    microsecond: wireInteger,
  })
  .transform(({ year, month, day, hour, minute, second, microsecond }): Stamp => {
    const date = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`
    return `${date} ${two(hour)}:${two(minute)}:${two(second)}.${String(microsecond).padStart(6, '0')}`
  })

export const wireAmount = z
  .object({ __class__: z.literal('Decimal'), decimal: wireDecimal })
  .transform(({ decimal }): Decimal => decimal)

/**
 * Tryton's word for a decimal in a request; a bare JSON number would become a float there (ERP.md
 * §4.2).
 */
export function decimalFor(decimal: Decimal): unknown {
  return { __class__: 'Decimal', decimal }
}

export function stampFor(stamp: Stamp): unknown {
  const [, year, month, day, hour, minute, second, microsecond] =
    /^(\d+)-(\d+)-(\d+) (\d+):(\d+):(\d+)\.(\d+)$/.exec(stamp)?.map(Number) ?? []
  return { __class__: 'datetime', year, month, day, hour, minute, second, microsecond }
}

/** `day` is `2026-11-23`. */
export function dayFor(day: string): unknown {
  const [year, month, date] = day.split('-').map(Number)
  return { __class__: 'date', year, month, day: date }
}
