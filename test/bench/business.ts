/** A business of any size for measurements: believable orders on both sides, the same for the same number. */
import type { ErpOrder, Order } from '../../src-main/domain/records.ts'
import { minutes } from '../../src-main/domain/time.ts'
import { anErpLine, anErpOrder, anOrder, anOrderLine, aTax } from '../support/builders.ts'
import { monday } from '../support/clock.ts'

/** Orders come in backwards from here, a minute apart. */
export const newest = monday

const linesPerOrder = 3

export function numberOf(index: number): string {
  return `SO-${1_000_000 + index}`
}

export function benchOrder(index: number, revision = 0): Order {
  const at = newest - minutes(index)
  return anOrder({
    id: `order_01M8395NP3YYY3Q7CK${String(index).padStart(8, '0')}`,
    number: numberOf(index),
    placedAt: at,
    changedAt: at + revision,
    version: String(revision),
    customer: { id: `cus_${index % 50_000}`, email: `c${index % 50_000}@example.com` },
    lines: Array.from({ length: linesPerOrder }, (_, line) =>
      anOrderLine({
        id: `ordli_${index}_${line}`,
        sku: `SKU-${(index * 7 + line * 13) % 5000}`,
        title: 'Linen Shirt, natural',
        quantity: '1',
        unitPrice: '8.00',
        total: '8.00',
        taxes: [aTax({ amount: '1.60' })],
      }),
    ),
    totals: { lines: '24.00', tax: '4.80', total: '28.80' },
    payment: { captures: [{ at, amount: 2880 }], authorisedAt: at },
  })
}

export function benchErpOrder(index: number, revision = 0): ErpOrder {
  const at = newest - minutes(index)
  return anErpOrder({
    id: String(index),
    number: `S${index}`,
    references: [numberOf(index)],
    createdAt: at + 1000,
    changedAt: at + 1000 + revision,
    version: String(revision),
    customerEmail: `c${index % 50_000}@example.com`,
    lines: Array.from({ length: linesPerOrder }, (_, line) =>
      anErpLine({
        id: `${index}${line}`,
        sku: `SKU-${(index * 7 + line * 13) % 5000}`,
        title: 'Linen Shirt, natural',
        quantity: '1',
        unitPrice: '8.00',
        net: '8.00',
        taxes: [aTax({ amount: '1.60' })],
      }),
    ),
    totals: { net: '24.00', tax: '4.80', total: '28.80' },
  })
}
