/** Payouts for tests: of the default order's payment, two days later, less a fee of 61 cents. */
import type { Payout } from '../../src-main/domain/payout.ts'
import { placedAt } from './builders.ts'

export function aPayout(given: Partial<Payout> = {}): Payout {
  return {
    kind: 'payout',
    id: 'po_1',
    version: null,
    changedAt: null,
    changedBy: null,
    trace: null,
    number: '1',
    method: 'card',
    state: 'paid',
    issuedAt: placedAt + 2 * 86_400_000,
    currency: 'EUR',
    net: 2339,
    charges: 2400,
    refunds: 0,
    other: 0,
    fees: 61,
    entries: [{ orderId: 'order_1001', at: placedAt, amount: 2400, fee: 61 }],
    ...given,
  }
}
