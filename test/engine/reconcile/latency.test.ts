/** How long one side takes to hear of what happened on the other. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { days, hours, minutes } from '../../../src-main/domain/time.ts'
import { latencyOf, spreadOf } from '../../../src-main/engine/reconcile/latency.ts'
import { aCreditNote, anErpOrder, anInvoice, anOrder, aPair, aShipment, placedAt } from '../../support/builders.ts'
import { monday } from '../../support/clock.ts'
import { type Seam, aSeam } from '../../support/seam.ts'

const left = placedAt + minutes(30)
const silent = { count: 0, p50Ms: null, p95Ms: null, open: 0, oldestOpenMs: null }
const now = monday + hours(1)

async function latency(seam: Seam, to = now) {
  await seam.coveredTo({ shop: to, erp: to }).run()
  return latencyOf(seam.store, aPair(), now)
}

const part = (id: string, at: number, more: object = {}) =>
  aShipment({ id, shippedAt: at, lines: [{ sku: 'MUG', quantity: '1', orderId: null }], ...more })
const told = (id: string, at: number) => part(id, at, { number: null, orderIds: ['order_1001'] })

describe('the latency of a pair', () => {
  it('is from when each parcel left to when the shop told of as much', async () => {
    const seam = aSeam().shop(anOrder(), told('f1', left + minutes(5)), told('f2', left + minutes(50)))
      .erp(anErpOrder(), part('a', left), part('b', left + minutes(30)))
    expect((await latency(seam)).shipped).toEqual({ count: 2, p50Ms: minutes(5), p95Ms: minutes(20), open: 0, oldestOpenMs: null })
  })

  it('counts what is not told at its present age, up to where both sides are read', async () => {
    const seam = aSeam().shop(anOrder(), told('f1', left + minutes(5))).erp(anErpOrder(), part('a', left), part('b', left + minutes(10)))
    expect((await latency(seam, left + minutes(70))).shipped).toEqual({ count: 2, p50Ms: minutes(5), p95Ms: minutes(60), open: 1, oldestOpenMs: minutes(60) })
  })

  it('is between a refund and its credit note, whichever came first', async () => {
    const refunds = [2400, 500].map((amount, nth) => ({ id: `r${nth}`, at: left, amount, tax: null, lines: [], reason: null }))
    const order = anOrder({ refunds: refunds.slice(0, 1) })
    const refund = { kind: 'refund', id: 'r0', version: null, changedAt: left, changedBy: null, trace: null, orderId: 'order_1001', paymentId: null, at: left, currency: 'EUR', amount: 2400, reason: null } as const
    const seam = aSeam().shop(order, refund).erp(anErpOrder(), anInvoice(), aCreditNote({ createdAt: left + minutes(12), issuedOn: '2026-11-23' }))
    expect((await latency(seam)).refunded).toEqual({ count: 1, p50Ms: minutes(12), p95Ms: minutes(12), open: 0, oldestOpenMs: null })
    const waits = aSeam().shop(order, refund).erp(anErpOrder(), anInvoice())
    expect((await latency(waits)).refunded).toMatchObject({ count: 1, open: 1, oldestOpenMs: now - left })
  })

  it('is of nothing before both sides were read, and forgets what is older than a week', async () => {
    const seam = aSeam().shop(anOrder()).erp(anErpOrder(), aShipment({ shippedAt: now - days(8) }))
    expect(latencyOf(seam.store, aPair(), now)).toMatchObject({ to: null, shipped: silent, refunded: silent, whole: true })
    expect(await latency(seam)).toMatchObject({ to: now, shipped: silent })
  })
})

describe('a spread', () => {
  it('has at least half of all below its middle, and its figures among those that there are', () => {
    const some = fc.array(fc.record({ at: fc.integer({ min: 0, max: 1000 }), took: fc.option(fc.integer({ min: 0, max: 1000 })) }), { minLength: 1, maxLength: 50 })
    fc.assert(fc.property(some, (all) => {
      const { count, p50Ms, p95Ms, open } = spreadOf(all.map(({ at, took }) => ({ at, toldAt: took === null ? null : at + took })), 5000)
      const spans = all.map(({ at, took }) => took ?? 5000 - at)
      const below = (figure: number | null) => spans.filter((span) => span <= (figure ?? -1)).length / spans.length
      expect([count, open]).toEqual([all.length, all.filter(({ took }) => took === null).length])
      expect(spans).toContain(p50Ms)
      expect(spans).toContain(p95Ms)
      expect(below(p50Ms)).toBeGreaterThanOrEqual(0.5)
      expect(below(p95Ms)).toBeGreaterThanOrEqual(0.95)
    }))
  })
})
