/** What was sent and is on no invoice: how many units of what, since when, and what they cost. */
import { grossOf, keyOf } from './billing.ts'
import { type Decimal, add, compare, divide, multiply, subtract } from './decimal.ts'
import { type Currency, toMinor } from './money.ts'
import type { Progress } from './progress.ts'
import type { ErpLine } from './records.ts'
import type { Instant } from './time.ts'

export interface Unbilled extends Progress {
  /** In units as ordered. */
  readonly units: Decimal
  /** When the first of them left. */
  readonly since: Instant
}

export function unbilledOf(sent: readonly Progress[], billed: ReadonlyMap<string, Decimal>): readonly Unbilled[] {
  return sent.flatMap((one) => {
    const known = billed.get(one.sku) ?? '0'
    const units = subtract(asOrdered(one, one.done), known)
    const since = one.steps.find((step) => compare(asOrdered(one, step.done), known) > 0)?.at
    return compare(units, '0') > 0 && since !== undefined ? [{ ...one, units, since }] : []
  })
}

/** Units of a delivery in units of the order, which may be packs. */
export function asOrdered(one: Progress, done: Decimal): Decimal {
  return compare(one.of, one.ordered) === 0 ? done : divide(multiply(done, one.ordered), one.of)
}

/** All goods have left. */
export function isWholeOrder(lines: readonly ErpLine[], sent: readonly Progress[]): boolean {
  const gone = new Set(sent.filter((one) => compare(one.done, one.of) >= 0).map((one) => one.sku))
  return lines.every((line) => !line.goods || gone.has(line.sku ?? ''))
}

/** What the units cost with tax, as ordered. */
export function unbilledMinor(lines: readonly ErpLine[], open: readonly Unbilled[], currency: Currency): number {
  return open.reduce((sum, one) => {
    const gross = add('0', ...lines.filter((line) => keyOf(line) === one.sku).map(grossOf))
    return sum + toMinor(divide(multiply(gross, one.units), one.ordered), currency)
  }, 0)
}
