/** A shop that sells every few minutes and an integration that brings each order over, until it does not. */
import type { Instant, Span } from '../../src-main/domain/time.ts'
import { minutes } from '../../src-main/domain/time.ts'
import { anErpOrder, anOrder } from './builders.ts'
import { monday } from './clock.ts'
import type { Seam } from './seam.ts'

/** Every order has a customer of its own, so that none is taken for another. */
function customerOf(number: string): string {
  return `${number}@example.com`
}

/** Paid when it is placed, and so due then. */
export function sold(number: string, at: Instant) {
  return anOrder({ number, placedAt: at, changedAt: at, customer: { id: number, email: customerOf(number) } })
}

export function arrived(number: string, at: Instant, given: Parameters<typeof anErpOrder>[0] = {}) {
  return anErpOrder({ references: [number], createdAt: at, changedAt: at, customerEmail: customerOf(number), ...given })
}

/** When the nth order of a day is placed. */
export function nth(index: number): Instant {
  return monday + index * minutes(5)
}

export function numberOf(index: number): string {
  return String(2000 + index)
}

/** Orders `from` up to, not including, `to`; each is in the ERP `after` it was due. Null: it never came. */
export function flow(seam: Seam, from: number, to: number, after: Span | null): Seam {
  for (let index = from; index < to; index += 1) {
    seam.shop(sold(numberOf(index), nth(index)))
    if (after !== null) seam.erp(arrived(numberOf(index), nth(index) + after))
  }
  return seam
}

/** Both sides were read up to here, and it is now. */
export async function readTo(seam: Seam, at: Instant): Promise<Seam> {
  if (at > seam.clock.now()) await seam.clock.advance(at - seam.clock.now())
  return seam.coveredTo({ shop: at, erp: at }).run()
}
